"""How far recognised words can be trusted, seen from the repaired text."""

from __future__ import annotations

from corpus.layout import Box
from corpus.span import Span
from extract.facts import FieldEvidence
from extract.source import Source

_FLAGGED = 0.7
_BY_HAND = 0.3
_TALL = 1.2  # figures written by hand are taller than printed ones: measured 1.25 to 1.5 against 0.86 to 1.05


def certainty(source: Source, span: Span) -> float:
    """Confidence in [0, 1] of the least certain word that carries a digit or letter under ``span``.

    1 for text files. Words in lines marked as handwriting, figures taller than the printed ones of their page, and
    edits that the repair itself flagged, count little; so do words that two witnesses read differently. An engine may
    be quite sure of a handwritten figure and wrong.
    """
    raw = source.repaired.to_raw(span)
    lowest = 1.0
    for number, word in source.document.words_in(raw):
        if word.text.strip(".,").isdigit() and word.box and _tall(source, number, word.box):
            lowest = min(lowest, _BY_HAND)
        if any(char.isalnum() for char in word.text):
            lowest = min(lowest, word.confidence)
        if word.readings:
            lowest = min(lowest, 0.5 if any(any(c.isdigit() for c in other) for other in word.readings) else _FLAGGED)
    if source.line_of(span.start).kind == "handwriting":
        lowest = min(lowest, _BY_HAND)
    if any(edit.flag for _, edit in source.repaired.edits_in(span)):
        lowest = min(lowest, _FLAGGED)
    return lowest


def figure_certainty(source: Source, span: Span) -> float:
    """Confidence in [0, 1] of the least certain word with a figure under ``span``; 1 where no figure stands.

    Figures that two witnesses read differently count as doubtful.
    """
    lowest = 1.0
    for _, word in source.document.words_in(source.repaired.to_raw(span)):
        if any(char.isdigit() for char in word.text):
            lowest = min(lowest, word.confidence, 0.5 if word.readings else 1.0)
    if any(edit.flag for _, edit in source.repaired.edits_in(span)):
        lowest = min(lowest, 0.5)
    return lowest


def recognised(source: Source, span: Span) -> bool:
    """Whether the words under ``span`` came from an image."""
    return any(page.source in ("ocr", "both") for page in source.document.pages[_page(source, span) :][:1])


def evidence(
    source: Source, span: Span, rule: str, *, review: bool = False, alternatives: tuple[str, ...] = ()
) -> FieldEvidence:
    """Evidence of a header field with the words' own confidence."""
    return FieldEvidence(span, rule, round(certainty(source, span), 3), review, alternatives)


def _tall(source: Source, number: int, box: Box) -> bool:
    usual = source.figure_heights.get(number)
    return usual is not None and box.bottom - box.top > _TALL * usual


def _page(source: Source, span: Span) -> int:
    return source.line_of(span.start).page - 1
