"""What of a table's lines is found and wiped, and what of its print must stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.tables.cells import version
from ocr.tables.grid import Grid, GridCell
from ocr.tables.ruled import ruled
from ocr.tables.sheets import sheet, sheets
from ocr.tables.unruled import unruled
from ocr.tables.wipe import without_walls
from tests.ocr.pages import row

if TYPE_CHECKING:
    from ocr.engine import GreyImage

DPI = 200
SCALE = DPI / 72
XS, YS = (60, 100, 300, 540), (200, 230, 260, 290)


def blank() -> GreyImage:
    return np.full((2339, 1654), 255, np.uint8)


def dots(image: GreyImage, x0: float, y0: float, x1: float, y1: float, on: int = 2, off: int = 2) -> None:
    """A dotted line between two places in points; dots and gaps in pixels."""
    for at in range(0, int(max(x1 - x0, y1 - y0) * SCALE), on + off):
        if x1 > x0:
            image[int(y0 * SCALE) : int(y0 * SCALE) + 2, int(x0 * SCALE) + at : int(x0 * SCALE) + at + on] = 40
        else:
            image[int(y0 * SCALE) + at : int(y0 * SCALE) + at + on, int(x0 * SCALE) : int(x0 * SCALE) + 2] = 40


def dotted_table(on: int, off: int) -> GreyImage:
    image = blank()
    for y in YS:
        dots(image, XS[0], y, XS[-1], y, on, off)
    for x in XS:
        dots(image, x, YS[0], x, YS[-1], on, off)
    return image


def test_dotted_and_dashed_lines_make_a_table() -> None:
    for on, off in ((2, 2), (6, 4), (10, 6)):
        (grid,) = ruled(dotted_table(on, off), DPI)
        assert (grid.rows, grid.columns) == (3, 3), (on, off)


def test_dots_to_be_filled_in_divide_no_cell() -> None:
    image = blank()
    for y in YS[::3]:
        cv2.line(image, (int(XS[0] * SCALE), int(y * SCALE)), (int(XS[-1] * SCALE), int(y * SCALE)), 0, 2)
    for x in XS:
        cv2.line(image, (int(x * SCALE), int(YS[0] * SCALE)), (int(x * SCALE), int(YS[-1] * SCALE)), 0, 2)
    dots(image, 110, 240, 290, 240)
    (grid,) = ruled(image, DPI)
    assert grid.rows == 1


def test_the_side_of_a_round_stamp_is_no_line() -> None:
    image = blank()
    for y in YS:
        cv2.line(image, (int(XS[0] * SCALE), int(y * SCALE)), (int(XS[-1] * SCALE), int(y * SCALE)), 0, 2)
    for x in XS:
        cv2.line(image, (int(x * SCALE), int(YS[0] * SCALE)), (int(x * SCALE), int(YS[-1] * SCALE)), 0, 2)
    cv2.circle(image, (int(470 * SCALE), int(282 * SCALE)), int(50 * SCALE), 0, 4)
    (grid,) = ruled(image, DPI)
    assert grid.columns == 3


def test_remains_of_a_dotted_line_are_wiped_and_marks_of_letters_stay() -> None:
    cell = np.full((80, 300), 255, np.uint8)
    cell[3:5, 0:300:4] = 40
    cell[3:5, 1:300:4] = 40
    cell[72:75, 60:63] = cell[72:75, 140:143] = 0  # dots below letters
    cell[40:60, 50:200] = 0
    wiped = without_walls(cell, DPI)
    assert wiped[:8].min() > 200
    assert (wiped[72:75, 60:63] == 0).all()
    assert (wiped[40:60, 60:190] == 0).all()


def one_row(image: GreyImage) -> Grid:
    """Three columns side by side: number, date, work."""
    boxes = [Box(x0, 200, x1, 240) for x0, x1 in ((60, 100), (100, 200), (200, 500))]
    return Grid(tuple(GridCell(0, at, box) for at, box in enumerate(boxes)), 1, 3, Box(60, 200, 500, 240))


def printed(image: GreyImage, text: str, x: float, grey: int = 0) -> None:
    cv2.putText(image, text, (int(x * SCALE), int(225 * SCALE)), cv2.FONT_HERSHEY_SIMPLEX, 0.9, grey, 2)


def test_a_row_number_stands_before_the_longest_text_and_not_before_a_date() -> None:
    image = blank()
    for text, x in (("1", 75), ("20/02", 110), ("sua may ghi o tram", 210)):
        printed(image, text, x)
    (pieces,) = sheets(image, [one_row(image)], DPI)
    tops = {piece.cell.column: piece.sheet[1] for piece in pieces}
    assert tops[0] < tops[2] + 40
    assert tops[1] not in range(tops[2] - 40, tops[2] + 40)


def test_pale_print_is_cut_out_whole() -> None:
    image = blank()
    for text, x in (("1", 75), ("20/02", 110), ("sua may ghi o tram", 210)):
        printed(image, text, x, grey=165)
    (pieces,) = sheets(image, [one_row(image)], DPI)
    ink = int(np.count_nonzero(image < 200))
    assert int(np.count_nonzero(sheet(pieces, DPI) < 200)) == ink


def test_what_was_not_read_makes_a_row_of_its_own() -> None:
    image = blank()
    words: list[ReadWord] = []
    for at in range(5):
        top = 200.0 + 18 * at
        for text, x in (("Trạm Sa", 80), ("Đội Một", 240), ("Tháng ba", 400)):
            its = row(text, x, top)
            words += [] if at == 2 else its
            for word in its:
                box = [round(edge * SCALE) for edge in (word.box.x0, word.box.top, word.box.x1, word.box.bottom)]
                cv2.rectangle(image, (box[0], box[1]), (box[2], box[3]), 0, -1)
    scaled = [
        ReadWord(w.text, Box(*(edge * SCALE for edge in (w.box.x0, w.box.top, w.box.x1, w.box.bottom))), w.confidence)
        for w in words
    ]
    (grid,) = unruled(scaled, [], image, DPI)
    assert (grid.rows, grid.columns) == (5, 3)


def test_the_cache_key_of_a_page_tells_where_its_cells_lie() -> None:
    one = one_row(blank())
    moved = Grid((*one.cells[:2], GridCell(0, 2, Box(200, 200, 480, 240))), 1, 3, one.box)
    assert version([]) != version([one]) != version([moved])
    assert version([one]) == version([one_row(blank())])
