"""Find faces, because a face near care needs its owner's authorization (45 CFR 164.514(b)(2)(i)(Q)).

OpenCV's own cascades, which come with the package. Two different cascades have to agree on a frontal face, so that
letters and logos are not taken for people; a profile needs a stronger vote. Missing a face in a crowd is
possible: the person who approves looks too.
"""

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from bedside.guard.pictures.shapes import Box, Pixels

SIDE = 900  # pixels; faces are searched in a smaller picture
SMALLEST = 28  # pixels of the smaller picture
AGREE = 0.5
PROFILE_VOTES = 6


def faces_in(pixels: Pixels) -> list[Box]:
    """The faces, largest first."""
    scale = min(1.0, SIDE / max(pixels.shape[:2]))
    small: Pixels = _smaller(pixels, scale) if scale < 1 else pixels
    gray = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
    first, second = _found("frontalface_alt2", gray, 4), _found("frontalface_default", gray, 4)
    faces = [box for box in first if any(box.overlap(other) > AGREE for other in second)]
    for profile in (*_found("profileface", gray, PROFILE_VOTES), *_mirrored(gray)):
        if not any(profile.overlap(face) > AGREE for face in faces):
            faces.append(profile)
    faces = [face for face in faces if _is_skin(small, face)]
    return [face.scaled(1 / scale) for face in sorted(faces, key=lambda f: -f.width * f.height)]


def _smaller(pixels: Pixels, scale: float) -> Pixels:
    made: Pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return made


def _found(name: str, gray: "cv2.typing.MatLike", votes: int) -> list[Box]:
    found = _cascade(name).detectMultiScale(gray, 1.1, votes, minSize=(SMALLEST, SMALLEST))
    return [Box(*(int(value) for value in box)) for box in found]


def _mirrored(gray: "cv2.typing.MatLike") -> list[Box]:
    """Profiles that look the other way."""
    width = gray.shape[1]
    turned = _found("profileface", cv2.flip(gray, 1), PROFILE_VOTES)
    return [Box(width - box.x - box.width, box.y, box.width, box.height) for box in turned]


def _is_skin(pixels: Pixels, face: Box) -> bool:
    """Whether the middle of the box has shades as skin of any tone has, or no color at all (a gray photograph)."""
    inner = pixels[
        face.y + face.height // 4 : face.y + 3 * face.height // 4,
        face.x + face.width // 4 : face.x + 3 * face.width // 4,
    ]
    if inner.size == 0:
        return False
    _y, red, blue = cv2.split(cv2.cvtColor(np.ascontiguousarray(inner), cv2.COLOR_RGB2YCrCb))
    is_gray = float(np.mean(np.abs(red.astype(int) - 128) + np.abs(blue.astype(int) - 128))) < 8
    skin = (red >= 130) & (red <= 180) & (blue >= 77) & (blue <= 130)
    tones = float(inner.std())
    return tones > 8 and (is_gray or float(skin.mean()) > 0.35)


@lru_cache(maxsize=4)
def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / f"haarcascade_{name}.xml"))
