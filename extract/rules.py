"""The rule registry: a pattern, what it reads, and its examples, side by side.

Patterns are written in proper Vietnamese and matched on folded text of equal length, so they also read text that
lost its marks, in whole or in part; such a match has a lower confidence, and one whose marks are other ones («mọi quy»
for «mỗi quý») counts only beside a number, and for little. In a pattern a blank stands for any
white space inside of a block (a line or page break too), `` ?`` for none or some; literals may be in lower case.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from corpus.span import Span
from extract.reading import Reading
from normalize.fold import fold

T = TypeVar("T")

MARKS_LOST, MARKS_OTHER = 0.8, 0.55
"""What a match is worth in which marks are missing, and one in which they are other ones."""


_DIGIT = re.compile(r"\d")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class Found:
    """One match of a rule. ``found["day"]`` is a named group as printed (white space single), "" where absent.

    ``reference`` is the date of the document (or None where it states none): years left out count from it.
    ``before`` and ``after`` are the rest of the block (at most 160 characters), lower case and folded.
    """

    text: str
    span: Span
    groups: Mapping[str, str]
    reference: dt.date | None
    exact: bool
    before: str
    after: str
    cell: bool = False

    def __getitem__(self, name: str) -> str:
        return self.groups.get(name, "")


Reader = Callable[[Found], T | None]


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A registered rule. ``read`` returns the value, or None to refuse the match after a closer look.

    ``place``: «text» (running text), «cell» (a table's time cell or a label's content) or «both».
    ``cues``: folded words of which the block must hold one; ``digits``: a match always holds a digit. Both are cheap
    tests before the pattern.
    """

    name: str
    pattern: str
    read: Reader[T] | None
    doc: str
    examples: Mapping[str, T | tuple[T, ...]] = field(default_factory=dict)
    rejects: Sequence[str] = ()
    place: str = "both"
    cues: tuple[str, ...] = ()
    digits: bool = False
    confidence: float = 0.95
    reference: dt.date | None = None

    @cached_property
    def marked(self) -> re.Pattern[str]:
        """The pattern for text with its marks; each of the three is compiled when it is first asked for."""
        return re.compile(_whole(self.pattern))

    @cached_property
    def loose(self) -> re.Pattern[str]:
        """The pattern for text that may have lost some marks."""
        return re.compile(loosened(_whole(self.pattern)))

    @cached_property
    def folded(self) -> re.Pattern[str]:
        """The pattern for text without marks."""
        return re.compile(fold(_whole(self.pattern)))

    def applies(self, *, cell: bool) -> bool:
        """Whether the rule reads this kind of place."""
        return self.place == "both" or (self.place == "cell") == cell


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A value with its evidence; ``value`` is None where a guard holds the place."""

    span: Span
    value: T | None
    rule: str
    confidence: float
    exact: bool


class Rules(Generic[T]):
    """A set of rules that read one kind of fact. ``key``: what of a value an example compares."""

    def __init__(self, name: str, key: Callable[[T], object]) -> None:
        self.name = name
        self.key = key
        self._rules: list[Rule[T]] = []

    def __iter__(self) -> Iterator[Rule[T]]:
        return iter(self._rules)

    def rule(  # noqa: PLR0913  (keywords only, nearly all optional)
        self,
        pattern: str,
        *,
        examples: Mapping[str, T | tuple[T, ...]],
        rejects: Sequence[str] = (),
        place: str = "both",
        cues: Sequence[str] = (),
        digits: bool = False,
        confidence: float = 0.95,
        reference: str | None = None,
    ) -> Callable[[Reader[T]], Reader[T]]:
        """Register the decorated function; its docstring is what the reviewer sees.

        ``reference`` is the document's date for the examples (ISO).
        """

        def register(read: Reader[T]) -> Reader[T]:
            name = f"{self.name}.{read.__name__}"
            day = dt.date.fromisoformat(reference) if reference else None
            doc = (read.__doc__ or "").strip()
            plain = tuple(fold(cue).lower() for cue in cues)
            self._add(Rule(name, pattern, read, doc, examples, rejects, place, plain, digits, confidence, day))
            return read

        return register

    def guard(
        self,
        name: str,
        pattern: str,
        *,
        doc: str,
        rejects: Sequence[str],
        place: str = "both",
        cues: Sequence[str] = (),
    ) -> None:
        """Words that look like a fact and are none: they hold their place, so that no shorter match is taken."""
        plain = tuple(fold(cue).lower() for cue in cues)
        self._add(Rule(f"{self.name}.{name}", pattern, None, doc, {}, rejects, place, plain))

    def _add(self, rule: Rule[T]) -> None:
        if any(rule.name == other.name for other in self._rules):
            raise ValueError(f"two rules are called {rule.name}")
        self._rules.append(rule)

    def find(
        self,
        reading: Reading,
        *,
        reference: dt.date | None = None,
        cell: bool = False,
        blocks: Iterable[Span] | None = None,
    ) -> list[Match[T]]:
        """Every value in the text, in order; overlaps: longest, then confidence, then first."""
        rules = [rule for rule in self._rules if rule.applies(cell=cell)]
        found: list[Match[T]] = []
        for block in reading.blocks if blocks is None else blocks:
            here = reading.folded[block.start : block.end]
            numbered = _DIGIT.search(here) is not None
            for rule in rules:
                if (numbered or not rule.digits) and (not rule.cues or any(cue in here for cue in rule.cues)):
                    found += self._matches(rule, reading, block, reference, cell=cell)
        return [match for match in disjoint(found) if match.value is not None]

    def _matches(
        self, rule: Rule[T], reading: Reading, block: Span, reference: dt.date | None, *, cell: bool
    ) -> Iterator[Match[T]]:
        for match in rule.folded.finditer(reading.folded, block.start, block.end):
            span = Span(*match.span())
            if not span:
                continue
            worth = _worth(rule, reading, span)
            if not worth:
                continue
            exact = worth == 1.0
            value: T | None = None
            if rule.read is not None:
                value = rule.read(_found(match, reading, block, reference, exact=exact, cell=cell))
                if value is None:
                    continue
            yield Match(span, value, rule.name, rule.confidence * worth, exact)


def _worth(rule: Rule[T], reading: Reading, span: Span) -> float:
    """1.0 where the marks are as written, less where some are missing or other ones, 0 where that tells against it."""
    for pattern, worth in ((rule.marked, 1.0), (rule.loose, MARKS_LOST)):
        match = pattern.match(reading.marked, span.start)
        if match is not None and match.end() == span.end:
            return worth
    return MARKS_OTHER if any(char.isdecimal() for char in span.of(reading.marked)) else 0.0


def _found(
    match: re.Match[str], reading: Reading, block: Span, reference: dt.date | None, *, exact: bool, cell: bool
) -> Found:
    groups = {
        name: " ".join(reading.text[slice(*match.span(name))].split())
        for name, value in match.groupdict().items()
        if value is not None
    }
    start, end = match.span()
    return Found(
        " ".join(reading.text[start:end].split()),
        Span(start, end),
        groups,
        reference,
        exact,
        reading.folded[max(block.start, start - 160) : start],
        reading.folded[end : min(block.end, end + 160)],
        cell,
    )


def disjoint(matches: Iterable[Match[T]]) -> list[Match[T]]:
    """The matches that win where they overlap: longest, then confidence, then first; in text order."""
    ranked = sorted(matches, key=lambda match: (-len(match.span), -match.confidence, match.span.start))
    kept: list[Match[T]] = []
    taken: set[int] = set()
    for match in ranked:
        places = range(match.span.start, match.span.end)
        if taken.isdisjoint(places):
            kept.append(match)
            taken.update(places)
    return sorted(kept, key=lambda match: match.span)


def loosened(pattern: str) -> str:
    """The pattern with each marked letter also read where its tone, or all its marks, are gone.

    >>> loosened("quý [à-ỹ]")
    'qu[ýy] [à-ỹ]'
    """
    pieces: list[str] = []
    inside = False
    for char in pattern:
        inside = (inside or char == "[") and char != "]"
        forms = char if inside else "".join(dict.fromkeys((char, _toneless(char), fold(char))))
        pieces.append(f"[{forms}]" if len(forms) > 1 else forms)
    return "".join(pieces)


def _toneless(char: str) -> str:
    """The letter without its tone: ố → ô."""
    kept = [part for part in unicodedata.normalize("NFD", char) if part not in _TONES]
    return unicodedata.normalize("NFC", "".join(kept))


def _whole(pattern: str) -> str:
    """The spaced pattern where it begins no later than its word: «hạn» is no match inside of «phần»."""
    return rf"(?:\b|(?!\w))(?:{spaced(pattern)})"


def spaced(pattern: str) -> str:
    """The pattern with each blank standing for any white space inside of a block.

    >>> spaced("trước ngày ?5")
    'trước ++ngày *+5'
    """
    return pattern.replace(" ?", " *+").replace(" ", " ++").replace(" ++*+", " *+")
