"""Signature blocks read once more. Pages are drawn; engines are told what they read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from told import Told

from corpus.layout import Box
from ocr.engine import ReadWord
from ocr.image import unmix
from ocr.ink import persons, signing
from ocr.ink.signing_blocks import find_blocks

SIZE = (595.0, 842.0)


def row(text, x, top, confidence=0.95, height=10.0):
    words = []
    for word in text.split():
        words.append(ReadWord(word, Box(x, top, x + 6.5 * len(word), top + height), confidence))
        x += 6.5 * len(word) + 4
    return words


def letter(*signature):
    """A page's foot: text, «Nơi nhận» on the left and what was read of the signature on the right."""
    words = row("Yêu cầu các đơn vị báo cáo trước ngày mười lăm hằng tháng để tổng hợp chung ./.", 70, 480)
    words += row("Nơi nhận:", 70, 520) + row("- Như trên;", 70, 534) + row("- Lưu: VT.", 70, 548)
    return words + [word for line in signature for word in line]


def read(words, engine):
    shown = []

    def cut(box):
        shown.append(box)
        return np.full((max(int(box.bottom - box.top), 40), max(int(box.x1 - box.x0), 40), 3), 255, np.uint8)

    found = signing.read_signers(engine, words, cut, SIZE, dpi=72, timeout=5)
    return found, shown


