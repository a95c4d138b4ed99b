"""Search the way people type."""

from __future__ import annotations

import invented
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.search import found_ranges, fts_query
from db.store import Store
from extract.facts import Facts
from normalize.edits import Repaired


def put(store: Store, name: str, *texts: str) -> str:
    document = invented.document(name, *texts)
    store.save(document, Repaired.untouched(document.text), Facts(), at=invented.AT)
    return document.id


@pytest.mark.parametrize(
    "typed",
    ["Bệnh án điện tử", "benh an dien tu", "BENH AN", '"bệnh án điện tử"', "điện tử bệnh", "dien", "đien tu"],
)
def test_with_and_without_marks(store: Store, typed: str) -> None:
    put(store, "a.txt", "Triển khai Bệnh án điện tử tại các bệnh viện")
    put(store, "b.txt", "Trồng cây xanh quanh hồ")
    assert [hit.text[:9] for hit in store.search(typed)] == ["Triển kha"]


def test_exact_marks_rank_first(store: Store) -> None:
    put(store, "a.txt", "bảo cáo, bảo cáo, bảo cáo")
    put(store, "b.txt", "nhận được báo cáo của các phòng trong thời gian qua")
    assert [(hit.text[:4], hit.exact) for hit in store.search("báo cáo")] == [("nhận", True), ("bảo ", False)]


def test_words_together_rank_before_words_apart(store: Store) -> None:
    put(store, "a.txt", "hồ sơ của bệnh nhân và bệnh viện; hồ sơ, hồ sơ")
    put(store, "b.txt", "quản lý hồ sơ bệnh nhân nội trú ngoại trú trong thời gian dài hơn trước đây rất nhiều")
    assert [hit.text[:4] for hit in store.search("hồ sơ bệnh nhân")] == ["quản", "hồ s"]


def test_tone_placement_and_letter_case_do_not_matter(store: Store) -> None:
    put(store, "a.txt", "UỶ BAN nhân dân xã Hoà An")
    assert store.search("ủy ban")[0].exact
    assert store.search("hòa an")[0].exact


def test_short_and_long_names_find_each_other(store: Store) -> None:
    put(store, "a.txt", "Văn phòng UBND tỉnh")
    put(store, "b.txt", "Văn phòng Ủy ban nhân dân tỉnh")
    assert (
        len(store.search("ubnd"))
        == len(store.search("ủy ban nhân dân tỉnh"))
        == len(store.search("uy ban nhan dan"))
        == 2
    )


@pytest.mark.parametrize("typed", ["45/UBND-VP", "45 ubnd", "số 45", "45/ubnd"])
def test_numbers_are_found_as_they_are_typed(store: Store, typed: str) -> None:
    put(store, "a.txt", "Số: 45/UBND-VP")
    put(store, "b.txt", "Số: 145/UBND-VP ngày 5/4/2026")
    assert [hit.text for hit in store.search(typed)] == ["Số: 45/UBND-VP"]


@pytest.mark.parametrize(
    "typed", ["", '"', "'", "*", "AND", "a AND", "NEAR(", "x:y", "(", "-", '"a', "45/", "^a", "{}", "a" * 3000]
)
def test_nothing_typed_is_an_error(store: Store, typed: str) -> None:
    put(store, "a.txt", "một trang bất kỳ")
    assert isinstance(store.search(typed), list)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_no_text_at_all_is_an_error(store: Store, typed: str) -> None:
    assert store.search(typed) == []


def test_only_signs_give_no_query() -> None:
    assert fts_query('" / - *', "folded") is None


def test_hits_say_where_the_words_stand(store: Store) -> None:
    put(store, "a.txt", "trang một", "Kiểm kê hiện vật gốm sứ")
    (hit,) = store.search("hien vat")
    assert (hit.page, [hit.text[slice(*found)] for found in hit.ranges]) == (2, ["hiện vật"])


def test_single_words_are_not_marked_where_all_stand_together() -> None:
    page = "bệnh viện, bệnh án điện tử của UBND xã"
    assert [page[slice(*found)] for found in found_ranges(page, "benh an dien tu")] == ["bệnh án điện tử"]
    assert [page[slice(*found)] for found in found_ranges(page, "an ubnd benh")] == ["bệnh", "bệnh", "án", "UBND"]
    assert found_ranges(page, "xã của bánh mì")[0] == found_ranges(page, "của")[0]
    assert [page[slice(*found)] for found in found_ranges(page, "ủy ban nhân dân xã")] == ["UBND xã"]


def test_a_page_saved_again_is_found_once(store: Store) -> None:
    put(store, "a.txt", "gốm sứ")
    put(store, "a.txt", "gốm sứ")
    assert len(store.search("gốm")) == 1


@pytest.mark.parametrize("typed", ["7 svh", "07/SVH-VP", "7/SVH-VP", "số 7"])
def test_a_small_number_is_found_with_its_zero_and_without(store: Store, typed: str) -> None:
    document = invented.document("a.txt", "Số: 07/SVH-VP")
    store.save(document, Repaired.untouched(document.text), Facts(), at=invented.AT)
    other = invented.document("b.txt", "Số: 17/SVH-VP")
    store.save(other, Repaired.untouched(other.text), Facts(), at=invented.AT)
    assert [hit.document_id for hit in store.search(typed)] == [document.id]
    assert store.search(typed)[0].ranges
