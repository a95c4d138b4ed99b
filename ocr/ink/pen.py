"""Strokes of a pen in black: signatures at a seal, and notes (bút phê) in margins and over the head.

What is left of a page's black ink without the words that were read surely, tables, rules and seals is dirt, drawings
and handwriting. Handwriting is told by its strokes: longer than any printed letter, thin, and crossed several times on
the way from left to right, as no box, bracket or ring is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.layout import Box, Region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ocr.engine import GreyImage, ReadWord

_DPI = 75.0
_POINTS = 72 / _DPI
_INK = 165
"""Grey level of thin strokes at 75 dpi."""

_PRINTED = 0.6
"""Confidence from which a word is print and no part of a note."""

_RULE = 36.0
_EDGE = 12.0
"""Points: length from which a straight stroke is a rule; dirt of the scanner's edge lies so near the sheet's."""

_JOIN = 7.0
_LONG = 20.0
"""Points: gaps within a note; a stroke longer than printed letters are."""

_WIDE, _HIGH = 40.0, 14.0
"""Points: the least sides of a note or signature."""

_MOST = 0.25
"""Share of the page that a note covers at most; more is a drawing."""

_STROKES = 0.6
"""Share of a note's ink that lies in long strokes."""

_THIN = 3.2
"""Points: width of a pen's stroke at most."""

_CROSSED, _CROSSED_AT_SEAL = 2.5, 1.2
"""Strokes that a level line through a note, or through a signature, meets, on the mean of its middle half."""

_RING = 0.3
"""Share of the ink near the inscribed circle from which it is a ring."""

_BLACK = 0.7
"""Share of a seal's ring that is dark where the seal is black."""

_NEAR = 25.0
"""Points from a seal within which strokes are the signature."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Ink that nothing explains: its pixels, numbered pieces and their statistics."""

    ink: NDArray[np.uint8]
    pieces: NDArray[np.int32]
    stats: NDArray[np.int32]


