"""Days of periodic reports named one by one: «Báo cáo năm: ngày 20 tháng 01 năm sau», «Báo cáo tháng: ngày 25»."""

from __future__ import annotations

import re

from extract.deadlines.grammar import AT_HOUR, deadlines, every
from extract.deadlines.recurring import again, text_of
from extract.facts import Deadline
from extract.rules import Found

_SPELT = r"(?: ?\([a-zà-ỹ ]{2,20}\))?"
"""A number written out behind its figures: «ngày 20 (hai mươi)»."""

_KIND = r"(?:hằng |hàng )?(?:tháng|quý(?: [ivx1-4]{1,3})?|(?:0?[69]|sáu|chín) tháng(?: đầu năm)?|năm)"


@deadlines.rule(
    rf"báo cáo (?:định kỳ |sơ kết |tổng kết |kết quả )?(?P<unit>{_KIND})(?: ?\([^)\n]{{2,40}}\))? ?: ?"
    rf"(?:(?:gửi|nộp|hoàn thành|chậm nhất|muộn nhất|là|vào|trước|đến) )*{AT_HOUR}ngày (?P<day>\d{{1,2}}){_SPELT}"
    rf"(?: ?(?:/|tháng) ?(?P<month>\d{{1,2}}){_SPELT})?"
    r"(?: (?:của )?(?:năm (?:sau|tiếp theo|kế tiếp|liền kề)|tháng (?:sau|báo cáo|kế tiếp|tiếp theo)))?"
    r"(?!\d| ?[/.-] ?\d|,? năm \d| (?:của )?tháng| tháng| (?:hằng|hàng|mỗi))",
    examples={
        "Báo cáo năm: ngày 20 (hai mươi) tháng 01 (một) năm sau.": every("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20"),
        "Báo cáo 6 tháng: trước ngày 15/6": every("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", exclusive=True),
        "Báo cáo quý I: ngày 15 tháng 3; báo cáo năm: ngày 15 tháng 12.": (
            every("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
            every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
        ),
        "Báo cáo tháng: ngày 25 (hai mươi lăm)": every("FREQ=MONTHLY;BYMONTHDAY=25"),
    },
    rejects=["Báo cáo năm: ngày 20 tháng 01 năm 2027", "báo cáo quý: ngày 15", "Báo cáo năm: ngày 20/01/2027"],
    cues=["báo cáo"],
    digits=True,
)
def named_report(found: Found) -> Deadline | None:
    """Ngày gửi của từng loại báo cáo định kỳ: «Báo cáo năm: ngày 20 tháng 01 năm sau»."""
    day, month = int(found["day"]), int(found["month"] or 0)
    monthly = not month and re.fullmatch(r"(?:hang )?thang", text_of(found["unit"])) is not None
    if not 1 <= day <= 31 or month > 12 or not (month or monthly):
        return None
    return again(found, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}" if month else f"FREQ=MONTHLY;BYMONTHDAY={day}")
