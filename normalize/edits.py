"""Edits: what every fixer returns, and the way back from repaired text to what was read.

A fixer never returns a bare string. It returns edits over the text that it was given; applying them is
one function, so offsets map back exactly and each change explains itself.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.span import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``span`` by ``replacement`` because of ``reason`` (a short Vietnamese phrase).

    ``margin`` in [0, 1] is how far the chosen reading was ahead of the next (1: certain).
    ``alternatives`` are other readings worth showing; ``flag`` asks for a person's look.
    """

    span: Span
    replacement: str
    reason: str
    margin: float = 1.0
    alternatives: tuple[str, ...] = ()
    flag: bool = False


Fixer = Callable[[str], Sequence[Edit]]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with the edits carried out.

    Raises:
        ValueError: two edits overlap, or one lies outside of the text.

    >>> apply("QÐ 12", [Edit(Span(1, 2), "Đ", "Ð → Đ")])
    'QĐ 12'
    """
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < at or edit.span.end > len(text):
            raise ValueError(f"edits overlap or leave the text at {edit.span}")
        pieces += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


@dataclass(frozen=True, slots=True)
class Step:
    """One fixer's name and its edits, whose spans are offsets into the text as the step found it."""

    name: str
    edits: tuple[Edit, ...]
    _before: tuple[int, ...] = field(default=(), init=False, repr=False, compare=False)
    _after: tuple[int, ...] = field(default=(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.edits, key=lambda edit: edit.span))
        before: list[int] = []
        after: list[int] = []
        drift = 0
        for edit in ordered:
            before.append(edit.span.start)
            after.append(edit.span.start + drift)
            drift += len(edit.replacement) - len(edit.span)
        object.__setattr__(self, "edits", ordered)
        object.__setattr__(self, "_before", tuple(before))
        object.__setattr__(self, "_after", tuple(after))

    def back(self, span: Span) -> Span:
        """The span before this step for a span after it; an edit that is touched counts whole."""
        start = self._back(span.start, at_end=False)
        return Span(start, max(self._back(span.end, at_end=True), start))

    def _back(self, offset: int, *, at_end: bool) -> int:
        index = bisect.bisect_left(self._after, offset) if at_end else bisect.bisect_right(self._after, offset)
        if index == 0:
            return offset
        edit = self.edits[index - 1]
        inside = offset - self._after[index - 1]
        length = len(edit.replacement)
        if inside < length or (at_end and inside == length):
            return edit.span.end if at_end else edit.span.start
        return edit.span.end + inside - length


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text as read, text as repaired, and the steps between."""

    raw: str
    text: str
    steps: tuple[Step, ...] = ()

    @staticmethod
    def untouched(text: str) -> Repaired:
        """A text that nothing was done to."""
        return Repaired(text, text)

    def then(self, name: str, edits: Iterable[Edit]) -> Repaired:
        """This, with one more step applied to its text."""
        step = Step(name, tuple(edits))
        if not step.edits:
            return self
        return Repaired(self.raw, apply(self.text, step.edits), (*self.steps, step))

    def to_raw(self, span: Span) -> Span:
        """The span in ``raw`` for a span in ``text``."""
        for step in reversed(self.steps):
            span = step.back(span)
        return span

    def edits_in(self, span: Span) -> list[tuple[str, Edit]]:
        """``(step name, edit)`` of every edit that went into ``span`` of the final text."""
        found: list[tuple[str, Edit]] = []
        for step in reversed(self.steps):
            before = step.back(span)
            found += [(step.name, edit) for edit in step.edits if edit.span.overlaps(before) or edit.span == before]
            span = before
        return found[::-1]


def repair(text: str, fixers: Iterable[tuple[str, Fixer]]) -> Repaired:
    """``text`` after each named fixer in turn."""
    repaired = Repaired.untouched(text)
    for name, fixer in fixers:
        repaired = repaired.then(name, fixer(repaired.text))
    return repaired


def by_line(repaired: Repaired) -> list[Repaired]:
    """Each line on its own, its edits with offsets into the line.

    Expects edits that keep within a line.
    """
    rows = [Repaired.untouched(line) for line in repaired.raw.split("\n")]
    text = repaired.raw
    for step in repaired.steps:
        starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
        shares: dict[int, list[Edit]] = {}
        for edit in step.edits:
            row = bisect.bisect_right(starts, edit.span.start) - 1
            span = Span(edit.span.start - starts[row], edit.span.end - starts[row])
            shares.setdefault(row, []).append(replace(edit, span=span))
        for row, edits in shares.items():
            rows[row] = rows[row].then(step.name, edits)
        text = apply(text, step.edits)
    return rows
