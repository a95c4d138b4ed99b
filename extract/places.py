"""Where a value stands inside of its fact, or before it: the name of a unit, a cited number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corpus.span import Span
from normalize.fold import fold

if TYPE_CHECKING:
    from extract.facts import Fact
    from extract.source import Source

_BEFORE = 4000
"""Characters before a duty in which the heading that names its unit is looked for."""


def place_of(source: Source, name: str, fact: Fact[Any]) -> Span | None:
    """The place of a unit's name: in the duty or its further places, else the nearest before it; None if nowhere.

    Of «Sở A / Phòng B» the last part is looked for. Letter case, marks and line breaks do not count.
    """
    words = fold(name.rsplit(" / ", 1)[-1]).lower().split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    for span in (fact.span, *fact.more):
        found = pattern.search(source.folded, span.start, span.end)
        if found:
            return Span(*found.span())
    before = [found.span() for found in pattern.finditer(source.folded, *_stretch(fact))]
    return Span(*before[-1]) if before else None


def _stretch(fact: Fact[Any]) -> tuple[int, int]:
    return max(fact.span.start - _BEFORE, 0), fact.span.start


def number_place(source: Source, number: str, span: Span) -> Span | None:
    """The place of a cited number in the words that cite it, blanks or not; None where it is printed otherwise."""
    pattern = r"\s*".join(re.escape(char) for char in fold(number).lower() if not char.isspace())
    found = re.compile(pattern, re.IGNORECASE).search(source.folded, span.start, span.end)
    return Span(*found.span()) if found else None
