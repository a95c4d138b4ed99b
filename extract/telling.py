"""Sentences that look like duties and only tell: who chaired a meeting, what the writer finds or thanks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.units.names import unit_name

if TYPE_CHECKING:
    from extract.facts import Header
    from extract.obligations.clauses import Clause

_CHAIRS = re.compile(
    r"\s*(?:(?:và|cùng|đã|đồng) )*chủ trì (?:tại )?(?:cuộc họp|buổi|phiên|hội nghị|hội thảo|lễ|tọa đàm)",
    re.IGNORECASE,
)
_FINDS = re.compile(
    r"\s*(?:xác định|ghi nhận|nhận thấy|đánh giá cao|đánh giá|biểu dương|hoan nghênh|cơ bản|thống nhất|nhận được|"
    r"sẽ|kính trình|trân trọng|thông báo|ban hành kèm theo|đồng ý|không đồng ý|chấp thuận|có ý kiến|trả lời|nhận thấy|"
    r"hướng dẫn [^.;]{0,80}như sau)(?![\wÀ-ỹ])"
)
_WAS = re.compile(
    r"\s*(?:[^\s,.;:]+ ){1,2}(?:chưa|đã|không (?:đúng|đầy đủ|kịp thời)|"
    r"còn (?:chậm|thiếu|hạn chế))(?![\wÀ-ỹ])"
)
"""What was done badly or well: «thực hiện chưa đúng quy định»."""
_LEVEL = re.compile(r"\s(?:tỉnh|thành phố|huyện|quận|xã|phường)$")
_SELF = re.compile(r"(?:nhà trường|bệnh viện|trung tâm|công ty|cơ quan)$")


def tells(text: str, clause: Clause, header: Header | None) -> bool:
    """Whether a sentence with its unit in front tells of a meeting, or of what the issuer (or its superior) finds.

    «Ủy ban nhân dân tỉnh ghi nhận …» in a letter of that committee gives nobody a duty; «Sở Y tế xác định nhu cầu»
    in the same letter does.
    """
    if clause.kind != "unit":
        return False
    if _CHAIRS.match(text, clause.tail) or _WAS.match(text, clause.tail):
        return True
    return (is_issuer(clause.lead, header) or is_self(clause.lead)) and _FINDS.match(text, clause.tail) is not None


def is_issuer(lead: tuple[str, ...], header: Header | None) -> bool:
    """Whether the writer itself is named, or a body that it is part of."""
    if header is None or not header.issuer or len(lead) != 1:
        return False
    return _LEVEL.sub("", unit_name(lead[0]).casefold()) in header.issuer.casefold()


def is_self(lead: tuple[str, ...]) -> bool:
    """Whether a writer speaks of itself by its kind alone: «Nhà trường», «Trung tâm»."""
    return len(lead) == 1 and _SELF.match(lead[0].casefold()) is not None
