"""Tables drawn on an image: cells found, words put into them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from corpus.layout import Box
from ocr.arrange import Arranged, arrange
from ocr.engine import ReadWord
from ocr.tables.cells import read_page
from ocr.tables.ruled import ruled
from tests.ocr.pages import body, row

if TYPE_CHECKING:
    from ocr.engine import GreyImage

DPI = 150
XS = (60, 100, 300, 420, 540)
YS = (200, 230, 290, 320, 380)


def sheet(grey: int = 60) -> GreyImage:
    """An A4 page with one ruled table; the second row is one cell from the second column on."""
    image = np.full((1754, 1240), 255, np.uint8)
    for y in YS:
        line(image, XS[0], y, XS[-1], y, grey)
    for index, x in enumerate(XS):
        for top, bottom in pairwise(YS):
            if not (1 < index < len(XS) - 1 and top == YS[1]):
                line(image, x, top, x, bottom, grey)
    return image


def line(image: GreyImage, x0: float, y0: float, x1: float, y1: float, grey: int) -> None:
    scale = DPI / 72
    cv2.line(image, (int(x0 * scale), int(y0 * scale)), (int(x1 * scale), int(y1 * scale)), grey, 2)


def pixels(words: list[ReadWord]) -> list[ReadWord]:
    scale = DPI / 72
    return [
        ReadWord(w.text, Box(w.box.x0 * scale, w.box.top * scale, w.box.x1 * scale, w.box.bottom * scale), w.confidence)
        for w in words
    ]


def words() -> list[ReadWord]:
    return (
        body(["Danh mục việc phải làm trong mùa cạn của các trạm"], 150)
        + row("TT", 70, 210) + row("Việc", 110, 210) + row("Đơn vị", 310, 210) + row("Hạn", 430, 210)
        + row("I", 70, 250) + row("Đo mực nước ở các trạm", 110, 250)
        + row("1", 70, 300) + row("Kiểm tra thước", 110, 300) + row("Trạm Sa", 310, 300) + row("4/2031", 430, 300)
        + row("2", 70, 345) + row("Sửa máy ghi", 110, 340) + row("và thay pin", 110, 356) + row("Đội Hai", 310, 345)
        + body(["Các trạm báo cáo khi xong."], 420)
    )  # fmt: skip


def read(image: GreyImage | None) -> Arranged:
    return arrange(pixels(words()), image=image, dpi=DPI, width=595, height=842)


@pytest.mark.parametrize("grey", [60, 160])
def test_lines_give_cells_and_merged_cells(grey: int) -> None:
    (grid,) = ruled(sheet(grey), DPI)
    assert (grid.rows, grid.columns) == (4, 4)
    assert [(c.row, c.column, c.column_span) for c in grid.cells if c.column_span > 1] == [(1, 1, 3)]
    assert abs(grid.box.x0 - XS[0]) < 1
    assert abs(grid.box.bottom - YS[-1]) < 1


def test_text_underlines_and_a_boxed_word_are_no_table() -> None:
    image = np.full((1754, 1240), 255, np.uint8)
    line(image, 100, 100, 180, 100, 0)
    line(image, 300, 100, 480, 100, 0)
    cv2.rectangle(image, (250, 400), (450, 450), 0, 2)
    assert ruled(image, DPI) == []


def test_cells_hold_their_lines_row_by_row() -> None:
    page = read(sheet())
    (table,) = page.tables
    held = {(c.row, c.column): [entry.text for entry in page.lines[c.lines.start : c.lines.end]] for c in table.cells}
    assert held[0, 3] == ["Hạn"]
    assert held[1, 1] == ["Đo mực nước ở các trạm"]
    assert held[3, 1] == ["Sửa máy ghi", "và thay pin"]
    assert held[3, 3] == []
    first, last = table.cells[0].lines.start, table.cells[-1].lines.end
    assert page.lines[first - 1].text == page.lines[last].text == ""
    assert {entry.kind for entry in page.lines[first:last]} == {"table"}
    assert page.lines[-1].text == "Các trạm báo cáo khi xong."


def test_without_image_the_same_words_are_plain_lines() -> None:
    assert read(None).tables == ()


class Eyes:
    """An engine that sees every dark blob a cell's height apart as a word and tells where it is."""

    name, version = "eyes", "1"

    def __init__(self) -> None:
        self.images: list[tuple[int, ...]] = []

    def read(self, image: GreyImage, *, dpi: int, timeout: float) -> Sequence[ReadWord]:
        self.images.append(image.shape)
        dark = cv2.dilate(np.asarray(image < 150, np.uint8), np.ones((5, 5), np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
        return [
            ReadWord(str(index), Box(x, y, x + w, y + h), 0.9)
            for index, (x, y, w, h, _) in enumerate(stats[1:].tolist())
        ]


def test_cells_are_read_on_a_sheet_and_words_come_back_to_their_places() -> None:
    image = sheet()
    spots = [(75, 210), (430, 300), (350, 350)]
    for x, y in [*spots, (100, 600)]:
        left, top, right, bottom = (int(edge * DPI / 72) for edge in (x, y, x + 20, y + 8))
        cv2.rectangle(image, (left, top), (right, bottom), 0, -1)
    engine = Eyes()
    found = read_page(engine, image, dpi=DPI, timeout=9)
    middles = sorted(((w.box.x0 + w.box.x1) / 2 * 72 / DPI, (w.box.top + w.box.bottom) / 2 * 72 / DPI) for w in found)
    wanted = sorted((x + 10, y + 4) for x, y in [*spots, (100, 600)])
    assert len(engine.images) == 2
    assert np.allclose(middles, wanted, atol=1.5)


def test_a_page_without_tables_is_read_as_it_is() -> None:
    image = np.full((400, 400), 255, np.uint8)
    engine = Eyes()
    read_page(engine, image, dpi=DPI, timeout=9)
    assert engine.images == [(400, 400)]
