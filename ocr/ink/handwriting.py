"""Numbers and days written by hand into the header: found and doubted, never trusted.

On most scanned letters the clerk writes the number and the day with a pen between printed words: «Số: … /UBND-KT»,
«ngày … tháng … năm 2031». Engines read ink badly and, worse, plausibly. So what stands in such a gap counts as
handwriting where it is no clean, well-read figure of the printed size, or where there is ink that was not read at all;
and where one gap of a header was filled by hand, all its gaps are doubted. The printed words around stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from corpus.layout import Box, Region, Word
from normalize.fold import fold
from ocr.layout.lines import Run, box_of, cover

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ocr.engine import GreyImage
    from ocr.ink.again import Looker

_NUMBER = re.compile(r"^\W{0,3}S[oa0]\W{0,2}\s?(?P<slot>.{0,14}?)\s?(?=/\s?(?:\d{4}/)?[A-Z]{2}|-[A-Z]{2,3}/)")
_DATE = re.compile(
    r"^\W{0,3}(?!Can cu)[A-Z](?:\S*\s){0,7}?(?:\S*\W)?(?:ngay|nga\b)\s?(?P<slot>.{0,9}?)"
    r"\s?thang\s?(?P<month>.{0,6}?)\s?nam(?:\s?\d{4})?[^\w;:]*$"
)
_FIGURE = re.compile(r"\d{1,5}[abc]?")
_DOTS = re.compile(r"[.…_]{3}|…")
_HEADER = 0.5
"""Share of the page's height that the header stays in."""

_SURE = 0.6
_DOUBT = 0.2
"""Confidence given to what was read from ink."""

_CLEAR = 0.9
"""Confidence from which print needs no second look."""

_REMAINING, _AGREED = 0.1, 0.95
"""Share of the doubt that is left where all looks agree, and the highest confidence that this gives."""

_GUESS = re.compile(r"[\dOoIl ]*\d[\dOoIl ]*[abc]?")
"""What may be figures; anything else read from ink is no text of the dispatch."""

_LEAST = 0.35
"""The least for a figure set like the printed ones; its own confidence still says that it is doubtful."""

_TALLER = 1.25
_AS_PRINT = 0.88, 1.06
_TYPE = 0.8, 1.12
"""Heights of figures that were set in type, to the usual one: measured on strokes, which boxes exceed."""

_INK = 140


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a header line where a figure belongs: characters ``start`` to ``end`` of the run's text."""

    start: int
    end: int
    box: Box
    is_month: bool = False


def doubt(
    runs: Sequence[Run], image: GreyImage | None, dpi: float, height: float, looker: Looker | None = None
) -> tuple[list[Run], list[Region]]:
    """The lines with handwritten figures doubted, and the regions that hold ink.

    Args:
        runs: lines of a page.
        image: the page's grey image, if there is one.
        dpi: its resolution.
        height: the page's height in points.
        looker: looks at lines again whose figures are doubtful, and no ink for any other reason.
    """
    slots = {at: list(_slots(run)) for at, run in enumerate(runs) if run.middle < _HEADER * height}
    usual = _figure_height(runs)
    agreed: dict[int, bool] = {}
    inked = [(at, slot) for at, its in slots.items() for slot in its if _is_ink(runs[at], slot, usual, image, dpi)]
    unsure = [(at, slot) for at, slot in inked if _only_unsure(runs[at], slot, usual)]
    if looker and len(unsure) == len(inked):
        asked = [at for at, its in slots.items() if its and _worth_a_look(runs[at], its)]
        agreed = {at: looker.agrees(runs[at].box, runs[at].text[slots[at][0].start :]) for at in asked}
        inked = [(at, slot) for at, slot in inked if not agreed.get(at)]
    if not inked:
        healed = [_healed(run, slots[at][0].start) if agreed.get(at) else run for at, run in enumerate(runs)]
        return healed, []
    regions = [Region("handwriting", slot.box, _read(runs[at], slot) or None) for at, slot in inked]
    doomed = {
        at: [slot for slot in its if (at, slot) in inked or not _is_printed_month(runs[at], slot, usual)]
        for at, its in slots.items()
    }
    return [_doubted(run, doomed.get(at, [])) for at, run in enumerate(runs)], regions


