"""Signatures and notes in black ink are told from print and from what is drawn with a ruler."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from corpus.layout import Box, Region
from ocr.engine import ReadWord
from ocr.ink.pen import pen_regions, unread_ink
from ocr.ink.regions import each_once
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
