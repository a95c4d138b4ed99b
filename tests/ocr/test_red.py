from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest

from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.ink import red

DPI = 200


@dataclass
class Says:
    """An engine that reads the same words whatever it is shown, and keeps what it was shown."""

    words: list[ReadWord]
    shown: list[np.ndarray] = field(default_factory=list)
    name: str = "says"
    version: str = "1"

    def read(self, image, *, dpi, timeout):
        self.shown.append(image)
        return self.words


def page() -> np.ndarray:
    return np.full((2339, 1654, 3), 245, np.uint8)


def stamped(tilt: float = 0, colour: tuple[int, int, int] = (200, 30, 40)) -> np.ndarray:
    """A page with «MAT» in a frame, 57 × 21 points, its middle at (500, 400) pixels."""
    image = page()
    cv2.rectangle(image, (421, 371), (579, 429), colour, 4)
    cv2.putText(image, "MAT", (450, 415), cv2.FONT_HERSHEY_DUPLEX, 1.4, colour, 3)
    matrix = cv2.getRotationMatrix2D((500, 400), tilt, 1.0)
    return cv2.warpAffine(image, matrix, (1654, 2339), borderValue=(245, 245, 245))


def ink_of(image: np.ndarray) -> np.ndarray:
    ink = red.red_ink(image)
    assert ink is not None
    return ink


@pytest.mark.parametrize("tilt", [0, 3, 40, -25])
def test_a_framed_mark_is_found_however_it_is_tilted(tilt: float):
    [mark] = red.find_marks(ink_of(stamped(tilt)), DPI)
    assert mark.middle == pytest.approx((500, 400), abs=6)
    assert (mark.width, mark.height) == pytest.approx((162, 62), abs=14)
    assert mark.tilt == pytest.approx(-tilt, abs=2)


def test_the_frame_is_left_out_of_what_is_read():
    engine = Says([])
    red.read_marks(engine, ink_of(stamped(40)), [], dpi=DPI, timeout=1)
    [sheet] = engine.shown
    tall = np.count_nonzero(sheet < 128, axis=0)
    assert sheet.shape[0] < 150
    assert tall.max() < 60


def test_a_mark_comes_back_at_its_place_on_the_page():
    word = ReadWord("MẬT", Box(70, 40, 170, 84), 0.9)
    [found] = red.read_marks(Says([word]), ink_of(stamped()), [], dpi=DPI, timeout=1)
    assert found.text == "MẬT"
    assert 415 < found.box.x0 < found.box.x1 < 585
    assert 370 < found.box.top < 400 < found.box.bottom < 430


@pytest.mark.parametrize(("text", "confidence"), [("MẬT", 0.2), ("mật", 0.9), ("M", 0.9), ("M4T", 0.9)])
def test_what_red_speckles_look_like_is_not_taken(text: str, confidence: float):
    word = ReadWord(text, Box(70, 40, 170, 84), confidence)
    assert red.read_marks(Says([word]), ink_of(stamped()), [], dpi=DPI, timeout=1) == []


def test_a_mark_that_was_read_with_the_page_is_not_read_twice():
    known = [ReadWord("MẬT", Box(440, 375, 560, 425), 0.9)]
    engine = Says([])
    assert red.read_marks(engine, ink_of(stamped()), known, dpi=DPI, timeout=1) == []
    assert engine.shown == []


def test_grey_pages_black_text_and_round_seals_hold_no_marks():
    assert red.red_ink(page()[:, :, 0]) is None
    assert red.red_ink(page()) is None
    assert red.red_ink(stamped(colour=(30, 30, 30))) is None
    seal = page()
    cv2.circle(seal, (900, 1500), 160, (200, 30, 40), 5)
    cv2.putText(seal, "SO Y TE", (800, 1510), cv2.FONT_HERSHEY_DUPLEX, 1.4, (200, 30, 40), 3)
    assert red.find_marks(ink_of(seal), DPI) == []


def test_each_mark_is_a_line_of_its_own():
    marks = [
        ReadWord("TỐC", Box(80, 10, 120, 20), 0.9, block=red.BLOCK),
        ReadWord("HỎA", Box(30, 10, 70, 20), 0.9, block=red.BLOCK),
        ReadWord("MẬT", Box(30, 40, 70, 50), 0.9, block=red.BLOCK + 1),
    ]
    lines = list(red.mark_lines([ReadWord("chữ", Box(0, 0, 9, 9), 1.0), *marks], 0.5))
    assert [(line.text, line.kind) for line in lines] == [("HỎA TỐC", "stamp"), ("MẬT", "stamp")]
    assert lines[0].box == Box(15, 5, 60, 10)
