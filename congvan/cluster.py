"""Reading spread by dask: on this machine, or on a cluster that is running.

A cluster may lose workers, all its workers, or its scheduler. A file that was with a lost worker is given to another
one by dask; where nobody is left to read, every file still to be read fails by its surroundings, so that each has
its receipt and the next run tries it again.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from congvan import clock, messages
from congvan.reader import DEFAULT_BOUNDS, Bounds, Reader
from corpus.errors import CongvanError, MissingToolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from congvan.engines import Advanced, Results
    from congvan.messages import Failure
    from congvan.pipeline import Reading
    from congvan.worker import Job

_ANSWER = 10
"""Seconds within which a scheduler answers."""


class ClusterError(CongvanError):
    """The dask cluster cannot be used: no scheduler answers at the address, or it has no workers."""

    exit_code = 14
    default_remedy = "Kiểm tra địa chỉ và tiến trình «dask scheduler»; hoặc bỏ --engine để đọc trên máy này."


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
    """Reads by dask: on this machine, or on the cluster whose scheduler is at ``address``.

    To a cluster the bytes of each file are sent along, since it may not see our disk; there OCR is not cached.
    ``workers`` is how many read at once; None: as many threads as the cluster has. ``patience``: seconds for which a
    cluster may be without workers before it is given up.
    """

    workers: int | None
    address: str | None = None
    bounds: Bounds = DEFAULT_BOUNDS
    patience: float = 60

    def close(self) -> None:
        """Nothing is kept between runs."""

    def run(self, jobs: Iterable[Job], advanced: Advanced) -> Results:
        """Read all jobs; at most two a worker are under way, so that memory and the archive keep pace.

        Raises:
            ClusterError: there is no cluster to begin with.
        """
        waiting = iter(jobs)
        sent: dict[str, Job] = {}
        with self._client() as client:
            readers = _Readers(client, self.bounds, self.patience)
            room = 2 * (self.workers or readers.threads())
            while True:
                for job in _take(waiting, room - len(sent)):
                    sent[job.sha256] = job
                    readers.give(self._for_travel(job))
                if not sent:
                    return
                future = readers.finished()
                if future is None:
                    break
                job = sent.pop(future.key)
                advanced(job, 1, 1)
                yield job, _result(future)
        for job in (*sent.values(), *waiting):
            yield job, messages.cluster_lost()

    @contextlib.contextmanager
    def _client(self) -> Iterator[Any]:
        distributed = _library()
        if self.address:
            with _connected(distributed, self.address) as client:
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
        return replace(job, content=job.path.read_bytes(), ocr_cache=None)


def _library() -> Any:  # noqa: ANN401 - a module
    try:
        import distributed
        import distributed.client
    except ImportError as error:
        raise MissingToolError(
            "Chưa cài dask, nên không đọc được bằng --engine dask.",
            remedy="pip install 'congvan[cluster]', hoặc bỏ --engine để đọc trên máy này.",
        ) from error
    # What it would say about lost connections, the receipts say.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    return distributed


@contextlib.contextmanager
def _connected(distributed: Any, address: str) -> Iterator[Any]:  # noqa: ANN401 - a module
    """A client of the cluster; its scheduler answers, and it has a worker."""
    try:
        client = distributed.Client(address, timeout=_ANSWER)
    except (OSError, ValueError) as error:
        raise ClusterError(f"Không nối được tới cụm dask «{address}».") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_ANSWER)
        except TimeoutError as error:
            raise ClusterError(
                f"Cụm dask «{address}» chưa có worker nào.", remedy=f"Chạy «dask worker {address}» rồi thử lại."
            ) from error
        yield client


class _Readers:
    """The cluster's workers, seen through a client of it: jobs in, futures that are done out."""

    def __init__(self, client: Any, bounds: Bounds, patience: float) -> None:  # noqa: ANN401 - dask's
        self._client, self._bounds, self._patience = client, bounds, patience
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._held: dict[str, Any] = {}

    def give(self, job: Job) -> None:
        """Hand over a job; where nobody takes it, `finished` will tell."""
        with contextlib.suppress(OSError, _library().client.ClosedClientError):
            future = self._client.submit(read_one, job, self._bounds, key=job.sha256, pure=False)
            # Dask drops a task whose future nobody holds.
            self._held[job.sha256] = future
            future.add_done_callback(self._done.put)

    def threads(self) -> int:
        """How many files the cluster can read at once; 0 where nobody answers."""
        try:
            return sum(self._client.sync(self._client.scheduler.ncores, callback_timeout=_ANSWER).values())
        except OSError:
            return 0

    def finished(self) -> Any:  # noqa: ANN401 - dask's
        """The next future that is done; None where nobody is left to do it, after so many seconds of patience."""
        last = clock.seconds()
        while clock.seconds() - last < self._patience:
            with contextlib.suppress(queue.Empty):
                future = self._done.get(timeout=min(self._patience / 4, 5))
                del self._held[future.key]
                return future
            if self._client.status == "closed":
                return None
            if self.threads():
                last = clock.seconds()
        return None


def _result(future: Any) -> Reading | Failure:  # noqa: ANN401 - dask's
    """What came of a future; one that the cluster lost or gave up may be repeated."""
    if future.status == "finished":
        found: Reading | Failure = future.result()
        return found
    error = future.exception() if future.status == "error" else None
    if error is None or type(error).__name__ in {"KilledWorker", "CommClosedError"}:
        return messages.cluster_lost()
    if isinstance(error, ImportError):
        return messages.cluster_unfit()
    return messages.unforeseen(error, repr(error))


def _take(jobs: Iterator[Job], number: int) -> Iterator[Job]:
    for _ in range(number):
        job = next(jobs, None)
        if job is None:
            return
        yield job
