"""The store: one transaction a document, nothing lost, nothing doubled.

Times come in as ISO 8601 text with offset; the store has no clock. Saving a document again replaces its rows;
what a person corrected is a row of its own, laid over the new rows each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from corpus.document import Document, Witness
from corpus.errors import SecretError
from db import search
from db.derived import INDEXED, Derived
from db.readings import pack_pages, pack_steps, unpack_document, unpack_repaired
from db.rows import FACT_TABLES, Row, Rows, rows_of
from extract.facts import Facts
from normalize.edits import Repaired

MASK = "(tệp mật"
"""What stands in a receipt in place of a secret file's name and path, before the start of its hash."""


KNOWN_TITLES = 500
"""So many titles are handed to the repair of new documents."""
KNOWN_HEADS = 20_000
"""So many fields of heads, the last ones first, are looked through for names of units."""


class Stored(NamedTuple):
    """What is kept of a document, enough to extract its facts again."""

    document: Document
    repaired: Repaired
    outcome: str


class Store(Derived):
    """Documents with their facts, receipts of dropped files, corrections; see `Connection` for opening."""

    # -- documents ------------------------------------------------------------------------------------------

    def save(self, document: Document, repaired: Repaired, facts: Facts, *, at: str) -> str:
        """Keep a document with its facts, in place of what was kept of it before; gives its outcome.

        Args:
            document: what was read.
            repaired: its text, repaired.
            facts: what was found; spans are offsets into the repaired text.
            at: when it was read, ISO 8601 with offset; the first one stays as ``received_at``.

        Raises:
            SecretError: a part bears a secrecy mark; nothing is stored.
            StoreError: the database is busy, full or damaged; nothing of this document was changed.
        """
        if any(header.value.secrecy for header in facts.headers):
            raise SecretError("Văn bản có dấu chỉ độ mật nên không được lưu.")
        rows = rows_of(document, repaired, facts)
        with self.transaction():
            self._clear(document.id)
            self._put_document(document, rows, at)
            self._put_pages(document, repaired)
            for table in FACT_TABLES:
                self.insert(table, rows.tables[table])
            self.insert(
                "obligation_deadlines",
                [{"obligation_id": duty, "deadline_id": due} for duty, due in rows.deadline_links],
            )
            self._apply_corrections(document.id, fresh=True)
            self._refresh(document.id)
            return self.outcome(document.id)

    def load(self, document_id: str) -> Stored | None:
        """The document and its repaired text as they were saved; None if it is not here."""
        kept = self.dicts("SELECT * FROM documents JOIN readings ON document_id = id WHERE id = ?", document_id)
        if not kept:
            return None
        witnesses = self.all(
            "SELECT signer, organisation, signed_at, digest FROM witnesses WHERE document_id = ? ORDER BY number",
            document_id,
        )
        row = kept[0]
        document = unpack_document(document_id, row["name"], row["layout"], tuple(Witness(*each) for each in witnesses))
        return Stored(document, unpack_repaired(document, row["repair"]), row["outcome"])

    def stored(self) -> Iterator[tuple[Document, Repaired]]:
        """Every document with its repaired text, oldest first; facts may be saved while iterating."""
        for document_id in self.ids():
            kept = self.load(document_id)
            if kept is not None:
                yield kept.document, kept.repaired

    def describe_rules(self, rules: Mapping[str, str]) -> None:
        """Keep what each rule says about itself, by its name, in place of what was kept before."""
        with self.transaction():
            self.execute("DELETE FROM rules")
            self.insert("rules", [{"id": name, "about": about} for name, about in sorted(rules.items())])

    def titles(self, most: int = KNOWN_TITLES) -> tuple[str, ...]:
        """What the documents that came last are about, doubtful ones left out: damaged ones often repeat it."""
        wanted = """SELECT DISTINCT subject FROM dispatches JOIN documents ON documents.id = document_id
            WHERE subject IS NOT NULL AND NOT EXISTS (SELECT 1 FROM header_fields
              WHERE dispatch_id = dispatches.id AND field = 'subject' AND (needs_review OR confidence < 0.9))
            ORDER BY received_at DESC, dispatches.id LIMIT ?"""
        return tuple(row[0] for row in self.all(wanted, most))

    def units(self) -> tuple[str, ...]:
        """Names of units that heads and Nơi nhận of the documents give undoubted; see `extract.units.learnt.common`."""
        wanted = """SELECT header_fields.document_id, field, value FROM header_fields
            JOIN documents ON documents.id = document_id
            WHERE field IN ('issuer', 'parent_issuer', 'addressees', 'distribution') AND value IS NOT NULL
              AND NOT needs_review AND confidence >= 0.9 AND coalesce(verdict, '') <> 'wrong'
            ORDER BY received_at DESC, header_fields.id LIMIT ?"""
        from extract.units.learnt import common  # brings spaCy along, which only those who read documents need

        return common(self.all(wanted, KNOWN_HEADS))

    def ids(self) -> list[str]:
        """The ids of all documents, oldest first."""
        return [row[0] for row in self.all("SELECT id FROM documents ORDER BY received_at, id")]

    def has(self, document_id: str) -> bool:
        """Whether the document is kept."""
        return bool(self.all("SELECT 1 FROM documents WHERE id = ?", document_id))

    def forget(self, document_id: str) -> None:
        """Remove a document with everything found in it or said of it, so that no byte of it stays in the file.

        Receipts stay, see `drop_receipts`. Inside of a transaction the file is wiped by what commits it.
        """
        with self.transaction():
            self._clear(document_id)
            self.execute("DELETE FROM corrections WHERE document_id = ?", document_id)
            self.execute("DELETE FROM documents WHERE id = ?", document_id)
            self._drop_idle_units()
            for table in INDEXED:  # deleted words would stay in the index until it is merged
                self.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('optimize')")  # noqa: S608
        self.empty_log()

    def search(self, typed: str, *, limit: int = 20) -> list[search.Hit]:
        """Pages that match what was typed, see `db.search.search`."""
        with self.explained():
            return search.search(self.sqlite, typed, limit=limit)

    def counts(self) -> dict[str, int]:
        """Receipts by outcome, every outcome named."""
        return dict(
            self.all(
                "SELECT outcomes.id, count(receipts.id) FROM outcomes LEFT JOIN receipts ON outcome = outcomes.id"
                " GROUP BY outcomes.id ORDER BY rank"
            )
        )

    # -- receipts -------------------------------------------------------------------------------------------

    def receipt(  # noqa: PLR0913
        self,
        *,
        path: str,
        outcome: str,
        at: str,
        sha256: str | None = None,
        name: str | None = None,
        size: int | None = None,
        reason: str = "",
        next_step: str = "",
        seconds: float | None = None,
        document_id: str | None = None,
        retry: bool = False,
    ) -> None:
        """What became of a dropped file; a file (path and content) tried again replaces its receipt.

        ``sha256`` is empty for a file that could not be read; once it can be, that receipt gives way.
        The receipt of a secret file bears neither name nor path nor size, only its hash.
        """
        values = {"reason": reason, "next_step": next_step, "seconds": seconds, "retry": int(retry)}
        row = {"at": at, "outcome": outcome, "sha256": sha256 or "", **values}
        if outcome == "secret":
            masked = path if path.startswith(MASK) else f"{MASK} {(sha256 or '')[:6]})"
            row |= {"name": masked, "path": masked, "size": None, "document_id": None}
        else:
            row |= {"name": name or Path(path).name, "path": path, "size": size, "document_id": document_id}
        with self.transaction():
            if row["sha256"]:
                self.execute("DELETE FROM receipts WHERE path = ? AND sha256 = ''", path)
            if outcome == "secret" and row["sha256"]:
                self.execute("DELETE FROM receipts WHERE sha256 = ? AND outcome <> 'secret'", row["sha256"])
            self.upsert("receipts", row, ("path", "sha256"))

    def drop_receipts(self, sha256: str) -> None:
        """Remove every receipt of this content."""
        self.execute("DELETE FROM receipts WHERE sha256 = ?", sha256)

    def receipts(self) -> list[Row]:
        """Every receipt, oldest first."""
        return self.dicts("SELECT * FROM receipts ORDER BY at, id")

    def known(self, sha256: str) -> str | None:
        """The outcome of the last receipt for this content, or None if it was never seen."""
        rows = self.all(
            "SELECT outcome FROM receipts WHERE sha256 = ? ORDER BY outcome = 'duplicate', at DESC, id DESC LIMIT 1",
            sha256,
        )
        return str(rows[0][0]) if rows else None

    # -- inside ---------------------------------------------------------------------------------------------

    def _clear(self, document_id: str) -> None:
        for table in INDEXED:
            rows = f"SELECT rowid FROM {table} WHERE document_id = ?"  # noqa: S608
            self.execute(f"DELETE FROM {table}_fts WHERE rowid IN ({rows})", document_id)  # noqa: S608
        for table in ("pages", "readings", "witnesses", *reversed(FACT_TABLES)):
            self.execute(f"DELETE FROM {table} WHERE document_id = ?", document_id)  # noqa: S608

    def _put_document(self, document: Document, rows: Rows, at: str) -> None:
        row = {
            "id": document.id,
            "name": document.name,
            "title": document.name,
            "outcome": "done",
            "pages": len(document.pages),
            "parts": len(rows.tables["dispatches"]),
            **{table: len(rows.tables[table]) for table in ("obligations", "deadlines", "issues")},
            "received_at": at,
            "saved_at": at,
        }
        self.upsert("documents", row, ("id",), keep=("received_at",))

    def _put_pages(self, document: Document, repaired: Repaired) -> None:
        at = 0
        rows: list[Row] = []
        for page, text in zip(document.pages, repaired.text.split("\f"), strict=True):
            same = {name: getattr(page, name) for name in ("number", "source", "reason", "width", "height", "rotation")}
            span = {"span_start": at, "span_end": at + len(text)}
            texts = {"unread": int(page.unread), "text": text, "raw_text": page.text}
            rows.append({"document_id": document.id, **same, **texts, **span})
            at += len(text) + 1
        self.insert("pages", rows)
        reading = {"layout": pack_pages(document), "repair": pack_steps(repaired)}
        self.insert("readings", [{"document_id": document.id, **reading}])
        names = ("signer", "organisation", "signed_at", "digest")
        for number, witness in enumerate(document.witnesses, 1):
            values = {name: getattr(witness, name) for name in names}
            self.insert("witnesses", [{"document_id": document.id, "number": number, **values}])
