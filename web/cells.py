"""How single values look in Datasette's tables: evidence as a link, days as days, codes in Vietnamese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import markupsafe

from db.migrations import LABELS
from web.words import day, title

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
        "national-motto": "quốc hiệu, tiêu ngữ", "issuer": "cơ quan ban hành", "number": "số, ký hiệu",
        "place-date": "địa danh, ngày", "title": "tên loại", "subject": "trích yếu", "addressees": "kính gửi",
        "authority": "thẩm quyền ban hành", "basis": "căn cứ", "body": "nội dung", "signature": "phần ký",
        "distribution": "nơi nhận", "annex-title": "tiêu đề phụ lục", "furniture": "số trang, đầu trang",
        "mark": "dấu mức độ", "stamp": "dấu đến", "document": "văn bản",
    },
    "due_status": dict(LABELS["due_statuses"]),
    "operator": dict(LABELS["operators"]),
    "outcome": dict(LABELS["outcomes"]),
    "tier": dict(LABELS["tiers"]),
    "field": dict(LABELS["fields"]),
    "code": {
        "number-unreadable": "số văn bản không đọc được", "number-doubtful": "số văn bản chưa chắc",
        "number-missing": "không thấy số văn bản", "number-blank": "số văn bản để trống",
        "number-order": "số văn bản không theo thứ tự", "same-dispatch": "trùng số, ký hiệu với tệp khác",
        "date-unreadable": "ngày ban hành không đọc được", "date-doubtful": "ngày ban hành chưa chắc",
        "date-missing": "không thấy ngày ban hành", "date-blank": "ngày ban hành để trống",
        "date-no-day": "ngày ban hành thiếu ngày", "date-no-month": "ngày ban hành thiếu tháng",
        "date-disagrees": "ngày ban hành ghi khác nhau", "date-witness": "ngày ban hành khác chữ ký số",
        "issuer-missing": "không thấy cơ quan ban hành", "issuer-witness": "cơ quan ban hành khác chữ ký số",
        "signer-missing": "không thấy tên người ký", "signer-witness": "người ký khác chữ ký số",
        "signature-missing": "không thấy phần ký", "signature-broken": "chữ ký số không khớp",
        "incoming-doubtful": "dấu đến chưa chắc", "secrecy": "dấu độ mật", "secrecy-doubtful": "dấu độ mật chưa chắc",
        "deadline-odd": "thời hạn lạ", "weekday-differs": "thứ và ngày không khớp",
        "citation-unclear": "viện dẫn chưa rõ", "citation-dates-differ": "viện dẫn ghi ngày khác nhau",
        "citation-numbers-alike": "viện dẫn số gần giống nhau", "sequence-differs": "số không theo dãy",
        "figures-disputed": "chữ số có hai cách đọc", "figures-unclear": "chữ số lẫn chữ cái",
        "page-unread": "trang có chỗ chưa đọc được", "draft": "bản dự thảo",
    },
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


def facet_said(label: object, column: str) -> str:
    """A facet's value for people: codes by their labels, flags as yes and no.

    >>> facet_said("none", "due_status"), facet_said(1, "needs_review"), facet_said(None, "unit")
    ('không nêu thời hạn', 'có', '(trống)')
    """
    said = "" if label is None else str(label)
    if column in {*FLAGS, "cited_sure"}:
        return {"0": "không", "1": "có"}.get(said, said)
    if column == "fact_table" and said:
        return title(said)
    return CODES.get(column, {}).get(said, said) or "(trống)"


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
