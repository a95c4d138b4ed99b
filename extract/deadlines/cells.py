"""What counts as a deadline only where time is asked for: a time cell, the content of «Thời gian thực hiện:»."""

from __future__ import annotations

import datetime as dt

from extract.deadlines.grammar import HALF, MONTH, QUARTER, WEEK, YEAR, between, by, deadlines, due, plain, within
from extract.facts import Deadline
from extract.rules import Found

_LABEL = (
    r"(?:(?:hoàn thành|hoàn thiện|dự kiến|phấn đấu|thực hiện|xong|báo cáo|trình|ban hành)(?: trong"
    r"| vào| xong)? |vào |trong )?"
)


@deadlines.rule(
    rf"{_LABEL}(?P<when>{WEEK}|{QUARTER}|{HALF}|{MONTH}|{YEAR}|(?<![\w./])\d{{1,2}} ?[/.-] ?20\d{{2}}(?![\d/]))",
    examples={
        "06/2025": due("2025-06-30", kind="month"),
        "Tháng 09/2025": due("2025-09-30", kind="month"),
        "Chuẩn dữ liệu: tháng 12/2025": due("2025-12-31", kind="month"),
        "Quý IV/2025": due("2025-12-31", kind="quarter"),
        "Quý I và quý III/2026": (due("2026-03-31", kind="quarter"), due("2026-09-30", kind="quarter")),
        "Năm 2025": due("2025-12-31", kind="year"),
        "Hoàn thành trong tháng 12/2025.": due("2025-12-31", kind="month"),
        "Tuần 2, tháng 01/2027": within("2027-01-08", "2027-01-14"),
        "Tuần đầu tháng 3/2027": within("2027-03-01", "2027-03-07"),
    },
    rejects=["Số 15/2025/QĐ-UBND", "27.12"],
    place="cell",
    reference="2026-01-15",
)
def bare_period(found: Found) -> Deadline | None:
    """Tháng, quý, năm trong ô thời gian: «06/2025», «Quý IV/2025»."""
    return by(found, found["when"])


@deadlines.rule(
    r"(?<![a-zà-ỹ\d])(?P<letter>[tq])\.? ?(?P<count>\d{1,2}|i{1,3}|iv)[/.-](?P<year>20\d{2})(?!\d)",
    examples={"T6/2026": due("2026-06-30", kind="month"), "Q4/2026": due("2026-12-31", kind="quarter")},
    rejects=["QT4/2026"],
    place="cell",
    digits=True,
    confidence=0.9,
)
def short_period(found: Found) -> Deadline | None:
    """Tháng, quý viết tắt trong ô thời gian: «T6/2026», «Q4/2026»."""
    word = "tháng" if found["letter"].lower() == "t" else "quý"
    return by(found, f"{word} {found['count']}/{found['year']}")


@deadlines.rule(
    r"(?<![\d/⁄.-])(?P<year>20\d{2})(?![\d/.-]| ?[-–] ?20)",
    examples={
        "2030": due("2030-12-31", kind="year"),
        "2026 và hằng năm": (
            due("2026-12-31", kind="year"),
            Deadline("recurring", "", "recurring", rrule="FREQ=YEARLY"),
        ),
    },
    rejects=["20300 người", "2025/QĐ", "Quý Il⁄2026"],
    place="cell",
    confidence=0.9,
    digits=True,
)
def bare_year(found: Found) -> Deadline | None:
    """Một năm đứng riêng trong ô thời gian: «2030»."""
    return by(found, found["year"])


@deadlines.rule(
    r"(?:kể |bắt đầu )?từ (?:năm )?(?P<year>20\d{2})(?![\d/.-])(?: trở đi)?",
    examples={"Từ 2026": within("2026-01-01", None), "Bộ chỉ số: từ năm 2027 trở đi": within("2027-01-01", None)},
    rejects=["Từ 2026/QĐ"],
    place="cell",
    cues=["từ"],
    digits=True,
)
def from_year(found: Found) -> Deadline | None:
    """Từ một năm trở đi trong ô thời gian: «Từ 2026»."""
    return between(found, dt.date(int(found["year"]), 1, 1), None)


@deadlines.rule(
    r"(?:nhiệm vụ |công việc |làm |thực hiện |liên tục,? (?:và )?)?thường xuyên(?:,? (?:và )?(?:liên tục"
    r"|hằng năm|hàng năm))?"
    r"|liên tục|suốt (?:năm|kỳ|quá trình)[a-zà-ỹ ]{0,30}",
    examples={
        "Thường xuyên": plain("ongoing"),
        "Nhiệm vụ thường xuyên": plain("ongoing"),
        "liên tục, thường xuyên": plain("ongoing"),
    },
    rejects=["Không liên quan"],
    place="cell",
    cues=["thường xuyên", "liên tục", "suốt"],
)
def ongoing(found: Found) -> Deadline | None:
    """Việc làm thường xuyên, không có ngày cuối."""
    return Deadline("ongoing", found.text, "ongoing")


@deadlines.rule(
    r"(?:thời gian (?:thực hiện|hoàn thành)|thời hạn) ?: ?(?:nhiệm vụ |liên tục, )?thường xuyên",
    examples={"Thời gian thực hiện: thường xuyên": plain("ongoing")},
    rejects=["thường xuyên kiểm tra việc thực hiện"],
    place="text",
    cues=["thường xuyên"],
)
def ongoing_label(found: Found) -> Deadline | None:
    """Nhãn thời gian với nội dung «thường xuyên» nằm ngay trong dòng."""
    return Deadline("ongoing", found.text, "ongoing")
