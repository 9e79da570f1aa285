"""Which frames of a film are read: all of them once, or those at many places of one that is too long."""

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest

from bedside.guard.pictures.frames import LEAST_READ, MOST_SAMPLES, PASSAGE, Film


@pytest.fixture
def film(tmp_path):
    """`film(frames, rate)`: a film that gets lighter from frame to frame, and begins anew."""

    def make(frames: int, rate: float) -> Path:
        path = tmp_path / "film.mp4"
        made = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"mp4v"), rate, (160, 90))
        for number in range(frames):
            made.write(np.full((90, 160, 3), number * 5 % 250, dtype=np.uint8))
        made.release()
        return path

    return make


def test_every_frame_is_read_once_and_samples_are_taken_at_even_distances(film):
    opened = Film(film(90, 30.0))
    steps = list(opened.steps())
    assert opened.is_read_whole
    assert opened.seconds == 3.0
    assert [step.second for step in steps] == pytest.approx([number / 30 for number in range(90)], abs=0.002)
    samples = [step.second for step in steps if step.is_sample]
    assert np.diff(samples) == pytest.approx([0.4] * 7, abs=0.034)
    assert steps[0].small.shape == (36, 64, 3)


def test_of_a_long_film_passages_are_read_at_many_places(film):
    most = 360
    opened = Film(film(3000, 5.0))  # ten minutes
    steps = list(opened.steps(most_read=most * LEAST_READ))
    assert not opened.is_read_whole
    assert len(steps) <= most + MOST_SAMPLES
    samples = [step.second for step in steps if step.is_sample]
    assert len(samples) == pytest.approx(MOST_SAMPLES, abs=2)
    assert max(np.diff(samples)) < 3.1
    assert samples[-1] > 595
    read = [step.second for step in steps]
    assert read == sorted(set(read))
    passages = np.split(read, np.flatnonzero(np.diff(read) > 0.3) + 1)
    whole = [each for each in passages if each[-1] - each[0] >= PASSAGE - 0.2]
    assert len(whole) > 30, "and in each of them a strobe would be found"


def test_a_film_that_is_longer_than_it_says_is_not_read_on_for_ever(tmp_path):
    path = tmp_path / "film.webm"
    made = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"VP90"), 10.0, (160, 90))
    for number in range(300):
        made.write(np.full((90, 160, 3), number * 5 % 250, dtype=np.uint8))
    made.release()
    content = path.read_bytes()
    at = content.index(bytes.fromhex("448988")) + 3  # how long it is, in milliseconds
    path.write_bytes(content[:at] + struct.pack(">d", 500.0) + content[at + 8 :])
    opened = Film(path)
    assert opened.seconds < 1
    assert len(list(opened.steps(most_read=100 * LEAST_READ))) == 100
    assert not opened.is_read_whole
