"""Tables over page ends, and row numbers rebuilt by sequence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.layout import Box, Cell, Line, Page, Table, Word
from corpus.span import Span
from ocr.tables.joining import join, text_of
from ocr.tables.rownumbers import rebuild

HEAD = ["TT", "Việc", "Hạn"]


def page(number: int, rows: list[list[str]], *, before: str = "", after: str = "") -> Page:
    """A page of one table, perhaps with a line of text before and after it."""
    lines = [Line(before), Line("")] if before else []
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            start = len(lines)
            if text:
                lines.append(Line.of([Word(text, 0, Box(0, 0, 1, 1), 0.9)], "table"))
            cells.append(Cell(r, c, Span(start, len(lines))))
    table = Table(tuple(cells), len(rows), len(rows[0]), Box(60, 60, 540, 700))
    lines += [Line(""), Line(after)] if after else []
    return Page(number, 595, 842, tuple(lines), (table,))


def rows(found: Page) -> list[list[str]]:
    (table,) = found.tables
    return [[text_of(found, cell) for cell in table.cells if cell.row == r] for r in range(table.rows)]


def test_a_table_goes_on_and_its_repeated_header_is_left_out() -> None:
    one, two = join(
        [page(1, [HEAD, ["1", "Đo nước", "4/2031"]]), page(2, [["TT", "Viêc", "Hạn"], ["2", "Sửa máy", "5/2031"]])]
    )
    assert not one.tables[0].continues
    assert two.tables[0].continues
    assert rows(two) == [["2", "Sửa máy", "5/2031"]]
    assert [line.kind for line in two.lines] == ["furniture"] * 3 + ["table"] * 3


def test_a_row_without_number_continues_the_row_before() -> None:
    _, two = join(
        [page(1, [HEAD, ["1", "Đo nước ở các", "4/2031"]]), page(2, [HEAD, ["", "trạm", ""], ["2", "Sửa", ""]])]
    )
    assert [cell.continues for cell in two.tables[0].cells] == [True] * 3 + [False] * 3


@pytest.mark.parametrize(("before", "after"), [("Phụ lục II", ""), ("", "Nơi nhận:")])
def test_text_between_two_tables_keeps_them_apart(before: str, after: str) -> None:
    one = page(1, [HEAD, ["1", "Đo nước", ""]], after=after)
    two = page(2, [HEAD, ["1", "Sửa máy", ""]], before=before)
    assert not join([one, two])[1].tables[0].continues


def test_other_columns_are_another_table() -> None:
    two = page(2, [["Tên", "Số"], ["Trạm Sa", "4"]])
    moved = Page(2, 595, 842, two.lines, (Table(two.tables[0].cells, 2, 2, Box(150, 60, 400, 90)),))
    assert not join([page(1, [HEAD, ["1", "Đo nước", ""]]), moved])[1].tables[0].continues


def test_a_header_over_three_pages_is_known_on_the_third() -> None:
    pages = join([page(n, [HEAD, [str(n), "Đo nước", "4/2031"]]) for n in (1, 2, 3)])
    assert [rows(p)[-1][0] for p in pages] == ["1", "2", "3"]
    assert [p.tables[0].rows for p in pages] == [2, 1, 1]


@pytest.mark.parametrize(
    ("readings", "wanted"),
    [
        (["1", "2", "§", "4"], [None, None, "3", None]),
        (["l", "2", "3"], ["1", None, None]),
        (["*,", "Kh", "KS", "4.", "5."], ["1.", "2.", "3.", None, None]),
        (["9", "10", "I1", "12"], [None, None, "11", None]),
        (["10.", "10.1", "102", "10.3"], [None, None, "10.2", None]),
        (["I", "1", "2", "H", "3"], [None, None, None, None, None]),
    ],
)
def test_numbers_are_told_by_their_neighbours(readings: list[str], wanted: list[str | None]) -> None:
    assert rebuild(readings) == wanted


@pytest.mark.parametrize("readings", [["Trạm Sa", "Đội Hai"], ["1", "", "3"], ["4", "9", "2"], ["2", "x"], []])
def test_nothing_is_invented(readings: list[str]) -> None:
    assert rebuild(readings) == [None] * len(readings)


def test_a_rebuilt_number_keeps_what_was_read() -> None:
    (one,) = join([page(1, [HEAD, ["1", "a", ""], ["Z", "b", ""], ["3", "c", ""], ["4", "d", ""]])])
    word = next(line for line in one.lines if line.text == "2").words[0]
    assert word.readings == ("Z",)
    assert word.confidence == 0.5


def test_a_column_of_numbers_is_known_without_its_heading() -> None:
    (one,) = join([page(1, [["x4", "Việc", ""], ["1", "a", ""], ["2", "b", ""], ["§", "c", ""], ["4", "d", ""]])])
    assert [row[0] for row in rows(one)] == ["x4", "1", "2", "3", "4"]


def test_numbers_are_counted_through_pages_and_past_section_headings() -> None:
    first = page(1, [HEAD, ["?", "a", ""], ["G)", "b", ""]])
    second = page(2, [["I. Các trạm", "", ""], ["?", "c", ""], ["4", "d", ""], ["5", "e", ""]])
    (table,) = second.tables
    cells = tuple(
        replace(cell, column_span=3) if (cell.row, cell.column) == (0, 0) else cell
        for cell in table.cells
        if cell.row or cell.column == 0
    )
    found = join([first, replace(second, tables=(replace(table, cells=cells),))])
    numbers = [text_of(p, cell) for p in found for cell in p.tables[0].cells if cell.column == 0]
    assert numbers == ["TT", "1", "2", "I. Các trạm", "3", "4", "5"]


def test_a_row_that_goes_on_does_not_break_the_count() -> None:
    first = page(1, [HEAD, ["?", "a", ""], ["?", "b", ""]])
    second = page(2, [HEAD, ["", "b, tiếp", ""], ["3", "c", ""], ["4", "d", ""]])
    found = join([first, second])
    assert [row[0] for p in found for row in rows(p)] == ["TT", "1", "2", "", "3", "4"]


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (["¬", "tt", "+"], ["1", "2", "3"]),
        (["?", "2", "®"], ["1", None, "3"]),
        (["?", "7", "®"], [None, None, None]),
        (["¬", "", "+"], [None, None, None]),
        (["¬", "Nguyễn Văn", "+"], [None, None, None]),
    ],
)
def test_rows_of_a_numbered_column_are_counted_where_none_was_read(
    readings: list[str], expected: list[str | None]
) -> None:
    assert rebuild(readings, from_one=True) == expected
    assert rebuild(readings) == [None] * len(readings)
