"""Flat strokes before the items of a list are its dashes."""

import pytest

from corpus.layout import Box, Line, Word
from ocr.checks.bullets import even


def line(text, *, tall=False):
    words = [
        Word(word, 0, Box(20 * at, 0 if at or tall else 5, 20 * at + 15, 12 if at or tall else 7), 0.5)
        for at, word in enumerate(text.split())
    ]
    return Line.of(words)


def texts(*lines):
    return [each.text for each in even(lines)]


def test_strokes_become_the_dash_of_the_list_and_are_kept():
    found = even([line("~ Các phòng;"), line("- Văn thư;"), line("_ Kế toán.")])
    assert [each.text for each in found] == ["- Các phòng;", "- Văn thư;", "- Kế toán."]
    assert [each.words[0].readings for each in found] == [("~",), (), ("_",)]


@pytest.mark.parametrize(
    "lines",
    [
        [line("~ Các phòng;"), line("Văn thư và kế toán;")],
        [line("~ Các phòng;"), Line(""), line("- Văn thư;")],
        [line("~ Các phòng;", tall=True), line("- Văn thư;")],
        [line("giá ~ 5 triệu"), line("- Văn thư;")],
        [line("~"), line("- Văn thư;")],
    ],
)
def test_other_strokes_stay(lines):
    assert texts(*lines) == [each.text for each in lines]
