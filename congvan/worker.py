"""The process that reads files for its supervisor, so that a crash, a hang or a glutton ends only itself.

Started with a socket's descriptor, over which jobs come in and messages go out.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import tempfile
import traceback
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from congvan import messages
from congvan.known import NOTHING, Known
from congvan.messages import Failure
from congvan.sources import on_one_line
from corpus.errors import CongvanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from congvan.pipeline import Progress, Reading


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read. ``sha256`` is its content's, ``path`` the original in the archive, ``name`` what people call it.

    ``content`` holds the bytes themselves where the reader may not see ``path`` (another machine). ``known`` is what
    documents read earlier taught.
    """

    sha256: str
    path: Path
    name: str
    ocr_cache: Path | None = None
    content: bytes | None = None
    known: Known = NOTHING


@dataclass(frozen=True, slots=True)
class Advance:
    """So many pages of so many are read; also a sign of life."""

    page: int
    pages: int


def read_job(job: Job, progress: Progress | None = None) -> Reading | Failure:
    """Read one file; whatever goes wrong becomes a `Failure`."""
    try:
        with _as_file(job) as path:
            return _read(job, path, progress)
    except MemoryError:
        return messages.out_of_memory()
    except OSError as error:
        return messages.of_system(error)
    except Exception as error:  # noqa: BLE001 - whatever happens, the file gets its receipt and the run goes on
        return messages.unforeseen(error, traceback.format_exc())


def _read(job: Job, path: Path, progress: Progress | None) -> Reading | Failure:
    from congvan.pipeline import read_file

    try:
        return read_file(path, name=job.name, ocr_cache=job.ocr_cache, known=job.known, progress=progress)
    except CongvanError as error:
        return _named(messages.of_congvan(error), path, job)


def _named(failure: Failure, path: Path, job: Job) -> Failure:
    """The failure with the name that people know in place of the archive's; a secret file's name is told nowhere."""
    name = f"«{on_one_line(job.name)}»" if failure.outcome != "secret" else ""
    return replace(failure, reason=failure.reason.replace(path.name, name))


@contextlib.contextmanager
def _as_file(job: Job) -> Iterator[Path]:
    if job.content is None:
        yield job.path
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / job.sha256
        path.write_bytes(job.content)
        yield path


def serve(connection: Connection) -> None:
    """Answer jobs until the supervisor hangs up."""

    def advance(page: int, pages: int) -> None:
        connection.send(Advance(page, pages))

    while True:
        try:
            job: Job = connection.recv()
        except EOFError:
            return
        connection.send(read_job(job, advance))


def main() -> None:
    """Take the socket's descriptor and the memory limit (bytes) from the command line and serve."""
    descriptor, memory = int(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # One thread a page: the engines run a process per core, more threads only get in each other's way.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    os.nice(5)
    serve(Connection(descriptor))
