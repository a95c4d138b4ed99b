"""Tables drawn with lines on a page image: long dark strokes, where they meet, and the cells between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ocr.tables.broken import broken_lines
from ocr.tables.grid import Grid, grid_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ocr.engine import GreyImage

_DARK, _PALEST = 168, 200
"""Grey below which a pixel of a cleaned image may belong to a line, with black ink, and at most with pale ink."""

_PALER = 0.22
"""What each grey level of the page's darkest hundredth adds to that limit: faint or smoothed pages have grey lines."""

_ENOUGH = 140
"""Dots an inch that lines need to be seen; finer images are looked at more coarsely."""

_LETTER = 0.16
"""Inches: longer strokes than any letter's."""

_SHORTEST = 0.32
"""Inches: shortest stroke that counts as a line. Above the tallest letters, below the lowest table rows."""

_FAINT = 222
"""Grey below which a stroke counts where a line is expected, since the same line was seen elsewhere."""

_CLOSE = 0.03
"""Inches: how near to its place an expected faint line must be."""

_EDGE = 0.08
"""Inches: strokes nearer to the image's edge are the sheet's own edge."""

_THICKEST = 0.06
"""Inches: thicker strokes are shadows and bars."""

_APART = 0.07
"""Inches: lines nearer than this are one line drawn unevenly."""

_MUCH = 0.35
"""Share of a table's height or width from which on lines need not end at others: some are too faint there."""

_END = 0.05
"""Inches by which a short line's end may miss the line at which it ends; the side of a round stamp ends anywhere."""

_DRAWN = 0.6
"""Share of a wall that must be dark for the wall to stand."""


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A line: ``at`` across its direction, from ``start`` to ``end`` along it. Pixels."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _Lines:
    """Masks (1 where set) of level and upright strokes: those that surely are lines, and those that may be."""

    level: NDArray[np.uint8]
    upright: NDArray[np.uint8]
    faint_level: NDArray[np.uint8]
    faint_upright: NDArray[np.uint8]


