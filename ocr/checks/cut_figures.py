"""Dates and numbers that the engine cut in two: «31/1 2/2024», «02/201 7/TT-XYZ», as happens in italics.

Two neighbours on a line are joined where they stand closer than words do, and where only together they make a whole
date or a whole number with its year. The join is a reading, not a certainty: the word keeps what was read in pieces
(`Word.readings`) and is doubted, so that a person is asked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.layout import Line, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_WHOLE = re.compile(
    rf"\W*(?:{_DAY}(?P<stroke>[/⁄.-]){_MONTH}(?P=stroke){_YEAR}|\d{{1,5}}[/⁄]{_YEAR}[/⁄][A-ZĐ][A-ZĐÐƯa-z0-9&/-]*)\W*"
)
_CLOSE = 0.45
"""Gap between the pieces, of their height; words of justified lines stand further apart."""

_DOUBT = 0.5


def rejoin(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with dates and numbers in one word again where they were cut."""
    return tuple(map(_rejoined, lines))


def _rejoined(line: Line) -> Line:
    words = list(line.words[:1])
    for word in line.words[1:]:
        joined = _joined(words[-1], word)
        words[-1:] = [joined] if joined else [words[-1], word]
    return line if len(words) == len(line.words) else replace(Line.of(words, line.kind), box=line.box)


def _joined(one: Word, other: Word) -> Word | None:
    """Both as one word; None where they are two."""
    if not (one.text[-1:].isdigit() and other.text[:1].isdigit() and one.box and other.box):
        return None
    gap, height = other.box.x0 - one.box.x1, one.box.bottom - one.box.top
    text = one.text + other.text
    if (
        gap > _CLOSE * height
        or not _WHOLE.fullmatch(text)
        or _WHOLE.fullmatch(one.text)
        or _WHOLE.fullmatch(other.text)
    ):
        return None
    sure = min(one.confidence, other.confidence, _DOUBT)
    return Word(text, one.start, one.box.cover(other.box), sure, (f"{one.text} {other.text}",))
