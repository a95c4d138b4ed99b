"""What an engine read, kept by the content of the page and the version of everything that read it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.layout import Box
from ocr.engine import ReadWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Reading:
    """An engine's words on one page image, and the clockwise turn in degrees under which it read them."""

    words: tuple[ReadWord, ...]
    rotation: int = 0


_PlainWord = tuple[str, tuple[float, float, float, float], float, int, int, int]


_Stored = tuple[int, list[_PlainWord]]


def key_of(pixels: NDArray, dpi: int, *versions: str) -> str:  # type: ignore[type-arg]
    """The cache key of a page's pixels, their resolution and the versions of what reads them."""
    digest = hashlib.sha256(f"{pixels.shape} {dpi} {versions}".encode())
    digest.update(pixels.data)
    return digest.hexdigest()


class Cache:
    """A folder of readings, one small file each; safe for several processes.

    A file that cannot be read counts as absent: a cache must never stop a reading.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Reading | None:
        """The reading under ``key``, if there is one."""
        import msgspec

        try:
            rotation, stored = msgspec.msgpack.decode(self._path(key).read_bytes(), type=_Stored)
        except (OSError, msgspec.MsgspecError):
            return None
        words = (ReadWord(text, Box(*box), sure, *group) for text, box, sure, *group in stored)
        return Reading(tuple(words), rotation)

    def put(self, key: str, reading: Reading) -> None:
        """Keeps a reading; a full or missing disk is no error here."""
        import msgspec

        data = msgspec.msgpack.encode((reading.rotation, _plain(reading.words)))
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.msgpack"


def _plain(words: Sequence[ReadWord]) -> list[_PlainWord]:
    return [
        (w.text, (w.box.x0, w.box.top, w.box.x1, w.box.bottom), w.confidence, w.block, w.paragraph, w.line)
        for w in words
    ]
