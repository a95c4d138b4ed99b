"""A time that stands alone in brackets behind its task: «Tổ chức hội nghị tổng kết (tháng 12/2026)»."""

from __future__ import annotations

import re

from extract.deadlines.grammar import AT_HOUR, DAY, FULL_DAY, PERIOD, by, deadlines, due
from extract.deadlines.periods import is_past
from extract.facts import Deadline
from extract.rules import Found

_TASK = re.compile(
    r"(?:^|[.;:•+–-]|[a-z]\)|\d[.)]) *(?:va |dong thoi )?(?:tham muu(?: [a-z]+){0,8} )?"
    r"(?:ra soat|xay dung|to chuc|ban hanh|trinh|"
    r"hoan thanh|hoan thien|trien khai|kiem tra|tap huan|so ket|tong ket|bao cao|gui|lap|cap nhat|nghiem thu|khao sat|"
    r"cong bo|phe duyet|tong hop|danh gia|de xuat|nop|ky ket|khai truong|thanh lap|cung cap|dang ky|mua sam|lua chon)"
    r"\b[^.;:\n]{3,220}$"
)
_CITED = re.compile(
    r"\b(?:quyet dinh|cong van|ke hoach|van ban|thong bao|to trinh|nghi quyet|ban hanh) (?:so )?[\d./a-z-]* $"
)


@deadlines.rule(
    rf"\((?:hoàn thành |dự kiến |xong |trong |vào )*{AT_HOUR}(?P<when>{PERIOD}|{DAY}|{FULL_DAY})\)",
    examples={
        "- Rà soát, hoàn thiện danh mục trang thiết bị (tháng 4/2026).": due("2026-04-30", kind="month"),
        "2. Tổ chức hội nghị tổng kết (15/12/2026)": due("2026-12-15"),
        "- Xây dựng kế hoạch kiểm tra (quý II/2026); tổ chức kiểm tra (quý III/2026).": (
            due("2026-06-30", kind="quarter"),
            due("2026-09-30", kind="quarter"),
        ),
    },
    rejects=[
        "Theo chỉ số giá tiêu dùng (tháng 4/2026), giá tăng",
        "- Xây dựng chợ (năm 2019), sửa chữa đường",
        "- Công bố kết quả đo (tháng 4/2026) cho từng trạm",
    ],
    reference="2026-03-10",
    place="text",
    digits=True,
    confidence=0.9,
)
def in_brackets(found: Found) -> Deadline | None:
    """Thời gian đứng một mình trong ngoặc sau việc phải làm: «Tổ chức tập huấn (tháng 5/2026)»."""
    if not _TASK.search(found.before) or _CITED.search(found.before) or not re.match(r" *(?:[.;]|$)", found.after):
        return None
    value = by(found, found["when"])
    return None if is_past(found, value) else value