def _is_printed_month(run: Run, slot: Slot, usual: float) -> bool:
    """Whether a month stands there in clear print: many offices print it and leave the day to the pen."""
    clean = bool(_FIGURE.fullmatch(_read(run, slot))) and _certainty(run, slot) >= _CLEAR
    return slot.is_month and clean and not _is_tall(run, slot, usual)


def _worth_a_look(run: Run, slots: Sequence[Slot]) -> bool:
    """Whether a header line has clean figures, and something in or behind them was read with doubt."""
    clean = all(_FIGURE.fullmatch(_read(run, slot)) for slot in slots)
    return clean and any(word.confidence < _CLEAR for word, _, until in _spans(run) if until > slots[0].start)


def _healed(run: Run, start: int) -> Run:
    """The run with less doubt in the words from a character on."""
    words = [
        replace(word, confidence=max(word.confidence, min(1 - (1 - word.confidence) * _REMAINING, _AGREED)))
        if until > start
        else word
        for word, _, until in _spans(run)
    ]
    return Run.of(words)


def _slots(run: Run) -> Iterator[Slot]:
    if len(run.text) > 90:
        return
    folded = fold(run.text)
    for match in (_NUMBER.match(folded), _DATE.match(folded)):
        for name in match.groupdict() if match else ():
            assert match is not None
            start, end = match.span(name)
            yield Slot(start, end, _place(run, start, end), name == "month")


def _read(run: Run, slot: Slot) -> str:
    """What stands in the slot; "" where that is only marks, which dirt and faint ink give."""
    text = run.text[slot.start : slot.end].strip()
    return text if any(map(str.isalnum, text)) else ""


def _spans(run: Run) -> Iterator[tuple[Word, int, int]]:
    """Each word with its place in the run's text."""
    at = 0
    for word in run.words:
        yield word, at, at + len(word.text)
        at += len(word.text) + 1


def _place(run: Run, start: int, end: int) -> Box:
    """Where characters of the run stand; for none, the gap between the words around."""
    parts = [_part(word, start - at, end - at) for word, at, until in _spans(run) if at < end and start < until]
    if parts:
        return cover(box_of(part) for part in parts)
    left = max((box_of(word).x1 for word, _, until in _spans(run) if until <= start), default=run.box.x0)
    right = min((box_of(word).x0 for word, at, _ in _spans(run) if at >= end), default=run.box.x1)
    return Box(left, run.box.top, max(right, left + 0.1), run.box.bottom)


def _part(word: Word, start: int, end: int) -> Word:
    """The characters ``start`` to ``end`` of a word, with a box as wide as their share of it."""
    start, end = max(start, 0), min(end, len(word.text))
    box = box_of(word)
    step = (box.x1 - box.x0) / max(len(word.text), 1)
    part = Box(box.x0 + start * step, box.top, max(box.x0 + end * step, box.x0 + start * step + 0.1), box.bottom)
    return Word(word.text[start:end], 0, part, word.confidence, word.readings)


