"""Task tables in the styles that offices use: as pages hold them, and as lines of text draw them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from letters import MOTTO

from corpus.document import Document
from corpus.layout import Cell, Line, Page, Table, Word
from corpus.span import Span
from extract.facts import Facts
from extract.obligations.columns import role_of
from extract.pipeline import extract, load
from normalize.edits import Repaired

HEAD = """UBND TỈNH SÔNG NGÂN
SỞ NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 412/KH-SNV

Sông Ngân, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Cải cách chế độ công vụ năm 2026

Nhiệm vụ cụ thể như sau:

"""


def facts(text: str, tables: tuple[Table, ...] = ()) -> Facts:
    page = Page(1, 0, 0, tuple(Line(line) for line in text.split("\n")), tables)
    document = Document("0" * 64, "x.txt", (page,))
    return extract(load(), document, Repaired.untouched(document.text))


def of_grid(*drawn: str) -> Facts:
    """The facts of a page with a ruled table, and of those after it that go on with it.

    One row a line, cells between bars; «^» is merged with the cell above, «<» with the cell on the left.
    """
    lines = HEAD.split("\n")
    tables = [replace(_table(one, lines), continues=at > 0) for at, one in enumerate(drawn)]
    return facts("\n".join(lines), tuple(tables))


def _table(drawn: str, lines: list[str]) -> Table:
    rows = [[cell.strip() for cell in row.split("|")] for row in drawn.strip().split("\n")]
    cells: list[Cell] = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text in ("^", "<"):
                continue
            down = next((n for n in range(1, len(rows) - row) if rows[row + n][column] != "^"), len(rows) - row)
            over = next((n for n in range(1, len(texts) - column) if texts[column + n] != "<"), len(texts) - column)
            pieces = text.split(" / ") if text else []
            cells.append(Cell(row, column, Span(len(lines), len(lines) + len(pieces)), down, over))
            lines += pieces
    return Table(tuple(cells), len(rows), len(rows[0]))


def told(found: Facts) -> list[str]:
    """Each duty as «ref task → lead + support; due» with «!» before what is inherited."""
    duties = [fact.value for fact in found.obligations if fact.value.tier == "core"]
    return [
        f"{duty.ref or '-'} {duty.task} → {', '.join(duty.lead)} + {', '.join(duty.support)}; {duty.due or '-'}"
        + (f" !{','.join(duty.inherited)}" if duty.inherited else "")
        for duty in duties
    ]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param(
            """TT | Nội dung công việc | Đơn vị thực hiện | < | Thời gian | <
               ^ | ^ | Chủ trì | Phối hợp | Bắt đầu | Kết thúc
               (1) | (2) | (3) | (4) | (5) | (6)
               1 | Rà soát vị trí việc làm | Phòng Công chức | Văn phòng Sở | 01/2026 | 30/6/2026""",
            ["1 Rà soát vị trí việc làm → Phòng Công chức + Văn phòng Sở; 2026-06-30"],
            id="a header of two rows",
        ),
        pytest.param(
            """STT | Nhiệm vụ | Phân công | | Hoàn thành
               | | Chủ trì | Phối hợp |
               1 | Lập danh sách thi nâng ngạch | Phòng Công chức | Các sở, ban, ngành | 15/3/2026""",
            ["1 Lập danh sách thi nâng ngạch → Phòng Công chức + Các sở, ban, ngành; 2026-03-15"],
            id="a header of two rows whose merged cells were not seen",
        ),
        pytest.param(
            """TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn
               I | Về thể chế | < | <
               1 | Xây dựng quy chế thi đua | Sở Tư pháp | Quý II/2026
               II | Về tổ chức bộ máy | < | <
               1 | Sắp xếp các phòng | Sở Tài chính | Tháng 9/2026""",
            [
                "I.1 Xây dựng quy chế thi đua → Sở Tư pháp + ; 2026-06-30",
                "II.1 Sắp xếp các phòng → Sở Tài chính + ; 2026-09-30",
            ],
            id="section rows",
        ),
        pytest.param(
            """TT | Nhiệm vụ | Thời hạn
               I | Sở Y tế | <
               1 | Công khai giá dịch vụ | 30/4/2026
               II | Nhiệm vụ của Sở Xây dựng | <
               1 | Cấp phép qua mạng | 31/5/2026""",
            [
                "I.1 Công khai giá dịch vụ → Sở Y tế + ; 2026-04-30 !lead",
                "II.1 Cấp phép qua mạng → Sở Xây dựng + ; 2026-05-31 !lead",
            ],
            id="sections that are units",
        ),
        pytest.param(
            """TT | Nhiệm vụ | Chủ trì | Tiến độ
               I | Chuyển đổi số | Sở Khoa học và Công nghệ | Quý III/2026
               1 | Số hóa hồ sơ cán bộ | |
               2 | Cấp chữ ký số | Văn phòng Sở | 31/3/2026""",
            [
                "I.1 Số hóa hồ sơ cán bộ → Sở Khoa học và Công nghệ + ; 2026-09-30 !lead,due",
                "I.2 Cấp chữ ký số → Văn phòng Sở + ; 2026-03-31",
            ],
            id="a section row whose cells hold for its rows",
        ),
        pytest.param(
            """TT | Nhiệm vụ | Chủ trì | Tiến độ
               I | Số hóa hồ sơ cán bộ | Văn phòng Sở | Quý III/2026
               II | Cấp chữ ký số | Phòng Tổ chức | 31/3/2026""",
            [
                "I Số hóa hồ sơ cán bộ → Văn phòng Sở + ; 2026-09-30",
                "II Cấp chữ ký số → Phòng Tổ chức + ; 2026-03-31",
            ],
            id="rows with Roman numbers are tasks",
        ),
        pytest.param(
            """TT | Nội dung | Đơn vị chủ trì | Thời gian hoàn thành
               1 | Tổng hợp nhu cầu đào tạo | Phòng Đào tạo | 20/02/2026
               2 | Mở lớp bồi dưỡng | -nt- | Như trên
               3 | Báo cáo kết quả | Văn phòng Sở | 15/12/2026""",
            [
                "1 Tổng hợp nhu cầu đào tạo → Phòng Đào tạo + ; 2026-02-20",
                "2 Mở lớp bồi dưỡng → Phòng Đào tạo + ; 2026-02-20 !lead",
                "3 Báo cáo kết quả → Văn phòng Sở + ; 2026-12-15",
            ],
            id="cells that repeat the one above",
        ),
        pytest.param(
            """TT | Nhóm nhiệm vụ | Nhiệm vụ cụ thể | Đơn vị chủ trì | Thời gian
               1 | Tuyển dụng | Ban hành kế hoạch tuyển dụng | Phòng Tổ chức | 31/01/2026
               ^ | ^ | Tổ chức thi vòng một | Hội đồng tuyển dụng | 15/4/2026
               2 | Đánh giá | Sửa bộ tiêu chí | Phòng Công chức | Quý II/2026""",
            [
                "1 Tuyển dụng Ban hành kế hoạch tuyển dụng → Phòng Tổ chức + ; 2026-01-31",
                "1 Tổ chức thi vòng một → Hội đồng tuyển dụng + ; 2026-04-15",
                "2 Đánh giá Sửa bộ tiêu chí → Phòng Công chức + ; 2026-06-30",
            ],
            id="sub-rows beside a merged group",
        ),
        pytest.param(
            """TT | Nhiệm vụ | Lãnh đạo UBND tỉnh chỉ đạo | Cơ quan tham mưu | Cấp trình | Thời gian trình
               1 | Đề án tinh giản biên chế | Chủ tịch UBND tỉnh | Sở Nội vụ | Thường vụ Tỉnh ủy | Tháng 5/2026""",
            ["1 Đề án tinh giản biên chế → Sở Nội vụ + ; 2026-05-31"],
            id="who directs and who decides do not lead",
        ),
        pytest.param(
            """TT | Nhiệm vụ | Đơn vị chủ trì | Ghi chú
               1 | Gửi báo cáo biên chế về Sở trước ngày 10/6/2026 | UBND các xã, phường |""",
            ["1 Gửi báo cáo biên chế về Sở trước ngày 10/6/2026 → UBND các xã, phường + ; 2026-06-10"],
            id="a time within the task where no column has one",
        ),
    ],
)
def test_rows_of_ruled_tables(drawn: str, expected: list[str]) -> None:
    assert told(of_grid(drawn)) == expected


MARKDOWN = """| TT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn |
|:--:|---|---|---|---:|
| **I** | **Nhân sự** | | | |
| 1 | Lập hồ sơ viên chức | Phòng Tổ chức | Văn phòng Sở; Thanh tra Sở | 31/3/2026 |
| 2 | Đối chiếu bảng lương | Phòng Tài chính | | Quý IV/2026 |"""

DRAWN = """+----+----------------------+---------------+------------+
| TT | Nội dung             | Đơn vị        | Thời hạn   |
|    |                      | chủ trì       |            |
+----+----------------------+---------------+------------+
| 1  | Lập hồ sơ            | Phòng         | 31/3/2026  |
|    | viên chức            | Tổ chức       |            |
+----+----------------------+---------------+------------+
| 2  | Đối chiếu bảng lương | Phòng Kế toán | 30/11/2026 |
+----+----------------------+---------------+------------+"""

TABBED = """TT\tNội dung\tĐơn vị chủ trì\tThời hạn
1\tLập hồ sơ viên chức\tPhòng Tổ chức\t31/3/2026
2\tĐối chiếu bảng lương\tPhòng Kế toán\t30/11/2026"""

BOTH = [
    "1 Lập hồ sơ viên chức → Phòng Tổ chức + ; 2026-03-31",
    "2 Đối chiếu bảng lương → Phòng Kế toán + ; 2026-11-30",
]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param(
            MARKDOWN,
            [
                "I.1 Lập hồ sơ viên chức → Phòng Tổ chức + Văn phòng Sở, Thanh tra Sở; 2026-03-31",
                "I.2 Đối chiếu bảng lương → Phòng Tài chính + ; 2026-12-31",
            ],
            id="markdown",
        ),
        pytest.param(re.sub(r"^\| ?| ?\|$", "", MARKDOWN.replace("*", ""), flags=re.MULTILINE), None, id="open sides"),
        pytest.param(DRAWN, BOTH, id="frames"),
        pytest.param(TABBED, BOTH, id="tabs"),
    ],
)
def test_rows_of_tables_that_text_draws(drawn: str, expected: list[str] | None) -> None:
    assert told(facts(HEAD + drawn)) == (expected or told(facts(HEAD + MARKDOWN)))


@pytest.mark.parametrize(
    "text",
    [
        "UBND TỈNH\t\tCỘNG HÒA\tVIỆT NAM\nSỞ NỘI VỤ\t\tĐộc lập\tTự do\n",
        "| Họ tên | Chức vụ |\n|---|---|\n| Lê Thị Mơ | Trưởng phòng |",
    ],
    ids=["a letterhead with tabs", "a list of people"],
)
def test_other_columns_are_no_tasks(text: str) -> None:
    assert told(facts(HEAD + text)) == []


@pytest.mark.parametrize(
    ("role", "headers"),
    [
        (
            "lead",
            ["Cơ quan, đơn vị chủ trì", "Bộ phận thực hiện", "Người phụ trách", "Trách nhiệm", "Cơ quan tham mưu"],
        ),
        ("support", ["Đơn vị phối hợp thực hiện", "CQ phối hợp", "Phối hợp"]),
        ("both", ["Đơn vị chủ trì/phối hợp", "Đơn vị thực hiện, phối hợp"]),
        (
            "time",
            [
                "Tiến độ",
                "Mức đạt/Thời gian",
                "Hạn nộp",
                "Dự kiến hoàn thành",
                "Mốc thời gian",
                "Kỳ báo cáo",
                "Thời gian kết thúc",
            ],
        ),
        ("result", ["Sản phẩm dự kiến", "Kết quả", "Hình thức văn bản"]),
        ("task", ["Nhóm nhiệm vụ, giải pháp", "Tên báo cáo", "Các bước công việc", "Kiến nghị"]),
        ("other", ["Cấp trình", "Lãnh đạo Sở chỉ đạo", "Cơ quan ban hành", "Văn bản giao nhiệm vụ", "Ngày sinh"]),
        (None, ["Họ và tên", "Chức vụ", "Đơn vị tính", "Đơn vị công tác", "Số lượng"]),
    ],
)
def test_headers_tell_what_a_column_is_for(role: str | None, headers: list[str]) -> None:
    assert {header: role_of(header) for header in headers} == dict.fromkeys(headers, role)


def test_two_times_in_one_cell_are_two_deadlines() -> None:
    found = of_grid(
        """TT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn
           1 | Sơ kết, tổng kết phong trào | Văn phòng Sở | Sơ kết: trước 30/6/2026; / tổng kết: trước 15/12/2026"""
    )
    (duty,) = (fact.value for fact in found.obligations if fact.value.tier == "core")
    assert [str(found.deadlines[at].value.due) for at in duty.deadlines] == ["2026-06-30", "2026-12-15"]


def test_a_cell_doubted_on_the_image_makes_its_deadline_doubtful() -> None:
    words = (Word("Quý", 0, None, 0.95), Word("III/2026", 4, None, 0.2, ("II/2026",)))
    lines = [*map(Line, ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "1", "Cấp thẻ", "Văn phòng Sở"))]
    lines.append(Line("Quý III/2026", words))
    head = [Line(line) for line in HEAD.split("\n")]
    cells = tuple(Cell(at // 4, at % 4, Span(len(head) + at, len(head) + at + 1)) for at in range(8))
    page = Page(1, 0, 0, (*head, *lines), (Table(cells, 2, 4),), source="ocr")
    document = Document("0" * 64, "x.pdf", (page,))
    found = extract(load(), document, Repaired.untouched(document.text))
    assert [(str(fact.value.due), fact.needs_review) for fact in found.deadlines] == [("2026-09-30", True)]
    assert [fact.needs_review for fact in found.obligations] == [True]
    assert ("II/2026",) in [issue.alternatives for issue in found.issues]


def test_a_numbered_row_that_sounds_like_a_header_is_a_task() -> None:
    found = of_grid(
        """
        TT | Nhiệm vụ | Đơn vị chủ trì | Sản phẩm | Thời hạn
        1 | Rà soát vị trí việc làm của các cơ quan | Phòng Công chức | Bảng tổng hợp | Tháng 3/2026
        """,
        """
        2 | Tổ chức thực hiện khảo sát | Phòng Thanh tra | Báo cáo kết quả | Tháng 4/2026
        3 | Lập danh sách người thôi việc | Phòng Công chức | Danh sách | Tháng 5/2026
        """,
    )
    assert [duty.value.ref for duty in found.obligations] == ["1", "2", "3"]


def test_a_row_without_a_column_for_units_names_its_own() -> None:
    rows = ["| Ngày | Công việc |", "|---|---|"]
    rows += ["| 12/5/2026 | Phòng Đào tạo công bố lịch thi |", "| 15/5/2026 | Thi môn thứ nhất |"]
    found = [fact.value for fact in facts(f"{MOTTO}\nTHÔNG BÁO\nLịch thi\n\n" + "\n".join(rows) + "\n").obligations]
    assert [(duty.lead, str(duty.due)) for duty in found] == [(("Phòng Đào tạo",), "2026-05-12"), ((), "2026-05-15")]
