"""When a film flashes too often: made frames with their times, general and red flashes, and what only looks like it."""

from collections.abc import Callable, Iterator

import cv2
import numpy as np
import pytest

from bedside.guard.pictures.flashes import (
    CELL,
    MOST_PASSAGES,
    SAFE_CELLS,
    Flicker,
    flashing_passages,
    grid_for,
)
from bedside.guard.pictures.shapes import Pixels

Color = tuple[int, int, int]
BLACK, GRAY, WHITE, RED = (0, 0, 0), (118, 118, 118), (255, 255, 255), (255, 0, 0)
GREEN_AS_LIGHT_AS_RED = (0, 148, 0)
ROWS, COLUMNS = 36, 64
RATES = [12, 15, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60]
Frames = Iterator[tuple[float, Pixels]]


def plain(color: Color, rows: int = ROWS, columns: int = COLUMNS) -> Pixels:
    return np.full((rows, columns, 3), color, dtype=np.uint8)


def strobe(
    flashes: float,
    *,
    rate: float = 30.0,
    seconds: float = 3.0,
    dark: Color = BLACK,
    light: Color = WHITE,
    part: tuple[slice, slice] = (slice(None), slice(None)),
) -> Frames:
    """So many flashes a second in a part of the frames, the rest of which stays dark."""
    for number in range(round(seconds * rate)):
        frame = plain(dark)
        if int(number / rate * flashes * 2 + 1e-6) % 2:
            frame[part] = light
        yield number / rate, frame


def shades(shade: Callable[[float], float], *, seconds: float = 6.0, rate: float = 30.0) -> Frames:
    """Frames of one gray each, as light as the function says (0 to 1, as it is encoded)."""
    for number in range(round(seconds * rate)):
        value = round(255 * shade(number / rate))
        yield number / rate, plain((value, value, value))


@pytest.mark.parametrize("rate", [20, *RATES[2:]])
def test_a_strobe_of_eight_flashes_a_second_is_found_from_its_first_change_to_its_last(rate):
    assert flashing_passages(strobe(8, rate=rate)) == (
        (pytest.approx(0.06, abs=0.05), pytest.approx(3, abs=0.1)),
    )


@pytest.mark.parametrize("rate", RATES)
def test_three_flashes_a_second_are_just_allowed(rate):
    assert flashing_passages(strobe(3, rate=rate, seconds=8)) == ()


@pytest.mark.parametrize("rate", RATES)
def test_four_flashes_a_second_are_too_many(rate):
    assert len(flashing_passages(strobe(4, rate=rate, seconds=8))) == 1


def test_light_that_changes_with_every_frame_is_found():
    frames = [(number / 60, plain(WHITE if number % 2 else BLACK)) for number in range(30)]
    assert flashing_passages(iter(frames)) == ((0.02, 0.48),)


def test_two_camera_flashes_in_a_minute_are_nothing():
    def lit(second: float) -> float:
        return 1.0 if int(second * 30) in (300, 301, 900, 901) else 0.2

    assert flashing_passages(shades(lit, seconds=60)) == ()


def test_a_triple_flash_is_allowed_and_a_fourth_one_is_not():
    def flashes(many: int) -> Frames:
        return shades(lambda second: 1.0 if int(second * 30) in range(30, 30 + 6 * many, 6) else 0.1)

    assert flashing_passages(flashes(3)) == ()
    assert flashing_passages(flashes(4)) == ((1.0, 1.63),)


@pytest.mark.parametrize("seconds", [0.5, 1.0, 4.0])
def test_slow_fades_are_no_flashes_however_many_frames_they_take(seconds):
    assert flashing_passages(shades(lambda at: 0.5 - 0.5 * np.cos(2 * np.pi * at / seconds))) == ()


def test_a_soft_strobe_counts_like_a_hard_one():
    assert len(flashing_passages(shades(lambda at: 0.5 + 0.5 * np.sin(2 * np.pi * 6 * at)))) == 1


