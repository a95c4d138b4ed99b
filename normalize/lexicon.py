"""What ``corpus/lexicon`` holds, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from normalize.fold import fold


def resource(name: str) -> Traversable:
    """A file of ``corpus/lexicon``."""
    return files("corpus").joinpath("lexicon", name)


@dataclass(frozen=True, slots=True)
class Syllables:
    """The written syllables, lower case, NFC, tones placed as in «hòa», most frequent first.

    ``by_skeleton`` lists for each folded form its syllables; ``counts`` are occurrences in the training text.
    """

    counts: dict[str, int]
    by_skeleton: dict[str, tuple[str, ...]]


@cache
def syllables() -> Syllables:
    """The syllable list."""
    counts: dict[str, int] = {}
    readings: dict[str, list[str]] = {}
    for row in resource("syllables.tsv").read_text(encoding="utf-8").splitlines():
        syllable, count = row.split("\t")
        counts[syllable] = int(count)
        readings.setdefault(fold(syllable), []).append(syllable)
    return Syllables(counts, {skeleton: tuple(group) for skeleton, group in readings.items()})


@cache
def acronyms() -> frozenset[str]:
    """Abbreviations in capitals that official texts use."""
    rows = resource("acronyms.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(row for row in rows if row and not row.startswith("#"))


@cache
def known_abbreviations() -> frozenset[str]:
    """The abbreviations, and the parts that document numbers are made of."""
    rows = resource("code_parts.txt").read_text(encoding="utf-8").splitlines()
    return acronyms() | {row for row in rows if row and not row.startswith("#")}
