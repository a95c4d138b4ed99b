"""Urgency and secrecy: marks on their own, never words of a sentence; secrecy is believed when in doubt."""

from dataclasses import replace

import pytest
from letters import LETTER, codes, document, header

from corpus.layout import Line
from extract.parts.marks import mark_of


@pytest.mark.parametrize(
    ("printed", "kind", "value"),
    [
        ("KHẨN", "urgency", "khẩn"),
        ("**THƯỢNG KHẨN**", "urgency", "thượng khẩn"),
        ("HỎA TỐC", "urgency", "hỏa tốc"),
        ("HOẢ TỐC", "urgency", "hỏa tốc"),
        ("Hỏa tốc hẹn giờ", "urgency", "hỏa tốc hẹn giờ"),
        ("MẬT", "secrecy", "mật"),
        ("( MẬT )", "secrecy", "mật"),
        ("TỐI MẬT", "secrecy", "tối mật"),
        ("TUYỆT MẬT", "secrecy", "tuyệt mật"),
        ("T Ố I  M Ậ T", "secrecy", "tối mật"),
        ("TUYET MAT", "secrecy", "tuyệt mật"),
        ("TUYÊT MÂT", "secrecy", "tuyệt mật"),
        ("Độ mật: Tối mật", "secrecy", "tối mật"),
    ],
)
def test_marks(printed: str, kind: str, value: str) -> None:
    mark = mark_of(printed)
    assert mark is not None
    assert (mark.kind, mark.value) == (kind, value)


@pytest.mark.parametrize(
    "printed",
    [
        "bảo mật",
        "BẢO MẬT THÔNG TIN",
        "Ban Cơ yếu Chính phủ",
        "văn bản mật",
        "Bí mật nhà nước",
        "MẶT TRẬN TỔ QUỐC",
        "MẮT",
        "Khẩn trương thực hiện",
        "Mật khẩu",
        "TỐI THIỂU",
        "BỘ MẶT",
        "",
    ],
)
def test_words_that_are_no_marks(printed: str) -> None:
    assert mark_of(printed) is None


@pytest.mark.parametrize("place", ["UBND TỈNH CÀ MAU", "V/v rà soát", "Kính gửi:"])
def test_a_secrecy_mark_is_found_wherever_the_head_holds_it(place: str) -> None:
    text = LETTER.replace(place, f"MẬT\n\n{place}", 1)
    assert header(text).secrecy == "mật"
    assert "secrecy" in codes(text)


def test_a_secrecy_mark_beside_the_other_column() -> None:
    assert header(LETTER.replace("SỞ Y TẾ\n", "SỞ Y TẾ   TỐI MẬT\n", 1)).secrecy == "tối mật"


def test_a_damaged_secrecy_mark_is_still_believed() -> None:
    text = LETTER.replace("Kính gửi:", "TUYỆI MẬI\n\nKính gửi:")
    assert header(text).secrecy == "tuyệt mật"
    assert "secrecy-doubtful" in codes(text)


def test_secret_matters_in_sentences_make_no_secret_dispatch() -> None:
    text = LETTER.replace(
        "Để chuẩn bị", "Các đơn vị bảo mật dữ liệu, quản lý văn bản mật theo hướng dẫn của Ban Cơ yếu. Để chuẩn bị"
    )
    assert header(text).secrecy is None


def test_urgency_belongs_to_its_own_part() -> None:
    text = LETTER.replace("Kính gửi:", "KHẨN\n\nKính gửi:") + "\n\n" + LETTER.replace("215/", "216/")
    assert header(text, 1).urgency == "khẩn"
    assert header(text, 2).urgency is None


def test_marks_read_from_red_stamps_stand_at_the_end_of_their_page() -> None:
    letter = document(LETTER)
    page = letter.pages[0]
    for word, expected in (("HỎA TỐC", "urgency"), ("MẬT", "secrecy")):
        stamped = replace(page, lines=(*page.lines, Line(word, kind="stamp")))
        assert getattr(header(replace(letter, pages=(stamped,))), expected) == word.lower()
