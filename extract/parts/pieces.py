"""The columns of a letterhead: cutting one printed line into motto, number, place and date, and the rest.

All patterns match folded text in lower case, of the same length as the line, and tolerate common misreadings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz

from corpus.span import Span
from extract.units.casing import is_capitals

_MOTTO = "cong hoa xa hoi chu nghia viet nam"
_MOTTO_EXACT = re.compile(r"c[o0q]ng\s*h[o0]a\s*x.\s*h.{1,2}\s*ch.{1,2}\s*ngh.{1,2}a?\s*v.{1,3}t?\s*na(?:m|\b)")
_DEVICE = re.compile(
    r"\S{0,3}[od0][cf]?\s*[l1i][a@]p?\s*\W{1,3}\s*t.{1,2}\s*d[o0]\s*\W{1,3}\s*h\S{1,3}h\s*ph\S{1,3}c?\S?"
)
_PARTY = re.compile(r"(?:^|\s{2,}|\s)\W*d.ng\s+c.ng\s+s.n\s+vi.t\s+nam\W*$")
_HOUR = r"(?:(?:hoi|luc)\s+\d{1,2}\s*(?:gio|h)\s*(?:\d{2}\s*(?:phut)?)?[\s,]*)?"
"""Telegrams say at what hour they were sent: «Quảng Trị, hồi 15 giờ 30 ngày …»."""
_DATE = re.compile(
    rf"(?P<before>^|.*?[\s,.;)]){_HOUR}"
    r"ng[ae]y[\s,.:]*(?P<day>.{0,14}?)\s*th[ad]{1,2}[nr]g\s*(?P<month>.{0,12}?)\s*"
    r"n\S{0,2}m\s*(?P<year>[\dolis.…_]{1,8}|)\W{0,3}$"
)
_SHORT_DATE = re.compile(r"(?P<before>^|.*?[\s,.])ngay\s*(?P<short>\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})\W{0,2}$")
_PLACE_WORD = re.compile(r"(?:[A-ZÀ-ỸĐ][\w.'’]*|tỉnh|thành|phố|xã|phường|huyện|đảo|đặc|khu|thị|[-–,])")
_NUMBER = re.compile(
    r"^[^\w(]{0,4}[s5][o06a]\s*(?P<colon>[:;.,]?)\s*(?P<digits>[^:]{0,16}?)\s*[/⁄]\s*"
    r"(?P<symbol>(?:(?:19|20)\d\d\s?/\s?)?[a-z&].*)$"
)
_PARTY_NUMBER = re.compile(
    r"^[^\w(]{0,4}s[o06]\s*[:;.,]?\s*(?P<digits>[\w.…]{0,8}?)\s*[-–]\s*(?P<symbol>[a-z]{1,5}\s*/\s*[a-z].*)$"
)
_BARE_NUMBER = re.compile(r"^\W{0,3}(?P<digits>\d{1,7}[a-z]?)\s*/\s*(?P<symbol>[a-z]{2,6}[-–/][a-z].*)$")
_BLANK_NUMBER = re.compile(r"^[^\w(]{0,4}s[o06]\s*[:;]\s*[.…_\s]*[-/–]?\s*$")
_GROUP = r"[A-Za-zÀ-ỹĐđÐ&][\wĐđÐ&+]*"
_COMMAS = r"(?:,[A-ZĐ]{1,6}(?![a-zà-ỹ]))*"
SYMBOL = re.compile(
    rf"(?:(?:19|20)\d\d\s?/\s?)?{_GROUP}{_COMMAS}(?:\s?[-–/]\s?[\wĐđÐ&+]+{_COMMAS})*"
)  # fmt: skip


class PrintedLine(Protocol):
    """One printed line: ``folded`` has its length, ``bare`` is squeezed."""

    @property
    def text(self) -> str:
        """As printed."""

    @property
    def folded(self) -> str:
        """Lower case without marks."""

    @property
    def bare(self) -> str:
        """Folded, white space single, no outer punctuation."""

    @property
    def blank(self) -> bool:
        """No letter or digit."""

    @property
    def capitals(self) -> bool:
        """Set in capitals."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line: «motto», «device», «party», «number», «date» or «text»."""

    kind: str
    span: Span


def date_of(text: str) -> re.Match[str] | None:
    """The place and date of a letterhead at the end of a folded line, if it has that form."""
    return _SHORT_DATE.search(text) or _DATE.search(text)


