"""Words of a page into lines in reading order, with tables and regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.layout import Box, Line, Region, Table, Word
from ocr import columns
from ocr.furniture import sort_out
from ocr.lines import Placed, box_of, letter_height, runs
from ocr.paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.engine import GreyImage, ReadWord

EMPTY = Line("")


@dataclass(frozen=True, slots=True)
class Arranged:
    """A page's lines in reading order, an empty line between blocks; tables and regions refer to its points."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    regions: tuple[Region, ...] = ()


def arrange(words: Sequence[ReadWord], *, image: GreyImage | None, dpi: float, width: float, height: float) -> Arranged:
    """Lines in reading order.

    Args:
        words: what was read, boxes in pixels of the cleaned, deskewed, upright image.
        image: that image, grey; None for text layers.
        dpi: pixels an inch of the boxes (72 for text layers, whose boxes are in points already).
        width: page width in points.
        height: page height in points.

    Returns:
        Lines, tables and regions with boxes in points.
    """
    del image, width
    placed = _without_specks([_place(word, 72 / dpi) for word in words if word.text.strip()])
    page = sort_out(placed, height)
    lines: list[Line] = []
    _append(lines, page.head)
    for block in columns.blocks(page.words):
        for paragraph in paragraphs(runs(block.words), loose=block.loose):
            _append(lines, [run.line() for run in paragraph])
    _append(lines, page.foot)
    return Arranged(tuple(lines), regions=tuple(page.regions))


def _place(word: ReadWord, scale: float) -> Placed:
    box = word.box
    scaled = Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)
    mate = (word.block * 100 + word.paragraph) * 1000 + word.line if word.block else -1
    return Placed(word.text, 0, scaled, word.confidence, mate=mate)


def _append(lines: list[Line], more: Sequence[Line]) -> None:
    """Add a block, parted from what stands before by one empty line."""
    if lines and more:
        lines.append(EMPTY)
    lines.extend(more)


def _without_specks(words: Sequence[Placed]) -> list[Placed]:
    """Without what engines make of dirt, rules and scribbles: doubtful marks, and doubtful giants and dwarfs."""
    usual = letter_height(words)
    return [word for word in words if not _is_speck(word, usual)]


def _is_speck(word: Word, usual: float) -> bool:
    box = box_of(word)
    height = box.bottom - box.top
    if not any(char.isalnum() for char in word.text):
        return word.confidence < (0.3 if set(word.text) <= set("-–+./") else 0.6)
    if len(word.text) == 1 and word.confidence < 0.1:
        return True
    return word.confidence < 0.5 and (height > 3 * usual or height < 0.35 * usual)
