"""A site with one invented dispatch as a picture PDF, one as a text file, and receipts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sites import Get, Site, archived, asked, invented, picture_pdf

from corpus.document import Document
from db.store import Store
from extract.facts import Facts
from normalize.edits import Repaired


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("site")
    scan = archived(folder, picture_pdf(folder / "letter.pdf"))
    text = archived(folder, invented.TEXT.encode())
    letter = invented.document()
    with Store(folder / "congvan.db") as store:
        store.save(Document(scan, "kiểm kê.pdf", letter.pages), invented.repaired(), invented.facts(), at=invented.AT)
        plain = tuple(
            replace(page, width=0, height=0, source="file", lines=tuple(replace(line, words=()) for line in page.lines))
            for page in letter.pages
        )
        duties = Facts(obligations=invented.obligations(), deadlines=invented.deadlines())
        store.save(Document(text, "kiem-ke.txt", plain), Repaired.untouched(invented.TEXT), duties, at=invented.LATER)
        store.receipt(path="in/kiểm kê.pdf", sha256=scan, outcome="review", at=invented.AT, document_id=scan)
        store.receipt(path="in/kiem-ke.txt", sha256=text, outcome="done", at=invented.LATER, document_id=text)
        store.receipt(path="in/x.pdf", sha256="e" * 64, outcome="secret", at=invented.AT)
        for row in store.all("SELECT id FROM obligations WHERE document_id = ? AND due IS NOT NULL", text):
            store.correct("obligations", row[0], "due", "2020-01-31", by_whom="Lan", at=invented.LATER)
    return Site(folder / "congvan.db", scan, text)


@pytest.fixture(scope="session")
def get(site: Site) -> Iterator[Get]:
    """Ask one server for an address."""
    served = site.datasette()
    with asyncio.Runner() as runner:
        yield lambda address, **options: runner.run(asked(served, address, **options))
