"""Signatures and notes in black ink are told from print and from what is drawn with a ruler."""

from __future__ import annotations

from dataclasses import astuple

import cv2
import numpy as np
import pytest

from corpus.layout import Box, Region
from ocr.arrange import arrange
from ocr.engine import ReadWord
from ocr.image.cleaning import clean
from ocr.ink.coloured import coloured_regions
from ocr.ink.pen import pen_regions, unread_ink
from ocr.ink.regions import Ink, each_once
from tests.ocr.pages import row
from tests.ocr.test_seals import BLACK, RADIUS, bracket, code, logo, page, seal, table

DPI = 150


def wave(image: np.ndarray, x: int, y: int, *, width: int = 260, high: int = 40, slant: float = 0.0) -> None:
    """A cursive stroke, perhaps leaning over the page."""
    at = np.linspace(0, 1, 120)
    points = np.stack([x + width * at, y - slant * width * at + high * np.sin(at * 6 * np.pi)], axis=1)
    cv2.polylines(image, [points.astype(np.int32)], isClosed=False, color=BLACK, thickness=3)


def found(image: np.ndarray, seals: list[Box] | None = None, words: list[ReadWord] | None = None) -> list[Region]:
    return pen_regions(unread_ink(image[:, :, 0].copy(), DPI, words or [], []), seals or [])


@pytest.mark.parametrize(("x", "y", "slant"), [(120, 1300, 0.0), (850, 160, 0.0), (300, 1500, 0.6), (700, 1400, 0.3)])
def test_a_note_is_a_region_wherever_it_stands(x: int, y: int, slant: float) -> None:
    image = page(text=False)
    wave(image, x, y, slant=slant)
    [region] = found(image)
    assert region.kind == "handwriting"
    assert region.box.x0 == pytest.approx(x * 0.48, abs=4)


def test_strokes_over_a_black_seal_are_the_signature() -> None:
    image = page(text=False)
    seal(image, 600, 1300, BLACK)
    wave(image, 560, 1310, width=420)
    place = Box(*(side * 0.48 for side in (600 - RADIUS, 1300 - RADIUS, 600 + RADIUS, 1300 + RADIUS)))
    [region] = found(image, [place])
    assert region.kind == "signature"
    assert region.box.x1 == pytest.approx(980 * 0.48, abs=4)


@pytest.mark.parametrize("drawn", [logo, code, table, bracket])
def test_what_is_drawn_or_printed_is_no_note(drawn) -> None:
    image = page(text=False)
    drawn(image)
    assert found(image) == []


def test_print_that_was_not_read_is_no_note() -> None:
    assert found(page()) == []


def test_a_frame_is_no_note() -> None:
    image = page(text=False)
    cv2.rectangle(image, (300, 300), (700, 460), BLACK, 3)
    assert found(image) == []


def test_words_that_were_read_surely_are_no_note_however_they_look() -> None:
    image = page(text=False)
    wave(image, 300, 700)
    assert len(found(image, words=[ReadWord("Kính", Box(290, 640, 580, 760), 0.3)])) == 1
    assert found(image, words=[ReadWord("Kính", Box(290, 640, 580, 760), 0.9)]) == []


def test_pieces_of_a_signature_become_one_and_a_known_note_stays() -> None:
    pieces = [Region("signature", Box(0, 0, 50, 20)), Region("signature", Box(25, 2, 90, 25))]
    assert each_once(pieces) == [Region("signature", Box(0, 0, 90, 25))]
    number = Region("handwriting", Box(100, 90, 130, 104), "12#")
    assert each_once([number, Region("handwriting", Box(98, 88, 128, 106))]) == [number]
    apart = [Region("seal", Box(0, 0, 100, 100)), Region("signature", Box(20, 20, 80, 60))]
    assert each_once(apart) == apart


def line(text: str, number: int, confidence: float = 0.8, top: float = 50) -> list[ReadWord]:
    words = text.split()
    return [
        ReadWord(word, Box(20 * at, top, 20 * at + 15, top + 10), confidence, 0, 0, number)
        for at, word in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("9N", ""), ("/", ""), ("4 à", ""), ("BỘ", "BỘ"), ("Lê Na", "Lê Na"), ("- Như trên;", "- Như trên;")],
)
def test_scraps_of_a_seal_go_and_printed_words_over_it_stay(text: str, kept: str) -> None:
    ink = Ink((Region("seal", Box(0, 0, 100, 100)),), (), ())
    assert " ".join(word.text for word in ink.without_scribbles(line(text, 0), 1.0)) == kept


def test_figures_beside_a_seal_and_words_of_a_note_that_were_read_surely_stay() -> None:
    ink = Ink((Region("seal", Box(0, 0, 100, 40)),), (Region("handwriting", Box(0, 45, 100, 100)),), ())
    assert len(ink.without_scribbles(line("9 /", 0, top=150), 1.0)) == 2
    assert ink.without_scribbles(line("9", 0, top=10), 1.0) == []
    assert len(ink.without_scribbles(line("9", 0, top=10), 1.0, [Box(0, 5, 90, 30)])) == 1
    assert ink.without_scribbles(line("Đã xem", 0, 0.3), 1.0) == []
    assert len(ink.without_scribbles(line("Đã xem", 0, 0.7), 1.0)) == 2
    assert len(ink.without_scribbles([*line("4Z/STV", 0, 0.1), *line("Số:", 0, 0.9)], 1.0)) == 2


def test_a_number_in_blue_ink_is_one_region_and_the_print_around_it_is_read() -> None:
    image = np.full((1684, 1190, 3), 252, np.uint8)
    for x in (256, 276, 296):
        cv2.line(image, (x, 200), (x + 14, 176), (40, 60, 180), 4)
    words = row("Số:", 100, 88) + row("/STV-KH", 170, 88) + row("Bắc Sơn, ngày 07 tháng 4 năm 2031", 300, 110)
    placed = [ReadWord(w.text, Box(*(2 * side for side in astuple(w.box))), w.confidence) for w in words]
    grey = clean(image, 144).grey
    found = arrange(placed, image=grey, dpi=144, width=595, height=842, grids=())
    assert [region.kind for region in found.regions] == ["handwriting"]
    assert [text.text for text in found.lines if text.text] == ["Số: /STV-KH", "Bắc Sơn, ngày 07 tháng 4 năm 2031"]
    symbol = next(word for each in found.lines for word in each.words if word.text == "/STV-KH")
    assert symbol.confidence > 0.9
    coloured = coloured_regions(image, 144, placed, 0.5)
    assert len(each_once([*found.regions, *coloured])) == 1
