"""A second reader: what it confirms, what it doubts, and that it never decides."""

import sys
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest
from files import A4, drawn_page, image_pdf
from PIL import Image, ImageDraw, ImageFont
from told import Told, word

from congvan import pipeline
from corpus.document import Document
from corpus.errors import DamagedError, MissingToolError
from corpus.layout import Box, Line, Word
from ocr.cache import Cache
from ocr.checks import second
from ocr.checks.second import Crops, check, compare
from ocr.engine import ReadWord
from ocr.engines.trueocr import TrueOcr
from ocr.read import read

PAGE = np.full((842, 595), 255, np.uint8)


class Second:
    """Reads each crop as it was told; remembers the crops."""

    name = "second"
    version = "1"

    def __init__(self, *texts, sure=0.9, closer="?"):
        self.looks = [texts]
        self.closer = closer
        self.sure = sure
        self.crops = []

    def read_lines(self, crops):
        self.crops += crops
        texts = self.looks.pop(0) if self.looks else [self.closer] * len(crops)
        return [(text, self.sure) for text in texts]


class Broken(Second):
    def read_lines(self, crops):
        raise DamagedError("hỏng")


def line(*words, kind="text"):
    return Line.of([Word(text, 0, Box(x, 100, x + 40, 112), sure) for text, x, sure in words], kind)


def seen(text, sure=0.9):
    return ReadWord(text, Box(0, 0, 9, 9), sure)


def test_other_figures_are_kept_beside_and_the_word_is_doubted():
    found = compare(Word("2/02/2018", 0, confidence=0.95), seen("22/02/2018"))
    assert (found.text, found.readings, found.confidence) == ("2/02/2018", ("22/02/2018",), 0.5)


def test_the_same_figures_make_a_word_surer():
    found = compare(Word("45/KH-X", 0, confidence=0.6), seen("45/KHX"))
    assert (found.text, found.readings) == ("45/KH-X", ())
    assert found.confidence == pytest.approx(0.96)


@pytest.mark.parametrize("second", [seen("17", 0.3), seen(" ")])
def test_a_second_reading_that_is_no_reading_says_nothing(second):
    before = Word("12", 0, confidence=0.7)
    assert compare(before, second) is before


@pytest.mark.parametrize(
    ("before", "by_hand"),
    [
        (Word("12", 0, confidence=0.2), False),
        (Word("12", 0, confidence=0.5, readings=("17",)), False),
        (Word("12", 0, confidence=0.6), True),
    ],
)
def test_agreement_heals_no_other_doubt(before, by_hand):
    assert compare(before, seen("12"), by_hand=by_hand) is before
    assert compare(before, seen("13"), by_hand=by_hand).readings == (*before.readings, "13")


def test_the_same_second_reading_is_kept_once():
    before = Word("12", 0, confidence=0.5, readings=("17",))
    assert compare(before, seen("17")).readings == ("17",)


def test_only_words_with_figures_are_asked_for_by_their_place():
    second = Second("15", "6")
    lines = check([line(("ngày", 60, 0.9), ("15", 110, 0.9)), Line(""), line(("5", 60, 0.9))], PAGE, 72, second, None)
    assert [word.readings for row in lines for word in row.words] == [(), (), ("6",)]
    assert [row.text for row in lines] == ["ngày 15", "", "5"]
    assert [crop.shape for crop in second.crops] == [(13, 44), (13, 44), (13, 41), (13, 42)]


def test_words_over_the_edge_of_the_page_are_cut_at_it():
    edge = Line.of([Word("5", 0, Box(580, 835, 620, 860))])
    second = Second("5")
    check([edge], PAGE, 72, second, None)
    assert second.crops[0].size > 0
    outside = Line.of([Word("5", 0, Box(700, 900, 720, 912))])
    check([outside], PAGE, 72, second, None)
    assert second.crops[1].size > 0


def test_handwriting_is_doubted_and_never_confirmed():
    rows = check([line(("49", 60, 0.6), ("12", 110, 0.6), kind="handwriting")], PAGE, 72, Second("499", "12"), None)
    assert [(word.readings, word.confidence) for word in rows[0].words] == [(("499",), 0.5), ((), 0.6)]


def test_a_second_reader_that_fails_changes_nothing():
    before = line(("12", 60, 0.7))
    assert check([before], PAGE, 72, Broken(), None) == (before,)


def test_what_it_read_is_kept(tmp_path):
    cache, rows = Cache(tmp_path), [line(("12", 60, 0.7))]
    first, again = Second("17"), Second("99")
    assert check(rows, PAGE, 72, first, cache) == check(rows, PAGE, 72, again, cache)
    assert again.crops == []
    moved = [line(("12", 61, 0.7))]
    assert check(moved, PAGE, 72, again, cache)[0].words[0].readings == ("99",)


@pytest.mark.parametrize(
    ("closer", "readings"), [("85/VP", ()), ("85", ()), ("185/VP", ("185/VP",)), ("", ("185/VP",))]
)
def test_a_dispute_that_is_taken_back_seen_closer_says_nothing(closer, readings):
    before = line(("85/VP", 60, 0.7))
    (found,) = check([before], PAGE, 72, Second("185/VP", closer=closer), None)
    assert found.words[0].readings == readings
    assert found.words[0].confidence == (0.5 if readings else 0.7)


