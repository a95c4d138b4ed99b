"""Flattened tables: columns from the header, rows by number, cells by what they look like."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.layout import Line, Page
from extract.obligations import flat_tables
from extract.obligations.columns import role_of
from extract.source import Source
from normalize.edits import Repaired

HEADER = "TT\nNội dung công việc\nĐơn vị chủ trì\nĐơn vị phối hợp\nSản phẩm\nThời hạn"
ROWS = """I.
Về thể chế
1.
Xây dựng quy chế tiếp công dân
Thanh tra tỉnh
Sở Tư pháp, Văn phòng UBND tỉnh
Quy chế
Quý II/2027
2.
Rà soát hồ sơ tồn đọng
Các sở, ban, ngành
Thanh tra tỉnh;
Sở Nội vụ
Báo cáo
Thường xuyên
2.1
Hồ sơ đất đai
6/2027
2.2
Hồ sơ nhà ở
Sở Xây dựng
12/2027
II.
Về tổ chức
3.
Kiện toàn tổ giúp việc
Sở Nội vụ
Quyết định kiện toàn
2027"""


def source(text: str) -> Source:
    pages = tuple(
        Page(number, 0, 0, tuple(Line(line) for line in page.split("\n")))
        for number, page in enumerate(text.split("\f"), 1)
    )
    document = Document("0" * 64, "x.txt", pages)
    return Source(document, Repaired.untouched(document.text))


def table(text: str) -> list[dict[str, str]]:
    made = source(text)
    return [
        {"number": row.number or "", "section": row.section or ""}
        | {role: " | ".join(span.of(made.text) for span in spans) for role, spans in row.cells.items()}
        for row in flat_tables.rows(made)[0]
    ]


def test_rows_are_found_with_missing_and_long_cells() -> None:
    found = table(f"Phụ lục\n{HEADER}\n{ROWS}\nChữ ký")
    assert [row["number"] for row in found] == ["1", "2", "2.1", "2.2", "3"]
    assert found[0] == {
        "number": "1",
        "section": "I",
        "task": "Xây dựng quy chế tiếp công dân",
        "lead": "Thanh tra tỉnh",
        "support": "Sở Tư pháp, Văn phòng UBND tỉnh",
        "result": "Quy chế",
        "time": "Quý II/2027",
    }
    assert found[1]["support"] == "Thanh tra tỉnh; | Sở Nội vụ"
    assert found[2] == {"number": "2.1", "section": "I", "task": "Hồ sơ đất đai", "time": "6/2027"}
    assert found[3] == {
        "number": "2.2",
        "section": "I",
        "task": "Hồ sơ nhà ở",
        "lead": "Sở Xây dựng",
        "time": "12/2027",
    }
    assert found[4]["result"] == "Quyết định kiện toàn"
    assert found[4]["section"] == "II"


def test_the_table_ends_at_its_last_time() -> None:
    made = source(f"{HEADER}\n{ROWS}\nNơi nhận:\n- Như trên.")
    assert flat_tables.rows(made)[1][0].of(made.text).endswith("Quyết định kiện toàn\n2027")


@pytest.mark.parametrize(
    "text",
    ["TT\nHọ và tên\nNgày sinh\n1.\nNguyễn Văn A\n1990", "1.\nNội dung\n2.\nThời hạn", HEADER],
    ids=["list of names", "no header", "header alone"],
)
def test_other_lists_are_no_task_tables(text: str) -> None:
    assert flat_tables.rows(source(text)) == ([], [])


def test_a_year_or_a_decimal_alone_on_a_line_is_no_row_number() -> None:
    found = table(f"{HEADER}\n1.\nLập đề án\nSở Y tế\nĐề án\n2027\n2.\nLập dự án\nSở Y tế\nDự án\n27.12\n2028")
    assert [row["number"] for row in found] == ["1", "2"]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("ĐƠN VỊ PHỐI HỢP", "support"),
        ("Thời gian thực hiện", "time"),
        ("Tiến độ hoàn thành", "time"),
        ("Nội dung thực hiện", "task"),
        ("Sản phẩm đầu ra", "result"),
        ("Ghi chú", "note"),
        ("Số TT", "index"),
        ("Họ và tên", None),
    ],
)
def test_header_words(header: str, role: str | None) -> None:
    assert role_of(header) == role


def test_every_row_of_the_given_appendix_is_found(seed_text) -> None:
    made = source(seed_text("004"))
    rows, covered = flat_tables.rows(made)
    assert len(rows) == 79
    assert len(covered) == 1
    assert sum("lead" not in row.cells for row in rows) == 6


@settings(max_examples=60)
@given(st.lists(st.sampled_from(f"{HEADER}\n{ROWS}\nI.\n11.5\n2025\n\n- x".split("\n")), max_size=60))
def test_shuffled_lines_never_crash(lines: list[str]) -> None:
    made = source("\n".join(lines))
    for row in flat_tables.rows(made)[0]:
        assert row.span.end <= len(made.text)
        assert "task" in row.cells
