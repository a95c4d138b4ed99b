"""Tesseract missing, crashing, hanging or talking rubbish: every file still gets its receipt."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from dropped import Heard, Inline, letter, wait_for
from PIL import Image

from congvan.engines import Engine, LocalEngine
from congvan.ingest import Ingest, Places
from congvan.reader import Bounds
from congvan.sources import files_in
from db.store import Store
from ocr.engines.default import default_engine

KNOWS = """case "$*" in
*--version*) echo "tesseract 5.3.0"; exit 0 ;;
*--list-langs*) printf 'List (2):\\nosd\\nvie\\n'; exit 0 ;;
esac
"""
FAILS = {
    "crash": "kill -SEGV $$",
    "rubbish": r"for last; do :; done; printf '\377\376' > $2.tsv; printf '\377' > $2.osd",
    "silence": "exit 0",
    "no language": "echo 'Failed loading language vie' >&2; exit 1",
}


@pytest.fixture(autouse=True)
def engine_of_these_programs():
    """No engine of another test's programs, nor one for the next test."""
    default_engine.cache_clear()
    yield
    default_engine.cache_clear()


def receipts(store: Store, places: Places, inbox: Path, engine: Engine) -> dict[str, dict]:
    Ingest(store, places, engine, Heard()).run(files_in([inbox]))
    return {row["name"]: row for row in store.receipts()}


@pytest.fixture
def scan(inbox: Path) -> Path:
    path = inbox / "scan.png"
    picture = Image.effect_noise((600, 800), 90)
    picture.save(path, dpi=(100, 100))
    (inbox / "thư.txt").write_text(letter(), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", FAILS)
def test_a_failing_tesseract_fails_only_what_needs_it(
    kind: str, scan: Path, inbox: Path, store: Store, places: Places, programs: Callable[[str, str], None]
):
    programs("tesseract", KNOWS + FAILS[kind])
    got = receipts(store, places, inbox, Inline())
    assert got["scan.png"]["outcome"] in {"failed", "review"}
    assert got["scan.png"]["reason"]
    assert got["scan.png"]["next_step"]
    assert got["thư.txt"]["outcome"] in {"done", "review"}


def test_a_missing_tesseract_is_told_and_tried_again(
    scan: Path, inbox: Path, store: Store, places: Places, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(inbox))
        got = receipts(store, places, inbox, Inline())
    assert (got["scan.png"]["outcome"], got["scan.png"]["retry"]) == ("failed", 1)
    assert "tesseract-ocr-vie" in got["scan.png"]["next_step"]
    assert got["thư.txt"]["outcome"] in {"done", "review"}


def test_a_hanging_tesseract_is_stopped_with_its_reader(
    scan: Path, inbox: Path, store: Store, places: Places, programs: Callable[[str, str], None]
):
    (inbox / "thư.txt").unlink()
    programs("tesseract", KNOWS + "exec sleep 3600")
    with contextlib.closing(LocalEngine(1, Bounds(seconds=4, quiet=4))) as engine:
        got = receipts(store, places, inbox, engine)
    assert (got["scan.png"]["outcome"], got["scan.png"]["retry"]) == ("failed", 0)
    assert "quá lâu" in got["scan.png"]["reason"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_takes_its_readers_along_and_leaves_no_receipt(
    number: signal.Signals, scan: Path, inbox: Path, tmp_path: Path, programs: Callable[[str, str], None]
):
    (inbox / "thư.txt").unlink()
    note = tmp_path / "tesseract.pid"
    programs("tesseract", KNOWS + f"echo $$ > '{note}.new'; mv '{note}.new' '{note}'; exec sleep 3600")
    # Shells start background jobs, and so whole test runs, with Ctrl-C ignored; the command must not inherit that.
    heeding = ["env", "--default-signal=INT"]
    call = [*heeding, sys.executable, "-m", "congvan.cli", "ingest", str(inbox), "--db", str(tmp_path / "x.db")]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        wait_for(note.exists)
        command.send_signal(number)
        _, said = command.communicate(timeout=60)
    assert command.returncode == 130
    assert "đã dừng theo yêu cầu" in said.decode()
    state = Path(f"/proc/{note.read_text().strip()}/stat")
    wait_for(lambda: not state.exists() or state.read_text().split()[2] in "ZX")
    with Store(tmp_path / "x.db") as store:
        assert store.receipts() == []
