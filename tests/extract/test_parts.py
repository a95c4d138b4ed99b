"""Bundles: where parts begin, and what does not begin one."""

from letters import DECISION, LETTER, MOTTO, document, facts, header

from extract.parts.find import split
from extract.source import Source
from normalize.edits import Repaired


def kinds(text: str) -> list[str]:
    read = document(text)
    return [start.kind for start, _ in split(Source(read, Repaired.untouched(read.text)))]


def test_one_letter_is_one_part() -> None:
    assert kinds(LETTER) == ["dispatch"]


def test_parts_hold_every_line() -> None:
    read = document(DECISION)
    rows = [row.index for _, rows in split(Source(read, Repaired.untouched(read.text))) for row in rows]
    assert rows == list(range(len(DECISION.split("\n"))))


def test_a_second_letterhead_begins_a_part() -> None:
    assert kinds(LETTER + "\n\n" + LETTER.replace("215/", "216/")) == ["dispatch", "dispatch"]


def test_decision_plan_annex() -> None:
    assert kinds(DECISION) == ["dispatch", "annex", "annex"]


def test_an_annex_that_is_only_mentioned_begins_nothing() -> None:
    text = LETTER.replace(
        "Để chuẩn bị", "Phụ lục 1 của Công văn này nêu biểu mẫu.\nPhụ lục 2 nêu cách tính.\nĐể chuẩn bị"
    )
    assert kinds(text) == ["dispatch"]


def test_an_annex_on_a_page_of_its_own() -> None:
    text = LETTER + "\fPhụ lục 1\nDANH SÁCH CÁC TRẠM Y TẾ\n\nTrạm Y tế xã Đất Mũi\n"
    assert kinds(text) == ["dispatch", "annex"]
    assert header(text, 2).subject == "Phụ lục 1. Danh sách các trạm y tế"
    assert header(text, 2).doc_type == "phụ lục"


def test_the_issuer_over_an_annex_belongs_to_it() -> None:
    text = (
        LETTER
        + "\fSỞ Y TẾ TỈNH CÀ MAU\n\nPHỤ LỤC 1\nDanh sách thuốc\n(Kèm theo Công văn số 215/SYT-NVY ngày 09/3/2026)\n"
    )
    assert kinds(text) == ["dispatch", "annex"]


def test_a_blank_form_inside_of_an_annex_begins_nothing() -> None:
    form = f"ĐƠN VỊ: ……………\n{MOTTO}……, ngày … tháng … năm 20…\n\nBÁO CÁO\nKết quả thực hiện\n\n1. Tình hình chung\n"
    text = LETTER + "\fPHỤ LỤC 2\nMẪU BÁO CÁO\n(Kèm theo Công văn số 215/SYT-NVY)\n\n" + form
    assert kinds(text) == ["dispatch", "annex"]
    assert [fact.part for fact in facts(text).headers] == [1, 2]


def test_a_draft_behind_its_submission_is_a_part() -> None:
    draft = f"""DỰ THẢO
HỘI ĐỒNG NHÂN DÂN
TỈNH CÀ MAU

{MOTTO}
Số:     /2026/NQ-HĐND
Cà Mau, ngày     tháng     năm 2026

NGHỊ QUYẾT
Bãi bỏ một số nghị quyết

Căn cứ Luật Tổ chức chính quyền địa phương;
"""
    found = header(LETTER + "\f" + draft, 2)
    assert (found.kind, found.number, found.date) == ("draft", None, None)
    assert found.issuer == "Hội đồng nhân dân tỉnh Cà Mau"
    assert found.relation_to_previous == "attached"


def test_a_routing_slip() -> None:
    slip = """PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN
Số: 2I5/SYT-NVY ngày, 12 tháng 3 năm 2026

1. Ý kiến của lãnh đạo

GIÁM ĐỐC


Hồ Thị Mai
"""
    found = header(LETTER + "\n\n" + slip, 2)
    assert (found.kind, found.doc_type, found.number) == ("slip", "phiếu", None)
    assert found.relation_to_previous == "routing slip"
    assert found.subject == "Phiếu giải quyết văn bản đến (Công văn 215/SYT-NVY)"
    assert found.signer_name == "Hồ Thị Mai"


def test_pages_in_reverse_order_are_one_letter() -> None:
    head, _, foot = LETTER.partition("Nơi nhận:")
    text = f"2\n\nNơi nhận:{foot}\f{head}"
    assert kinds(text) == ["dispatch"]
    found = header(text)
    assert (found.number, found.signer_name) == ("215/SYT-NVY", "Lý Văn Khánh")


def test_running_heads_and_page_numbers_are_furniture() -> None:
    text = LETTER.replace("Để chuẩn bị", "\fCÔNG BÁO/Số 238/Ngày 21-04-2026\n\n2\n\nĐể chuẩn bị")
    quotes = [fact.span.of(text) for fact in facts(text).parts if fact.value.kind == "furniture"]
    assert quotes[0].startswith("CÔNG BÁO/Số 238")


def test_an_empty_document_has_one_part_and_no_values() -> None:
    assert kinds("") == ["dispatch"]
    assert header("").number is None
