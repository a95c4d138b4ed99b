"""The root of every error that congvan raises on purpose."""

from __future__ import annotations

from typing import ClassVar


class CongvanError(Exception):
    """Something that stops one file, never the run.

    ``str(error)`` is a Vietnamese sentence for a clerk: what happened. ``remedy`` says what to do next.
    ``outcome`` is the receipt's outcome for the file, ``exit_code`` the command's when it had only this file.
    """

    exit_code: ClassVar[int] = 1
    outcome: ClassVar[str] = "failed"
    default_remedy: ClassVar[str] = "Kiểm tra lại tệp rồi thả lại vào thư mục."

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy or self.default_remedy


class LockedError(CongvanError):
    """The file asks for a password (encrypted)."""

    exit_code = 3
    outcome = "locked"
    default_remedy = "Mở tệp, bỏ mật khẩu rồi thả lại."


class UnsupportedError(CongvanError):
    """The content is of a kind that congvan does not read (unsupported media type)."""

    exit_code = 4
    outcome = "unsupported"
    default_remedy = "Chuyển sang PDF, ảnh (JPG, PNG, TIFF) hoặc văn bản thuần (TXT, MD) rồi thả lại."


class DamagedError(CongvanError):
    """The content is of a known kind but broken: truncated, empty, malformed."""

    exit_code = 5


class LimitError(CongvanError):
    """The file would need more time, memory or pages than one file is allowed (resource limit)."""

    exit_code = 6
    default_remedy = "Tách tệp thành các phần nhỏ hơn rồi thả lại."


class SecretError(CongvanError):
    """The dispatch bears a secrecy mark; nothing of it is stored (classified)."""

    exit_code = 7
    outcome = "secret"
    default_remedy = "Chuyển văn bản cho cán bộ phụ trách văn bản mật; không xử lý trên hệ thống này."


class MissingToolError(CongvanError):
    """A program or language pack that a stage needs is not installed (missing dependency)."""

    exit_code = 8
    default_remedy = "Chạy «congvan doctor» để xem phải cài thêm gì."
