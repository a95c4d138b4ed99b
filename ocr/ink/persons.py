"""Names of persons as a signature block prints them, told from what engines make of seals and pen strokes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from normalize.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.engine import ReadWord

_MOST = 6
"""Words that a name has at most, degrees in front not counted."""

_SEEN = 0.5
"""Confidence below which a word of a name counts as unread."""

_SURE = 0.7
"""Confidence from which a word beside a name is text and not what an engine makes of a seal."""


def person_in(words: Sequence[ReadWord]) -> list[ReadWord]:
    """The name that the words of one line hold from some word on, dirt around it left out; empty where none is.

    A name begins with a family name and goes on with words of letters, each with a capital in front. Beside other
    text it is part of a sentence. «Thị Lê Vân» is what a seal left of a name: «Thị» and «Văn» are family names of few.
    """
    for start, word in enumerate(words):
        if not _is_family(word):
            continue
        name = [word]
        for other in words[start + 1 : start + _MOST]:
            if not _is_given(other):
                break
            name.append(other)
        around = (*words[:start], *words[start + len(name) :])
        if len(name) >= 2 and not any(map(_is_text, around)):
            return [] if _is_office(name) else name
    return []


def _is_office(words: Sequence[ReadWord]) -> bool:
    """Whether what looks like a name is an office: «CHỦ TỊCH» begins like «Chu»."""
    return fold(" ".join(word.text for word in words)).lower() in _offices()


def _is_family(word: ReadWord) -> bool:
    return _is_given(word) and fold(word.text).lower() in _families()


def _is_text(word: ReadWord) -> bool:
    return len(word.text) > 1 and word.text.isalpha() and word.confidence >= _SURE


def _is_given(word: ReadWord) -> bool:
    text = word.text
    return text.isalpha() and (text.istitle() or text.isupper()) and word.confidence >= _SEEN


@cache
def _offices() -> frozenset[str]:
    return frozenset(fold(name).lower() for name in _data()["offices"])


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads((resources.files("corpus") / "lexicon" / "persons.toml").read_text(encoding="utf-8"))


@cache
def _families() -> frozenset[str]:
    data = _data()
    families, middles = ({fold(name).lower() for name in data[key]} for key in ("family_names", "middle_names"))
    return frozenset(families - middles)
