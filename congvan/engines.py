"""Who does the reading: processes on this machine, watched one by one, or the same spread by dask.

Every file is read in a process of its own making (`congvan.worker`), with bounded memory and time. A process
that crashes, hangs or eats too much costs its one file a receipt «failed»; a new one takes its place.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Protocol

from congvan import clock, messages
from congvan.messages import Failure
from congvan.worker import Advance, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from congvan.pipeline import Reading

    Advanced = Callable[[Job, int, int], None]
    Results = Generator[tuple[Job, Reading | Failure], None, None]

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


class Engine(Protocol):
    """Reads jobs and yields each with what became of it, in the order in which they finish."""

    def run(self, jobs: Iterable[Job], advanced: Advanced) -> Results:
        """Read all jobs; they are drawn one by one as readers become free.

        ``advanced`` is called with the job, the pages read and the pages in all.
        """

    def close(self) -> None:
        """Let the readers go."""


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

    def read(self, job: Job) -> Reading | Failure:
        """Read one file and wait for it."""
        self.give(job)
        while True:
            heard = bool(wait([self.connection], timeout=max(self.patience, 0)))
            message = _listen(self, heard=heard)
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


class LocalEngine:
    """So many processes on this machine, kept from one run to the next: loading what they need takes seconds."""

    def __init__(self, workers: int, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self.workers = workers
        self._readers = [Reader(bounds) for _ in range(workers)]

    def run(self, jobs: Iterable[Job], advanced: Advanced) -> Results:
        """Read all jobs. Where the run is broken off, what is under way is stopped."""
        waiting = iter(jobs)
        try:
            while busy := _busy(self._readers, waiting):
                patience = max(min(reader.patience for reader in busy), 0)
                ready = wait([reader.connection for reader in busy], timeout=patience)
                for reader in busy:
                    job = reader.job
                    message = _listen(reader, heard=reader.connection in ready)
                    if message is None or job is None:
                        continue
                    if isinstance(message, Advance):
                        advanced(job, message.page, message.pages)
                    else:
                        reader.job = None
                        yield job, message
        finally:
            for reader in self._readers:
                if reader.job:
                    reader.stop()

    def close(self) -> None:
        """End all processes."""
        for reader in self._readers:
            reader.close()


def _busy(readers: list[Reader], waiting: Iterator[Job]) -> list[Reader]:
    """Give every free reader a job while there are any; the readers that have one."""
    for reader in readers:
        if reader.job is None and (job := next(waiting, None)):
            reader.give(job)
    return [reader for reader in readers if reader.job]


def _listen(reader: Reader, *, heard: bool) -> Reading | Failure | Advance | None:
    """What a busy reader has to say: its message, that it is overdue, or nothing yet."""
    if heard:
        return reader.take()
    return reader.give_up() if reader.patience <= 0 else None


_own = threading.local()


def read_one(job: Job, bounds: Bounds) -> Reading | Failure:
    """Read one file in a watched process: what a dask worker runs, so that a crash does not take it down.

    Each thread of the worker keeps its process; it ends with the worker, whose end closes its socket.
    """
    reader: Reader | None = getattr(_own, "reader", None)
    if reader is None or reader.bounds != bounds:
        reader = _own.reader = Reader(bounds)
    return reader.read(job)


@dataclass(frozen=True)
class DaskEngine:
    """The same by dask: on this machine, or on the cluster whose scheduler is at ``address``.

    To a cluster the bytes of each file are sent along, since it may not see our disk; there OCR is not cached.
    """

    workers: int
    address: str | None = None
    bounds: Bounds = DEFAULT_BOUNDS

    def close(self) -> None:
        """Nothing is kept between runs."""

    def run(self, jobs: Iterable[Job], advanced: Advanced) -> Results:
        """Read all jobs; at most two a worker are under way, so that memory and the archive keep pace."""
        import distributed

        with self._client() as client:
            waiting = iter(jobs)
            done = distributed.as_completed()
            sent: dict[str, Job] = {}
            while True:
                for job in _take(waiting, 2 * self.workers - len(sent)):
                    sent[job.sha256] = job
                    done.add(client.submit(read_one, self._for_travel(job), self.bounds, key=job.sha256, pure=False))
                if not sent:
                    return
                future = next(done)
                job = sent.pop(future.key)
                advanced(job, 1, 1)
                error = future.exception()
                yield job, messages.unforeseen(error, repr(error)) if error else future.result()

    @contextlib.contextmanager
    def _client(self) -> Iterator[Any]:
        import distributed

        if self.address:
            with distributed.Client(self.address) as client:
                yield client
            return
        with (
            distributed.LocalCluster(n_workers=self.workers, threads_per_worker=1, dashboard_address=None) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client

    def _for_travel(self, job: Job) -> Job:
        if self.address is None:
            return job
        return Job(job.sha256, job.path, job.name, content=job.path.read_bytes())


def _take(jobs: Iterator[Job], number: int) -> Iterator[Job]:
    for _ in range(number):
        job = next(jobs, None)
        if job is None:
            return
        yield job


def engine(name: str, workers: int, bounds: Bounds) -> Engine:
    """The engine of that name: «local», «dask» or «dask:ADDRESS».

    Raises:
        ValueError: no engine has that name.
    """
    kind, _, address = name.partition(":")
    if kind == "local" and not address:
        return LocalEngine(workers, bounds)
    if kind == "dask":
        return DaskEngine(workers, address or None, bounds)
    raise ValueError(f"no engine {name!r}")