def test_any_engine_can_be_the_second():
    engine = Told(replace(word("15"), confidence=0.8), replace(word("tháng"), confidence=0.6))
    assert Crops(engine).read_lines([PAGE]) == [("15 tháng", 0.6)]


def test_a_page_read_by_two(tmp_path):
    path = image_pdf(tmp_path / "a.pdf", [drawn_page((A4[0] * 2, A4[1] * 2))])
    first = Told(word("ngày", 200, 400), word("2/02/2031", 320, 400))
    (page,) = read(path, engine=first, second=Second("22/02/2031")).pages
    (dated,) = [word for row in page.lines for word in row.words if "2031" in word.text]
    assert (dated.text, dated.readings) == ("2/02/2031", ("22/02/2031",))
    (alone,) = read(path, engine=first).pages
    assert all(word.readings == () for row in alone.lines for word in row.words)


@pytest.mark.parametrize(
    ("before", "second", "after"),
    [
        (Word("riày", 0, confidence=0.5), seen("này", 0.95), ("này", ("riày",), 0.7)),
        (Word("này", 0, confidence=0.5), seen("này", 0.95), ("này", (), 0.9)),
        (Word("nay", 0, confidence=0.5), seen("này", 0.95), ("nay", (), 0.5)),
        (Word("VT.", 0, confidence=0.5), seen("VT", 0.95), ("VT.", (), 0.5)),
        (Word("riày", 0, confidence=0.5), seen("này", 0.8), ("riày", (), 0.5)),
        (Word("ngày", 0, confidence=0.5), seen("ngày 4", 0.95), ("ngày", (), 0.5)),
        (Word("lO", 0, confidence=0.5), seen("10", 0.95), ("lO", (), 0.5)),
        (Word("/QĐ-SYT", 0, confidence=0.5), seen("QĐ-SYT", 0.95), ("/QĐ-SYT", (), 0.5)),
    ],
)
def test_badly_read_words_take_the_spelling_of_a_sure_second_reader(before, second, after):
    found = compare(before, second)
    assert (found.text, found.readings, found.confidence) == after


def test_a_longer_spelling_moves_the_words_behind_it():
    before = line(("ngày", 60, 0.9), ("nh", 110, 0.4), ("vực", 160, 0.9))
    (found,) = check([before], PAGE, 72, Second("lĩnh", sure=0.95), None)
    assert found.text == "ngày lĩnh vực"
    assert [found.text[word.start :][: len(word.text)] for word in found.words] == ["ngày", "lĩnh", "vực"]
    assert found.box == before.box
    by_hand = replace(before, kind="handwriting")
    assert check([by_hand], PAGE, 72, Second("lĩnh", sure=0.95), None) == (by_hand,)


def test_the_command_line_asks_whatever_second_reader_is_installed(monkeypatch, tmp_path):
    heard = {}

    def listen(path, **how):
        heard.update(how)
        return Document("ab" * 32, path.name, ())

    monkeypatch.setattr("ocr.checks.second.installed", lambda: "the second")
    monkeypatch.setattr("ocr.read.read", listen)
    pipeline.recognise(tmp_path / "a.pdf")
    assert heard["second"] == "the second"


@pytest.mark.parametrize(("spec", "name"), [(None, None), (object(), "trueocr")])
def test_none_is_used_where_none_is_installed(monkeypatch, spec, name):
    monkeypatch.setattr(second, "find_spec", lambda _: spec)
    found = second.installed.__wrapped__()
    assert (found.name if found else None) == name


def test_a_package_that_is_gone_is_told_with_its_remedy(monkeypatch):
    monkeypatch.setitem(sys.modules, "trueocr", None)
    with pytest.raises(MissingToolError) as caught:
        TrueOcr().read_lines([PAGE])
    assert "congvan[second]" in caught.value.remedy


def test_whatever_the_model_raises_is_damage_and_stops_no_page(monkeypatch):
    reader = TrueOcr()
    reader.__dict__["_model"] = object()
    with pytest.raises(DamagedError):
        reader.read_lines([PAGE])
    with pytest.raises(DamagedError):
        reader.read(PAGE, dpi=72, timeout=1)
    reader.__dict__["version"] = "0"
    before = line(("12", 60, 0.7))
    assert check([before], PAGE, 72, reader, None) == (before,)


@pytest.mark.skipif(find_spec("trueocr") is None, reason="congvan[second] is not installed")
def test_trueocr_reads_crops_and_pages():
    image = Image.new("L", (700, 60), 255)
    ImageDraw.Draw(image).text((10, 10), "15/10/2031", font=ImageFont.load_default(32), fill=0)
    pixels = np.asarray(image)
    reader = TrueOcr()
    (text, sure), nothing = reader.read_lines([pixels[:, :200], pixels[:2, :2]])
    assert text == "15/10/2031"
    assert 0.5 < sure <= 1
    assert nothing == ("", 0.0)
    words = reader.read(np.pad(pixels, 100, constant_values=255), dpi=150, timeout=9)
    assert [read.text for read in words] == ["15/10/2031"]
    assert 90 < words[0].box.x0 < 130
