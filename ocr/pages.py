"""One stored page in, one page of lines, tables and regions out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.layout import Box, Line, Page, Region
from ocr.arrange import arrange
from ocr.checks import second
from ocr.checks.align import confirm
from ocr.checks.bullets import even
from ocr.checks.cut_figures import rejoin
from ocr.checks.lettered import settle
from ocr.engine import ReadWord
from ocr.files.source import choose, layer_text
from ocr.image.orientation import rotate
from ocr.image.place import Placing
from ocr.ink import red
from ocr.ink.again import Looker
from ocr.ink.filled import blanks, fill, look_with, patched
from ocr.ink.regions import drawn_ink, each_once, find_ink
from ocr.ink.signing import without_scribbles
from ocr.recognise import recognise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ocr.arrange import Arranged
    from ocr.cache import Cache
    from ocr.checks.second import LineReader
    from ocr.engine import OcrEngine
    from ocr.files.source import Choice
    from ocr.files.stored import Stored
    from ocr.image.picture import Picture
    from ocr.limits import Limits
    from ocr.recognise import Recognised

_POINTS = 72
_LOOKED = "Số, ngày do phần mềm in chồng lên trang bằng ảnh, đọc theo ảnh."


class PageReader:
    """Reads pages with one engine, one cache and one set of limits; ``witness`` reads figures once more."""

    def __init__(
        self, engine: OcrEngine, cache: Cache | None, limits: Limits, witness: LineReader | None = None
    ) -> None:
        self.engine = engine
        self.cache = cache
        self.limits = limits
        self.witness = witness

    def read(self, stored: Stored) -> Page:
        """The page from the source that suits it.

        Raises:
            MissingToolError, LimitError, DamagedError: as the engine and the file do.
        """
        layer = stored.layer()
        choice = choose(layer, stored.image_cover())
        if choice.source == "text-layer":
            return self._from_layer(stored, layer, choice)
        return self._from_picture(stored, layer, choice)

    def _from_picture(self, stored: Stored, layer: list[ReadWord], choice: Choice) -> Page:
        picture = stored.picture(with_text=choice.source == "both")
        read = recognise(picture, self.engine, self.cache, self.limits)
        if read.blank:
            return _blank_page(stored)
        width, height = stored.width, stored.height
        if read.rotation % 180:
            width, height = height, width
        printed = [word for word in read.words if word.block < red.BLOCK]
        printed = without_scribbles(printed, (width, height), _POINTS / read.dpi)
        stamped = stored.stamped(images=False)
        ink = find_ink(picture, read, printed, (width, height), stamped)
        printed = ink.without_scribbles(printed, _POINTS / read.dpi, [grid.box for grid in read.grids])
        placing = Placing.of(picture, read, stored.width, stored.height)
        if not read.rotation:
            printed = self._filled_picture(stored, layer, printed, placing, read.dpi)
        arranged = self._arranged(printed, read, (width, height))
        lines = arranged.lines
        if self.witness is not None:
            lines = second.check(lines, read.grey, read.dpi, self.witness, self.cache)
        lines = tuple(map(placing.line, lines))
        if choice.source == "both" and not read.rotation:
            lines = confirm(lines, layer, trusted=choice.trusted)
        marks = self._marks(read, placing, lines, stamped)
        found = [*map(placing.region, arranged.regions), *_stamps(marks), *ink.placed(placing)]
        if choice.layer == "caption":
            found.append(_caption(layer))
        return Page(
            stored.number,
            width,
            height,
            _with_marks(lines, marks),
            tuple(map(placing.table, arranged.tables)),
            tuple(each_once(each for each in found if not _is_mark(each, marks))),
            source=choice.source,
            reason=choice.reason,
            rotation=read.rotation,
        )

    def _marks(
        self, read: Recognised, placing: Placing, lines: Sequence[Line], stamped: Picture | None
    ) -> tuple[Line, ...]:
        """The red marks of a picture, and those that annotations put on the page."""
        marks = tuple(map(placing.line, red.mark_lines(read.words, _POINTS / read.dpi)))
        drawn = self._drawn_marks(stamped, lines, rotation=read.rotation)
        return (*marks, *(mark for mark in drawn if not any(_meet(mark, other) for other in marks)))

    def _arranged(self, printed: Sequence[ReadWord], read: Recognised, size: tuple[float, float]) -> Arranged:
        """The words in reading order; doubtful figures are looked at again."""
        looker = Looker(self.engine, read.grey, read.dpi, self.cache, self.limits.seconds_per_page)
        width, height = size
        arranged = arrange(
            printed, image=read.grey, dpi=read.dpi, width=width, height=height, grids=read.grids, looker=looker
        )
        return replace(arranged, lines=even(settle(rejoin(arranged.lines), looker)))

    def _from_layer(self, stored: Stored, layer: list[ReadWord], choice: Choice) -> Page:
        filled, looked = self._filled(stored, layer, layer)
        arranged = arrange(
            filled, image=None, dpi=_POINTS, width=stored.width, height=stored.height, grids=stored.grids()
        )
        stamped = stored.stamped(images=True)
        marks = self._drawn_marks(stamped, arranged.lines)
        found = (*arranged.regions, *_stamps(marks), *drawn_ink(stamped, layer))
        return Page(
            stored.number,
            stored.width,
            stored.height,
            _with_marks(arranged.lines, marks),
            arranged.tables,
            tuple(each_once(each for each in found if not _is_mark(each, marks))),
            source="both" if looked else "text-layer",
            reason=f"{choice.reason} {_LOOKED}" if looked else choice.reason,
        )

    def _drawn_marks(self, picture: Picture | None, lines: Sequence[Line], *, rotation: int = 0) -> tuple[Line, ...]:
        """«MẬT», «KHẨN» and the like in red that annotations, or pictures over a text layer, put on the page."""
        ink = red.red_ink(picture.pixels) if picture is not None else None
        if picture is None or ink is None:
            return ()
        scale = picture.dpi / _POINTS
        known = [
            ReadWord(word.text, _scaled(word.box, scale), word.confidence)
            for line in lines
            for word in line.words
            if word.box is not None
        ]
        limit = self.limits.seconds_per_page
        marks = red.read_marks(self.engine, rotate(ink, rotation), known, dpi=picture.dpi, timeout=limit)
        return tuple(red.mark_lines(marks, 1 / scale))

    def _filled(self, stored: Stored, layer: list[ReadWord], words: list[ReadWord]) -> tuple[list[ReadWord], bool]:
        """The words, boxes in points, with what is drawn into the head's blanks; whether a picture was read for it."""
        found = blanks(words, stored.height)
        overlay = stored.overlay(layer) if found else None
        if overlay is None:
            return words, False
        look = look_with(self.engine, overlay.picture, self.limits.seconds_per_page)
        return fill(words, found, overlay, look), patched(found, overlay)

    def _filled_picture(
        self, stored: Stored, layer: list[ReadWord], words: list[ReadWord], placing: Placing, dpi: float
    ) -> list[ReadWord]:
        """The same for words of a picture, boxes in its pixels."""
        scale = _POINTS / dpi
        placed = [replace(word, box=placing.box(_scaled(word.box, scale))) for word in words]
        own = {id(place): word for place, word in zip(placed, words, strict=True)}
        filled, _ = self._filled(stored, layer, placed)
        return [own.get(id(word)) or replace(word, box=_scaled(placing.back(word.box), 1 / scale)) for word in filled]


