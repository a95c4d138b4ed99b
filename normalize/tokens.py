"""Words, numbers and signs of a line, as the language model sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

START, END, NUMBER, OTHER, COMMA, STOP, COLON, SIGN, PERCENT, SYMBOL = range(10)
FIRST_SYLLABLE = 10
WORD = -1

_CHUNK = re.compile(r"\S+")
_PIECE = re.compile(r"[^\W\d_]+|[^\w\s]|_+")
_EDGES = ".,;:()[]\"“”'‘’…!?"
_SIGNS = {",": COMMA, ".": STOP, "!": STOP, "?": STOP, "…": STOP, ";": COLON, ":": COLON}
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_FIGURES = (
    (re.compile(r"^[\d.,]+%$"), PERCENT),
    (re.compile(r"^\d+(?:/\d{4})?[-/][A-ZĐÐ]"), SYMBOL),
)
_OPENERS = frozenset({START, NUMBER, OTHER, STOP, COLON, SIGN, PERCENT, SYMBOL})
_FIGURE_AND_WORD = re.compile(r"^(\d+)(/)([^\W\d_]{3,})$")


class Token(NamedTuple):
    """One token: ``kind`` is WORD for a run of letters, else the language model's class; offsets into the line."""

    kind: int
    start: int
    end: int
    text: str


def tokenize(line: str, offset: int = 0) -> Iterator[Token]:
    """The tokens of ``line`` in order; ``offset`` is added to their places.

    A run that holds a digit is one token (a number, a date, a document number); its edge punctuation is not part.

    >>> [token.text for token in tokenize("Số: 06/KH-SYT, ngày")]
    ['Số', ':', '06/KH-SYT', ',', 'ngày']
    """
    for match in _CHUNK.finditer(line):
        chunk, at = match[0], match.start() + offset
        if chunk.isalpha():
            yield Token(WORD, at, at + len(chunk), chunk)
        elif _DIGIT.search(chunk):
            yield from _number(chunk, at)
        else:
            yield from _pieces(chunk, at)


def _number(chunk: str, at: int) -> Iterator[Token]:
    left = len(chunk) - len(chunk.lstrip(_EDGES))
    right = len(chunk.rstrip(_EDGES))
    yield from _pieces(chunk[:left], at)
    core = chunk[left:right]
    match = _FIGURE_AND_WORD.match(core)
    if match and match[3][1:].islower():  # «Số 12/Ngày», «500 đồng/người»; letters of a symbol are capitals
        yield Token(NUMBER, at + left, at + left + match.end(1), match[1])
        yield from _pieces(core[match.end(1) :], at + left + match.end(1))
    else:
        yield Token(figure_kind(core), at + left, at + right, core)
    yield from _pieces(chunk[right:], at + right)


def figure_kind(figure: str) -> int:
    """The class of something with digits: a percentage, a document's symbol, another number, or OTHER.

    >>> [figure_kind(text) for text in ("12,5%", "06/KH-SYT", "3/2026", "2a")] == [PERCENT, SYMBOL, NUMBER, OTHER]
    True
    """
    for pattern, kind in _FIGURES:
        if pattern.match(figure):
            return kind
    return OTHER if _LETTER.search(figure) else NUMBER


def _pieces(chunk: str, at: int) -> Iterator[Token]:
    for match in _PIECE.finditer(chunk):
        text = match[0]
        kind = WORD if text[0].isalpha() else _SIGNS.get(text, SIGN)
        yield Token(kind, at + match.start(), at + match.end(), text)


def is_sign(kind: int) -> bool:
    """Whether a kind is punctuation."""
    return COMMA <= kind <= SIGN


def opens(kind: int) -> bool:
    """Whether a capital after this kind says nothing: the start, a stop, a colon, a bullet, a number."""
    return kind in _OPENERS
