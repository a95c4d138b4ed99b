"""Who does the reading: processes on this machine, watched one by one, or the same spread by dask (`congvan.cluster`).

Every file is read in a process of its own making (`congvan.worker`), with bounded memory and time. A process
that crashes, hangs or eats too much costs its one file a receipt «failed»; a new one takes its place.
"""

from __future__ import annotations

from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Protocol

from congvan.cli_options import cores
from congvan.cluster import DaskEngine
from congvan.reader import DEFAULT_BOUNDS, Bounds, Reader
from congvan.worker import Advance, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from congvan.messages import Failure
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


def engine(name: str, workers: int | None, bounds: Bounds) -> Engine:
    """The engine of that name: «local», «dask» or «dask:ADDRESS».

    ``workers`` None: the cores of this machine, or what the cluster at ADDRESS has.

    Raises:
        ValueError: no engine has that name.
    """
    kind, _, address = name.partition(":")
    if kind == "local" and not address:
        return LocalEngine(workers or cores(), bounds)
    if kind == "dask":
        return DaskEngine(workers if address else workers or cores(), address or None, bounds)
    raise ValueError(f"no engine {name!r}")
