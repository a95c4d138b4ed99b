"""Originals and page pictures: only of stored documents, never by a path that a visitor wrote."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from datasette.utils.asgi import Response
from PIL import Image, ImageDraw

from corpus.errors import CongvanError
from ocr.files.render import page_image

DPI = 120
"""Resolution of a page's picture: sharp on a screen, about 150 kB."""

MARGIN = 34
"""Pixels shown above and below a quoted line."""
MOST_OF_PAGE = 5
"""A strip shows at most this part of a page."""

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER = "private, max-age=31536000, immutable"
_MAGIC = (
    (b"%PDF", "application/pdf"),
    (b"\xff\xd8", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)

_one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="page-image")
"""PDFium must not be used by two threads at once."""


@lru_cache(maxsize=128)
def _picture(path: Path, number: int, rotation: int) -> bytes:
    held = io.BytesIO()
    page_image(path, number, dpi=DPI, rotation=rotation).convert("RGB").save(held, "JPEG", quality=80, progressive=True)
    return held.getvalue()


@lru_cache(maxsize=256)
def _strip(path: Path, number: int, rotation: int, box: tuple[float, float, float, float]) -> bytes:
    """The stretch of a page around a box, as wide as the page; the box is framed."""
    with Image.open(io.BytesIO(_picture(path, number, rotation))) as page:
        left, top, right, bottom = (round(side * DPI / 72) for side in box)
        tall = min(bottom, top + page.height // MOST_OF_PAGE)
        ImageDraw.Draw(page).rectangle((left - 5, top - 5, right + 5, bottom + 5), outline="#b45309", width=2)
        held = io.BytesIO()
        page.crop((0, max(top - MARGIN, 0), page.width, min(tall + MARGIN, page.height))).save(held, "JPEG", quality=80)
    return held.getvalue()


async def strip(path: Path, number: int, rotation: int, box: tuple[float, float, float, float]) -> Response:
    """The lines around a box (in points) of a page as JPEG; 404 where there is no picture."""
    if not path.is_file():
        return Response.text("Không còn tệp gốc trong kho lưu.", status=404)
    loop = asyncio.get_running_loop()
    try:
        body = await loop.run_in_executor(_one_at_a_time, _strip, path, number, rotation, box)
    except (CongvanError, IndexError) as error:
        return Response.text(f"Không dựng được ảnh trang: {error}", status=404)
    return Response(body, content_type="image/jpeg", headers={"Cache-Control": FOREVER})


async def picture(path: Path, number: int, rotation: int) -> Response:
    """The page's picture as JPEG; 404 where there is none, with the reason."""
    if not path.is_file():
        return Response.text("Không còn tệp gốc trong kho lưu.", status=404)
    loop = asyncio.get_running_loop()
    try:
        body = await loop.run_in_executor(_one_at_a_time, _picture, path, number, rotation)
    except (CongvanError, IndexError) as error:
        return Response.text(f"Không dựng được ảnh trang: {error}", status=404)
    return Response(body, content_type="image/jpeg", headers={"Cache-Control": FOREVER})


def original(path: Path, name: str) -> Response:
    """The file as it was dropped, to be saved under its name."""
    if not path.is_file():
        return Response.text("Không còn tệp gốc trong kho lưu.", status=404)
    body = path.read_bytes()
    kind = next((kind for magic, kind in _MAGIC if body.startswith(magic)), "text/plain; charset=utf-8")
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": FOREVER,
    }
    return Response(body, content_type=kind, headers=headers)


def static(name: str) -> Response:
    """One of our own style sheets and scripts."""
    path = STATIC / name
    if path.parent != STATIC or path.suffix not in TYPES or not path.is_file():
        return Response.text("Không có tệp này.", status=404)
    return Response(
        path.read_bytes(), content_type=TYPES[path.suffix], headers={"Cache-Control": "public, max-age=3600"}
    )
