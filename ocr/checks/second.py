"""A second reader for what must not be wrong or is badly read: those words are read once more by another engine.

Figures: where both read the same, the word is surer than before; where they differ it is doubted and keeps both
readings (`Word.readings`). Of figures the second reader is a witness only and never decides. Words without figures of
which the first one was unsure take the spelling of a sure second one, unless they differ in marks alone: those are the
business of `normalize`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from corpus.errors import CongvanError
from corpus.layout import Box, Line
from normalize.fold import fold
from ocr import cache as caching
from ocr.engine import ReadWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import Word
    from ocr.cache import Cache
    from ocr.engine import GreyImage, OcrEngine

VERSION = "second-3"
"""Part of the cache key: raised when crops are cut otherwise."""

_FIGURE = re.compile(r"\d")
_POINTS = 72
_LIKE_FIGURES = str.maketrans("OoIl|i", "001111")
_AROUND, _CLOSER = 0.15, (0.0, 0.05)
"""Paper left and right of a word, of its height: at the first look, and at two more where figures are contradicted."""

_DISPUTED = 0.5
"""Confidence of a word whose figures the two read differently, at most."""

_CLEAR = 0.5
"""Confidence from which on the second reading says anything."""

_UNSURE, _SURE = 0.6, 0.9
"""Below and above which the one is unsure and the other sure of a word without figures (of 44, 30 became right)."""

_AGREED, _RESPELT = 0.9, 0.7
"""Confidence of such a word where both agree, and where it took the other spelling."""

_PLAIN = 0.3
"""Confidence below which something else speaks against a word (ink, a miscounted quarter): no agreement heals that."""

_REMAINING = 0.1
"""Share of the doubt that is left where both read the same figures."""


class LineReader(Protocol):
    """Reads crops of one line each. ``name`` and ``version`` go into the cache key."""

    @property
    def name(self) -> str:
        """Short name."""

    @property
    def version(self) -> str:
        """Version with its model's."""

    def read_lines(self, crops: Sequence[GreyImage]) -> Sequence[tuple[str, float]]:
        """``(text, confidence in [0, 1])`` of each crop, in their order."""


@dataclass(frozen=True, slots=True)
class Crops:
    """Any engine as a reader of crops: each is read as a page of its own. Slow where a start costs much."""

    engine: OcrEngine
    dpi: int = 300
    timeout: float = 60.0

    @property
    def name(self) -> str:
        """The engine's."""
        return self.engine.name

    @property
    def version(self) -> str:
        """The engine's."""
        return self.engine.version

    def read_lines(self, crops: Sequence[GreyImage]) -> list[tuple[str, float]]:
        """The words of each crop joined; the confidence is that of the least sure one."""
        read = [self.engine.read(crop, dpi=self.dpi, timeout=self.timeout) for crop in crops]
        return [(" ".join(w.text for w in ws), min((w.confidence for w in ws), default=0.0)) for ws in read]


@cache
def installed() -> LineReader | None:
    """The second reader of this machine: TrueOCR, if «congvan[second]» was installed."""
    if find_spec("trueocr") is None:
        return None
    from ocr.engines.trueocr import TrueOcr

    return TrueOcr()


def check(
    lines: Sequence[Line], image: GreyImage, dpi: float, reader: LineReader, cache: Cache | None
) -> tuple[Line, ...]:
    """The lines with the words that hold a figure or were badly read compared with a second reading.

    Args:
        lines: the page's lines, boxes in points of the straightened page.
        image: that page, grey.
        dpi: its resolution.
        reader: the second reader.
        cache: keeps what it read.
    """
    asked = [word for line in lines for word in line.words if _worth_asking(word)]
    try:
        read = _kept(asked, image, dpi, reader, cache) if asked else ()
    except CongvanError:  # a witness that fails says nothing; the page was read without it
        return tuple(lines)
    told = {id(word): second for word, second in zip(asked, read, strict=True)}
    return tuple(_heard(line, told) for line in lines)


def _heard(line: Line, told: dict[int, ReadWord]) -> Line:
    by_hand = line.kind == "handwriting"
    words = [compare(word, told[id(word)], by_hand=by_hand) if id(word) in told else word for word in line.words]
    return line if words == list(line.words) else replace(Line.of(words, line.kind), box=line.box)