def texts(words):
    return " ".join(word.text for word in sorted(words, key=lambda word: (word.box.top // 8, word.box.x0)))


def test_a_name_that_was_read_well_costs_nothing():
    words = letter(row("GIÁM ĐỐC", 380, 520), row("Đỗ Thị Lụa", 372, 600))
    engine = Told()
    assert read(words, engine) == (words, [])
    assert not engine.images


def test_the_name_under_an_office_is_read_again_where_it_was_lost():
    words = letter(row("GIÁM ĐỐC", 380, 520), row("đ2 ~ễ;", 372, 600, confidence=0.2))
    block = find_blocks(signing._fragments(words, 1.0), *SIZE)[0].box
    engine = Told(*row("Đỗ Thị Lụa", 372 - block.x0, 600 - block.top))
    found, shown = read(words, engine)
    assert shown == [block]
    assert "Đỗ Thị Lụa" in texts(found)
    assert "~ễ;" not in texts(found)


def test_the_office_too_is_read_again_beside_the_distribution_list():
    words = letter()
    [block] = find_blocks(signing._fragments(words, 1.0), *SIZE)
    assert block.box.x0 > max(word.box.x1 for word in words if word.text.startswith("trên"))
    engine = Told(*row("VIỆN TRƯỞNG", 150, 8), *row("Hồ Văn Mạch", 150, 90))
    found, _ = read(words, engine)
    assert "VIỆN TRƯỞNG" in texts(found)
    assert "Hồ Văn Mạch" in texts(found)


@pytest.mark.parametrize("line", ["ván Lụa", "Thanh Hóa xanh", "§ ~ Lụa", "Lụa"])
def test_what_is_no_name_is_left_unread(line):
    words = letter(row("GIÁM ĐỐC", 380, 520))
    found, _ = read(words, Told(*row(line, 150, 90)))
    assert found == words


def test_an_office_over_running_text_opens_no_block():
    """The authority in the title of a decision, its bases right below."""
    words = row("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ", 200, 200)
    words += row("Căn cứ Luật Tổ chức chính quyền địa phương ngày mười chín tháng sáu năm hai nghìn", 70, 226)
    assert find_blocks(signing._fragments(words, 1.0), *SIZE) == []


def test_two_offices_side_by_side_are_two_blocks():
    words = letter(row("TRƯỞNG PHÒNG", 100, 600), row("GIÁM ĐỐC", 420, 600))
    left, right = find_blocks(signing._fragments(words, 1.0), *SIZE)
    assert left.box.x1 <= right.box.x0 + 150
    assert left.box.x0 < 150 < left.box.x1
    assert right.box.x0 < 450 < right.box.x1


def test_a_name_in_a_mended_picture_stays_to_be_checked():
    words = letter(row("GIÁM ĐỐC", 380, 520))
    engine = Told(*row("Đỗ Thị Lụa", 150, 90, confidence=0.75))
    found, _ = read(words, engine)
    name = [word for word in found if word not in words]
    assert len(name) == 3
    assert all(word.confidence <= 0.88 for word in name)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("— Bùi Ngọc Sâm £", "Bùi Ngọc Sâm"),
        ("BÙI NGỌC SÂM", "BÙI NGỌC SÂM"),
        ("Bùi ngọc Sâm", ""),
        ("Sâm Ngọc", ""),
        ("Bùi", ""),
        ("Lê Thị Na có mặt", ""),
        ("Hà Thi Lan", "Hà Thi Lan"),
        ("Thị Lê Sen", ""),
        ("Thi Lụa", ""),
        ("Văn Bách", ""),
        ("CHỦ TỊCH", ""),
        ("CHU TỊNH", "CHU TỊNH"),
    ],
)
def test_a_name_begins_with_a_family_name_and_every_word_with_a_capital(line, name):
    assert " ".join(word.text for word in persons.person_in(row(line, 0, 0))) == name


def seal(colour, over=(0, 0, 0)):
    """A bar of ``over`` ink under a round seal of ``colour``, on paper."""
    page = np.full((200, 300, 3), 250, np.uint8)
    page[96:104, 40:260] = over
    ring = np.zeros(page.shape[:2], np.uint8)
    cv2.circle(ring, (150, 100), 60, 1, 6)
    page[ring > 0] = np.minimum(page[ring > 0], np.array(colour, np.uint8))
    return page


@pytest.mark.parametrize("colour", [(170, 30, 40), (40, 60, 190)])
def test_coloured_ink_fades_and_black_ink_under_it_stays(colour):
    grey = unmix.without_colour(seal(colour))
    assert grey[40, 150] > 200
    assert grey[100, 90] < 60
    assert grey[100, 50] < 60


def test_grey_pictures_stay_as_they_are():
    grey = np.full((50, 50), 200, np.uint8)
    assert unmix.without_colour(grey) is grey
    assert unmix.grown_over(grey) is grey


def test_the_ring_of_a_black_seal_goes_and_the_name_beside_it_stays():
    page = np.full((300, 400), 255, np.uint8)
    cv2.circle(page, (150, 120), 75, 0, 4)
    cv2.putText(page, "Do Thi Lua", (180, 230), cv2.FONT_HERSHEY_DUPLEX, 0.8, 0, 2)
    left = unmix.without_rings(page, 108)
    angles = np.linspace(0, 2 * np.pi, 90)
    ring = left[(120 + 75 * np.sin(angles)).astype(int), (150 + 75 * np.cos(angles)).astype(int)]
    assert np.mean(ring < 128) < 0.2
    assert np.array_equal(left[210:, 180:] < 128, page[210:, 180:] < 128)


def test_no_ring_is_seen_where_there_is_none():
    page = np.full((300, 400), 255, np.uint8)
    cv2.putText(page, "GIAM DOC", (100, 80), cv2.FONT_HERSHEY_DUPLEX, 1.0, 0, 2)
    assert unmix.without_rings(page, 108) is page


def test_what_an_engine_makes_of_the_signature_goes_and_the_name_stays():
    scribble = row("TƯOỢ XX..WR", 372, 570, confidence=0.3)
    words = letter(row("GIÁM ĐỐC", 380, 520), row("Đỗ Thị Lụa", 372, 600, confidence=0.45), scribble)
    left = signing.without_scribbles(words, SIZE, 1.0)
    assert left == [word for word in words if word not in scribble]


def test_badly_read_words_elsewhere_stay():
    words = letter(row("GIÁM ĐỐC", 380, 520)) + row("x#đ ..", 80, 570, confidence=0.2)
    assert signing.without_scribbles(words, SIZE, 1.0) == words


def test_a_name_that_a_seal_had_cut_short_is_replaced_by_the_whole_one():
    words = letter(row("GIÁM ĐỐC", 380, 520), row("Thị Lụa", 392, 600))
    block = find_blocks(signing._fragments(words, 1.0), *SIZE)[0].box
    found, _ = read(words, Told(*row("Đỗ Thị Lụa", 372 - block.x0, 600 - block.top, confidence=0.85)))
    assert texts(found).endswith("Đỗ Thị Lụa")


def test_a_pale_name_below_the_offices_is_looked_for_by_its_strokes():
    pixels = np.full((400, 300, 3), 255, np.uint8)
    for x in range(60, 180, 12):
        cv2.rectangle(pixels, (x, 150), (x + 6, 159), (150, 150, 150), 1)
    reader = signing._Reader(Told(), lambda box: pixels, Box(300, 500, 600, 900), 72, 5)
    line = reader._lowest_row(530)
    assert line is not None
    assert (line.x0, line.bottom) == (pytest.approx(360, abs=2), pytest.approx(660, abs=2))
    assert reader._lowest_row(700) is None
