"""Who issues a dispatch, and under whom: the left column of the letterhead.

Printed lines are put together to units («CỤC KHOA HỌC CÔNG NGHỆ» + «VÀ ĐÀO TẠO»), written in full and in the case of
running text; the last one issues, the one above is its superior. A local unit gets its superior's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from corpus.span import Span
from extract import lexicon
from extract.parts.cues import starts_with_unit
from extract.tokens import norm
from extract.units.casing import is_capitals
from extract.units.names import expand_city, place_of, unit_name, with_place

_CONTINUES = re.compile(r"^\W*(?:va|tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|dac khu|viet nam|trung uong)\b")
_JUNK = re.compile(r"[^\w\s,.&()/'’-]+")
_NEAR = 90
_LONGEST = 40
"""Words of the longest name that an office may have."""

_NATIONAL = re.compile(
    r"bo (?!chi huy|tu lenh|tong)|(?:toa an|vien kiem sat) nhan dan toi cao|thanh tra chinh phu|tong lien doan"
    r"|ngan hang nha nuoc viet nam|(?:uy ban )?(?:trung uong )?mat tran to quoc viet nam$|trung uong (?:doan|hoi)"
    r"|kiem toan nha nuoc$"
)
_PROVINCIAL = re.compile(
    r"so |(?:cong an|toa an nhan dan|vien kiem sat nhan dan|lien doan lao dong|bao hiem xa hoi|thue|hoi [a-z ]+"
    r"|bo chi huy [a-z ]+|tinh doan|ban dan toc|(?:uy ban )?mat tran to quoc(?: viet nam)?) (?:tinh|thanh pho|tp)\b"
)
"""Who may issue together with whom: bodies of which none stands over another."""


@dataclass(frozen=True, slots=True)
class Issuers:
    """``issuer`` in full with its superior ``parent``; ``all`` where several issue together.

    ``doubtful``: put together from damaged or incomplete lines.
    """

    issuer: str
    parent: str | None
    all: tuple[str, ...]
    doubtful: bool = False


def read_issuer(lines: Sequence[str], place: str | None) -> Issuers | None:
    """The issuer from the printed lines of the letterhead's left column; ``place`` is the one before the date.

    >>> read_issuer(["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"], None).issuer
    'Sở Y tế tỉnh Kiên Giang'
    >>> read_issuer(["BỘ Y TẾ", "CỤC KHOA HỌC CÔNG NGHỆ", "VÀ ĐÀO TẠO"], "Hà Nội").issuer
    'Cục Khoa học công nghệ và Đào tạo'
    """
    apart = [piece for line in lines for piece in _side_by_side(line)]
    printed = _units([_cleaned(line) for line in apart if len(_cleaned(line)) > 1])
    if not printed:
        return None
    place = proper_place(place)
    names = [_completed(expand_city(_known(unit_name(unit)), place), place) for unit in printed]
    own, parent = names[-1], names[-2] if len(names) > 1 else None
    if len(names) > 1 and all(_together(one, other) for one, other in pairwise(names)):
        return Issuers(names[0], None, tuple(names))
    full = _with_seat(with_place(own, parent), parent, place)
    exact = norm(own) == norm(expand_city(unit_name(printed[-1]), place))
    return Issuers(full, parent, (full,), doubtful=not (starts_with_unit(norm(own)) and exact))


def is_blank_form(line: str) -> bool:
    """Whether a line of a letterhead waits for a name to be filled in.

    >>> is_blank_form("KHOA: .............."), is_blank_form("SỞ Y TẾ")
    (True, False)
    """
    return re.search(r"[._…]{4,}", line) is not None


def _cleaned(line: str) -> str:
    text = re.sub(r"\s[.,](?=\s)", " ", _JUNK.sub(" ", line))
    return " ".join(text.split()).strip(" .,-'’/")


def _units(lines: Sequence[str]) -> list[str]:
    """Printed lines joined to units."""
    units: list[str] = []
    for line in lines:
        folded = norm(line)
        goes_on = units and (_CONTINUES.match(folded) or _is_open(units[-1]) or not starts_with_unit(folded))
        if goes_on:
            units[-1] = f"{units[-1]} {line}"
        else:
            units.append(line)
    return units


def _is_open(unit: str) -> bool:
    """A beginning that cannot stand alone, such as «TRƯỜNG ĐẠI HỌC» or what ends in «VÀ»."""
    folded = norm(unit)
    if folded in ("van phong", "ban"):
        return False
    return folded in lexicon.open_heads() or folded.endswith((" va", ",", " cua", " -"))


def _known(name: str) -> str:
    """The registered spelling of a ministry or department whose printed name lost a mark or two."""
    names = [unit.name for unit in lexicon.known_units()]
    folded = [norm(other) for other in names]
    if norm(name) in folded:
        return names[folded.index(norm(name))]
    tight = [other.replace(" ", "") for other in folded]
    if norm(name).replace(" ", "") in tight:
        return names[tight.index(norm(name).replace(" ", ""))]
    near = process.extractOne(norm(name), folded, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return names[near[2]] if near and near[0].split()[0] == norm(name).split()[0] and len(name) >= 12 else name


def _completed(name: str, place: str | None) -> str:
    """«Ủy ban nhân dân» alone: the province is the one before the date, where that is a province."""
    if norm(name) in ("uy ban nhan dan", "hoi dong nhan dan") and place:
        known = lexicon.places().get(norm(re.sub(r"^(?:[Tt]hành phố|tỉnh)\s+", "", place)))
        return f"{name} {known.full}" if known else name
    return _proper_place(name)


def proper_place(place: str | None) -> str | None:
    """The place before the date with its marks, where it is a province."""
    known = lexicon.places().get(norm(place)) if place else None
    return known.name if known else place


def _proper_place(name: str) -> str:
    """A province's name whose marks were misread is put right («tỉnh Quảng Ngải»)."""
    where = place_of(name)
    bare = re.sub(r"^(?:[Tt]hành phố|tỉnh)\s+", "", where) if where else ""
    known = lexicon.places().get(norm(bare))
    return name.replace(bare, known.name) if known and bare else name