def compare(word: Word, second: ReadWord, *, by_hand: bool = False) -> Word:
    """The word after a second reader was heard; two engines may well agree on the wrong figure in handwriting."""
    other = second.text.strip()
    if second.confidence < _CLEAR or not other:
        return word
    if not _FIGURE.search(word.text):
        return word if by_hand or second.confidence < _SURE else _respelt(word, other)
    if not _same_figures(word.text, other):
        readings = word.readings if other in word.readings else (*word.readings, other)
        return replace(word, confidence=min(word.confidence, _DISPUTED), readings=readings)
    if word.readings or by_hand or word.confidence < _PLAIN:
        return word
    return replace(word, confidence=1 - (1 - word.confidence) * _REMAINING)


def _respelt(word: Word, other: str) -> Word:
    """A word without figures of which the first reader was unsure, the second sure."""
    if other == word.text:
        return replace(word, confidence=max(word.confidence, _AGREED))
    if _FIGURE.search(other) or " " in other or _is_code(word.text) or _bare(other) == _bare(word.text):
        return word
    return replace(word, text=other, confidence=_RESPELT, readings=(*word.readings, word.text))


def _is_code(text: str) -> bool:
    """Whether a word is a part of a symbol, where no dictionary helps either reader.

    >>> _is_code("/QĐ-UBND"), _is_code("KH-SYT"), _is_code("thưc"), _is_code("-")
    (True, True, False, False)
    """
    return "/" in text or "-" in text.strip("-")


def _bare(text: str) -> str:
    """The letters without marks, size and the stop behind them, of which the second reader is no better judge."""
    return fold(text).lower().rstrip(".,;:")


def _same_figures(text: str, other: str) -> bool:
    """Whether two readings have the same figures; in a word of figures alone, O and l say 0 and 1.

    >>> _same_figures("01/5", "O1/5"), _same_figures("COVID-I9", "COVID-19"), _same_figures("353", "383")
    (True, False, False)
    """
    if not any(letter.isalpha() for letter in text):
        other = fold(other).translate(_LIKE_FIGURES)
    return _FIGURE.findall(text) == _FIGURE.findall(other)


def _worth_asking(word: Word) -> bool:
    if word.box is None:
        return False
    return bool(_FIGURE.search(word.text)) or (word.confidence < _UNSURE and len(word.text) > 1)


def _kept(
    asked: Sequence[Word], image: GreyImage, dpi: float, reader: LineReader, cache: Cache | None
) -> Sequence[ReadWord]:
    """The second readings of the words, out of the cache or made now."""
    if cache is None:
        return _read(asked, image, dpi, reader)
    places = [(word.text, _pixels(word, dpi, image.shape, _AROUND)) for word in asked]
    key = caching.key_of(image, round(dpi), VERSION, reader.name, reader.version, repr(places))
    kept = cache.get(key)
    if kept is None or len(kept.words) != len(asked):
        kept = caching.Reading(tuple(_read(asked, image, dpi, reader)))
        cache.put(key, kept)
    return kept.words


def _read(asked: Sequence[Word], image: GreyImage, dpi: float, reader: LineReader) -> list[ReadWord]:
    """The second readings; one that contradicts a figure, and takes it back seen closer, says nothing."""
    found = _crops(asked, image, dpi, reader, _AROUND)
    disputed = [at for at, word in enumerate(asked) if _contradicts(word, found[at])]
    for around in _CLOSER if disputed else ():
        again = _crops([asked[at] for at in disputed], image, dpi, reader, around)
        for at, closer in zip(disputed, again, strict=True):
            if closer.confidence >= _CLEAR and _same_figures(asked[at].text, closer.text):
                found[at] = replace(found[at], confidence=0.0)
    return found


def _contradicts(word: Word, second: ReadWord) -> bool:
    return bool(_FIGURE.search(word.text)) and second.confidence >= _CLEAR and not _same_figures(word.text, second.text)


def _crops(asked: Sequence[Word], image: GreyImage, dpi: float, reader: LineReader, around: float) -> list[ReadWord]:
    boxes = [_pixels(word, dpi, image.shape, around) for word in asked]
    crops = [image[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)] for box in boxes]
    return [ReadWord(text, box, sure) for box, (text, sure) in zip(boxes, reader.read_lines(crops), strict=True)]


def _pixels(word: Word, dpi: float, shape: tuple[int, ...], around: float) -> Box:
    """The word's place in whole pixels, with paper beside it (of its height); at least a pixel wide and high."""
    assert word.box is not None
    scale = dpi / _POINTS
    beside = around * (word.box.bottom - word.box.top)
    left = min(max(int((word.box.x0 - beside) * scale), 0), shape[1] - 1)
    top = min(max(int(word.box.top * scale), 0), shape[0] - 1)
    right = min(int((word.box.x1 + beside) * scale) + 1, shape[1])
    bottom = min(int(word.box.bottom * scale) + 1, shape[0])
    return Box(left, top, max(right, left + 1), max(bottom, top + 1))
