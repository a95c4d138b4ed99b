"""Text that lost its marks: each syllable gets back the marks that its neighbours ask for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from corpus.span import Span
from normalize.blocks import Line
from normalize.edits import Edit
from normalize.fold import fold
from normalize.language_model import language_model, vocabulary
from normalize.legacy import low_byte_readings
from normalize.lexicon import syllables
from normalize.tokens import SIGN, START, WORD, Token, is_sign, opens, tokenize
from normalize.unicode import match_key
from normalize.viterbi import Choice, Slot, best_paths

DOUBT = 0.4
_READINGS = 12
_NONE: tuple[str, ...] = ()
_BYTE_WORD = re.compile(r"[^\s.,;:()\[\]\"/-]+|[.,;:()\[\]\"/-]")
_LEGIBLE = re.compile(r"[^\W\d_]|[\u00a1-\u00ff]")

Paragraph = Sequence[Line]
Readings = Callable[[str], tuple[tuple[str, float], ...]]


def restore_marks(paragraphs: Sequence[Paragraph]) -> list[Edit]:
    """Edits that put the marks back; a word that has marks already, a number and an abbreviation stay."""
    return _decode(
        [paragraph_tokens(paragraph) for paragraph in paragraphs], "thêm dấu theo ngữ cảnh", _stripped_readings
    )


def restore_bytes(paragraphs: Sequence[Paragraph]) -> list[Edit]:
    """Edits that undo the loss of the high byte: «ng°Ýi» was «người»."""
    return _decode(
        [_byte_tokens(paragraph) for paragraph in paragraphs], "khôi phục byte cao bị mất", low_byte_readings
    )


def paragraph_tokens(paragraph: Paragraph) -> list[Token]:
    """The tokens of a paragraph's lines, with offsets into the document; a second sign in a row is left out."""
    found: list[Token] = []
    for line in paragraph:
        for token in tokenize(line.text, line.span.start):
            if not (is_sign(token.kind) and found and is_sign(found[-1].kind)):
                found.append(token)
    return found


def recase(reading: str, seen: str) -> str:
    """``reading`` in the letter case of ``seen``."""
    if seen.isupper() and (len(seen) > 1 or len(reading) == 1):
        return reading.upper()
    return reading[0].upper() + reading[1:] if seen[0].isupper() else reading


def certainty(lead: float) -> float:
    """A margin in [0, 1] for a lead in nats."""
    return round(1 - math.exp(-max(lead, 0.0)), 4)


def _byte_tokens(paragraph: Paragraph) -> list[Token]:
    """Tokens of text that lost its high bytes, where a sign may be a letter: words end at spaces only."""
    return [
        Token(
            WORD if _LEGIBLE.search(match[0]) else SIGN,
            at := line.span.start + match.start(),
            at + len(match[0]),
            match[0],
        )
        for line in paragraph
        for match in _BYTE_WORD.finditer(line.text)
    ]


def _decode(rows: Sequence[Sequence[Token]], reason: str, readings: Readings) -> list[Edit]:
    slots = [list(_slots(row, readings)) for row in rows]
    found = best_paths([[slot for slot, _ in row] for row in slots], language_model())
    return [
        edit
        for tokens, row, choices in zip(rows, slots, found, strict=True)
        for token, (_, words), choice in zip(tokens, row, choices, strict=True)
        if words and (edit := _edit(token, words, choice, reason)) is not None
    ]


def _edit(token: Token, words: Sequence[str], choice: Choice, reason: str) -> Edit | None:
    word = recase(words[choice.first], token.text)
    if word == token.text:
        return None
    margin = certainty(choice.lead)
    others = (recase(words[choice.second], token.text),) if choice.second >= 0 else ()
    return Edit(Span(token.start, token.end), word, reason, margin, others, flag=margin < DOUBT)


def _slots(tokens: Sequence[Token], readings: Readings) -> Iterator[tuple[Slot, tuple[str, ...]]]:
    """For each token its slot, and the words in lower case that its ids stand for (none where it is locked)."""
    previous = START
    for at, token in enumerate(tokens):
        if token.kind != WORD:
            slot, words = _locked(token.kind), _NONE
        elif _abbreviation(tokens, at):
            slot, words = _locked(vocabulary().id_of_locked(token.text)), _NONE
        else:
            slot, words = _slot(token.text, readings, opening=opens(previous))
        yield slot, words
        previous = WORD if words else slot.ids[0]


@lru_cache(maxsize=50000)
def _slot(word: str, readings: Readings, *, opening: bool) -> tuple[Slot, tuple[str, ...]]:
    """The readings of a word; locked where it has none. ``opening``: its capital says nothing."""
    vocab, found = vocabulary(), readings(word)
    if not found:
        return _locked(vocab.id_of_locked(word)), _NONE
    lift = 0 if opening else vocab.lift(word)
    ids = tuple(vocab.ids[match_key(reading)] + lift for reading, _ in found)
    scores, words = tuple(score for _, score in found), tuple(reading for reading, _ in found)
    return Slot(ids, scores), words


@cache
def _locked(kind: int) -> Slot:
    return Slot((kind,), (0.0,))


def _abbreviation(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capital word stands among words that are not: an abbreviation, which is left alone."""
    word = tokens[at].text
    if word == "I":  # a numeral; the syllable is never written so
        return True
    if len(word) < 2 or not word.isupper():
        return False
    around = [token.text for token in tokens[max(at - 3, 0) : at + 4] if token.kind == WORD and len(token.text) > 1]
    return len(around) > 1 and not any(other.isupper() for other in around if other != word)


def _stripped_readings(word: str) -> tuple[tuple[str, float], ...]:
    lower = word.lower()
    known = syllables()
    if fold(lower) != lower:
        return ((lower, 0.0),) if match_key(lower) in known.counts else ()
    return tuple((reading, 0.0) for reading in known.by_skeleton.get(lower, ())[:_READINGS])
