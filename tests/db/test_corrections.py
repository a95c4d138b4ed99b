"""Verdicts and withdrawals: what a person said last counts, survives every reading, and can be taken back."""

from __future__ import annotations

import dataclasses

import invented
import pytest

from db.errors import StoreError
from db.store import Store
from extract.facts import Facts

LAN = {"by_whom": "Lan", "at": invented.LATER}


def saved(store: Store, **changes: object) -> str:
    facts = dataclasses.replace(invented.facts(), **changes)
    return store.save(invented.document(), invented.repaired(), facts, at=invented.AT)


def duty(store: Store) -> str:
    return str(store.all("SELECT id FROM obligations WHERE due IS NOT NULL")[0][0])


def test_a_withdrawn_value_gives_way_to_the_one_before_and_then_to_what_was_read(store: Store) -> None:
    saved(store)
    fact = duty(store)
    first = store.correct("obligations", fact, "lead", "Thư viện tỉnh", **LAN)
    second = store.correct("obligations", fact, "lead", "Văn phòng", **LAN)
    store.withdraw(second, **LAN)
    assert store.all("SELECT lead FROM obligations WHERE id = ?", fact) == [("Thư viện tỉnh",)]
    saved(store)
    store.withdraw(first, **LAN)
    assert store.all("SELECT lead FROM obligations WHERE id = ?", fact) == [("Bảo tàng tỉnh",)]
    assert store.all("SELECT count(*), count(withdrawn_at) FROM corrections") == [(2, 2)]
    saved(store)
    assert store.all("SELECT lead FROM obligations WHERE id = ?", fact) == [("Bảo tàng tỉnh",)]


def test_what_a_new_reading_says_is_what_a_withdrawal_brings_back(store: Store) -> None:
    saved(store)
    number = store.correct("obligations", duty(store), "lead", "Văn phòng", **LAN)
    first, *rest = invented.obligations()
    better = dataclasses.replace(first, value=dataclasses.replace(first.value, lead=("Bảo tàng Lam Giang",)))
    saved(store, obligations=(better, *rest))
    assert store.all("SELECT lead FROM obligations WHERE id = ?", duty(store)) == [("Văn phòng",)]
    store.withdraw(number, **LAN)
    assert store.all("SELECT lead FROM obligations WHERE id = ?", duty(store)) == [("Bảo tàng Lam Giang",)]


def test_a_correction_is_withdrawn_once(store: Store) -> None:
    saved(store)
    number = store.correct("obligations", duty(store), "lead", "Văn phòng", **LAN)
    store.withdraw(number, **LAN)
    for unknown in (number, 999):
        with pytest.raises(StoreError, match="Không có lần sửa này"):
            store.withdraw(unknown, **LAN)


@pytest.mark.parametrize(("verdict", "due", "doubtful"), [("right", 1, 0), ("wrong", 0, 0), ("unsure", 1, 1)])
def test_a_verdict_ends_the_doubt_or_keeps_it(store: Store, verdict: str, due: int, doubtful: int) -> None:
    saved(store)
    fact = duty(store)
    store.sqlite.execute("UPDATE obligations SET needs_review = 1, harm = 3 WHERE id = ?", (fact,))
    number = store.correct("obligations", fact, "verdict", verdict, **LAN)
    assert store.all("SELECT needs_review FROM obligations WHERE id = ?", fact) == [(doubtful,)]
    assert store.all("SELECT count(*) FROM due_items WHERE id = ?", fact) == [(due,)]
    store.withdraw(number, **LAN)
    assert store.all("SELECT needs_review, verdict FROM obligations WHERE id = ?", fact) == [(1, None)]
    assert store.all("SELECT count(*) FROM due_items WHERE id = ?", fact) == [(1,)]


def test_a_verdict_is_one_of_three_words(store: Store) -> None:
    saved(store)
    with pytest.raises(StoreError, match="Không sửa được"):
        store.correct("obligations", duty(store), "verdict", "maybe", **LAN)


def test_a_document_is_done_when_the_last_doubt_is_judged_and_its_receipt_says_so(store: Store) -> None:
    saved(store)
    document_id = invented.document().id
    store.receipt(path="a.pdf", sha256=document_id, outcome="review", at=invented.AT, document_id=document_id)
    doubts = store.all("SELECT 'deadlines', id FROM deadlines WHERE needs_review UNION SELECT 'issues', id FROM issues")
    assert {table for table, _ in doubts} == {"deadlines", "issues"}
    for table, fact in doubts:
        assert store.outcome(document_id) == "review"
        store.correct(table, fact, "verdict", "right", **LAN)
    assert store.outcome(document_id) == "done"
    assert store.counts()["done"] == 1
    saved(store)
    assert store.outcome(document_id) == "done"


def test_a_corrected_head_is_mirrored_in_its_field_and_back(store: Store) -> None:
    saved(store)
    ((dispatch,),) = store.all("SELECT id FROM dispatches")
    number = store.correct("dispatches", dispatch, "number", "46/SVH-VP", **LAN)
    field = "SELECT value, needs_review FROM header_fields WHERE field = 'number'"
    assert store.all(field) == [("46/SVH-VP", 0)]
    store.withdraw(number, **LAN)
    assert store.all(field)[0][0] == "45/SVH-VP"
    assert store.all("SELECT number_key FROM dispatches") == [("45/SVH-VP",)]


def test_a_document_without_doubt_is_done(store: Store) -> None:
    assert store.save(invented.document(), invented.repaired(), Facts(), at=invented.AT) == "done"
