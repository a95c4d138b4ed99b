"""What a heading says of its section: work given out, the story so far, how a procedure goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.obligations.outline import Paragraph

_ASSIGNS = re.compile(r"phân công|nhiệm vụ|trách nhiệm|thực hiện|chuẩn bị|quy trình|tiến độ", re.IGNORECASE)
_STORY = re.compile(
    r"\W*(?:khái quát|đánh giá(?: chung| tình hình| kết quả)|tình hình|bối cảnh|kết quả (?:thực hiện|đạt được|kiểm tra|"
    r"thanh tra|triển khai)|(?:những |một số )?(?:kết quả|tồn tại|hạn chế|ưu điểm|khuyết điểm)|nguyên nhân|thực trạng|"
    r"sự cần thiết|nhận xét)",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\W*(?:trình tự|cách thức|thủ tục|thành phần|số lượng|yêu cầu, điều kiện|điều kiện|hồ sơ|lệ phí|phí, lệ phí|"
    r"đối tượng|nội dung kiểm tra)(?!\w)",
    re.IGNORECASE,
)
_NOTES = re.compile(r"\W*(?:chú thích|ghi chú|hướng dẫn (?:ghi|điền|cách ghi))\W*$", re.IGNORECASE)
_QUOTES = re.compile(
    r"(?:Điều|[Kk]hoản|[Đđ]iểm|Luật|Nghị định|Thông tư).*(?:quy định|hướng dẫn|như sau|nêu)[^.]{0,40}:\W*$"
)
_QUOTED = re.compile(r"\s*[\"“”'‘`]+\s*(?:Điều\s+\d|\d{1,2}[.,)]|[a-zđ]\)|[A-ZĐÀ-Ỹ])")
_UNQUOTED = re.compile(
    r"\W*(?:Căn cứ|Như vậy|Đề nghị|Trên cơ sở|Cục|Tổng cục|Bộ|Sở)\s|[-–]\s*(?:Tại|Khoản|Điều|Điểm|Nghị định|Luật)"
)
_CLOSES = re.compile(r"[\"”'’`]\W{0,4}$")
_LONGEST = 90


class Quotation:
    """Whether the walk is inside of provisions that a letter quotes («… quy định: “Điều 39. …”»)."""

    def __init__(self) -> None:
        self._announced = False
        self._open = False

    def holds(self, paragraph: Paragraph, text: str) -> bool:
        """Whether the next paragraph, printed as ``text``, is quoted."""
        if self._announced and _QUOTED.match(text):
            self._open = True
        elif self._open and _UNQUOTED.match(text):
            self._open = False
        quoted = self._open
        if quoted and _CLOSES.search(paragraph.flat):
            self._open = False
        self._announced = _QUOTES.search(paragraph.flat) is not None
        return quoted


def assigns(above: Sequence[Paragraph]) -> bool:
    """Whether a heading above says that work is given out: «Phân công nhiệm vụ», «Tổ chức thực hiện»."""
    return any(_ASSIGNS.search(node.flat[:_LONGEST]) for node in above)


def is_story(above: Sequence[Paragraph]) -> bool:
    """Whether the section tells what was: «I. Khái quát chung», «Tồn tại, hạn chế»."""
    return any(_STORY.match(node.flat) and len(node.flat) <= _LONGEST for node in above)


def is_procedure(above: Sequence[Paragraph]) -> bool:
    """Whether the section tells how a procedure goes: «Cách thức thực hiện», «Thành phần hồ sơ»."""
    return any(_PROCEDURE.match(node.flat) and len(node.flat) <= _LONGEST for node in above)


def opens_notes(paragraph: Paragraph) -> bool:
    """Whether the notes of a form begin: «Chú thích:»."""
    return _NOTES.match(paragraph.flat) is not None
