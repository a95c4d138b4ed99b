"""Pages with tables by kind, for `bench/table_kinds.py`: what is in them is invented."""

# ruff: noqa: E501 -- sentences are not broken
from __future__ import annotations

from made_tables import CellSpec, MadePage, MadeTable, Merged

TASK_HEAD = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Sản phẩm", "Thời gian hoàn thành")
TASKS = (
    (
        "Kiểm kê phao tiêu, biển báo trên các tuyến đường thủy do huyện quản lý",
        "Phòng Quản lý đô thị",
        "Các xã ven sông",
        "Báo cáo",
        "Quý I/2027",
    ),
    ("Thay áo phao đã hết hạn ở bến đò ngang", "Trạm Cảng vụ số 3", "Chủ bến", "Biên bản bàn giao", "15/3/2027"),
    (
        "Lập danh sách người lái đò chưa có chứng chỉ, mở lớp học vào mùa khô",
        "Trung tâm Giáo dục nghề nghiệp",
        "Công an huyện",
        "Danh sách, kế hoạch mở lớp",
        "Trước ngày 30/4/2027",
    ),
    ("Dựng cột đo mực nước tại chân cầu Nà Sản", "Ban Quản lý chợ nổi", "Đài Khí tượng", "Cột đo", "Tháng 5/2027"),
    (
        "Tập huấn cứu người đuối nước cho giáo viên thể dục",
        "Phòng Giáo dục và Đào tạo",
        "Huyện đoàn",
        "Lớp tập huấn",
        "Hằng năm",
    ),
    ("Phát tờ rơi về mùa lũ tới từng hộ ở bãi bồi", "Đài Truyền thanh huyện", "Hội Phụ nữ", "Tờ rơi", "Thường xuyên"),
    (
        "Đo vẽ lại luồng lạch đoạn ngã ba Sông Vàng",
        "Trạm Cảng vụ số 3",
        "Phòng Tài nguyên",
        "Bản đồ luồng",
        "20/8/2027",
    ),
    (
        "Rà soát bến không phép, đề xuất đóng hoặc nâng cấp",
        "Ủy ban nhân dân các xã",
        "Phòng Quản lý đô thị",
        "Tờ trình",
        "Quý III/2027",
    ),
    ("Sơ kết, khen người cứu hộ", "Văn phòng huyện", "Các phòng, ban", "Báo cáo sơ kết", "10/12/2027"),
)
COUNT_HEAD = ("STT", "Bến", "Số đò", "Sức chở (người)", "Lượt khách", "Tỷ lệ (%)")
COUNTS = (
    ("Nà Sản", "12", "144", "18.250", "92,5"),
    ("Cồn Én", "7", "63", "9.417", "88,1"),
    ("Vàm Láng", "23", "402", "51.366", "97,0"),
    ("Bãi Xép", "4", "32", "2.085", "71,4"),
    ("Thạnh Hới", "15", "180", "22.930", "90,8"),
    ("Rạch Gốc", "9", "95", "11.002", "85,3"),
    ("Tân Nhuận", "31", "527", "64.719", "98,2"),
    ("Mương Khai", "6", "48", "", "79,9"),
)
BEFORE = "<p>Phòng Quản lý đô thị gửi kèm bảng dưới đây để các xã đối chiếu với sổ theo dõi bến đò của mình, chỗ nào lệch thì ghi vào cột cuối rồi gửi trả trong tuần.</p>"
AFTER = "<p>Xã nào không có bến đò thì báo lại bằng một dòng, không cần kẻ bảng. Mọi vướng mắc xin gọi về bộ phận đường thủy của Phòng trong giờ làm việc.</p>"
TITLE = "<h3>PHỤ LỤC<br>VIỆC CẦN LÀM TRÊN CÁC TUYẾN SÔNG</h3>"
SIX, NUMBERS = (6, 30, 17, 15, 15, 17), ("n", "", "r", "r", "r", "r")
SEAL = '<div class="seal {}" style="margin:{}mm 0 0 {}mm">HUYỆN SÔNG VÀNG</div>'


def tasks(first: int = 0, last: int = len(TASKS), *, head: bool = True) -> list[tuple[CellSpec, ...]]:
    """Numbered task rows, below their head."""
    rows: list[tuple[CellSpec, ...]] = [TASK_HEAD] if head else []
    return rows + [(str(at + 1), *TASKS[at]) for at in range(first, last)]


def counts(first: int = 0, last: int = len(COUNTS)) -> list[tuple[CellSpec, ...]]:
    """Numbered rows of figures, below their head."""
    return [COUNT_HEAD, *((str(at + 1), *COUNTS[at]) for at in range(first, last))]


def task_table(style: str = "", first: int = 0, last: int = len(TASKS), *, head: bool = True) -> MadeTable:
    """Tasks as they are usually set."""
    return MadeTable(tasks(first, last, head=head), style, int(head), ("n",), SIX)


