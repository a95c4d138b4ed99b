"""Numbering at the start of a line: «II.», «Điều 4.», «10.1.», «a)», «-»."""

from __future__ import annotations

import re

Level = str
"""«chapter», «roman», «upper», «article», «number-1», «number-2» …, «paren», «letter», «ordinal», «dash», «plus»; or
empty for a paragraph without numbering."""

_UPPER = r"[A-ZĐÀ-ẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÈÉẺẼẸÊẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÙÚỦŨỤƯỨỪỬỮỰỲÝỶỸỴ]"
_OPENING = rf"""(?=\**["“'‘«(]*{_UPPER})"""
LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
"""The small letters, for a class of a pattern."""
_CAPITALS = rf"(?=[^{LOWER}\W][^{LOWER}]{{5,}}$)"
"""A heading in capitals: its Roman numeral may lack its dot or be misread («II NHIỆM VỤ», «HI. TỔ CHỨC …»)."""
_MISREAD_BULLET = r"(?:[se]?e_?|[©®¢»])"
BULLET = re.compile(rf"[•·]|{_MISREAD_BULLET}\s")
"""A round bullet, as printed or as the recognition takes it for a letter."""
_STROKES = {"H": "II", "l": "I", "1": "I"}
_MARKERS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("chapter", re.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+(?:[IVXL]+|\d{1,2}|thứ \w+)\b[.:]?\s*")),
    ("article", re.compile(r"\**(?:Điều|ĐIỀU|Đìều|Ðiều)\s+\d{1,3}\s*[.:]\**\s*")),
    ("roman", re.compile(rf"\**[IVX][IVX1l]{{0,5}}\s*[.,–-]\s+{_OPENING}")),
    ("roman", re.compile(rf"\**(?!VI (?:PHẠM|SINH|MÔ|XỬ))(?!X )[IVX]{{1,5}}\s+{_CAPITALS}")),
    ("roman", re.compile(rf"\**[IVXHl1]{{2,5}}\s*[.,]\s+{_CAPITALS}")),
    ("upper", re.compile(rf"\**[A-HKLM]\s*[.)]\s+{_OPENING}")),
    ("number", re.compile(rf"\**\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[.,)]?\**\s+{_OPENING}")),
    ("number", re.compile(rf"\**\d{{1,2}}(?:\s?[.,]\**\s*|[–-]\s+){_OPENING}")),
    ("paren", re.compile(rf"\**\d{{1,2}}\s?\)\**\s*{_OPENING}")),
    ("letter", re.compile(r"\**(?:[a-zđ]|[a-z]\d)\s?\)\**\s*|\**[a-zđ]\.\s+" + _OPENING)),
    ("ordinal", re.compile(r"\(\d{1,2}\)\s*")),
    ("ordinal", re.compile(rf"(?:Bước|BƯỚC)\s+\d{{1,2}}\s*[.:]\s*{_OPENING}")),
    ("dash", re.compile(r"[-–—•*·]\s*(?=[^\s\d*-])|[-–—•·]\s+(?=\S)")),
    ("dash", re.compile(rf"{_MISREAD_BULLET}\s+{_OPENING}")),
    ("plus", re.compile(r"[+]\s*(?=\S)")),
)


def marker(text: str) -> tuple[Level, str, int]:
    """Level, label and length of the numbering at the start of ``text``; («», «», 0) where there is none.

    >>> marker("10.1. Rà soát")
    ('number-2', '10.1', 6)
    >>> marker("II NHIỆM VỤ"), marker("HI. TỔ CHỨC THỰC HIỆN")[:2], marker("VI PHẠM HÀNH CHÍNH")[0]
    (('roman', 'II', 3), ('roman', 'III'), '')
    """
    start = len(text) - len(text.lstrip())
    for level, pattern in _MARKERS:
        match = pattern.match(text, start)
        if match and match.end() <= len(text):
            label = match.group().strip(" .,:;)/*\u00a0(\t–-" if level in {"roman", "number"} else " .,:;)/*\u00a0(\t")
            if level == "roman":
                label = "".join(_STROKES.get(letter, letter) for letter in label)
            if level == "number":
                return f"number-{label.count('.') + 1}", label, match.end()
            return level, label if level not in {"dash", "plus"} else match.group().strip(), match.end()
    return "", "", start
