"""Which source a page is read from, and the two sources laid over each other."""

import pytest

from corpus.layout import Box, Line, Word
from ocr.checks.align import confirm, digits_dispute
from ocr.engine import ReadWord
from ocr.files.source import choose

PROPER = (
    "Ủy ban nhân dân phường đề nghị các tổ dân phố khẩn trương rà soát danh sách hộ nghèo, lập biên bản và gửi "
    "báo cáo bằng văn bản về bộ phận tiếp nhận hồ sơ trước buổi họp giao ban; đồng thời niêm yết công khai kết quả."
)
ABBYY = (
    "Uy ban nhan dan phuirng d6 nghi c6c td d6n ph6 khAn truong rd so6t danh s6ch hQ nghdo, lAp bi6n bAn vd grii "
    "b6o c6o bdng vdn bAn vd bQ phfn ti6p nhfn h6 so tru6c buOi hgp giao ban; d6ng thoi ni6m yi5t c6ng khai k6t qud."
)

WITHOUT_GLYPHS = (
    "y ban nhân dân ph ng các t dân ph rà soát danh sách nghèo, biên và báo cáo b ng v n v ph n nh n "
    "tr c bu i giao ban; ng th i niêm công khai toàn xã, thành viên, trách, thông tin, công tác, quan, khám, tài"
)


def layer(text, *, top=100.0):
    """Words of lines of ten, boxes as a page would have them."""
    found = []
    for index, token in enumerate(text.split()):
        x, y = 60 + 48 * (index % 10), top + 16 * (index // 10)
        found.append(ReadWord(token, Box(x, y, x + 44, y + 11), 1.0, line=index // 10))
    return found


@pytest.mark.parametrize(
    ("text", "cover", "source", "kind"),
    [
        (PROPER, 0.0, "text-layer", "clean"),
        (PROPER, 1.0, "both", "clean"),
        (ABBYY, 1.0, "both", "garbled"),
        ("", 1.0, "ocr", "none"),
        ("Ký bởi: Phòng Văn thư\nThời gian ký: 03.04.2026 09:15", 1.0, "ocr", "caption"),
        (ABBYY, 0.0, "ocr", "garbled"),
        ("2024 12.500 98,5", 0.0, "text-layer", "none"),
        ("2", 0.9, "ocr", "none"),
        (WITHOUT_GLYPHS, 0.1, "ocr", "missing-glyphs"),
        (
            "§Ò nghÞ c¸c ®¬n vÞ b¸o c¸o vÒ Së tr−íc ngµy quy ®Þnh vµ göi kÌm danh s¸ch c¸n bé",
            0.0,
            "text-layer",
            "legacy",
        ),
    ],
)
def test_source_of_a_page(text, cover, source, kind):
    words = [
        ReadWord(word.text, word.box, 1.0, line=number)
        for number, line in enumerate(text.split("\n"))
        for word in layer(line)
    ]
    choice = choose(words, cover)
    assert (choice.source, choice.layer) == (source, kind)
    assert choice.reason.endswith(".")


def line(*words):
    return Line.of([Word(text, 0, Box(x, 100, x + 40, 112), sure) for text, x, sure in words])


def seen(text, x):
    return ReadWord(text, Box(x + 1, 99, x + 41, 112), 1.0)


def test_differing_digits_keep_both_readings_and_lose_confidence():
    (read,) = confirm([line(("Số", 60, 0.9), ("32/2016/TT", 110, 0.93))], [seen("52/2016/TT", 110)], trusted=False)
    assert read.words[1].readings == ("52/2016/TT",)
    assert read.words[1].confidence == 0.5
    assert read.words[0].confidence == 0.9
    assert read.text == "Số 32/2016/TT"


def test_a_trusted_layer_spells_what_the_engine_was_unsure_of():
    (read,) = confirm([line(("tô", 60, 0.6), ("chức", 110, 0.9))], [seen("tổ", 60), seen("chửc", 110)], trusted=True)
    assert read.text == "tổ chức"
    assert read.words[0].readings == ("tô",)
    assert read.words[1].readings == ()


def test_an_untrusted_layer_spells_nothing():
    (read,) = confirm([line(("tổ", 60, 0.6))], [seen("to", 60)], trusted=False)
    assert (read.text, read.words[0].readings) == ("tổ", ())


def test_a_longer_spelling_moves_the_words_behind_it():
    (read,) = confirm([line(("đẩu", 60, 0.5), ("tư", 110, 0.9))], [seen("đ\u00e2\u0300u", 60)], trusted=True)
    assert [read.text[word.start : word.start + len(word.text)] for word in read.words] == [w.text for w in read.words]


def test_words_elsewhere_are_not_compared():
    (read,) = confirm([line(("12", 60, 0.9))], [seen("13", 300)], trusted=True)
    assert read.words[0].readings == ()


@pytest.mark.parametrize(
    ("one", "other", "dispute"),
    [
        ("12/2024", "17/2024", True),
        ("12/2024/NĐ-CP", "17/2024/ND-CP", True),
        ("12/2024", "I2/2O24", False),
        ("tháng", "thang", False),
        ("15.", "15.", False),
        ("2024", "202", False),
    ],
)
def test_dispute_of_digits(one, other, dispute):
    assert digits_dispute(one, other) is dispute
