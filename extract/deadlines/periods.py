"""Deadlines at a month, quarter, half or year: «trong quý III/2025», «trước tháng 9», «đến hết năm 2025»."""

from __future__ import annotations

import re

from extract.deadlines.dates import RECKONED, is_asked_for, is_narrative
from extract.deadlines.grammar import PERIOD, YEAR, by, deadlines, due, within
from extract.facts import Deadline
from extract.rules import Found

_DONE = re.compile(
    r"\b(?:da|duoc|ket qua|so voi|cung ky|trong do|thuc te|luy ke|"
    rf"{RECKONED})(?: [a-z]+){{0,4}} $"
)
_OPENS = re.compile(r"(?:^|[.;:!?•–-]|\b[a-z\d]\)|\b\d+\.|phan dau|muc tieu(?: la)?|chi tieu|dam bao|bao dam) ?$")
_REACHES = re.compile(
    r"^ (?:phan dau |co ban |phai |se )?(?:dat|hoan thanh|dua|giam|tang|tren \d|it nhat|toi thieu|100 ?%|\d{2,3} ?%)\b"
)
"""Behind «…, đến năm 2030»: what is to be reached by then."""
_TITLE_GOES_ON = re.compile(r"^,? (?:va )?(?:dinh huong|tam nhin)|^[”\"»]| ?[-–] ?20\d\d")


def is_past(found: Found, value: Deadline) -> bool:
    """Whether a period in running text was over when the document was written: a report's, not a deadline."""
    if is_asked_for(found) or found.reference is None or value.due is None:
        return False
    return value.due < found.reference


@deadlines.rule(
    rf"(?:hoàn thành |xong )?trước (?:hết )?(?P<when>{PERIOD})",
    examples={
        "hoàn thành trước tháng 9/2025": due("2025-09-01", exclusive=True, kind="month"),
        "ban hành trước quý II/2026": due("2026-04-01", exclusive=True, kind="quarter"),
        "xong trước năm 2027": due("2027-01-01", exclusive=True, kind="year"),
    },
    rejects=["các dự án được phê duyệt trước năm 2020", "trước tháng này"],
    cues=["trước"],
)
def before_period(found: Found) -> Deadline | None:
    """Trước một tháng, quý, năm: hạn là ngày đầu của kỳ, không tính ngày đó."""
    value = by(found, found["when"], exclusive=True)
    return None if is_narrative(found, value) or is_past(found, value) else value


@deadlines.rule(
    rf"(?:chậm nhất|muộn nhất|đến hết|cho đến hết|hết|không quá|không muộn hơn|xong trong|hoàn thành trong|"
    rf"hoàn thành vào|trong|vào|ngay trong|(?:hạn|thời hạn|thời gian|tiến độ) (?:thực hiện|hoàn thành|báo cáo) ?:"
    rf"|(?:hoàn thành|xong)(?= (?:đầu|giữa|cuối)))(?: là| đến| vào| trong| hết)* (?P<when>{PERIOD})",
    examples={
        "đến hết năm 2025, 100% hồ sơ được xử lý trực tuyến": due("2025-12-31", kind="year"),
        "đến hết tháng 6 năm 2025": due("2025-06-30", kind="month"),
        "Hoàn tất và triển khai trong quý III/2025": due("2025-09-30", kind="quarter"),
        "chậm nhất là quý IV năm 2025": due("2025-12-31", kind="quarter"),
        "hoàn thành vào cuối tháng 11/2025": due("2025-11-30", kind="month"),
        "trình UBND tỉnh trong tháng 8 năm 2025": due("2025-08-31", kind="month"),
        "trong 6 tháng cuối năm 2025": within("2025-07-01", "2025-12-31"),
        "Thời hạn hoàn thành: Quý II năm 2026": due("2026-06-30", kind="quarter"),
        "hoàn thành đầu tháng 5/2025": due("2025-05-01", kind="month"),
    },
    cues=["tháng", "quý", "năm"],
    rejects=[
        "hoàn thành tháng 4/2025 vượt kế hoạch",
        "tính chung trong quý I/2025",
        "trong năm 2024, Sở đã tiếp nhận 500 hồ sơ",
        "kế hoạch năm 2025",
        "trong tháng cao điểm",
    ],
    reference="2025-01-15",
)
def within_period(found: Found) -> Deadline | None:
    """Trong, hết, chậm nhất một tháng, quý, năm: hạn là ngày cuối của kỳ."""
    if not found.cell and (_DONE.search(found.before) or _TITLE_GOES_ON.search(found.after)):
        return None
    if found.text.count(":") and re.match(r" ?[-–] ?(?:quy|thang|nam|ngay) ", found.after):
        return None  # the first of two ends
    value = by(found, found["when"])
    return None if is_past(found, value) else value


