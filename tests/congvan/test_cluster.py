from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from dropped import Poison

from congvan import cluster
from congvan.cli import main
from congvan.cluster import ClusterError, DaskEngine
from congvan.messages import Failure
from congvan.reader import Bounds
from congvan.worker import Job


class Future:
    """A task that is done at once, as dask would show it."""

    def __init__(self, key: str, status: str, error: Exception | None = None) -> None:
        self.key, self.status, self.error = key, status, error

    def add_done_callback(self, call) -> None:
        call(self)

    def exception(self):
        return self.error

    def result(self):
        return Failure("failed", "đọc rồi", "")


class Scheduler:
    """A client whose tasks end as ``ends`` says, one each; where that is used up, nobody answers any more."""

    def __init__(self, *ends: tuple[str, Exception | None]) -> None:
        self.ends = list(ends)
        self.scheduler = self
        self.ncores = None

    @property
    def status(self) -> str:
        return "running" if self.ends else "closed"

    def submit(self, _call, _job, _bounds, *, key: str, pure: bool) -> Future:
        if not self.ends:
            raise OSError("gone")
        return Future(key, *self.ends.pop(0))

    def sync(self, _call, *, callback_timeout: float) -> dict[str, int]:
        return {"tcp://worker": 1}


class KilledWorker(Exception):
    """As dask calls a task whose workers died again and again."""


def reasons(monkeypatch: pytest.MonkeyPatch, scheduler: Scheduler, count: int) -> list[tuple[str, bool]]:
    monkeypatch.setattr(DaskEngine, "_client", lambda _engine: contextlib.nullcontext(scheduler))
    jobs = [Job(str(index) * 64, Path("nowhere"), f"{index}.txt") for index in range(count)]
    run = DaskEngine(None, patience=0.4).run(jobs, lambda *_: None)
    got = {job.sha256: (result.reason.split(" (")[0], result.passing) for job, result in run}
    return [got[job.sha256] for job in jobs]


LOST = "Cụm dask không còn đọc được tệp này", True


def test_where_the_scheduler_is_lost_every_file_is_still_accounted_for(monkeypatch):
    scheduler = Scheduler(("finished", None), ("cancelled", None))
    assert reasons(monkeypatch, scheduler, 5) == [("đọc rồi", False), LOST, LOST, LOST, LOST]


def test_files_whose_workers_died_are_read_again_by_the_next_run(monkeypatch):
    scheduler = Scheduler(("error", KilledWorker()), ("error", ModuleNotFoundError("congvan")), ("error", ValueError()))
    assert reasons(monkeypatch, scheduler, 3) == [
        LOST,
        ("Worker của cụm dask chưa cài congvan hoặc cài bản khác.", True),
        ("Lỗi không lường trước khi đọc", False),
    ]


def test_a_cluster_without_workers_is_given_up(monkeypatch):
    scheduler = Scheduler(("finished", None))
    readers = cluster._Readers(scheduler, Bounds(), patience=0.2)
    assert readers.threads() == 1
    monkeypatch.setattr(readers, "threads", lambda: 0)
    assert readers.finished() is None


def test_no_scheduler_is_told_before_anything_is_read(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(cluster, "_ANSWER", 0.2)
    (tmp_path / "a.txt").write_text("Sở Y tế", encoding="utf-8")
    done = CliRunner().invoke(
        main, ["ingest", str(tmp_path), "--engine", "dask:tcp://127.0.0.1:9", "--db", str(tmp_path / "db" / "c.db")]
    )
    assert done.exit_code == ClusterError.exit_code
    assert "Không nối được tới cụm dask «tcp://127.0.0.1:9»" in done.output


def test_a_dask_worker_reads_through_a_watched_process_that_it_keeps(tmp_path: Path):
    job = Job("a" * 64, tmp_path / "gone", "gone.txt")
    results = [
        cluster.read_one(job, Bounds()),
        cluster.read_one(Job("b" * 64, Path("nowhere"), Poison(os._exit, 7)), Bounds()),
    ]
    results.append(cluster.read_one(job, Bounds()))
    cluster._own.reader.close()
    assert ["mã 7" in result.reason for result in results] == [False, True, False]


def test_to_a_cluster_the_bytes_travel_along(tmp_path: Path):
    path = tmp_path / "original"
    path.write_bytes(b"whole")
    job = Job("a" * 64, path, "thư.pdf", ocr_cache=tmp_path)
    assert DaskEngine(1)._for_travel(job) is job
    sent = DaskEngine(1, "tcp://10.0.0.1:8786")._for_travel(job)
    assert (sent.content, sent.ocr_cache, sent.name) == (b"whole", None, "thư.pdf")