def _figure_height(runs: Sequence[Run]) -> float:
    """The usual height of well-read figures on the page; 0 without any."""
    heights = sorted(
        box_of(word).bottom - box_of(word).top
        for run in runs
        for word in run.words
        if word.text.isdigit() and word.confidence > 0.8
    )
    return heights[len(heights) // 2] if len(heights) > 2 else 0.0


def _is_ink(run: Run, slot: Slot, usual: float, image: GreyImage | None, dpi: float) -> bool:
    """Whether what was read in the slot is no clean figure, or strokes stand there that were not read."""
    text = _read(run, slot)
    if not text:
        return image is not None and _unread(run, slot, image, dpi)
    if not _FIGURE.fullmatch(text):
        return True
    heights = _heights(run, slot)
    if _is_tall(run, slot, usual):
        return True
    # A lone figure between blanks, and one that a symbol joins, read badly in print too.
    joined = not heights and image is not None and _set_in_type(slot, usual, image, dpi)
    lone = usual and len(text) == 1 and heights and _AS_PRINT[0] < heights[0] / usual < _AS_PRINT[1]
    return _certainty(run, slot) < (_LEAST if lone or joined else _SURE)


def _only_unsure(run: Run, slot: Slot, usual: float) -> bool:
    """Whether nothing but its confidence speaks for ink: a clean figure, as tall as print."""
    return (
        bool(_FIGURE.fullmatch(_read(run, slot))) and _certainty(run, slot) >= _LEAST and not _is_tall(run, slot, usual)
    )


def _certainty(run: Run, slot: Slot) -> float:
    """The least confidence of what was read in the slot; 0 for nothing."""
    words = (word for word, at, until in _spans(run) if at < slot.end and slot.start < until)
    return min((word.confidence for word in words), default=0.0)


def _heights(run: Run, slot: Slot) -> list[float]:
    """The heights of the slot's words that are figures alone."""
    words = (word for word, at, until in _spans(run) if at < slot.end and slot.start < until)
    return [box_of(word).bottom - box_of(word).top for word in words if word.text.isdigit()]


def _is_tall(run: Run, slot: Slot, usual: float) -> bool:
    return usual > 0 and any(height > _TALLER * usual for height in _heights(run, slot))


def _set_in_type(slot: Slot, usual: float, image: GreyImage, dpi: float) -> bool:
    """Whether the slot's strokes keep to the height of printed figures and to one line, as a pen seldom does."""
    scale = dpi / 72
    left, right = int(slot.box.x0 * scale), int(slot.box.x1 * scale)
    area = image[int((slot.box.top - 2) * scale) : int((slot.box.bottom + 2) * scale), left:right]
    if not usual or area.size == 0:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(area < _INK, np.uint8))
    # What the slot's sides cut belongs to the colon before or the stroke behind.
    whole = [row for row in stats[1:].tolist() if row[0] > 0 and row[0] + row[2] < right - left]
    tall = [(top, height) for _, top, _, height, _ in whole if height > usual * scale / 2]
    feet = [top + height for top, height in tall]
    fits = all(_TYPE[0] < height / (usual * scale) < _TYPE[1] for _, height in tall)
    return bool(tall) and fits and max(feet) - min(feet) <= max(0.12 * usual * scale, 2)


def _unread(run: Run, slot: Slot, image: GreyImage, dpi: float) -> bool:
    """Whether an empty slot holds strokes as tall as small letters."""
    if _DOTS.search(run.text[slot.start : slot.end]):
        return False
    scale = dpi / 72
    box = slot.box
    inset = 1.5 * scale
    area = image[
        int((box.top - 2) * scale) : int((box.bottom + 2) * scale),
        int(box.x0 * scale + inset) : int(box.x1 * scale - inset),
    ]
    if area.size == 0 or area.shape[1] < 4 * scale:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(area < _INK, np.uint8))
    return any(tall > 0.4 * run.height * scale for _, _, _, tall, _ in stats[1:].tolist())


def _doubted(run: Run, slots: Sequence[Slot]) -> Run:
    """The run with the slots' characters in words of their own, doubted; what is no figure goes: its place is told."""
    words: list[Word] = []
    gone = [slot for slot in slots if not _GUESS.fullmatch(_read(run, slot))]
    for word, at, until in _spans(run):
        cuts = {0, len(word.text)}
        its = [slot for slot in slots if at < slot.end and slot.start < until]
        for slot in its:
            cuts |= {max(slot.start - at, 0), min(slot.end - at, len(word.text))}
        ordered = sorted(cuts)
        for start, end in pairwise(ordered):
            part = _part(word, start, end)
            held = any(slot.start <= at + start and at + end <= slot.end for slot in its)
            if any(slot in gone and slot.start <= at + start and at + end <= slot.end for slot in its):
                continue
            words.append(replace(part, confidence=min(part.confidence, _DOUBT)) if held else part)
    return Run.of(word for word in words if word.text.strip()) if slots else run
