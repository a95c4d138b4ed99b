"""How well the facts are found: precision, recall and F1 against facts made by hand, and what changed since.

Every fact has a name that says what it is, so that two runs can be compared fact by fact: which were won
(gains), which were lost (losses), which false ones are new.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from normalize.fold import fold
from normalize.unicode import match_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    FactJson = dict[str, Any]

HEADER_FIELDS: Final = ("number", "date", "doc_type", "issuer", "signer_name", "subject", "urgency", "addressees")
SECTIONS: Final = ("headers", "citations", "deadlines", "targets", "obligations")
_ALIKE: Final = {"deadlines": 55, "targets": 55, "obligations": 80, "subject": 90}


@dataclass
class Score:
    """Facts of one or several files by section: found, missed, false; each by its name."""

    found: dict[str, list[str]] = field(default_factory=lambda: {section: [] for section in SECTIONS})
    missed: dict[str, list[str]] = field(default_factory=lambda: {section: [] for section in SECTIONS})
    false: dict[str, list[str]] = field(default_factory=lambda: {section: [] for section in SECTIONS})
    silent: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take another file's facts in."""
        for mine, theirs in ((self.found, other.found), (self.missed, other.missed), (self.false, other.false)):
            for section in SECTIONS:
                mine[section] += theirs[section]
        self.silent += other.silent

    def rates(self, section: str) -> tuple[float | None, float | None, float | None]:
        """``(precision, recall, F1)``; None where there is nothing to divide by."""
        found, missed, false = (len(kind[section]) for kind in (self.found, self.missed, self.false))
        precision = found / (found + false) if found + false else None
        recall = found / (found + missed) if found + missed else None
        f1 = 2 * found / (2 * found + missed + false) if found + missed + false else None
        return precision, recall, f1

    def report(self) -> dict[str, Any]:
        """The score as JSON-ready values; what ``--against`` reads back."""
        rates = {
            section: dict(zip(("precision", "recall", "f1"), self.rates(section), strict=True)) for section in SECTIONS
        }
        return {"rates": rates, "found": self.found, "missed": self.missed, "false": self.false, "silent": self.silent}


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from an older run, by name."""

    gains: list[str]
    losses: list[str]
    new_false: list[str]
    gone_false: list[str]


def compare(new: dict[str, Any], old: dict[str, Any]) -> Change:
    """Gains and losses of one report against an older one."""
    return Change(
        _more(new["found"], old["found"]),
        _more(old["found"], new["found"]),
        _more(new["false"], old["false"]),
        _more(old["false"], new["false"]),
    )


def score(name: str, gold: FactJson, found: FactJson, tiers: frozenset[str] = frozenset({"core"})) -> Score:
    """One file's score. ``gold`` and ``found`` have the form of the facts schema; other tiers count neither way."""
    result = Score()
    _headers(name, gold, found, result)
    for section, key, alike in _RULES:
        wanted = gold.get(section) or []
        counted = [not fact.get("tier") or fact["tier"] in tiers for fact in wanted]
        pairs = _pair(wanted, found.get(section) or [], alike)
        for index, fact in enumerate(wanted):
            if counted[index]:
                kind = result.found if index in pairs else result.missed
                kind[section].append(f"{name}: {key(fact)}")
        used = set(pairs.values())
        extra = (fact for index, fact in enumerate(found.get(section) or []) if index not in used)
        result.false[section] += [f"{name}: {key(fact)}" for fact in extra if not _ignored(fact, gold)]
    return result


def _headers(name: str, gold: FactJson, found: FactJson, result: Score) -> None:
    """Field by field; documents are paired by their order, parts by their number."""
    theirs = {document["part"]: document for document in found.get("documents") or []}
    for wanted in gold["documents"]:
        got = theirs.get(wanted["part"], {})
        for part in HEADER_FIELDS:
            label = f"{name}: {part} phần {wanted['part']}"
            right = _field_is_right(part, wanted, got.get(part))
            if wanted.get(part) and right:
                result.found["headers"].append(label)
            elif wanted.get(part):
                result.missed["headers"].append(label)
            if got.get(part) and not right:
                result.false["headers"].append(f"{label} = {got[part]}")
                if part in {"number", "date"} and not got.get("needs_review"):
                    result.silent.append(f"{label} = {got[part]}")


