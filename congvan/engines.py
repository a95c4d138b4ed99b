"""Who does the reading: processes on this machine, watched one by one, or the same spread by dask.

Every file is read in a process of its own making (`congvan.worker`), with bounded memory and time. A process
that crashes, hangs or eats too much costs its one file a receipt «failed»; a new one takes its place.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Protocol

from congvan import messages
from congvan.messages import Failure
from congvan.reader import DEFAULT_BOUNDS, Bounds, Reader
from congvan.worker import Advance, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from congvan.pipeline import Reading

    Advanced = Callable[[Job, int, int], None]
    Results = Generator[tuple[Job, Reading | Failure], None, None]


class Engine(Protocol):
    """Reads jobs and yields each with what became of it, in the order in which they finish."""

    def run(self, jobs: Iterable[Job], advanced: Advanced) -> Results:
        """Read all jobs; they are drawn one by one as readers become free.

        ``advanced`` is called with the job, the pages read and the pages in all.
        """

    def close(self) -> None:
        """Let the readers go."""


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
                    message = reader.listen(heard=reader.connection in ready)
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
        return Job(job.sha256, job.path, job.name, content=job.path.read_bytes(), known=job.known)


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
