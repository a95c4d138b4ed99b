"""The number and symbol of a dispatch, as printed under the issuer: «Số: 874/SYT-VP», «Số 05-NQ/ĐU».

Often only the symbol is printed and the number is written in by hand. Digits that were not read for certain are
never taken: the number is then None, with an issue and the reading as an alternative. On an image an empty place may
hold handwriting that was not seen: that is unreadable, not blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.span import Span
from extract.evidence import certainty, recognised
from extract.lexicon import type_by_symbol
from extract.parts.pieces import SYMBOL, is_blank_number, number_of
from extract.source import Source
from extract.tokens import norm

CERTAIN = 0.9
"""Confidence from which recognised digits count as read; below `POOR` they do not count at all."""
POOR = 0.35

_DIGITS = re.compile(r"\d{1,7}[a-eđ]?")
_BLANK = re.compile(r"[\s.…_\-–]*")


@dataclass(frozen=True, slots=True)
class NumberReading:
    """``value``: «874/SYT-VP» or None; ``symbol`` alone when the number is missing.

    ``state``: «read», «doubtful» (value given, to be checked), «blank» (left empty) or «unreadable».
    """

    value: str | None
    symbol: str
    printed: str
    state: str
    span: Span
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


def read_number(source: Source, span: Span, type_name: str | None = None) -> NumberReading | None:
    """The number in a «number» block; None where the block holds nothing like one."""
    text = span.of(source.text).replace("\n", " ")
    folded = norm(text)
    empty = "unreadable" if recognised(source, span) else "blank"
    if is_blank_number(folded):
        return NumberReading(None, "", text.strip(), empty, span)
    found = number_of(folded)
    if not found:
        return None
    symbol = SYMBOL.match(text, found.start("symbol"))
    if not symbol:
        return None
    stroke = "-" if "/" not in folded[found.end("digits") : found.start("symbol")] else "/"
    clean = clean_symbol(symbol.group())
    digits = text[found.start("digits") : found.end("digits")].strip(" :.")
    where = Span(span.start + found.start("digits"), span.start + max(found.end("digits"), found.start("digits") + 1))
    printed = text[: symbol.end()].strip()
    if _BLANK.fullmatch(digits):
        return NumberReading(None, clean, printed, empty, span)
    judged = _judged(source, span, where, (digits, stroke, _with_type(clean, type_name), printed))
    labelled = folded.lstrip(" *_.,:-").startswith(("s", "5"))
    return judged if labelled or judged.state != "read" else replace(judged, state="doubtful")


def _judged(source: Source, span: Span, where: Span, pieces: tuple[str, str, str, str]) -> NumberReading:
    digits, stroke, symbol, printed = pieces
    sure = certainty(source, where)
    tight = re.sub(r"\s+", "", digits)
    whole = f"{tight}{stroke}{symbol}"
    if not _DIGITS.fullmatch(tight) or sure < POOR:
        guess = (whole,) if re.fullmatch(r"\d{1,6}", tight) else ()
        return NumberReading(None, symbol, printed, "unreadable", span, sure, guess)
    mended = any(edit.flag for _, edit in source.repaired.edits_in(span))
    state = "read" if sure >= CERTAIN and not mended else "doubtful"
    return NumberReading(whole, symbol, printed, state, span, sure)


def clean_symbol(symbol: str) -> str:
    """A symbol without stray blanks and with one đ.

    >>> clean_symbol("QĐÐ - BYT."), clean_symbol("UBND- KSTTHC")
    ('QĐ-BYT', 'UBND-KSTTHC')
    """
    text = symbol.replace("Ð", "Đ").replace("ð", "đ").replace("–", "-")
    text = re.sub(r"\s*([-/&,])\s*", r"\1", text).strip(" .,;:-/")
    return re.sub(r"Đ{2,}", "Đ", text)


def type_of_symbol(symbol: str) -> str | None:
    """The document type that a symbol names: «QĐ-BYT» → «quyết định», «NQ/ĐU» → «nghị quyết».

    >>> type_of_symbol("2025/QĐ-UBND"), type_of_symbol("SYT-VP")
    ('quyết định', None)
    """
    bare = re.sub(r"^(?:19|20)\d\d/", "", symbol)
    return type_by_symbol().get(re.split(r"[-/]", bare)[0])


def _with_type(symbol: str, type_name: str | None) -> str:
    """The abbreviation with its marks where the title of the document says which it is («QD-» → «QĐ-»)."""
    code = next((code for code, name in type_by_symbol().items() if name == type_name), None)
    head = re.match(r"((?:19|20)\d\d/)?([^-/]+)", symbol)
    if code and head and head.group(2) != code and norm(head.group(2)) == norm(code):
        return f"{head.group(1) or ''}{code}{symbol[head.end() :]}"
    return symbol
