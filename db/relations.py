"""How dispatches stand to each other: which one a citation means, which came twice, which disagree in order.

A dispatch is known by issuer, number, symbol and year. Numbers are compared as they are written (`number_key`), never
by likeness; where a number was flagged, its other readings count too, and the link says that it is not sure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from db.connection import Connection
from db.rows import Row, number_key
from extract.harm import ISSUES
from normalize.fold import fold

NEIGHBOURS = 3
"""So many dispatches before and after in the same series are compared with a new one."""

SLACK = dt.timedelta(days=3)
"""Numbers are taken some days before the letter is signed."""

_ALIKE = 85
_SERIAL = re.compile(r"(\d+)[A-ZĐ]?[/-](.+)")
_SHORT = (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"), ("tp", "thanh pho"), ("bch", "ban chap hanh"))


def series_of(key: str | None, date: str | None) -> tuple[str | None, int | None]:
    """``(symbol and year, number)``: dispatches of a series are numbered one after the other.

    >>> series_of("45/SVH-VP", "2026-11-03"), series_of("45/SVH-VP", None), series_of("A", "2026-11-03")
    (('SVH-VP 2026', 45), (None, None), (None, None))
    """
    found = _SERIAL.fullmatch(key or "")
    return (f"{found[2]} {date[:4]}", int(found[1])) if found and date else (None, None)


def same_issuer(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one issuer; an unknown one may be anybody.

    >>> same_issuer("UBND tỉnh", "Ủy ban nhân dân tỉnh Sông Ngân"), same_issuer("Sở Y tế", "Sở Tài chính")
    (True, False)
    """
    if not one or not other:
        return True
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return short in long or fuzz.ratio(short, long) >= _ALIKE


def _plain(name: str) -> str:
    words = " ".join(re.findall(r"\w+", fold(name).lower()))
    for abbreviated, full in _SHORT:
        words = re.sub(rf"\b{abbreviated}\b", full, words)
    return words


class Relations(Connection):
    """Keeps the relations of one document up to date, from it and to it."""

    def _relate(self, document_id: str) -> set[str]:
        """Series, citations both ways, repeats and order of one document's dispatches; documents with new issues."""
        self.execute(
            "DELETE FROM issues WHERE document_id = ? AND code IN ('same-dispatch', 'number-order')", document_id
        )
        for row in self.dicts("SELECT id, number_key, date FROM dispatches WHERE document_id = ?", document_id):
            series, serial = series_of(row["number_key"], row["date"])
            self.execute("UPDATE dispatches SET series = ?, serial = ? WHERE id = ?", series, serial, row["id"])
        self._link_citations(document_id)
        touched = {document_id}
        for row in self.dicts(_PRINCIPAL, document_id):
            self._note_repeats(row)
            for other in self._note_order(row):  # whichever of the two most others contradict
                self._note_order(other)
                touched.add(other["document_id"])
        return touched

    # -- citations --------------------------------------------------------------------------------------------

    def _link_citations(self, document_id: str) -> None:
        """The document's own citations, and those of others that its dispatches may be meant by."""
        self._list_keys(document_id)
        for citation in self.dicts(_CONCERNED, *[document_id] * 3):
            cited, sure = self._meant(citation)
            if (cited, sure) != (citation["cited_id"], citation["cited_sure"]):
                said = "UPDATE citations SET cited_id = ?, cited_sure = ? WHERE id = ?"
                self.execute(said, cited, sure, citation["id"])

    def _list_keys(self, document_id: str) -> None:
        """Under which numbers a document's dispatches are found: their own, and other readings of doubtful ones."""
        own = "SELECT id FROM dispatches WHERE document_id = ?"
        self.execute(f"DELETE FROM dispatch_keys WHERE dispatch_id IN ({own})", document_id)  # noqa: S608
        for dispatch_id, number, sure in self.all(_READINGS, document_id, document_id):
            for name in (number or "").split("; "):
                if key := number_key(name):
                    self.execute("INSERT OR IGNORE INTO dispatch_keys VALUES (?, ?, ?)", dispatch_id, key, sure)

    def _meant(self, citation: Row) -> tuple[str | None, int | None]:
        """The dispatch that a citation means and whether that is sure; None where there is none, or more than one."""
        for sure in (1, 0):
            found = list(self._candidates(citation, sure))
            if found:
                return (found[0], int(sure and not citation["needs_review"])) if len(found) == 1 else (None, None)
        return None, None

    def _candidates(self, citation: Row, sure: int) -> Iterator[str]:
        found = self.dicts(_CALLED, citation["number_key"], sure)
        fitting = [row for row in found if _same_year(row["date"], citation["date"])]
        fitting = [row for row in fitting if same_issuer(row["issuer"], citation["issuer"])]
        elsewhere = [row for row in fitting if row["document_id"] != citation["document_id"]]
        copies = {(row["number_key"], _plain(row["issuer"] or "")) for row in elsewhere}
        if len(copies) == 1:  # the same dispatch came twice: the first one is meant
            elsewhere = elsewhere[:1]
        yield from (row["id"] for row in (elsewhere or fitting))

    # -- repeats and order --------------------------------------------------------------------------------------

    def _note_repeats(self, row: Row) -> None:
        """An issue where another file holds the same dispatch: scanned twice, or a number given twice; told once."""
        for other in self.dicts(_SAME, row["number_key"], row["document_id"]):
            same = _same_year(other["date"], row["date"]) and same_issuer(other["issuer"], row["issuer"])
            if same and not self.all(_TOLD, other["document_id"], row["document_id"]):
                message = (
                    f"Cùng số, ký hiệu, cơ quan và năm với tệp «{other['name']}» đã có: có thể là bản quét lại, hoặc số"
                    " cấp trùng. Mở cả hai để so; nếu thừa thì xóa một bản bằng «congvan forget»."
                )
                self._note(row, "same-dispatch", message, None, other["document_id"])
                return

    def _note_order(self, row: Row) -> list[Row]:
        """An issue where most neighbours in the series contradict number and day; those that contradict."""
        if row["serial"] is None:
            return []
        day = dt.date.fromisoformat(row["date"])
        known = (row["series"], row["serial"], row["document_id"], NEIGHBOURS)
        before = [other for other in self.dicts(_BEFORE, *known) if same_issuer(other["issuer"], row["issuer"])]
        after = [other for other in self.dicts(_AFTER, *known) if same_issuer(other["issuer"], row["issuer"])]
        late = [other for other in before if dt.date.fromisoformat(other["date"]) > day + SLACK]
        early = [other for other in after if dt.date.fromisoformat(other["date"]) < day - SLACK]
        against = [*late, *early]
        if not against or 2 * len(against) < len(before) + len(after):
            return against
        told = ", ".join(f"{other['number']} ngày {_say(other['date'])}" for other in against)
        message = f"Số {row['number']} ngày {_say(row['date'])} không theo thứ tự với {told}; một số hoặc ngày đọc sai."
        days = "; ".join(dict.fromkeys(other["date"] for other in against))
        self._note(row, "number-order", message, days, against[0]["document_id"])
        return against

    def _note(self, row: Row, code: str, message: str, alternatives: str | None, other_id: str) -> None:
        place = {
            name: row[name] for name in ("document_id", "part", "quote", "page", "boxes", "span_start", "span_end")
        }
        said = {"code": code, "message": message, "alternatives": alternatives, "other_id": other_id}
        values = {"id": f"i{code[0]}{row['id']}", **said, **place, "harm": float(ISSUES[code])}
        self.upsert("issues", values, ("id",))


