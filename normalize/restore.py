"""The door of the normaliser: text as it was read in, proper Vietnamese out, every change an edit.

Each block is judged and treated by its kind; what is clean is left alone. The numbers of line ends and of page
ends never change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from normalize.blocks import Line, blocks, paragraphs
from normalize.codes import abbreviation_edits, code_edits, label_edits, quarter_edits, symbol_edits
from normalize.edits import Edit, Repaired, by_line
from normalize.garbled import Garbled, garbled
from normalize.legacy import legacy_edits, legacy_encoding
from normalize.phrases import familiar, phrases
from normalize.quality import Kind, census, judge
from normalize.stripped import restore_bytes, restore_marks
from normalize.unicode import letter_edits, nfc_edits, space_edits

_ENOUGH, _ENOUGH_BARE = 8, 40

Block = Sequence[Line]


@dataclass(frozen=True, slots=True)
class _Judged:
    lines: Block
    kind: Kind
    words: int


class Restorer:
    """Repairs whole documents and streams of lines. Stateless between calls; safe to share between threads.

    ``decoder`` reads garbled text; None: the one with the shipped channel.
    """

    def __init__(self, decoder: Garbled | None = None) -> None:
        self._decoder = decoder

    def repair(self, text: str, known: Sequence[str] = ()) -> Repaired:
        """``text`` of a whole document, repaired; the numbers of line ends and page ends stay the same.

        ``known``: titles of clean documents, which damaged ones often repeat.
        """
        repaired = Repaired.untouched(text)
        repaired = repaired.then("legacy", _decode_legacy(repaired.text))
        repaired = repaired.then("unicode", nfc_edits(repaired.text))
        repaired = repaired.then("letters", letter_edits(repaired.text))
        repaired = repaired.then("spaces", space_edits(repaired.text))
        judged = _settle([_judge(block, repaired.text) for block in blocks(repaired.text)])
        repaired = repaired.then("marks", _restore(judged, known, self._decoder or garbled()))
        return repaired.then("quarters", quarter_edits(repaired.text))

    def restore_lines(self, lines: Iterable[str]) -> list[Repaired]:
        """Each line repaired in the light of the others; as many come back as went in.

        The lines are taken for one document, wrapped lines for one paragraph, as in ``repair``.
        """
        rows = list(lines)
        return by_line(self.repair("\n".join(rows))) if rows else []


def _judge(block: Block, text: str) -> _Judged:
    body = text[block[0].span.start : block[-1].span.end]
    return _Judged(block, judge(body).kind, census(body).words)


def _settle(judged: Sequence[_Judged]) -> list[_Judged]:
    """Blocks too short to judge take after the whole, unless they are clean by themselves.

    In a garbled text a heading without marks was garbled too, though it may not show it.
    """
    weight: Counter[Kind] = Counter()
    for block in judged:
        weight[block.kind] += block.words
    whole: Kind = weight.most_common(1)[0][0] if weight else "none"
    return [block if block.words >= _enough(block, whole) else _short(block, whole) for block in judged]


def _enough(block: _Judged, whole: Kind) -> int:
    """The words from which a block's own kind counts."""
    return _ENOUGH_BARE if whole == "garbled" and block.kind == "stripped" else _ENOUGH


def _short(block: _Judged, whole: Kind) -> _Judged:
    if whole in ("stripped", "garbled") and block.kind in ("stripped", "garbled", "foreign"):
        return _Judged(block.lines, whole, block.words)
    if block.words < 3 or whole == "clean":
        return _Judged(block.lines, "none", block.words)
    return block


def _restore(judged: Sequence[_Judged], known: Sequence[str], decoder: Garbled) -> list[Edit]:
    def of(*kinds: Kind) -> list[Sequence[Line]]:
        return [part for block in judged if block.kind in kinds for part in paragraphs(block.lines)]

    if not any(block.kind in ("stripped", "garbled", "low-byte") for block in judged):
        return []
    closed = phrases(tuple(known))
    bare_phrases, stripped = familiar(of("stripped"), closed, decoder.search, keep_marks=True)
    odd_phrases, odd = familiar(of("garbled"), closed, decoder.search, keep_marks=False)
    edits = bare_phrases + odd_phrases + restore_marks(stripped)
    edits += restore_bytes(of("low-byte")) + decoder.edits(odd)
    bare = [line for block in judged if block.kind in ("stripped", "garbled") for line in block.lines]
    codes = code_edits(bare)
    symbols = _without_overlaps(codes, symbol_edits(bare))
    return _without_overlaps(edits, _without_overlaps(symbols, abbreviation_edits(bare) + label_edits(bare)))


def _without_overlaps(edits: list[Edit], more: Iterable[Edit]) -> list[Edit]:
    taken = {at for edit in edits for at in range(edit.span.start, edit.span.end)}
    return edits + [edit for edit in more if taken.isdisjoint(range(edit.span.start, edit.span.end))]


def _decode_legacy(text: str) -> list[Edit]:
    encoding = legacy_encoding(text) if judge(text).kind == "legacy" else None
    return list(legacy_edits(text, encoding)) if encoding else []


@cache
def restorer() -> Restorer:
    """The restorer, its tables loaded once."""
    return Restorer()
