"""From the engine's straightened image back to the page as it is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.layout import Box

if TYPE_CHECKING:
    from corpus.layout import Line, Region, Table, Word
    from ocr.image.picture import Picture
    from ocr.recognise import Recognised


@dataclass(frozen=True, slots=True)
class Placing:
    """Moves boxes by an offset in points and turns them back by the skew about a centre."""

    dx: float
    dy: float
    angle: float
    middle: tuple[float, float]

    @staticmethod
    def of(picture: Picture, read: Recognised, width: float, height: float) -> Placing:
        """For a picture that fills ``picture.box`` of a stored page of ``width`` × ``height`` points."""
        box = picture.box
        left, top, right, bottom = box.x0, box.top, width - box.x1, height - box.bottom
        offsets = {0: (left, top), 90: (bottom, left), 180: (right, bottom), 270: (top, right)}
        rows, columns = read.grey.shape
        scale = 72 / read.dpi
        return Placing(*offsets[read.rotation % 360], read.angle, (columns / 2 * scale, rows / 2 * scale))

    def box(self, box: Box) -> Box:
        """The box on the page; a tilted one becomes the upright box about its centre, of the same size."""
        cx, cy = (box.x0 + box.x1) / 2 - self.middle[0], (box.top + box.bottom) / 2 - self.middle[1]
        sin, cos = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))
        x = self.middle[0] + cx * cos + cy * sin + self.dx
        y = self.middle[1] - cx * sin + cy * cos + self.dy
        across, down = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
        return Box(round(x - across, 2), round(y - down, 2), round(x + across, 2), round(y + down, 2))

    def back(self, box: Box) -> Box:
        """The box on the straightened image of a box on the page: what :meth:`box` undoes."""
        undo = Placing(0.0, 0.0, -self.angle, self.middle)
        return undo.box(Box(box.x0 - self.dx, box.top - self.dy, box.x1 - self.dx, box.bottom - self.dy))

    def line(self, line: Line) -> Line:
        """The line with its words placed; its own box covers them."""
        words = tuple(map(self.word, line.words))
        cover: Box | None = None
        for word in words:
            if word.box is not None:
                cover = word.box if cover is None else cover.cover(word.box)
        return replace(line, words=words, box=cover)

    def word(self, word: Word) -> Word:
        """The word placed."""
        return word if word.box is None else replace(word, box=self.box(word.box))

    def table(self, table: Table) -> Table:
        """The table and its cells placed."""
        cells = tuple(replace(cell, box=self.box(cell.box)) if cell.box else cell for cell in table.cells)
        return replace(table, cells=cells, box=self.box(table.box) if table.box else None)

    def region(self, region: Region) -> Region:
        """The region placed."""
        return replace(region, box=self.box(region.box))
