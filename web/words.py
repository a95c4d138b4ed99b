"""Vietnamese for people: titles of columns, days, how long until then."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from web.settings import DEFAULT_DATABASE, packaged_metadata

EXTRA_LABELS = {
    "kind": "Loại",
    "unit": "Đơn vị",
    "document": "Văn bản",
    "title": "Tên",
    "documents": "Số tệp",
    "year": "Năm",
    "reason": "Lý do",
    "role": "Vai trò",
    "alternatives": "Cách đọc khác",
    "next_step": "Làm gì",
    "weight": "Thiệt hại",
    "fact_table": "Bảng",
}
"""Titles of columns that only queries have, or that mean several things."""

LOOKUPS = {
    "exact": "=", "not": "≠", "contains": "chứa", "endswith": "kết thúc bằng", "startswith": "bắt đầu bằng",
    "gt": ">", "gte": "≥", "lt": "<", "lte": "≤", "like": "giống mẫu", "notlike": "không giống mẫu",
    "glob": "khớp mẫu", "in": "là một trong", "notin": "không là một trong", "arraycontains": "danh sách có",
    "arraynotcontains": "danh sách không có", "date": "vào ngày", "isnull": "trống", "notnull": "không trống",
    "isblank": "để trắng", "notblank": "không để trắng",
}  # fmt: skip

PROBLEMS = {
    "Database not found": "Địa chỉ này không dẫn tới trang nào.",
    "Table not found": "Không có bảng này.",
    "Record not found": "Không có dòng này; có thể nó đã được đọc lại và mang mã khác.",
    "Statement must be a SELECT": "Chỉ chạy được câu SELECT: trang này chỉ để xem.",
    "You can only execute one statement at a time.": "Mỗi lần chỉ chạy được một câu SQL.",
    "SQL Interrupted": "Câu hỏi này chạy quá lâu nên đã dừng. Hãy lọc bớt, hoặc hỏi hẹp hơn.",
    "Invalid SQL": "Câu SQL không chạy được",
    "Permission denied": "Không được phép xem trang này.",
}
"""What Datasette says in English when a page cannot be shown."""


@cache
def labels() -> dict[str, str]:
    """Column name → title, from the descriptions «nhãn: giải thích» of the metadata; the first table wins."""
    found: dict[str, str] = {}
    for table in packaged_metadata()["databases"][DEFAULT_DATABASE]["tables"].values():
        for column, said in table["columns"].items():
            found.setdefault(column, said.split(":")[0])
    return found | EXTRA_LABELS


def label(column: str, table: str | None = None) -> str:
    """The title of a column, the one of its table first; the name itself where there is none.

    >>> label("due")
    'Hạn'
    """
    tables = packaged_metadata()["databases"][DEFAULT_DATABASE]["tables"]
    own = tables.get(table or "", {}).get("columns", {}).get(column)
    return own.split(":")[0] if own else labels().get(column, column)


def title(table: str) -> str:
    """The title of a table or view."""
    tables = packaged_metadata()["databases"][DEFAULT_DATABASE]["tables"]
    return str(tables.get(table, {}).get("title", table))


def ordered(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tables (each with its ``name``) in the order of the metadata: what people ask for first, first."""
    known = list(packaged_metadata()["databases"][DEFAULT_DATABASE]["tables"])
    return sorted(tables, key=lambda table: known.index(table["name"]) if table["name"] in known else len(known))


def lookup(key: str, display: str) -> str:
    """A filter's comparison in Vietnamese."""
    return LOOKUPS.get(key, display)


def problem(message: str, title: str | None = None) -> str:
    """Why a page cannot be shown; what is not known here stays as Datasette or SQLite said it.

    >>> problem("Table not found"), problem("no such column: x", "Invalid SQL")
    ('Không có bảng này.', 'Câu SQL không chạy được: no such column: x')
    """
    if title == "SQL Interrupted":
        return PROBLEMS[title]
    said = PROBLEMS.get(str(message), str(message))
    return f"{PROBLEMS[title]}: {said}" if title in PROBLEMS else said


def day(iso: str | None) -> str:
    """An ISO day, or the day of an ISO time, as people write it; anything else as it is.

    >>> day("2026-12-05"), day("2026-12-05T08:30:00+07:00"), day(None)
    ('05/12/2026', '05/12/2026 08:30', '')
    """
    if not iso:
        return ""
    try:
        parsed = dt.datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return parsed.strftime("%d/%m/%Y" if len(iso) == len("2026-12-05") else "%d/%m/%Y %H:%M")


def until(iso: str, today: str) -> str:
    """How far a day is, in words.

    >>> until("2026-12-05", "2026-12-01"), until("2026-11-30", "2026-12-01"), until("2026-12-01", "2026-12-01")
    ('còn 4 ngày', 'quá 1 ngày', 'hôm nay')
    """
    days = (dt.date.fromisoformat(iso) - dt.date.fromisoformat(today)).days
    if days == 0:
        return "hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá {-days} ngày"


def urgency(iso: str | None, today: str) -> str:
    """How a day should look: «late», «soon» (a week), «later», or nothing.

    >>> urgency("2026-12-05", "2026-12-01"), urgency(None, "2026-12-01")
    ('soon', '')
    """
    if not iso:
        return ""
    days = (dt.date.fromisoformat(iso) - dt.date.fromisoformat(today)).days
    return "late" if days < 0 else "soon" if days <= 7 else "later"
