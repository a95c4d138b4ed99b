"""Lines that run over two columns, read apart."""

import numpy as np
import pytest

from corpus.layout import Box
from ocr.apart import read_apart
from ocr.engine import ReadWord

DPI = 200


class Engine:
    """Reads one word on each band of ink of a sheet."""

    def __init__(self, *texts, sure=0.95):
        self.texts, self.sure, self.sheets = texts, sure, []

    def read(self, image, *, dpi, timeout):
        self.sheets.append(image)
        rows = np.flatnonzero((image < 150).any(axis=1))
        bands = np.split(rows, np.flatnonzero(np.diff(rows) > 10) + 1)
        found = []
        for band, text in zip(bands, self.texts, strict=True):
            across = np.flatnonzero((image[band] < 150).any(axis=0))
            box = Box(int(across[0]), int(band[0]), int(across[-1]) + 1, int(band[-1]) + 1)
            found.append(ReadWord(text, box, self.sure, line=7))
        return found


def page():
    """Small print at the left, one line below the other; large letters at the right, level with the first line."""
    grey = np.full((600, 1600), 255, np.uint8)
    grey[210:232, 240:370] = 0
    grey[244:266, 240:550] = 0
    grey[205:240, 900:1500] = 0
    return grey


def word(text, box, sure, line=3):
    return ReadWord(text, Box(*box), sure, block=2, line=line)


OFFICE = word("TRƯỞNG", (900, 205, 1500, 240), 0.96)
BELOW = word("Giám", (240, 244, 550, 266), 0.95, line=4)


def read(engine, *words):
    return read_apart(engine, page(), words, dpi=DPI, timeout=9)


def test_the_badly_read_side_is_read_once_more_in_its_place():
    bad = word("mm.", (240, 203, 370, 240), 0.2)
    words = read(Engine("Như"), bad, OFFICE, BELOW)
    assert [each.text for each in words] == ["Như", "TRƯỞNG", "Giám"]
    new = words[0]
    assert (new.box.x0, new.box.top, new.box.x1, new.box.bottom) == (240, 210, 370, 232)
    assert (new.block, new.line) == (2, 3)


def test_a_fragment_of_the_line_below_goes_with_the_rubbish():
    bad = word("mm.", (240, 203, 370, 240), 0.2)
    words = read(Engine("Như"), bad, word("...", (420, 236, 450, 240), 0.1), OFFICE, BELOW)
    assert [each.text for each in words] == ["Như", "TRƯỞNG", "Giám"]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([word("Như", (240, 210, 370, 232), 0.9), OFFICE], id="read well"),
        pytest.param([word("mm.", (240, 203, 370, 240), 0.2)], id="one column"),
        pytest.param([word("=", (240, 203, 370, 240), 0.2), OFFICE], id="a stroke"),
        pytest.param([word("mm.", (240, 236, 370, 250), 0.2), OFFICE, BELOW], id="ink of another word"),
        pytest.param([word("mm.", (600, 203, 700, 240), 0.2), OFFICE], id="no ink"),
    ],
)
def test_what_needs_no_second_reading_gets_none(words):
    engine = Engine("Như")
    assert read(engine, *words) == tuple(words)
    assert engine.sheets == []


@pytest.mark.parametrize(
    ("before", "sure", "after"),
    [("Số:", 0.2, "299"), ("29", 0.5, "Số"), ("29", 0.2, "92")],
    ids=["new figures", "lost figures", "other figures"],
)
def test_figures_are_not_decided_here(before, sure, after):
    words = [word(before, (240, 203, 370, 240), sure), OFFICE]
    assert read(Engine(after), *words) == tuple(words)


def test_an_unsure_second_reading_does_not_count():
    words = [word("mm.", (240, 203, 370, 240), 0.2), OFFICE]
    assert read(Engine("Như", sure=0.7), *words) == tuple(words)
