"""Letters read for figures are looked at again where figures are asked for."""

import pytest

from corpus.layout import Box, Line, Word
from ocr.checks.lettered import settle


class Looks:
    """Sees the same text under every box."""

    def __init__(self, seen):
        self.seen = seen
        self.asked = []

    def agrees(self, _line, tail):
        self.asked.append(tail)
        return self.seen == tail


def line(text):
    words = [Word(word, 0, Box(50 * at, 0, 50 * at + 40, 12), 0.9) for at, word in enumerate(text.split())]
    return Line.of(words)


@pytest.mark.parametrize(
    ("read", "seen", "meant"),
    [
        ("gửi trước I4 giờ hôm nay", "14", "gửi trước 14 giờ hôm nay"),
        ("họp ngày l6, tại trụ sở", "16", "họp ngày 16, tại trụ sở"),
        ("giảm (2O) phường", "20", "giảm (20) phường"),
    ],
)
def test_figures_are_taken_where_every_look_says_them_and_doubted(read, seen, meant):
    [found] = settle([line(read)], Looks(seen))
    assert found.text == meant
    [changed] = [word for word in found.words if word.readings]
    assert changed.confidence <= 0.5
    assert changed.readings[0] in read


@pytest.mark.parametrize(
    ("read", "asked"),
    [
        ("gửi trước I4 giờ hôm nay", ["14"]),
        ("theo Công văn I4 của Sở", []),
        ("số 1I/TTr-SNV ngày mai", []),
        ("mục II ngày mai", []),
        ("phòng 12 giờ", []),
    ],
)
def test_what_the_looks_do_not_say_or_nothing_asks_for_stays(read, asked):
    looker = Looks("17")
    [found] = settle([line(read)], looker)
    assert found.text == read
    assert looker.asked == asked
