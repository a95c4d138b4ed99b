"""Dates and numbers cut in two by the engine."""

import pytest

from corpus.layout import Box, Line, Word
from ocr.checks.cut_figures import rejoin


def line(*words: str, gap: float = 2.0) -> Line:
    placed, at = [], 0.0
    for text in words:
        placed.append(Word(text, 0, Box(at, 0.0, at + 6 * len(text), 10.0), 0.95))
        at += 6 * len(text) + gap
    return Line.of(placed)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (("ngày", "31/1", "2/2031;"), "31/1 2/2031;"),
        (("ngày", "17/6/203", "1", "của"), "17/6/203 1"),
        (("số", "07/203", "2/TT-BNV"), "07/203 2/TT-BNV"),
        (("(12-0", "3-2031)",), "(12-0 3-2031)"),
    ],
)  # fmt: skip
def test_joins_what_is_whole_only_together_and_says_so(words: tuple[str, ...], whole: str) -> None:
    (joined,) = rejoin([line(*words)])
    (word,) = [word for word in joined.words if word.readings]
    assert word.text == whole.replace(" ", "")
    assert word.readings == (whole,)
    assert word.confidence <= 0.5
    assert word.text in joined.text
    assert [joined.text[w.start : w.start + len(w.text)] for w in joined.words] == [w.text for w in joined.words]


@pytest.mark.parametrize(
    "words",
    [
        ("mục", "2", "1/12/2031"),
        ("15/4/2031", "2"),
        ("số", "7", "15/2031/QĐ-UBND"),
        ("năm", "2031", "2032"),
        ("tháng", "1", "2/2031"),
        ("31/1", "9/9031"),
        ("45/1", "2/2031"),
    ],
)
def test_leaves_apart_what_may_be_two(words: tuple[str, ...]) -> None:
    before = line(*words)
    assert rejoin([before]) == (before,)


def test_columns_stand_too_far_apart() -> None:
    before = line("31/1", "2/2031", gap=9.0)
    assert rejoin([before]) == (before,)