@deadlines.rule(
    rf"(?:đến|tới) (?P<when>{PERIOD})",
    examples={
        "Đến năm 2030, trên 95% hộ nông thôn dùng nước sạch": due("2030-12-31", kind="year"),
        "Phấn đấu đến cuối năm 2026 hoàn thành": due("2026-12-31", kind="year"),
        "Đến quý II/2026 đưa vào vận hành": due("2026-06-30", kind="quarter"),
        "năm nay đạt 80% số xã, đến năm 2030 đạt toàn bộ": due("2030-12-31", kind="year"),
    },
    rejects=[
        "Chiến lược phát triển cây dược liệu đến năm 2026, định hướng đến năm 2035",
        "chiến lược phát triển đến năm 2030",
        "quy hoạch tầm nhìn đến năm 2050",
    ],
    reference="2025-01-15",
    cues=["đến", "tới"],
)
def by_period(found: Found) -> Deadline | None:
    """Đến một năm, quý, tháng ở đầu câu hay sau «phấn đấu»; trong tên chương trình thì không phải thời hạn."""
    opens = _OPENS.search(found.before) or (re.search(r"[,;] *$", found.before) and _REACHES.match(found.after))
    if not found.cell and (not opens or _TITLE_GOES_ON.search(found.after)):
        return None
    value = by(found, found["when"])
    return None if is_past(found, value) else value


@deadlines.rule(
    rf"^ ?{YEAR} ?[:.]?$",
    examples={"Năm 2025": due("2025-12-31", kind="year"), "Năm 2026:": due("2026-12-31", kind="year")},
    rejects=["Năm 2025 là năm bản lề"],
    place="text",
    reference="2025-01-15",
    digits=True,
)
def year_heading(found: Found) -> Deadline | None:
    """Một năm đứng riêng làm tiêu đề của các chỉ tiêu bên dưới: «Năm 2025»."""
    value = by(found, found.text.strip(" :."))
    return None if is_past(found, value) else value


deadlines.guard(
    "title_period",
    r"(?:giai đoạn|thời kỳ|nhiệm kỳ|niên độ|khóa|năm học|kỳ) (?:từ )?(?:năm )?(?:19|20)\d{2}"
    r"(?: ?[-–] ?(?:19|20)\d{2})?(?:,? ?(?:và )?(?:tầm nhìn|định hướng)(?: đến| tới)?(?: năm)? 20\d{2})?",
    doc="Giai đoạn, thời kỳ, nhiệm kỳ, năm học trong tên gọi: không phải thời hạn.",
    rejects=["Đề án cấp nước giai đoạn 2021-2026, tầm nhìn đến năm 2040", "nhiệm kỳ 2020 - 2025", "năm học 2025-2026"],
    place="text",
)
deadlines.guard(
    "title_horizon",
    r"(?:(?:đến|tới) (?:năm )?20\d{2},? ?(?:và )?)?(?:tầm nhìn|định hướng)(?: đến| tới)?(?: năm)? 20\d{2}",
    doc="«đến năm …, định hướng (tầm nhìn) đến năm …» trong tên chương trình, quy hoạch: không phải thời hạn.",
    rejects=["chương trình chuyển đổi số đến năm 2025, định hướng đến năm 2030"],
    place="text",
    cues=["tầm nhìn", "định hướng"],
)
deadlines.guard(
    "arrival_stamp",
    r"đến ?:? ngày ?:? ?\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2,4}|"
    r"ngày đến ?:? ?\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2,4}",
    doc="Dấu «ĐẾN … Ngày: …»: ngày nhận văn bản, không phải thời hạn.",
    rejects=["Đến: Ngày: 31/3/2025", "Đến Ngày: 31/3/2025", "Ngày đến: 02/4/2025"],
    place="text",
    cues=["đến"],
)