def _same_year(one: str | None, other: str | None) -> bool:
    return not one or not other or one[:4] == other[:4]


def _say(day: str) -> str:
    return dt.date.fromisoformat(day).strftime("%d/%m/%Y")


_HEAD = (
    "SELECT dispatches.*, documents.name, documents.received_at FROM dispatches"
    " JOIN documents ON documents.id = dispatches.document_id"
)
_CALLED = (
    f"{_HEAD} JOIN dispatch_keys ON dispatch_keys.dispatch_id = dispatches.id"
    " WHERE key = ? AND sure = ? AND kind <> 'annex' ORDER BY received_at, dispatches.id"
)
_CONCERNED = """SELECT * FROM citations WHERE document_id = ? AND number_key IS NOT NULL
UNION SELECT * FROM citations WHERE number_key IN (SELECT key FROM dispatch_keys JOIN dispatches
  ON dispatches.id = dispatch_id WHERE document_id = ?)
UNION SELECT * FROM citations WHERE cited_id IN (SELECT id FROM dispatches WHERE document_id = ?)"""
_READINGS = """SELECT id, number, 1 FROM dispatches WHERE document_id = ?
UNION ALL SELECT dispatches.id, issues.alternatives, 0 FROM issues
JOIN dispatches ON dispatches.document_id = issues.document_id AND dispatches.part = issues.part
WHERE issues.document_id = ? AND code IN ('number-unreadable', 'number-doubtful')
  AND NOT EXISTS (SELECT 1 FROM corrections WHERE fact_id = dispatches.id AND corrections.field = 'number'
    AND withdrawn_at IS NULL)"""
_PRINCIPAL = f"{_HEAD} WHERE dispatches.document_id = ? AND kind = 'dispatch' AND number_key IS NOT NULL"
_SAME = f"{_HEAD} WHERE number_key = ? AND kind = 'dispatch' AND dispatches.document_id <> ? ORDER BY received_at"
_TOLD = "SELECT 1 FROM issues WHERE code = 'same-dispatch' AND document_id = ? AND other_id = ?"
_BEFORE = f"{_HEAD} WHERE series = ? AND serial < ? AND dispatches.document_id <> ? ORDER BY serial DESC LIMIT ?"
_AFTER = f"{_HEAD} WHERE series = ? AND serial > ? AND dispatches.document_id <> ? ORDER BY serial LIMIT ?"
