"""Tables without lines: rows of short pieces that keep to the same columns.

Only what is plain to see counts: three columns or more, three rows or more that fill them, blank strips between the
columns that no word of the stretch touches, but for headings over several columns. Justified text leaves no such
strips, since its gaps move from line to line; two columns are left to the reading order, where labels with values and
lists are more usual than tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ocr.layout.lines import Run, letter_height, runs
from ocr.tables.grid import Grid, grid_of
from ocr.tables.rows import Row, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.layout import Word

    Line = Sequence[Run]
    """Pieces that stand at one height, from left to right."""

_COLUMNS = 3
_ROWS = 3
_STRIP = 9.0
"""Points: narrowest blank strip between two columns."""

_EDGE, _KEPT = 6.0, 0.7
"""Points by which the edges of a column's pieces may differ, and the share of the pieces that must agree."""

_FILLED = 0.6
"""Share of the rows that must have a piece in at least three columns."""

_PITCH = 4.0
"""Line distances above this many letter heights end a table."""

_BESIDE = 20.0
"""Points by which a heading may be wider than what stands below it."""

_HEAD = 3
"""Lines above the first full one in which headings over several columns may stand."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines that keep to columns: their strips as ``(left, right)``, and the pieces that lie over several strips."""

    lines: Sequence[Line]
    strips: Sequence[tuple[float, float]]

    @staticmethod
    def of(lines: Sequence[Line], wide: Sequence[Run] = ()) -> _Stretch:
        """The lines with the columns that all pieces but the wide ones make."""
        return _Stretch(lines, _strips(piece for line in lines for piece in line if piece not in wide))

    @property
    def gutters(self) -> list[float]:
        """The middles of the blanks between the columns."""
        return [(left[1] + right[0]) / 2 for left, right in pairwise(self.strips)]

    def crosses(self, piece: Run) -> bool:
        """Whether a piece lies over several columns."""
        return any(piece.box.x0 < at < piece.box.x1 for at in self.gutters)


def aligned(words: Sequence[Word]) -> list[Grid]:
    """The tables without lines among the words of one column of text, from top to bottom.

    One of a single row is none, but texts side by side, such as what stands below three pictures.
    """
    if not words:
        return []
    height = letter_height(words)
    lines = _lines(words, height)
    found: list[Grid] = []
    at = done = 0
    while at < len(lines):
        start, end, stretch = _longest(lines, at, height)
        grid = _grid(_with_head(stretch, lines[done:start], height), height) if stretch else None
        if grid is not None:
            found.append(grid)
            at = done = end
        else:
            at += 1
    return found


def _longest(lines: Sequence[Line], at: int, height: float) -> tuple[int, int, _Stretch | None]:
    """The longest stretch that begins at a line or just below: short headings in wide columns mislead."""
    tried = [(start, *_grown(lines, start, height)) for start in range(at, min(at + _HEAD, len(lines)))]
    return max(tried, key=lambda each: each[1]) if tried[0][2] else tried[0]


def may_align(words: Sequence[Word]) -> bool:
    """Whether some lines have as many pieces as a table without lines asks for: told quickly."""
    return bool(words) and sum(len(line) >= _COLUMNS for line in _lines(words, letter_height(words))) >= _ROWS


def _lines(words: Sequence[Word], height: float) -> list[list[Run]]:
    """The words' pieces by line, from top to bottom, each line from left to right."""
    lines: list[list[Run]] = []
    for piece in runs(words, max(0.9 * height, 0.8 * _STRIP)):
        if lines and abs(piece.middle - lines[-1][0].middle) < 0.6 * height:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.box.x0) for line in lines]


def _grown(lines: Sequence[Line], start: int, height: float) -> tuple[int, _Stretch | None]:
    """The line after the last one that keeps to the columns begun at ``start``, and the stretch so found."""
    if len(lines[start]) < _COLUMNS:
        return start, None
    stretch, end = _Stretch.of(lines[start : start + 1]), start + 1
    wide: list[Run] = []
    while end < len(lines) and _near(lines[end - 1], lines[end], height):
        own = [*wide, *lines[end]] if _is_heading(lines, end, stretch) else wide
        wider = _Stretch.of(lines[start : end + 1], own)
        if len(wider.strips) < len(stretch.strips):
            break
        wide, stretch, end = own, wider, end + 1
    return end, stretch


