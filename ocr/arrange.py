"""Words of a page into lines in reading order, with tables and regions."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from corpus.layout import Line, Region, Table, Word
from ocr.checks.quarters import check_quarters
from ocr.ink.handwriting import doubt
from ocr.layout import columns
from ocr.layout.footnotes import mark_footnotes
from ocr.layout.furniture import sort_out
from ocr.layout.lines import Run, box_of, letter_height, placed_words, runs
from ocr.layout.paragraphs import paragraphs
from ocr.layout.spread import gutter
from ocr.tables.aligned import aligned
from ocr.tables.fill import fill, inside
from ocr.tables.ruled import ruled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ocr.engine import GreyImage, ReadWord
    from ocr.ink.again import Looker
    from ocr.layout.columns import Block
    from ocr.tables.grid import Grid

EMPTY = Line("")


@dataclass(frozen=True, slots=True)
class Arranged:
    """A page's lines in reading order, an empty line between blocks; tables and regions refer to its points."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    regions: tuple[Region, ...] = ()


def arrange(
    words: Sequence[ReadWord],
    *,
    image: GreyImage | None,
    dpi: float,
    width: float,
    height: float,
    grids: Sequence[Grid] | None = None,
    looker: Looker | None = None,
) -> Arranged:
    """Lines in reading order.

    Args:
        words: what was read, boxes in pixels of the cleaned, deskewed, upright image.
        image: that image, grey; None for text layers.
        dpi: pixels an inch of the boxes (72 for text layers, whose boxes are in points already).
        width: page width in points.
        height: page height in points.
        grids: the page's tables where they are known; else they are looked for in the image.
        looker: looks again at header figures that were read with doubt.

    Returns:
        Lines, tables and regions with boxes in points.
    """
    if grids is None:
        grids = ruled(image, dpi) if image is not None else ()
    placed = placed_words(words, 72 / dpi)
    if image is not None:
        placed = check_quarters(placed, image, dpi)
    usual = letter_height(placed)
    sheet = _Sheet(image, dpi, height, usual, looker)
    at = gutter(placed, grids, width, height)
    for left, right in ((-inf, inf),) if at is None else ((-inf, at), (at, inf)):
        own = [word for word in placed if left <= box_of(word).x0 < right]
        _set_page(sheet, own, [grid for grid in grids if left <= grid.box.x0 < right])
    return Arranged(tuple(sheet.lines), tuple(sheet.tables), tuple(sheet.regions))


def _set_page(sheet: _Sheet, placed: Sequence[Word], grids: Sequence[Grid]) -> None:
    """Set the words of one page on the sheet, from its head to its foot."""
    held = [[word for word in placed if inside(grid.box, word)] for grid in grids]
    taken = {id(word) for its in held for word in its}
    page = sort_out(
        [word for word in placed if id(word) not in taken and not _is_speck(word, sheet.letters)], sheet.height
    )
    before = len(sheet.lines)
    sheet.add(page.head)
    sheet.add_body(page.words, zip(grids, held, strict=True))
    sheet.add(page.foot)
    sheet.regions.extend(page.regions)
    sheet.lines[before:] = mark_footnotes(sheet.lines[before:], sheet.height)


class _Sheet:
    """A page being set: lines, and tables that refer to them, an empty line between blocks."""

    def __init__(
        self, image: GreyImage | None, dpi: float, height: float, letters: float, looker: Looker | None
    ) -> None:
        self.image, self.dpi, self.height, self.letters, self.looker = image, dpi, height, letters, looker
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.regions: list[Region] = []

    def add(self, lines: Sequence[Line]) -> None:
        if self.lines and lines:
            self.lines.append(EMPTY)
        self.lines.extend(lines)

    def add_body(self, words: Sequence[Word], tables: Iterable[tuple[Grid, Sequence[Word]]]) -> None:
        """Add text and ruled tables from the top of the page down."""
        rest = words
        for grid, its in tables:
            self.add_text([word for word in rest if box_of(word).top < grid.box.top])
            self.add_table(grid, its)
            rest = [word for word in rest if box_of(word).top >= grid.box.top]
        self.add_text(rest)

    def add_text(self, words: Sequence[Word]) -> None:
        """Add running text, block by block; tables without lines are found on the way."""
        parts = [part for block in columns.blocks(words) for part in _parts(block)]
        groups = [group for part in parts if isinstance(part, list) for group in part]
        lines = [run for group in groups for run in group]
        doubted, inked = doubt(lines, self.image, self.dpi, self.height, self.looker)
        self.regions.extend(inked)
        at = iter(doubted)
        for part in parts:
            if isinstance(part, list):
                for group in part:
                    self.add([next(at).line() for _ in group])
            else:
                self.add_table(*part)

    def add_table(self, grid: Grid, words: Sequence[Word]) -> None:
        if not words:
            return
        lines, table = fill(
            grid, words, len(self.lines) + bool(self.lines), speck=lambda word: _is_speck(word, self.letters)
        )
        self.add(lines)
        self.tables.append(table)


def _parts(block: Block) -> Iterator[list[list[Run]] | tuple[Grid, list[Word]]]:
    """A block's paragraphs, and between them its tables without lines with their words."""
    rest: Sequence[Word] = block.words
    for grid in () if block.loose else aligned(rest):
        held = [word for word in rest if inside(grid.box, word)]
        own = {id(word) for word in held}
        outside = [word for word in rest if id(word) not in own]
        yield paragraphs(runs([word for word in outside if box_of(word).top < grid.box.top]), loose=False)
        if grid.rows > 1:
            yield grid, held
        else:
            columns = ([word for word in held if inside(cell.box, word)] for cell in grid.cells)
            yield [group for own in columns for group in paragraphs(runs(own), loose=True)]
        rest = [word for word in outside if box_of(word).top >= grid.box.top]
    yield paragraphs(runs(rest), loose=block.loose)


def _is_speck(word: Word, usual: float) -> bool:
    """Whether a word is what engines make of dirt, rules and scribbles.

    Such are doubtful marks, and doubtful giants and dwarfs beside letters of the ``usual`` height.
    """
    box = box_of(word)
    height = box.bottom - box.top
    if not any(char.isalnum() for char in word.text):
        return word.confidence < (0.3 if set(word.text) <= set("-–—~+./?") else 0.6)
    if len(word.text) == 1 and word.confidence < 0.1:
        return True
    return word.confidence < 0.5 and (height > 3 * usual or height < 0.35 * usual)