def test_changes_by_less_than_a_tenth_of_the_light_do_not_count():
    # Relative luminance 0.181 and 0.279 (a difference of 0.098), and 0.283 (of 0.102).
    assert flashing_passages(strobe(8, dark=GRAY, light=(144, 144, 144))) == ()
    assert len(flashing_passages(strobe(8, dark=GRAY, light=(145, 145, 145)))) == 1


def test_flashes_between_two_very_light_states_do_not_count():
    assert flashing_passages(strobe(8, dark=(232, 232, 232), light=WHITE)) == ()
    assert len(flashing_passages(strobe(8, dark=(230, 230, 230), light=WHITE))) == 1


def test_red_and_black_flash():
    assert len(flashing_passages(strobe(8, light=RED))) == 1


def test_red_flashes_where_the_light_stays_the_same():
    assert len(flashing_passages(strobe(8, dark=GREEN_AS_LIGHT_AS_RED, light=RED))) == 1
    # R / (R + G + B) is 0.70 in linear light, which is not saturated; both have a luminance of 0.38.
    assert flashing_passages(strobe(8, dark=(0, 193, 0), light=(255, 128, 128))) == ()


def test_a_dark_red_that_changes_little_does_not_count():
    assert flashing_passages(strobe(8, dark=BLACK, light=(70, 0, 0))) == ()  # by 19.4, with 20 allowed
    assert len(flashing_passages(strobe(8, dark=BLACK, light=(73, 0, 0)))) == 1  # by 21.2


def test_a_small_corner_may_flash_and_a_quarter_of_the_field_may_not():
    assert 85 < SAFE_CELLS < 86
    corner, larger = (slice(0, 8), slice(0, 10)), (slice(0, 9), slice(0, 10))
    assert flashing_passages(strobe(8, part=corner)) == ()
    assert len(flashing_passages(strobe(8, part=larger))) == 1


def test_a_small_part_may_flash_wherever_it_is_and_parts_near_each_other_count_together():
    def two(distance: int) -> Frames:
        for second, frame in strobe(8, part=(slice(0, 7), slice(0, 7))):
            frame[:7, distance : distance + 7] = frame[:7, :7]
            yield second, frame

    assert flashing_passages(two(14)) != ()
    assert flashing_passages(two(40)) == (), "nobody sees both within 10 degrees"