def count_table(style: str = "") -> MadeTable:
    """Figures as they are usually set."""
    return MadeTable(counts(), style, 1, NUMBERS)


def page(*parts: str | MadeTable, wide: bool = False, turn: int = 0) -> MadePage:
    """A page with a sentence above and below its tables."""
    return MadePage((BEFORE, *parts, AFTER), wide, turn)


def merged_rows() -> MadeTable:
    """One office and one date over several tasks."""
    rows: list[tuple[CellSpec, ...]] = [("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn")]
    for at, (task, lead, *_, due) in enumerate(TASKS):
        cells: list[CellSpec] = [str(at + 1), task]
        if at % 3 == 0:
            cells += [Merged(lead, rows=3), Merged(due, rows=2)]
        elif at % 3 == 2:
            cells.append(due)
        rows.append(tuple(cells))
    return MadeTable(rows, columns=("n", "", "", "n"), widths=(7, 50, 25, 18))


def sections(style: str = "") -> MadeTable:
    """Section rows over all columns between the tasks, and such with a number of their own."""
    rows = tasks()
    rows.insert(1, (Merged("A. VIỆC TRÊN BỜ", columns=6),))
    rows.insert(5, ("II", Merged("Việc dưới nước", columns=5)))
    return MadeTable(rows, style, 1, ("n",), SIX)


def two_storeys(style: str = "") -> MadeTable:
    """A header of two storeys, and one of three."""
    head: list[tuple[CellSpec, ...]] = [
        (
            Merged("TT", rows=2),
            Merged("Bến", rows=2),
            Merged("Phương tiện", columns=2),
            Merged("Kết quả năm 2026", columns=2),
        ),
        ("Số đò", "Sức chở", "Lượt khách", "Tỷ lệ (%)"),
    ]
    return MadeTable([*head, *counts()[1:]], style, 2, NUMBERS)


def empty_cells() -> MadeTable:
    """A form that is filled in only here and there, with a column that is empty throughout."""
    rows: list[tuple[CellSpec, ...]] = [("STT", "Họ và tên", "Chức vụ", "Bến", "Ký nhận", "Ghi chú")]
    people = ("Lò Văn Thành", "Hà Thị Nụ", "Vi Đức Bảo", "Cầm Thị Sương", "Quàng Văn Ơn", "Tòng Thị Mây")
    for at, name in enumerate(people):
        rows.append((str(at + 1), name, "Chủ đò" if at % 2 else "", COUNTS[at][0], "", "Nghỉ" if at == 4 else ""))
    rows.append(("", "Cộng", "", "6 bến", "", ""))
    return MadeTable(rows, "loose", 1, ("n",), (8, 27, 17, 17, 15, 16))


def few_columns() -> MadeTable:
    """Four columns without lines, cells of several lines."""
    rows: list[tuple[CellSpec, ...]] = [("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn")]
    rows += [(str(at + 1), task, lead, due) for at, (task, lead, *_, due) in enumerate(TASKS)]
    return MadeTable(rows, "bare", 1, ("n", "", "", "n"), (8, 45, 27, 20))


def unnumbered() -> MadeTable:
    """Without lines and without numbers: the first column's cells run over several lines."""
    rows: list[tuple[CellSpec, ...]] = [("Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn")]
    rows += [(task, lead, due) for task, lead, *_, due in TASKS]
    return MadeTable(rows, "bare loose", 1, ("", "", "n"), (50, 28, 22))


def schedule() -> MadeTable:
    """A timetable without lines: time, content, who."""
    rows: list[tuple[CellSpec, ...]] = [("Thời gian", "Nội dung", "Người trình bày")]
    hours = ("7h30 - 8h00", "8h00 - 8h15", "8h15 - 9h00", "9h00 - 9h45", "9h45 - 10h00", "10h00 - 11h15")
    whats = (
        "Đón tiếp đại biểu",
        "Khai mạc",
        "Báo cáo về an toàn bến đò và việc đăng ký phương tiện nhỏ trong ba năm qua",
        "Tham luận của các xã ven sông về phao cứu sinh",
        "Giải lao",
        "Thảo luận",
    )
    whos = ("Ban Tổ chức", "Lãnh đạo huyện", "Phòng Quản lý đô thị", "Xã Cồn Én, xã Vàm Láng", "", "Chủ tọa")
    return MadeTable([*rows, *zip(hours, whats, whos, strict=True)], "bare", 1, ("", "", ""), (20, 52, 28))


CUT = [
    (
        "9",
        "Sơ kết, khen người cứu hộ đã có công giữ bến trong ba mùa lũ vừa qua và những chủ đò tự nguyện",
        "Văn phòng huyện phối hợp",
        "Các phòng,",
        "Báo cáo",
        "10/12/2027",
    ),
    ("", "thay đò cũ bằng đò vỏ thép trước khi có quy định", "với Hội Chữ thập đỏ", "ban", "sơ kết", ""),
]


