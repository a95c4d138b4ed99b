"""Letters that an engine read for figures: «I4 giờ», «ngày O5», «l6 tháng».

Where the words beside it ask for figures, a word of figures and letters that look like them is cut out and read again
in three sizes. If all of them say the figures, these are taken; but the word is doubted and keeps what was read at
first (`Word.readings`), so that a person is asked. Symbols of documents («11B/TTr-…») are never touched.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from corpus.layout import Box, Line, Word
from ocr.layout.lines import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class Looker(Protocol):
    """What reads a piece of the page again; see :class:`ocr.ink.again.Looker`."""

    def agrees(self, line: Box, tail: str) -> bool:
        """Whether what stands under a box (in points) ends with ``tail`` however large it is read."""


_MIXED = re.compile(r"(\W*)((?=[^\d]*\d)(?=\d*[OoIl|])[\dOoIl|]{2,4})(\W*)")
_FIGURES = str.maketrans("OoIl|", "00111")
_BEFORE = frozenset({"ngay", "thang", "nam", "dieu", "khoan", "luc", "hoi", "tu", "den"})
_BEHIND = frozenset(
    {"gio", "phut", "ngay", "thang", "nam", "nguoi", "ho", "xa", "phuong", "truong", "trang", "ban", "dong", "trieu"}
)
_DOUBT = 0.5
_BLANK = 2.5
"""Points by which the piece ends before the word does not: the next word must stay outside."""


def settle(lines: Sequence[Line], looker: Looker) -> tuple[Line, ...]:
    """The lines, with figures where letters were read for them; boxes in points of the page that ``looker`` sees."""
    return tuple(_settled(line, looker) for line in lines)


def _settled(line: Line, looker: Looker) -> Line:
    words = [_figures(line.words, at, looker) for at in range(len(line.words))]
    return line if words == list(line.words) else replace(Line.of(words, line.kind), box=line.box)


def _figures(words: Sequence[Word], at: int, looker: Looker) -> Word:
    word = words[at]
    found = _MIXED.fullmatch(word.text)
    if found is None or word.box is None or not _asked_for(words, at):
        return word
    figures = found[2].translate(_FIGURES)
    box = word.box
    piece = Box(box.x0, box.top, max(box.x1 - _BLANK, box.x0), box.bottom)
    if not looker.agrees(piece, figures):
        return word
    text = f"{found[1]}{figures}{found[3]}"
    return replace(word, text=text, confidence=min(word.confidence, _DOUBT), readings=(word.text, *word.readings))


def _asked_for(words: Sequence[Word], at: int) -> bool:
    """Whether the word before or behind goes with figures."""
    before = key_of(words[at - 1].text) if at else ""
    behind = key_of(words[at + 1].text.strip(".,;:)")) if at + 1 < len(words) else ""
    return before in _BEFORE or behind in _BEHIND or words[at].text.rstrip(".,;)").endswith("%")
