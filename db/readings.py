"""What was read, kept so that facts can be extracted again without OCR: pages with their words, and the repairs."""

from __future__ import annotations

import zlib

import msgspec

from corpus.document import Document, Witness
from corpus.layout import Page
from normalize.edits import Edit, Repaired

_Pages = tuple[Page, ...]
_Steps = tuple[tuple[str, tuple[Edit, ...]], ...]


def pack_pages(document: Document) -> bytes:
    """The pages with lines, words, boxes, tables and regions, as compressed JSON."""
    return zlib.compress(msgspec.json.encode(document.pages))


def pack_steps(repaired: Repaired) -> bytes:
    """The steps of the repair with their edits, as compressed JSON."""
    return zlib.compress(msgspec.json.encode([(step.name, step.edits) for step in repaired.steps]))


def unpack_document(document_id: str, name: str, layout: bytes, witnesses: tuple[Witness, ...]) -> Document:
    """The document as it was when it was saved."""
    return Document(document_id, name, msgspec.json.decode(zlib.decompress(layout), type=_Pages), witnesses)


def unpack_repaired(document: Document, repair: bytes) -> Repaired:
    """The repaired text, made anew from the raw text and the stored edits."""
    repaired = Repaired.untouched(document.text)
    for name, edits in msgspec.json.decode(zlib.decompress(repair), type=_Steps):
        repaired = repaired.then(name, edits)
    return repaired
