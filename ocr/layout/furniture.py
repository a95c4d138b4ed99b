"""What stands on a page but is not its running text: page numbers, running heads, signing captions, notes.

Such lines are taken out before columns are looked for, since they hang over gutters, and put back at the page's
head or foot with their kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.layout import Line, Region
from normalize.fold import fold
from ocr.layout.lines import GAP, Run, box_of, letter_height, runs
from ocr.layout.stamps import take_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import LineKind, Word

_MARGIN = 0.14
"""Share of the page's height at its head and foot where numbers and heads stand."""

_PAGE_NUMBER = re.compile(r"\W*(?:trang\s*)?(?:\d{1,3}|[ivx]{1,4})(?:\s*/\s*\d{1,3})?\W*")
_RUNNING_HEAD = re.compile(r"\W*cong bao\s*/|.{0,12}\bcong bao/ ?so\b|.*\bvanban\.chinhphu\b")
_CAPTION = re.compile(
    r"\W*(?:(?:duoc )?ky (?:so )?(?:boi|ngay)\b|nguoi ky\s*:|thoi gian ky\s*:|ngay ky\s*:|digitally signed|signed by\b"
    r"|signature valid|date: ?\d{4}[./-]|sao y(?:\s+ban chinh)?\s*;)"
)
_CAPTION_WORD = re.compile(r"\W*(?:(?:duoc|ky|nguoi|thoi|ngay|digitally|signed|signature|date|sao)\b)", re.IGNORECASE)
_CAPTION_MORE = re.compile(r"\W*(?:co quan|email|thu dien tu|chuc vu|to chuc|thoi gian|ly do|vi tri)\s*:|.*\+07[:']00")


@dataclass(slots=True)
class Sorted:
    """A page's words with what is no running text taken out. Boxes in points."""

    words: list[Word]
    head: list[Line] = field(default_factory=list)
    foot: list[Line] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)

    def take(self, taken: Sequence[Run], kind: LineKind, *, at_head: bool) -> None:
        """Moves the runs' words to the head or foot as lines of that kind."""
        gone = {id(word) for run in taken for word in run.words}
        self.words = [word for word in self.words if id(word) not in gone]
        (self.head if at_head else self.foot).extend(run.line(kind) for run in taken)


def sort_out(words: Sequence[Word], height: float) -> Sorted:
    """Takes stamps, captions, running heads and page numbers out of a page's words.

    Args:
        words: placed words, points.
        height: the page's height in points.
    """
    page = Sorted(list(words))
    stamp = take_stamp(page.words)
    if stamp is not None:
        page.words = list(stamp.rest)
        page.head.extend(stamp.lines)
        page.regions.append(stamp.region)
    _take_captions(page, height)
    _take_running_lines(page, height)
    return page


def _pieces(words: Sequence[Word]) -> list[Run]:
    return runs(words, GAP * letter_height(words) + 1)


def _take_captions(page: Sorted, height: float) -> None:
    """Electronic signatures' captions: a line that only they begin with, and those that go on below it."""
    pieces = _pieces(page.words) if any(_CAPTION_WORD.match(fold(word.text)) for word in page.words) else []
    while (first := next((piece for piece in pieces if _CAPTION.match(piece.key)), None)) is not None:
        lines = [first]
        for piece in pieces:
            near = 0 < piece.box.top - lines[-1].box.top < 2.2 * max(piece.height, 6)
            if near and abs(piece.box.x0 - first.box.x0) < 60 and _continues_caption(piece):
                lines.append(piece)
        page.take(lines, "caption", at_head=first.middle < height / 2)
        box = Run.of(word for line in lines for word in line.words).box
        page.regions.append(Region("caption", box, "\n".join(line.text for line in lines)))
        pieces = [piece for piece in pieces if piece not in lines]


def _continues_caption(piece: Run) -> bool:
    return bool(_CAPTION.match(piece.key) or _CAPTION_MORE.match(piece.key))


def _take_running_lines(page: Sorted, height: float) -> None:
    """Page numbers and running heads: alone on the page's first or last line."""
    for at_head in (True, False):
        lines = runs([word for word in page.words if _in_margin(word, height, at_head=at_head)])
        while lines:
            line = lines.pop(0 if at_head else -1)
            if not (_PAGE_NUMBER.fullmatch(line.key) or _RUNNING_HEAD.match(line.key)):
                break
            page.take([line], "furniture", at_head=at_head)


def _in_margin(word: Word, height: float, *, at_head: bool) -> bool:
    box = box_of(word)
    middle = (box.top + box.bottom) / 2
    return middle < _MARGIN * height if at_head else middle > (1 - _MARGIN) * height
