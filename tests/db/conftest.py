from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once: each migration is a transaction of its own."""
    path = tmp_path_factory.mktemp("empty") / "congvan.db"
    Store(path).close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty: Path) -> Iterator[Store]:
    with Store(shutil.copy(empty, tmp_path / "congvan.db")) as opened:
        yield opened
