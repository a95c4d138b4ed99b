"""Dotted and dashed lines: rows of dots and dashes with nothing higher beside them, that end at other lines.

Looked at so coarsely that dots run together, letters do so too, but they are higher than a line is thick. Dots to be
filled in («Họ và tên: ……») end at no other line, and are none of a table's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.uint8]

_COARSE = 100
"""Dots an inch at which the dots of a line run together."""

_HIGH = 0.05
"""Inches: what is higher is no part of a line but a letter."""

_GAP = 0.07
"""Inches between two dashes, at most."""

_SHORTEST = 0.4
"""Inches: shortest line."""

_REACH = 0.05
"""Inches by which a line's end may miss the line at which it ends."""


def broken_lines(dark: Mask, level: Mask, upright: Mask, dpi: float) -> tuple[Mask, Mask]:
    """Level and upright lines of dots or dashes, as masks of the same size.

    Args:
        dark: 1 where the page is dark.
        level: 1 on level lines without gaps.
        upright: 1 on upright ones.
        dpi: resolution of all three.
    """
    step = max(round(dpi / _COARSE), 1)
    coarse = _coarser(dark, step)
    steep = np.asarray(cv2.transpose(_runs(np.asarray(cv2.transpose(coarse), np.uint8), dpi / step)), np.uint8)
    if not (steep.any() or upright.any()):
        return np.zeros_like(dark), np.zeros_like(dark)
    flat = _runs(coarse, dpi / step)
    all_level, all_upright = flat | _coarser(level, step), steep | _coarser(upright, step)
    flat = _held(flat, np.ascontiguousarray(all_upright), dpi / step)
    steep = _held(np.ascontiguousarray(steep.T), np.ascontiguousarray(all_level.T), dpi / step).T
    return _finer(flat, step, dark.shape), _finer(steep, step, dark.shape)


def _coarser(mask: Mask, step: int) -> Mask:
    """1 where any of ``step`` × ``step`` pixels is."""
    rows, columns = (size // step * step for size in mask.shape)
    coarse = mask[:rows:step, :columns:step].copy()
    for at in range(1, step * step):
        coarse |= mask[at // step : rows : step, at % step : columns : step]
    return coarse


def _finer(mask: Mask, step: int, shape: tuple[int, ...]) -> Mask:
    whole = np.zeros(shape, np.uint8)
    large = mask.repeat(step, axis=0).repeat(step, axis=1)
    whole[: large.shape[0], : large.shape[1]] = large
    return whole


def _runs(dark: Mask, dpi: float) -> Mask:
    """Level rows of dots, dashes or strokes, with nothing higher in them."""
    high = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(round(_HIGH * dpi), 2), 1), np.uint8))
    low = dark & (1 - cv2.dilate(high, np.ones((3, 3), np.uint8)))
    joined = cv2.morphologyEx(low, cv2.MORPH_CLOSE, np.ones((1, max(round(_GAP * dpi), 3)), np.uint8))
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, int(_SHORTEST * dpi)), np.uint8)), np.uint8)


def _held(lines: Mask, across: Mask, dpi: float) -> Mask:
    """The level lines both ends of which are near lines across."""
    reach = max(round(_REACH * dpi), 2)
    near = cv2.dilate(across, np.ones((1, 2 * reach + 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    kept = np.zeros(count, np.uint8)
    for index in range(1, count):
        left, top, width, height, _ = stats[index].tolist()
        rows = near[max(top - 1, 0) : top + height + 1]
        kept[index] = rows[:, left : left + 2].any() and rows[:, left + width - 2 : left + width].any()
    return np.asarray(kept[labels], np.uint8)
