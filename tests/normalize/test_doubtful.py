"""Marks of words of which the engine was unsure."""

import pytest

from corpus.document import Document
from corpus.layout import Box, Line, Page, Word
from corpus.span import Span
from normalize.doubtful import repair_document

BOX = Box(0, 0, 10, 10)


def document(*lines, doubted=()):
    """A recognised page; the words listed in ``doubted`` have low confidence."""
    page = Page(
        1,
        595,
        842,
        tuple(Line.of([Word(w, 0, BOX, 0.8 if w in doubted else 0.99) for w in line.split()]) for line in lines),
        source="ocr",
    )
    return Document("0" * 64, "a.pdf", (page,))


@pytest.mark.parametrize(
    ("read", "doubted", "meant"),
    [
        ("giao các đơn vị tô chức thực hiện kế hoạch này", "tô", "giao các đơn vị tổ chức thực hiện kế hoạch này"),
        ("theo thâm quyên được giao", "thâm quyên", "theo thẩm quyền được giao"),
        ("phối hợp đê kịp thời, hướng dẫn triên khai;", "triên", "phối hợp đê kịp thời, hướng dẫn triển khai;"),
        ("hồ sơ đề nghị thanh toán chỉ phí đi lại", "chỉ", "hồ sơ đề nghị thanh toán chi phí đi lại"),
        ("QUYÉT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH", "QUYÉT", "QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH"),
    ],
)
def test_marks_that_the_words_around_ask_for_are_put_on(read, doubted, meant):
    assert repair_document(document(read, doubted=doubted.split())).text == meant


def test_headings_in_capitals_take_after_the_text():
    page = document(
        "QUYÉT ĐỊNH", "", "Căn cứ luật đã ban hành và theo đề nghị của các cơ quan có liên quan;", doubted=["QUYÉT"]
    )
    assert repair_document(page).text.startswith("QUYẾT ĐỊNH\n")


def test_short_pieces_of_names_stay():
    page = document(
        "Căn cứ luật đã ban hành và theo đề nghị của các cơ quan có liên quan;", "", "rương Duy Hoàn", doubted=["rương"]
    )
    assert repair_document(page).text.endswith("rương Duy Hoàn")


@pytest.mark.parametrize(
    ("read", "doubted"),
    [
        pytest.param("giao các đơn vị tô chức thực hiện kế hoạch này", "", id="the engine was sure"),
        pytest.param("giao bà Nguyễn Thị Thuân và các đơn vị thực hiện kế hoạch này", "Thuân", id="names"),
        pytest.param("Công văn số 12/SYT-TÔ ngày 05 tháng 3 năm 2025", "12/SYT-TÔ 05", id="symbols and numbers"),
        pytest.param("xây dựng hồ chứa nước và hộ dân", "hồ hộ", id="words that fit as they are"),
    ],
)
def test_other_words_stay(read, doubted):
    given = document(read, doubted=doubted.split())
    assert repair_document(given).text == read


def test_each_change_says_what_was_read_and_leads_back():
    given = document("Kính gửi: Sở Y tế", "đề nghị các đơn vị tô chức thực hiện", doubted=["tô"])
    repaired = repair_document(given)
    at = repaired.text.index("tổ")
    ((name, edit),) = repaired.edits_in(Span(at, at + 2))
    assert (name, edit.alternatives) == ("doubtful", ("tô",))
    assert repaired.to_raw(Span(at, at + 2)).of(given.text) == "tô"
    assert repaired.text.count("\n") == given.text.count("\n")
