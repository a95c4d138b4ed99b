"""The wiring: a file is read, repaired and understood; each stage lives in its own package."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from congvan.known import NOTHING, Known
from corpus.document import PAGE_BREAK
from corpus.errors import SecretError
from corpus.span import Span
from normalize.edits import Repaired
from normalize.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from spacy.language import Language

    from corpus.document import Document
    from extract.facts import Facts, Issue

    Progress = Callable[[int, int], None]

_TOP_LINES = 25
"""Where on a page a secrecy stamp is looked for: it stands under the number, before the addressees."""
_SECRET = re.compile(r"(?:TUYET\s*|TOI\s*)?MAT")
_FRAME = " \t|[](){}_-–—.,:;*'\"~=<>"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with everything made of it."""

    document: Document
    repaired: Repaired
    facts: Facts

    @property
    def needs_review(self) -> bool:
        """Whether a person must look before it counts as done."""
        return self.facts.needs_review


def recognise(
    path: Path, *, name: str | None = None, ocr_cache: Path | None = None, progress: Progress | None = None
) -> Document:
    """The document in ``path``, as recognised. ``name`` is what people call the file.

    Raises:
        CongvanError: the file cannot be read; the error says why and what to do.
    """
    from ocr.cache import Cache
    from ocr.checks.second import installed
    from ocr.read import read

    document = read(path, second=installed(), cache=Cache(ocr_cache) if ocr_cache else None, progress=progress)
    return replace(document, name=name or path.name)


def restore(text: str) -> Repaired:
    """``text`` with its Vietnamese restored: the one door to the normaliser."""
    from normalize.restore import restorer

    return restorer().repair(text)


def repaired_text(document: Document, titles: tuple[str, ...] = ()) -> Repaired:
    """The document's text restored, in the light of how sure the engine was of each word.

    ``titles``: those of clean documents that were read before.
    """
    from normalize.doubtful import repair_document

    return repair_document(document, titles)


def understand(document: Document, known: Known = NOTHING) -> Reading:
    """The document repaired, with its facts, in the light of what earlier documents taught."""
    from extract.pipeline import extract

    repaired = repaired_text(document, known.titles)
    facts = extract(language(), document, repaired, known.units)
    return Reading(document, repaired, replace(facts, issues=(*facts.issues, *unread_pages(document, repaired))))


def unread_pages(document: Document, repaired: Repaired) -> Iterator[Issue]:
    """An issue for each page on which something could not be read: what is not found there is unknown, not absent."""
    from extract.facts import Issue

    start = 0
    for page, text in zip(document.pages, repaired.text.split(PAGE_BREAK), strict=True):
        if page.unread:
            message = f"Trang {page.number} có chỗ không nhận dạng được; xem bản gốc."
            yield Issue("page-unread", message, Span(start, start + len(text)))
        start += len(text) + 1


def read_file(
    path: Path,
    *,
    name: str | None = None,
    ocr_cache: Path | None = None,
    known: Known = NOTHING,
    progress: Progress | None = None,
) -> Reading:
    """A file all the way from its bytes to its facts. ``known``: what documents read earlier taught.

    Raises:
        SecretError: it bears a secrecy mark.
        CongvanError: it cannot be read.
    """
    document = recognise(path, name=name, ocr_cache=ocr_cache, progress=progress)
    _stop_at(secrecy_mark(document))
    return guarded(understand(document, known))


def guarded(reading: Reading) -> Reading:
    """The reading, if it may be stored.

    Raises:
        SecretError: a part of it bears a secrecy mark.
    """
    _stop_at(next((fact.value.secrecy for fact in reading.facts.headers if fact.value.secrecy), None))
    return reading


@cache
def language() -> Language:
    """The extraction pipeline, loaded once a process."""
    from extract.pipeline import load

    return load()


def facts_json(reading: Reading) -> dict[str, Any]:
    """The facts as the facts schema asks."""
    from extract.report import facts_json as report

    return report(reading.document, reading.repaired, reading.facts)


def _stop_at(secrecy: str | None) -> None:
    if secrecy:
        raise SecretError(f"Văn bản có dấu độ mật «{secrecy}».")


def secrecy_mark(document: Document) -> str | None:
    """A secrecy mark alone on a line near the top of a page, or stamped anywhere, before repair and extraction.

    It is looked for in the raw text as well as by the extractor, so that a secret dispatch is stopped even
    when something later fails. Marks lost in recognition («TOI MAT») count: better one too many set aside.
    """
    for page in document.pages:
        printed = [line for line in page.lines if line.text.strip() and line.kind != "table"]
        stamps = [line for line in printed if line.kind == "stamp"]
        for line in (*printed[:_TOP_LINES], *stamps):
            bare = line.text.strip(_FRAME)
            if bare.isupper() and _SECRET.fullmatch(fold(bare)):
                return bare
    return None
