"""What `congvan text --json` prints: pages with lines, words, boxes, confidence, source. See docs/cli.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.document import PAGE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.document import Document
    from corpus.layout import Box, Line, Page, Table
    from normalize.edits import Repaired

_PAGE = ("number", "width", "height", "source", "reason", "rotation", "unread")
_CELL = ("row", "column", "row_span", "column_span", "continues")
_WITNESS = ("signer", "organisation", "signed_at", "digest")


def text_json(document: Document, repaired: Repaired | None) -> dict[str, Any]:
    """The document with its words and boxes; ``text`` is the repaired one where there is one, else as read."""
    text = repaired.text if repaired else document.text
    pages = zip(document.pages, text.split(PAGE_BREAK), strict=True) if document.pages else ()
    return {
        "file": {"sha256": document.id, "name": document.name, "pages": len(document.pages)},
        "text": text,
        "signatures": [{name: getattr(each, name) for name in _WITNESS} for each in document.witnesses],
        "pages": [_page(page, said) for page, said in pages],
    }


def _page(page: Page, said: str) -> dict[str, Any]:
    lines = zip(page.lines, said.split("\n"), strict=True) if page.lines else ()
    return {name: getattr(page, name) for name in _PAGE} | {
        "lines": [_line(line, text) for line, text in lines],
        "tables": [_table(table) for table in page.tables],
        "regions": [{"kind": each.kind, "box": _box(each.box), "text": each.text} for each in page.regions],
    }


def _line(line: Line, said: str) -> dict[str, Any]:
    return {"text": said, "raw": line.text, "kind": line.kind, "box": _box(line.box), "words": list(_words(line))}


def _words(line: Line) -> Iterator[dict[str, Any]]:
    for word in line.words:
        yield {
            "text": word.text,
            "start": word.start,
            "box": _box(word.box),
            "confidence": round(word.confidence, 3),
            "readings": list(word.readings),
        }


def _table(table: Table) -> dict[str, Any]:
    cells = [
        {name: getattr(cell, name) for name in _CELL}
        | {"lines": [cell.lines.start, cell.lines.end], "box": _box(cell.box)}
        for cell in table.cells
    ]
    names = ("rows", "columns", "ruled", "continues")
    return {name: getattr(table, name) for name in names} | {"box": _box(table.box), "cells": cells}


def _box(box: Box | None) -> list[float] | None:
    return [round(side, 2) for side in (box.x0, box.top, box.x1, box.bottom)] if box else None
