"""Marks of words of which the engine was unsure: «tô chức» was «tổ chức».

On coarse scans engines read the letters right and lose the small marks above them; the confidence of such words is
lower than that of their neighbours. They alone are looked at, and other marks are taken only where the words around ask
for them clearly. Letters never change, nor do numbers, symbols, and words that open with a capital (names), unless no
syllable is written as they were read («Quôc hội») and no other such word stands beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from corpus.span import Span
from normalize.blocks import blocks, paragraphs
from normalize.edits import Edit, Repaired
from normalize.fold import fold
from normalize.language_model import language_model, vocabulary
from normalize.lexicon import syllables
from normalize.quality import census, judge
from normalize.restore import restorer
from normalize.stripped import DOUBT, certainty, paragraph_tokens, recase
from normalize.tokens import START, WORD, opens
from normalize.unicode import match_key
from normalize.viterbi import Slot, best_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.document import Document
    from normalize.tokens import Token
    from normalize.viterbi import Choice

SURE = 0.97
"""Confidence of the engine from which a word is not doubted."""

_LOST, _OTHER = 2.0, 4.0
"""Nats by which what was read is preferred to the same letters with marks more («đên», «đến»), and with other marks."""

_LEAD, _NO_WORD, _NAME = 3.0, 1.5, 6.0
"""Nats by which other marks must be ahead to be taken; where no syllable is written so; where a name may stand so."""

_HOOK = 1.0
"""Nats for «ỉ» where «i» stands: on coarse scans the dot looks like the hook, and engines are sure of it."""

_FEW = 8
"""Words from which on a block is judged by itself."""

_REASON = "dấu theo ngữ cảnh, máy đọc không chắc"

_EDGES = ".,;:…()[]«»“”\"'‘’*"

_Row = tuple[Slot, tuple[str, ...]]


def repair_document(document: Document, known: Sequence[str] = ()) -> Repaired:
    """A document's text repaired: words of which the engine was unsure first, then as any text is.

    ``known``: titles of clean documents, which damaged ones often repeat.
    """
    first = Repaired.untouched(document.text)
    first = first.then("doubtful", doubtful_edits(document.text, doubts(document)))
    rest = restorer().repair(first.text, known)
    return Repaired(first.raw, rest.text, (*first.steps, *rest.steps))


def doubts(document: Document) -> Iterator[int]:
    """Where the words begin, edge punctuation left out, of which the engine was unsure; symbols are never looked at."""
    for placed in document.lines():
        for word in placed.line.words:
            bare = word.text.strip(_EDGES)
            if word.confidence < SURE and bare.isalpha():
                yield placed.span.start + word.start + word.text.index(bare)


def doubtful_edits(text: str, doubts: Iterable[int]) -> list[Edit]:
    """Edits to words of readable blocks that begin at the offsets ``doubts`` of ``text``."""
    starts = frozenset(doubts)
    if not starts:
        return []
    clean = judge(text).kind == "clean"
    rows = [
        tokens
        for block in blocks(text)
        if _is_readable(text[block[0].span.start : block[-1].span.end], clean=clean)
        for tokens in map(paragraph_tokens, paragraphs(block))
        if not starts.isdisjoint(token.start for token in tokens)
    ]
    slots = [_slots(row, starts) for row in rows]
    found = best_paths([[slot for slot, _ in row] for row in slots], language_model())
    return [
        edit
        for tokens, row, choices in zip(rows, slots, found, strict=False)
        for token, (_, words), choice in zip(tokens, row, choices, strict=False)
        if (edit := _edit(token, words, choice)) is not None
    ]


def _is_readable(block: str, *, clean: bool) -> bool:
    """Whether a block is proper Vietnamese but for single marks; a short heading in capitals takes after the text."""
    return judge(block).kind == "clean" or (clean and block.isupper() and census(block).words < _FEW)


def _edit(token: Token, words: Sequence[str], choice: Choice) -> Edit | None:
    needed = _NAME if token.text.istitle() else _LEAD if token.text in words else _NO_WORD
    if not words or words[choice.first] == token.text or choice.lead < needed:
        return None
    margin = certainty(choice.lead)
    return Edit(Span(token.start, token.end), words[choice.first], _REASON, margin, (token.text,), flag=margin < DOUBT)


def _slots(tokens: Sequence[Token], starts: frozenset[int]) -> list[_Row]:
    """For each token its slot, and the words that its ids stand for (none where it is not doubted)."""
    vocab, previous = vocabulary(), START
    rows: list[_Row] = []
    for at, token in enumerate(tokens):
        named = any(beside.text.istitle() for beside in (*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 2]))
        doubted = token.start in starts and not (named and token.text.istitle())
        words = _readings(token.text, doubted=doubted) if token.kind == WORD else ()
        if words:
            lift = 0 if opens(previous) else vocab.lift(token.text)
            ids = tuple(vocab.ids[match_key(word.lower())] + lift for word in words)
            scores = tuple(-_cost(token.text, word) for word in words)
            rows.append((Slot(ids, scores), words if len(words) > 1 else ()))
        else:
            kind = vocab.id_of_locked(token.text) if token.kind == WORD else token.kind
            rows.append((Slot((kind,), (0.0,)), ()))
        previous = WORD if words else rows[-1][0].ids[0]
    return rows


def _readings(word: str, *, doubted: bool) -> tuple[str, ...]:
    """What a word may have been, itself first; nothing for what is no syllable."""
    known = syllables()
    lower = word.lower()
    own = (word,) if match_key(lower) in known.counts else ()
    if not doubted or len(word) < 2 or (word.istitle() and (own or word.isascii())):
        return own
    others = (other for other in known.by_skeleton.get(fold(lower), ()) if other != match_key(lower))
    return own + tuple(recase(other, word) for other in others)


def _cost(read: str, other: str) -> float:
    """What it takes to read other marks: engines lose marks, they seldom add or change them."""
    if read == other:
        return 0.0
    if read.lower().replace("ỉ", "i") == other.lower():
        return _HOOK
    pairs = zip(read.lower(), other.lower(), strict=True)
    kept = all(set(normalize("NFD", one)) <= set(normalize("NFD", its)) for one, its in pairs)
    return _LOST if kept else _OTHER
