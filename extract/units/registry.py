"""Units: a registry of names, short forms and superiors, and their mentions in a text.

To the registry that comes with the program are added what the document's own head names and, handed over with the
document, what letterheads and Nơi nhận of earlier documents named (`Source.known_units`).
Mentions are found by a `PhraseMatcher` over folded forms (``NORM``) and kept as the span group ``units`` of the doc;
``kb_id_`` of a span is the canonical name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans

from extract import lexicon
from extract.lexicon import KnownUnit
from extract.parts.cues import starts_with_unit
from extract.source import findings_of, source_of
from extract.tokens import norm
from extract.units.names import place_of, unit_name

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.facts import Header

SURE = 95
"""Likeness (0 to 100) from which a name that is not registered counts as a misprint of one that is."""
NEAR = 88
"""Likeness from which it is shown as doubtful, with the registered name as the alternative."""

_BRACKETS = re.compile(
    r"\s*\((?:để|b/c|báo cáo|p/h|phối hợp|t/h|thực hiện|qua|để b/c|để p/h)[^()]*\)\s*$", re.IGNORECASE
)
_DISTRICT = re.compile(r"\b(?:huyen|quan|thi xa) [a-z]|\bcap huyen\b")
_GENERAL = re.compile(r"^(?:nhu tren|nhu dieu|luu|ct|pct|cac|trang|website|cong)\b")


@dataclass(frozen=True, slots=True)
class Resolved:
    """``name`` is the registered one where there is one, else the text as given.

    ``path``: from the highest superior down to the unit; ``expired``: the unit no longer exists at the date asked for.
    """

    name: str
    known: bool
    path: tuple[str, ...]
    doubtful: bool = False
    alternatives: tuple[str, ...] = ()
    expired: bool = False


@dataclass
class UnitRegistry:
    """Canonical names by every printed form."""

    _forms: dict[str, KnownUnit] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for unit in lexicon.known_units():
            self._index(unit)

    def __contains__(self, name: object) -> bool:
        """Whether a name is registered, in whatever spelling."""
        return isinstance(name, str) and key(name) in self._forms

    def forms(self) -> Iterator[tuple[str, KnownUnit]]:
        """Every printed form with its unit."""
        for unit in dict.fromkeys(self._forms.values()):
            for form in (unit.name, *unit.also):
                yield form, unit

    def resolve(self, text: str, on: dt.date | None = None) -> Resolved:
        """The unit that a printed name means. Spelling is forgiven, but told: see `Resolved.doubtful`.

        >>> UnitRegistry().resolve("SYT").name
        'Sở Y tế'
        >>> UnitRegistry().resolve("Vụ Kế hoạch, Tài chính").name
        'Vụ Kế hoạch - Tài chính'
        >>> UnitRegistry().resolve("Các đơn vị thuộc, trực thuộc Bộ").name
        'Các đơn vị thuộc, trực thuộc Bộ'
        """
        unit = self._forms.get(key(text))
        if unit is not None:
            return self._resolved(unit, on)
        gone = _gone(text, on)
        near = process.extractOne(key(text), list(self._forms), scorer=fuzz.ratio, score_cutoff=NEAR)
        if near is None or len(key(text)) < 10 or near[0].split()[0] != key(text).split()[0]:
            return Resolved(text, known=False, path=(text,), expired=gone)
        unit = self._forms[near[0]]
        if near[1] >= SURE:
            return self._resolved(unit, on, doubtful=True, other=text)
        return Resolved(text, False, (text,), doubtful=True, alternatives=(unit.name,), expired=gone)

    def path(self, name: str) -> tuple[str, ...]:
        """Superiors, highest first, then the unit itself."""
        names = [name]
        while (unit := self._forms.get(key(names[0]))) and unit.under and unit.under not in names:
            names.insert(0, unit.under)
        return tuple(names)

    def _resolved(self, unit: KnownUnit, on: dt.date | None, *, doubtful: bool = False, other: str = "") -> Resolved:
        expired = bool(on and unit.until and on > unit.until) or _gone(unit.name, on)
        return Resolved(unit.name, True, self.path(unit.name), doubtful, (other,) if other else (), expired)

    def _index(self, unit: KnownUnit) -> None:
        for form in (unit.name, *unit.also):
            self._forms.setdefault(key(form), unit)


def key(name: str) -> str:
    """The form under which names are compared: folded, without hyphens, commas and a leading «các».

    >>> key("Vụ Kế hoạch - Tài chính") == key("VỤ KẾ HOẠCH, TÀI CHÍNH")
    True
    """
    bare = re.sub(r"[-–,.]", " ", norm(name))
    return re.sub(r"^(?:cac|nhung) ", "", " ".join(bare.split()))


def _gone(name: str, on: dt.date | None) -> bool:
    """Whether the unit's place no longer exists: a merged province, or any district since the merger."""
    if on is None:
        return False
    merged = lexicon.merged_on()
    if on >= merged and _DISTRICT.search(norm(name)):
        return True
    where = place_of(name)
    known = lexicon.places().get(re.sub(r"^(?:tinh|thanh pho) ", "", norm(where))) if where else None
    return bool(known and known.until and on >= known.until)


