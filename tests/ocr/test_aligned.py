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


def spread(lines: list[tuple[float, list[tuple[str, float]]]]) -> list:
    """Pieces at their places: (top, [(text, left)])."""
    return [word for top, pieces in lines for text, x in pieces for word in row(text, x, top)]


def test_lines_of_a_cell_are_told_from_rows_by_their_distance() -> None:
    lines = [
        (200.0, [("Việc", 80), ("Ai làm", 280), ("Khi nào", 430)]),
        (220.0, [("Đo mực nước ở trạm", 80), ("Đội Một", 280), ("Tháng 3", 430)]),
        (233.0, [("đầu nguồn", 80)]),
        (253.0, [("Thay pin máy ghi", 80), ("Đội Hai, nhờ", 280), ("Tháng 4", 430)]),
        (266.0, [("Trạm Sa Khao", 280)]),
        (286.0, [("Sơn cột thước", 80), ("Đội Ba", 280), ("Tháng 5", 430)]),
    ]
    found = cells(read(body(PARAGRAPH, 100) + spread(lines) + body(PARAGRAPH, 320)))
    assert found[1, 0] == "Đo mực nước ở trạm đầu nguồn"
    assert found[2, 1] == "Đội Hai, nhờ Trạm Sa Khao"
    assert (found[3, 0], found[3, 2]) == ("Sơn cột thước", "Tháng 5")


def test_a_number_in_the_middle_of_its_row_keeps_the_row_whole() -> None:
    lines = [
        (200.0, [("TT", 80), ("Việc", 120), ("Ai làm", 280), ("Hạn", 430)]),
        (220.0, [("Đo mực nước ở", 120)]),
        (226.5, [("1", 80), ("Đội Một", 280), ("Tháng 3", 430)]),
        (233.0, [("trạm đầu nguồn", 120)]),
        (253.0, [("Thay pin", 120)]),
        (259.5, [("2", 80), ("Đội Hai", 280), ("Tháng 4", 430)]),
        (266.0, [("máy ghi", 120)]),
        (286.0, [("3", 80), ("Sơn cột thước", 120), ("Đội Ba", 280), ("Tháng 5", 430)]),
    ]
    found = cells(read(spread(lines)))
    assert (found[1, 0], found[1, 1]) == ("1", "Đo mực nước ở trạm đầu nguồn")
    assert (found[2, 0], found[2, 1], found[2, 3]) == ("2", "Thay pin máy ghi", "Tháng 4")


def test_headings_over_several_columns_make_wide_cells() -> None:
    lines = [
        (200.0, [("Trạm", 90), ("Số lần đo trong năm", 240), ("Ghi chú", 450)]),
        (214.0, [("Mùa lũ", 230), ("Mùa cạn", 320)]),
        (234.0, [("Sa Khao", 90), ("40", 235), ("12", 325), ("đủ", 450)]),
        (252.0, [("Tà Xi", 90), ("38", 235), ("11", 325), ("thiếu", 450)]),
        (270.0, [("Các trạm mới dựng trong năm nay của tỉnh", 90)]),
        (288.0, [("Nậm Ngà", 90), ("21", 235), ("9", 325), ("đủ", 450)]),
    ]
    (table,) = read(spread(lines)).tables
    wide = {(cell.row, cell.column): cell.column_span for cell in table.cells if cell.column_span > 1}
    assert wide.get((0, 1)) == 2
    assert any(span >= 3 for span in wide.values())


def test_times_of_day_with_dashes_are_one_column() -> None:
    times = [
        ("Giờ", "Nội dung", "Ai nói"),
        ("7h30 - 8h00", "Đón khách", "Ban Tổ chức"),
        ("8h00 - 8h15", "Khai mạc", "Chủ tọa"),
    ]
    times += [("8h15 - 9h00", "Nghe kể chuyện đo lũ ở thượng nguồn", "Trạm Sa Khao"), ("9h00 - 9h10", "Nghỉ", "")]
    lines = [
        (200.0 + 18 * at, [(text, x) for text, x in zip(cells_, (80, 180, 420), strict=True) if text])
        for at, cells_ in enumerate(times)
    ]
    found = cells(read(spread(lines)))
    assert (found[3, 0], found[3, 2]) == ("8h15 - 9h00", "Trạm Sa Khao")


def test_texts_below_three_pictures_are_read_one_after_the_other() -> None:
    columns = [
        ["Đường dẫn thứ nhất", "dành cho các trạm", "gửi số đo hằng ngày"],
        ["Đường dẫn thứ hai", "để tải mẫu biểu", "và bản vẽ cột"],
        ["Đường dẫn thứ ba", "hỏi đáp về máy ghi", "mới thay trong năm"],
    ]
    lines = [(300.0 + 13 * at, [(column[at], 80.0 + 160 * i) for i, column in enumerate(columns)]) for at in range(3)]
    found = read(body(PARAGRAPH, 100) + spread(lines))
    assert found.tables == ()
    assert [line.text for line in found.lines if line.text][3:] == [text for column in columns for text in column]
