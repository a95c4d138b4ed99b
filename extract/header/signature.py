"""Who signs: authority (TM. KT. TL. TUQ. Q.), office and name.

The seal covers these lines, so they are read badly; but their structure is closed: under «KT. TRƯỞNG BAN» signs a
«PHÓ TRƯỞNG BAN» and nobody else. What the structure demands is put in place of a damaged office and marked doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

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
_DEPUTY = re.compile(r"^(?:pho |p\.\s?)")
_LEAD = re.compile(r"^(?:\w{1,2}\W+|\W+)")
_SIGNS = re.compile(r"[=<>|\\^~{}\[\]#%@*_]")
_SCRAP = re.compile(r"[^\w\s&,–-]+|[a-z]{1,2}")
_LIKE, _VERY_LIKE = 60, 80


@dataclass(frozen=True, slots=True)
class Signature:
    """``title`` in the case of running text; ``authority`` as printed, several joined by «; ».

    ``doubtful``: the office was damaged, and is told by whom it stands for.
    """

    name: str | None
    title: str | None
    authority: str | None
    others: tuple[str, ...] = ()
    doubtful: bool = False


def read_signature(lines: Sequence[str]) -> Signature:
    """The signature from the printed lines of its block.

    >>> read_signature(["KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Thị An"])
    Signature(name='Nguyễn Thị An', title='Phó Giám đốc', authority='KT. GIÁM ĐỐC', others=(), doubtful=False)
    >>> read_signature(["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ PHÁP CHẾ"]).title
    'Vụ trưởng Vụ Pháp chế'
    >>> found = read_signature(["KT. TRƯỞNG BAN", "PID Eh ƯỞNG BAN"])
    >>> found.title, found.authority, found.doubtful
    ('Phó Trưởng ban', 'KT. TRƯỞNG BAN', True)
    """
    authorities: list[str] = []
    offices: list[str] = []
    names: list[str] = []
    damaged: list[str] = []
    for line in (piece for printed in lines for piece in _apart(_clean(printed))):
        found = _AUTHORITY.match(norm(line))
        if found and is_capitals(line):
            authorities.append(_authority(line, found))
        elif is_person(line):
            names.append(person_name(line))
        elif office := _office_in(line):
            offices.append(office)
        elif is_capitals(line, 0.6) and len(line) > 3:
            _go_on(line, authorities, offices, damaged)
    title, doubtful = _title(authorities, offices, damaged)
    name = names[-1] if names else _strange(lines)
    return Signature(name, title, "; ".join(authorities) or None, tuple(names[:-1]), doubtful)


def _apart(line: str) -> Iterator[str]:
    """The authority and the office of a line that holds both, or whose words ran together.

    >>> list(_apart("KT. BỘ TRƯỞNG THỨ TRƯỞN")), list(_apart("TLBỘTRƯỞNG"))
    (['KT. BỘ TRƯỞNG', 'THỨ TRƯỞN'], ['TL. BỘ TRƯỞNG'])
    """
    glued = _glued(line) if " " not in line else None
    found = _AUTHORITY.match(norm(line)) if is_capitals(line) else None
    if glued or found is None or found["form"] not in ("kt", "k1", "k/t"):
        yield glued or line
        return
    words = line[found.start("whom") :].split()
    for count in range(1, len(words)):
        deputy = _signs_for([f"KT. {' '.join(words[:count])}"])
        rest = norm(" ".join(words[count:]))
        if deputy and (rest.startswith(f"{norm(deputy)} ") or fuzz.ratio(rest, norm(deputy)) >= _VERY_LIKE):
            yield f"{line[: found.start('whom')]}{' '.join(words[:count])}"
            yield " ".join(words[count:])
            return
    yield line


def _glued(line: str) -> str | None:
    """«TLBỘTRƯỞNG» with its blanks; None where it is not an office of the list behind an authority's form."""
    tight = re.sub(r"[^a-z]", "", norm(line))
    form = next((form for form in ("tuq", "tm", "kt", "tl") if tight.startswith(form)), None)
    if form is None or not is_capitals(line):
        return None
    office = next((name for name in lexicon.offices() if name.replace(" ", "") == tight[len(form) :]), None)
    return f"{form.upper()}. {lexicon.office_names()[office].upper()}" if office else None


