"""Incoming stamps in a frame: «CÔNG VĂN ĐẾN», «ĐẾN / Giờ / Ngày» of a receiving office, black or red.

Frame and writing lie over the dispatch's own lines, and red ones are taken off with the red ink before a page is read.
So boxes of a stamp's size are read by themselves, all ink taken for black. What turns out to be an incoming stamp
becomes a stamp's line of its own, and what had been read inside of the box goes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.layout import Box, Word
from normalize.fold import fold
from ocr.ink.red import BLOCK
from ocr.ink.signing import ForScatter
from ocr.layout.lines import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ocr.engine import GreyImage, OcrEngine, ReadWord

VERSION = "2"
"""Goes into the cache key: a change here reads pages anew."""

FRAMED = BLOCK + 1000
"""Number of the first stamp's block: see `red.BLOCK`."""

_DPI = 100.0
_WIDE, _HIGH = (80.0, 190.0), (38.0, 120.0)
"""Points: sides of the stamps in use, about 35 × 50 mm."""

_SIDE = 0.6
"""Share of each side that must be drawn."""

_INK = 150
_MOST = 3
"""Boxes of a page that are read."""

_LABELS = ("so", "ngay", "gio", "chuyen", "luu ho so", "kinh chuyen")
_TITLE = ("CONG", "VAN", "CV", "VB")
_BY_HAND = 0.5
"""Highest confidence of what was read in a stamp: number and day are written by hand."""


def find_frames(ink: GreyImage, dpi: float) -> list[Box]:
    """Rectangles of a stamp's size, in pixels of the image: four drawn sides, whatever else touches them."""
    scale = min(_DPI / dpi, 1.0)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = (small < 200).astype(np.uint8)
    points = dpi * scale / 72
    across = _strokes(dark, round(0.6 * _WIDE[0] * points), 1)
    upright = _strokes(dark, 1, round(0.6 * _HIGH[0] * points))
    near = cv2.dilate(across | upright, np.ones((5, 5), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(near)
    found = []
    for left, top, width, height, _ in stats[1:].tolist():
        if width < _WIDE[0] * points or height < _HIGH[0] * points or height > 2 * _HIGH[1] * points:
            continue
        area = slice(top, top + height), slice(left, left + width)
        inner = _drawn_box(across[area], upright[area])
        if inner is None:
            continue
        x, y, wide, high = inner
        if _WIDE[0] < wide / points < _WIDE[1] and _HIGH[0] < high / points < _HIGH[1]:
            corners = left + x, top + y, left + x + wide, top + y + high
            found.append(Box(*(corner / scale for corner in corners)))
    return found


def is_stamp_sized(box: Box) -> bool:
    """Whether a box in points is as small as a stamp: tables are as wide as the text."""
    return box.x1 - box.x0 < _WIDE[1] and box.bottom - box.top < _HIGH[1]


def _strokes(dark: NDArray[np.uint8], across: int, down: int) -> NDArray[np.uint8]:
    """Straight strokes at least so long; small gaps, which worn stamps have, are bridged first."""
    bridged = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((min(down, 5), min(across, 5)), np.uint8))
    return np.asarray(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((down, across), np.uint8)), np.uint8)


def _drawn_box(across: NDArray[np.uint8], upright: NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of the box that strokes draw; what touches it from outside is left out."""
    sides = np.nonzero(_share(upright, axis=0) >= _SIDE * 0.8)[0]
    if not len(sides):
        return None
    left, right = int(sides[0]), int(sides[-1]) + 1
    lines = np.nonzero(_share(across[:, left:right], axis=1) >= _SIDE)[0]
    if not len(lines):
        return None
    top, bottom = int(lines[0]), int(lines[-1]) + 1
    walls = [_share(upright[top:bottom, at : at + 6], axis=0).max() for at in (left, max(right - 6, 0))]
    return (left, top, right - left, bottom - top) if min(walls) >= _SIDE else None


def _share(strokes: NDArray[np.uint8], axis: int) -> NDArray[np.float64]:
    """How much of each row or column is drawn, strokes that lean by a pixel or two counted as straight."""
    thick = cv2.dilate(strokes, np.ones((5, 1) if axis else (1, 5), np.uint8))
    return np.asarray(thick.mean(axis=axis), np.float64)


def read_framed(
    engine: OcrEngine,
    words: Sequence[ReadWord],
    frames: Sequence[Box],
    cut: Callable[[Box], NDArray[np.uint8]],
    *,
    dpi: float,
    timeout: float,
) -> list[ReadWord]:
    """The page's words, those inside of incoming stamps replaced by what the stamps say.

    Args:
        engine: reads the cut-outs.
        words: the page's words, boxes in pixels.
        frames: boxes that may be stamps, in pixels.
        cut: the pixels (in colour if there is any) under a box.
        dpi: the page's resolution.
        timeout: seconds for each reading.
    """
    found = list(words)
    reader = engine.for_scatter() if isinstance(engine, ForScatter) else engine
    for index, frame in enumerate(frames[:_MOST]):
        pixels = cut(frame)
        grey = pixels if pixels.ndim == 2 else np.asarray(pixels.min(axis=2), np.uint8)
        read = [
            replace(word, box=_moved(word.box, frame), block=FRAMED + index, confidence=min(word.confidence, _BY_HAND))
            for word in reader.read(grey, dpi=round(dpi), timeout=timeout)
            if any(map(str.isalnum, word.text))
        ]
        if _is_incoming(read):
            found = [word for word in found if word.block >= BLOCK or not _inside(word.box, frame)] + _in_rows(read)
    return found


def _in_rows(words: Sequence[ReadWord]) -> list[ReadWord]:
    """The words numbered by the rows that they stand in."""
    placed = [Word(str(at), 0, word.box, word.confidence) for at, word in enumerate(words)]
    return [replace(words[int(each.text)], line=row) for row, run in enumerate(runs(placed)) for each in run.words]


def _is_incoming(words: Sequence[ReadWord]) -> bool:
    """Whether words are an incoming stamp's: «ĐẾN» with the rest of its title or a label, or two labels alone."""
    titles = [word for word in words if word.text.isupper() and fold(word.text).strip(" .,:;|") == "DEN"]
    labels = {label for word in words for label in _LABELS if fold(word.text).lower().startswith(label)}
    named = any(word.text.isupper() and fold(word.text).strip(" .,:;|") in _TITLE for word in words)
    return (bool(titles) and (bool(labels) or named)) or (len(labels) >= 2 and len(words) <= 16)


def _moved(box: Box, frame: Box) -> Box:
    return Box(box.x0 + frame.x0, box.top + frame.top, box.x1 + frame.x0, box.bottom + frame.top)


def _inside(box: Box, frame: Box) -> bool:
    across, down = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return frame.x0 < across < frame.x1 and frame.top < down < frame.bottom
