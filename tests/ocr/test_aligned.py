"""Tables without lines are found where columns are plain, and not in running text."""

from __future__ import annotations

from corpus.layout import Line, Page
from ocr.arrange import Arranged
from ocr.tables.joining import text_of
from tests.ocr.pages import body, read, row

ROWS = [
    ("TT", "Trạm", "Bậc", "Số máy"),
    ("1", "Sa Khao", "hai", "4"),
    ("2", "Nậm Pung và", "một", "12"),
    ("", "Nậm Ngà", "", ""),
    ("3", "Tà Xi", "ba", "7"),
]
PARAGRAPH = [
    "Sở Thủy văn đề nghị các trạm đo mực nước trên sông kiểm tra thước đo,",
    "máy ghi và hồ sơ theo dõi trong quý này rồi báo cáo kết quả bằng văn bản về",
    "Sở để tổng hợp.",
]


def table(top: float = 200.0) -> list:
    words = []
    for index, cells in enumerate(ROWS):
        for text, x in zip(cells, (90, 140, 280, 400), strict=True):
            words += row(text, x, top + index * 16)
    return words


def cells(found: Arranged) -> dict[tuple[int, int], str]:
    (only,) = found.tables
    page = Page(1, 595, 842, found.lines)
    return {(cell.row, cell.column): text_of(page, cell) for cell in only.cells}


def test_rows_that_keep_to_columns_are_a_table_without_lines() -> None:
    found = read(body(PARAGRAPH, 100) + table() + body(PARAGRAPH, 320))
    assert found.tables[0].ruled is False
    assert (found.tables[0].rows, found.tables[0].columns) == (4, 4)
    assert cells(found)[2, 1] == "Nậm Pung và Nậm Ngà"
    assert cells(found)[3, 3] == "7"
    assert [line.text for line in found.lines[:3]] == PARAGRAPH
    assert [line.text for line in found.lines[-3:]] == PARAGRAPH


def test_cells_are_kept_apart_from_the_text_around_by_empty_lines() -> None:
    found = read(body(PARAGRAPH, 100) + table() + body(PARAGRAPH, 320))
    spans = [cell.lines for cell in found.tables[0].cells]
    before, after = min(span.start for span in spans), max(span.end for span in spans)
    assert found.lines[before - 1] == found.lines[after] == Line("")


def test_justified_text_with_wide_gaps_is_no_table() -> None:
    lines = [
        "các trạm    đo mực nước     trên sông",
        "chính    của tỉnh    nhà phải đo",
        "đều     hai lần    mỗi ngày nay",
    ]
    words = []
    for index, text in enumerate(lines):
        x = 80.0
        for piece in text.split("    "):
            words += row(piece, x, 200 + index * 16)
            x += 5.4 * len(piece) + 26
    assert read(words).tables == ()


def test_labels_with_values_in_two_columns_are_read_across() -> None:
    words = []
    for index, (label, value) in enumerate([("Họ tên:", "Lò Thị Mến"), ("Đơn vị:", "Trạm Sa Khao"), ("Bậc:", "hai")]):
        words += row(label, 80, 200 + index * 16) + row(value, 200, 200 + index * 16)
    found = read(words)
    assert found.tables == ()
    assert "Đơn vị: Trạm Sa Khao" in [line.text for line in found.lines]
