"""The facts as an Excel workbook: one sheet a table, titles in Vietnamese, days as days, links to the evidence."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from web.words import label, title

Row = dict[str, Any]

SHEETS: dict[str, tuple[str, ...]] = {
    "obligations": (
        "lead", "task", "due", "deadline_text", "support", "result", "status", "needs_review", "quote", "page",
    ),
    "deadlines": (
        "due", "text", "what", "who", "kind", "rrule", "adjusted", "reckoning", "needs_review", "quote", "page",
    ),
    "targets": (
        "metric", "comparator", "value", "value_max", "unit", "by_date", "who", "needs_review", "quote", "page",
    ),
    "dispatches": (
        "number", "date", "doc_type", "issuer", "subject", "urgency", "signer_name", "signer_title", "addressees",
        "incoming_number", "incoming_date", "needs_review", "page",
    ),
    "citations": ("number", "doc_type", "issuer", "date", "relation", "article", "needs_review", "quote", "page"),
    "receipts": ("at", "name", "outcome", "reason", "next_step"),
}  # fmt: skip
"""Tables with the columns that people ask for."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LINK = Font(color="1F4E79", underline="single")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDE = {"task", "quote", "subject", "what", "text", "reason", "next_step", "addressees"}


def workbook(tables: Mapping[str, Sequence[Row]], base_url: str) -> bytes:
    """An .xlsx file; ``base_url`` leads to the site that shows the evidence."""
    book = Workbook()
    book.remove(book.active)
    for table, columns in SHEETS.items():
        sheet = book.create_sheet(title(table))
        linked = table != "receipts"
        sheet.append([label(column, table) for column in columns] + (["Xem trên giấy"] if linked else []))
        # Numbered here: a sheet that is asked for its last row looks at every cell.
        for number, row in enumerate(tables[table], 2):
            sheet.append([cell(row[column]) for column in columns])
            if linked:
                link = sheet.cell(number, len(columns) + 1, "mở")
                link.hyperlink = f"{base_url}/van-ban/{row['document_id']}#{row['id']}"
                link.font = _LINK
        _dress(sheet, columns)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def cell(value: Any) -> Any:  # noqa: ANN401 - what a sheet's cell takes
    """A stored value as a sheet shows it: days as days."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return dt.date.fromisoformat(value)
    return value


def _dress(sheet: Any, columns: tuple[str, ...]) -> None:  # noqa: ANN401 - openpyxl has no types
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = 48 if column in _WIDE else 18
    for head in sheet[1]:
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="1F3B57")
    for line in sheet.iter_rows(min_row=2):
        for held in line:
            held.alignment = _WRAPPED
            if isinstance(held.value, dt.date):
                held.number_format = "DD/MM/YYYY"
            elif held.data_type == "f":
                held.data_type = "s"  # text of a document is never a formula
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
