"""Who signs: authority (TM. KT. TL. TUQ. Q.), office and name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract import lexicon
from extract.tokens import norm
from extract.units.casing import is_capitals, unit_case
from extract.units.names import is_person, person_name

_AUTHORITY = re.compile(
    r"^\W*(?P<form>tm|kt|k1|tl|tuq|t/m|k/t|t/l|t/uq)(?P<stop>\s*[.,:]\s*|(?<=/[a-z])\s*|(?<=uq)\s+|"
    r"\s+)(?P<whom>\w.*)$"
)
_FORMS = {"k1": "KT", "t/m": "T/M", "k/t": "K/T", "t/l": "T/L", "t/uq": "T/UQ"}
_ACTING = re.compile(r"^\W*q(?:uyen)?[. ]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signature:
    """``title`` in the case of running text; ``authority`` as printed, several joined by «; »."""

    name: str | None
    title: str | None
    authority: str | None
    others: tuple[str, ...] = ()


def read_signature(lines: Sequence[str]) -> Signature:
    """The signature from the printed lines of its block.

    >>> read_signature(["KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Thị An"])
    Signature(name='Nguyễn Thị An', title='Phó Giám đốc', authority='KT. GIÁM ĐỐC', others=())
    >>> read_signature(["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ PHÁP CHẾ"]).title
    'Vụ trưởng Vụ Pháp chế'
    """
    authorities: list[str] = []
    offices: list[str] = []
    names: list[str] = []
    for line in (_clean(line) for line in lines):
        found = _AUTHORITY.match(norm(line))
        if found and is_capitals(line):
            authorities.append(_authority(line, found))
        elif is_person(line):
            names.append(person_name(line))
        elif _is_office(line):
            offices.append(line)
        elif is_capitals(line) and len(line) > 3:
            _go_on(line, authorities, offices)
    title = office_case(offices[-1]) if offices else None
    name = names[-1] if names else None
    return Signature(name, title, "; ".join(authorities) or None, tuple(names[:-1]))


def office_case(printed: str) -> str:
    """An office in capitals as running text prints it.

    >>> office_case("PHÓ CHỦ TỊCH THƯỜNG TRỰC")
    'Phó Chủ tịch Thường trực'
    """
    if not is_capitals(printed):
        return printed
    folded = norm(printed)
    deputy = re.match(r"^(?:pho |p\.\s?)", folded)
    start = deputy.end() if deputy else 0
    office = next((name for name in lexicon.offices() if folded[start:].startswith(name)), None)
    if office is None:
        return unit_case(printed)
    end = start + len(office)
    head = lexicon.office_names()[office].removeprefix("phó ")
    lead = "Phó " if deputy or office.startswith("pho ") else ""
    return f"{lead}{head[:1].upper()}{head[1:]} {unit_case(printed[end:].strip())}".strip()


def _authority(line: str, found: re.Match[str]) -> str:
    form = found["form"]
    whom = line[found.start("whom") :].strip()
    if "/" in form:
        return f"{_FORMS[form]} {whom}"
    return f"{_FORMS.get(form, form.upper())}. {whom}"


def _go_on(line: str, authorities: list[str], offices: list[str]) -> None:
    """A second printed line of the office or of the body for whom one signs."""
    letters = re.sub(r"[^\w\s,-]", " ", line).split()
    if not letters or max(len(word) for word in letters) < 3:
        return
    if offices:
        offices[-1] = f"{offices[-1]} {line}"
    elif authorities:
        authorities[-1] = f"{authorities[-1]} {line}"


def _is_office(line: str) -> bool:
    folded = _ACTING.sub("", norm(line))
    deputy = re.sub(r"^(?:pho |p\.\s?)", "", folded)
    return is_capitals(line) and any(text.startswith(lexicon.offices()) for text in (folded, deputy))


def _clean(line: str) -> str:
    text = re.sub(r"\*\*|~~", "", line)
    return " ".join(text.split()).strip(" .,;:-–—_|*'\"“”")