def _field_is_right(part: str, wanted: FactJson, got: Any) -> bool:  # noqa: ANN401 - a JSON value
    accepted = [wanted.get(part), *(wanted.get(f"{part}_accept") or [])]
    if not got:
        return None in accepted or not accepted[0]
    if part == "subject":
        return any(_ratio(one, got) >= _ALIKE["subject"] for one in accepted if one)
    if isinstance(got, list):
        return {_plain(one) for one in got} == {_plain(one) for one in accepted[0] or []}
    return _plain(got) in {_plain(one) for one in accepted if one}


def _pair(
    wanted: list[FactJson], found: list[FactJson], alike: Callable[[FactJson, FactJson], float]
) -> dict[int, int]:
    """``{index in wanted: index in found}``, the most alike pairs first; 0 means not alike."""
    ways = [(-alike(one, other), i, j) for i, one in enumerate(wanted) for j, other in enumerate(found)]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for unlikeness, i, j in sorted(ways):
        if unlikeness < 0 and i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def _citation(wanted: FactJson, found: FactJson) -> float:
    if wanted["number"] and found["number"]:
        same = _plain(wanted["number"]) == _plain(found["number"])
        return 1.0 + _nearness(wanted, found) if same else 0
    if wanted["number"] or found["number"]:
        return 0
    return max(_ratio(wanted["quote"], found["quote"]) - 70, 0)


def _deadline(wanted: FactJson, found: FactJson) -> float:
    rules = [wanted.get("rrule"), *(wanted.get("rrule_also") or [])]
    same_rule = bool(found.get("rrule")) and found["rrule"] in rules
    days = [wanted.get("due"), *(wanted.get("due_accept") or [])]
    if not (same_rule or found["due"] in days) or wanted["kind"] != found["kind"]:
        return 0
    return max(_ratio(wanted["text"], found["text"]) - _ALIKE["deadlines"], 0) + _nearness(wanted, found)


def _target(wanted: FactJson, found: FactJson) -> float:
    if (wanted["value"], wanted["comparator"]) != (found["value"], found["comparator"]):
        return 0
    if _plain(wanted["unit"] or "") != _plain(found["unit"] or ""):
        return 0
    return 1 + _ratio(wanted["text"], found["text"])


def _obligation(wanted: FactJson, found: FactJson) -> float:
    from rapidfuzz import fuzz

    likeness = float(fuzz.token_set_ratio(_plain(wanted["task"]), _plain(found["task"])))
    return likeness + _nearness(wanted, found) if likeness >= _ALIKE["obligations"] else 0


def _nearness(wanted: FactJson, found: FactJson) -> float:
    """A little for standing in the same place, to part facts that say the same."""
    return float(wanted["part"] == found["part"]) + float(_place(wanted) == _place(found))


def _place(fact: FactJson) -> int | None:
    return fact.get("line") or fact.get("page")


def _ignored(fact: FactJson, gold: FactJson) -> bool:
    """Whether a false fact stands where the gold facts say nothing."""
    place = _place(fact)
    for stretch in gold.get("ignore") or []:
        ends = stretch if isinstance(stretch, list) else stretch.get("lines") or stretch.get("pages") or []
        if len(ends) == 2 and place is not None and ends[0] <= place <= ends[1]:
            return True
    return False


def _ratio(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.ratio(_plain(one), _plain(other)))


def _plain(text: str) -> str:
    """For comparing: one tone placement, lower case, no white space around hyphens and slashes."""
    return re.sub(r"\s*([/–-])\s*", r"\1", " ".join(match_key(str(text)).split()))


def _more(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    """Names in ``one`` that are not in ``other``, section by section; each as often as it occurs more."""
    return [f"{section} · {name}" for section in SECTIONS for name in _minus(one[section], other.get(section, []))]


def _minus(one: Iterable[str], other: Iterable[str]) -> Iterator[str]:
    return (Counter(one) - Counter(other)).elements()


def _named(*parts: str) -> Callable[[FactJson], str]:
    """How a fact is called in reports: some of its values, without marks so that a lost mark is no new fact."""

    def name(fact: FactJson) -> str:
        said = " · ".join(str(fact[part]) for part in parts if fact.get(part) is not None)
        return fold(" ".join(said.split()))[:90]

    return name


_RULES: Final = (
    ("citations", _named("part", "number", "quote"), _citation),
    ("deadlines", _named("part", "text", "due", "rrule"), _deadline),
    ("targets", _named("part", "text", "value"), _target),
    ("obligations", _named("part", "ref", "task"), _obligation),
)
