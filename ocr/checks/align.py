"""Two readings of one page laid over each other: the engine's words, and the PDF's text layer as a second witness."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import Box, Line, Word
    from ocr.engine import ReadWord

_DIGIT = re.compile(r"\d")
_UNSURE = 0.80
_DISPUTED = 0.50
"""Confidence of a word whose digits the two read differently, at most."""

_APART = 0.35


def confirm(lines: Sequence[Line], layer: Sequence[ReadWord], *, trusted: bool) -> tuple[Line, ...]:
    """Lines whose words were compared with the layer's at the same place; boxes of both in points.

    Where digits differ, the word keeps both readings and loses confidence. Where only marks differ, and the layer
    is Vietnamese (``trusted``) and the engine was unsure, the layer's spelling is taken, the engine's kept beside it.
    """
    rows = _Rows(layer)
    return tuple(
        replace(line, words=tuple(words), text=" ".join(word.text for word in words)) if words else line
        for line in lines
        for words in [_placed([_compare(word, rows, trusted=trusted) for word in line.words])]
    )


def _compare(word: Word, rows: _Rows, *, trusted: bool) -> Word:
    other = rows.at(word.box) if word.box else None
    if other is None or other == word.text:
        return word
    if digits_dispute(word.text, other):
        return replace(word, confidence=min(word.confidence, _DISPUTED), readings=(*word.readings, other))
    if trusted and word.confidence < _UNSURE and fold(word.text).lower() == fold(other).lower():
        return replace(word, text=other, readings=(*word.readings, word.text))
    return word


def digits_dispute(one: str, other: str) -> bool:
    """Whether two readings of a token are built alike and differ in digits.

    A token that one witness garbled otherwise says nothing about the digits of the other.

    >>> digits_dispute("32/2016/TT", "52/2016/TT"), digits_dispute("32/2016", "OSIZO"), digits_dispute("32", "32")
    (True, False, False)
    """
    mine, theirs = _DIGIT.findall(one), _DIGIT.findall(other)
    if not mine or mine == theirs:
        return False
    return _DIGIT.sub("0", fold(one)) == _DIGIT.sub("0", fold(other))


def _placed(words: list[Word]) -> list[Word]:
    """The words with their offsets set anew, since a spelling may have another length."""
    at = 0
    placed = []
    for word in words:
        placed.append(replace(word, start=at))
        at += len(word.text) + 1
    return placed


class _Rows:
    """The layer's words, found by place."""

    def __init__(self, words: Sequence[ReadWord]) -> None:
        self._words = words
        self._rows: dict[int, list[int]] = {}
        for index, word in enumerate(words):
            self._rows.setdefault(int((word.box.top + word.box.bottom) / 2 // 10), []).append(index)

    def at(self, box: Box) -> str | None:
        """The one word that shares most of the place, if any does."""
        row = int((box.top + box.bottom) / 2 // 10)
        near = (index for key in (row - 1, row, row + 1) for index in self._rows.get(key, ()))
        best = max(near, key=lambda index: _shared(box, self._words[index].box), default=None)
        if best is None or _shared(box, self._words[best].box) < _APART:
            return None
        return self._words[best].text


def _shared(one: Box, other: Box) -> float:
    """Intersection over union."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    if across <= 0 or down <= 0:
        return 0.0
    both = (one.x1 - one.x0) * (one.bottom - one.top) + (other.x1 - other.x0) * (other.bottom - other.top)
    return across * down / (both - across * down)
