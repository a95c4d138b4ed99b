"""What the columns of a task table are for, by the words of their headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from extract.obligations.grids import Grid
from normalize.fold import fold

Role = Literal["index", "task", "lead", "support", "both", "result", "time", "note", "other"]

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("index", re.compile(r"(?:tt|stt|so tt|s\.? ?t\.? ?t|so thu tu|tt\.|muc so|muc|no)$")),
    (
        "other",
        re.compile(
            r"(?:lanh dao|pho chu tich|chu tich|uy vien|pho giam doc|nguoi chi dao).{0,40}"
            r"(?:chi dao|phu trach|theo doi)|"
            r"(?:don vi|co quan|cap|bo phan|tham quyen|noi|cho).{0,12}"
            r"(?:tham dinh|tham tra|ban hanh|trinh ky|theo doi|don doc|giam sat|phe duyet|quyet dinh|thong qua|nhan)|"
            r"cap trinh|tham quyen|(?:thoi gian |ngay )?bat dau|ngay (?:giao|ban hanh|nhan|ky|sinh|cap)\b|"
            r"van ban (?:giao|can cu|chi dao|lien quan)"
        ),
    ),
    (
        "time",
        re.compile(
            r"(?:du kien |thoi gian,? )?(?:(?:moc )?thoi (?:gian|han|diem)|tien do|lo trinh|(?:ky |thoi )?han "
            r"(?:hoan|nop|xu|bao|gui|cuoi|thuc|giai)|ky (?:han|bao cao)|tan suat|thoi ky|han$|ngay |"
            r"(?:du kien )?(?:hoan thanh|ket thuc)|"
            r"ngay$|(?:nam|thang|quy) (?:thuc hien|hoan thanh|trinh|ban hanh))"
        ),
    ),
    ("note", re.compile(r"ghi chu")),
    ("other", re.compile(r"(?:kinh phi|can cu|co so phap ly|ma so|ma ttht|phi, le phi|dia diem|cach thuc|nguon)")),
    (
        "result",
        re.compile(
            r"(?:du kien |ten |loai )?(?:ket qua|san pham|dau ra|hinh thuc|loai van ban|"
            r"ho so cong viec|muc tieu|chi tieu|yeu cau)"
        ),
    ),
    (
        "task",
        re.compile(
            r"(?:ten |cac |danh muc |nhom |chi tiet |(?:tien|quy) trinh |buoc )*"
            r"(?:noi dung|nhiem vu|cong viec|dau viec|hoat dong|giai phap|"
            r"viec (?:can|phai|duoc)|linh vuc cong viec|de an|du an|nhom nhiem vu|hang muc|bao cao|van ban|kien nghi|"
            r"nhung viec|cong tac)"
        ),
    ),
    (
        "both",
        re.compile(
            r"(?=.*chu tri|.*thuc hien.*phoi hop)(?=.*phoi hop)"
            r"(?:don vi|co quan|phan cong|trach nhiem|bo phan|to chuc|chu tri)"
        ),
    ),
    ("support", re.compile(r"(?:.{0,30}\b)?phoi hop")),
    (
        "lead",
        re.compile(
            r"(?:.{0,40}\b)?(?:chu tri|chiu trach nhiem|phu trach|dau moi|(?:co quan|don vi|bo phan|phong|ca nhan|"
            r"nguoi|to chuc|phan cong|trach nhiem).{0,20}(?:thuc hien|tham muu|trinh|thuc thi|xay dung|soan thao)|"
            r"(?:don vi|co quan|phan cong|don vi, ca nhan|co quan, don vi|noi thuc hien|nguoi thuc hien|thuc hien|"
            r"trach nhiem)$|don vi duoc|co quan duoc)"
        ),
    ),
)
_NUMBERED = re.compile(r"\d{1,3}\.?")
_PARTS = re.compile(r"[/(]")
_STANDING = re.compile(r"thu tuc hanh chinh|ma (?:so )?tthc|le phi|cach thuc thuc hien", re.IGNORECASE)
_LONGEST_HEADER = 100
_LONGEST_BELOW = 40
_LAST_HEADER = 4


def role_of(header: str) -> Role | None:
    """What a column with this header is for; None where the words are no column header.

    >>> role_of("Đơn vị chủ trì"), role_of("Thời gian thực hiện"), role_of("STT")
    ('lead', 'time', 'index')
    """
    if len(header) > _LONGEST_HEADER:
        return None
    text = fold(" ".join(header.split())).casefold().strip(" .:*/()")
    for part in (text, *_PARTS.split(text)[1:]):
        role = next((role for role, pattern in _ROLES if pattern.match(part.strip())), None)
        if role:
            return role
    return None


def header_of(grid: Grid) -> tuple[int, dict[int, Role]]:
    """How many rows the header has, and the role of each column; no roles where there is no header."""
    for row in range(min(_LAST_HEADER, grid.rows)):
        if _NUMBERED.fullmatch(grid.text(row, 0)):  # the words of a task may sound like a header
            return 0, {}
        roles = _roles(grid, row, {})
        if len(set(roles.values())) < 2:
            continue
        first = row + 1
        while first < min(row + _LAST_HEADER, grid.rows) and _is_below(grid, first):
            roles = _roles(grid, first, roles)
            first += 1
        if first < grid.rows and _is_count(grid, first):
            first += 1
        return first, roles
    return 0, {}


def _roles(grid: Grid, row: int, above: Mapping[int, Role]) -> dict[int, Role]:
    """The roles that a header's row gives, by its own words, by all words down to it, or by the row above."""
    roles: dict[int, Role] = {}
    for column in range(grid.columns):
        whole = " ".join(dict.fromkeys(text for top in range(row + 1) if (text := grid.text(top, column))))
        role = role_of(grid.text(row, column)) or role_of(whole) or above.get(column)
        if role:
            roles[column] = role
    return roles


def _is_below(grid: Grid, row: int) -> bool:
    """Whether a row goes on with the header: «Chủ trì», «Phối hợp» below «Đơn vị thực hiện»."""
    own = grid.own(row)
    if not own or any(len(grid.text(row, cell.column)) > _LONGEST_BELOW for cell in own):
        return False
    named = [role_of(grid.text(row, cell.column)) for cell in own]
    merged = any(cell.row < row for cell in grid.filled(row))
    below = all((over := grid.at.get((row - 1, cell.column))) and over.column_span > 1 for cell in own)
    return all(named) or (merged and below and any(named))


def _is_count(grid: Grid, row: int) -> bool:
    """Whether the row only numbers the columns: «(1) (2) (3)», «A B 1 2»."""
    texts = [text for column in range(grid.columns) if (text := grid.text(row, column).strip("() .[]"))]
    letters = [text for text in texts if text in ("A", "B", "C")]
    numbers = [text.split("=")[0].strip("() ") for text in texts[len(letters) :]]
    return len(texts) > 1 and numbers == [str(number + 1) for number in range(len(numbers))]


def is_task_table(grid: Grid, roles: Mapping[int, Role], first: int) -> bool:
    """Whether the columns say who does what or by when; lists of administrative procedures do not."""
    kinds = set(roles.values())
    told = ("task" in kinds and bool(kinds & {"lead", "both", "time"})) or {"lead", "time"} <= kinds
    return told and not _STANDING.search(fold(grid.head(first)))
