"""Tables without lines on a page image: found by the words, their rows told by the ink.

Engines overlook lone figures and whole lines of such tables, or make one line of two. What is inked and was not read
takes part as a mark without text, so that no row is missed; the cells are then read one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpus.layout import Box
from ocr.layout.columns import blocks
from ocr.layout.lines import Placed, box_of, placed_words
from ocr.tables.aligned import aligned, may_align
from ocr.tables.fill import inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.layout import Word
    from ocr.engine import GreyImage, ReadWord
    from ocr.tables.grid import Grid

_READ = 0.7
"""Confidence below which a word is what an engine makes of two lines in one, or of dirt."""

_INK = 150
_LETTER, _LINES = 0.04, 0.5
"""Inches: height of the lowest letters, and of the tallest ink that is text."""

_SEEN = 0.4
"""Share of an inked band that words must cover for it to count as read."""


def unruled(words: Sequence[ReadWord], beside: Sequence[Grid], image: GreyImage, dpi: float) -> list[Grid]:
    """The tables without lines, from top to bottom; boxes in points.

    Args:
        words: what was read, boxes in pixels of the image.
        beside: the page's tables with lines.
        image: the cleaned page.
        dpi: its resolution.
    """
    read = [word for word in words if word.confidence >= _READ or word.text.isdigit()]
    placed = [word for word in placed_words(read, 72 / dpi) if not any(inside(grid.box, word) for grid in beside)]
    if not may_align(placed):
        return []
    found = [grid for block in blocks(placed) if not block.loose for grid in _tables(block.words, image, dpi)]
    return sorted(found, key=lambda grid: grid.box.top)


def _tables(words: Sequence[Word], image: GreyImage, dpi: float) -> list[Grid]:
    """The tables of one column of text, looked at again with the marks that were not read."""
    found = [grid for grid in aligned(words) if grid.rows > 1]
    marks = [mark for grid in found for mark in _overlooked(grid, words, image, dpi)]
    return [grid for grid in aligned([*words, *marks]) if grid.rows > 1] if marks else found


def _overlooked(grid: Grid, words: Sequence[Word], image: GreyImage, dpi: float) -> Iterator[Placed]:
    """The inked bands of each column that no word covers."""
    scale = dpi / 72
    for left, right in sorted({(c.box.x0, c.box.x1) for c in grid.cells if c.column_span == 1}):
        boxes = [box for word in words if left < (box := box_of(word)).x1 and box.x0 < right]
        part = image[
            round(grid.box.top * scale) : round(grid.box.bottom * scale), round(left * scale) : round(right * scale)
        ]
        for top, bottom in _bands(part < _INK):
            if not _LETTER * dpi <= bottom - top <= _LINES * dpi:
                continue
            across = np.nonzero((part[top:bottom] < _INK).any(axis=0))[0]
            x0, x1 = left + int(across[0]) / scale, left + (int(across[-1]) + 1) / scale
            band = Box(x0, grid.box.top + top / scale, x1, grid.box.top + bottom / scale)
            if not _is_read(band, boxes):
                yield Placed("?", 0, band, 0.0)


def _bands(ink: np.ndarray) -> list[tuple[int, int]]:
    """The stretches of rows that hold ink, as ``(top, bottom)``."""
    filled = np.concatenate(([0], (np.count_nonzero(ink, axis=1) >= 2).astype(np.int8), [0]))
    edges = np.nonzero(np.diff(filled))[0]
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _is_read(band: Box, boxes: Sequence[Box]) -> bool:
    covered = max((min(band.bottom, box.bottom) - max(band.top, box.top) for box in boxes), default=0.0)
    return covered >= _SEEN * (band.bottom - band.top)
