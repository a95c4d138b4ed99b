"""Unit names that documents read earlier have taught: where such a name ends, and how it is spelt.

What a document taught is never kept here: the caller hands the names over with each document (`Source.known_units`),
so that the names of a document that is forgotten go with it. The registry that comes with the program has the last
word: its names are neither lengthened into another registered one nor spelt anew.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from extract import lexicon
from extract.obligations.drafts import Draft
from extract.units.kinds import kind_of
from extract.units.registry import NEAR, key, units_named
from extract.units.repair import proper_heads, suspicious
from normalize.fold import fold

MOST = 400
"""So many names are handed on; the ones that most documents name come first."""
_DOCUMENTS = 2
"""An addressee or an entry of Nơi nhận counts once so many documents name it; an issuer at once."""
_WORDS = 3
_UNSURE = 0.6
_CLEARLY = 8
_GENERAL = re.compile(r"(?:các|những|một số|toàn thể|mọi)(?!\w)", re.IGNORECASE)
_LOOSE = re.compile(r"(?<!\w)(?:trên địa bàn|thuộc|liên quan|công lập|tư nhân|như trên|có)(?!\w)|\s(?:Sở|SYT|Bộ|Cục)$")
"""What a name means only where it is written («Ban Giám đốc Sở»), or that means many."""
_WORD = re.compile(r"[^\W_]+")


def common(seen: Iterable[tuple[str, str, str]], most: int = MOST) -> tuple[str, ...]:
    """The names worth handing on, of rows ``(document, field, printed)``; several entries are joined by «; ».

    >>> common([("a", "issuer", "Trạm Thủy nông Suối Bạc"), ("a", "distribution", "Như trên; Trạm Cân Gò Xoài")])
    ('Trạm Thủy nông Suối Bạc',)
    """
    documents: dict[str, set[str]] = defaultdict(set)
    issuers: set[str] = set()
    for document, field, printed in seen:
        for name in filter(_is_proper, units_named(printed.split("; "))):
            documents[name].add(document)
            if field in {"issuer", "parent_issuer"}:
                issuers.add(name)
    sure = [name for name, where in documents.items() if name in issuers or len(where) >= _DOCUMENTS]
    return tuple(sorted(sure, key=lambda name: (-len(documents[name]), name))[:most])


def applied(drafts: Sequence[Draft], names: tuple[str, ...]) -> list[Draft]:
    """The drafts with the names of their units ended and spelt as the learnt names are; doubtful ones are less sure."""
    if not names:
        return list(drafts)
    learnt = _learnt(names)
    ended = [learnt.ended(draft) for draft in drafts]
    units = dict.fromkeys(unit for draft in ended for unit in (*draft.lead, *draft.support))
    spelt = {unit: learnt.spelling(unit) for unit in units}
    return [_spelt(draft, spelt) for draft in ended]


@dataclass(frozen=True, slots=True)
class Learnt:
    """Learnt names by their `key`; ``longer`` are the keys that go on after a given one, longest first."""

    by_key: dict[str, str]
    longer: dict[str, tuple[str, ...]]

    def ended(self, draft: Draft) -> Draft:
        """A lead that was ended too early takes the rest of its name back from the beginning of the task.

        «Trạm Quan trắc» + «cảnh báo lũ Suối Bạc báo cáo kết quả» becomes «Trạm Quan trắc cảnh báo lũ Suối Bạc» where
        that name is known, and the shorter one is not.
        """
        own = key(draft.lead[-1]) if draft.lead else ""
        if not own or own in self.by_key or own in _shipped():
            return draft
        for longer in self.longer.get(own, ()):
            end = _end_of(longer[len(own) :].split(), draft.task)
            if end and draft.task[end:].strip(" .,;:"):
                whole = " ".join(f"{draft.lead[-1]} {draft.task[:end]}".split())
                return replace(draft, lead=(*draft.lead[:-1], whole), task=draft.task[end:].lstrip(" ,;:\n\f"))
        return draft

    def spelling(self, unit: str) -> str:
        """The name with the marks that it lost, or, misread, the learnt one that it clearly means."""
        mine = key(unit)
        if mine in _shipped():
            return unit
        if known := self.by_key.get(mine):
            return known if _lost_marks(unit, known) else unit
        return self._nearest(mine) or unit if suspicious(unit) else unit

    def _nearest(self, misread: str) -> str | None:
        """The one name that is clearly more like a misread one than the rest."""
        found = process.extract(misread, list(self.by_key), scorer=fuzz.ratio, limit=2, score_cutoff=NEAR - _CLEARLY)
        if not found or found[0][1] < NEAR or (len(found) > 1 and found[0][1] - found[1][1] < _CLEARLY):
            return None
        return self.by_key[found[0][0]]


def _spelt(draft: Draft, names: Mapping[str, str]) -> Draft:
    lead, support = (tuple(names[unit] for unit in units) for units in (draft.lead, draft.support))
    if (lead, support) == (draft.lead, draft.support):
        return draft
    return replace(draft, lead=lead, support=support, confidence=min(draft.confidence, _UNSURE))


def _is_proper(name: str) -> bool:
    """Whether a name means one unit wherever it is read: no people, no «các …», no initials, nothing misread."""
    if (
        len(name.split()) < _WORDS
        or _GENERAL.match(name)
        or _LOOSE.search(name)
        or kind_of(name) != "name"
        or re.search(r"[;,()/\d]", name)
    ):
        return False
    return not suspicious(name) and proper_heads(name) == name and key(name) not in _shipped()


@lru_cache(maxsize=4)
def _learnt(names: tuple[str, ...]) -> Learnt:
    """The names in the form in which they are looked up; of two with one key but other marks, neither counts."""
    counts = Counter(key(name) for name in names)
    by_key = {key(name): name for name in names if counts[key(name)] == 1}
    longer: dict[str, list[str]] = defaultdict(list)
    for known in sorted(by_key, key=len, reverse=True):
        for shorter in _beginnings(known):
            longer[shorter].append(known)
    return Learnt(by_key, {shorter: tuple(found) for shorter, found in longer.items()})


def _beginnings(known: str) -> Iterator[str]:
    words = known.split()
    return (" ".join(words[:count]) for count in range(2, len(words)))


def _end_of(words: Sequence[str], text: str) -> int:
    """Where the folded ``words`` end at the beginning of ``text``; 0 if it does not begin with them."""
    at = 0
    for word in words:
        found = _WORD.search(text, at)
        if found is None or fold(found[0]).lower() != word or text[at : found.start()].strip(" \n\f,–-"):
            return 0
        at = found.end()
    return at


def _lost_marks(printed: str, known: str) -> bool:
    """Whether ``printed`` is ``known`` but for words that stand without marks; other marks may be another unit's."""
    pairs = list(zip(_WORD.findall(printed.casefold()), _WORD.findall(known.casefold()), strict=False))
    different = [pair for pair in pairs if pair[0] != pair[1]]
    return bool(different) and all(mine == fold(mine) == fold(other) for mine, other in different)


@cache
def _shipped() -> frozenset[str]:
    """The keys of the registry that comes with the program."""
    return frozenset(key(form) for unit in lexicon.known_units() for form in (unit.name, *unit.also))
