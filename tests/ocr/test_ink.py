"""Handwritten numbers and days are doubted, printed ones are left alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from corpus.layout import Box
from ocr.arrange import Arranged, arrange
from ocr.engine import ReadWord
from tests.ocr.pages import body, row

DPI = 144


def page(words: list[ReadWord], *, ink: tuple[float, float] | None = None) -> Arranged:
    """Words in points on an A4 image, perhaps with a pen stroke at ``ink``."""
    image = np.full((1684, 1190), 255, np.uint8)
    if ink:
        x, y = int(ink[0] * 2), int(ink[1] * 2)
        cv2.line(image, (x, y), (x + 10, y + 20), 0, 3)
    scaled = [
        ReadWord(w.text, Box(w.box.x0 * 2, w.box.top * 2, w.box.x1 * 2, w.box.bottom * 2), w.confidence) for w in words
    ]
    return arrange(scaled, image=image, dpi=DPI, width=595, height=842)


def number(text: str, confidence: float = 0.9, height: float = 10) -> list[ReadWord]:
    return row("Số:", 100, 90) + row(text, 125, 90, confidence=confidence, height=height) + row("/STV-KH", 170, 90)


def date(day: str, confidence: float = 0.9) -> list[ReadWord]:
    return row("Bắc Sơn, ngày", 300, 90) + row(day, 378, 90, confidence=confidence) + row("tháng 4 năm 2031", 396, 90)


def doubted(found: Arranged) -> list[str]:
    return [word.text for line in found.lines for word in line.words if word.confidence < 0.3]


def inked(found: Arranged) -> list[str | None]:
    return [region.text for region in found.regions if region.kind == "handwriting"]


@pytest.mark.parametrize(("height", "ink"), [(10, False), (13, True)])
def test_a_lone_figure_may_read_badly_if_it_is_as_tall_as_print(height: float, ink: bool) -> None:
    printed = body(["Theo Tờ trình 2025 và Báo cáo 2026 của 2027"], 300)
    found = page(number("3", 0.4, height) + date("07") + printed)
    assert ("07" in doubted(found)) is ink


@pytest.mark.parametrize(("tall", "ink"), [((20, 20, 20), False), ((20, 26, 20), True), ((20, 30, 15), True)])
def test_a_figure_joined_to_its_symbol_may_read_badly_if_it_is_set_in_type(tall: tuple[int, ...], ink: bool) -> None:
    image = np.full((1684, 1190), 255, np.uint8)
    for at, height in enumerate(tall):
        cv2.rectangle(image, (252 + at * 12, 200 - height), (258 + at * 12, 200), 0, -1)
    printed = body(["Theo Tờ trình 2025 và Báo cáo 2026 của 2027"], 300)
    head = row("Số:", 100, 90) + row("615/STV-KH", 125, 90, confidence=0.5)
    words = [
        ReadWord(w.text, Box(w.box.x0 * 2, w.box.top * 2, w.box.x1 * 2, w.box.bottom * 2), w.confidence)
        for w in head + printed
    ]
    found = arrange(words, image=image, dpi=DPI, width=595, height=842)
    assert (inked(found) == ["615"]) is ink


def test_printed_number_and_date_are_left_alone() -> None:
    found = page(number("41") + date("07"))
    assert doubted(found) == []
    assert inked(found) == []


@pytest.mark.parametrize(("text", "confidence"), [("4#", 0.9), ("4Z", 0.9), ("41", 0.4), ("gó£", 0.9)])
def test_what_is_no_clean_figure_is_ink_and_the_day_is_doubted_too(text: str, confidence: float) -> None:
    found = page(number(text, confidence) + date("07"))
    assert doubted(found) == [*([text] if text.isdigit() else []), "07"]
    assert inked(found) == [text]
    assert ("41" in found.lines[0].text) is text.isdigit()


def test_a_figure_taller_than_the_printed_ones_is_ink() -> None:
    years = body(["Căn cứ kế hoạch năm 2030 và 2031, số liệu 12 và 34"], 200)
    assert inked(page(number("41", height=14) + years)) == ["41"]


def test_a_figure_glued_to_printed_words_is_cut_out() -> None:
    words = row("Bắc Sơn,", 300, 90) + row("ngày4Dtháng", 350, 90) + row("4 năm 2031", 420, 90)
    found = page(words)
    assert [line.text for line in found.lines] == ["Bắc Sơn, ngày tháng 4 năm 2031"]
    assert inked(found) == ["4D"]
    assert doubted(found) == []


@pytest.mark.parametrize(("ink", "wanted"), [(None, []), ((140, 90), [None])])
def test_ink_that_was_not_read_is_seen_on_the_image(ink: tuple[float, float] | None, wanted: list[None]) -> None:
    assert inked(page(row("Số:", 100, 90) + row("/STV-KH", 170, 90), ink=ink)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Luật Đê điều ngày 2# tháng 11 năm 2030;",
        "số 4# /STV-KH của Sở Thủy văn",
        "chính quyền ngày 2# tháng 6 năm 2030",
    ],
)
def test_running_text_is_not_a_header(text: str) -> None:
    assert inked(page(row(text, 80, 200))) == []


def test_without_an_image_words_alone_tell() -> None:
    words = number("4#")
    assert inked(arrange(words, image=None, dpi=72, width=595, height=842)) == ["4#"]


def test_dots_to_be_filled_in_are_no_ink() -> None:
    words = row("Bắc Sơn, ngày", 300, 90) + row(".....", 378, 90) + row("tháng ..... năm 2031", 410, 90)
    assert inked(page(words, ink=(384, 90))) == []
