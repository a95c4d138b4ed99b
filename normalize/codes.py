"""Document numbers, abbreviations and quarters: mended only from closed lists, and always for a person to see.

Digits are never touched. A letter is mended only where the part is unknown as it stands and exactly one known part
differs from it by letters that engines mistake for Đ or Q; between two known parts (ĐA and DA) nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, product

from corpus.span import Span
from normalize.blocks import Line
from normalize.edits import Edit
from normalize.fold import fold
from normalize.lexicon import known_abbreviations

_CODE = re.compile(r"(?<![\w/-])\d{1,6}(?:/(?:19|20)\d\d)?\s?[-/]\s?(?=[A-ZĐÐ])([\wĐÐ&,.]+(?:[-/][\wĐÐ&,.]+)*)")
_LOOSE = re.compile(r"(?<![\w/-])([A-ZĐÐ][A-Za-zĐÐ]{1,11}(?:[-/][A-ZĐÐ][\wĐÐ]*)*)(?![\w/-])")
_PART = re.compile(r"[A-Za-zĐÐ]{2,}")
_READ_AS = {"D": "DĐ", "B": "BĐ", "P": "PĐ", "Ð": "Đ", "O": "OQ"}
_STROKE_LOST = {"D": "DĐ", "Ð": "Đ"}
_TYPES = frozenset({"QĐ", "NĐ", "KHHĐ"})  # types of documents that other letters than D are read for
_LONG = 4
_QUARTER = re.compile(r"\b[Qq]u[ýy]\s+([\[\]|lI1]{2,3}|[1lI|]V)(?=\s?[/-]\s?20\d\d|\s+n[ăa]m\s+20\d\d)")
_QUARTER_WORD = re.compile(
    r"\b(?:[Qq]u|QU)([yYỹỸ])(?=\s+(?:III?|IV|I(?=\s*[/-]?\s*(?:20\d\d|n[ăa]m|$|[,;]|v[àa]\b)))\b)", re.MULTILINE
)
_ROMAN = {2: "II", 3: "III"}
_REASON = "chữ trong ký hiệu"
_LABEL = re.compile(r"\s*([a-zđ])\)")


@cache
def mended_part(part: str) -> str | None:
    """The one type of document that ``part`` can be a misreading of; None where it is known itself or nothing is sure.

    >>> mended_part("QB"), mended_part("KHHD"), mended_part("DA"), mended_part("CD"), mended_part("DT")
    ('QĐ', 'KHHĐ', None, None, None)
    """
    return None if part in known_abbreviations() else _only(_readings(part, _READ_AS) & _TYPES)


@cache
def mended_abbreviation(part: str) -> str | None:
    """The one known abbreviation that ``part`` was before it lost the stroke of its Đ."""
    if part in known_abbreviations() or (len(part) < 3 and part != "QD"):
        return None
    return _only(_readings(part, _STROKE_LOST) & known_abbreviations())


def _only(found: set[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None


def _readings(part: str, table: Mapping[str, str]) -> set[str]:
    return {"".join(letters) for letters in product(*(table.get(letter, letter) for letter in part))}


def code_edits(lines: Sequence[Line]) -> list[Edit]:
    """The type of a document in a numbered symbol, in damaged text only: «12/QB-UBND»; and long parts without a stroke.

    A part of four letters and more that is known only with its Đ («HDND», «SGDDT») has lost the stroke; shorter ones
    («DT», «PDT») may be anybody's.
    """
    edits: list[Edit] = []
    for line in lines:
        for match in _CODE.finditer(line.text):
            at = match.start(1) + line.span.start
            mended = list(_mend(match[1], at, mended_part))
            for part in _PART.finditer(match[1], len(mended[0].span) if mended else 0):
                if len(part[0]) >= _LONG:
                    mended += _mend(part[0], at + part.start(), mended_abbreviation)
            edits += mended
    return edits


def abbreviation_edits(lines: Sequence[Line]) -> list[Edit]:
    """Abbreviations that lost the stroke of their Đ, in running text that lost its marks: «HDND»."""
    return [
        edit
        for line in lines
        for match in _LOOSE.finditer(line.text)
        if any(letter.islower() for letter in line.text)
        for edit in _mend(match[1], match.start(1) + line.span.start, mended_abbreviation)
    ]


def symbol_edits(lines: Sequence[Line]) -> list[Edit]:
    """Whole symbols of which the document holds one, and only one, with the strokes of its Đ."""
    whole: dict[str, set[str]] = {}
    for line in lines:
        for match in _CODE.finditer(line.text):
            whole.setdefault(fold(match[1]), set()).add(match[1])
    edits = []
    for line in lines:
        for match in _CODE.finditer(line.text):
            others = whole[fold(match[1])] - {match[1]}
            if match[1] == fold(match[1]) and len(others) == 1:
                at = line.span.start
                span = Span(at + match.start(1), at + match.end(1))
                edits.append(Edit(span, others.pop(), _REASON, 0.5, (match[1],), flag=True))
    return edits


def _mend(code: str, at: int, mended_as: Callable[[str], str | None]) -> Iterator[Edit]:
    """The first part mended; in a loose abbreviation it is the only one that is looked at."""
    match = _PART.match(code)
    mended = mended_as(match[0]) if match else None
    if match and mended is not None and mended != match[0]:
        yield Edit(Span(at, at + match.end()), mended, _REASON, 0.5, (match[0],), flag=True)


def quarter_edits(text: str) -> list[Edit]:
    """«quy IV» is «quý IV»; a quarter that was read as digits is flagged and stays («quý 11/2026», probably II)."""
    words = [
        Edit(Span(*match.span(1)), "Ý" if match[1] == "Y" else "ý", "quý trước số La Mã", 0.95, (match[1],))
        for match in _QUARTER_WORD.finditer(text)
    ]
    return words + [
        Edit(Span(*match.span(1)), match[1], "quý có thể là số La Mã", 0.0, (_roman(match[1]),), flag=True)
        for match in _QUARTER.finditer(text)
        if match[1] not in _ROMAN.values() and match[1] != "IV"
    ]


def _roman(read: str) -> str:
    return "IV" if read.endswith("V") else _ROMAN[len(read)]


def label_edits(lines: Sequence[Line]) -> list[Edit]:
    """In text without marks, the second of two labels «d)» in a list is «đ)»."""
    labels = [(match, line) for line in lines if (match := _LABEL.match(line.text))]
    edits = []
    for (before, _), (match, line) in pairwise(labels):
        if before[1] == match[1] == "d":
            at = line.span.start + match.start(1)
            edits.append(Edit(Span(at, at + 1), "đ", "thứ tự c, d, đ, e", 0.9, ("d",)))
    return edits
