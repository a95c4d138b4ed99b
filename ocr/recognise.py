"""From a page's picture to the engine's words: cleaning, reading, turning where the reading is poor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from ocr import apart
from ocr import cache as caching
from ocr.cache import Reading
from ocr.image import cleaning
from ocr.image.orientation import Orienter, rotate, upright_turn
from ocr.ink import framed, red, signing
from ocr.tables import cells
from ocr.tables.cells import read_page
from ocr.tables.ruled import ruled
from ocr.tables.unruled import unruled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from corpus.layout import Box
    from ocr.cache import Cache
    from ocr.engine import GreyImage, OcrEngine, ReadWord
    from ocr.image.cleaning import Cleaned
    from ocr.image.picture import Picture
    from ocr.limits import Limits
    from ocr.tables.grid import Grid

    RedInk = Callable[[int], GreyImage | None]

_BLANK_INK = 0.0004
_GOOD = 0.70
"""Mean confidence below which a page may lie on its side."""

_FIRST = "1"
"""Raised when the page's first reading is made otherwise: all that is kept is then read anew."""

_STAMP = 6
"""Cells that the frame of a stamp has at most."""

_LONG = 4
"""Letters from which on a word is wider than it is high."""


@runtime_checkable
class ForGrain(Protocol):
    """An engine that has a setting for pale strokes on grainy paper."""

    def for_grain(self) -> OcrEngine:
        """The engine so set."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an engine read on a page.

    Boxes of ``words`` are pixels of ``grey``, the cleaned image, upright (after ``rotation`` degrees clockwise)
    and set straight (after ``angle`` degrees counter-clockwise about its centre).
    """

    words: tuple[ReadWord, ...]
    grey: GreyImage
    dpi: float
    rotation: int
    angle: float
    grids: tuple[Grid, ...] = ()
    blank: bool = False

    @property
    def confidence(self) -> float:
        """The mean confidence by character; 0 without words."""
        return mean_confidence(self.words)


def mean_confidence(words: Sequence[ReadWord]) -> float:
    """Confidence weighted by the length of the words; 0 without words."""
    total = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / total if total else 0.0


def sideways(words: Sequence[ReadWord]) -> bool:
    """Whether most words of four letters and more stand upright: engines also read columns of turned lines."""
    boxes = [word.box for word in words if len(word.text) >= _LONG]
    return 2 * sum(box.bottom - box.top > box.x1 - box.x0 for box in boxes) > len(boxes)


def recognise(picture: Picture, engine: OcrEngine, cache: Cache | None, limits: Limits) -> Recognised:
    """Reads one page image.

    Raises:
        MissingToolError, LimitError, DamagedError: as the engine does.
    """
    cleaned = cleaning.clean(picture.pixels, picture.dpi)
    if cleaned.state == "noisy" and isinstance(engine, ForGrain):
        engine = engine.for_grain()
    ink = lru_cache(lambda rotation: _red_ink(picture, cleaned, rotation))
    if cleaned.ink < _BLANK_INK:
        # A cover sheet may hold a red stamp and nothing else.
        marks = _with_marks(Reading(()), cleaned, ink, engine, limits.seconds_per_page).words
        return Recognised(marks, cleaned.grey, cleaned.dpi, 0, cleaned.angle, blank=not marks)
    grids = _tables(cleaned.grey, cleaned.dpi)
    versions = _versions(engine, grids) if cache is not None else ()
    timeout = limits.seconds_per_page

    def first() -> Reading:
        return _kept(picture, cache, versions, lambda: _fresh(cleaned, ink, grids, engine, timeout))

    def whole() -> Reading:
        signed = _with_signers(first(), picture, cleaned, engine, timeout)
        sides = _with_sides(signed, cleaned, engine, timeout)
        return _with_stamps(sides, picture, cleaned, ink, engine, timeout)

    complete = (*versions, signing.VERSION, apart.VERSION, framed.VERSION)
    reading = _kept(picture, cache, complete, whole)
    grey = cleaned.grey
    if reading.rotation:
        grey = rotate(grey, reading.rotation)
        grids = _tables(grey, cleaned.dpi)
    read = Recognised(reading.words, grey, cleaned.dpi, reading.rotation, cleaned.angle, tuple(grids))
    more = unruled([word for word in read.words if word.block < red.BLOCK], grids, grey, read.dpi)
    if not more:
        return read
    once_more = (*complete, cells.version(more))
    again = _kept(picture, cache, once_more, lambda: _with_cells(read, more, engine, timeout))
    return replace(read, words=again.words, grids=tuple(sorted([*grids, *more], key=lambda grid: grid.box.top)))


def _versions(engine: OcrEngine, grids: Sequence[Grid]) -> tuple[str, ...]:
    """Of everything that makes a page's first reading."""
    return engine.name, engine.version, cleaning.VERSION, cells.version(grids), red.VERSION, _FIRST


def _with_cells(read: Recognised, grids: Sequence[Grid], engine: OcrEngine, timeout: float) -> Reading:
    """The reading with tables without lines read cell by cell."""
    dpi = max(round(read.dpi), 70)
    printed = [word for word in read.words if word.block < red.BLOCK]
    words = cells.read_anew(engine, read.grey, printed, grids, dpi=dpi, timeout=timeout)
    return Reading((*words, *(word for word in read.words if word.block >= red.BLOCK)), read.rotation)