def named_in(header: Header) -> Iterator[KnownUnit]:
    """The units that a letterhead, its addressees and its Nơi nhận name, as the registry would keep them."""
    if header.issuer:
        yield KnownUnit(header.issuer, under=header.parent_issuer)
    if header.parent_issuer:
        yield KnownUnit(header.parent_issuer)
    for name in units_named((*header.addressees, *header.distribution)):
        yield KnownUnit(name)


def units_named(entries: Iterable[str]) -> Iterator[str]:
    """The units among entries of «Kính gửi», «Nơi nhận»: no «Như trên», no «Lưu: VT», nothing in brackets.

    >>> list(units_named(["Như trên", "Trạm Thủy nông (để t/h)", "Lưu: VT"]))
    ['Trạm Thủy nông']
    """
    for printed in entries:
        bare = _BRACKETS.sub("", printed).strip(" .;,")
        if ";" not in bare and not _GENERAL.match(norm(bare)) and starts_with_unit(norm(bare)) and len(bare) <= 80:
            yield unit_name(bare)


@Language.factory("congvan_units")
def create_units(nlp: Language, name: str) -> UnitsComponent:  # noqa: ARG001
    """The component that marks the mentions of units; runs after the header."""
    return UnitsComponent(nlp)


class UnitsComponent:
    """Marks the mentions of units: registered ones, those of the document's head, and those handed over with it."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.registry = UnitRegistry()
        self.matcher = self._matcher(self.registry.forms())
        self._learnt: tuple[tuple[str, ...], PhraseMatcher | None] = ((), None)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["units"]``: longest mentions, without overlaps."""
        local = [unit for fact in findings_of(doc).headers for unit in named_in(fact.value)]
        own = self._matcher((unit.name, unit) for unit in local) if local else None
        matchers = [self.matcher, own, self._of_learnt(source_of(doc).known_units)]
        spans = [self._span(doc, match) for matcher in matchers if matcher for match in matcher(doc)]
        doc.spans["units"] = filter_spans(spans)
        return doc

    def _of_learnt(self, names: tuple[str, ...]) -> PhraseMatcher | None:
        """The matcher of names from earlier documents, made once for a run of documents that get the same names."""
        if names != self._learnt[0]:
            new = [(name, KnownUnit(name)) for name in names if name not in self.registry]
            self._learnt = (names, self._matcher(new) if new else None)
        return self._learnt[1]

    def _matcher(self, forms: Iterable[tuple[str, KnownUnit]]) -> PhraseMatcher:
        matcher = PhraseMatcher(self.nlp.vocab, attr="NORM")
        for form, unit in forms:
            matcher.add(unit.name, [self.nlp.make_doc(form)])
        return matcher

    @staticmethod
    def _span(doc: Doc, match: tuple[int, int, int]) -> DocSpan:
        name, start, end = match
        return DocSpan(doc, start, end, label="UNIT", kb_id=name)
