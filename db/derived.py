"""What follows from a document's rows, kept in step with them: keys, title, units, days, search index, outcome."""

from __future__ import annotations

from db import search
from db.corrections import Corrections
from db.relations import Relations
from db.rows import Row, number_key, title_of
from normalize.fold import fold

INDEXED = {
    "pages": ("text",),
    "obligations": ("task", "lead", "support", "result", "deadline_text", "quote"),
    "dispatches": ("number", "doc_type", "issuer", "subject", "signer_name", "addressees"),
}
"""The tables that can be searched, and what of a row is."""

LOOKED_AT = ("citations", "deadlines", "targets", "obligations", "header_fields")
"""The tables whose rows can ask for a person's look."""


class Derived(Corrections, Relations):
    """Keeps what is derived in step with the facts of one document."""

    def _refresh(self, document_id: str) -> None:
        """Bring up to date whatever follows from the document's rows."""
        for table in ("dispatches", "citations"):
            for fact_id, number in self.all(f"SELECT id, number FROM {table} WHERE document_id = ?", document_id):  # noqa: S608
                self.execute(f"UPDATE {table} SET number_key = ? WHERE id = ?", number_key(number), fact_id)  # noqa: S608
        first = self.dicts("SELECT * FROM dispatches WHERE document_id = ? ORDER BY part LIMIT 1", document_id)
        named = "UPDATE documents SET title = coalesce(?, name) WHERE id = ?"
        self.execute(named, title_of(first[0]) if first else None, document_id)
        self._link_units(document_id)
        self._list_days(document_id)
        self._index(document_id)
        for touched in sorted(self._relate(document_id)):
            self._settle(touched)

    def outcome(self, document_id: str) -> str:
        """The outcome of a stored document: «done» or «review»."""
        return str(self.all("SELECT outcome FROM documents WHERE id = ?", document_id)[0][0])

    def doubts(self, document_id: str) -> int:
        """How many places of a document are worth a person's look."""
        counted = (f"(SELECT count(*) FROM {table} WHERE document_id = ?1 AND needs_review)" for table in LOOKED_AT)  # noqa: S608
        issues = f"(SELECT count(*) FROM issues WHERE document_id = ?1 AND {_OPEN})"  # noqa: S608
        ((number,),) = self.all(f"SELECT {' + '.join((*counted, issues))}", document_id)
        return int(number)

    def _settle(self, document_id: str) -> None:
        """The document's outcome, and that of its receipts: whether something in it is still worth a look."""
        self.execute(_HEADS, document_id)
        self.execute(_OUTCOME, document_id)
        self.execute(_RECEIPTS, document_id, document_id)

    def _list_days(self, document_id: str) -> None:
        """One row for each day on which something of this document is due."""
        self.execute("DELETE FROM due_items WHERE document_id = ?", document_id)
        self.execute(_DAYS, document_id, document_id, document_id)

    def _link_units(self, document_id: str) -> None:
        of_document = "SELECT id, lead, support FROM obligations WHERE document_id = ?"
        for duty, lead, support in self.all(of_document, document_id):
            self.execute("DELETE FROM obligation_units WHERE obligation_id = ?", duty)
            for role, names in (("lead", lead), ("support", support)):
                for name in dict.fromkeys(filter(None, (names or "").split("; "))):
                    self.execute("INSERT OR IGNORE INTO units (name, folded) VALUES (?, ?)", name, fold(name).lower())
                    link = "INSERT INTO obligation_units SELECT ?, id, ? FROM units WHERE name = ?"
                    self.execute(link, duty, role, name)
        self._drop_idle_units()

    def _drop_idle_units(self) -> None:
        self.execute("DELETE FROM units WHERE id NOT IN (SELECT unit_id FROM obligation_units)")

    def _index(self, document_id: str) -> None:
        for table, columns in INDEXED.items():
            said = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
            for row, text in self.all(f"SELECT rowid, {said} FROM {table} WHERE document_id = ?", document_id):  # noqa: S608
                self.execute(f"DELETE FROM {table}_fts WHERE rowid = ?", row)  # noqa: S608
                insert = f"INSERT INTO {table}_fts (rowid, exact, folded) VALUES (?, ?, ?)"  # noqa: S608
                self.execute(insert, row, search.exact_form(text), search.folded_form(text))

    def similar(self, document_id: str) -> list[Row]:
        """Other documents that hold the same dispatch (scanned twice, or a number given twice)."""
        return self.dicts(_SIMILAR, document_id, document_id)


_OPEN = "harm >= 1 AND verdict IS NULL"
_HEADS = f"""UPDATE dispatches SET needs_review =
  EXISTS (SELECT 1 FROM header_fields WHERE dispatch_id = dispatches.id AND needs_review AND harm >= 1)
  OR EXISTS (SELECT 1 FROM issues WHERE issues.document_id = dispatches.document_id AND issues.part = dispatches.part
    AND {_OPEN})
WHERE document_id = ? AND needs_review"""  # noqa: S608 - our own names
_DOUBTED = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} WHERE document_id = documents.id AND needs_review)"  # noqa: S608
    for table in ("dispatches", "citations", "deadlines", "targets", "obligations")
)
_OUTCOME = f"""UPDATE documents SET
  issues = (SELECT count(*) FROM issues WHERE document_id = documents.id AND verdict IS NULL),
  outcome = CASE WHEN {_DOUBTED} OR EXISTS (SELECT 1 FROM issues WHERE document_id = documents.id AND {_OPEN})
    THEN 'review' ELSE 'done' END
WHERE id = ?"""  # noqa: S608
_RECEIPTS = """UPDATE receipts SET outcome = (SELECT outcome FROM documents WHERE id = ?)
WHERE document_id = ? AND outcome IN ('done', 'review')"""
_SIMILAR = """SELECT documents.id, documents.title, documents.name FROM issues JOIN documents ON documents.id = other_id
WHERE code = 'same-dispatch' AND issues.document_id = ?
UNION SELECT documents.id, documents.title, documents.name FROM issues JOIN documents ON documents.id = document_id
WHERE code = 'same-dispatch' AND issues.other_id = ?"""
_DAYS = """INSERT INTO due_items
SELECT due, lead, task, quote, 'task', status, document_id, page, needs_review, id
FROM obligations WHERE document_id = ? AND due IS NOT NULL AND coalesce(verdict, '') <> 'wrong'
UNION ALL
SELECT due, who, coalesce(what, text), quote, 'deadline', 'chưa xong', document_id, page, needs_review, id
FROM deadlines
WHERE document_id = ? AND due IS NOT NULL AND kind <> 'recurring' AND coalesce(verdict, '') <> 'wrong'
  AND id NOT IN (
    SELECT deadline_id FROM obligation_deadlines JOIN obligations
    ON obligations.id = obligation_id AND obligations.due IS NOT NULL)
UNION ALL
SELECT occurrence.value, coalesce(obligations.lead, deadlines.who),
  coalesce(obligations.task, deadlines.what, deadlines.text), deadlines.quote, 'recurring',
  coalesce(obligations.status, 'chưa xong'), deadlines.document_id, deadlines.page, deadlines.needs_review,
  deadlines.id
FROM deadlines
JOIN json_each(deadlines.occurrences) AS occurrence
LEFT JOIN obligation_deadlines ON obligation_deadlines.deadline_id = deadlines.id
LEFT JOIN obligations ON obligations.id = obligation_deadlines.obligation_id
WHERE deadlines.document_id = ? AND coalesce(deadlines.verdict, '') <> 'wrong'"""
