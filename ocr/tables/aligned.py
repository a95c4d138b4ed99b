"""Tables without lines: rows of short pieces that keep to the same columns.

Only what is plain to see counts: three columns or more, three rows or more that fill them, blank strips between the
columns that no word of the stretch touches. Justified text leaves no such strips, since its gaps move from line to
line; two columns are left to the reading order, where labels with values and lists are more usual than tables.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ocr.layout.lines import Run, letter_height, runs
from ocr.tables.grid import Grid, grid_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import Word

_COLUMNS = 3
_ROWS = 3
_STRIP = 9.0
"""Points: narrowest blank strip between two columns."""

_EDGE, _KEPT = 6.0, 0.7
"""Points by which the edges of a column's pieces may differ, and the share of the pieces that must agree."""

_FILLED = 0.6
"""Share of the rows that must have a piece in at least three columns."""

_PITCH = 3.2
"""Line distances above this many letter heights end a table."""


def aligned(words: Sequence[Word]) -> list[Grid]:
    """The tables without lines among the words of one column of text, from top to bottom."""
    if not words:
        return []
    height = letter_height(words)
    rows = _rows(runs(words, max(0.9 * height, 0.8 * _STRIP)), height)
    found: list[Grid] = []
    at = 0
    while at < len(rows):
        end = _stretch(rows, at, height)
        if _is_table(rows[at:end]):
            found.append(_grid(rows[at:end]))
            at = end
        else:
            at += 1
    return found


def _rows(pieces: Sequence[Run], height: float) -> list[list[Run]]:
    """The pieces by line, from top to bottom, each line from left to right."""
    rows: list[list[Run]] = []
    for piece in pieces:
        if rows and abs(piece.middle - rows[-1][0].middle) < 0.6 * height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.box.x0) for row in rows]


def _stretch(rows: Sequence[Sequence[Run]], start: int, height: float) -> int:
    """The row after the last one that keeps to the columns begun at ``start``."""
    if len(rows[start]) < _COLUMNS:
        return start
    columns = _columns(rows[start : start + 1])
    end = start + 1
    while end < len(rows) and rows[end][0].middle - rows[end - 1][0].middle < _PITCH * height:
        wider = _columns(rows[start : end + 1])
        if len(wider) < len(columns) or len(wider) > len(columns) + 1:
            break
        columns, end = wider, end + 1
    return end


def _columns(rows: Sequence[Sequence[Run]]) -> list[tuple[float, float]]:
    """The strips that hold words, as ``(left, right)``, those with too little blank between taken as one."""
    strips: list[tuple[float, float]] = []
    for box in sorted((piece.box for row in rows for piece in row), key=lambda box: box.x0):
        if strips and box.x0 < strips[-1][1] + _STRIP:
            strips[-1] = (strips[-1][0], max(strips[-1][1], box.x1))
        else:
            strips.append((box.x0, box.x1))
    return strips


def _is_table(rows: Sequence[Sequence[Run]]) -> bool:
    full = sum(len(row) >= _COLUMNS for row in rows)
    strips = _columns(rows)
    if full < _ROWS or full < _FILLED * len(rows) or len(strips) < _COLUMNS:
        return False
    return all(_keeps(rows, strip) for strip in strips)


def _keeps(rows: Sequence[Sequence[Run]], strip: tuple[float, float]) -> bool:
    """Whether most pieces of a column share its left edge, its middle or its right edge."""
    boxes = [piece.box for row in rows for piece in row if strip[0] <= piece.box.x0 <= strip[1]]
    edges = ([box.x0 for box in boxes], [(box.x0 + box.x1) / 2 for box in boxes], [box.x1 for box in boxes])
    shared = max(sum(abs(at - sorted(edge)[len(edge) // 2]) < _EDGE for at in edge) for edge in edges)
    return shared >= _KEPT * len(boxes)


def _grid(rows: Sequence[Sequence[Run]]) -> Grid:
    """The cells of the stretch; a row begins where the first column has words."""
    strips = _columns(rows)
    xs = [strips[0][0] - 1]
    xs += [(left[1] + right[0]) / 2 for left, right in pairwise(strips)]
    xs.append(strips[-1][1] + 1)
    starts = [row for at, row in enumerate(rows) if at == 0 or row[0].box.x0 < xs[1]]
    ys = [min(piece.box.top for piece in row) - 0.5 for row in starts]
    ys.append(max(piece.box.bottom for piece in rows[-1]) + 0.5)
    grid = grid_of(xs, ys, lambda *_: True, lambda *_: True)
    return replace(grid, ruled=False)
