from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dropped import Heard, Inline

from congvan.ingest import Ingest, Places
from db.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "congvan.db") as opened:
        yield opened


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "hộp thư"
    folder.mkdir()
    return folder


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.around(tmp_path / "archive")


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def ingest(store: Store, places: Places, heard: Heard) -> Ingest:
    return Ingest(store, places, Inline(), heard)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts a shell script first on PATH under a program's name."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=":")

    def put(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    return put
