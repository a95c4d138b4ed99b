"""Number and day that software prints into a finished page: «Số:      /QĐ-UBND», «ngày    tháng    năm 2025».

E-office systems leave these places blank in the text and draw the digits over them when the dispatch is registered,
as an annotation of their own with words or with a picture in it. Words are taken as they stand; a picture is read by
the engine together with the words around the blank, and what was read stays open to doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from corpus.layout import Box
from normalize.fold import fold
from ocr.engine import ReadWord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ocr.engine import OcrEngine
    from ocr.files.overlay import Overlay
    from ocr.image.picture import Picture

    Look = Callable[[Box], Sequence[ReadWord]]

_NARROWEST = 8.0
"""Points of white that a blank has at least."""

_OPEN = 80.0
"""Points that a blank is long where nothing follows it."""

_DOUBT = 0.85
"""Highest confidence of what was read from a picture: it counts as read, to be checked."""

_AROUND = 6.0
"""Points of the page above and below a blank that are read with it."""

_HEAD = 0.5
"""Share of the page, from the top, in which the head of a dispatch stands."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """``follows``: how the word after the blank begins; ``told``: digits alone; ``read``: the line with them."""

    follows: str
    told: re.Pattern[str]
    read: re.Pattern[str]


_NUMBER = _Kind("/", re.compile(r"\d{1,6}[a-zđ]?(?:/\S*)?"), re.compile(r"so ?: ?(\d{1,6}[a-z]?) ?/"))
_DAY = _Kind("thang", re.compile(r"\d{1,2}"), re.compile(r"ngay (\d{1,2}) thang"))
_MONTH = _Kind("nam", re.compile(r"\d{1,2}"), re.compile(r"thang (\d{1,2}) nam"))
_KINDS = {"so": _NUMBER, "so:": _NUMBER, "ngay": _DAY, "thang": _MONTH}


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank after the word ``at`` of a list; ``box`` in points; ``line`` is the box with the words around it."""

    at: int
    box: Box
    line: Box
    kind: _Kind


@runtime_checkable
class ForLines(Protocol):
    """An engine that has a setting for plain lines."""

    def for_lines(self) -> OcrEngine:
        """The engine so set."""


def blanks(words: Sequence[ReadWord], height: float) -> list[Blank]:
    """The blanks of a head; boxes in points on a page ``height`` points high."""
    return [
        blank
        for at, word in enumerate(words)
        if word.box.top < _HEAD * height and (kind := _KINDS.get(_plain(word.text)))
        if (blank := _blank(words, at, kind))
    ]


def _blank(words: Sequence[ReadWord], at: int, kind: _Kind) -> Blank | None:
    """The blank after one word, if the word expected there follows after some white or, for a number, none."""
    box = words[at].box
    right = (word for word in words if word.box.x0 >= box.x1 - 1 and _level(box, word.box) and _said(word))
    after = min(right, key=lambda word: word.box.x0, default=None)
    if after is None or after.box.x0 > box.x1 + 2 * _OPEN:
        return Blank(at, replace(box, x0=box.x1, x1=box.x1 + _OPEN), box, kind) if kind is _NUMBER else None
    if after.box.x0 < box.x1 + _NARROWEST or not _plain(after.text).startswith(kind.follows):
        return None
    line = box.cover(after.box)
    return Blank(at, Box(box.x1, line.top, after.box.x0, line.bottom), line, kind)


def fill(words: Sequence[ReadWord], found: Iterable[Blank], overlay: Overlay, look: Look) -> list[ReadWord]:
    """The words with what fills the blanks among them; ``look`` reads a box of the page as it is shown."""
    inserted = {blank.at: filling for blank in found if (filling := _filling(blank, overlay, look))}
    filled: list[ReadWord] = []
    for at, word in enumerate(words):
        if not any(_said(word) == "" and _inside(word.box, filling.box) for filling in inserted.values()):
            filled.append(word)
        if at in inserted:
            filled.append(replace(inserted[at], block=word.block, paragraph=word.paragraph, line=word.line))
    return filled


def patched(found: Iterable[Blank], overlay: Overlay) -> bool:
    """Whether a picture lies on a blank, so that what stands there had to be read."""
    return any(_wordless(blank, overlay) and _covered(blank, overlay) for blank in found)


def _filling(blank: Blank, overlay: Overlay, look: Look) -> ReadWord | None:
    told = _told(blank, overlay)
    if told:
        text = "".join(word.text for word in told)
        box = told[0].box.cover(told[-1].box)
        return ReadWord(text, box, 1.0) if blank.kind.told.fullmatch(text.lower()) else None
    return _looked(blank, look) if _covered(blank, overlay) else None


def _told(blank: Blank, overlay: Overlay) -> list[ReadWord]:
    """The overlay's words that stand in the blank, from left to right."""
    return sorted((word for word in overlay.words if _inside(word.box, blank.box)), key=lambda word: word.box.x0)


def _wordless(blank: Blank, overlay: Overlay) -> bool:
    return not _told(blank, overlay)


def _looked(blank: Blank, look: Look) -> ReadWord | None:
    """The digits that the engine sees in the blank, taken only where it reads the words around them too."""
    line = blank.line.cover(blank.box)
    seen = look(Box(line.x0 - _AROUND, line.top - _AROUND, line.x1 + _AROUND, line.bottom + _AROUND))
    read = blank.kind.read.search(" ".join(_plain(word.text) for word in seen))
    if not read:
        return None
    sure = min(word.confidence for word in seen if re.search(r"\d", word.text))
    box = replace(blank.box, x0=blank.box.x0 + 2, x1=blank.box.x1 - 2)
    return ReadWord(read.group(1), box, min(sure, _DOUBT))


def _covered(blank: Blank, overlay: Overlay) -> bool:
    """Whether a patch lies on the middle of the line and on some letters' width of the blank."""
    middle = (blank.box.top + blank.box.bottom) / 2
    return any(
        patch.top < middle < patch.bottom
        and min(patch.x1, blank.box.x1) - max(patch.x0, blank.box.x0) >= _NARROWEST / 2
        for patch in overlay.patches
    )


def look_with(engine: OcrEngine, picture: Callable[[Box], Picture], timeout: float) -> Look:
    """Reads boxes of a page, all ink taken for black: software also prints in red and blue."""
    reader = engine.for_lines() if isinstance(engine, ForLines) else engine

    def look(box: Box) -> Sequence[ReadWord]:
        shown = picture(box)
        return reader.read(shown.pixels.min(axis=2), dpi=round(shown.dpi), timeout=timeout)

    return look


def _plain(text: str) -> str:
    return fold(text).lower()


def _said(word: ReadWord) -> str:
    """What a word says; nothing for specks that were read as signs."""
    return "".join(sign for sign in word.text if sign.isdigit() or sign == "/" or sign.lower() != sign.upper())


def _level(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one line."""
    return (
        other.top < (one.top + one.bottom) / 2 < other.bottom or one.top < (other.top + other.bottom) / 2 < one.bottom
    )


def _inside(box: Box, blank: Box) -> bool:
    """Whether a box stands in a blank, its middle at least; italics reach over its ends."""
    across = (box.x0 + box.x1) / 2
    return blank.x0 <= across <= blank.x1 and box.x0 > blank.x0 - 3 and _level(blank, box)
