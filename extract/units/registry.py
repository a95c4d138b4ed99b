"""Units: a registry of names, short forms and superiors, and their mentions in a text.

The registry that comes with the program grows with what letterheads, addressees and Nơi nhận of documents name.
Mentions are found by a `PhraseMatcher` over folded forms (``NORM``) and kept as the span group ``units`` of the doc;
``kb_id_`` of a span is the canonical name.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans

from extract import lexicon
from extract.lexicon import KnownUnit
from extract.parts.cues import starts_with_unit
from extract.source import findings_of
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
    """Canonical names by every printed form. ``learnt`` are those added since the program started."""

    learnt: list[KnownUnit] = field(default_factory=list)
    _forms: dict[str, KnownUnit] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for unit in (*lexicon.known_units(), *self.learnt):
            self._index(unit)

    def add(self, unit: KnownUnit) -> bool:
        """Register a unit; False when its name is known already."""
        if key(unit.name) in self._forms:
            return False
        self.learnt.append(unit)
        self._index(unit)
        return True

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
    for printed in (*header.addressees, *header.distribution):
        bare = _BRACKETS.sub("", printed).strip(" .;,")
        if ";" not in bare and not _GENERAL.match(norm(bare)) and starts_with_unit(norm(bare)) and len(bare) <= 80:
            yield KnownUnit(unit_name(bare))


@Language.factory("congvan_units", default_config={"learnt": []})
def create_units(nlp: Language, name: str, learnt: list[dict[str, Any]]) -> UnitsComponent:  # noqa: ARG001
    """Make the component; ``learnt`` are units known from earlier documents (rows of `KnownUnit`)."""
    return UnitsComponent(nlp, [KnownUnit(**row) for row in learnt])


class UnitsComponent:
    """Marks the mentions of units. It does not learn by itself, so that a document's facts never depend on others."""

    def __init__(self, nlp: Language, learnt: Iterable[KnownUnit] = ()) -> None:
        self.nlp = nlp
        self.registry = UnitRegistry(list(learnt))
        self.matcher: PhraseMatcher = self._matcher()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["units"]``: longest mentions, without overlaps."""
        local = [unit for fact in findings_of(doc).headers for unit in named_in(fact.value)]
        spans = [self._span(doc, match) for match in (*self.matcher(doc), *self._locally(doc, local))]
        doc.spans["units"] = filter_spans(spans)
        return doc

    def learn(self, header: Header) -> int:
        """Register the units that a header names; the number of new ones."""
        added = sum(self.registry.add(unit) for unit in named_in(header))
        if added:
            self.matcher = self._matcher()
        return added

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Save what was learnt, as spaCy saves components."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        rows = [{"name": unit.name, "also": list(unit.also), "under": unit.under} for unit in self.registry.learnt]
        (folder / "units.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> UnitsComponent:  # noqa: ARG002
        """Bring back what was learnt."""
        rows = json.loads((Path(path) / "units.json").read_text(encoding="utf-8"))
        self.registry = UnitRegistry([KnownUnit(row["name"], tuple(row["also"]), row["under"]) for row in rows])
        self.matcher = self._matcher()
        return self

    def _matcher(self) -> PhraseMatcher:
        matcher = PhraseMatcher(self.nlp.vocab, attr="NORM")
        for form, unit in self.registry.forms():
            matcher.add(unit.name, [self.nlp.make_doc(form)])
        return matcher

    def _locally(self, doc: Doc, units: list[KnownUnit]) -> list[tuple[int, int, int]]:
        if not units:
            return []
        matcher = PhraseMatcher(self.nlp.vocab, attr="NORM")
        for unit in units:
            matcher.add(unit.name, [self.nlp.make_doc(unit.name)])
        return list(matcher(doc))

    @staticmethod
    def _span(doc: Doc, match: tuple[int, int, int]) -> DocSpan:
        name, start, end = match
        return DocSpan(doc, start, end, label="UNIT", kb_id=name)
