"""How single values look in Datasette's tables: evidence as a link, days as days, codes in Vietnamese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import markupsafe

from db.migrations import LABELS
from web.words import day

if TYPE_CHECKING:
    from datasette.app import Datasette

TELLING = ("task", "text", "metric", "reason", "subject")
"""Columns that say what the quotation says; beside them the link is short and the quotation its tooltip."""
QUOTED, NAMED = 120, 80
"""Characters of a quotation, and of a document's name, that a table shows."""

CLAMPED = 140
"""Characters from which a cell shows its first lines only, until it is pointed at."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")
CODES = {
    "role": {"lead": "chủ trì", "support": "phối hợp"},
    "source": {"file": "tệp chữ", "text-layer": "lớp chữ PDF", "ocr": "nhận dạng", "both": "cả hai"},
    "kind": {
        "task": "nhiệm vụ", "deadline": "thời hạn", **dict(LABELS["part_kinds"]), **dict(LABELS["deadline_kinds"]),
    },
    "due_status": dict(LABELS["due_statuses"]),
    "operator": dict(LABELS["operators"]),
    "outcome": dict(LABELS["outcomes"]),
    "tier": dict(LABELS["tiers"]),
    "field": dict(LABELS["fields"]),
    "verdict": {"right": "đúng", "wrong": "không phải", "unsure": "chưa chắc"},
}  # fmt: skip
"""Labels of codes by column."""
FLAGS = {
    "needs_review": "cần xem",
    "exclusive": "trước ngày",
    "draft": "dự thảo",
    "unread": "chưa đọc hết",
    "retry": "sẽ thử lại",
}


def shown(datasette: Datasette, row: Any, column: str, value: Any) -> markupsafe.Markup | None:  # noqa: ANN401 - SQLite's
    """The value as HTML, or None where Datasette's own way will do."""
    if column in CODES:
        code = _bare(value)
        said = CODES[column].get(code)
        return markupsafe.Markup("<span title='{}'>{}</span>").format(code, said) if said else None
    if column in {"quote", "document_id", "document"}:
        return _evidence(datasette, row, column, value)
    if column in FLAGS:
        return _flag(column, value)
    if column == "confidence" and isinstance(value, float):
        return markupsafe.Markup("{} %").format(round(100 * value))
    if isinstance(value, str) and len(value) > CLAMPED and "\n" not in value:
        return markupsafe.Markup("<div class='cv-clamp' tabindex='0'>{}</div>").format(value)
    if isinstance(value, str) and _DAY.fullmatch(value):
        return markupsafe.Markup("<time datetime='{}'>{}</time>").format(value, day(value))
    return None


def _flag(column: str, value: Any) -> markupsafe.Markup | None:  # noqa: ANN401 - SQLite's
    if value in (0, "0"):
        return markupsafe.Markup("<span class='cv-quiet'>–</span>")
    return markupsafe.Markup("<span class='cv-badge cv-{}'>{}</span>").format(column, FLAGS[column]) if value else None


def _evidence(datasette: Datasette, row: Any, column: str, value: Any) -> markupsafe.Markup | None:  # noqa: ANN401
    """A link to the place on the page, or from ``document_id`` to the document."""
    held = {name: _bare(row[name]) for name in _names(row)}
    document, fact = held.get("document_id"), held.get("id") or held.get("obligation_id")
    if not document:
        return None
    address = datasette.urls.path(f"/van-ban/{document}")
    if column != "quote":
        said = value["label"] if isinstance(value, dict) else value if column == "document" else f"{document[:12]}…"
        return markupsafe.Markup("<a href='{}' title='{}'>{}</a>").format(address, said, _short(str(said), NAMED))
    where = (
        markupsafe.Markup(" <span class='cv-where'>tr.&nbsp;{}</span>").format(held["page"]) if held.get("page") else ""
    )
    if any(held.get(column) for column in TELLING):
        return markupsafe.Markup(
            "<a class='cv-evidence cv-short' href='{}{}' title='{}'>tr.&nbsp;{}&nbsp;▸&nbsp;xem</a>"
        ).format(address, f"#{fact}" if fact else "", value, held.get("page"))
    said = str(value or "xem trên giấy")
    anchor = f"#{fact}" if fact else ""
    return markupsafe.Markup("<a class='cv-evidence' href='{}{}' title='Xem trên ảnh trang'>{}</a>{}").format(
        address, anchor, _short(said, QUOTED), where
    )


def _short(said: str, most: int) -> str:
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"


def _names(row: Any) -> list[str]:  # noqa: ANN401 - a sqlite3.Row or Datasette's own
    return list(getattr(row, "columns", None) or row.keys())


def _bare(value: Any) -> Any:  # noqa: ANN401 - SQLite's
    return value["value"] if isinstance(value, dict) else value
