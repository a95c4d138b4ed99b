"""What can go wrong with the database, said to a clerk."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from corpus.errors import CongvanError

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(CongvanError):
    """The database cannot be used (not a database, no write access, damaged)."""

    exit_code = 12
    default_remedy = "Kiểm tra đường dẫn và quyền ghi của tệp cơ sở dữ liệu (--db), rồi chạy lại."


class StoreBusyError(StoreError):
    """Another program holds the write lock for too long (database is locked)."""

    exit_code = 10
    default_remedy = "Đợi lượt nhập khác xong, hoặc đóng chương trình đang mở tệp này, rồi chạy lại."


class StoreFullError(StoreError):
    """Nothing more can be written (disk full or I/O error); the transaction was undone."""

    exit_code = 11
    default_remedy = "Giải phóng dung lượng ổ đĩa rồi chạy lại; dữ liệu đã lưu trước đó vẫn nguyên vẹn."


def explained(error: sqlite3.Error, path: Path) -> StoreError:
    """The error of SQLite as one that says what happened and what to do."""
    said = str(error).lower()
    if "locked" in said or "busy" in said:
        return StoreBusyError(f"Cơ sở dữ liệu {path.name} đang bị chương trình khác giữ.")
    if "full" in said or "disk i/o" in said:
        return StoreFullError(f"Không ghi được vào {path.name}: ổ đĩa đầy hoặc bị lỗi.")
    if "readonly" in said or "unable to open" in said:
        return StoreError(f"Không mở hoặc không ghi được tệp {path}.")
    if "not a database" in said or "malformed" in said:
        return StoreError(f"{path.name} không phải là cơ sở dữ liệu SQLite hoặc đã hỏng.")
    return StoreError(f"Lỗi cơ sở dữ liệu {path.name}: {error}")
