"""The database's history: each step is one plain statement, never changed after it was released.

``tests/db/schema.sql`` shows the sum. Codes (outcome, kind, tier …) are English words whose Vietnamese label
stands in a table of its own, so that Datasette shows labels and programs read codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from db.changes import CHANGES
from db.schema import TABLES
from db.views import VIEWS

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("congvan")

LABELS: dict[str, tuple[tuple[str, str], ...]] = {
    "outcomes": (
        ("done", "xong"),
        ("review", "cần xem"),
        ("duplicate", "trùng"),
        ("failed", "hỏng"),
        ("locked", "có mật khẩu"),
        ("secret", "văn bản mật"),
        ("unsupported", "không hỗ trợ"),
    ),
    "part_kinds": (
        ("dispatch", "văn bản"),
        ("annex", "phụ lục"),
        ("slip", "phiếu xử lý"),
        ("form", "biểu mẫu"),
        ("draft", "dự thảo"),
        ("other", "khác"),
    ),
    "deadline_kinds": (
        ("date", "ngày cụ thể"),
        ("month", "trong tháng"),
        ("quarter", "trong quý"),
        ("year", "trong năm"),
        ("range", "khoảng thời gian"),
        ("recurring", "định kỳ"),
        ("ongoing", "thường xuyên"),
        ("relative", "kể từ một mốc"),
        ("conditional", "theo điều kiện"),
    ),
    "due_statuses": (
        ("dated", "có ngày"),
        ("recurring", "định kỳ"),
        ("ongoing", "thường xuyên"),
        ("relative", "kể từ một mốc"),
        ("conditional", "theo điều kiện"),
        ("unresolved", "có nêu, chưa tính ra ngày"),
        ("none", "không nêu thời hạn"),
    ),
    "operators": (
        ("before", "trước"),
        ("on-or-before", "chậm nhất"),
        ("at", "vào"),
        ("from", "từ"),
        ("range", "trong khoảng"),
        ("recurring", "định kỳ"),
        ("ongoing", "thường xuyên"),
        ("relative", "kể từ một mốc"),
        ("conditional", "theo điều kiện"),
    ),
    "fields": (
        ("doc_type", "loại văn bản"),
        ("number", "số, ký hiệu"),
        ("issuer", "cơ quan ban hành"),
        ("parent_issuer", "cơ quan cấp trên"),
        ("place", "nơi ban hành"),
        ("date", "ngày ban hành"),
        ("subject", "trích yếu"),
        ("urgency", "độ khẩn"),
        ("secrecy", "độ mật"),
        ("signer_name", "người ký"),
        ("signer_title", "chức vụ người ký"),
        ("signing_authority", "thể thức ký"),
        ("addressees", "kính gửi"),
        ("distribution", "nơi nhận"),
        ("incoming_number", "số đến"),
        ("incoming_date", "ngày đến"),
        ("relation_to_previous", "quan hệ với phần trước"),
        ("issuers", "các cơ quan ban hành"),
        ("signers", "những người ký"),
        ("number_printed", "số như in"),
        ("date_printed", "ngày như in"),
        ("draft", "dự thảo"),
        ("kind", "vai trò trong tệp"),
    ),
    "tiers": (
        ("core", "nhiệm vụ"),
        ("organisation", "tổ chức thực hiện"),
        ("general", "quy định chung"),
    ),
}
"""The codes of each label table, in the order in which people want to read them."""

_LABEL_TABLE = "CREATE TABLE {} (\n  id TEXT PRIMARY KEY,\n  label TEXT NOT NULL,\n  rank INTEGER NOT NULL\n) STRICT"


def _step(name: str, statement: str) -> None:
    def run(db: Database) -> None:
        db.conn.execute(statement)

    migrations(name=name)(run)


def _labels(table: str, rows: tuple[tuple[str, str], ...]) -> None:
    def run(db: Database) -> None:
        ranked = [(code, label, rank) for rank, (code, label) in enumerate(rows)]
        db.conn.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", ranked)  # noqa: S608

    migrations(name=f"{table} labels")(run)


for _name, _rows in LABELS.items():
    _step(_name, _LABEL_TABLE.format(_name))
    _labels(_name, _rows)
for _statement in (*TABLES, *VIEWS, *CHANGES):
    _step(_statement.split("(")[0].split(" AS")[0].removeprefix("CREATE ").lower(), _statement)
