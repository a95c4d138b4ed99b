"""What a site for the tests is made of, and how it is asked."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from datasette.app import Datasette
from PIL import Image, ImageDraw

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


async def asked(datasette: Datasette, address: str, **options: Any) -> httpx.Response:
    """What the server answers."""
    await datasette.invoke_startup()
    return await datasette.client.get(address, **options)


def fetch(datasette: Datasette, address: str, **options: Any) -> httpx.Response:
    """What a server that is asked only once answers."""
    return asyncio.run(asked(datasette, address, **options))