def _tables(grey: GreyImage, dpi: float) -> list[Grid]:
    """The ruled tables of a page; the frames of stamps are none."""
    return [grid for grid in ruled(grey, dpi) if len(grid.cells) > _STAMP or not framed.is_stamp_sized(grid.box)]


def _kept(picture: Picture, cache: Cache | None, versions: Sequence[str], made: Callable[[], Reading]) -> Reading:
    """The reading out of the cache, or made now and kept there."""
    if cache is None:
        return made()
    key = caching.key_of(picture.pixels, round(picture.dpi), *versions)
    reading = cache.get(key)
    if reading is None:
        reading = made()
        cache.put(key, reading)
    return reading


def _fresh(cleaned: Cleaned, ink: RedInk, grids: Sequence[Grid], engine: OcrEngine, timeout: float) -> Reading:
    reading = _read(cleaned.grey, grids, max(round(cleaned.dpi), 70), engine, timeout)
    return _with_marks(reading, cleaned, ink, engine, timeout)


def _read(grey: GreyImage, grids: Sequence[Grid], dpi: int, engine: OcrEngine, timeout: float) -> Reading:
    """Reads as it lies; where that went badly or lines run upwards, asks which way is up and keeps what is better."""
    first = Reading(tuple(read_page(engine, grey, dpi=dpi, timeout=timeout, grids=grids)))
    lies = sideways(first.words)
    if (mean_confidence(first.words) >= _GOOD and not lies) or not isinstance(engine, Orienter):
        return first
    degrees = upright_turn(engine, grey, dpi=dpi, timeout=timeout)
    if not degrees:
        return first
    second = Reading(tuple(read_page(engine, rotate(grey, degrees), dpi=dpi, timeout=timeout)), degrees)
    if lies and not sideways(second.words) and mean_confidence(second.words) >= _GOOD:
        return second
    return max(first, second, key=lambda reading: mean_confidence(reading.words))


def _with_sides(reading: Reading, cleaned: Cleaned, engine: OcrEngine, timeout: float) -> Reading:
    """The reading with lines that run over two columns read apart."""
    printed = [word for word in reading.words if word.block < red.BLOCK]
    grey = rotate(cleaned.grey, reading.rotation) if reading.rotation else cleaned.grey
    words = apart.read_apart(engine, grey, printed, dpi=cleaned.dpi, timeout=timeout)
    return Reading((*words, *(word for word in reading.words if word.block >= red.BLOCK)), reading.rotation)


def _with_stamps(
    reading: Reading, picture: Picture, cleaned: Cleaned, ink: RedInk, engine: OcrEngine, timeout: float
) -> Reading:
    """The reading with what incoming stamps say, black or red, apart from the lines they lie over."""
    grey = rotate(cleaned.grey, reading.rotation) if reading.rotation else cleaned.grey
    frames = framed.find_frames(grey, cleaned.dpi)
    if (red_ink := ink(reading.rotation)) is not None:
        frames += framed.find_frames(red_ink, cleaned.dpi)
    cut, _ = _cutter(picture, cleaned, reading.rotation)
    words = framed.read_framed(engine, reading.words, frames, cut, dpi=cleaned.dpi, timeout=timeout)
    return Reading(tuple(words), reading.rotation)


def _cutter(
    picture: Picture, cleaned: Cleaned, rotation: int
) -> tuple[Callable[[Box], NDArray[np.uint8]], tuple[int, int]]:
    """What cuts pixels in colour out of the page as it was read, and that page's width and height."""
    upright = np.rot90(picture.pixels, -rotation // 90)
    by = cleaned.dpi / picture.dpi
    size = round(upright.shape[1] * by), round(upright.shape[0] * by)
    return lambda box: cleaning.straight_part(upright, box, by, cleaned.angle), size


def _with_signers(reading: Reading, picture: Picture, cleaned: Cleaned, engine: OcrEngine, timeout: float) -> Reading:
    """The reading with the signers' names that seals and signatures had hidden."""
    cut, size = _cutter(picture, cleaned, reading.rotation)
    printed = [word for word in reading.words if word.block < red.BLOCK]
    words = signing.read_signers(engine, printed, cut, size, dpi=cleaned.dpi, timeout=timeout)
    return Reading((*words, *(word for word in reading.words if word.block >= red.BLOCK)), reading.rotation)


def _with_marks(reading: Reading, cleaned: Cleaned, ink: RedInk, engine: OcrEngine, timeout: float) -> Reading:
    """The reading with the marks that cleaning took away with the red ink."""
    red_ink = ink(reading.rotation)
    if red_ink is None:
        return reading
    marks = red.read_marks(engine, red_ink, reading.words, dpi=cleaned.dpi, timeout=timeout)
    return Reading((*reading.words, *marks), reading.rotation)


def _red_ink(picture: Picture, cleaned: Cleaned, rotation: int) -> GreyImage | None:
    """The red ink of the page as it was read; none where there is none."""
    pixels, dpi = cleaning.reduced(picture.pixels, picture.dpi)
    ink = red.red_ink(pixels)
    if ink is None:
        return None
    if ink.shape != cleaned.grey.shape:
        ink = cleaning.enlarged(ink, cleaned.dpi / dpi)
    return rotate(cleaning.turn(ink, cleaned.angle) if cleaned.angle else ink, rotation)
