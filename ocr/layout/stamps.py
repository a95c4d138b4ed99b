"""The stamp that the receiving office puts on a letter: «CÔNG VĂN ĐẾN / Số: … / Ngày: … / Chuyển: …».

It is pressed wherever there is room, often over text; its own number and date must not be taken for the letter's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.layout import Line, Region
from normalize.fold import fold
from ocr.layout.lines import GAP, Run, box_of, cover, letter_height, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import Box, Word

_TITLE = re.compile(r"\W*den\W*")
_BEFORE_TITLE = re.compile(r"\W*(?:cong|van|ban|cv|cong van)\W*|\W*.?v\W*")
_LABELS = {
    "number": re.compile(r"\W*(?:s[o6]|so den)\W*"),
    "day": re.compile(r"\W*(?:ngay|ngay den)\W*"),
    "passed": re.compile(r"\W*(?:chuyen|kinh chuyen)\W*"),
}
_WIDTH, _HEIGHT = 145.0, 105.0
"""Largest stamp in use, in points (about 50 × 35 mm)."""

_ALIGNED = 16.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """An incoming stamp: its lines, its place, and the words that are not its own."""

    lines: tuple[Line, ...]
    region: Region
    rest: tuple[Word, ...]


def take_stamp(words: Sequence[Word]) -> Stamp | None:
    """The incoming stamp on a page, if there is one: its title with two of its labels below one another."""
    if not any(_is_title(word) for word in words):
        return None
    pieces = runs(words, GAP * letter_height(words) + 1)
    for title in (found for piece in pieces if (found := _title(piece))):
        labels = _labels(pieces, title.box)
        if len(labels) >= 2:
            return _stamp([title, *labels], words)
    return None


def _title(piece: Run) -> Run | None:
    """«ĐẾN» in capitals, with «CÔNG VĂN» before it if that was read."""
    for at, word in enumerate(piece.words):
        if _is_title(word):
            first = at
            while first and _BEFORE_TITLE.fullmatch(fold(piece.words[first - 1].text).lower()):
                first -= 1
            return Run.of(piece.words[first : at + 1])
    return None


def _is_title(word: Word) -> bool:
    return word.text.isupper() and bool(_TITLE.fullmatch(fold(word.text).lower()))


def _labels(pieces: Sequence[Run], title: Box) -> list[Run]:
    """One run for each label near the title; those that do not stand below one another are another's."""
    found: dict[str, Run] = {}
    for piece in pieces:
        for at, word in enumerate(piece.words):
            kind = _kind(word, title)
            edge = next(iter(found.values())).box.x0 if found else box_of(word).x0
            if kind and kind not in found and abs(box_of(word).x0 - edge) < _ALIGNED:
                found[kind] = _filled_in(piece.words[at:], title.x0 + _WIDTH)
    return list(found.values())


def _kind(word: Word, title: Box) -> str | None:
    box = box_of(word)
    beside = title.x0 - _WIDTH / 2 < box.x0 < title.x1 + 30 and title.top - 30 < box.top < title.bottom + _HEIGHT
    if not beside or word.text.isupper():
        return None
    key = fold(word.text).lower()
    return next((kind for kind, label in _LABELS.items() if label.fullmatch(key)), None)


def _filled_in(words: Sequence[Word], edge: float) -> Run:
    """The label and what was written after it: figures, dots and scribbles up to the next printed word."""
    own = [words[0]]
    for word in words[1:]:
        if sum(char.isalpha() for char in word.text) >= 2 or box_of(word).x1 > edge:
            break
        own.append(word)
    return Run.of(own)


def _stamp(parts: Sequence[Run], words: Sequence[Word]) -> Stamp:
    own = {id(word) for part in parts for word in part.words}
    box = cover(part.box for part in parts)
    text = "\n".join(part.text for part in parts)
    return Stamp(
        tuple(part.line("stamp") for part in parts),
        Region("stamp", box, text),
        tuple(word for word in words if id(word) not in own),
    )
