"""Dashes before the items of a list that were read as other flat strokes: «~ Như trên;».

A stroke is taken for a dash where it stands alone at a line's start, is flat, and another line of the same block opens
with a dash or such a stroke too: a list has one kind of bullet. What was read at first is kept (`Word.readings`).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.layout import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.layout import Word

_DASHES = frozenset("-–—")
_STROKES = frozenset("~_¬=")
_FLAT = 0.6
"""Share of a line's height that a stroke's height stays below."""


def even(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with dashes before the items of their lists; an empty line parts two lists."""
    found: list[Line] = []
    for _, block in groupby(lines, key=lambda line: bool(line.words)):
        own = list(block)
        listed = sum(_opens(line, _DASHES) or _is_stroke(line) for line in own) > 1
        found += [_dashed(line) if listed and _is_stroke(line) else line for line in own]
    return tuple(found)


def _opens(line: Line, marks: frozenset[str]) -> bool:
    return len(line.words) > 1 and line.words[0].text in marks


def _is_stroke(line: Line) -> bool:
    """Whether a line opens with a flat stroke that is no dash, by itself."""
    if not _opens(line, _STROKES):
        return False
    return line.box is not None and _height(line.words[0]) < _FLAT * (line.box.bottom - line.box.top)


def _height(word: Word) -> float:
    return word.box.bottom - word.box.top if word.box else 0.0


def _dashed(line: Line) -> Line:
    first = line.words[0]
    dash = replace(first, text="-", readings=(first.text, *first.readings))
    return replace(Line.of((dash, *line.words[1:]), line.kind), box=line.box)
