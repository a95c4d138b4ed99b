"""Sentences that look like duties and only tell: who chaired a meeting, what the writer finds or thanks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.facts import Header
    from extract.obligations.clauses import Clause

_CHAIRS = re.compile(
    r"\s*(?:(?:và|cùng|đã|đồng) )*chủ trì (?:tại )?(?:cuộc họp|buổi|phiên|hội nghị|hội thảo|lễ|tọa đàm)",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"^(?:ubnd|uỷ ban nhân dân)")
_FINDS = re.compile(
    r"\s*(?:xác định|ghi nhận|nhận thấy|đánh giá cao|đánh giá|biểu dương|hoan nghênh|cơ bản|thống nhất|nhận được|"
    r"kính trình|trân trọng|thông báo)(?![\wÀ-ỹ])"
)


def tells(text: str, clause: Clause, header: Header | None) -> bool:
    """Whether a sentence with its unit in front tells of a meeting, or of what the issuer (or its superior) finds.

    «Ủy ban nhân dân tỉnh ghi nhận …» in a letter of that committee gives nobody a duty; «Sở Y tế xác định nhu cầu»
    in the same letter does.
    """
    if clause.kind != "unit":
        return False
    if _CHAIRS.match(text, clause.tail):
        return True
    if header is None or not header.issuer or len(clause.lead) != 1:
        return False
    lead = _ABBREVIATED.sub("ủy ban nhân dân", clause.lead[0].casefold())
    return lead in header.issuer.casefold() and _FINDS.match(text, clause.tail) is not None
