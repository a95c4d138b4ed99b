"""Unicode, legacy encodings, codes, locks and lines."""

import unicodedata

import pytest

from corpus.syllable import inventory, split_tone
from normalize.blocks import blocks, paragraphs
from normalize.codes import code_edits, label_edits, mended_abbreviation, mended_part, quarter_edits, symbol_edits
from normalize.edits import apply
from normalize.legacy import decode_chunk, legacy_encoding, low_byte_readings
from normalize.locks import is_locked
from normalize.restore import restorer
from normalize.unicode import letter_edits, match_key, nfc_edits, space_edits

SENTENCE = "Ủy ban nhân dân tỉnh yêu cầu các đơn vị nghiêm túc thực hiện, bảo đảm tiến độ và chất lượng công việc."


def legacy_table(encoding):
    """Vietnamese letters and what the encoding writes for them, found by decoding everything short."""
    table = {}
    for code in range(0xA1, 0x100):
        decoded = decode_chunk(f"b{chr(code)}", encoding)
        if len(decoded) == 2:
            table.setdefault(decoded[1], chr(code))
    return table


def test_inventory_spells_what_is_written_and_nothing_else():
    syllables = set(inventory())
    assert {"nghiêng", "quyết", "khuỷu", "giếng", "gì", "hòa", "ủy", "khỏe", "quý", "yến", "thuở", "đắk"} <= syllables
    assert not {"hoà", "nghắ", "kương", "ciên", "quiết", "thúyên", "mêch"} & syllables
    assert split_tone("quyết") == ("quyêt", 1)


def test_combining_marks_are_composed():
    loose = unicodedata.normalize("NFD", SENTENCE)
    assert apply(loose, nfc_edits(loose)) == SENTENCE
    assert nfc_edits(SENTENCE) == []


@pytest.mark.parametrize(("seen", "mended"), [("QÐ", "QĐ"), ("QĐÐ-BYT", "QĐ-BYT"), ("Ðề án", "Đề án"), ("QĐ", "QĐ")])
def test_look_alike_letters(seen, mended):
    assert apply(seen, letter_edits(seen)) == mended


def test_odd_spaces_go_but_lines_stay():
    assert apply("a\u00a0b\u200b c\n\f", space_edits("a\u00a0b\u200b c\n\f")) == "a b c\n\f"


@pytest.mark.parametrize(
    ("one", "other"), [("Uỷ ban", "ủy ban"), ("HOÀ GIẢI", "hòa giải"), ("thuý", "thúy"), ("quý", "quý")]
)
def test_seats_of_the_tone_match(one, other):
    assert match_key(one) == match_key(other)


def test_match_key_tells_different_tones_apart():
    assert match_key("hoá") != match_key("hoà")


def test_tcvn3_is_decoded_by_chunks():
    table = legacy_table("tcvn3")
    coded = "".join(table.get(letter, letter) for letter in SENTENCE.replace("Ủ", "U"))
    assert legacy_encoding(coded) == "tcvn3"
    assert restorer().repair(coded).text == SENTENCE.replace("Ủ", "U")


def test_proper_text_is_not_legacy():
    assert legacy_encoding(SENTENCE) is None


@pytest.mark.parametrize(("word", "reading"), [("ng°Ýi", "người"), ("quyÁn", "quyền"), ("iÁu", "điều")])
def test_low_bytes(word, reading):
    assert reading in [text for text, _ in low_byte_readings(word)]


@pytest.mark.parametrize(
    ("part", "mended"),
    [
        ("QD", "QĐ"),
        ("QB", "QĐ"),
        ("KHHB", "KHHĐ"),
        ("DA", None),
        ("ĐA", None),
        ("HD", None),
        ("CD", None),
        ("DT", None),
    ],
)
def test_types_are_mended_from_a_closed_list_only(part, mended):
    assert mended_part(part) == mended


@pytest.mark.parametrize(("part", "mended"), [("HDND", "HĐND"), ("BGDDT", "BGDĐT"), ("ND", None), ("GDPT", None)])
def test_abbreviations_get_their_stroke_back(part, mended):
    assert mended_abbreviation(part) == mended


