"""What is exported: the official registers, a workbook with everything, a calendar of what is due.

Columns and titles of the registers are those of Phụ lục IV of Nghị định 30/2020/NĐ-CP. What the dispatch does
not say stays empty; what a person has not confirmed is marked, never smoothed over.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from db.store import Store

    Row = dict[str, Any]
    Cells = list[Any]

DOUBT: Final = "cần xem lại"

INCOMING: Final = (
    ("Ngày đến", 12), ("Số đến", 9), ("Tác giả", 26), ("Số, ký hiệu", 18), ("Ngày tháng", 12),
    ("Tên loại và trích yếu nội dung", 48), ("Đơn vị hoặc người nhận", 26), ("Ngày chuyển", 12), ("Ký nhận", 12),
    ("Ghi chú", 28),
)  # fmt: skip
"""Sổ đăng ký văn bản đến: column titles with widths in characters."""

FOLLOW_UP: Final = (
    ("Số đến", 9), ("Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản", 48), ("Đơn vị hoặc người nhận", 32),
    ("Thời hạn giải quyết", 20), ("Tiến độ giải quyết", 20), ("Số, ký hiệu văn bản trả lời", 20), ("Ghi chú", 28),
)  # fmt: skip
"""Sổ theo dõi giải quyết văn bản đến."""

_DISPATCHES: Final = """
SELECT p.*, d.received_at FROM dispatches p JOIN documents d ON d.id = p.document_id
WHERE p.kind = 'dispatch' AND p.draft = 0 AND NOT (p.part > 1 AND p.relation_to_previous IS NOT NULL)
ORDER BY coalesce(p.incoming_date, d.received_at), p.incoming_number, d.received_at, p.document_id, p.part
"""
_DUTIES: Final = """
SELECT lead, due, deadline_text, status FROM obligations WHERE document_id = ? AND part = ? AND tier = 'core'
ORDER BY due IS NULL, due, span_start
"""


def registers(store: Store) -> Workbook:
    """Both registers of incoming dispatches, a sheet each, ready to print on A4 across.

    A letter attached to another is no arrival of its own; drafts are left out.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    dispatches = store.dicts(_DISPATCHES)
    _register(book, "Sổ đăng ký văn bản đến", INCOMING, (incoming_row(row) for row in dispatches))
    _register(book, "Sổ theo dõi giải quyết", FOLLOW_UP, (_follow_up(store, row) for row in dispatches))
    return book


def incoming_row(row: Row) -> Cells:
    """One line of the register of incoming dispatches, in the order of `INCOMING`."""
    kind_and_subject = " ".join(part for part in (_upper_first(row["doc_type"]), row["subject"]) if part)
    return [
        vietnamese(row["incoming_date"]), row["incoming_number"], row["issuer"], row["number"],
        vietnamese(row["date"]), kind_and_subject, row["addressees"], None, None, _note(row),
    ]  # fmt: skip


def _follow_up(store: Store, row: Row) -> Cells:
    duties = store.dicts(_DUTIES, row["document_id"], row["part"])
    leads = dict.fromkeys(name for duty in duties for name in (duty["lead"] or "").split("; ") if name)
    dues = dict.fromkeys(vietnamese(duty["due"]) or duty["deadline_text"] or "" for duty in duties)
    name = " ".join(part for part in (_upper_first(row["doc_type"]), row["number"]) if part)
    if row["date"]:
        name += f" ngày {vietnamese(row['date'])}"
    if row["issuer"]:
        name += f" của {row['issuer']}"
    states = dict.fromkeys(duty["status"] for duty in duties)
    return [
        row["incoming_number"], name, "; ".join(leads), "; ".join(due for due in dues if due),
        "; ".join(states), None, _note(row),
    ]  # fmt: skip


def everything(store: Store, site: str) -> bytes:
    """A workbook with a sheet for each kind of fact; ``site`` is where its links lead."""
    from web.workbook import SHEETS, workbook

    return workbook({table: store.dicts(f"SELECT * FROM {table}") for table in SHEETS}, site)  # noqa: S608 - our names


def agenda(store: Store, site: str, *, unit: str | None = None, since: dt.date | None = None) -> bytes:
    """The calendar of what is due; of one ``unit`` (marks and case aside), ``since`` a day, where asked for."""
    from normalize.fold import fold
    from web.feed import ENTRIES, calendar

    wanted = fold(unit or "").lower()
    least = since.isoformat() if since else ""
    rows = store.dicts(ENTRIES)
    return calendar(
        (
            row
            for row in rows
            if wanted in fold(row["unit"] or "").lower() and (row["rrule"] or (row["due"] or "") >= least)
        ),
        site,
    )


def _register(book: Workbook, title: str, columns: tuple[tuple[str, int], ...], rows: Iterable[Cells]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet = book.create_sheet(title)
    line = Side(style="thin")
    sheet.append([name for name, _ in columns])
    sheet.append([f"({number})" for number in range(1, len(columns) + 1)])
    for cells in rows:
        _append(sheet, cells)
    for number, row in enumerate(sheet.iter_rows(), 1):
        head = number <= 2
        for cell in row:
            cell.font = Font(name="Times New Roman", size=12, bold=number == 1, italic=number == 2)
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if head else None)
        if not head and DOUBT in str(row[-1].value or ""):
            row[-1].fill = PatternFill("solid", fgColor="FFF2CC")
    _print_setup(sheet, title, [width for _, width in columns])


def _append(sheet: Worksheet, cells: Cells) -> None:
    """Add a row; text that begins like a formula stays text (a dispatch must not compute on somebody's machine)."""
    sheet.append([_printable(cell) if isinstance(cell, str) else cell for cell in cells])
    for cell in sheet[sheet.max_row]:
        if cell.data_type == "f":
            cell.data_type = "s"


def _printable(text: str) -> str:
    """Without the control characters that a sheet cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter == "\n")


def _print_setup(sheet: Worksheet, title: str, widths: list[int]) -> None:
    from openpyxl.utils import get_column_letter

    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.center.text = title.upper()
    sheet.oddFooter.center.text = "&P/&N"


def vietnamese(day: str | None) -> str | None:
    """An ISO day as it is written here.

    >>> vietnamese("2026-03-09")
    '09/3/2026'
    """
    if day is None:
        return None
    year, month, date = day.split("-")
    # The decree writes a 0 before days below 10 and before the months 1 and 2.
    return f"{date}/{month if month in {'01', '02'} else month.lstrip('0')}/{year}"


def _note(row: Row) -> str | None:
    notes = [DOUBT] if row["needs_review"] else []
    if not row["incoming_date"]:
        notes.append(f"không thấy dấu đến; nhập {vietnamese(row['received_at'][:10])}")
    return "; ".join(notes) or None


def _upper_first(text: str | None) -> str | None:
    return text[:1].upper() + text[1:] if text else None


def save(book: Workbook) -> bytes:
    """A workbook as the bytes of an .xlsx file."""
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
