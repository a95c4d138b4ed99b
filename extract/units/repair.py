"""Unit names that were misread, mended from names that the same document spells well, and always flagged.

A name is suspicious when it does not begin like a unit («SUY tế») or holds letters that no name has («Sở Y €»).
It is replaced only by a name of the document that is much more like it than any other; digits must agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extract.obligations.drafts import Draft
from extract.units.kinds import kind_of
from normalize.fold import fold

_ODD = re.compile(
    r"[^\w\s,.()/&–\-'’:;“”\"]|\d[A-Za-zÀ-ỹ]|[A-Za-zÀ-ỹ]\d|[a-zà-ỹ]&|&[a-zà-ỹ]|(?<!\w)[A-ZĐ]&[A-ZĐ](?!\w)|"
    r"(?<!\w)[bcdđghklmnpqrstvx]{2,}(?!\w)|\s\d+\s"
)
_HEADS = {
    fold(head): head
    for head in (
        "chi nhánh",
        "chi cục",
        "trung tâm",
        "bệnh viện",
        "văn phòng",
        "tổng cục",
        "ngân hàng",
        "công ty",
        "ủy ban",
    )
}
"""Heads of two syllables, which no other words look like without their marks."""
_BEGINS = re.compile(rf"(?:^|[-–/] )(?P<head>{'|'.join(_HEADS)})(?!\w)", re.IGNORECASE)
_LIKE = 70
_LEAD = 12
_SURE_OF = 3


def mend(drafts: Sequence[Draft], names: Iterable[str]) -> list[Draft]:
    """The drafts with suspicious names mended; a mended draft is less sure. ``names`` are known beforehand."""
    counts = Counter(outer for draft in drafts for unit in (*draft.lead, *draft.support) for outer in _outers(unit))
    good = {name for name, count in counts.items() if count >= _SURE_OF and not suspicious(name)}
    good |= {name for name in names if not suspicious(name)}
    mended = {name: proper for name in counts if (proper := proper_heads(name)) != name}
    for name in counts:
        if suspicious(name) and (known := _nearest(name, good)):
            mended[name] = known
    return [_mended(draft, mended) for draft in drafts] if mended else list(drafts)


def proper_heads(name: str) -> str:
    """The name with the marks of its heads, where each part begins: «Chỉ nhánh» is «Chi nhánh».

    >>> proper_heads("Ngân hàng Nhà nước - Chỉ nhánh Hà Nam"), proper_heads("Sở Y tế")
    ('Ngân hàng Nhà nước - Chi nhánh Hà Nam', 'Sở Y tế')
    """
    for match in _BEGINS.finditer(fold(name)):
        proper = _HEADS[match["head"].casefold()]
        printed = name[match.start("head") : match.end("head")]
        if printed.casefold() != proper and printed[:1].isupper() and not printed.isupper():
            name = name[: match.start("head")] + proper[:1].upper() + proper[1:] + name[match.end("head") :]
    return name


def suspicious(name: str) -> bool:
    """Whether a name looks misread.

    >>> suspicious("Sở Y tế"), suspicious("S6Y tế"), suspicious("SUY tế")
    (False, True, True)
    """
    return kind_of(name) in {"none", "place"} or _ODD.search(name) is not None


def _outers(unit: str) -> list[str]:
    """A unit and the one it is part of: «Sở Y tế / Phòng A» names «Sở Y tế» too."""
    return unit.split(" / ")


def _nearest(name: str, good: Iterable[str]) -> str | None:
    """The one name that is clearly more like it than the rest."""
    mine = fold(name).casefold()
    digits = re.findall(r"\d+$", name)
    ranked = sorted(((fuzz.ratio(mine, fold(known).casefold()), known) for known in good), reverse=True)[:2]
    if not ranked or ranked[0][0] < _LIKE or re.findall(r"\d+$", ranked[0][1]) != digits:
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _LEAD else None


def _mended(draft: Draft, mended: dict[str, str]) -> Draft:
    lead, support = _all(draft.lead, mended), _all(draft.support, mended)
    if (lead, support) == (draft.lead, draft.support):
        return draft
    return replace(draft, lead=lead, support=support, confidence=min(draft.confidence, 0.6))


def _all(units: tuple[str, ...], mended: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" / ".join(mended.get(part, part) for part in _outers(unit)) for unit in units))
