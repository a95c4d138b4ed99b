"""Invented dispatches of many styles, each with the facts that a careful clerk reads in it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from letters import facts, header

from extract.facts import Facts, Obligation
from extract.obligations import phrases

FOLDER = Path(__file__).parent / "styles"


def text(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@cache
def read(name: str) -> Facts:
    return facts(text(name))


def duties(name: str) -> list[Obligation]:
    """The duties of a dispatch, those of closing formulas left out."""
    return [fact.value for fact in read(name).obligations if fact.value.tier != "general"]


def leads(name: str) -> list[tuple[str, ...]]:
    return [duty.lead for duty in duties(name)]


def test_a_telegram_gives_each_addressee_its_hour() -> None:
    assert leads("cong-dien-co-gio") == [
        ("Chủ tịch UBND các xã, phường ven sông",),
        ("Công ty TNHH MTV Thủy lợi Sông Ngân",),
        ("Chi cục Thủy lợi",),
    ]
    hours = {(fact.value.due, fact.value.hour) for fact in read("cong-dien-co-gio").deadlines if fact.value.due}
    assert hours == {(dt.date(2026, 9, 19), "17:00"), (dt.date(2026, 9, 18), "19:30")}


def test_conclusions_are_duties_and_those_present_are_not() -> None:
    assert leads("thong-bao-ket-luan") == [
        ("Sở Xây dựng",),
        ("Các Sở: Giáo dục và Đào tạo, Tài chính",),
        ("Ban Quản lý dự án tỉnh",),
        ("Công an tỉnh",),
    ]


def test_an_invitation_wants_an_answer_by_a_day_and_its_meeting_is_no_deadline() -> None:
    assert [fact.value.due for fact in read("giay-moi").deadlines] == [dt.date(2026, 8, 7)]
    assert leads("giay-moi") == [("Sở Tài chính",), ("Văn phòng UBND tỉnh", "Sở Tài chính", "VNPT Sông Ngân")]


def test_a_proposal_gives_nobody_a_duty() -> None:
    assert read("to-trinh").obligations == ()
    assert read("to-trinh").targets == ()


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("huong-dan-bao-cao-dinh-ky", "Thực hiện chế độ báo cáo về công tác văn thư, lưu trữ"),
        ("ke-hoach-bang-khong-cot-chu-tri", "Triển khai tiêm chủng mở rộng năm 2026"),
        ("ke-hoach-cua-dang", "kiểm tra, giám sát năm 2026"),
    ],
)
def test_a_title_may_begin_like_a_basis(name: str, subject: str) -> None:
    assert header(text(name)).subject == subject


def test_a_basis_under_the_title_is_none_of_it() -> None:
    letter = (
        text("huong-dan-bao-cao-dinh-ky")
        .replace("HƯỚNG DẪN\nThực hiện chế", "HƯỚNG DẪN\nVề chế")
        .replace("lưu trữ\n\nThực hiện Nghị", "lưu trữ\nThực hiện Nghị")
    )
    assert header(letter).subject == "Về chế độ báo cáo về công tác văn thư, lưu trữ"


def test_agencies_and_organisations_are_one_and_organise_is_no_verb_there() -> None:
    assert ("các cơ quan, tổ chức",) in leads("huong-dan-bao-cao-dinh-ky")


def test_party_numbering_with_hyphens_is_an_outline() -> None:
    assert [duty.ref for duty in duties("ke-hoach-cua-dang")] == ["III.1", "III.2", "III.3"]


def test_a_decision_names_its_units_and_its_enforcers_apart() -> None:
    assert leads("quyet-dinh-giao-so") == [("Sở Công Thương",), ("Sở Tài chính",)]
    last = read("quyet-dinh-giao-so").obligations[-1].value
    assert last.tier == "general"
    assert last.lead == (
        "Chánh Văn phòng UBND tỉnh",
        "Giám đốc các Sở: Công Thương, Tài chính",
        "Chủ tịch UBND các xã, phường",
        "các tổ chức, cá nhân có liên quan",
    )


def test_what_an_older_letter_asked_for_is_no_duty_now() -> None:
    assert {duty.due for duty in duties("cong-van-don-doc")} == {dt.date(2026, 11, 10)}


def test_one_finds_and_orders_nothing() -> None:
    found = text("thong-bao-ket-luan").replace(
        "1. Giao Sở Xây dựng chủ trì",
        "Ủy ban nhân dân tỉnh đánh giá cao nỗ lực của các ngành.\n\n1. Giao Sở Xây dựng chủ trì",
    )
    assert facts(found).obligations[0].value.lead == ("Sở Xây dựng",)


def test_results_told_are_no_targets_and_metrics_bear_no_numbering() -> None:
    found = [fact.value for fact in read("nghi-quyet-hdnd").targets]
    assert [target.value for target in found] == [8.5, 13800.0, 2.5, 96.0, 33.0]
    assert found[0].metric == "Tốc độ tăng trưởng kinh tế (GRDP)"


def test_a_head_of_station_has_the_duties_below() -> None:
    assert leads("ke-hoach-bang-khong-cot-chu-tri")[-3:] == [
        *[("Trưởng Trạm Y tế",)] * 2,
        ("Cộng tác viên dân số các thôn",),
    ]


def test_an_order_behind_a_heading_is_a_sentence_of_its_own() -> None:
    plan = text("ke-hoach-cua-dang").replace(
        "1. Giao Ủy ban",
        "1. Đối với Ủy ban nhân dân cấp xã, các trường phổ thông\n\nĐề nghị Ủy ban nhân dân cấp xã "
        "chỉ đạo các trường chuẩn bị báo cáo. "
        "Riêng Trường Trung học cơ sở Sông Quao cử cán bộ tham gia tổ giúp việc.\n\n2. Giao Ủy ban",
    )
    assert [fact.value.lead for fact in facts(plan).obligations][:2] == [
        ("Ủy ban nhân dân cấp xã",),
        ("Trường Trung học cơ sở Sông Quao",),
    ]


def test_a_last_article_read_without_marks_is_the_clause_of_enforcement() -> None:
    act = text("quyet-dinh-giao-so").replace("thi hành Quyết định này", "thi hành Quyêt định này")
    assert facts(act).obligations[-1].value.tier == "general"


def test_a_form_to_fill_in_gives_no_duty() -> None:
    assert phrases.is_unit("Khoa Nội")
    assert not phrases.is_unit("Khoa ............ thống nhất")
    assert not phrases.is_unit("Sở Tài chính và")


def test_who_has_a_letter_wrote_it() -> None:
    cited = {fact.value.number: fact.value.issuer for fact in read("cong-van-don-doc").citations}
    assert (cited["1755/STC-QLG"] or "").startswith("Sở Tài chính")
    assert cited["4410/UBND-KT"] is None


def test_a_telegram_names_its_addressees_behind_its_sender() -> None:
    assert header(text("cong-dien-co-gio")).addressees == (
        "Chủ tịch UBND các xã, phường ven sông",
        "Công ty TNHH MTV Thủy lợi Sông Ngân",
        "Chi cục Thủy lợi",
    )
