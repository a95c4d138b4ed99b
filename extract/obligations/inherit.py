"""What a duty takes from above: the addressees behind «Quý đơn vị», the units of a request, the issuer's own name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.facts import Header
from extract.obligations.outline import Paragraph
from extract.source import Findings
from extract.units.kinds import kind_of
from normalize.fold import fold

_POLITE = re.compile(
    r"quy (?:co quan|don vi|bo|so|nganh|truong|cong ty|vi|doanh nghiep|dia phuong|cap|ban|phong|ong|ba|uy ban|hoi|"
    r"vien|hoc vien|benh vien|trung tam|cuc|chi cuc|tong cong ty|tap doan|ngan hang|lien doan|toa|bao|dai|van phong)"
    r"(?!\w)|"
    r"(?:cac )?dong chi(?: (?:chu tich|bi thu|giam doc|bo truong|thu truong|hieu truong|cuc truong|truong ban))?$",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"(?:cac )?(?:co quan|don vi|dia phuong|to chuc|co quan, don vi|don vi, dia phuong|co quan, to chuc, don vi|"
    r"co quan, don vi, dia phuong)$",
    re.IGNORECASE,
)
_BODY = re.compile(r"^(?:Ban Thường vụ|Ban Chấp hành|Thường trực)$")
"""A body that speaks for a larger one, whose name stands on another line."""
_DANGLING = re.compile(r"\b(?:truc )?thuoc$", re.IGNORECASE)
_SHORT = re.compile(r"[A-ZĐ]{2}")
_SMALL = frozenset({"các", "những", "và", "&", "của", "cac", "nhung", "va", "cua", "-", "–"})


@dataclass(frozen=True, slots=True)
class Context:
    """Who has the duties below a heading or a request. ``rule`` is that of the duties; ``blocks``: none are below;
    ``loose``: the paragraph above is a duty itself, only numbered items below share its unit.
    """

    lead: tuple[str, ...]
    support: tuple[str, ...] = ()
    rule: str = "unit-heading"
    inherited: bool = True
    blocks: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """An announcement without a number («… đề nghị các đơn vị thực hiện như sau:») and the list it governs."""

    context: Context
    above: tuple[int, ...]
    index: int
    part: int

    def governs(self, paragraph: Paragraph) -> bool:
        """Whether a later paragraph is in the list: numbered, and not above the place of the announcement."""
        listed = bool(paragraph.level) or len(paragraph.above) > len(self.above)
        return listed and paragraph.part == self.part and paragraph.above[: len(self.above)] == self.above


class People:
    """Names as the header of a part and its unit headings give them."""

    def __init__(self, text: str, findings: Findings) -> None:
        self._headers: dict[int, Header] = {fact.part: fact.value for fact in findings.headers}
        self._names: dict[int, list[str]] = {}
        for part, header in self._headers.items():
            issuer = [header.issuer] if header.issuer and f"({_acronym(header.issuer)})" in text else []
            self._names[part] = [*header.addressees, *issuer]

    def header(self, part: int) -> Header | None:
        """The header of a part."""
        return self._headers.get(part)

    def addressees(self, part: int) -> tuple[str, ...]:
        """To whom the part is written."""
        header = self._headers.get(part)
        return header.addressees if header else ()

    def learn(self, units: tuple[str, ...], part: int) -> None:
        """Full names that a heading gives."""
        self._names.setdefault(part, [])[:0] = [unit for unit in units if not _SHORT.search(unit)]

    def resolve(self, units: tuple[str, ...], part: int) -> tuple[tuple[str, ...], bool]:
        """The units by the full names that the part gives; and whether addressees stand in for a polite word."""
        header = self._headers.get(part)
        names = self._names.get(part, [])
        found: list[str] = []
        replaced = False
        for unit in units:
            if header and header.addressees and _stands_for_addressees(unit):
                found += header.addressees
                replaced = True
            elif header and header.issuer and _DANGLING.search(fold(unit)) and _BODY.search(header.issuer) is None:
                found.append(f"{unit} {short_issuer(header.issuer)}")
            else:
                found.append(next((name for name in names if same_unit(unit, name)), unit))
        return tuple(dict.fromkeys(found)), replaced


def _acronym(issuer: str) -> str:
    """What a letter writes for its issuer behind the first word: «GDĐT» of «Bộ Giáo dục và Đào tạo»."""
    return _initials(issuer.partition(" ")[2])


def _stands_for_addressees(unit: str) -> bool:
    folded = fold(unit).strip()
    if unit.casefold().startswith("quỹ"):
        return False
    return _POLITE.match(folded) is not None or _ANYBODY.fullmatch(folded) is not None


def short_issuer(issuer: str) -> str:
    """«Sở Y tế» of «Sở Y tế tỉnh Kiên Giang»: a letter names its own issuer without the place.

    >>> short_issuer("Sở Y tế Thành phố Hồ Chí Minh")
    'Sở Y tế'
    """
    return re.split(r"\s(?:tỉnh|[Tt]hành phố|TP\.?)\s", issuer, maxsplit=1)[0]


def same_unit(unit: str, name: str) -> bool:
    """Whether ``unit`` is an abbreviated writing of ``name``: «Sở GDĐT», «các Sở Giáo dục và Đào tạo».

    >>> same_unit("Sở GDĐT", "Các Sở Giáo dục và Đào tạo"), same_unit("Sở Y tế", "Sở Y tế tỉnh A")
    (True, False)
    """
    if kind_of(unit) not in {"name", "title", "general"} or not _SHORT.search(unit):
        return False
    return _initials(unit) == _initials(name)


def _initials(name: str) -> str:
    words = [word for word in re.findall(r"[\w&]+", name) if word.casefold() not in _SMALL]
    letters = [re.sub(r"[&\d]", "", word) if word.isupper() and len(word) > 1 else word[0].upper() for word in words]
    return "".join(letters)
