"""What people say of facts: other values, and verdicts. Rows of their own that no reading touches.

After each reading they are laid over the new rows. A correction that is withdrawn stays in the table; what counts is
what was said last and not withdrawn.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod

from db.connection import Connection, Value
from db.errors import StoreError
from db.rows import HEADER_FIELDS, Row

VERDICTS = ("right", "wrong", "unsure")
"""What a person says of a fact as a whole: it is as printed, it is none, it must be asked."""

_CORRECTABLE: dict[str, set[str]] = {
    "dispatches": {*HEADER_FIELDS, "needs_review"} - {"secrecy"},  # a secret document is forgotten, not edited
    "header_fields": {"verdict"},
    "citations": {
        "number", "doc_type", "issuer", "date", "relation", "title", "article", "needs_review", "verdict",
    },
    "deadlines": {
        "due", "start", "text", "what", "who", "operator", "exclusive", "hour", "rrule", "needs_review", "verdict",
    },
    "targets": {
        "metric", "comparator", "value", "value_max", "unit", "by_date", "who", "needs_review", "verdict",
    },
    "obligations": {
        "lead", "support", "task", "due", "start", "due_status", "status", "deadline_text", "result", "recipient",
        "tier", "needs_review", "verdict",
    },
    "issues": {"verdict"},
}  # fmt: skip


def correctable(table: str) -> set[str]:
    """The columns of a fact table that a person may change; none for other tables."""
    return _CORRECTABLE.get(table, set())


class Corrections(Connection, ABC):
    """Corrections by people; what follows from changed rows is the heir's to do in ``_refresh``."""

    def correct(
        self, table: str, fact_id: str, field: str, value: Value, *, by_whom: str, at: str, note: str | None = None
    ) -> int:
        """Put a person's value in place of the one read, now and after every later reading; gives its number.

        The field ``verdict`` takes one of `VERDICTS`: «right» and «wrong» end the doubt, «unsure» keeps it; a fact
        that is «wrong» leaves the calendar and the lists of what is due.

        Raises:
            StoreError: there is no such fact, or the field or value is not one that a person may give.
        """
        if field not in correctable(table) or (field == "verdict" and value not in VERDICTS):
            raise StoreError(f"Không sửa được trường {table}.{field}.", remedy="Xem docs/schema.md.")
        with self.transaction():
            found = self.dicts(f"SELECT * FROM {table} WHERE id = ?", fact_id)  # noqa: S608
            if not found:
                raise StoreError(f"Không có dữ kiện {fact_id} trong {table}.", remedy="Tải lại trang rồi sửa lại.")
            document_id = found[0]["document_id"]
            place = {"document_id": document_id, "fact_table": table, "fact_id": fact_id, "field": field}
            values = {"old_value": found[0][field], "new_value": value, "note": note}
            self.insert("corrections", [{"at": at, "by_whom": by_whom, **place, **values}])
            ((number,),) = self.all("SELECT last_insert_rowid()")
            self._apply_corrections(document_id)
            self._refresh(document_id)
        return int(number)

    def withdraw(self, number: int, *, by_whom: str, at: str) -> None:
        """Take a correction back: the value said before it counts again, or else the one that was read.

        Raises:
            StoreError: there is no such correction, or it was withdrawn before.
        """
        with self.transaction():
            found = self.dicts("SELECT * FROM corrections WHERE id = ? AND withdrawn_at IS NULL", number)
            if not found:
                raise StoreError("Không có lần sửa này, hoặc đã được bỏ rồi.", remedy="Tải lại trang.")
            said = "UPDATE corrections SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ?"
            self.execute(said, at, by_whom, number)
            change = found[0]
            table, field = change["fact_table"], change["field"]
            ((read,),) = self.all(_FIRST, table, change["fact_id"], field)
            self.execute(f"UPDATE {table} SET {field} = ? WHERE id = ?", read, change["fact_id"])  # noqa: S608
            self._doubt_again(change)
            self._apply_corrections(change["document_id"])
            self._refresh(change["document_id"])

    @abstractmethod
    def _refresh(self, document_id: str) -> None:
        """Bring up to date what follows from the document's rows."""

    def _apply_corrections(self, document_id: str, *, fresh: bool = False) -> None:
        """Lay every correction over the rows; one whose fact is gone becomes an issue, never silence.

        ``fresh``: the rows come from a new reading; what it read is kept as the value before the first correction.
        """
        standing = "SELECT * FROM corrections WHERE document_id = ? AND withdrawn_at IS NULL ORDER BY id"
        seen: set[tuple[str, str, str]] = set()
        for change in self.dicts(standing, document_id):
            table, field, fact_id = change["fact_table"], change["field"], change["fact_id"]
            if field not in correctable(table):
                continue
            if fresh and (table, field, fact_id) not in seen:
                seen.add((table, field, fact_id))
                read = f"UPDATE corrections SET old_value = (SELECT {field} FROM {table} WHERE id = ?) WHERE id = ?"  # noqa: S608
                self.execute(read, fact_id, change["id"])
            update = f"UPDATE {table} SET {field} = ? WHERE id = ?"  # noqa: S608
            if self.execute(update, change["new_value"], fact_id) == 0:
                self.upsert("issues", _orphan(change), ("id",))
            elif field == "verdict" and table != "issues":
                judged = f"UPDATE {table} SET needs_review = verdict = 'unsure' WHERE id = ?"  # noqa: S608
                self.execute(judged, fact_id)
            elif table == "dispatches":
                mirrored = "UPDATE header_fields SET value = ?, needs_review = 0 WHERE dispatch_id = ? AND field = ?"
                self.execute(mirrored, change["new_value"], fact_id, field)

    def _doubt_again(self, change: Row) -> None:
        """A fact whose verdict or value is withdrawn is as doubtful as it was read."""
        table, fact_id = change["fact_table"], change["fact_id"]
        if table == "dispatches":
            again = (
                "UPDATE header_fields SET needs_review = harm >= 1, value = (SELECT {0} FROM dispatches"
                " WHERE id = dispatch_id) WHERE dispatch_id = ? AND field = ?"
            )
            self.execute(again.format(change["field"]), fact_id, change["field"])
        elif change["field"] == "verdict" and table != "issues":
            self.execute(f"UPDATE {table} SET needs_review = harm >= 1 WHERE id = ?", fact_id)  # noqa: S608


_FIRST = "SELECT old_value FROM corrections WHERE fact_table = ? AND fact_id = ? AND field = ? ORDER BY id LIMIT 1"


def _orphan(change: Row) -> Row:
    """The issue for a correction whose fact was not found again."""
    return {
        "id": f"i{change['fact_id']}{change['id']}",
        "code": "correction-without-fact",
        "message": f"Lần đọc mới không còn dữ kiện đã sửa ({change['field']} = {change['new_value']}); cần xem lại.",
        "alternatives": change["new_value"],
        "document_id": change["document_id"],
        "part": 1,
        "quote": "",
        "page": 1,
        "boxes": json.dumps([]),
        "span_start": 0,
        "span_end": 0,
        "harm": 4.0,
    }
