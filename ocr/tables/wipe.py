"""A cell's picture without what is left of the table's lines along its sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ocr.engine import GreyImage

WHITE = 255
FAINT = 215
"""Grey below which a pixel may be part of a stroke."""

_STRIP = 3.5
"""Points along a cell's sides in which what is left of its lines is wiped off; marks of tight rows reach into it."""

_STROKE = 0.14
"""Inches: strokes along a side that are shorter belong to letters."""

_STEM = 0.4
"""Inches: longest stroke that the stems of letters make, one line's below another's; longer ones are walls."""

_DOT = 1.6
"""Points: thickness of a dotted line, at most."""

_DOTTED = 0.3
"""Share of a side that a dotted line covers, at least; marks of letters cover less."""


def without_walls(picture: GreyImage, dpi: float) -> GreyImage:
    """A copy of a cell's picture with the remains of its lines painted white."""
    dark = np.asarray(picture < FAINT, np.uint8)
    strip, bar = max(int(_STRIP * dpi / 72), 2), max(int(_STROKE * dpi), 3)
    if min(picture.shape) <= 2 * strip:
        return picture.copy()
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, bar), np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((bar, 1), np.uint8))
    level[strip:-strip] = 0
    upright[:, strip:-strip] = 0
    walls = cv2.dilate(level | _walls(upright, dpi) | _dots(dark, dpi), np.ones((3, 3), np.uint8))
    return np.asarray(np.where(walls > 0, WHITE, picture), np.uint8)


def _walls(upright: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """The upright strokes without stems of letters, which stand off the side and are short."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    width = upright.shape[1]
    kept = [
        index
        for index, (left, _, across, length, _) in enumerate(stats[:count].tolist())
        if index and (left <= 1 or left + across >= width - 1 or length > _STEM * dpi)
    ]
    return np.isin(labels, kept).astype(np.uint8)


def _dots(dark: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """1 on the dots and dashes of broken lines along the sides of a cell that is ``dark`` there."""
    found = np.zeros_like(dark)
    for side, marked in ((dark, found), (dark[::-1], found[::-1]), (dark.T, found.T), (dark.T[::-1], found.T[::-1])):
        strip = np.ascontiguousarray(side[: int(_STRIP * dpi / 72)])
        count, labels, stats, _ = cv2.connectedComponentsWithStats(strip, connectivity=8)
        thin = [
            (index, across)
            for index, (_, top, across, thick, _) in enumerate(stats[:count].tolist())
            if index and thick <= _DOT * dpi / 72 and top + thick < len(strip)
        ]
        if sum(across for _, across in thin) >= _DOTTED * strip.shape[1]:
            marked[: len(strip)] |= np.isin(labels, [index for index, _ in thin]).astype(np.uint8)
    return found