def _with_seat(name: str, parent: str | None, place: str | None) -> str:
    """«Bệnh viện Đa khoa tỉnh» with the province that its superior, or the place before the date, names."""
    kind = next((kind for kind in ("tỉnh", "thành phố") if name.lower().endswith(f" {kind}")), None)
    if kind is None:
        return name
    where = place_of(parent or "")
    if where and where.lower().startswith(f"{kind} "):
        return f"{name[: -len(kind)]}{where}"
    known = lexicon.places().get(norm(place or ""))
    return f"{name[: -len(kind)]}{known.full}" if known and known.city == (kind == "thành phố") else name


def as_written(name: str, text: str) -> str:
    """A name that the letterhead prints in capitals, in the case in which the rest of the file writes it.

    >>> as_written("Trường THPT kim động", "TRƯỜNG THPT KIM ĐỘNG … học sinh Trường THPT Kim Động")
    'Trường THPT Kim Động'
    >>> as_written("Trung tâm Quản lý", "Quản lý chặt chẽ")
    'Trung tâm Quản lý'
    """
    words = name.split()
    if len(words) > _LONGEST:  # a page on one line: no office is called so, and the search would take its square
        return name
    for first in range(len(words) - 1):
        for written in _occurrences(" ".join(words[first:]), text):
            high = [word[0].isupper() for word in written.split()]
            if is_capitals(written) or not (high[0] if first == 0 else all(high)):
                continue
            return " ".join([*words[:first], *written.split()])
    return name


def _occurrences(name: str, text: str) -> Iterator[str]:
    """The name wherever the text has it as whole words, in any case, over line ends too; linear and quick."""
    flat, wanted = _flat(text), name.lower()
    at = flat.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not (flat[at - 1 : at].isalnum() or flat[end : end + 1].isalnum()):
            yield text[at:end]
        at = flat.find(wanted, end)


@lru_cache(maxsize=2)
def _flat(text: str) -> str:
    """The text in small letters, white space as blanks, of the same length."""
    small = text.lower()
    return re.sub(r"\s", " ", small if len(small) == len(text) else text)


def _together(own: str, parent: str) -> bool:
    """Two bodies of one rank issue together: two ministries, two departments, a department and a union."""
    first, second = norm(own), norm(parent)
    heads = {_army(first) or first.split()[0], _army(second) or second.split()[0]}
    same = len(heads) == 1 and heads <= {"bo", "so", "cuc"} and first != second
    return same or any(rank.match(first) and rank.match(second) for rank in (_NATIONAL, _PROVINCIAL))


def _army(name: str) -> str | None:
    """«bo tu lenh», «bo chi huy»: commands, which no ministry stands beside."""
    return next((head for head in ("bo tu lenh", "bo chi huy", "bo tong tham muu") if name.startswith(head)), None)


def _side_by_side(line: str) -> list[str]:
    """«SỞ TÀI CHÍNH - SỞ Y TẾ» as two units; «PHÒNG VĂN HÓA - XÃ HỘI» is one."""
    pieces = re.split(r"\s+[-–]\s+", line)
    units = [norm(piece) for piece in pieces]
    if len(pieces) > 1 and all(_together(one, other) for one, other in pairwise(units)):
        return pieces
    return [line]


def issuer_lines(spans: Sequence[Span], text: str) -> list[str]:
    """The printed lines under «issuer» blocks, markup dropped."""
    return [line.strip(" *~#_`") for span in spans for line in span.of(text).splitlines() if line.strip(" *~#_`")]
