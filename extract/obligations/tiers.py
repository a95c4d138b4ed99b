"""How much a duty weighs: a task, a duty of carrying out («Tổ chức thực hiện»), or a clause that every document has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.obligations.drafts import Tier
from extract.obligations.outline import Paragraph
from normalize.fold import fold

_ORGANISATION = re.compile(
    r"tổ chức thực hiện|phân công (?:thực hiện|nhiệm vụ)|trách nhiệm (?:thực hiện|của các)", re.IGNORECASE
)
_ENFORCES = re.compile(
    r"trach nhiem (?:to chuc |trien khai )*(?:thi hanh|thuc hien)[^.;]{0,20} "
    r"(?:quyet dinh|nghi quyet|chi thi|thong tu|quy che|quy dinh|ke hoach|nghi dinh) nay|"
    r"chiu trach nhiem thi hanh\W*$",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"(?:huong dan|kiem tra|don doc|theo doi|giam sat)[^.;]{0,40} (?:thi hanh|thuc hien|trien khai) "
    r"(?:quyet dinh|nghi quyet|thong tu|quy che|quy dinh|nghi dinh) nay",
    re.IGNORECASE,
)
"""Matched on folded text: the last line of an act is often read without its marks."""
_FORMULA = re.compile(
    r"\W*(?:(?:nghiêm túc|khẩn trương|tổ chức|triển khai|quán triệt|thực hiện|chỉ đạo|biết|được biết|phối hợp|"
    r"quan tâm|và|"
    r"tốt|đúng|đầy đủ|có hiệu quả|hiệu quả|các|những|nội dung|yêu cầu|nhiệm vụ|chỉ thị|công văn|kế hoạch|"
    r"văn bản|thông báo|công điện|quyết định|nghị quyết|kết luận|hướng dẫn|chương trình|ý kiến|nghiêm|"
    r"này|trên|nêu trên|nói trên|đảm bảo|bảo đảm|chất lượng|tiến độ|thời gian|quy định|theo)[\s,;./]*)+",
    re.IGNORECASE,
)
_IF_TROUBLE = re.compile(
    r"(?:trong quá trình|nếu|trường hợp|quá trình)[^.]{0,80}(?:vướng mắc|khó khăn|phát sinh|"
    r"cần (?:thiết |phải )*(?:sửa đổi|bổ sung|điều chỉnh))",
    re.IGNORECASE,
)
_AIM = r"(?:mục (?:đích|tiêu)|yêu cầu|quan điểm|nguyên tắc|ý nghĩa)(?: chung| cụ thể| thực hiện)?"
_PURPOSE = re.compile(rf"\W*{_AIM}(?:(?:,| và|,? &) {_AIM})*\W*$", re.IGNORECASE)
"""A heading under which a plan says what it is for."""
_ANSWERS = re.compile(
    r"\W*(?:và )?chịu trách nhiệm (?:toàn diện |chính |hoàn toàn )?(?:trước|về (?:kết quả|tính chính xác|nội dung|"
    r"chất lượng|tiến độ))[^.;]*[\W]*$|\W*(?:để )?[^.;]{0,80}biết(?:,| và) (?:triển khai |phối hợp |tổ chức )*"
    r"thực hiện\W*$",
    re.IGNORECASE,
)
"""Words that only say who answers for it, or that hand a notice on."""


def enforces(text: str) -> bool:
    """Whether a paragraph is the clause that ends an act: «… chịu trách nhiệm thi hành Quyết định này»."""
    return _ENFORCES.search(fold(text)) is not None


def enforcing(task: str) -> bool:
    """Whether a task is to see an act through: «hướng dẫn, kiểm tra việc thực hiện Quyết định này»."""
    return _CARRIES.search(fold(task)) is not None


def tier_of(whole: str, task: str, above: Sequence[Paragraph], *, dated: bool) -> Tier:
    """The weight of the duty ``task``, said in ``whole``, below the headings ``above`` (nearest first).

    ``dated``: it names an end, so that it is more than a principle whatever stands above.
    """
    if enforces(whole) or _FORMULA.fullmatch(task) or _IF_TROUBLE.search(whole[:160]) or _ANSWERS.match(task):
        return "general"
    if not dated and any(_PURPOSE.match(node.flat) for node in above):
        return "general"
    return "organisation" if any(_ORGANISATION.search(node.flat[:80]) for node in above) else "core"


def is_formula(task: str) -> bool:
    """Whether the words ask for nothing in particular: «nghiêm túc triển khai thực hiện»."""
    return _FORMULA.fullmatch(task) is not None
