from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from dropped import Poison, letter, wait_for

from congvan import engines
from congvan import reader as reading
from congvan.engines import LocalEngine
from congvan.messages import Failure
from congvan.pipeline import Reading
from congvan.reader import Bounds, Reader
from congvan.worker import Job


@pytest.fixture
def good(tmp_path: Path) -> Job:
    path = tmp_path / "original"
    path.write_text(letter(), encoding="utf-8")
    return Job("a" * 64, path, "công văn.txt")


def outcomes(jobs: list[Job], *, workers: int = 1, **bounds: float) -> dict[str, Reading | Failure]:
    with contextlib.closing(LocalEngine(workers, Bounds(**bounds))) as engine:
        return {job.sha256[0]: result for job, result in engine.run(jobs, lambda *_: None)}


def poisoned(letter_of_hash: str, call, *values) -> Job:
    return Job(letter_of_hash * 64, Path("nowhere"), Poison(call, *values))


def test_a_process_that_ends_costs_only_its_own_file(good: Job):
    got = outcomes([poisoned("b", os._exit, 7), good])
    assert isinstance(got["b"], Failure)
    assert got["b"].outcome == "failed"
    assert "mã 7" in got["b"].reason
    assert isinstance(got["a"], Reading)
    assert got["a"].document.name == "công văn.txt"


def test_a_process_killed_from_outside_is_noticed():
    got = outcomes([poisoned("b", signal.raise_signal, signal.SIGKILL)])
    assert "tín hiệu 9" in got["b"].reason


def test_a_process_that_hangs_is_stopped():
    got = outcomes([poisoned("b", time.sleep, 3600)], seconds=2, quiet=2)
    assert isinstance(got["b"], Failure)
    assert (got["b"].outcome, got["b"].exit_code) == ("failed", 6)
    assert "quá lâu" in got["b"].reason


def test_memory_is_bounded():
    got = outcomes([poisoned("b", bytearray, 1 << 40)])
    assert "bộ nhớ" in got["b"].reason


def test_children_and_temporary_files_go_with_their_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(reading.tempfile, "tempdir", None)
    note = tmp_path / "child.pid"
    script = f"import os,time;open({str(note)!r},'w').write(str(os.getpid()));time.sleep(3600)"
    start = Poison(os.spawnv, os.P_WAIT, sys.executable, [sys.executable, "-c", script])
    reader = Reader(Bounds())
    reader.give(Job("b" * 64, Path("nowhere"), start))
    wait_for(lambda: note.exists() and note.read_text())
    reader.close()
    child = Path(f"/proc/{note.read_text()}/stat")
    wait_for(lambda: not child.exists() or child.read_text().split()[2] in "ZX")
    assert [path.name for path in tmp_path.iterdir()] == ["child.pid"]


def test_jobs_are_drawn_only_as_readers_become_free(tmp_path: Path):
    drawn = []

    def jobs():
        for index in range(5):
            drawn.append(index)
            yield Job(str(index) * 64, tmp_path / "gone", f"{index}.txt")

    with contextlib.closing(LocalEngine(2)) as engine:
        run = engine.run(jobs(), lambda *_: None)
        next(run)
        assert len(drawn) <= 3
        run.close()


def test_a_reader_is_kept_and_replaced_after_so_many_files(tmp_path: Path):
    jobs = [Job(str(index) * 64, tmp_path / "gone", "gone.txt") for index in range(4)]
    with contextlib.closing(LocalEngine(2, Bounds(files=3))) as engine:
        seen = []
        for job in jobs:
            [(_, result)] = engine.run([job], lambda *_: None)
            assert isinstance(result, Failure)
            seen.append(engine._readers[0]._process.pid)
    assert seen[0] == seen[1] == seen[2] != seen[3]


def test_a_broken_off_run_stops_what_is_under_way_and_the_engine_goes_on(tmp_path: Path):
    quick = Job("a" * 64, tmp_path / "gone", "gone.txt")
    with contextlib.closing(LocalEngine(2)) as engine:
        run = engine.run([quick, poisoned("b", time.sleep, 3600)], lambda *_: None)
        assert next(run)[0] == quick
        run.close()
        assert [reader.job for reader in engine._readers] == [None, None]
        [(_, result)] = engine.run([quick], lambda *_: None)
        assert isinstance(result, Failure)


def test_an_engine_has_a_name():
    with contextlib.closing(engines.engine("local", 3, Bounds())) as local:
        assert local.workers == 3
    assert engines.engine("dask:tcp://10.0.0.1:8786", 3, Bounds()).address == "tcp://10.0.0.1:8786"
    for wrong in ("spark", "local:here"):
        with pytest.raises(ValueError, match="no engine"):
            engines.engine(wrong, 1, Bounds())
