"""Tesseract's library kept loaded in a process of its own: no start and no file for each page.

A process of its own and not ours, because a page on which the library crashes or hangs must cost that page alone.
It needs the package tesserocr (`congvan[fast]`) and the language data of the installed Tesseract.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from functools import cached_property
from pathlib import Path
from threading import Lock, Timer
from typing import IO, TYPE_CHECKING, cast

import numpy as np

from corpus.errors import DamagedError
from ocr.engines.tesseract import Tesseract, data_folder, missing_language, missing_program, too_slow, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.engine import GreyImage, ReadWord

_CHILD = Path(__file__).with_name("tesseract_child.py")
_STOP = 5.0
"""Seconds that the child gets to end by itself."""


class Child:
    """A process that answers requests, started when first asked, and anew after it died.

    Args:
        command: what to start.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._lock = Lock()
        self._owner = 0
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: bytes, pixels: bytes | memoryview, timeout: float) -> dict[str, str]:
        """The child's answer to a line and the bytes after it.

        Raises:
            LimitError: it did not answer within ``timeout`` seconds; it has been ended.
            DamagedError: it died, or its answer cannot be decoded.
        """
        with self._lock:
            process = self._running()
            late = Timer(timeout, process.kill)
            late.start()
            line = b""
            try:
                line = _exchange(process, request, pixels)
            finally:
                in_time = not late.finished.is_set()
                late.cancel()
                if not line:  # also when interrupted: a late answer must not be taken for that of the next page
                    process.kill()
                    _end(process, self._owner)
        if line:
            return _decoded(line)
        if not in_time:
            raise too_slow(timeout)
        raise DamagedError(f"Tesseract hỏng khi đọc ảnh (mã {process.returncode}).")

    def _running(self) -> subprocess.Popen[bytes]:
        """The process; a new one also where this one was forked off and the child is its parent's."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self._owner = os.getpid()
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            weakref.finalize(self, _end, self._process, self._owner)
        return self._process


def _exchange(process: subprocess.Popen[bytes], request: bytes, pixels: bytes | memoryview) -> bytes:
    """The line that was answered; nothing where the process ended before."""
    pages, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    try:
        pages.write(request + b"\n")
        pages.write(pixels)
        pages.flush()
        return answers.readline()
    except OSError:
        return b""


def _decoded(line: bytes) -> dict[str, str]:
    try:
        return cast("dict[str, str]", json.loads(line))
    except ValueError as error:
        raise DamagedError("Tesseract in ra chuỗi byte không phải UTF-8.") from error


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    """Lets the process end, by force if it does not; in a fork of its owner nothing is done."""
    if owner != os.getpid():
        return
    for pipe in (process.stdin, process.stdout):
        try:
            cast("IO[bytes]", pipe).close()
        except OSError:
            continue
    try:
        process.wait(_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class ResidentTesseract(Tesseract):
    """Tesseract by its library; the arguments are those of :class:`ocr.engines.tesseract.Tesseract`.

    ``data`` is the folder of the language data, by default the installed program's; ``child`` one that others use too.
    """

    name = "tesserocr"

    def __init__(
        self,
        language: str = "vie",
        *,
        page_segmentation: int = 3,
        local_threshold: bool = False,
        data: str | None = None,
        child: Child | None = None,
    ) -> None:
        super().__init__(language, page_segmentation=page_segmentation, local_threshold=local_threshold)
        self._data = data
        self._given = child

    @cached_property
    def version(self) -> str:
        """The package's version, the language and the settings."""
        from importlib.metadata import version

        return f"{version('tesserocr')}-{self.settings}"

    def read(self, image: GreyImage, *, dpi: int, timeout: float) -> Sequence[ReadWord]:
        """Words on a grey image; see :class:`ocr.engine.OcrEngine`."""
        rows, columns = image.shape
        page = {"rows": rows, "columns": columns, "dpi": dpi, "psm": self.page_segmentation}
        request = json.dumps(page | {"variables": self.variables}).encode()
        answer = self._child.ask(request, np.ascontiguousarray(image).data, timeout)
        if "missing" in answer:
            raise missing_language(self.language)
        if "damaged" in answer:
            raise DamagedError(f"Tesseract hỏng khi đọc ảnh: {answer['damaged'][-200:]}")
        return list(words_of(answer["table"]))

    @cached_property
    def _child(self) -> Child:
        if self._given is not None:
            return self._given
        folder = self._data or data_folder()
        if folder is None:
            raise missing_program()
        return Child([sys.executable, str(_CHILD), folder, self.language])

    def _set(self, *, page_segmentation: int, local_threshold: bool) -> ResidentTesseract:
        return ResidentTesseract(
            self.language,
            page_segmentation=page_segmentation,
            local_threshold=local_threshold,
            child=self._child,
        )
