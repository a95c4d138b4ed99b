"""A site with one invented dispatch as a picture PDF, one as a text file, and receipts."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette
from PIL import Image, ImageDraw

from corpus.document import Document
from db.store import Store
from extract.facts import Facts
from normalize.edits import Repaired

sys.path.insert(0, str(Path(__file__).parents[1] / "db"))

import invented

Get = Callable[..., httpx.Response]


@dataclass(frozen=True)
class Site:
    """Where the files of a site are, and which documents it holds."""

    database: Path
    scan: str
    text: str

    def datasette(self, **metadata: Any) -> Datasette:
        return Datasette([str(self.database)], metadata=metadata or None)


def archived(folder: Path, body: bytes) -> str:
    digest = hashlib.sha256(body).hexdigest()
    place = folder / "archive" / digest[:2]
    place.mkdir(parents=True)
    (place / digest).write_bytes(body)
    return digest


def picture_pdf(path: Path) -> bytes:
    """The invented letter drawn as boxes of ink where its words stand."""
    pictures = []
    for page in invented.document().pages:
        picture = Image.new("RGB", (595, 842), "#fdfcf8")
        draw = ImageDraw.Draw(picture)
        for line in page.lines:
            for word in line.words:
                draw.rectangle((word.box.x0, word.box.top + 3, word.box.x1, word.box.bottom - 2), fill="#333")
        pictures.append(picture)
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=72)
    return path.read_bytes()


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


def fetch(datasette: Datasette, address: str, **options: Any) -> httpx.Response:
    async def get() -> httpx.Response:
        await datasette.invoke_startup()
        return await datasette.client.get(address, **options)

    return asyncio.run(get())


@pytest.fixture
def get(site: Site) -> Get:
    """Ask a fresh server for an address."""

    def ask(address: str, **options: Any) -> httpx.Response:
        return fetch(site.datasette(), address, **options)

    return ask
