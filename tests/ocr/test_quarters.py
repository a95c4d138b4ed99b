"""Roman quarters are counted on the image and doubted where the reading differs."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from corpus.layout import Box
from ocr.checks.quarters import check_quarters, count_strokes
from ocr.layout.lines import Placed

DPI = 72.0
HEIGHT = 40


def drawn(strokes: str) -> tuple[np.ndarray, float]:
    """A picture of upright (I), leaning (/) and V-shaped strokes, and its width."""
    image = np.full((60, 300), 255, np.uint8)
    x = 20
    for stroke in strokes:
        if stroke == "I":
            cv2.line(image, (x, 10), (x, 50), 0, 4)
            x += 16
        elif stroke == "/":
            cv2.line(image, (x + 14, 10), (x, 50), 0, 4)
            x += 26
        else:
            cv2.line(image, (x, 10), (x + 15, 50), 0, 4)
            cv2.line(image, (x + 30, 10), (x + 15, 50), 0, 4)
            x += 42
    return image, float(x)


def word(text: str, width: float) -> Placed:
    return Placed(text, 0, Box(10, 5, width, 55), 0.95)


@pytest.mark.parametrize("numeral", ["I", "II", "III", "IV"])
def test_strokes_up_to_the_slash_are_counted(numeral: str) -> None:
    image, width = drawn(numeral + "/II")
    assert count_strokes(image, word("", width), DPI) == numeral


def test_nothing_is_said_of_other_shapes() -> None:
    image, width = drawn("/II")
    assert count_strokes(image, word("", width), DPI) is None


@pytest.mark.parametrize(
    ("read", "text", "readings"),
    [
        ("II/2031", "III/2031", ("II/2031",)),
        ("IV/2031", "IV/2031", ("III/2031",)),
        ("2031", "III/2031", ("2031",)),
        ("III/2031", "III/2031", ()),
        ("IIIL/2031", "III/2031", ("IIIL/2031",)),
        ("IH/2031", "III/2031", ("IH/2031",)),
    ],
)
def test_a_quarter_read_with_another_count_is_doubted(read: str, text: str, readings: tuple[str, ...]) -> None:
    image, width = drawn("III/")
    before = Placed("Quý", 0, Box(0, 5, 9, 55), 0.95)
    (_, found) = check_quarters([before, word(read, width)], image, DPI)
    assert (found.text, found.readings) == (text, readings)
    assert (found.confidence < 0.3) == bool(readings)


def test_only_what_follows_the_word_quarter_is_looked_at() -> None:
    image, width = drawn("III/")
    before = Placed("Chương", 0, Box(0, 5, 9, 55), 0.95)
    assert check_quarters([before, word("II/2031", width)], image, DPI)[1].readings == ()


def test_a_second_quarter_behind_a_comma_is_looked_at() -> None:
    image, width = drawn("III/")
    before = [Placed("Quý", 0, Box(0, 5, 9, 55), 0.95), Placed("II,", 0, Box(400, 5, 440, 55), 0.95)]
    assert check_quarters([*before, word("II/2031", width)], image, DPI)[2].text == "III/2031"


@pytest.mark.parametrize(("feet", "text"), [(8, "I/2031"), (0, "1/2031")])
def test_a_stroke_with_serifs_on_both_sides_is_no_figure(feet: int, text: str) -> None:
    image, width = drawn("I/")
    image[10:14, 20 - feet : 20 + feet] = 0
    before = Placed("Quý", 0, Box(0, 5, 9, 55), 0.95)
    (_, found) = check_quarters([before, Placed("1/2031", 0, Box(8, 5, width, 55), 0.95)], image, DPI)
    assert (found.text, found.readings) == (text, ())