def test_scene_cuts_are_no_flashes():
    dice = np.random.default_rng(7)
    scenes = [dice.integers(0, 256, (ROWS, COLUMNS, 3), dtype=np.uint8) for _ in range(12)]
    assert flashing_passages((number / 30, scenes[number // 15]) for number in range(180)) == ()


def test_a_camera_that_pans_along_a_fence_is_no_strobe():
    def fence(cells_a_second: float) -> Frames:
        fine = np.arange(COLUMNS * 8) / 8
        for number in range(90):
            boards = np.where((fine + number / 30 * cells_a_second) % 6 < 3, 230, 30)
            row = boards.reshape(COLUMNS, 8).mean(axis=1).astype(np.uint8)
            yield number / 30, np.repeat(np.repeat(row[None, :, None], ROWS, axis=0), 3, axis=2)

    assert flashing_passages(fence(27)) == (), "each place flickers 4.5 times a second, but not at once"


def test_a_pattern_whose_dark_and_light_change_places_flashes():
    rows, columns = np.indices((ROWS, COLUMNS)) // 4
    board = (rows + columns) % 2 * 255
    frames = ((n / 30, np.repeat((board if n // 2 % 2 else 255 - board)[..., None], 3, 2)) for n in range(90))
    assert len(flashing_passages((second, each.astype(np.uint8)) for second, each in frames)) == 1


def test_pictures_that_take_turns_flash():
    dice = np.random.default_rng(11)
    two = [dice.integers(0, 256, (ROWS, COLUMNS, 3), dtype=np.uint8) for _ in range(2)]
    assert len(flashing_passages((number / 30, two[number // 2 % 2]) for number in range(90))) == 1
    assert flashing_passages((number / 30, two[number // 5 % 2]) for number in range(90)) == ()


@pytest.mark.parametrize("rate", [30, 60])
def test_a_camera_that_swings_round_is_no_strobe(rate):
    dice = np.random.default_rng(5)
    room = cv2.resize(
        dice.integers(0, 256, (9, 200), dtype=np.uint8), (800, ROWS), interpolation=cv2.INTER_NEAREST
    )

    def seen() -> Frames:
        for number in range(rate):
            x = round(number / rate * 200)
            yield number / rate, np.repeat(room[:, x : x + COLUMNS, None], 3, axis=2)

    assert flashing_passages(seen()) == (), "each place changes all the time, but not at once"


def test_a_soft_strobe_on_light_and_dark_things_is_found():
    things = np.linspace(90, 255, ROWS * COLUMNS).reshape(ROWS, COLUMNS)

    def seen() -> Frames:
        for number in range(180):
            light = 0.5 + 0.5 * np.sin(2 * np.pi * 4 * number / 60)
            yield number / 60, np.repeat((things * light).astype(np.uint8)[..., None], 3, axis=2)

    assert len(flashing_passages(seen())) == 1


def test_a_strobe_is_found_in_a_picture_that_moves():
    dice = np.random.default_rng(5)
    wall = cv2.resize(
        dice.integers(40, 216, (12, 22), dtype=np.uint8), (80, 45), interpolation=cv2.INTER_LINEAR
    )

    def seen() -> Frames:
        for number in range(90):
            x = round(8 + 8 * np.sin(2 * np.pi * 1.5 * number / 30))
            light = wall[4 : 4 + ROWS, x : x + COLUMNS] * (1.0 if number // 2 % 2 else 0.5)
            yield number / 30, np.repeat(light.astype(np.uint8)[..., None], 3, axis=2)

    assert len(flashing_passages(seen())) == 1


def test_frames_of_different_lengths_count_with_their_times():
    quick = [0.0, 0.03, 0.2, 0.21, 0.5, 0.52, 0.6, 0.61, 0.9]
    frames = [(at, plain(WHITE if number % 2 else BLACK)) for number, at in enumerate(quick)]
    assert flashing_passages(iter(frames)) == ((0.03, 0.9),)
    slow = [(at * 1.7, frame) for at, frame in frames]
    assert flashing_passages(iter(slow)) == ()


def test_a_film_of_one_frame_or_none_does_not_flash():
    assert flashing_passages(iter([(0.0, plain(WHITE))])) == ()
    assert flashing_passages(iter([])) == ()


def test_passages_are_told_apart_and_a_short_pause_belongs_to_them():
    def lit(second: float) -> float:
        return float(second % 5 < 2 and int(second * 20) % 2)

    assert flashing_passages(shades(lit, seconds=15)) == ((0.07, 2.0), (5.07, 7.0), (10.07, 12.0))
    assert len(flashing_passages(shades(lambda second: lit(second % 2.5), seconds=10))) == 1


def test_what_was_left_out_between_two_places_is_no_change():
    places = [
        (begin + number / 10, plain(BLACK if begin % 8 else WHITE))
        for begin in range(0, 80, 4)
        for number in range(3)
    ]
    flicker = Flicker()
    for second, frame in places:
        flicker.see(second, frame)
    assert flicker.passages == ()


def test_no_more_passages_are_told_than_somebody_would_read():
    passages = flashing_passages(shades(lambda at: float(at % 3 < 1 and int(at * 20) % 2), seconds=90))
    assert len(passages) == MOST_PASSAGES


@pytest.mark.parametrize(
    ("size", "grid"),
    [
        ((1920, 1080), (64, 36)),
        ((1080, 1920), (27, 48)),
        ((640, 480), (64, 48)),
        ((1, 1), (48, 48)),
        ((4000, 1), (64, 1)),
    ],
)
def test_the_grid_has_cells_of_one_size_on_the_screen(size, grid):
    assert grid_for(*size) == grid
    assert CELL == 16