def _near(above: Line, below: Line, height: float) -> bool:
    return min(piece.middle for piece in below) - max(piece.middle for piece in above) < _PITCH * height


def _is_heading(lines: Sequence[Line], at: int, stretch: _Stretch) -> bool:
    """Whether a line is one piece over several columns, between lines that keep to them: the name of a section."""
    if len(lines[at]) > 1 or not stretch.crosses(lines[at][0]) or len(stretch.lines) < 2:
        return False
    below = lines[at + 1 : at + 3]
    wider = _Stretch.of(
        [*stretch.lines, *below], [piece for line in stretch.lines for piece in line if stretch.crosses(piece)]
    )
    return any(len(line) >= _COLUMNS for line in below) and len(wider.strips) >= len(stretch.strips)


def _with_head(stretch: _Stretch, above: Sequence[Line], height: float) -> _Stretch:
    """The stretch with the head's upper lines, where some headings lie over several columns."""
    lines = list(stretch.lines)
    for line in list(reversed(above))[:_HEAD]:
        outside = line[0].box.x0 < stretch.strips[0][0] - _BESIDE or line[-1].box.x1 > stretch.strips[-1][1] + _BESIDE
        if len(line) < 2 or outside or not _near(line, lines[0], height):
            break
        lines.insert(0, line)
    return replace(stretch, lines=lines)


def _strips(pieces: Iterator[Run]) -> list[tuple[float, float]]:
    """The strips that hold words, as ``(left, right)``, those with too little blank between taken as one."""
    strips: list[tuple[float, float]] = []
    for box in sorted((piece.box for piece in pieces), key=lambda box: box.x0):
        if strips and box.x0 < strips[-1][1] + _STRIP:
            strips[-1] = (strips[-1][0], max(strips[-1][1], box.x1))
        else:
            strips.append((box.x0, box.x1))
    return strips


def _grid(stretch: _Stretch, height: float) -> Grid | None:
    """The cells of the stretch, if it is a table."""
    xs = [stretch.strips[0][0] - 1, *stretch.gutters, stretch.strips[-1][1] + 1]
    rows = rows_of(stretch.lines, xs, height)
    if not _is_table(rows, stretch):
        return None
    ys = [rows[0].top - 0.5]
    ys += [(above.bottom + below.top) / 2 for above, below in pairwise(rows)]
    ys.append(rows[-1].bottom + 0.5)

    def upright(x: float, top: float, bottom: float) -> bool:
        row = rows[ys.index(top)]
        return bottom != ys[ys.index(top) + 1] or not any(piece.box.x0 < x < piece.box.x1 for piece in row.pieces)

    return replace(grid_of(xs, ys, upright, lambda *_: True), ruled=False)


def _is_table(rows: Sequence[Row], stretch: _Stretch) -> bool:
    full = sum(row.filled >= _COLUMNS for row in rows)
    if len(rows) == 1:
        return sum(len(line) >= _COLUMNS for line in stretch.lines) >= _ROWS
    if full < _ROWS or full < _FILLED * len(rows) or len(stretch.strips) < _COLUMNS:
        return False
    return all(_keeps(rows, strip) for strip in stretch.strips)


def _keeps(rows: Sequence[Row], strip: tuple[float, float]) -> bool:
    """Whether most pieces of a column share its left edge, its middle or its right edge."""
    boxes = [p.box for row in rows for p in row.pieces if strip[0] <= p.box.x0 and p.box.x1 <= strip[1]]
    edges = ([box.x0 for box in boxes], [(box.x0 + box.x1) / 2 for box in boxes], [box.x1 for box in boxes])
    shared = max(sum(abs(at - sorted(edge)[len(edge) // 2]) < _EDGE for at in edge) for edge in edges)
    return shared >= _KEPT * len(boxes)
