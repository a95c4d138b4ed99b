"""Two pages on one sheet, set from invented words."""

from __future__ import annotations

import pytest

from corpus.layout import Box, Word
from ocr.arrange import arrange
from ocr.engine import ReadWord
from ocr.layout.spread import gutter
from ocr.tables.grid import Grid
from tests.ocr.pages import centred, row

A3 = (1190.0, 842.0)
LINE = "Các đơn vị thuộc Sở chủ động rà soát kế hoạch của mình và báo"


def side(left, name, *, lines=14):
    """A page's text of 335 points, from ``left``, with a page number above."""
    words = centred(name, left + 168, 40)
    for at in range(lines):
        words += row(f"{name}.{at:02d} {LINE}", left, 80 + 18 * at)
    return words


def sheet():
    return side(70, "4") + side(690, "5")


def texts(words, size=A3, **more):
    found = arrange(words, image=None, dpi=72, width=size[0], height=size[1], **more)
    return [line.text for line in found.lines if line.text]


def placed(words):
    return [Word(word.text, 0, word.box, word.confidence) for word in words]


def test_the_left_page_is_read_before_the_right_one():
    read = texts(sheet())
    assert len(read) == 30
    assert all(text.startswith("4") for text in read[:15])
    assert all(text.startswith("5") for text in read[15:])


def test_each_page_keeps_its_own_number_as_furniture():
    found = arrange(sheet(), image=None, dpi=72, width=A3[0], height=A3[1])
    assert [line.text for line in found.lines if line.kind == "furniture"] == ["4", "5"]


def test_each_page_has_its_own_header_columns():
    right = side(690, "5", lines=12)
    left = row("SỞ NỘI VỤ", 90, 50) + row("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 210, 50)
    left += row("Số: 15/SNV", 90, 66) + row("Độc lập - Tự do - Hạnh phúc", 240, 66)
    left += [word for word in side(70, "4", lines=12) if word.box.top > 75]
    read = texts(left + right)
    assert read[:4] == ["SỞ NỘI VỤ", "Số: 15/SNV", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert read[-1].startswith("5.11")


def test_the_shadow_of_the_fold_is_no_text():
    shadow = [ReadWord("Ì", Box(590, 100 + 40 * at, 596, 130 + 40 * at), 0.3) for at in range(6)]
    assert gutter(placed(sheet() + shadow), [], *A3) == pytest.approx(547.5, abs=60)


def test_a_portrait_page_in_two_columns_is_one_page():
    assert gutter(placed(side(70, "4")), [], 842, 1190) is None


def test_a_table_over_the_middle_is_one_page():
    grid = Grid((), 1, 2, Box(60, 60, 1100, 400))
    assert gutter(placed(sheet()), [grid], *A3) is None


def test_narrow_columns_are_cells_of_a_table():
    words = []
    for at in range(14):
        words += row("Ban hành kế hoạch" if at % 3 else "Rà soát", 70, 80 + 18 * at)
        words += row("Sở Y tế" if at % 2 else "Các phòng chuyên môn thuộc Sở", 700, 80 + 18 * at)
    assert gutter(placed(words), [], *A3) is None


def test_a_heading_across_the_middle_keeps_a_page_whole():
    words = sheet() + centred("DANH MỤC NHIỆM VỤ GIAO CÁC ĐƠN VỊ TRONG NĂM", 595, 20)
    assert gutter(placed(words), [], *A3) is None
