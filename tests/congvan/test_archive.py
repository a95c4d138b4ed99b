from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from corpus.archive import Archive, ChangedError
from corpus.errors import UnsupportedError


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "công văn.pdf"
    path.write_bytes(b"%PDF-1.4 invented")
    return path


def test_an_original_is_kept_under_the_hash_of_its_bytes(archive: Archive, original: Path):
    stored = archive.put(original)
    sha256 = hashlib.sha256(original.read_bytes()).hexdigest()
    assert stored.sha256 == sha256
    assert stored.path == archive.root / sha256[:2] / sha256
    assert stored.path.read_bytes() == original.read_bytes()
    assert stored.added
    assert stored.path.stat().st_mode & 0o777 == 0o440
    assert list(archive) == [sha256]


def test_the_same_bytes_are_kept_once(archive: Archive, original: Path, tmp_path: Path):
    twin = tmp_path / "bản sao.pdf"
    twin.write_bytes(original.read_bytes())
    first, second = archive.put(original), archive.put(twin)
    assert (first.path, first.added, second.added) == (second.path, True, False)
    assert [path.name for path in archive.root.iterdir()] == [first.sha256[:2]]


def test_a_torn_original_is_replaced(archive: Archive, original: Path):
    stored = archive.put(original)
    stored.path.chmod(0o640)
    stored.path.write_bytes(b"%PDF")
    assert not archive.verify(stored.sha256)
    assert archive.put(original).added
    assert archive.verify(stored.sha256)


def test_a_file_that_grows_while_copied_is_refused(archive: Archive, original: Path, monkeypatch: pytest.MonkeyPatch):
    copy = Archive._copy

    def growing(self, stream):
        copied = copy(self, stream)
        with original.open("ab") as more:
            more.write(b" more")
        return copied

    monkeypatch.setattr(Archive, "_copy", growing)
    with pytest.raises(ChangedError):
        archive.put(original)
    assert list(archive.root.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(archive: Archive, original: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        archive.put(original)
    assert list(archive.root.iterdir()) == []


def test_pipes_and_folders_are_refused_without_waiting(archive: Archive, tmp_path: Path):
    os.mkfifo(tmp_path / "ống")
    for odd in (tmp_path / "ống", tmp_path):
        with pytest.raises(UnsupportedError):
            archive.put(odd)


def test_a_secret_original_is_moved_where_only_its_owner_reads(archive: Archive, original: Path, tmp_path: Path):
    stored = archive.put(original)
    kept = archive.set_aside(stored.sha256, tmp_path / "mat")
    assert kept is not None
    assert kept.read_bytes() == original.read_bytes()
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert not stored.path.exists()
    assert archive.set_aside(stored.sha256, tmp_path / "mat") == kept
    assert archive.set_aside("0" * 64, tmp_path / "mat") is None


def test_old_leftovers_are_swept_and_new_ones_kept(archive: Archive, original: Path):
    archive.put(original)
    old, new = archive.root / ".incoming-old", archive.root / ".incoming-new"
    for path, when in ((old, 100), (new, 200)):
        path.write_bytes(b"half")
        os.utime(path, (when, when))
    assert archive.sweep(before=150) == 1
    assert (old.exists(), new.exists()) == (False, True)


def test_only_hashes_name_originals(archive: Archive):
    for name in ("../../etc/passwd", "A" * 64, "ab"):
        with pytest.raises(ValueError, match="not a SHA-256"):
            archive.path(name)
