"""Search the way people type: exact tones first, without marks after.

FTS5 never folds đ, and its own folding of marks would make «báo cáo» find «bảo cáo». So two columns are
indexed: ``exact`` (NFC, lower case, one tone placement) and ``folded`` (no marks, đ → d). A query is cut
into words; nothing that is typed can be a syntax error.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from normalize.fold import fold
from normalize.unicode import match_key

Column = Literal["exact", "folded"]
Form = Callable[[str], str]

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+")
_SMALL = re.compile(r"\b(0?)([1-9])\b")

SYNONYMS: tuple[tuple[str, str], ...] = (
    ("ubnd", "ủy ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("bhyt", "bảo hiểm y tế"),
    ("bhxh", "bảo hiểm xã hội"),
    ("cntt", "công nghệ thông tin"),
    ("cđs", "chuyển đổi số"),
    ("tthc", "thủ tục hành chính"),
    ("cchc", "cải cách hành chính"),
    ("gdđt", "giáo dục và đào tạo"),
    ("ttg", "thủ tướng chính phủ"),
)
"""Short and long form of names that are typed either way."""

_PAGES = """
    SELECT pages.document_id, pages.number, documents.title, pages.text
    FROM pages_fts
    JOIN pages ON pages.rowid = pages_fts.rowid
    JOIN documents ON documents.id = pages.document_id
    WHERE pages_fts MATCH ?
    ORDER BY bm25(pages_fts), documents.received_at DESC, pages.document_id, pages.number
    LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that matches. ``exact``: with its marks as typed. ``ranges`` are offsets into ``text``, the page."""

    document_id: str
    page: int
    title: str
    text: str
    exact: bool
    ranges: tuple[tuple[int, int], ...]


def exact_form(text: str) -> str:
    """What the exact column holds; as long as ``text`` where that is NFC.

    >>> exact_form("Uỷ ban NHÂN DÂN")
    'ủy ban nhân dân'
    """
    return match_key(text)


def folded_form(text: str) -> str:
    """What the folded column holds.

    >>> folded_form("Bệnh án điện tử")
    'benh an dien tu'
    """
    return fold(match_key(text))


FORMS: dict[Column, Form] = {"exact": exact_form, "folded": folded_form}


def fts_query(typed: str, column: Column, *, phrase: bool = False) -> str | None:
    """An FTS5 query for what was typed, or None where no word is in it.

    Every word must be there, in any order; words in quotation marks, or all of them with ``phrase``, stand together.

    >>> fts_query('45/UBND-VP "', "folded")
    '{folded} : ("45 ubnd vp" OR "45 uy ban nhan dan vp")'
    """
    form = FORMS[column]
    phrases = _phrases(form(typed))
    if phrase:
        phrases = [" ".join(phrases)] if phrases else []
    wanted = [_either(words, form) for words in _grouped(phrases, form)]
    return f"{{{column}}} : {' AND '.join(wanted)}" if wanted else None


def _phrases(typed: str) -> list[str]:
    """Quoted stretches and bare terms, each reduced to words with single spaces between."""
    found = (" ".join(_WORD.findall(quoted or bare)) for quoted, bare in _TERM.findall(typed))
    return [phrase for phrase in found if phrase]


def _grouped(phrases: list[str], form: Form) -> Iterator[str]:
    """The phrases, where single words in a row that spell out a known long form become one phrase."""
    longs = [form(long).split() for _, long in SYNONYMS]
    at = 0
    while at < len(phrases):
        size = next((len(long) for long in longs if phrases[at : at + len(long)] == long), 1)
        yield " ".join(phrases[at : at + size])
        at += size


def _either(phrase: str, form: Form) -> str:
    """The phrase in any of its forms, as FTS5 asks for it."""
    quoted = [f'"{way}"' for way in _ways(phrase, form)]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def _ways(phrase: str, form: Form) -> list[str]:
    """The phrase, with a short form spelled out or a long form shortened, and numbers below ten with a zero or without.

    >>> _ways("7 sxd", folded_form)
    ['7 sxd', '07 sxd']
    """
    ways = [phrase]
    for short, long in SYNONYMS:
        for old, new in ((form(short), form(long)), (form(long), form(short))):
            other = re.sub(rf"\b{old}\b", new, phrase)
            if other != phrase:
                ways.append(other)
    padded = (_SMALL.sub(lambda found: found[2] if found[1] else f"0{found[2]}", way, count=1) for way in ways)
    return list(dict.fromkeys((*ways, *padded)))


def search(connection: sqlite3.Connection, typed: str, *, limit: int = 20) -> list[Hit]:
    """The pages that match, exact ones first, a phrase before scattered words, then by relevance."""
    hits: dict[tuple[str, int], Hit] = {}
    tiers: tuple[tuple[Column, bool], ...] = (("exact", True), ("exact", False), ("folded", True), ("folded", False))
    for column, phrase in tiers:
        query = fts_query(typed, column, phrase=phrase)
        if query is None or len(hits) >= limit:
            break
        for document_id, page, title, text in connection.execute(_PAGES, (query, limit)):
            if (document_id, page) not in hits and len(hits) < limit:
                ranges = found_ranges(text, typed)
                hits[document_id, page] = Hit(document_id, page, title, text, column == "exact", ranges)
    return list(hits.values())


def found_ranges(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a query stand in ``text``, as half-open ranges in order.

    All of them together, with their marks or without; else one by one, with marks if any were typed: single words
    would only distract where all stand together.

    >>> found_ranges("Bệnh án điện tử", "dien TU")
    ((8, 15),)
    """
    marked: Column = "folded" if folded_form(typed) == exact_form(typed) else "exact"
    ways: tuple[tuple[Column, bool], ...] = (("exact", True), ("folded", True), (marked, False), ("folded", False))
    return next((found for column, whole in ways if (found := _ranges(text, typed, column, whole=whole))), ())


def _ranges(text: str, typed: str, column: Column, *, whole: bool) -> tuple[tuple[int, int], ...]:
    form = FORMS[column]
    shaped, phrases = form(text), _phrases(form(typed))
    wanted = [" ".join(phrases)] if whole else list(_grouped(phrases, form))
    ways = sorted({way for words in wanted for way in _ways(words, form)} - {""}, key=len, reverse=True)
    if not ways or len(shaped) != len(text):  # text that is not NFC has no places to show
        return ()
    pattern = "|".join(r"\W+".join(map(re.escape, way.split())) for way in ways)
    return tuple(match.span() for match in re.finditer(rf"\b(?:{pattern})\b", shaped))
