"""Figures that two witnesses read differently: the fact that rests on them is doubted and shows both readings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.layout import Word
from corpus.span import Span
from extract.facts import Fact, Header, Issue
from extract.source import Findings, Source

_FIELDS = ("number", "date")


def disputed(source: Source, span: Span) -> list[tuple[int, Word]]:
    """``(page, word)`` of each word under ``span`` whose figures were read in two ways."""
    found = source.document.words_in(source.repaired.to_raw(span))
    return [(page, word) for page, word in found if any(map(_has_figure, word.readings))]


def doubt_headers(source: Source, findings: Findings) -> None:
    """Marks numbers and dates of letterheads over such words, and offers the other readings."""
    for index, fact in enumerate(findings.headers):
        fields = dict(fact.value.fields)
        for name in _FIELDS:
            others = _others(source, fields[name].span) if name in fields else ()
            if others:
                known = tuple(dict.fromkeys((*fields[name].alternatives, *others)))
                fields[name] = replace(fields[name], needs_review=True, alternatives=known)
        if fields != fact.value.fields:
            value = replace(fact.value, fields=fields)
            findings.headers[index] = replace(fact, value=value, needs_review=True)


def issues(source: Source, findings: Findings) -> Iterator[Issue]:
    """An issue for each disputed word under a citation, deadline, target or letterhead, told once."""
    told: set[tuple[int, Word]] = set()
    for part, span in _places(findings):
        for place in disputed(source, span):
            if place not in told:
                told.add(place)
                yield _issue(place[1], span, part)


def _issue(word: Word, span: Span, part: int) -> Issue:
    others = _figures_of(word)
    ways = " hay ".join(f"«{text}»" for text in (_bare(word.text), *others))
    return Issue("figures-disputed", f"Chữ số được đọc theo hai cách: {ways}; xem ảnh trang.", span, part, others)


def _places(findings: Findings) -> Iterator[tuple[int, Span]]:
    for header in findings.headers:
        yield from ((header.part, span) for span in _spans(header))
    facts: list[Fact[Any]] = [*findings.citations, *findings.deadlines, *findings.targets]
    yield from ((fact.part, fact.span) for fact in facts)


def _spans(header: Fact[Header]) -> Iterator[Span]:
    fields = header.value.fields
    yield from (fields[name].span for name in _FIELDS if name in fields)


def _others(source: Source, span: Span) -> tuple[str, ...]:
    return tuple(text for _, word in disputed(source, span) for text in _figures_of(word))


def _figures_of(word: Word) -> tuple[str, ...]:
    return tuple(_bare(text) for text in word.readings if _has_figure(text))


def _bare(text: str) -> str:
    """The word without the sentence's punctuation behind it."""
    return text.rstrip(".,;:/")


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
