"""Render the sample dispatches and turn them into scans: ``python corpus/samples/make.py [OUT]``.

The letters are ours, about invented matters; ``letters/*.html`` is laid out as Nghị định 30/2020/NĐ-CP asks.
Needs Chromium, Tesseract's English data, and the fonts Tinos (fonts-croscore) and DkgHandwriting
(fonts-dkg-handwriting): Liberation Serif lacks the stacked Vietnamese tone letters and renderers mix fonts silently.
"""

from __future__ import annotations

import argparse
import base64
import io
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

HERE = Path(__file__).parent
DPI = 200
Picture = NDArray[np.uint8]

CHROMIUM = (
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip

SEAL = """<svg width="38mm" height="38mm" viewBox="-50 -50 100 100" style="position:absolute;
margin:2mm 0 0 -30mm;transform:rotate(-9deg);opacity:.8" fill="none" stroke="#d01818">
<circle r="48" stroke-width="2.2"/><circle r="33" stroke-width="1"/>
<path id="{id}" d="M0,38 A38,38 0 1 1 .1,38" stroke="none"/>
<text font-family="Tinos" font-size="8" font-weight="bold" fill="#d01818" stroke="none" text-anchor="middle">
<textPath href="#{id}" startOffset="50%">{text}</textPath></text>
<path d="M0,-17 4,-5 16,-5 6,2 10,14 0,7 -10,14 -6,2 -16,-5 -4,-5Z" fill="#d01818" stroke="none"/></svg>
<svg width="44mm" height="18mm" viewBox="0 0 88 36" style="position:absolute;margin:9mm 0 0 -14mm" fill="none"
stroke="#1b2a7a" stroke-width="1.3"><path d="M4,28 C18,-14 26,40 34,14 S46,30 52,18 62,8 66,20 78,22 86,4"/></svg>"""


def page_html(letter: Path) -> str:
    """The letter as a whole HTML page with its seals drawn."""
    number = iter(range(1000))
    body = re.sub(
        r"\{\{seal (.+?)\}\}",
        lambda match: SEAL.format(id=f"seal{next(number)}", text=match[1]),
        letter.read_text("utf-8"),
    )
    style = (HERE / "letters" / "style.css").read_text("utf-8")
    return f'<!doctype html><html lang="vi"><meta charset="utf-8"><style>{style}</style><body>{body}</body></html>'


def print_pdf(html: str) -> bytes:
    """The page as Chromium prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(html, "utf-8")
        command = [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def pictures(pdf: bytes) -> list[Picture]:
    """The pages as RGB arrays at `DPI`."""
    document = pdfium.PdfDocument(pdf)
    return [np.asarray(page.render(scale=DPI / 72).to_pil().convert("RGB")) for page in document]


def spoil(picture: Picture, seed: int) -> Picture:
    """The page as an office scanner sees it: a little turned, soft, unevenly lit, grainy, on greyish paper."""
    random = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(random.uniform(-0.7, 0.7)), 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), borderValue=(255, 255, 255))
    soft = cv2.GaussianBlur(turned, (0, 0), 0.55).astype(np.float32)
    light = np.linspace(0.97, float(random.uniform(0.9, 0.95)), width, dtype=np.float32)[None, :, None]
    grain = random.normal(0, 3.5, (height, width, 1)).astype(np.float32)
    spoilt = soft * light * np.array([0.99, 0.985, 0.965], np.float32) + grain
    page: Picture = np.clip(spoilt, 0, 255).astype(np.uint8)
    return page


def scanned(pdf: bytes, seed: int) -> list[Picture]:
    """Every page of ``pdf`` as a scan."""
    return [spoil(picture, seed + number) for number, picture in enumerate(pictures(pdf))]


def image_pdf(pages: list[Picture]) -> bytes:
    """A PDF of page images and nothing else."""
    images = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=DPI, quality=60)
    return out.getvalue()


def captioned_pdf(pages: list[Picture]) -> bytes:
    """Page images under a text layer that holds only the caption of an electronic signature."""
    sheets = []
    for page in pages:
        out = io.BytesIO()
        Image.fromarray(page).save(out, "JPEG", quality=60)
        data = base64.b64encode(out.getvalue()).decode("ascii")
        sheets.append(f'<div><img src="data:image/jpeg;base64,{data}"></div>')
    caption = (
        "Ký bởi: Ủy ban nhân dân tỉnh Sông Ngân<br>Email: vanthu@songngan.example<br>Thời gian ký: 31/03/2026 16:41:07"
    )
    style = (
        "@page{size:A4;margin:0}body{margin:0}div{width:210mm;height:296.5mm;overflow:hidden}"
        "img{width:100%;height:100%}p{position:absolute;top:4mm;right:6mm;margin:0;font:7pt Tinos}"
    )
    html = f'<!doctype html><meta charset="utf-8"><style>{style}</style><p>{caption}</p>{"".join(sheets)}'
    return print_pdf(html)


def garbled_pdf(pages: list[Picture]) -> bytes:
    """Page images with the text layer of an engine that knows no Vietnamese."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, page in enumerate(pages):
            names.append(f"{folder}/{number}.jpg")
            Image.fromarray(page).save(names[-1], quality=60, dpi=(DPI, DPI))
        Path(folder, "list.txt").write_text("\n".join(names), "utf-8")
        command = ["tesseract", f"{folder}/list.txt", f"{folder}/out", "-l", "eng", "pdf"]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return Path(folder, "out.pdf").read_bytes()


MAKERS: dict[str, Callable[[list[Picture]], bytes]] = {"07": captioned_pdf, "08": garbled_pdf}


def make(out: Path) -> None:
    """Write one PDF a letter into ``out``; the sixth stays born digital."""
    out.mkdir(parents=True, exist_ok=True)
    for seed, letter in enumerate(sorted((HERE / "letters").glob("*.html"))):
        born = print_pdf(page_html(letter))
        key = letter.name[:2]
        data = born if key == "06" else MAKERS.get(key, image_pdf)(scanned(born, 100 * seed))
        (out / f"{letter.stem}.pdf").write_bytes(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Render the sample dispatches and turn them into scans.")
    parser.add_argument("out", type=Path, nargs="?", default=HERE / "scans")
    make(parser.parse_args().out)