def ruled(image: GreyImage, dpi: float) -> list[Grid]:
    """The tables drawn with lines on a cleaned, straightened page image, from top to bottom. Boxes in points."""
    step = max(int(dpi // _ENOUGH), 1)
    darkest, coarse = _darkest(image, step), dpi / step
    limit = min(_DARK + _PALER * float(np.percentile(darkest[::3, ::3], 1)), _PALEST)
    dark = _below(darkest, limit)
    level, upright = _lines(dark, coarse), _turned(_lines(_turned(dark), coarse))
    dotted_level, dotted_upright = broken_lines(dark, level, upright, coarse)
    level, upright = level | dotted_level, upright | dotted_upright
    if not upright.any():
        return []
    faint = _below(darkest, _FAINT)
    lines = _Lines(
        level,
        upright,
        _strokes(faint, coarse) | dotted_level,
        _turned(_strokes(_turned(faint), coarse)) | dotted_upright,
    )
    found = [grid for area in _areas(lines, coarse) if (grid := _grid(area, coarse)) is not None and _is_table(grid)]
    return sorted(found, key=lambda grid: grid.box.top)


def _darkest(image: GreyImage, step: int) -> GreyImage:
    """The darkest of each ``step`` × ``step`` pixels, so that thin lines outlive the coarser raster."""
    rows, columns = (size // step * step for size in image.shape)
    darkest = image[:rows:step, :columns:step]
    for row in range(step):
        for column in range(step):
            darkest = np.minimum(darkest, image[row:rows:step, column:columns:step])
    return darkest


def _strokes(dark: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Level strokes too long for letters."""
    return np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, _bar(_LETTER * dpi)), np.uint8)


def _below(grey: GreyImage, limit: float) -> NDArray[np.uint8]:
    """1 where a picture is darker than the limit."""
    return (grey < np.uint8(np.ceil(limit))).view(np.uint8)


def _turned(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Rows for columns; a copy, much faster than numpy's."""
    return np.asarray(cv2.transpose(mask), np.uint8)


def _lines(dark: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Long thin level strokes, away from the page's edges.

    Short breaks are bridged, but only between strokes too long for letters, else text would join into lines.
    """
    kept = np.zeros_like(dark)
    strokes = _strokes(dark, dpi)
    thick, edge = max(int(_THICKEST * dpi), 4), int(_EDGE * dpi)
    near = np.convolve(strokes.max(axis=1), np.ones(4 * thick + 5, np.uint8), "same")
    there = np.flatnonzero(near)  # few rows of most pages
    if not len(there):
        return kept
    joined = cv2.morphologyEx(strokes[there], cv2.MORPH_CLOSE, _bar(_LETTER / 2 * dpi))
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _bar(_SHORTEST * dpi))
    bars = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    bars = cv2.dilate(bars, np.ones((thick + 2, thick + 2), np.uint8))
    kept[there] = long & (1 - np.minimum(bars, 1))
    kept[:edge], kept[-edge:], kept[:, :edge], kept[:, -edge:] = 0, 0, 0, 0
    return kept


def _bar(length: float) -> NDArray[np.uint8]:
    return np.ones((1, max(int(length), 3)), np.uint8)


@dataclass(frozen=True, slots=True)
class _Area:
    """Lines that touch each other, cut out of the page at ``left``, ``top`` (pixels)."""

    lines: _Lines
    left: int
    top: int


def _areas(lines: _Lines, dpi: float) -> list[_Area]:
    """The groups of lines that touch, or whose places overlap."""
    reach = max(int(0.04 * dpi), 3)
    touching = cv2.dilate(lines.level | lines.upright, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(touching, connectivity=8)
    groups: list[tuple[tuple[int, int, int, int], list[int]]] = []
    for index in range(1, count):
        left, top, width, height, _ = stats[index].tolist()
        box, members = (left, top, left + width, top + height), [index]
        for other in [group for group in groups if _overlap(group[0], box)]:
            groups.remove(other)
            box = (*map(min, other[0][:2], box[:2]), *map(max, other[0][2:], box[2:]))
            members += other[1]
        groups.append((box, members))
    return [
        _cut(lines, labels, box, members)
        for box, members in groups
        if box[2] - box[0] > dpi and box[3] - box[1] > 0.2 * dpi
    ]


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _cut(lines: _Lines, labels: NDArray[np.int32], box: tuple[int, int, int, int], members: list[int]) -> _Area:
    area = (slice(box[1], box[3]), slice(box[0], box[2]))
    own = np.isin(labels[area], members).astype(np.uint8)
    return _Area(
        _Lines(lines.level[area] & own, lines.upright[area] & own, lines.faint_level[area], lines.faint_upright[area]),
        box[0],
        box[1],
    )


def _grid(area: _Area, dpi: float) -> Grid | None:
    lines = area.lines
    rows, columns = _strokes_in(lines.level, dpi), _strokes_in(lines.upright.T, dpi)
    ys = _with_ends(_places(rows, columns, dpi), columns, dpi)
    xs = _with_ends(_places(columns, rows, dpi), rows, dpi)
    if len(xs) < 2 or len(ys) < 2:
        return None
    scale = 72 / dpi

    def upright(x: float, start: float, end: float) -> bool:
        at, ends = x / scale - area.left, (start / scale - area.top, end / scale - area.top)
        return _drawn(lines.upright.T, at, ends, _APART * dpi) or _drawn(lines.faint_upright.T, at, ends, _CLOSE * dpi)

    def level(y: float, start: float, end: float) -> bool:
        at, ends = y / scale - area.top, (start / scale - area.left, end / scale - area.left)
        return _drawn(lines.level, at, ends, _APART * dpi) or _drawn(lines.faint_level, at, ends, _CLOSE * dpi)

    return grid_of([(x + area.left) * scale for x in xs], [(y + area.top) * scale for y in ys], upright, level)


def _strokes_in(mask: NDArray[np.uint8], dpi: float) -> list[_Stroke]:
    """The level strokes of a mask."""
    count, _, stats, centres = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask), connectivity=8)
    found = []
    for index in range(1, count):
        start, _, length, thickness, area = stats[index].tolist()
        if length >= 0.8 * _SHORTEST * dpi and thickness < 0.2 * dpi and area > 0.3 * length:
            found.append(_Stroke(float(centres[index][1]), float(start), float(start + length)))
    return found


def _places(strokes: Sequence[_Stroke], crossing: Sequence[_Stroke], dpi: float) -> list[float]:
    """Where lines lie, near strokes taken together, weighted by length; strokes that hang in the air are none."""
    groups: list[list[_Stroke]] = []
    for stroke in sorted(strokes, key=lambda each: each.at):
        if groups and stroke.at - groups[-1][-1].at < _APART * dpi:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    reach = max((s.end for s in strokes), default=0.0) - min((s.start for s in strokes), default=0.0)
    held = [group for group in groups if _is_held(group, crossing, reach, dpi)]
    return [sum(s.at * (s.end - s.start) for s in group) / sum(s.end - s.start for s in group) for group in held]


def _is_held(group: Sequence[_Stroke], crossing: Sequence[_Stroke], reach: float, dpi: float) -> bool:
    """Whether strokes at one place go along much of the table, or one of them from a crossing line to another."""
    if sum(s.end - s.start for s in group) >= _MUCH * reach:
        return True
    near = _END * dpi
    return any(all(any(abs(c.at - end) < near for c in crossing) for end in (s.start, s.end)) for s in group)


def _with_ends(places: list[float], crossing: Sequence[_Stroke], dpi: float) -> list[float]:
    """The places with an outer edge added where the crossing lines reach beyond (tables open at a side or page end)."""
    if not places or not crossing:
        return places
    reach = 0.2 * dpi
    first, last = min(s.start for s in crossing), max(s.end for s in crossing)
    before = [first] if first < places[0] - reach else []
    after = [last] if last > places[-1] + reach else []
    return [*before, *places, *after]


def _drawn(mask: NDArray[np.uint8], at: float, ends: tuple[float, float], near: float) -> bool:
    """Whether most of the stretch between the ends is dark within ``near`` pixels of ``at``."""
    start, end = ends
    inner = (end - start) * 0.1
    low, high = max(int(at - near), 0), int(at + near) + 2
    stretch = mask[low:high, max(int(start + inner), 0) : max(int(end - inner), int(start + inner) + 1)]
    return bool(stretch.size and stretch.any(axis=0).mean() >= _DRAWN)


def _is_table(grid: Grid) -> bool:
    """At least two rows and columns, or one row of three cells (the rest of a table from the page before)."""
    if grid.columns < 2 or grid.rows * grid.columns < 3 or len(grid.cells) < 3:
        return False
    return grid.box.x1 - grid.box.x0 > 100
