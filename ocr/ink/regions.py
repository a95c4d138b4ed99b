"""All ink of a page that is no print, gathered: seals, signatures and notes, in colour or black, each once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.layout import Box, Region
from ocr.ink.coloured import coloured_regions
from ocr.ink.pen import pen_regions, unread_ink
from ocr.ink.signing import signature_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ocr.engine import ReadWord
    from ocr.image.picture import Picture
    from ocr.image.place import Placing
    from ocr.recognise import Recognised

_POINTS = 72
_SCRIBBLE = 0.4
"""Confidence below which a word in a note is what the engine makes of the pen."""

_SCRAPS = 3
"""Words of a line of scraps at most."""

_BLACK_SEAL = 250
"""Pixels of unread ink at 75 dpi, fewer than the ring of a black seal has."""

_SAME = 0.3
"""Share of the smaller of two regions that lies in the other from which they are one."""


@dataclass(frozen=True, slots=True)
class Ink:
    """What was found.

    ``coloured`` is in points of the upright picture, ``pen`` in those of the straightened image that was read,
    ``drawn`` over the picture in those of the page.
    """

    coloured: tuple[Region, ...]
    pen: tuple[Region, ...]
    drawn: tuple[Region, ...]

    def placed(self, placing: Placing) -> list[Region]:
        """The regions on the page."""
        straight = replace(placing, angle=0.0)
        return [*map(straight.region, self.coloured), *self.drawn, *map(placing.region, self.pen)]

    def without_scribbles(self, words: Sequence[ReadWord], scale: float, tables: Sequence[Box] = ()) -> list[ReadWord]:
        """The words without what an engine made of ink.

        Badly read lines in a note go, and lines in a seal or signature that hold nothing but scraps: «9N», «/». A word
        that stands in a line with print stays: some of it is print.

        Args:
            words: what was read.
            scale: makes points of their pixels.
            tables: in points: a figure in a cell under a seal is no scrap.
        """
        notes = [region.box for region in self.pen]
        marks = [region.box for region in (*self.coloured, *self.drawn, *self.pen) if region.kind != "handwriting"]
        lines: dict[tuple[int, int, int], list[ReadWord]] = {}
        for word in (word for word in words if not _inside(word, tables, scale)):
            lines.setdefault((word.block, word.paragraph, word.line), []).append(word)
        gone = {
            id(word)
            for line in lines.values()
            if _is_scrap(line, marks, scale) or _is_scribble(line, notes, scale)
            for word in line
        }
        return [word for word in words if id(word) not in gone]


def _is_scribble(line: Sequence[ReadWord], notes: Sequence[Box], scale: float) -> bool:
    """Whether a line lies in notes and was read badly from its first word to its last."""
    return all(word.confidence < _SCRIBBLE and _inside(word, notes, scale) for word in line)


def _is_scrap(line: Sequence[ReadWord], marks: Sequence[Box], scale: float) -> bool:
    """Whether a line lies in seals and signatures and is no word: single letters, figures, strokes."""
    short = all(len(word.text) == 1 or (len(word.text) == 2 and not word.text.isalpha()) for word in line)
    return short and len(line) <= _SCRAPS and all(_inside(word, marks, scale) for word in line)


def _inside(word: ReadWord, boxes: Sequence[Box], scale: float) -> bool:
    return any(_holds(box, _scaled(word.box, scale)) for box in boxes)


def find_ink(
    picture: Picture, read: Recognised, words: Sequence[ReadWord], size: tuple[float, float], drawn: Picture | None
) -> Ink:
    """The ink of a page that is no print.

    Args:
        picture: the page as it is stored.
        read: the same cleaned, upright and straightened.
        words: what was read, boxes in pixels of that.
        size: the upright page's width and height in points.
        drawn: the page with its annotations: seals that a system drew are pictures of seals.
    """
    upright = np.rot90(picture.pixels, -read.rotation // 90)
    scale = _POINTS / read.dpi
    tables = [Box(*(side / scale for side in _sides(grid.box))) for grid in read.grids]
    unread = unread_ink(read.grey, read.dpi, words, tables)
    coloured = coloured_regions(upright, picture.dpi, words, scale, black=bool(np.count_nonzero(unread) > _BLACK_SEAL))
    seals = [region.box for region in coloured if region.kind == "seal"]
    over = [] if read.rotation else [region for region in drawn_ink(drawn, ()) if region.kind == "seal"]
    seals += [region.box for region in over]
    pen = pen_regions(unread, seals)
    blocks = signature_places(words, size, scale) if coloured or pen else []
    named, written = (tuple(_named(region, seals, blocks) for region in found) for found in (coloured, pen))
    return Ink(named, written, tuple(over))


def drawn_ink(drawn: Picture | None, words: Sequence[ReadWord]) -> list[Region]:
    """The coloured ink in pictures and annotations over a page; words and regions in points."""
    return [] if drawn is None else coloured_regions(drawn.pixels, drawn.dpi, words)


def each_once(regions: Iterable[Region]) -> list[Region]:
    """The regions, pieces of one seal or signature joined; a note is none where one is known already."""
    found: list[Region] = []
    for region in regions:
        same = [each for each in found if _is_same(each, region)]
        if not same:
            found.append(region)
        elif "signature" in (region.kind, same[0].kind):
            box = region.box
            for each in same:
                box = box.cover(each.box)
            found[found.index(same[0])] = replace(same[0], kind="signature", box=box)
            found = [each for each in found if each not in same[1:]]
    return found


def _is_same(one: Region, other: Region) -> bool:
    """Whether two regions are one; a signature lies on its seal and is another."""
    pen = {"signature", "handwriting"}
    alike = one.kind == other.kind or {one.kind, other.kind} <= pen
    return alike and other.kind in {*pen, "seal"} and _same(one.box, other.box)


def _named(region: Region, seals: Sequence[Box], blocks: Sequence[Box]) -> Region:
    """A pen's strokes in a signature block, or over a seal, are the signature."""
    signed = any(_holds(block, region.box) for block in blocks) or any(_same(region.box, seal) for seal in seals)
    return replace(region, kind="signature") if region.kind == "handwriting" and signed else region


def _holds(box: Box, other: Box) -> bool:
    """Whether a box holds the middle of another."""
    return box.x0 < (other.x0 + other.x1) / 2 < box.x1 and box.top < (other.top + other.bottom) / 2 < box.bottom


def _same(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min((box.x1 - box.x0) * (box.bottom - box.top) for box in (one, other))
    return across > 0 and down > 0 and across * down > _SAME * smaller


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(side * scale for side in _sides(box)))
