"""The one entry: a file in, a document out."""

from __future__ import annotations

import hashlib
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.errors import DamagedError, LimitError
from ocr.engines.default import default_engine
from ocr.files.sniff import sniff
from ocr.files.text import pages_of_text
from ocr.limits import DEFAULTS
from ocr.pages import PageReader, unread_page
from ocr.tables.joining import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from corpus.document import Witness
    from corpus.errors import CongvanError
    from corpus.layout import Page
    from ocr.cache import Cache
    from ocr.checks.second import LineReader
    from ocr.engine import OcrEngine
    from ocr.files.stored import Stored
    from ocr.limits import Limits

    Progress = Callable[[int, int], None]


def read(
    path: Path,
    *,
    engine: OcrEngine | None = None,
    second: LineReader | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    limits: Limits = DEFAULTS,
) -> Document:
    """Reads a PDF, picture (one or more pages) or text file, told apart by content.

    Args:
        path: the file.
        engine: reads page images; by default Tesseract with Vietnamese, see :func:`ocr.engines.default.default_engine`.
        second: reads figures once more, as a witness; see :mod:`ocr.checks.second`.
        cache: keeps what the engines read.
        progress: called with (pages done, pages in all) before the first and after each page.
        limits: what one file may cost.

    Raises:
        LockedError: a password is asked for.
        UnsupportedError: the content is of a kind that is not read.
        DamagedError: empty, truncated or malformed; or no page could be read.
        LimitError: too many bytes, pages or pixels.
        MissingToolError: the engine or its language data is not installed.
    """
    limits.check_file(path)
    kind = sniff(path)
    with path.open("rb") as file:
        identity = hashlib.file_digest(file, "sha256").hexdigest()
    if kind == "text":
        return Document(identity, path.name, pages_of_text(path))
    reader = PageReader(engine or default_engine(), cache, limits, second)
    pages = _all(_stored(path, kind, limits), reader, progress or _silent, path.name)
    return Document(identity, path.name, pages, _witnesses(path) if kind == "pdf" else ())


def _stored(path: Path, kind: str, limits: Limits) -> Iterator[Stored]:
    """The pages of a PDF or image file; what decodes the other kind is not loaded."""
    if kind == "pdf":
        from ocr.files.stored import pdf_pages

        return pdf_pages(path, limits)
    from ocr.files.pictures import image_pages

    return image_pages(path, limits)


def _all(source: Iterator[Stored], reader: PageReader, progress: Progress, name: str) -> tuple[Page, ...]:
    """Page after page, so that one picture at a time is in memory.

    A page that cannot be read is kept as such; only where none can be read the file counts as damaged.
    """
    pages: list[Page] = []
    failure: CongvanError | None = None
    for stored in source:
        progress(len(pages), stored.total)
        try:
            pages.append(reader.read(stored))
        except (DamagedError, LimitError) as error:
            failure = error
            pages.append(unread_page(stored, str(error)))
        progress(len(pages), stored.total)
    if failure is not None and all(page.unread for page in pages):
        raise failure
    if not pages:
        raise DamagedError(f"Tệp {name} không có trang nào.")
    return join(pages)


def _witnesses(path: Path) -> tuple[Witness, ...]:
    """The signatures of a PDF; most have none, and then what looks for them is not even loaded.

    The byte range of a signature counts from the start of the file, so it stands there uncompressed.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        if data.find(b"/ByteRange") < 0:
            return ()
    from ocr.files.witness import witnesses

    return witnesses(path)


def _silent(_done: int, _total: int) -> None:
    """No progress is shown."""