def unread_ink(grey: GreyImage, dpi: float, words: Sequence[ReadWord], tables: Sequence[Box]) -> NDArray[np.uint8]:
    """The page's black ink at 75 dpi, ones on zeros, without what is known: sure words, tables, the sheet's edges.

    Args:
        grey: the page as it was read.
        dpi: its resolution.
        words: what was read, boxes in pixels.
        tables: its tables, in pixels: what is written into them stays with their text.
    """
    scale = _DPI / dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = np.asarray(cv2.threshold(small, _INK - 1, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    _paint_over(ink, words, scale, tables)
    return ink


def pen_regions(unread: NDArray[np.uint8], seals: Sequence[Box]) -> list[Region]:
    """Signatures and notes in black ink, boxes in points.

    Args:
        unread: the page's unread ink, which loses its seals here.
        seals: the page's seals, in points.
    """
    _paint_seals(unread, seals)
    if np.count_nonzero(unread) < _WIDE:
        return []
    sheet = _without_rules(unread)
    found = []
    for left, top, wide, high in _clusters(sheet.ink):
        place = Box(*(round(side * _POINTS, 1) for side in (left, top, left + wide, top + high)))
        at_seal = _is_at(place, seals)
        if _is_pen(sheet, (left, top, wide, high), _CROSSED_AT_SEAL if at_seal else _CROSSED):
            found.append(Region("signature" if at_seal else "handwriting", place))
    return found


def _is_at(place: Box, seals: Sequence[Box]) -> bool:
    return any(
        place.x0 < seal.x1 + _NEAR
        and seal.x0 - _NEAR < place.x1
        and place.top < seal.bottom + _NEAR
        and seal.top - _NEAR < place.bottom
        for seal in seals
    )


def _paint_over(ink: NDArray[np.uint8], words: Sequence[ReadWord], scale: float, tables: Sequence[Box]) -> None:
    """Takes what is known off the ink: words read surely, tables, the sheet's edges."""
    for word in words:
        if word.confidence >= _PRINTED:
            box = word.box
            left, top = max(int(box.x0 * scale) - 2, 0), max(int(box.top * scale) - 2, 0)
            ink[top : int(box.bottom * scale) + 3, left : int(box.x1 * scale) + 3] = 0
    for table in tables:
        left, top, right, bottom = (int(side * scale) for side in (table.x0, table.top, table.x1, table.bottom))
        ink[max(top - 3, 0) : bottom + 4, max(left - 3, 0) : right + 4] = 0
    edge = int(_EDGE / _POINTS)
    ink[:edge] = ink[-edge:] = 0
    ink[:, :edge] = ink[:, -edge:] = 0


def _paint_seals(ink: NDArray[np.uint8], seals: Sequence[Box]) -> None:
    """Takes black seals off the ink; coloured ones went when the page was cleaned."""
    near = cv2.dilate(ink, np.ones((5, 5), np.uint8))
    for seal in seals:
        x, y, radius = (
            side / 2 / _POINTS for side in (seal.x0 + seal.x1, seal.top + seal.bottom, seal.bottom - seal.top)
        )
        ring = np.zeros_like(ink)
        cv2.circle(ring, (int(x), int(y)), int(radius) - 2, 1, 2)
        if np.mean(near[ring > 0]) > _BLACK:
            cv2.circle(ink, (int(x), int(y)), int(radius) + 2, 0, -1)


def _without_rules(ink: NDArray[np.uint8]) -> _Sheet:
    """The ink without straight rules and specks, its pieces numbered."""
    length = int(_RULE / _POINTS)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    rest = np.asarray(ink & ~cv2.dilate(across | down, np.ones((3, 3), np.uint8)), np.uint8)
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(rest)
    specks = stats[:, cv2.CC_STAT_AREA] < 6
    specks[0] = True
    rest = np.asarray(~specks[pieces], np.uint8)
    return _Sheet(rest, np.asarray(pieces, np.int32), np.asarray(stats, np.int32))


def _clusters(ink: NDArray[np.uint8]) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, width and height of pieces that lie together."""
    side = int(_JOIN / _POINTS)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, wide, high, _ in stats[1:].tolist():
        if wide * _POINTS >= _WIDE and high * _POINTS >= _HIGH and wide * high < _MOST * ink.size:
            yield left, top, wide, high


def _is_pen(sheet: _Sheet, box: tuple[int, int, int, int], crossed: float) -> bool:
    """Whether a cluster is written: long thin strokes that are met several times from left to right."""
    left, top, wide, high = box
    area = sheet.ink[top : top + high, left : left + wide]
    count = int(area.sum())
    numbers = np.unique(sheet.pieces[top : top + high, left : left + wide][area > 0])
    long = _LONG / _POINTS
    stats = sheet.stats[numbers]
    strokes = stats[np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= long]
    if strokes[:, cv2.CC_STAT_AREA].sum() < _STROKES * count:
        return False
    outline = (
        cv2.morphologyEx(area, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT) & area
    )
    width = 2 * count / max(int(outline.sum()), 1) * _POINTS
    return width < _THIN and _crossings(area) >= crossed and not _is_ring(area, count)


def _crossings(area: NDArray[np.uint8]) -> float:
    """How many strokes a level line meets, on the mean of the rows of the middle half."""
    quarter = area.shape[0] // 4
    middle = np.pad(area[quarter : area.shape[0] - quarter], ((0, 0), (1, 0)))
    return float((np.diff(middle.astype(np.int8), axis=1) == 1).sum(axis=1).mean())


def _is_ring(area: NDArray[np.uint8], count: int) -> bool:
    """Whether much of the ink runs along the circle that the box holds."""
    high, wide = area.shape
    rows, columns = np.nonzero(area)
    away = np.hypot((rows - high / 2) / (high / 2), (columns - wide / 2) / (wide / 2))
    return bool(np.count_nonzero(np.abs(away - 0.95) < 0.1) > _RING * count) and 0.75 < wide / high < 1.33
