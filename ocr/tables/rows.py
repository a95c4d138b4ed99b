"""Where the rows of a table without lines begin.

Lines of one cell follow each other closely; between rows there is a little more room. Where there is none, a row begins
where its number stands, or else where the first column does.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ocr.layout.lines import box_of
from ocr.tables.rownumbers import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.layout.lines import Run

_ROOM = 1.15
"""Distances up to this many of the closest ones are those within a cell."""

_ROW = 1.35
"""Distances above this many limits reach over lines that a column leaves blank."""

_PITCH = 1.3
"""Letter heights from line to line, at least."""

_BELOW = set("gjpqy,;()Qµ") | {"\N{COMBINING DOT BELOW}"}
"""Letters and marks that reach below the line, of decomposed text."""

_ALL = 0.85
"""Share of the line ends that are as close as within a cell from which on closeness tells nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """The pieces of a row and how many columns they fill."""

    pieces: tuple[Run, ...]
    filled: int

    @property
    def top(self) -> float:
        """Its upper end in points."""
        return min(piece.box.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Its lower end in points."""
        return max(piece.box.bottom for piece in self.pieces)


def rows_of(lines: Sequence[Sequence[Run]], xs: Sequence[float], height: float) -> list[Row]:
    """The rows of a stretch of lines, without what stands alone below them.

    Args:
        lines: pieces at one height each, from top to bottom.
        xs: the columns' edges, ascending, in points.
        height: of the letters, in points.
    """
    starts = _starts(lines, xs, height)
    groups = [lines[start:end] for start, end in pairwise([*starts, len(lines)])]
    rows = [_row([piece for line in group for piece in line], xs) for group in groups]
    while len(rows) > 1 and len(rows[-1].pieces) == 1:
        rows.pop()
    return rows


def _row(pieces: Sequence[Run], xs: Sequence[float]) -> Row:
    return Row(tuple(pieces), len({_column(piece, xs) for piece in pieces}))


def _column(piece: Run, xs: Sequence[float]) -> int:
    """The column in which a piece begins."""
    return max((at for at, x in enumerate(xs) if x <= piece.box.x0 + 1), default=0)


def _starts(lines: Sequence[Sequence[Run]], xs: Sequence[float], height: float) -> list[int]:
    """The lines with which rows begin."""
    steps = _steps(lines, xs)
    closest = min((step for own in steps for step in own), default=0.0)
    limit = _ROOM * max(closest, _PITCH * height) + 0.5
    tight = [_mostly(own, limit) for own in steps]
    numbered = [any(_column(piece, xs) == 0 and parse(piece.text) for piece in line) for line in lines]
    if sum(tight) >= _ALL * sum(any(step < _ROW * limit for step in own) for own in steps):
        tight = _told_by_columns(lines, xs, numbered)
    return [0, *(at for at in range(1, len(lines)) if not tight[at - 1] or _second(numbered, tight, at))]


def _mostly(steps: Sequence[float], limit: float) -> bool:
    """Whether most steps that are no longer than one row are within a cell: single words' boxes may mislead."""
    near = [step <= limit for step in steps if step < _ROW * limit]
    return bool(near) and 2 * sum(near) >= len(near)


def _second(numbered: Sequence[bool], tight: Sequence[bool], at: int) -> bool:
    """Whether a line brings a second number into what would be one row."""
    start = max((i for i in range(at) if i == 0 or not tight[i - 1]), default=0)
    return numbered[at] and any(numbered[start:at])


def _steps(lines: Sequence[Sequence[Run]], xs: Sequence[float]) -> list[list[float]]:
    """For each line end the distances over it, in each column, from base line to base line."""
    steps: list[list[float]] = [[] for _ in lines[1:]]
    last: dict[int, tuple[int, float]] = {}
    tail = _tail([piece for line in lines for piece in line])
    for at, line in enumerate(lines):
        for piece in line:
            column, base = _column(piece, xs), _base(piece, tail)
            if column in last:
                for over in range(last[column][0], at):
                    steps[over].append(base - last[column][1])
            last[column] = at, base
    return steps


def _base(piece: Run, tail: float) -> float:
    """The line on which the letters stand: words without tails tell, since boxes end where the ink does."""
    plain, tailed = _bottoms(piece)
    return _middle(plain) if plain else _middle(tailed) - tail


def _tail(pieces: Sequence[Run]) -> float:
    """How far below the line words with tails reach: nothing where boxes are those of the font."""
    both = [(plain, tailed) for plain, tailed in map(_bottoms, pieces) if plain and tailed]
    return max(_middle([_middle(tailed) - _middle(plain) for plain, tailed in both]), 0.0) if both else 0.0


def _bottoms(piece: Run) -> tuple[list[float], list[float]]:
    """Where the words without and those with tails end."""
    ends: tuple[list[float], list[float]] = ([], [])
    for word in piece.words:
        ends[bool(_BELOW & set(unicodedata.normalize("NFD", word.text)))].append(box_of(word).bottom)
    return ends


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _told_by_columns(lines: Sequence[Sequence[Run]], xs: Sequence[float], numbered: Sequence[bool]) -> list[bool]:
    """Whether each line but the first goes on with the row above, where distances do not tell."""
    most = 0.6 * max(len(line) for line in lines)
    by_number = sum(numbered) >= 2
    if not by_number and sum(len(line) >= most for line in lines) >= 0.8 * len(lines):
        return [2 * sum(map(_goes_on, line)) >= len(line) for line in lines[1:]]
    return [
        not (is_number or len(line) >= most if by_number else _column(line[0], xs) == 0 and not _goes_on(line[0]))
        for line, is_number in zip(lines[1:], numbered[1:], strict=True)
    ]


def _goes_on(piece: Run) -> bool:
    """Whether a line begins within a sentence."""
    return piece.text[:1].islower()
