"""Seals, signatures and notes told by their colour."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.ink.coloured import coloured_regions

RED, BLUE, BLACK = (200, 30, 40), (40, 50, 180), (20, 20, 20)


def page():
    return np.full((1684, 1190, 3), 250, np.uint8)


def seal(image, x=800, y=1200, colour=RED):
    cv2.circle(image, (x, y), 95, colour, 6)
    cv2.circle(image, (x, y), 60, colour, 4)
    cv2.putText(image, "UBND", (x - 45, y + 10), cv2.FONT_HERSHEY_DUPLEX, 1.0, colour, 3)


def strokes(image, x, y, colour=BLUE):
    for step in range(5):
        cv2.line(image, (x + 18 * step, y), (x + 18 * step + 20, y - 40), colour, 4)


def kinds(image, words=()):
    return sorted(region.kind for region in coloured_regions(image, 144, words, 0.5))


def test_a_seal_its_signature_and_a_note_elsewhere_are_told_apart():
    image = page()
    seal(image)
    strokes(image, 850, 1230)
    strokes(image, 120, 300)
    assert set(kinds(image)) == {"handwriting", "seal", "signature"}


def test_boxes_are_points_of_the_page():
    image = page()
    seal(image)
    [region] = coloured_regions(image, 144)
    assert (region.box.x0, region.box.top) == pytest.approx((352, 552), abs=3)
    assert (region.box.x1, region.box.bottom) == pytest.approx((448, 648), abs=3)


def test_black_strokes_are_told_elsewhere():
    image = page()
    strokes(image, 120, 300, BLACK)
    assert kinds(image) == []
    assert coloured_regions(image[:, :, 0], 144) == []


def test_a_flat_red_frame_is_no_seal():
    image = page()
    cv2.rectangle(image, (200, 300), (500, 380), RED, 5)
    assert kinds(image) == []


def test_blue_print_that_was_read_is_no_note():
    image = page()
    cv2.putText(image, "congan.example", (200, 400), cv2.FONT_HERSHEY_DUPLEX, 1.2, BLUE, 3)
    assert kinds(image) == ["handwriting"]
    read = ReadWord("congan.example", Box(195, 365, 560, 410), 0.9)
    assert kinds(image, [read]) == []


def test_a_blue_background_is_no_pen():
    image = page()
    image[:600] = (120, 150, 240)
    assert kinds(image) == []
