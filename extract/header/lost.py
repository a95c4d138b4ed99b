"""A title whose first line was lost under a stamp, told again by the text that follows.

«KẾ HOẠCH / [stamp] … của Ngành y tế» and further on «Sở Y tế ban hành Kế hoạch triển khai … của Ngành y tế, cụ thể như
sau»: the sentence holds the whole title. It is taken only where what is left of the title stands in it.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from corpus.span import Span
from extract.tokens import norm

_LIKE = 85
_LONGEST = 4000
_END = r"\s*(?:,?\s*(?:cu the|voi (?:cac|nhung) noi dung|gom|nhu sau|theo do)|[:;]|\.\s|\.$)"


def lost_subject(text: str, body: Span, kind: str, left: str) -> tuple[str, Span] | None:
    """The whole subject and its place in the body; None where ``left`` is whole or nothing tells it.

    ``kind`` is the document type («kế hoạch»), ``left`` what could be read of the title.

    >>> body = "Sở ban hành Kế hoạch kiểm tra các trạm y tế năm 2026, cụ thể như sau:"
    >>> lost_subject(body, Span(0, len(body)), "kế hoạch", "trạm y tế năm 2026")[0]
    'Kiểm tra các trạm y tế năm 2026'
    """
    if not left or not left[0].islower() or left.lower().startswith(("v/v", "về ", "triển khai", "ban hành")):
        return None
    piece = " ".join(text[body.start : body.start + _LONGEST].split("\n"))
    pattern = rf"\b(?:ban hanh|xay dung)\s+{re.escape(norm(kind))}\s+(?P<subject>.{{20,900}}?){_END}"
    for found in re.finditer(pattern, norm(piece)):
        told = piece[found.start("subject") : found.end("subject")].strip()
        if fuzz.partial_ratio(norm(left), norm(told)) >= _LIKE and len(told) > len(left):
            start = body.start + found.start("subject")
            whole = " ".join(told.split())
            return whole[:1].upper() + whole[1:], Span(start, start + len(told))
    return None
