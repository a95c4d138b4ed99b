"""Originals kept by content: a file is copied in before anything else is done with it, and never changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from corpus.errors import CongvanError, UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

_CHUNK = 1 << 20
_TEMPORARY = ".incoming-"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class ChangedError(CongvanError):
    """The file was written to while it was copied (still being scanned or transferred)."""

    default_remedy = "Đợi máy quét hoặc việc chép tệp xong; lần chạy sau sẽ tự đọc lại."


@dataclass(frozen=True, slots=True)
class Stored:
    """An original in the archive. ``added`` is False where the same bytes were there already."""

    sha256: str
    path: Path
    size: int
    added: bool


class Archive:
    """Files under ``root``, each at ``ab/abcd…`` after the SHA-256 of its bytes, without an extension.

    A file appears whole or not at all: it is written under a temporary name, flushed to the disk and renamed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Where the original with this hash is, or would be.

        Raises:
            ValueError: not a SHA-256 in lower-case hexadecimal.
        """
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.root / sha256[:2] / sha256

    def put(self, source: Path) -> Stored:
        """Copy ``source`` in.

        Raises:
            ChangedError: the file was written to meanwhile.
            UnsupportedError: not a regular file (a pipe, a device, a folder).
            OSError: it cannot be read, or the archive's disk is full or not writable.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with _open(source) as stream:
            before = os.fstat(stream.fileno())
            temporary, sha256, size = self._copy(stream)
            try:
                after = os.fstat(stream.fileno())
                if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
                    raise ChangedError("Tệp đang được ghi dở trong lúc chép vào kho.")
                return self._place(temporary, sha256, size)
            finally:
                with contextlib.suppress(FileNotFoundError):
                    temporary.unlink()

    def identify(self, source: Path) -> Stored:
        """Where ``source`` would be kept, without copying it; errors as for `put`, but for the archive's."""
        with _open(source) as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            return Stored(sha256, self.path(sha256), os.fstat(stream.fileno()).st_size, added=False)

    def verify(self, sha256: str) -> bool:
        """Whether the original is there and its bytes still have this hash."""
        try:
            with self.path(sha256).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def set_aside(self, sha256: str, folder: Path) -> Path | None:
        """Move an original out of the archive into ``folder``, which only its owner may enter (0700, file 0600).

        Returns where it is now; None where there was nothing to move.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        target = folder / sha256
        source = self.path(sha256)
        try:
            source.chmod(0o600)
            source.replace(target)
        except FileNotFoundError:
            return target if target.exists() else None
        _sync_folder(folder)
        _sync_folder(source.parent)
        return target

    def remove(self, sha256: str) -> bool:
        """Delete an original; whether it was there."""
        try:
            self.path(sha256).unlink()
        except FileNotFoundError:
            return False
        _sync_folder(self.path(sha256).parent)
        return True

    def sweep(self, *, before: float) -> int:
        """Delete half-copied leftovers last written before this time (seconds since 1970); how many there were."""
        leftovers = [path for path in self.root.glob(f"{_TEMPORARY}*") if path.stat().st_mtime < before]
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    def __iter__(self) -> Iterator[str]:
        """The hashes of all originals, in order."""
        return iter(sorted(path.name for path in self.root.glob("??/*") if _SHA256.fullmatch(path.name)))

    def _copy(self, stream: BinaryIO) -> tuple[Path, str, int]:
        """``(temporary file, SHA-256, size)`` of a copy that is safely on the disk."""
        digest = hashlib.sha256()
        size = 0
        descriptor, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=self.root)
        temporary = self.root / name
        try:
            with os.fdopen(descriptor, "wb") as copy:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                    size += len(chunk)
                copy.flush()
                os.fsync(copy.fileno())
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return temporary, digest.hexdigest(), size

    def _place(self, temporary: Path, sha256: str, size: int) -> Stored:
        """Rename the copy to its place; the one that is there already is kept unless its size is wrong."""
        target = self.path(sha256)
        try:
            if target.stat().st_size == size:
                return Stored(sha256, target, size, added=False)
        except FileNotFoundError:
            pass
        target.parent.mkdir(exist_ok=True)
        temporary.chmod(0o440)
        temporary.replace(target)
        _sync_folder(target.parent)
        return Stored(sha256, target, size, added=True)


def _open(source: Path) -> BufferedReader:
    """A regular file, opened for reading."""
    # Not blocking: opening a named pipe must not wait for a writer.
    descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnsupportedError("Không phải tệp thường (thư mục, ống dẫn hoặc thiết bị).")
    return os.fdopen(descriptor, "rb")


def _sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
