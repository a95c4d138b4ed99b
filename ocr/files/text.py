"""Text files: decoded, otherwise kept verbatim, line for line."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from corpus.errors import DamagedError
from corpus.layout import Line, Page, Word

if TYPE_CHECKING:
    from pathlib import Path

_TOKEN = re.compile(r"\S+")


def pages_of_text(path: Path) -> tuple[Page, ...]:
    """The pages of a text file, split at form feeds; lines are verbatim, words have no boxes.

    Raises:
        DamagedError: the bytes belong to no encoding that is known.
    """
    text, encoding = decode(path.read_bytes(), path.name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reason = f"Tệp văn bản, bảng mã {encoding}."
    return tuple(
        Page(number, 0.0, 0.0, tuple(map(_line, page.split("\n"))), reason=reason)
        for number, page in enumerate(text.split("\f"), 1)
    )


def decode(data: bytes, name: str) -> tuple[str, str]:
    """``(text, encoding's name)`` of a file's bytes.

    UTF-8 and UTF-16 first; what is neither is taken as single bytes. Files of the TCVN3 and VNI kind hold such
    bytes; their letters come out as Latin-1, and ``normalize`` restores them.

    Raises:
        DamagedError: UTF-16 that breaks off or holds what is no character.

    >>> decode("Số: 12/KH".encode("utf-16"), "a.txt")
    ('Số: 12/KH', 'utf-16')
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    wide = wide_encoding(data)
    if wide is not None:
        try:
            return data.decode(wide), wide
        except UnicodeDecodeError as error:
            raise DamagedError(f"Tệp {name} có phần không giải mã được theo {wide}.") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _single_bytes(data)


def wide_encoding(head: bytes) -> str | None:
    """The kind of UTF-16 that bytes are in, if they are: by their mark, or by what they say when decoded.

    >>> wide_encoding("Kính gửi".encode("utf-16-le")), wide_encoding("Kính gửi".encode())
    ('utf-16-le', None)
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = head[: min(len(head), 4096) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, errors="replace")
        if text and sum(map(_is_usual, text)) >= 0.95 * len(text):
            return encoding
    return None


def _is_usual(character: str) -> bool:
    """Whether Vietnamese or English text has this character; bytes taken for UTF-16 give Chinese and rarer signs."""
    return character in "\t\n\r\f" or " " <= character < "\u024f" or "\u1ea0" <= character <= "\u1ef9"


def _single_bytes(data: bytes) -> tuple[str, str]:
    """Windows-1258 only where its combining marks follow letters as they do in Vietnamese; else Latin-1."""
    latin = data.decode("latin-1")
    try:
        viet = data.decode("cp1258")
    except UnicodeDecodeError:
        return latin, "latin-1"
    marks = re.findall("(.)[\u0300\u0301\u0303\u0309\u0323]", viet)
    if len(marks) >= 5 and sum(mark in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for mark in marks) >= 0.95 * len(marks):
        return viet, "windows-1258"
    return latin, "latin-1"


def _line(text: str) -> Line:
    return Line(text, tuple(Word(found.group(), found.start()) for found in _TOKEN.finditer(text)))