def _with_marks(lines: tuple[Line, ...], marks: Sequence[Line]) -> tuple[Line, ...]:
    """The marks behind the lines: stamped wherever there was room, they stand beside lines that they are no part of."""
    return (*lines, *(line for mark in marks for line in (Line(""), mark)))


def _is_mark(region: Region, marks: Sequence[Line]) -> bool:
    """Whether what looks like a seal is a red mark: some stand in a frame as large."""
    around = replace(Line(""), box=region.box)
    return region.kind == "seal" and any(_meet(around, mark) for mark in marks)


def _meet(one: Line, other: Line) -> bool:
    """Whether two marks lie on one another: then they are one."""
    if one.box is None or other.box is None:
        return False
    across = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    return across > 0 and min(one.box.bottom, other.box.bottom) > max(one.box.top, other.box.top)


def _stamps(marks: Sequence[Line]) -> Iterator[Region]:
    """The places of red marks and stamps, with what they say."""
    return (Region("stamp", mark.box, mark.text) for mark in marks if mark.box is not None)


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)


def unread_page(stored: Stored, why: str) -> Page:
    """A page whose content could not be read: everything on it is unknown."""
    return Page(
        stored.number, stored.width, stored.height, (), source="ocr", reason=f"Không đọc được: {why}", unread=True
    )


def _blank_page(stored: Stored) -> Page:
    whole = Region("blank", Box(0.0, 0.0, stored.width, stored.height))
    return Page(stored.number, stored.width, stored.height, (), regions=(whole,), source="ocr", reason="Trang trắng.")


def _caption(layer: Sequence[ReadWord]) -> Region:
    """The signing caption, as a region with its text: it is no part of the dispatch."""
    box = layer[0].box
    for word in layer:
        box = box.cover(word.box)
    return Region("caption", box, layer_text(layer))
