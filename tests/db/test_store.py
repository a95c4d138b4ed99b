"""Saving, loading, saving again; receipts; corrections; a database that cannot be written."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import invented
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import SecretError
from corpus.span import Span
from db import connection
from db.errors import StoreBusyError, StoreError, StoreFullError, explained
from db.migrations import LABELS
from db.store import Store
from extract.facts import Citation, Fact, Facts, Header
from normalize.edits import Edit, Repaired


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    names = store.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'")
    return {name: sorted(store.all(f"SELECT * FROM {name}"), key=repr) for (name,) in names}


def saved(store: Store, **changes: object) -> str:
    facts = dataclasses.replace(invented.facts(), **changes)
    return store.save(invented.document(), invented.repaired(), facts, at=invented.AT)


def test_what_was_saved_comes_back(store: Store) -> None:
    saved(store)
    kept = store.load(invented.document().id)
    assert kept is not None
    assert (kept.document, kept.repaired, kept.outcome) == (invented.document(), invented.repaired(), "review")
    assert kept.repaired.to_raw(invented.at("vật gốm")).of(kept.repaired.raw) == "vat gốm"
    assert list(store.stored()) == [(kept.document, kept.repaired)]


def test_an_unknown_document_is_none(store: Store) -> None:
    assert store.load("0" * 64) is None
    assert not store.has("0" * 64)


def test_saving_twice_changes_nothing(store: Store) -> None:
    saved(store)
    before = everything(store)
    saved(store)
    assert everything(store) == before


def test_saving_again_keeps_the_day_it_came_and_the_ids(store: Store) -> None:
    saved(store)
    before = store.all("SELECT id, task FROM obligations ORDER BY task")
    more = Fact(Citation("9/NQ-CP", "nghị quyết", None, None, "căn cứ", "9/NQ-CP"), Span(0, 4), "numbered", 0.9)
    facts = dataclasses.replace(invented.facts(), citations=(more, *invented.facts().citations))
    store.save(invented.document(), invented.repaired(), facts, at=invented.LATER)
    assert store.all("SELECT received_at, saved_at FROM documents") == [(invented.AT, invented.LATER)]
    assert store.all("SELECT id, task FROM obligations ORDER BY task") == before
    assert store.all("SELECT count(*) FROM citations") == [(2,)]


def test_every_fact_row_carries_its_evidence(store: Store) -> None:
    saved(store)
    for table in ("dispatches", "header_fields", "blocks", "citations", "deadlines", "targets", "obligations"):
        for row in store.dicts(f"SELECT * FROM {table}"):
            assert row["document_id"] == invented.document().id
            assert row["rule"]
            assert 0 < row["confidence"] <= 1
            quoted = " ".join(Span(row["span_start"], row["span_end"]).of(invented.TEXT).split())
            assert row["quote"] == quoted, table


def test_boxes_lead_to_the_words_on_the_page(store: Store) -> None:
    saved(store)
    (row,) = store.dicts("SELECT page, boxes FROM deadlines WHERE due = '2026-12-15'")
    line = next(line for line in invented.FIRST.split("\n") if "15/12/2026" in line)
    left = 60 + line.index("trước ngày") * invented.CHARACTER
    top = 70 + 22 * invented.FIRST.split("\n").index(line)
    assert row["page"] == 1
    assert row["boxes"].startswith(f"[[1,{left:.1f},{top}")
    (page,) = store.all("SELECT page FROM obligations WHERE task LIKE 'số hóa%'")[0]
    assert page == 2


def test_every_field_of_a_header_has_a_label() -> None:
    named = {field.name for field in dataclasses.fields(Header)} - {"part", "fields"}
    assert {code for code, _ in LABELS["fields"]} == named


def test_what_rules_say_is_replaced(store: Store) -> None:
    store.describe_rules({"a": "cũ", "b": "mất"})
    store.describe_rules({"a": "mới"})
    assert store.all("SELECT id, about FROM rules") == [("a", "mới")]


def test_no_time_stated_differs_from_a_time_that_gave_no_day(store: Store) -> None:
    duty = invented.obligations()[2]
    vague = dataclasses.replace(duty.value, task="báo cáo", deadline_text="sau khi có hướng dẫn")
    saved(store, obligations=(*invented.obligations(), dataclasses.replace(duty, value=vague)))
    found = dict(store.all("SELECT task, due_status FROM obligations"))
    assert found == {
        "kiểm kê toàn bộ hiện vật gốm sứ": "dated",
        "gửi báo cáo": "recurring",
        "số hóa sổ đăng ký hiện vật": "none",
        "báo cáo": "unresolved",
    }


def test_units_are_linked_with_their_roles(store: Store) -> None:
    saved(store)
    found = store.all("SELECT unit, role FROM unit_tasks WHERE due = '2026-12-15' ORDER BY role")
    assert found == [("Bảo tàng tỉnh", "lead"), ("Thư viện tỉnh", "support")]
    saved(store, obligations=invented.obligations()[2:])
    assert store.all("SELECT name FROM units") == [("Thư viện tỉnh",)]


def test_a_secret_dispatch_is_not_stored(store: Store) -> None:
    header = dataclasses.replace(invented.header().value, secrecy="MẬT")
    with pytest.raises(SecretError):
        saved(store, headers=(dataclasses.replace(invented.header(), value=header),))
    assert store.ids() == []
    assert store.all("SELECT count(*) FROM pages_fts") == [(0,)]


def test_the_outcome_is_review_where_something_is_doubtful(store: Store) -> None:
    clear = Facts(obligations=invented.obligations()[2:])
    assert store.save(invented.document(), invented.repaired(), clear, at=invented.AT) == "done"
    assert saved(store) == "review"


def test_forgetting_leaves_no_row_and_no_search_hit(store: Store) -> None:
    saved(store)
    store.forget(invented.document().id)
    tables = ("documents", "pages", "obligations", "obligation_units", "deadlines", "pages_fts", "readings", "units")
    assert {table: store.all(f"SELECT count(*) FROM {table}")[0][0] for table in tables} == dict.fromkeys(tables, 0)
    assert store.search("bảo tàng") == []


def test_no_byte_of_a_forgotten_document_stays(store: Store) -> None:
    text = "Kế hoạch kỳdiệuvôcùng của thônxómnào"
    document = invented.document("tên-lạ-lùng.txt", text)
    store.save(document, Repaired.untouched(text), Facts(), at=invented.AT)
    words = ("kỳdiệuvôcùng", "kydieuvocung", "thonxomnao", "tên-lạ-lùng")
    before = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert all(word.encode() in before for word in words)
    store.forget(document.id)
    after = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert [word for word in words if word.encode() in after] == []


def test_a_failure_half_way_leaves_everything_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(store)
    before = everything(store)

    def full(self: Store, document_id: str) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Store, "_index", full)
    with pytest.raises(StoreFullError, match="ổ đĩa đầy") as caught:
        saved(store, obligations=())
    assert "dung lượng" in caught.value.remedy
    assert everything(store) == before


def test_document_and_receipt_in_one_transaction(store: Store) -> None:
    def save_and_fail() -> None:
        with store.transaction():
            saved(store)
            store.receipt(path="a.pdf", outcome="done", at=invented.AT)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_and_fail()
    assert store.ids() == []
    assert store.receipts() == []


def test_a_locked_database_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    with Store(store.path) as other, store.transaction(), pytest.raises(StoreBusyError, match="chương trình khác"):
        other.receipt(path="a.pdf", outcome="done", at=invented.AT)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "thu.db"
    path.write_bytes(b"khong phai co so du lieu " * 100)
    with pytest.raises(StoreError, match="không phải là cơ sở dữ liệu"):
        Store(path)
    with pytest.raises(StoreError, match="Không mở"):
        Store(tmp_path / "khong-co" / "x.db")


@pytest.mark.parametrize("said", ["disk I/O error", "attempt to write a readonly database", "no such column: x"])
def test_every_error_has_a_remedy(said: str) -> None:
    error = explained(sqlite3.OperationalError(said), Path("congvan.db"))
    assert error.remedy.endswith((".", ")"))
    assert "congvan.db" in str(error)


def test_receipts_add_up(store: Store) -> None:
    for number, outcome in enumerate(["done", "done", "failed", "locked"]):
        store.receipt(path=f"{number}.pdf", sha256=f"{number:064}", outcome=outcome, at=invented.AT)
    counts = store.counts()
    assert sum(counts.values()) == len(store.receipts()) == 4
    assert (counts["done"], counts["failed"], counts["locked"], counts["secret"]) == (2, 1, 1, 0)


def test_a_file_tried_again_has_one_receipt(store: Store) -> None:
    store.receipt(path="a.pdf", sha256="", outcome="failed", at=invented.AT, retry=True)
    store.receipt(path="a.pdf", sha256="f" * 64, outcome="failed", at=invented.AT, reason="hỏng")
    store.receipt(path="a.pdf", sha256="f" * 64, outcome="done", at=invented.LATER)
    assert [(row["outcome"], row["at"], row["reason"]) for row in store.receipts()] == [("done", invented.LATER, "")]
    assert store.known("f" * 64) == "done"
    assert store.known("e" * 64) is None


def test_the_receipt_of_a_secret_file_names_nothing(store: Store) -> None:
    store.receipt(path="vao/ke-hoach-x.pdf", sha256="abcdef" + "0" * 58, outcome="failed", at=invented.AT)
    store.receipt(path="vao/ke-hoach-x.pdf", sha256="abcdef" + "0" * 58, outcome="secret", at=invented.AT, size=9)
    (row,) = store.receipts()
    assert (row["name"], row["path"], row["size"], row["document_id"]) == (
        "(tệp mật abcdef)",
        "(tệp mật abcdef)",
        None,
        None,
    )


def test_a_correction_survives_every_reload(store: Store) -> None:
    saved(store)
    ((duty,),) = store.all("SELECT id FROM obligations WHERE due = '2026-12-15'")
    store.correct("obligations", duty, "due", "2026-12-20", by_whom="Lan", at=invented.LATER, note="xem bản giấy")
    store.correct("obligations", duty, "lead", "Thư viện tỉnh", by_whom="Lan", at=invented.LATER)
    saved(store)
    assert store.all("SELECT due, lead FROM obligations WHERE id = ?", duty) == [("2026-12-20", "Thư viện tỉnh")]
    assert store.all("SELECT unit FROM unit_tasks WHERE obligation_id = ? AND role = 'lead'", duty) == [
        ("Thư viện tỉnh",)
    ]
    assert store.all("SELECT old_value, new_value FROM corrections")[0] == ("2026-12-15", "2026-12-20")


def test_a_corrected_number_is_found_and_names_the_document(store: Store) -> None:
    saved(store)
    ((dispatch,),) = store.all("SELECT id FROM dispatches")
    store.correct("dispatches", dispatch, "number", "46/SVH-VP", by_whom="Lan", at=invented.LATER)
    assert store.all("SELECT number_key, title FROM dispatches, documents") == [
        ("46/SVH-VP", "46/SVH-VP – kiểm kê hiện vật bảo tàng")
    ]


def test_a_correction_whose_fact_is_gone_becomes_an_issue(store: Store) -> None:
    saved(store)
    ((duty,),) = store.all("SELECT id FROM obligations WHERE due = '2026-12-15'")
    store.correct("obligations", duty, "due", "2026-12-20", by_whom="Lan", at=invented.LATER)
    saved(store, obligations=())
    assert ("correction-without-fact", "2026-12-20") in store.all("SELECT code, alternatives FROM issues")


@pytest.mark.parametrize(("table", "field"), [("obligations", "boxes"), ("documents", "title"), ("obligations", "id")])
def test_evidence_is_not_corrected(store: Store, table: str, field: str) -> None:
    with pytest.raises(StoreError, match="Không sửa được"):
        store.correct(table, "x", field, "y", by_whom="Lan", at=invented.AT)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(blacklist_characters="\f\n", blacklist_categories=("Cs",)), max_size=30), max_size=5)
)
def test_any_text_comes_back(store: Store, lines: list[str]) -> None:
    document = invented.document("x.txt", "\n".join(lines))
    edits = [Edit(Span(0, 1), "Đ", "thử")] if document.text and document.text[0] != "\n" else []
    repaired = Repaired.untouched(document.text).then("thử", edits)
    store.save(document, repaired, Facts(), at=invented.AT)
    kept = store.load(document.id)
    assert kept is not None
    assert (kept.document, kept.repaired) == (document, repaired)
