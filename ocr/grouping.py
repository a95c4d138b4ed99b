"""Lines as the engine grouped them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from corpus.layout import Box, Line, Region, Table, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.engine import GreyImage, ReadWord


class Arranged(NamedTuple):
    """Lines, tables and regions of a page, in points."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    regions: tuple[Region, ...]


def arrange(words: Sequence[ReadWord], *, image: GreyImage | None, dpi: float, width: float, height: float) -> Arranged:
    """Lines in the engine's order, an empty line between blocks."""
    del image, width, height
    scale = 72 / dpi
    lines: list[Line] = []
    for _, block in groupby(words, key=lambda word: (word.block, word.paragraph)):
        if lines:
            lines.append(Line(""))
        for _, line in groupby(block, key=lambda word: word.line):
            lines.append(Line.of([_word(word, scale) for word in line]))
    return Arranged(tuple(lines), (), ())


def _word(word: ReadWord, scale: float) -> Word:
    box = word.box
    placed = Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)
    return Word(word.text, 0, placed, word.confidence)
