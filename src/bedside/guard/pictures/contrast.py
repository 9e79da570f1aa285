"""How well letters stand out from their ground: the contrast ratio of WCAG 2.1, success criterion 1.4.3.

Measured only where the ground is even, which is a graphic that somebody made; a photograph of a room has no colors that
its author could choose.
"""

import cv2
import numpy as np

from bedside.guard.pictures.shapes import Box, Pixels

EVEN = 3.0  # standard deviation of the ground's gray values; a camera's grain and shades lie above
FEW = 60  # pixels of letters and of ground below which nothing is measured


def contrast_of(pixels: Pixels, box: Box) -> float:
    """The ratio between letters and ground in the box, 1 to 21; 0 where the ground is uneven or the box too small."""
    height, width = pixels.shape[:2]
    inner = box.within(Box(0, 0, width, height))
    cut = pixels[inner.y : inner.y + inner.height, inner.x : inner.x + inner.width]
    if cut.size < 3 * 4 * FEW:
        return 0.0
    gray = cv2.cvtColor(np.ascontiguousarray(cut), cv2.COLOR_RGB2GRAY)
    border = np.concatenate((gray[0], gray[-1], gray[:, 0], gray[:, -1]))
    if float(border.std()) > EVEN:
        return 0.0
    ground = float(np.median(border))
    away = np.abs(gray.astype(float) - ground)
    letters = away > 0.8 * float(away.max())
    if letters.sum() < FEW or float(away.max()) < 1:
        return 0.0
    light, dark = sorted((_luminance(cut[letters]), _luminance(cut[away < EVEN])), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(colors: Pixels) -> float:
    """The relative luminance of the middle color, 0 to 1 (WCAG 2.1, definition of relative luminance)."""
    if not len(colors):
        return 0.0
    parts = np.median(colors, axis=0) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))
