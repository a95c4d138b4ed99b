"""Where each word of the corrected text stands on its page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.document import PAGE_BREAK
from corpus.layout import Box
from corpus.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.document import Document
    from corpus.layout import Line, Page, Word
    from normalize.edits import Repaired

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of the corrected text; ``box`` in points from the top left of the page as it was read."""

    text: str
    box: Box


PlacedLine = tuple[PlacedWord, ...]


def placed_lines(document: Document, repaired: Repaired) -> list[list[PlacedLine]]:
    """For each page its lines of corrected words in reading order; empty for pages without boxes."""
    found: list[list[PlacedLine]] = []
    at = raw_at = 0
    for page, text in zip(document.pages, repaired.text.split(PAGE_BREAK), strict=True):
        found.append(_page(page, text, at, raw_at, repaired))
        at += len(text) + 1
        raw_at += len(page.text) + 1
    return found


def _page(page: Page, text: str, at: int, raw_at: int, repaired: Repaired) -> list[PlacedLine]:
    lines: list[PlacedLine] = []
    for line, corrected in zip(page.lines, text.split("\n"), strict=False):
        tokens = [
            (found[0], _back(repaired, Span(at + found.start(), at + found.end()), raw_at, len(line.text)))
            for found in _TOKEN.finditer(corrected)
        ]
        if any(word.box for word in line.words):
            lines.append(_line(line, tokens))
        at += len(corrected) + 1
        raw_at += len(line.text) + 1
    return [line for line in lines if line]


def _back(repaired: Repaired, span: Span, raw_at: int, length: int) -> Span:
    """The token's span in the raw line; edits that reach over the line's ends are cut there."""
    raw = repaired.to_raw(span)
    start = min(max(raw.start - raw_at, 0), length)
    return Span(start, min(max(raw.end - raw_at, start), length))


def _line(line: Line, tokens: Sequence[tuple[str, Span]]) -> PlacedLine:
    """The tokens on the line's words; tokens out of the same words share their place."""
    placed: list[PlacedWord] = []
    group: list[str] = []
    over = Span(0, 0)
    for text, span in tokens:
        if group and span.start < over.end:
            over = Span(over.start, max(over.end, span.end))
        else:
            placed += _group(line, group, over)
            group, over = [], span
        group.append(text)
    return (*placed, *_group(line, group, over))


def _group(line: Line, texts: Sequence[str], over: Span) -> list[PlacedWord]:
    words = [word for word in line.words if word.box and _span(word).overlaps(over)]
    if not words:
        before = [word for word in line.words if word.box and word.start <= over.start]
        words = before[-1:] or [word for word in line.words if word.box][:1]
        return [PlacedWord(text, _end_of(word)) for text in texts for word in words]
    if len(words) == len(texts):
        return [PlacedWord(text, _part(word, over)) for text, word in zip(texts, words, strict=True)]
    cover = _part(words[0], over)
    for word in words[1:]:
        cover = cover.cover(_part(word, over))
    return _shared(texts, cover)


def _shared(texts: Sequence[str], cover: Box) -> list[PlacedWord]:
    """The box cut by the lengths of the texts, a letter's width between them."""
    total = sum(map(len, texts)) + len(texts) - 1
    step = (cover.x1 - cover.x0) / max(total, 1)
    placed, at = [], cover.x0
    for text in texts:
        placed.append(PlacedWord(text, Box(at, cover.top, at + step * len(text), cover.bottom)))
        at += step * (len(text) + 1)
    return placed


def _part(word: Word, over: Span) -> Box:
    """The part of the word's box that its letters under ``over`` take."""
    box = word.box
    assert box is not None
    wide = (box.x1 - box.x0) / max(len(word.text), 1)
    first = max(over.start - word.start, 0)
    last = min(over.end - word.start, len(word.text))
    return Box(box.x0 + wide * first, box.top, box.x0 + wide * last, box.bottom)


def _end_of(word: Word) -> Box:
    """A sliver at the word's end, for text that stands for nothing printed."""
    assert word.box is not None
    return Box(word.box.x1, word.box.top, word.box.x1 + 0.5, word.box.bottom)


def _span(word: Word) -> Span:
    return Span(word.start, word.start + len(word.text))
