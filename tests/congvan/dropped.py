"""Invented letters, a listener that notes everything, an engine that reads in this process."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pikepdf

from congvan.messages import Failure
from congvan.receipts import Receipt
from congvan.worker import Job, read_job

LETTER = """ỦY BAN NHÂN DÂN
XÃ SUỐI BẠC
Số: {number}/UBND-VP

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Suối Bạc, ngày 04 tháng 5 năm 2026

Kính gửi: Các thôn trong xã.

Đề nghị các thôn kiểm đếm giếng khoan, gửi kết quả trước ngày 20/5/2026.
"""


def letter(number: int = 12, mark: str = "") -> str:
    text = LETTER.format(number=number)
    return text.replace("\n\nKính", f"\n\n{mark}\n\nKính") if mark else text


class Poison:
    """A name that calls a function in the process that receives it."""

    def __init__(self, call: Callable[..., object], *values: object) -> None:
        self.call = (call, values)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.call


class Heard:
    """Notes what a run tells its listener."""

    def __init__(self) -> None:
        self.receipts: list[Receipt] = []
        self.passed_paths: list[str] = []
        self.jobs: list[Job] = []

    def started(self, job: Job) -> None:
        self.jobs.append(job)

    def advanced(self, job: Job, page: int, pages: int) -> None:
        assert page <= pages

    def finished(self, receipt: Receipt, *, path: str) -> None:
        self.receipts.append(receipt)

    def passed(self, path: str) -> None:
        self.passed_paths.append(path)


class Inline:
    """Reads in this process; ``instead`` may give a result of its own by file name."""

    def __init__(self, instead: Callable[[Job], Failure | None] = lambda job: None) -> None:
        self.instead = instead
        self.read: list[str] = []

    def run(self, jobs, advanced):
        for job in jobs:
            self.read.append(job.name)
            yield job, self.instead(job) or read_job(job)

    def close(self) -> None:
        """Nothing to end."""


def pdf(*, encrypted: bool = False, side: int = 595) -> bytes:
    """A blank page."""
    held = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        made.pages[0].MediaBox = [0, 0, side, side]
        made.save(held, encryption=pikepdf.Encryption(owner="o", user="u") if encrypted else False)
    return held.getvalue()


def wait_for(condition: Callable[[], object], seconds: float = 120) -> None:
    """Looks until it is so."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
