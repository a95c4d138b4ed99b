"""What the pages read from the database, through Datasette's own read connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.readings import unpack_document, unpack_repaired
from db.search import Hit, search
from web.evidence import KINDS, Row

if TYPE_CHECKING:
    import sqlite3

    from datasette.database import Database

    from corpus.document import Document
    from normalize.edits import Repaired

START_LISTS = {"qua_han": 5, "sap_den_han": 8, "can_xem": 5}
"""The canned queries shown on the start page, and how many rows of each."""


async def rows(database: Database, sql: str, *values: Any, **named: Any) -> list[Row]:  # noqa: ANN401 - SQLite's
    """The rows of one of our own queries by column name; Datasette's time limit is for what visitors write."""

    def fetch(connection: sqlite3.Connection) -> list[Row]:
        cursor = connection.execute(sql, named or values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    found: list[Row] = await database.execute_fn(fetch)
    return found


async def today(database: Database, moved: str = "+0 days") -> str:
    """The day on the machine that serves, or one that is ``moved`` from it (SQLite's modifier)."""
    return str((await rows(database, "SELECT date('now', 'localtime', ?) AS today", moved))[0]["today"])


async def document(database: Database, wanted: str) -> Row | None:
    """The stored document whose id is, or alone begins with, ``wanted`` (12 characters or more)."""
    found = await rows(database, "SELECT * FROM documents WHERE id >= ? AND id < ? LIMIT 2", wanted, wanted + "g")
    return found[0] if len(found) == 1 and len(wanted) >= 12 else None


async def facts(database: Database, document_id: str) -> dict[str, list[Row]]:
    """The rows of every fact table that is shown, by table."""
    return {
        table: await rows(database, f"SELECT * FROM {table} WHERE document_id = ?", document_id)  # noqa: S608
        for table in (*KINDS, "dispatches", "corrections", "witnesses")
    }


async def fact(database: Database, table: str, fact_id: str, document_id: str) -> Row | None:
    """One row of a fact table, with its document."""
    sql = f"SELECT * FROM {table} WHERE id = ? AND document_id = ?"  # noqa: S608 - our own names
    found = await rows(database, sql, fact_id, document_id)
    return found[0] if found else None


async def dispatch_of(database: Database, row: Row) -> Row | None:
    """The dispatch of the part in which a fact stands."""
    sql = "SELECT * FROM dispatches WHERE document_id = ? AND part = ?"
    found = await rows(database, sql, row["document_id"], row["part"])
    return found[0] if found else None


async def history(database: Database, fact_ids: list[str], row: Row) -> list[Row]:
    """What people said of these facts, last first; of the head only what concerns the field that ``row`` is about."""
    marks = ", ".join("?" * len(fact_ids))
    sql = f"SELECT * FROM corrections WHERE fact_id IN ({marks}) ORDER BY id DESC"  # noqa: S608 - only marks
    said = await rows(database, sql, *fact_ids)
    field = row.get("field")
    return [each for each in said if each["fact_id"] == row["id"] or not field or each["field"] == field]


async def links(database: Database, document_id: str) -> dict[str, Any]:
    """How a document stands to others: which it cites that are here, which cite it, which files hold the same."""
    cited = "SELECT id, cited_id, cited_sure, cited_document_id, cited FROM cited_documents WHERE document_id = ?"
    citing = "SELECT * FROM cited_documents WHERE cited_document_id = ? ORDER BY relation, citing, id"
    same = """SELECT DISTINCT documents.id, documents.title, documents.name FROM issues JOIN documents
        ON documents.id IN (other_id, document_id) WHERE code = 'same-dispatch'
        AND (document_id = :own OR other_id = :own) AND documents.id <> :own"""
    return {
        "cited": {row["id"]: row for row in await rows(database, cited, document_id)},
        "citing": await rows(database, citing, document_id),
        "same": await rows(database, same, own=document_id),
    }


async def pictured(database: Database) -> set[str]:
    """The documents whose pages have pictures."""
    return {
        row["document_id"] for row in await rows(database, "SELECT DISTINCT document_id FROM pages WHERE width > 0")
    }


async def count(database: Database, table: str) -> int:
    """How many rows a table has."""
    return int((await rows(database, f"SELECT count(*) AS count FROM {table}"))[0]["count"])  # noqa: S608


async def pages(database: Database, document_id: str) -> list[Row]:
    """The document's pages in order."""
    return await rows(database, "SELECT * FROM pages WHERE document_id = ? ORDER BY number", document_id)


async def reading(database: Database, document: Row) -> tuple[Document, Repaired]:
    """The document with its words and boxes, and its repaired text."""
    kept = await rows(database, "SELECT layout, repair FROM readings WHERE document_id = ?", document["id"])
    read = unpack_document(document["id"], document["name"], kept[0]["layout"], ())
    return read, unpack_repaired(read, kept[0]["repair"])


async def labels(database: Database, table: str) -> dict[str, str]:
    """The codes of a label table with their Vietnamese labels, in order."""
    return {row["id"]: row["label"] for row in await rows(database, f"SELECT id, label FROM {table} ORDER BY rank")}  # noqa: S608


async def rules(database: Database) -> dict[str, str]:
    """What each rule says about itself, by its name."""
    return {row["id"]: row["about"] for row in await rows(database, "SELECT id, about FROM rules")}


async def counted(database: Database, sql: str, limit: int) -> tuple[int, list[Row]]:
    """How many rows a query has, and the first of them; unset parameters count as empty."""
    bare = sql.strip().rstrip(";")
    empty = {"so_ngay": "", "don_vi": ""}
    total = await rows(database, f"SELECT count(*) AS count FROM (\n{bare}\n)", **empty)  # noqa: S608
    return int(total[0]["count"]), await rows(database, f"SELECT * FROM (\n{bare}\n) LIMIT {limit}", **empty)  # noqa: S608


async def recent(database: Database, limit: int = 6) -> list[Row]:
    """The documents that came last."""
    return await rows(database, "SELECT * FROM documents ORDER BY received_at DESC, id LIMIT ?", limit)


async def busiest(database: Database, limit: int = 8) -> list[Row]:
    """The units that lead most of what is not done, with the nearest day that is still to come."""
    sql = """SELECT unit, count(*) AS tasks, min(CASE WHEN due >= date('now', 'localtime') THEN due END) AS due
        FROM unit_tasks WHERE role = 'lead' AND status <> 'xong' GROUP BY unit ORDER BY tasks DESC, unit LIMIT ?"""
    return await rows(database, sql, limit)


async def receipts(database: Database) -> list[Row]:
    """How many files had which outcome, in order; with the sum they add up."""
    sql = """SELECT outcomes.id, outcomes.label, count(receipts.id) AS count FROM outcomes
        LEFT JOIN receipts ON receipts.outcome = outcomes.id GROUP BY outcomes.id ORDER BY rank"""
    return await rows(database, sql)


async def hits(database: Database, typed: str, limit: int = 30) -> list[Hit]:
    """Pages that match what was typed, exact ones first."""

    def find(connection: sqlite3.Connection) -> list[Hit]:
        return search(connection, typed, limit=limit)

    found: list[Hit] = await database.execute_fn(find)
    return found