def lines_of(text):
    return [line for block in blocks(text) for line in block]


def test_a_mended_symbol_is_flagged_and_keeps_its_digits():
    [edit] = code_edits(lines_of("Ke hoach so 245-KHHB/TU ngay 02/3/2026"))
    assert (edit.replacement, edit.alternatives, edit.flag) == ("KHHĐ", ("KHHB",), True)
    assert code_edits(lines_of("Số 17/HD-SYT, 18/HĐ-BVA, 934/PB-DT, 20/DA-CD")) == []


def test_only_long_parts_of_a_symbol_get_their_stroke_back():
    [edit] = code_edits(lines_of("Cong van so 88/SGDDT-PDT ngay 02/3/2026"))
    assert (edit.replacement, edit.flag) == ("SGDĐT", True)


def test_a_bare_heading_of_a_garbled_text_was_garbled_too():
    body = "Don vi thuc hién: Phong K& hoach, cac khoa va phong lién quan phéi hgp thyc hién nhiém vu dugc giao"
    heading = "UY BAN NHAN DAN TINH CONG HOA XA HQI CHU NGHIA VIET NAM"
    repaired = restorer().repair(f"{heading}\n\n{body}\n\n{body}").text.split("\n")[0]
    assert repaired == "ỦY BAN NHÂN DÂN TỈNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_a_unit_is_mended_only_after_the_same_symbol_elsewhere():
    assert symbol_edits(lines_of("12/TB-PDT va 13/KH-SYT")) == []
    [edit] = symbol_edits(lines_of("12/TB-PDT va 13/TB-PĐT"))
    assert (edit.replacement, edit.flag) == ("TB-PĐT", True)


def test_symbols_of_clean_text_are_never_mended():
    text = "Căn cứ Thông báo số 934/PB-DT ngày 12/5/2026 và Quyết định số 10/QB-UBND của Ủy ban nhân dân tỉnh"
    assert restorer().repair(text).text == text


@pytest.mark.parametrize(("text", "roman"), [("quý 11/2026", "II"), ("Quý 111 năm 2027", "III"), ("quy 1V/2026", "IV")])
def test_a_roman_quarter_is_flagged_not_changed(text, roman):
    [edit] = quarter_edits(text)
    assert edit.alternatives == (roman,)
    assert apply(text, [edit]) == text
    assert edit.flag


@pytest.mark.parametrize("text", ["quý II/2026", "quý 1/2026", "quý IV năm 2026", "quý 11 tỷ đồng"])
def test_right_quarters_are_not_flagged(text):
    assert quarter_edits(text) == []


def test_the_second_label_d_is_another_letter():
    lines = [line for block in blocks("c) mot\nd) hai\nd) ba\ne) bon") for line in block]
    assert [(edit.span.start, edit.replacement) for edit in label_edits(lines)] == [(14, "đ")]


@pytest.mark.parametrize("word", ["12", "15/9/2026", "45/KH-UBND", "2026", "www.example.vn", "a@b.vn", "TTHC", "80%"])
def test_locked(word):
    assert is_locked(word)


@pytest.mark.parametrize("word", ["s6", "d6i", "t&", "1a", "x4y", "Thanh", "n01", "29thang"])
def test_not_locked(word):
    assert not is_locked(word)


def test_wrapped_lines_are_joined_and_list_items_are_not():
    text = (
        "KẾ HOẠCH\nSở Y tế yêu cầu các đơn vị thực hiện nghiêm túc các\nnhiệm vụ được giao và báo cáo:\n"
        "- Rà soát danh mục;\n- Lập dự toán."
    )
    [block] = blocks(text)
    assert [len(part) for part in paragraphs(block)] == [1, 2, 1, 1]


def test_edits_explain_themselves():
    repaired = restorer().repair("De nghi cac don vi bao cao ket qua thuc hien ve So Y te")
    [step] = repaired.steps
    assert step.name == "marks"
    assert all(edit.reason and 0 <= edit.margin <= 1 for edit in step.edits)
    assert any(edit.alternatives for edit in step.edits)
