"""What a person may say of a fact on the web: which values, in which form, and who may.

Nobody may unless the plugin's setting ``corrections`` allows it: ``true`` for everybody who may see the database, or
one of Datasette's «allow» blocks for some actors. Datasette's root may always.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from datasette.utils import actor_matches_allow

from db.corrections import VERDICTS
from db.store import Store
from web.settings import PLUGIN
from web.words import day, label

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from web.evidence import Row

FIELDS = {
    "obligations": ("lead", "support", "task", "due", "deadline_text", "result", "recipient", "status"),
    "deadlines": ("due", "start", "text", "what", "who"),
    "targets": ("metric", "comparator", "value", "value_max", "unit", "by_date", "who"),
    "citations": ("number", "date", "doc_type", "issuer", "relation", "title"),
    "header_fields": ("value",),
    "issues": (),
}
"""The columns offered for each table; the head's fields change the row of the dispatch."""

DAYS = frozenset({"due", "start", "date", "by_date", "incoming_date"})
NUMBERS = frozenset({"value", "value_max"})
_LOST_FIELDS = ("number", "date", "issuer", "signer_name")
_LONGEST = 4000


class UnfitError(ValueError):
    """What was typed cannot be taken; says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that may be changed: where it is kept, how it is called, what stands there."""

    table: str
    fact_id: str
    column: str
    title: str
    value: str | None

    @property
    def is_day(self) -> bool:
        """Whether the value is a day."""
        return self.column in DAYS

    @property
    def shown(self) -> str:
        """The value as people write it."""
        return day(self.value) if self.is_day else self.value or ""


def may_correct(datasette: Datasette, request: Request) -> bool:
    """Whether whoever asks may change facts."""
    allowed = (datasette.plugin_config(PLUGIN) or {}).get("corrections")
    actor = request.actor
    if actor and actor.get("id") == "root":
        return True
    return allowed is True or (isinstance(allowed, dict) and bool(actor_matches_allow(actor, allowed)))


def from_our_pages(request: Request) -> bool:
    """Whether a form was sent by a page of this site; programs (JSON) need no page, browsers cannot send it for others.

    Datasette checks the token of a form that comes with cookies. One without any is stopped here, since another
    site could have sent it.
    """
    headers = {key.lower(): value for key, value in request.headers.items()}
    origin = headers.get("origin")
    if origin and urlsplit(origin).netloc != headers.get("host"):
        return False
    return headers.get("content-type", "").startswith("application/json") or "ds_csrftoken" in request.cookies


def entries(table: str, row: Row, dispatch: Row | None) -> list[Entry]:
    """What may be changed in a fact: its values, or the field of the head that it is about."""
    if table == "header_fields" and dispatch:
        return [_of_head(dispatch, row["field"])]
    if table == "issues":
        lost = next((name for name in _LOST_FIELDS if row["code"].startswith(name.split("_")[0])), None)
        return [_of_head(dispatch, lost)] if lost and dispatch else []
    return [
        Entry(table, row["id"], column, label(column, table), None if row[column] is None else f"{row[column]}")
        for column in FIELDS[table]
    ]


def _of_head(dispatch: Row, column: str) -> Entry:
    return Entry("dispatches", dispatch["id"], column, label(column, "dispatches"), dispatch.get(column))


def read_value(entry: Entry, typed: str) -> str | float | None:
    """What was typed, as it is kept; None for nothing.

    >>> read_value(Entry("obligations", "o1", "due", "Hạn", None), " 5/12/2026 ")
    '2026-12-05'

    Raises:
        UnfitError: no day, no number, or too long.
    """
    bare = " ".join(typed.split())
    if not bare:
        return None
    if len(bare) > _LONGEST:
        raise UnfitError(f"{entry.title}: dài quá {_LONGEST} ký tự.")
    if entry.is_day:
        return _day(entry, bare)
    if entry.table == "targets" and entry.column in NUMBERS:
        try:
            return float(bare.replace(",", "."))
        except ValueError:
            raise UnfitError(f"{entry.title}: «{bare}» không phải là số.") from None
    return bare


def _day(entry: Entry, bare: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", bare)
    try:
        if found:
            return dt.date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return dt.date.fromisoformat(bare).isoformat()
    except ValueError:
        raise UnfitError(f"{entry.title}: «{bare}» không phải là ngày; ghi như 05/12/2026.") from None


def changes(held: list[Entry], typed: dict[str, str]) -> list[tuple[Entry, str | float | None]]:
    """The values that differ from what stands there.

    Raises:
        UnfitError: one of them cannot be taken.
    """
    read = [(entry, read_value(entry, typed[entry.column])) for entry in held if entry.column in typed]
    return [(entry, value) for entry, value in read if _text(value) != (entry.value or None)]


def _text(value: str | float | None) -> str | None:
    return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says of one fact."""

    by_whom: str
    note: str | None
    values: tuple[tuple[Entry, str | float | None], ...] = ()
    verdict: str | None = None
    withdraw: int | None = None


def keep(path: str, table: str, row: Row, said: Said) -> list[int]:
    """Store what was said; the numbers of the corrections made. Runs in a thread: it waits for other writers.

    Raises:
        StoreError: it cannot be stored; nothing is then.
    """
    now: dict[str, Any] = {"by_whom": said.by_whom, "at": dt.datetime.now().astimezone().isoformat(timespec="seconds")}
    with Store(path) as store, store.transaction():
        if said.withdraw is not None:
            store.withdraw(said.withdraw, **now)
            return []
        made = []
        for entry, value in said.values:
            made.append(store.correct(entry.table, entry.fact_id, entry.column, value, note=said.note, **now))
            if entry.table == "obligations" and entry.column == "due" and row["due_status"] != "dated" and value:
                made.append(store.correct(entry.table, entry.fact_id, "due_status", "dated", **now))
        if said.verdict in VERDICTS:
            made.append(store.correct(table, row["id"], "verdict", said.verdict, note=said.note, **now))
        answered = _answered(store, row, said)
        return made + [store.correct("issues", issue, "verdict", "right", note=said.note, **now) for issue in answered]


def _answered(store: Store, row: Row, said: Said) -> list[str]:
    """The open issues that a value typed into the head answers: an unread number, a missing day."""
    columns = {entry.column.split("_")[0] for entry, _ in said.values if entry.table == "dispatches"}
    found = store.all(
        "SELECT id, code FROM issues WHERE document_id = ? AND part = ? AND verdict IS NULL",
        row["document_id"],
        row["part"],
    )
    lost = ("unreadable", "doubtful", "missing", "no-month", "no-day", "blank")
    return [issue for issue, code in found if code.split("-")[0] in columns and code.endswith(lost)]