def cut_row(*, head: bool) -> list[MadePage]:
    """The last row of a page goes on at the head of the next."""
    upper = MadeTable([*tasks(4, 8), CUT[0]], columns=("n",), widths=SIX)
    lower = MadeTable([*([TASK_HEAD] if head else []), CUT[1], ("10", *TASKS[0])], "", int(head), ("n",), SIX)
    return [MadePage((BEFORE, upper)), MadePage((lower, AFTER))]


LETTER = """<table class="bare"><tr><td class=n>ỦY BAN NHÂN DÂN<br>HUYỆN SÔNG VÀNG<td class=n><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
<br>Độc lập - Tự do - Hạnh phúc</b><tr><td class=n>Số: 48/UBND-QLĐT<td class=n><i>Sông Vàng, ngày 12 tháng 01 năm 2027</i></table>"""
FOOT = """<table class="bare"><tr><td><b><i>Nơi nhận:</i></b><br>- Như trên;<br>- Đài Truyền thanh huyện;<br>- Lưu: VT, QLĐT.
<td class=n><b>KT. CHỦ TỊCH<br>PHÓ CHỦ TỊCH<br><br><br><br>Hà Thị Nụ</b></table>"""
LEADERS = "".join(
    f"<p style='text-align:left'>{name}: {'.' * (60 - len(name))} {at}</p>"
    for at, name in enumerate(("Số bến đã kiểm tra", "Số đò phải sửa", "Người đã học lớp cứu hộ", "Xã chưa báo cáo"))
)
LABELS = (
    "<table class='bare'>"
    + "".join(
        f"<tr><td>{k}<td>{v}</tr>"
        for k, v in (
            ("Họ và tên:", "Lò Văn Thành"),
            ("Ngày sinh:", "02/9/1980"),
            ("Bến:", "Nà Sản"),
            ("Số đò:", "02 chiếc"),
        )
    )
    + "</table>"
)


def kinds() -> dict[str, list[MadePage]]:
    """The pages of each kind, in the order in which one file holds them."""
    return _by_layout() | _by_lines()


def _by_layout() -> dict[str, list[MadePage]]:
    """What is built otherwise: no lines, other sheets, merged cells, page breaks."""
    return {
        "ruled": [page(TITLE, task_table()), page(count_table())],
        "no lines, figures": [page(count_table("bare"))],
        "no lines, tasks": [page(TITLE, few_columns())],
        "no lines, six columns": [page(task_table("bare small"), wide=True)],
        "no lines, no numbers": [page(unnumbered())],
        "no lines, timetable": [page(schedule())],
        "head and foot rules": [
            page(count_table("book")),
            page(MadeTable(few_columns().rows, "book", 1, ("n",), (8, 45, 27, 20))),
        ],
        "level lines only": [page(count_table("level")), page(task_table("level small"))],
        "landscape": [page(task_table(), wide=True)],
        "sideways": [
            page(LETTER, FOOT),
            page(task_table(last=6), wide=True, turn=270),
            page(task_table(first=6, head=False), wide=True, turn=90),
        ],
        "sideways, no lines": [page(few_columns(), wide=True, turn=90)],
        "merged rows": [page(merged_rows())],
        "section rows": [page(sections())],
        "header of two storeys": [page(two_storeys()), page(two_storeys("bare"))],
        "page break, header again": [MadePage((BEFORE, task_table(last=6))), MadePage((task_table(first=6), AFTER))],
        "page break, no header": [
            MadePage((BEFORE, task_table(last=6))),
            MadePage((task_table(first=6, head=False), AFTER)),
        ],
        "row cut by the page": [*cut_row(head=False), *cut_row(head=True)],
    }


def _by_lines() -> dict[str, list[MadePage]]:
    """What is drawn otherwise, or filled otherwise."""
    return {
        "no outer frame": [page(task_table("open")), page(task_table("sides"))],
        "dotted or dashed": [page(task_table("dots")), page(task_table("dashed")), page(task_table("dotted"))],
        "double or thick": [page(task_table("double")), page(task_table("thick"))],
        "faint or hair lines": [page(task_table("faint")), page(task_table("hair"))],
        "shaded header": [page(task_table("grey")), page(count_table("dark")), page(count_table("zebra"))],
        "stamp on a corner": [
            page(SEAL.format("", -8, -8), task_table()),
            page(task_table(), SEAL.format("black", -25, 125)),
        ],
        "empty cells": [page(empty_cells())],
        "tight": [page(MadeTable(counts(), "small tight", 1, NUMBERS)), page(task_table("small tight"))],
        "two tables": [page(count_table(), "<p>Số áo phao còn thiếu ở từng bến ghi ở bảng sau.</p>", empty_cells())],
        "no table": [MadePage((LETTER, BEFORE, AFTER, FOOT)), page(LEADERS, LABELS)],
    }
