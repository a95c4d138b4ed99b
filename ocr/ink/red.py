"""Marks stamped in red: «HỎA TỐC», «KHẨN», «MẬT».

Red ink is taken off a page before it is read, so that seals do not spoil the text beneath. The marks of urgency and
secrecy are red too, and a lost «MẬT» is worse than any misreading: so what is red and stands like one line of large
letters is read by itself. Round seals and whole stamps are too tall for that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import cv2
import numpy as np

from corpus.layout import Box, Line, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ocr.engine import GreyImage, OcrEngine, ReadWord

VERSION = "2"
"""Goes into the cache key: a change here reads pages anew."""

BLOCK = 1_000_000
"""Number of the first mark's block: words from here on are marks, each block one."""

_REDDER = 40
"""How much stronger red must be than green and blue to be ink and not yellowed paper."""
_BLACK = 90
"""Red channel below which ink is black."""
_INK = 150
_LOWEST, _TALLEST = 9.0, 50.0
_SHORTEST, _LONGEST = 20.0, 230.0
"""Points: the sides of a mark, its frame included, however it is tilted."""
_SLENDER = 1.4
_JOIN = 9.0
"""Points: gaps between letters and words of one mark."""
_SURE = 0.45
_FRAME = 0.75
"""Share of a mark's width and height that its frame covers and no letter does."""
_LETTERS = 44
"""Pixels: height to which a mark's letters are scaled, at which engines read well."""
_MARGIN = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A red mark: its upright box on the page, its own sides, centre and tilt in degrees (clockwise). Pixels."""

    box: Box
    width: float
    height: float
    middle: tuple[float, float]
    tilt: float


def red_ink(pixels: NDArray[np.uint8]) -> GreyImage | None:
    """The page with its red ink in black and all else white; None for a grey page or one without red.

    Args:
        pixels: rows × columns grey, or rows × columns × 3 in the order red, green, blue.
    """
    if pixels.ndim == 2:
        return None
    red, green, blue = cv2.split(pixels)
    reddish = (cv2.subtract(red, cv2.max(green, blue)) > _REDDER).astype(np.uint8)
    if not np.count_nonzero(reddish[::4, ::4]):
        return None
    # JPEG keeps colour at half the resolution: it says where the ink is, the green channel how it is shaped.
    near = cv2.dilate(reddish, np.ones((3, 3), np.uint8))
    return np.where((near > 0) & (red > _BLACK), green, np.uint8(255))


@runtime_checkable
class ForLines(Protocol):
    """An engine that has a setting for a sheet of plain lines, where it need not look for a layout."""

    def for_lines(self) -> OcrEngine:
        """The engine so set."""


def read_marks(
    engine: OcrEngine, ink: GreyImage, known: Sequence[ReadWord], *, dpi: float, timeout: float
) -> list[ReadWord]:
    """The words of the red marks that were not read with the page.

    Args:
        engine: reads the marks, all on one sheet.
        ink: as from `red_ink`, turned and straightened as the page that was read.
        known: the words of the page, in pixels of the same image.
        dpi: resolution of the image.
        timeout: seconds for the engine.
    """
    marks = [mark for mark in find_marks(ink, dpi) if not any(_covers(word.box, mark.box) for word in known)]
    letters = [_letters(ink, mark) for mark in marks]
    cut = [(mark, picture) for mark, picture in zip(marks, letters, strict=True) if picture is not None]
    if not cut:
        return []
    if isinstance(engine, ForLines):
        engine = engine.for_lines()
    sheet, tops = _sheet([picture for _, picture in cut])
    found = []
    for word in engine.read(sheet, dpi=300, timeout=timeout):
        if _is_mark(word):
            index = max(at for at, top in enumerate(tops) if at == 0 or top <= word.box.bottom)
            mark, picture = cut[index]
            place = _place(word.box, mark, picture.shape[1])
            found.append(replace(word, box=place, block=BLOCK + index, paragraph=0, line=0))
    return found


def mark_lines(words: Sequence[ReadWord], scale: float) -> Iterator[Line]:
    """A line of kind «stamp» for each mark or stamp among ``words``; ``scale`` makes points of their pixels."""
    marks = sorted(
        (word for word in words if word.block >= BLOCK), key=lambda word: (word.block, word.line, word.box.x0)
    )
    for _, group in groupby(marks, key=lambda word: word.block):
        yield Line.of([_in_points(word, scale) for word in group], kind="stamp")


def _in_points(word: ReadWord, scale: float) -> Word:
    box = word.box
    placed = Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)
    return Word(word.text, 0, placed, word.confidence)


def find_marks(ink: GreyImage, dpi: float) -> list[Mark]:
    """What is red and of the size of a mark, from the top down."""
    scale = dpi / 72
    # Single red pixels are what cameras and JPEG make of black edges.
    solid = cv2.morphologyEx(_dark(ink), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    joined = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((max(int(3 * scale), 1), int(_JOIN * scale)), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        middle, (width, height), tilt = cv2.minAreaRect(contour)
        if width < height:
            width, height, tilt = height, width, tilt - 90
        tilt = (tilt + 90) % 180 - 90
        long_enough = _SHORTEST * scale <= width <= _LONGEST * scale
        if long_enough and _LOWEST * scale <= height <= _TALLEST * scale and width >= _SLENDER * height:
            left, top, across, down = cv2.boundingRect(contour)
            found.append(Mark(Box(left, top, left + across, top + down), width, height, middle, tilt))
    return sorted((mark for mark in found if abs(mark.tilt) < 60), key=lambda mark: mark.box.top)


def _letters(ink: GreyImage, mark: Mark) -> GreyImage | None:
    """A mark set straight, without its frame, its letters at reading height; None where nothing is left."""
    x, y = mark.middle
    columns, rows = int(mark.width) + 24, int(mark.height) + 24
    matrix = cv2.getRotationMatrix2D((x, y), mark.tilt, 1.0)
    matrix[:, 2] += (columns / 2 - x, rows / 2 - y)
    straight = cv2.warpAffine(ink, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderValue=255)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_dark(straight))
    for label, (_left, _top, width, height, _area) in enumerate(stats.tolist()):
        if label and width >= _FRAME * mark.width and height >= _FRAME * mark.height:
            straight[cv2.dilate((labels == label).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 255
    inked = np.nonzero(np.count_nonzero(_dark(straight), axis=1) >= 2)[0]
    if not len(inked):
        return None
    scale = _LETTERS / max(int(inked[-1] - inked[0]), 8)
    around = int(inked[0]), int(inked[-1]) + 1
    return np.asarray(
        cv2.resize(straight[slice(*around)], None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8
    )


def _dark(ink: GreyImage) -> NDArray[np.uint8]:
    return (ink < _INK).astype(np.uint8)


def _sheet(pictures: Sequence[GreyImage]) -> tuple[GreyImage, list[int]]:
    """The pictures below one another on white, and the top of each."""
    height = sum(picture.shape[0] + _MARGIN for picture in pictures) + _MARGIN
    sheet = np.full((height, max(picture.shape[1] for picture in pictures) + 2 * _MARGIN), 255, np.uint8)
    tops = []
    at = _MARGIN
    for picture in pictures:
        rows, columns = picture.shape
        sheet[at : at + rows, _MARGIN : _MARGIN + columns] = picture
        tops.append(at)
        at += rows + _MARGIN
    return sheet, tops


def _place(box: Box, mark: Mark, columns: int) -> Box:
    """A word's box on the page: its share of the mark's width, on the mark's middle line."""
    across = mark.box.x1 - mark.box.x0
    left, right = ((side - _MARGIN) / max(columns, 1) for side in (box.x0, box.x1))
    _, middle = mark.middle
    half = mark.height * 0.3
    return Box(mark.box.x0 + left * across, middle - half, mark.box.x0 + right * across, middle + half)


def _is_mark(word: ReadWord) -> bool:
    """Marks are words in capitals; what red speckles look like is mostly not."""
    return word.confidence >= _SURE and word.text.isalpha() and word.text.isupper() and len(word.text) > 1


def _covers(word: Box, mark: Box) -> bool:
    """Whether a word that was read stands on the mark: then the mark was black enough to be read with the page."""
    across = min(word.x1, mark.x1) - max(word.x0, mark.x0)
    down = min(word.bottom, mark.bottom) - max(word.top, mark.top)
    return across > 0.4 * (mark.x1 - mark.x0) and down > 0.3 * (mark.bottom - mark.top)
