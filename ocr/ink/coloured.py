"""Seals, signatures and notes in coloured ink: areas of a page that hold no running text, for people to look at.

Found by colour, coarsely: a round patch of red is a seal where no ring was found, red that the sheet's edge cuts is a
piece of one (giáp lai); blue strokes at a seal or below it are a signature, and elsewhere a note by hand (bút phê).
What was read there as print is left alone: addresses and letterheads are blue too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.layout import Box, Region
from ocr.ink.seals import cut_seals, find_seals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from ocr.engine import ReadWord

_DPI = 75.0
_REDDER = 40
_SEAL = 62.0, 150.0
"""Points: the smallest and largest side of a seal."""

_ROUND = 0.75
_JOIN, _JOIN_CUT = 10.0, 16.0
_STROKES = 24.0, 9.0
"""Points: the smallest width and height of a note or signature."""


_MUCH = 0.06
"""Share of the page from which blue is a background or a picture and no pen."""

_PRINTED = 0.7
_NEAR = 60.0


def coloured_regions(
    pixels: NDArray[np.uint8],
    dpi: float,
    words: Sequence[ReadWord] = (),
    scale: float = 1.0,
    *,
    black: bool = True,
) -> list[Region]:
    """The regions in coloured ink, boxes in points of the image.

    Args:
        pixels: rows × columns × 3 in the order red, green, blue; grey images have none.
        dpi: their resolution.
        words: what was read.
        scale: makes points of the words' pixels.
        black: whether there may be a black seal.
    """
    if pixels.ndim == 2:
        return [Region("seal", box) for box in find_seals(pixels, dpi, black=black)]
    step = max(int(dpi / _DPI), 1)
    small = np.ascontiguousarray(pixels[::step, ::step])
    seals = find_seals(small, dpi / step, black=black)
    red, green, blue = cv2.split(small)
    points = 72 / (dpi / step)
    reddish = cv2.subtract(red, cv2.max(green, blue))
    pieces = list(_outermost(box for box in _patches(reddish, points, 6.0) if _is_seal(box)))
    pieces += cut_seals(red, list(_patches(reddish, points, _JOIN_CUT)), points)
    seals += [box for box in pieces if not any(_covers(seal, box) for seal in seals)]
    bluish = cv2.subtract(blue, cv2.max(red, green))
    if np.mean(bluish > _REDDER) > _MUCH:
        return [Region("seal", box) for box in seals]
    printed = [_scaled(word.box, scale) for word in words if word.confidence >= _PRINTED and len(word.text) > 1]
    pen = [box for box in _patches(bluish, points, _JOIN) if _is_pen(box) and not _is_printed(box, printed)]
    return [
        *(Region("seal", box) for box in seals),
        *(Region("signature" if any(_at(box, seal) for seal in seals) else "handwriting", box) for box in pen),
    ]


def _patches(strength: NDArray[np.uint8], points: float, join: float) -> Iterator[Box]:
    """Boxes in points around ink of a colour, what lies within ``join`` points joined."""
    ink = cv2.morphologyEx((strength > _REDDER).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    if not np.count_nonzero(ink):
        return
    side = max(round(join / points), 1)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, width, height, _ in stats[1:].tolist():
        yield Box(*(round(each * points, 1) for each in (left, top, left + width, top + height)))


def _outermost(boxes: Iterable[Box]) -> list[Box]:
    """The boxes that lie in no other: a seal has rings within rings."""
    them = list(boxes)
    return [box for box in them if not any(box != other and box.cover(other) == other for other in them)]


def _covers(box: Box, other: Box) -> bool:
    """Whether a box meets another."""
    return box.x0 < other.x1 and other.x0 < box.x1 and box.top < other.bottom and other.top < box.bottom


def _is_seal(box: Box) -> bool:
    across, down = box.x1 - box.x0, box.bottom - box.top
    return (
        _SEAL[0] <= min(across, down)
        and max(across, down) <= _SEAL[1]
        and min(across, down) >= _ROUND * max(across, down)
    )


def _is_pen(box: Box) -> bool:
    return box.x1 - box.x0 >= _STROKES[0] and box.bottom - box.top >= _STROKES[1]


def _is_printed(box: Box, printed: Sequence[Box]) -> bool:
    """Whether read words fill at least half of a box."""
    area = sum(
        max(min(box.x1, word.x1) - max(box.x0, word.x0), 0.0)
        * max(min(box.bottom, word.bottom) - max(box.top, word.top), 0.0)
        for word in printed
    )
    return area > 0.35 * (box.x1 - box.x0) * (box.bottom - box.top)


def _at(box: Box, seal: Box) -> bool:
    """Whether strokes lie on a seal, beside it or just below."""
    return (
        box.x0 < seal.x1 + _NEAR
        and seal.x0 - _NEAR < box.x1
        and box.top < seal.bottom + _NEAR
        and seal.top - _NEAR < box.bottom
    )


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)
