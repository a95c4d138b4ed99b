"""Titles in the form of older gazettes and collections: everything in one sentence, without a letterhead.

«Quyết định / của Thủ tướng Chính phủ số NN/2003/QĐ-TTg / ngày … tháng … năm 2003 về việc …»
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from corpus.span import Span
from extract.header.number import clean_symbol
from extract.header.subject import plain
from extract.lexicon import document_types
from extract.tokens import norm
from extract.units.names import unit_name

_LONGEST = 1200


@dataclass(frozen=True, slots=True)
class GazetteTitle:
    """What the sentence states; ``span`` is its place in the whole text."""

    doc_type: str
    issuer: str | None
    number: str | None
    date: dt.date | None
    subject: str | None
    span: Span


def read_gazette(text: str, part: Span) -> GazetteTitle | None:
    r"""The title with which a part begins; None where it begins otherwise.

    >>> text = "Chỉ thị\ncủa Bộ Y tế số 07/2001/CT-BYT\nngày 5 tháng 3 năm 2001 về việc trực Tết"
    >>> found = read_gazette(text, Span(0, len(text)))
    >>> found.number, found.issuer, found.subject
    ('07/2001/CT-BYT', 'Bộ Y tế', 'về việc trực Tết')
    """
    piece = text[part.start : min(part.end, part.start + _LONGEST)]
    lead = len(piece) - len(piece.lstrip())
    block = _opening(piece[lead:])
    folded = norm(block.replace("\n", " "))
    start = Span(part.start + lead, part.start + lead + len(block))
    found = _whole().match(folded)
    if found:
        return _title(block, found, start)
    bare = _bare().match(folded)
    if bare:
        kind = _names()[bare["type"]]
        return GazetteTitle(kind, None, None, None, plain(block[bare.start("subject") :]) or None, start)
    return None


def _opening(text: str) -> str:
    """The first paragraph, with those after it that go on in lower case."""
    end = text.find("\n\n")
    while end >= 0 and next((char for char in text[end:] if char.isalnum()), "A").islower():
        end = text.find("\n\n", end + 2)
    return text if end < 0 else text[:end]


def _title(block: str, found: re.Match[str], span: Span) -> GazetteTitle:
    number = re.sub(r"\s+", "", block[found.start("number") : found.end("number")])
    subject = plain(block[found.start("subject") :]) or None
    issuer = unit_name(block[found.start("issuer") : found.end("issuer")].replace("\n", " "))
    return GazetteTitle(_names()[found["type"]], issuer, clean_symbol(number), _day(found), subject, span)


def _day(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


@cache
def _names() -> dict[str, str]:
    return {norm(kind.name): kind.name for kind in document_types()}


@cache
def _whole() -> re.Pattern[str]:
    types = "|".join(sorted(map(re.escape, _names()), key=len, reverse=True))
    return re.compile(
        rf"^(?P<type>{types})\s+cua\s+(?P<issuer>.{{3,80}}?)\s+so\s*:?\s*(?P<number>\d[\w/ -]*?/[\w-]+)[\s,]+"
        r"(?:ra )?ngay\s+(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})\s+nam\s+(?P<y>\d{4})\s*(?P<subject>.*)$"
    )


@cache
def _bare() -> re.Pattern[str]:
    types = "|".join(sorted(map(re.escape, _names()), key=len, reverse=True))
    return re.compile(rf"^(?P<type>{types})\s+(?P<subject>(?:ve|tinh hinh|ket qua|cong tac)\b.{{8,300}})$")
