"""What a file is, by its content; the name's ending is never asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from corpus.errors import DamagedError, UnsupportedError
from ocr.files.text import wide_encoding

if TYPE_CHECKING:
    from pathlib import Path

FileKind = Literal["pdf", "image", "text"]

_HEAD = 8192
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"BM", b"GIF8")
_OFFICE = (
    (b"PK\x03\x04", "tệp nén hoặc tài liệu Office (DOCX, XLSX, ZIP)"),
    (b"\xd0\xcf\x11\xe0", "tài liệu Office cũ (DOC, XLS)"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"{\\rtf", "tài liệu RTF"),
    (b"%!PS", "tệp PostScript"),
)
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


def sniff(path: Path) -> FileKind:
    """The kind of a file.

    Raises:
        DamagedError: the file is empty.
        UnsupportedError: its content is of a kind that is not read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\x00 \t\r\n"):
        raise DamagedError(f"Tệp {path.name} rỗng.", remedy="Xuất hoặc quét lại rồi thả lại.")
    if b"%PDF-" in head[:1100]:
        return "pdf"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    for magic, name in _OFFICE:
        if head.startswith(magic):
            raise UnsupportedError(f"{path.name} là {name}, congvan không đọc loại này.")
    if looks_like_text(head):
        return "text"
    raise UnsupportedError(f"Không nhận ra nội dung của {path.name}: không phải PDF, ảnh hay văn bản thuần.")


def looks_like_text(head: bytes) -> bool:
    r"""Whether bytes can be text: of UTF-16, or free of control characters.

    >>> looks_like_text("Kính gửi".encode()), looks_like_text(b"\x7fELF\x02\x01\x00\x00\x00\x03")
    (True, False)
    """
    if wide_encoding(head):
        return True
    return sum(byte in _CONTROL for byte in head) <= len(head) // 500
