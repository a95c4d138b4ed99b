"""What one file may cost: bytes, pages, pixels and seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import LimitError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one file.

    ``file_bytes`` and ``pages`` bound the file, ``pixels`` one decoded picture (a decompression bomb has more),
    ``seconds_per_page`` one call of the OCR engine.
    """

    file_bytes: int = 500_000_000
    pages: int = 2_000
    pixels: int = 150_000_000
    seconds_per_page: float = 120.0

    def check_file(self, path: Path) -> None:
        """Refuses a file of too many bytes.

        Raises:
            LimitError: it has more than ``file_bytes``.
        """
        size = path.stat().st_size
        if size > self.file_bytes:
            raise LimitError(
                f"Tệp {path.name} nặng {size / 1e6:.0f} MB, quá giới hạn {self.file_bytes / 1e6:.0f} MB cho một tệp."
            )

    def check_pages(self, count: int, name: str) -> None:
        """Refuses a file of too many pages.

        Raises:
            LimitError: it has more than ``pages``.
        """
        if count > self.pages:
            raise LimitError(f"Tệp {name} có {count} trang, quá giới hạn {self.pages} trang cho một tệp.")

    def check_pixels(self, width: int, height: int, name: str) -> None:
        """Refuses a picture before it is decoded.

        Raises:
            LimitError: it has more than ``pixels``.
        """
        if width * height > self.pixels:
            raise LimitError(
                f"Ảnh trong {name} có {width}×{height} điểm ảnh, quá giới hạn {self.pixels / 1e6:.0f} triệu.",
                remedy="Quét lại ở 300 dpi rồi thả lại.",
            )


DEFAULTS = Limits()
