"""Document numbers, abbreviations and quarters: mended only from closed lists, and always for a person to see.

Digits are never touched. A letter is mended only where the part is unknown as it stands and exactly one known part
differs from it by letters that engines mistake for Đ or Q; between two known parts (ĐA and DA) nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, product

from corpus.span import Span
from normalize.blocks import Line
from normalize.edits import Edit
from normalize.lexicon import acronyms, resource

_CODE = re.compile(r"(?<![\w/-])\d{1,6}(?:/(?:19|20)\d\d)?\s?[-/]\s?(?=[A-ZĐÐ])([\wĐÐ&,.]+(?:[-/][\wĐÐ&,.]+)*)")
_LOOSE = re.compile(r"(?<![\w/-])([A-ZĐÐ][A-Za-zĐÐ]{1,11}(?:[-/][A-ZĐÐ][\wĐÐ]*)*)(?![\w/-])")
_PART = re.compile(r"[A-Za-zĐÐ]{2,}")
_READ_AS = {"D": "DĐ", "B": "BĐ", "P": "PĐ", "Ð": "Đ", "O": "OQ"}
_STROKE_LOST = {"D": "DĐ", "Ð": "Đ"}
_TYPES = frozenset({"QĐ", "NĐ", "KHHĐ"})  # types of documents that other letters than D are read for
_SHORT = 3
_QUARTER = re.compile(r"\b[Qq]u[ýy]\s+([\[\]|lI1]{2,3}|[1lI|]V)(?=\s?[/-]\s?20\d\d|\s+n[ăa]m\s+20\d\d)")
_ROMAN = {2: "II", 3: "III"}
_LABEL = re.compile(r"\s*([a-zđ])\)")


@cache
def code_parts() -> frozenset[str]:
    """The parts that a document number may hold."""
    rows = resource("code_parts.txt").read_text(encoding="utf-8").splitlines()
    return acronyms() | {row for row in rows if row and not row.startswith("#")}


@cache
def mended_part(part: str, *, kind: bool = False) -> str | None:
    """The one known part that ``part`` can be a misreading of; None where it is known itself or nothing is sure.

    ``kind``: it stands where a number tells the type of the document; there B, P and O may be Đ and Q as well.

    >>> mended_part("BGDDT"), mended_part("QB", kind=True), mended_part("DA"), mended_part("CD"), mended_part("GDPT")
    ('BGDĐT', 'QĐ', None, None, None)
    """
    known = code_parts()
    if part in known or len(part) > 12:
        return None
    found = _readings(part, _STROKE_LOST) & known
    if kind:
        found |= _readings(part, _READ_AS) & _TYPES
    return found.pop() if len(found) == 1 else None


def _readings(part: str, table: Mapping[str, str]) -> set[str]:
    return {"".join(letters) for letters in product(*(table.get(letter, letter) for letter in part))}


def code_edits(text: str) -> list[Edit]:
    """Parts of numbered symbols that can be mended: «12/QB-UBND».

    Two or three letters may be any unit's own abbreviation: such a part after the type is mended only where the
    text has the mended form as well.

    >>> code_edits("Số: 934/PB-DT"), [edit.replacement for edit in code_edits("15/KH-HDND")]
    ([], ['HĐND'])
    """
    found = [edit for match in _CODE.finditer(text) for edit in _mend(match[1], match.start(1), numbered=True)]
    return [edit for edit in found if _sure(edit, text)]


def _sure(edit: Edit, text: str) -> bool:
    if len(edit.replacement) > _SHORT or edit.replacement in _TYPES:
        return True
    return re.search(rf"(?<!\w){re.escape(edit.replacement)}(?!\w)", text) is not None


def abbreviation_edits(lines: Sequence[Line]) -> list[Edit]:
    """Abbreviations that lost the stroke of their Đ, in text that lost its marks: «HDND»."""
    return [
        edit
        for line in lines
        for match in _LOOSE.finditer(line.text)
        if any(letter.islower() for letter in line.text)
        for edit in _mend(match[1], match.start(1) + line.span.start, numbered=False)
    ]


def _mend(code: str, at: int, *, numbered: bool) -> Iterator[Edit]:
    for match in _PART.finditer(code):
        if not numbered and len(match[0]) < 3 and match[0] != "QD":
            continue
        mended = mended_part(match[0], kind=numbered and match.start() == 0)
        if mended is not None and mended != match[0]:
            span = Span(at + match.start(), at + match.end())
            yield Edit(span, mended, "chữ trong ký hiệu", 0.5, (match[0],), flag=True)


def quarter_edits(text: str) -> list[Edit]:
    """A flag, and no change, on a Roman quarter that was read as digits: «quý 11/2026» is probably «quý II/2026»."""
    return [
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
