"""Two pages on one sheet: an open book on the scanner, or two A4 pages copied onto one A3.

Each side is a page of its own, with its own header and signature block, and is read as such, the left one first. A
landscape table is no spread: its columns stand close, its cells are narrow, and lines run through its middle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocr.layout.lines import box_of, runs, solid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import Word
    from ocr.tables.grid import Grid

_LANDSCAPE = 1.25
_MIDDLE = 0.42, 0.58
"""Shares of the width between which the blank strip lies."""

_GUTTER = 0.05
"""Share of the width that two inner margins take at least; columns of a table stand closer."""

_READ = 0.5
"""Confidence below which a word is what an engine makes of the fold's shadow."""

_LINES = 10
_FULL = 0.7
"""Share of its side's widest line from which a line is full."""


def gutter(words: Sequence[Word], grids: Sequence[Grid], width: float, height: float) -> float | None:
    """Where the sheet is to be cut, in points from the left; none where it is one page.

    Args:
        words: placed words, points.
        grids: the sheet's tables.
        width: the sheet's width in points.
        height: its height.
    """
    if width < _LANDSCAPE * height:
        return None
    read = [word for word in solid(words) if word.confidence >= _READ]
    left = [word for word in read if (box_of(word).x0 + box_of(word).x1) / 2 < width / 2]
    right = [word for word in read if (box_of(word).x0 + box_of(word).x1) / 2 >= width / 2]
    if not left or not right:
        return None
    start, end = max(box_of(word).x1 for word in left), min(box_of(word).x0 for word in right)
    at = (start + end) / 2
    if end - start < _GUTTER * width or not _MIDDLE[0] * width < at < _MIDDLE[1] * width:
        return None
    if any(grid.box.x0 < at < grid.box.x1 for grid in grids):
        return None
    return at if _is_page(left) and _is_page(right) else None


def _is_page(words: Sequence[Word]) -> bool:
    """Whether words stand in full lines one below another."""
    lines = [run.box.x1 - run.box.x0 for run in runs(words)]
    full = sum(line > _FULL * max(lines) for line in lines)
    return full >= _LINES and full >= 0.4 * len(lines)
