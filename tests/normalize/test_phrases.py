"""Set phrases and known titles: taken where all agrees, left to the decoder where anything contradicts."""

import pytest
from test_cases import rows

from normalize.blocks import blocks
from normalize.edits import apply
from normalize.garbled import garbled
from normalize.phrases import REASON, Phrases, familiar, phrases
from normalize.restore import restorer

TITLE = "Về việc mở lớp dạy bơi cho trẻ em tại xã Tân Lộc năm 2026"
AROUND = "Cac don vi trién khai thuc hién nhiém vu duqc giao theo dung tién dé dé ra trong ké hoach.\n\n"


def phrase_edits(repaired):
    return [edit for step in repaired.steps for edit in step.edits if edit.reason == REASON]


@pytest.mark.parametrize(("observed", "expected"), rows("phrases"))
def test_phrases_are_taken_whole(observed, expected):
    repaired = restorer().repair(AROUND + observed, known=[TITLE])
    assert repaired.text.split("\n\n")[1] == expected
    assert phrase_edits(repaired)


@pytest.mark.parametrize(("text", "why"), rows("phrases_negative"))
def test_what_only_resembles_a_phrase_is_not_taken(text, why):
    assert phrase_edits(restorer().repair(AROUND + text, known=[TITLE])) == [], why


def test_known_titles_matter_and_must_be_clean():
    observed = AROUND + "V& viéc md l6p day boi cho tré em tai xa Tan Lgc ndm 2026"
    assert phrase_edits(restorer().repair(observed)) == []
    assert phrase_edits(restorer().repair(observed, known=["Ve viec mo lop day boi cho tre em tai xa Tan Loc"])) == []
    assert len(phrase_edits(restorer().repair(observed, known=[TITLE, TITLE]))) > 8


def test_a_wrapped_title_keeps_its_line_ends():
    observed = AROUND + "V& viéc md l6p day boi cho tré em\ntai xa Tan Lgc ndm 2026"
    repaired = restorer().repair(observed, known=[TITLE])
    assert repaired.text.endswith("Về việc mở lớp dạy bơi cho trẻ em\ntại xã Tân Lộc năm 2026")
    assert phrase_edits(repaired)


def test_words_whose_letters_are_doubtful_are_flagged_with_what_was_read():
    edits = phrase_edits(restorer().repair(AROUND + "S& Noi vu"))
    assert [(edit.replacement, edit.flag) for edit in edits] == [("Sở", True), ("Nội", False), ("vụ", False)]
    assert edits[0].alternatives == ("S&",)
    assert edits[0].margin < edits[1].margin


def test_clean_text_is_not_drawn_to_known_titles():
    text = "Về việc mở lớp dạy bơi cho trẻ em tại xã Tân Lợc năm 2026"
    assert restorer().repair(text, known=[TITLE]).text == text


def test_a_label_before_a_colon_leaves_the_rest_to_the_decoder():
    text = "Don vi thyc hién: Trung tam van hoa thé thao huyén\nDon vi thuc hien cac nhiem vu"
    parts = [paragraph for block in blocks(text) for paragraph in [block]]
    edits, rest = familiar(parts, phrases(), garbled().search, keep_marks=False)
    assert apply(text, edits).startswith("Đơn vị thực hiện: Trung tam")
    assert [line.text for line in rest[0]] == [" Trung tam van hoa thé thao huyén", text.split("\n")[1]]
    assert text[rest[0][0].span.start : rest[0][0].span.end] == rest[0][0].text


@pytest.mark.parametrize(("seen", "keep_marks", "expected"), [("To cóng tac", True, None), ("To cong tac", True, 2)])
def test_marks_that_stripped_text_still_has_are_kept(seen, keep_marks, expected):
    [block] = blocks(seen)
    edits = Phrases(["Tổ công tác"]).edits(block, garbled().search, keep_marks=keep_marks)
    assert (edits if edits is None else len(edits) - 1) == expected


def test_phrases_of_the_same_letters_and_other_marks_are_never_chosen_between():
    [block] = blocks("Bao cao nhanh")
    assert Phrases(["Báo cáo nhanh", "Bảo cáo nhánh"]).edits(block, garbled().search, keep_marks=False) is None
    assert Phrases(["Báo cáo nhanh", "BÁO CÁO NHANH"]).edits(block, garbled().search, keep_marks=False)
