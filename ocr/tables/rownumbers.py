"""Row numbers of a table, rebuilt from their sequence where they were misread.

A lone «1.» or «II» in a narrow cell is what engines read worst, and what a reader needs least: it is told by the rows
before and after. Nothing else in a table is ever guessed in this way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,2}){0,2})([.)]?)")
_ROMAN = re.compile(r"([IVX]{1,5})([.)]?)")
_LOOKS = str.maketrans(
    {
        "l": "1",
        "I": "1",
        "|": "1",
        "i": "1",
        "!": "1",
        "O": "0",
        "o": "0",
        "S": "5",
        "§": "8",
        ",": ".",
        ":": ".",
        ";": ".",
    }
)
_LOOKS_ROMAN = str.maketrans({"l": "I", "1": "I", "|": "I", "H": "II", "Í": "I", "Ï": "I"})


_LONGEST = 4
"""Characters of a misread row number, at most."""


@dataclass(frozen=True, slots=True)
class Label:
    """A row number: its parts from the outermost («10.2» is (10, 2)), or a Roman one; ``tail`` is «.», «)» or «»."""

    parts: tuple[int, ...]
    roman: bool = False
    tail: str = ""

    @property
    def text(self) -> str:
        """As printed."""
        if self.roman:
            return _ROMANS[self.parts[0] - 1] + self.tail
        return ".".join(map(str, self.parts)) + self.tail

    def follows(self, before: Label) -> bool:
        """Whether the label may come right after ``before``: next, first below it, or next of an outer level."""
        if self.roman or before.roman:
            return self.roman == before.roman and self.parts[0] == before.parts[0] + 1
        if self.parts[:-1] == before.parts:
            return self.parts[-1] == 1
        outer = before.parts[: len(self.parts)]
        return len(outer) == len(self.parts) and self.parts == (*outer[:-1], outer[-1] + 1)


def parse(text: str) -> Label | None:
    """The label that a text is, if it is one as it stands.

    >>> parse("10.2"), parse("II.") and parse("II.").text, parse("QĐ")
    (Label(parts=(10, 2), roman=False, tail=''), 'II.', None)
    """
    text = text.replace(" ", "")
    if (match := _NUMBER.fullmatch(text)) is not None:
        return Label(tuple(map(int, match[1].split("."))), tail=match[2])
    if (match := _ROMAN.fullmatch(text)) is not None and match[1] in _ROMANS:
        return Label((_ROMANS.index(match[1]) + 1,), roman=True, tail=match[2])
    return None


def rebuild(readings: Sequence[str], *, from_one: bool = False) -> list[str | None]:
    """For each row the number that its neighbours ask for; None where the reading fits or nothing can be told.

    Args:
        readings: what was read in the number column, row by row; "" where nothing was read.
        from_one: whether the column is headed as one of row numbers, so that its first row is the first.
    """
    labels = [parse(reading) for reading in readings]
    sure = _in_sequence(labels)
    found: list[str | None] = [None] * len(readings)
    if sum(sure) < 2:
        return _all_counted(readings, labels) if from_one else found
    for at, reading in enumerate(readings):
        if not sure[at] and reading.strip():
            found[at] = _alike(reading, [labels[i] for i in _beside(at, sure)]) or _counted(at, readings, labels, sure)
    return found


def _all_counted(readings: Sequence[str], labels: Sequence[Label | None]) -> list[str | None]:
    """1, 2, 3, … where each row has a number, and no reading says otherwise."""
    counted = [str(at) for at in range(1, len(readings) + 1)]
    agree = all(label is None or label.parts == (at,) for at, label in enumerate(labels, 1))
    if not agree or not all(reading.strip() and len(reading) <= _LONGEST for reading in readings):
        return [None] * len(readings)
    return [None if label else number for label, number in zip(labels, counted, strict=True)]


def _in_sequence(labels: Sequence[Label | None]) -> list[bool]:
    """Which labels fit one of the next two of their kind before or after them."""
    sure = [False] * len(labels)
    for roman in (False, True):
        places = [(at, label) for at, label in enumerate(labels) if label is not None and label.roman == roman]
        for (first, one), (second, other) in [*pairwise(places), *zip(places, places[2:], strict=False)]:
            if other.follows(one) or 0 < _steps(one, other) <= second - first:
                sure[first] = sure[second] = True
    return sure


def _steps(one: Label, other: Label) -> int:
    return other.parts[-1] - one.parts[-1] if one.parts[:-1] == other.parts[:-1] else -1


def _beside(at: int, sure: Sequence[bool]) -> list[int]:
    """The nearest rows before and after whose numbers are sure."""
    before = next((i for i in range(at - 1, -1, -1) if sure[i]), None)
    after = next((i for i in range(at + 1, len(sure)) if sure[i]), None)
    return [i for i in (before, after) if i is not None]


def _alike(reading: str, beside: Sequence[Label | None]) -> str | None:
    """The reading with look-alike letters put right, where it then fits a number beside it."""
    for looks in (_LOOKS, _LOOKS_ROMAN):
        seen = parse(reading.translate(looks))
        if seen is not None and any(b is not None and (seen.follows(b) or b.follows(seen)) for b in beside):
            return seen.text
    return None


def _counted(at: int, readings: Sequence[str], labels: Sequence[Label | None], sure: Sequence[bool]) -> str | None:
    """The number got by counting back from the next sure one, where every row between has one.

    With a sure number before as well, both must agree; without, the count must not fall below 1.
    """
    after = next((i for i in range(at + 1, len(sure)) if sure[i]), None)
    label = labels[after] if after is not None else None
    if after is None or label is None or label.roman or not all(readings[i].strip() for i in range(at, after)):
        return None
    value = label.parts[-1] - (after - at)
    before = next((i for i in range(at - 1, -1, -1) if sure[i]), None)
    start = labels[before] if before is not None else None
    if before is not None and start is not None and not start.roman and _steps(start, label) != after - before:
        return None
    return Label((*label.parts[:-1], value), tail=label.tail).text if value >= 1 else None
