"""The schema as it is, beside the schema as it was written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from db.migrations import LABELS, migrations
from db.store import Store

GOLDEN = Path(__file__).parent / "schema.sql"


def schema(store: Store) -> str:
    found = store.all(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB '*sqlite_*' AND name NOT GLOB '*_fts_*'"
        " ORDER BY rowid"
    )
    return "".join(f"{sql};\n" for (sql,) in found)


def test_the_schema_is_the_golden_one(store: Store) -> None:
    assert schema(store) == GOLDEN.read_text("utf-8"), (
        "write the new schema to tests/db/schema.sql and look at the change"
    )


def test_every_table_of_facts_is_strict(store: Store) -> None:
    tables = store.all("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    loose = {name for name, strict in tables if not strict and not name.startswith(("sqlite_", "_sqlite"))}
    assert {name for name in loose if "_fts" not in name} == set()


def test_opening_again_changes_nothing(store: Store) -> None:
    before = schema(store)
    with Store(store.path) as again:
        assert schema(again) == before
        assert migrations.pending(Database(again.sqlite)) == []


def test_an_older_file_is_brought_up_to_date(tmp_path: Path) -> None:
    old = Database(tmp_path / "old.db")
    migrations.apply(old, stop_before="table units ")
    assert "units" not in old.table_names()
    old.close()
    with Store(tmp_path / "old.db") as store:
        assert schema(store) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("table", LABELS)
def test_every_code_has_a_label(store: Store, table: str) -> None:
    assert tuple(store.all(f"SELECT id, label FROM {table} ORDER BY rank")) == LABELS[table]


def test_what_is_due_in_an_older_file_stays_listed(tmp_path: Path) -> None:
    old = Database(tmp_path / "old.db")
    migrations.apply(old, stop_before="table due_rows ")
    old.execute("INSERT INTO documents VALUES ('d', 'a.pdf', 'a', 'done', 1, 1, 1, 0, 0, '2026-01-01', '2026-01-01')")
    old.execute(
        "INSERT INTO obligations (id, lead, task, due, quote, document_id, due_status, status, tier, part, page, boxes,"
        " span_start, span_end, rule, confidence, needs_review) VALUES ('o', 'Văn phòng', 'lập sổ', '2026-02-03',"
        " 'lập sổ', 'd', 'dated', 'chưa xong', 'core', 1, 1, '[]', 0, 1, 'r', 1, 0)"
    )
    old.conn.commit()
    old.close()
    with Store(tmp_path / "old.db") as store:
        assert store.all("SELECT due, unit, task, kind, id FROM due_items") == [
            ("2026-02-03", "Văn phòng", "lập sổ", "task", "o")
        ]
