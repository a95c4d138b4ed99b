"""What congvan says to a clerk: names of outcomes, and reasons for what the operating system refuses."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Final

from corpus.errors import CongvanError

OUTCOMES: Final = {
    "done": "xong",
    "review": "cần xem",
    "duplicate": "trùng",
    "failed": "hỏng",
    "locked": "có mật khẩu",
    "secret": "văn bản mật",
    "unsupported": "không hỗ trợ",
}
"""Every outcome of a file with its Vietnamese name, in the order in which they are listed."""

STYLES: Final = {
    "done": "green",
    "review": "yellow",
    "duplicate": "dim",
    "failed": "red",
    "locked": "magenta",
    "secret": "bold red",
    "unsupported": "cyan",
}

DONE = "Đã đọc và lưu."
REVIEW = "Đã đọc và lưu, nhưng cần người xem lại."
REVIEW_NEXT = "Mở trang văn bản, xem các chỗ được đánh dấu."
DUPLICATE_NEXT = "Không cần làm gì; có thể xóa bản trùng."
ASIDE_NEXT = "Báo cán bộ phụ trách văn bản mật; lấy tệp khỏi thư mục thả; không xử lý trên hệ thống này."


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file did not become a document: what its receipt will say.

    ``passing``: the surroundings failed (disk full, program missing), not the file; the next run tries again
    by itself. ``detail`` is for technicians (a traceback) and is never stored.
    """

    outcome: str
    reason: str
    next_step: str
    exit_code: int = 1
    passing: bool = False
    detail: str = ""


_SYSTEM: Final = {
    errno.EACCES: ("Không có quyền đọc tệp.", "Cấp quyền đọc tệp cho tài khoản chạy congvan."),
    errno.EPERM: ("Không có quyền đọc tệp.", "Cấp quyền đọc tệp cho tài khoản chạy congvan."),
    errno.ENOENT: ("Tệp không còn ở đó (hoặc liên kết hỏng).", "Thả lại tệp nếu vẫn cần."),
    errno.ELOOP: ("Liên kết vòng tròn, không dẫn tới tệp nào.", "Thả chính tệp gốc thay cho liên kết."),
    errno.ENOSPC: ("Ổ đĩa của kho lưu trữ đã đầy.", "Giải phóng chỗ trên ổ đĩa rồi chạy lại."),
    errno.EDQUOT: ("Kho lưu trữ đã hết hạn mức ổ đĩa.", "Xin thêm hạn mức hoặc giải phóng chỗ rồi chạy lại."),
    errno.EROFS: ("Kho lưu trữ nằm trên ổ đĩa chỉ đọc.", "Chọn kho khác bằng --archive."),
    errno.EIO: ("Lỗi phần cứng khi đọc hoặc ghi.", "Kiểm tra ổ đĩa hoặc đường mạng rồi chạy lại."),
    errno.ENAMETOOLONG: ("Tên tệp quá dài.", "Đặt lại tên ngắn hơn rồi thả lại."),
}


def of_system(error: OSError) -> Failure:
    """What an error of the operating system means for the file at hand; all of them may pass."""
    reason, remedy = _SYSTEM.get(
        error.errno or 0, (f"Hệ điều hành báo lỗi: {error.strerror or type(error).__name__}.", "Chạy lại sau.")
    )
    return Failure("failed", reason, remedy, passing=True)


def of_congvan(error: CongvanError) -> Failure:
    """What one of our own errors means for the file at hand."""
    passing = error.exit_code == 8 or type(error).__name__ == "ChangedError"
    return Failure(error.outcome, str(error), error.remedy, error.exit_code, passing=passing)


def stopped(code: int | None) -> Failure:
    """The reading process ended by itself; ``code`` is negative for a signal (9: killed, often for memory)."""
    how = f"tín hiệu {-code}" if code is not None and code < 0 else f"mã {code}"
    return Failure(
        "failed",
        f"Tiến trình đọc tệp dừng đột ngột ({how}).",
        "Mở thử tệp; nếu mở được, in lại ra PDF rồi thả lại.",
        exit_code=5,
    )


def process_lost() -> Failure:
    """A process that extracted facts was killed, and those beside it with it; what is stored stays as it was."""
    return Failure(
        "failed",
        "Một tiến trình trích dữ kiện dừng đột ngột (thường vì thiếu bộ nhớ); dữ kiện cũ vẫn còn.",
        "Chạy lại với --workers 1.",
        exit_code=5,
    )


def overdue(seconds: float) -> Failure:
    """The reading process was stopped because it took too long."""
    return Failure(
        "failed",
        f"Đọc quá lâu, đã dừng sau {seconds:.0f} giây.",
        "Tách tệp thành các phần nhỏ hơn, hoặc tăng --timeout rồi chạy lại với --retry.",
        exit_code=6,
    )


def out_of_memory() -> Failure:
    """The file needed more memory than one file may use."""
    return Failure(
        "failed",
        "Tệp cần nhiều bộ nhớ hơn mức cho phép với một tệp.",
        "Tách tệp thành các phần nhỏ hơn, hoặc tăng --memory rồi chạy lại với --retry.",
        exit_code=6,
    )


def cluster_lost() -> Failure:
    """Nobody of the cluster is left to read the file, or every worker that tried was lost."""
    return Failure(
        "failed",
        "Cụm dask không còn đọc được tệp này (worker dừng đột ngột hoặc mất liên lạc).",
        "Kiểm tra cụm dask rồi chạy lại; tệp sẽ được đọc lại.",
        passing=True,
    )


def cluster_unfit() -> Failure:
    """The cluster's workers do not have what reading needs."""
    return Failure(
        "failed",
        "Worker của cụm dask chưa cài congvan hoặc cài bản khác.",
        "Cài cùng một bản congvan trên các máy của cụm rồi chạy lại.",
        exit_code=8,
        passing=True,
    )


def unforeseen(error: Exception, detail: str) -> Failure:
    """A mistake of ours; its message could hold text of the file, so only its kind is told."""
    return Failure(
        "failed",
        f"Lỗi không lường trước khi đọc ({type(error).__name__}).",
        "Báo cho người phụ trách congvan kèm tên tệp; sau khi sửa, chạy lại với --retry.",
        detail=detail,
    )
