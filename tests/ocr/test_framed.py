"""Incoming stamps in a frame, drawn on a page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from told import Told

from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.ink import framed, red

DPI = 150
STAMP = (200, 300, 480, 420)


def page(colour=(0, 0, 0)):
    """A sheet with a stamp's frame of 134 × 58 points, a line across it, and lines of text around."""
    image = np.full((1754, 1240, 3), 255, np.uint8)
    left, top, right, bottom = STAMP
    cv2.rectangle(image, (left, top), (right, bottom), colour, 3)
    cv2.line(image, (left, 340), (right, 340), colour, 2)
    for row in range(700, 1200, 50):
        cv2.putText(image, "Can cu Luat To chuc chinh quyen", (150, row), cv2.FONT_HERSHEY_DUPLEX, 1.1, (0, 0, 0), 2)
    return image


def word(text, x, y, confidence=0.9):
    return ReadWord(text, Box(x, y, x + 11 * len(text), y + 18), confidence)


TITLE = [word("CÔNG", 10, 5), word("VĂN", 60, 5), word("ĐẾN", 110, 5)]
LABELS = [word("Số:", 10, 50), word("417", 60, 52), word("Ngày:", 10, 80), word("03/02", 80, 80)]


def test_the_frame_is_found_and_nothing_else():
    [box] = framed.find_frames(page()[:, :, 0], DPI)
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx(STAMP, abs=6)


def test_what_touches_the_frame_from_outside_is_no_part_of_it():
    image = page()
    cv2.line(image, (480, 360), (700, 360), (0, 0, 0), 3)
    [box] = framed.find_frames(image[:, :, 0], DPI)
    assert box.x1 == pytest.approx(480, abs=8)


@pytest.mark.parametrize("size", [(60, 30), (900, 120), (280, 500)])
def test_boxes_of_another_size_are_no_stamps(size):
    image = np.full((1754, 1240), 255, np.uint8)
    cv2.rectangle(image, (200, 300), (200 + size[0], 300 + size[1]), 0, 3)
    assert framed.find_frames(image, DPI) == []


def test_a_red_frame_is_found_in_the_red_ink():
    ink = red.red_ink(page((200, 30, 40)))
    assert ink is not None
    assert len(framed.find_frames(ink, DPI)) == 1


def read(said, known=()):
    frame = Box(200, 300, 480, 420)
    return framed.read_framed(
        Told(*said), list(known), [frame], lambda _box: np.full((120, 280), 255, np.uint8), dpi=DPI, timeout=1
    )


def test_a_stamp_is_one_line_in_its_own_order_and_its_figures_are_doubted():
    words = read([*LABELS, *TITLE])
    [line] = red.mark_lines(words, 72 / DPI)
    assert line.text == "CÔNG VĂN ĐẾN Số: 417 Ngày: 03/02"
    assert line.kind == "stamp"
    assert all(each.confidence <= 0.5 for each in line.words)


def test_what_was_read_under_the_stamp_goes_and_the_rest_stays():
    under, beside = word("C0NG", 220, 310), word("QUYẾT", 600, 310)
    words = read([*TITLE, *LABELS], [under, beside])
    assert beside in words
    assert under not in words


def test_the_title_alone_is_enough_where_ink_hides_the_labels():
    words = read([*TITLE, word("xi", 10, 50), word("+o[4", 60, 52)])
    assert [line.kind for line in red.mark_lines(words, 72 / DPI)] == ["stamp"]


@pytest.mark.parametrize(
    "said",
    [
        [word("MẪU", 10, 10), word("SỐ", 60, 10), word("02", 100, 10)],
        [word("Đến", 10, 10), word("nơi", 60, 10)],
        [],
    ],
)
def test_another_box_stays_text(said):
    known = [word("MẪU", 220, 310)]
    assert read(said, known) == known