def number_of(text: str) -> re.Match[str] | None:
    """A printed number line: folded text that begins with «số», or with a number where the label was not read."""
    return _PARTY_NUMBER.match(text) or _NUMBER.match(text) or _BARE_NUMBER.match(text)


def is_blank_number(text: str) -> bool:
    """«Số:» with nothing behind it."""
    return bool(_BLANK_NUMBER.match(text))


def cut(row: PrintedLine) -> Iterator[Piece]:
    """The pieces of a line in order; one «text» piece for most lines."""
    taken: list[Piece] = []
    for kind, span in _special(row):
        if not any(span.overlaps(piece.span) for piece in taken):
            taken.append(Piece(kind, span))
    at = 0
    for piece in sorted(taken, key=lambda piece: piece.span):
        yield from _text_piece(row, at, piece.span.start)
        yield piece
        at = piece.span.end
    yield from _text_piece(row, at, len(row.text))


def _text_piece(row: PrintedLine, start: int, end: int) -> Iterator[Piece]:
    words = row.text[start:end]
    if any(char.isalnum() for char in words):
        lead = len(words) - len(words.lstrip())
        yield Piece("text", Span(start + lead, start + len(words.rstrip())))


def _special(row: PrintedLine) -> Iterable[tuple[str, Span]]:
    if len(row.text) > 160 or row.blank:
        return
    yield from _mottos(row)
    number = _number_span(row)
    if number:
        yield "number", number
    date = _date_span(row, number.end if number else 0)
    if date:
        yield "date", date


def _mottos(row: PrintedLine) -> Iterator[tuple[str, Span]]:
    exact = _MOTTO_EXACT.search(row.folded) if "ngh" in row.folded or row.capitals else None
    if exact and is_capitals(row.text[exact.start() : exact.end()]):
        yield "motto", Span(*exact.span())
    elif row.capitals and len(row.bare) >= 24 and re.search(r"viet n|nam$", row.bare[-12:]):
        near = fuzz.partial_ratio_alignment(_MOTTO, row.folded, score_cutoff=78)
        if near:
            yield "motto", Span(near.dest_start, len(row.text.rstrip()))
    device = _DEVICE.search(row.folded) if "ph" in row.folded[-12:] else None
    if device and len(row.folded[device.end() :].strip()) < 4:
        yield "device", Span(*device.span())
    elif "phuc" in row.bare[-6:] and len(row.bare) < 70:
        near = fuzz.partial_ratio_alignment("doc lap - tu do - hanh phuc", row.folded, score_cutoff=80)
        if near:
            yield "device", Span(near.dest_start, len(row.text.rstrip()))
    party = _PARTY.search(row.folded) if row.capitals else None
    if party:
        yield "party", Span(party.start() + (1 if party.start() else 0), len(row.text.rstrip()))


def _number_span(row: PrintedLine) -> Span | None:
    """From «Số» to the end of the symbol."""
    if is_blank_number(row.folded):
        return Span(len(row.text) - len(row.text.lstrip()), len(row.text.rstrip()))
    found = number_of(row.folded)
    if not found:
        return None
    symbol = SYMBOL.match(row.text, found.start("symbol"))
    if not symbol or sum(char.isupper() for char in symbol.group()) < 2:
        return None
    rest = row.folded[symbol.end() :].strip()
    if found.re is _BARE_NUMBER and rest and (rest.startswith("ngay") or not date_of(rest)):
        return None  # a citation that runs over from the line before
    return Span(len(row.text) - len(row.text.lstrip()), symbol.end())


def _date_span(row: PrintedLine, start: int) -> Span | None:
    text = row.folded[start:]
    found = date_of(text) if "ng" in text and ("thang" in text or any(char.isdigit() for char in text)) else None
    if not found:
        return None
    before = row.text[start : start + found.end("before")].rstrip(" ,.;")
    words = before.split()
    if len(before) > 45 or any(not _PLACE_WORD.fullmatch(word.strip("(,.;)")) for word in words):
        words = _capitalised_tail(words)
        if not words:
            return None
    first = row.text.find(words[0], start) if words else start + found.end("before")
    return Span(first, len(row.text.rstrip()))


def _capitalised_tail(words: list[str]) -> list[str]:
    """The last words that can be a place, where noise or the other column stands before them."""
    tail: list[str] = []
    for word in reversed(words):
        if not _PLACE_WORD.fullmatch(word.strip(",.;")) or (tail and word.isupper() and len(word) > 3):
            break
        tail.insert(0, word)
    return tail if 1 <= len(tail) <= 6 and len(words) - len(tail) <= 3 else []