def _strange(lines: Sequence[str]) -> str | None:
    """A name whose family name is in no list: the last line, where it looks like nothing else."""
    last = next((line for line in reversed([_clean(line) for line in lines]) if line), "")
    strange = 3 <= len(last.split()) <= 5 and not is_capitals(last) and is_person(last, strict=False)
    return person_name(last) if strange else None


def office_case(printed: str) -> str:
    """An office in capitals as running text prints it.

    >>> office_case("PHÓ CHỦ TỊCH THƯỜNG TRỰC")
    'Phó Chủ tịch Thường trực'
    """
    if not is_capitals(printed):
        return printed
    acting = _ACTING.match(printed)
    if acting:
        return f"Q. {office_case(printed[acting.end() :])}"
    folded = norm(printed)
    deputy = _DEPUTY.match(folded)
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
    whom = _whole(line[found.start("whom") :])
    if "/" in form:
        return f"{_FORMS[form]} {whom}"
    return f"{_FORMS.get(form, form.upper())}. {whom}"


def _title(authorities: Sequence[str], offices: Sequence[str], damaged: Sequence[str]) -> tuple[str | None, bool]:
    """The office of the signer, and whether it was put right: who signs «KT.» is a deputy of whom the line names."""
    printed = offices[-1] if offices else None
    deputy = _signs_for(authorities)
    if deputy is None:
        return (office_case(printed) if printed else None), False
    whole = printed is not None and norm(printed) == norm(deputy)
    if printed and (whole or not norm(deputy).endswith(norm(printed))):
        return office_case(printed), False
    near = any(fuzz.ratio(norm(line), norm(deputy)) >= _LIKE for line in damaged)
    return (office_case(deputy), True) if printed or near else (None, False)


def _signs_for(authorities: Sequence[str]) -> str | None:
    """«PHÓ TRƯỞNG BAN» for «KT. TRƯỞNG BAN», «THỨ TRƯỞNG» for «KT. BỘ TRƯỞNG»; None where nobody is stood in for."""
    if not authorities or not re.match(r"K/?T", authorities[-1]):
        return None
    office = authorities[-1].split(" ", 1)[1]
    folded = norm(office)
    if folded.startswith("bo truong"):
        return "THỨ TRƯỞNG"
    known = next((name for name in lexicon.offices() if folded.startswith(name)), None)
    return f"PHÓ {office[: len(known)]}" if known and not known.startswith("pho ") else None


def _go_on(line: str, authorities: list[str], offices: list[str], damaged: list[str]) -> None:
    """A second printed line of the office or of the body for whom one signs; else a damaged one."""
    letters = re.sub(r"[^\w\s,-]", " ", line).split()
    if not letters or max(len(word) for word in letters) < 3:
        return
    deputy = _signs_for(authorities) if not offices else None
    if not _sound(line) or (deputy and fuzz.ratio(norm(line), norm(deputy)) >= _VERY_LIKE):
        damaged.append(line)
    elif offices:
        offices[-1] = f"{offices[-1]} {line}"
    elif authorities:
        authorities[-1] = f"{authorities[-1]} {line}"


def _sound(line: str) -> bool:
    """A line in capitals throughout, without signs that only a seal leaves."""
    return is_capitals(line, 0.95) and _SIGNS.search(line) is None


def _office_in(line: str) -> str | None:
    """The office that a line in capitals holds, without the scraps of a seal around it; None where it holds none."""
    if not is_capitals(line):
        return None
    if _is_office(_ACTING.sub("", line)):
        return _whole(line)
    bare = _LEAD.sub("", line)
    return _whole(bare) if _is_office(bare) else None


def _whole(text: str) -> str:
    """The words up to the first that only a seal leaves."""
    words = text.split()
    end = next((at for at, word in enumerate(words) if at and (_SIGNS.search(word) or _SCRAP.fullmatch(word))), None)
    return " ".join(words[:end]).strip(" .,;:-")


def _is_office(text: str) -> bool:
    folded = norm(text)
    return folded.startswith(lexicon.offices()) or _DEPUTY.sub("", folded).startswith(lexicon.offices())


def _clean(line: str) -> str:
    text = re.sub(r"\*\*|~~", "", line)
    return " ".join(text.split()).strip(" .,;:-–—_|*'\"“”")
