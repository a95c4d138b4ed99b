"""One reading process, seen from its supervisor: started, listened to, and stopped when it takes too much."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from congvan import clock, messages
from congvan.messages import Failure
from congvan.worker import Advance, Job

if TYPE_CHECKING:
    from congvan.pipeline import Reading

_START = "from congvan.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost: ``seconds`` in all, ``quiet`` seconds without a page, ``memory`` in bytes.

    After ``files`` files a process is replaced, so that what libraries leak does not add up.
    """

    seconds: float = 3600
    quiet: float = 300
    memory: int = 6 << 30
    files: int = 64


DEFAULT_BOUNDS = Bounds()


class Reader:
    """One reading process, seen from its supervisor."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.job: Job | None = None
        self.connection: Connection
        self._began = self._heard = 0.0
        self._left = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the reader

    def give(self, job: Job) -> None:
        """Hand over a job, starting the process first where there is none (or a spent one)."""
        if self._process is None or self._process.poll() is not None or self._left == 0:
            self.stop()
            self._start()
        self.job = job
        self._began = self._heard = clock.seconds()
        self._left -= 1
        # A process that died this moment is noticed by `take`.
        with contextlib.suppress(OSError):
            self.connection.send(job)

    def take(self) -> Reading | Failure | Advance:
        """The next message; a process that hung up is a failure of its file."""
        try:
            message: Reading | Failure | Advance = self.connection.recv()
        except (EOFError, OSError):
            return self._died()
        self._heard = clock.seconds()
        return message

    def listen(self, *, heard: bool) -> Reading | Failure | Advance | None:
        """What it has to say: its message where one was ``heard``, that it is overdue, or nothing yet."""
        if heard:
            return self.take()
        return self.give_up() if self.patience <= 0 else None

    def read(self, job: Job) -> Reading | Failure:
        """Read one file and wait for it."""
        self.give(job)
        while True:
            heard = bool(wait([self.connection], timeout=max(self.patience, 0)))
            message = self.listen(heard=heard)
            if message is not None and not isinstance(message, Advance):
                self.job = None
                return message

    @property
    def patience(self) -> float:
        """Seconds until the process is given up; negative when it is overdue."""
        return min(self._began + self.bounds.seconds, self._heard + self.bounds.quiet) - clock.seconds()

    def give_up(self) -> Failure:
        """Stop a process that is overdue; what its file's receipt says."""
        failure = messages.overdue(clock.seconds() - self._began)
        self.stop()
        return failure

    def stop(self) -> None:
        """End the process and everything it started."""
        process, self._process = self._process, None
        self.job = None
        if process is None:
            return
        self.connection.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if self._folder:
            self._folder.cleanup()

    def close(self) -> None:
        """End the process for good."""
        self.stop()
        self._errors.close()

    def _start(self) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        # Temporary files of its own, which a killed process leaves behind and we take away.
        self._folder = tempfile.TemporaryDirectory(prefix="congvan-", ignore_cleanup_errors=True)
        with theirs:
            # A session of its own: Ctrl-C reaches only the supervisor, and killing the group takes tesseract along.
            # -P: a folder named «db» or «ocr» where the command was called must not be imported.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START, str(theirs.fileno()), str(self.bounds.memory)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
                env={**os.environ, "TMPDIR": self._folder.name},
            )
        self._left = self.bounds.files

    def _died(self) -> Failure:
        code = self._process.wait() if self._process else None
        self.stop()
        self._errors.seek(0)
        detail = self._errors.read().decode(errors="replace")[-2000:]
        self._errors.seek(0)
        self._errors.truncate()
        failure = messages.out_of_memory() if "MemoryError" in detail else messages.stopped(code)
        return Failure(failure.outcome, failure.reason, failure.next_step, failure.exit_code, detail=detail)
