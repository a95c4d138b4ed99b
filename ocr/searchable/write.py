"""A searchable copy of a file: its own pages, upright, the corrected text unseen behind them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary

from corpus.errors import DamagedError, UnsupportedError
from ocr.files.pdf import PdfPage, open_pdf
from ocr.files.pictures import image_pages
from ocr.files.sniff import sniff
from ocr.limits import DEFAULTS
from ocr.searchable import archival
from ocr.searchable.content import remove_unseen, silence
from ocr.searchable.images import add_page, redraw
from ocr.searchable.layer import Frame, UnseenFont, drawn
from ocr.searchable.words import placed_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpus.document import Document
    from corpus.layout import Page
    from normalize.edits import Repaired
    from ocr.searchable.archival import About, Obstacle
    from ocr.searchable.words import PlacedLine

_REDRAWN_DPI = 300


@dataclass(frozen=True, slots=True)
class Copied:
    """What was written. ``obstacles`` say why the copy is no PDF/A; ``kept`` are pages whose own text was right."""

    pages: int
    kept: tuple[int, ...]
    obstacles: tuple[str, ...]


def refuse_text(path: Path) -> None:
    """Stops at what has no pages to copy.

    Raises:
        UnsupportedError: a text file, or content of a kind that is not read.
        DamagedError: an empty file.
    """
    if sniff(path) == "text":
        raise UnsupportedError(
            f"{path.name} là văn bản thuần, không có trang ảnh để làm PDF.",
            remedy="Dùng «congvan text» để lấy văn bản đã phục hồi.",
        )


def write_copy(
    path: Path, document: Document, repaired: Repaired, target: Path, about: About, *, as_images: bool = False
) -> Copied:
    """Writes the copy of ``path``, which was read as ``document``, to ``target``.

    Images are embedded as they are stored where PDF can hold them (JPEG), else without loss. Pages of a PDF keep their
    content; their own text stays where it is word for word the corrected one, and gives way to it elsewhere.
    Signatures, forms, actions and attachments are left out; what annotations draw becomes part of the page.

    Args:
        path: a PDF or image.
        document: how it was read.
        repaired: the document's text, corrected.
        target: the file to be written; it is there whole or not at all.
        about: title and note of the copy.
        as_images: pages that PDF/A forbids (fonts not embedded) are drawn as pictures.

    Raises:
        UnsupportedError, DamagedError: the file has no pages, or they cannot be copied.
        OSError: the target cannot be written.
    """
    refuse_text(path)
    try:
        with pikepdf.open(path) if sniff(path) == "pdf" else pikepdf.new() as pdf:
            copy = _Copy(pdf, path, document, placed_lines(document, repaired))
            copy.take(as_images=as_images)
            obstacles = archival.obstacles(pdf)
            archival.describe(pdf, about, claim=not obstacles)
            _save(pdf, target)
            return Copied(len(pdf.pages), tuple(copy.kept), tuple(map(str, obstacles)))
    except pikepdf.PdfError as error:
        raise DamagedError(f"Tệp PDF {path.name} hỏng, không chép lại được.", remedy="Xuất hoặc quét lại.") from error


class _Copy:
    """The pages of a copy while it is made: which keep their own text, and where the others get theirs."""

    def __init__(self, pdf: pikepdf.Pdf, path: Path, document: Document, lines: Sequence[Sequence[PlacedLine]]) -> None:
        self.pdf, self.path, self.document, self.lines = pdf, path, document, lines
        self.frames: dict[int, Frame] = {}
        self.kept: list[int] = []

    def take(self, *, as_images: bool) -> None:
        """Makes the pages and lays their text."""
        if sniff(self.path) == "pdf":
            self._take_pdf_pages()
        else:
            self._take_images()
        archival.strip(self.pdf)
        if as_images:
            self._redraw(archival.obstacles(self.pdf))
        self._lay()
        if self.frames:
            archival.drop_structure(self.pdf)

    def _take_pdf_pages(self) -> None:
        """Sets the pages upright and clears away text that is not the corrected one."""
        with open_pdf(self.path, DEFAULTS) as stored:
            for page, read, placed in zip(self.pdf.pages, self.document.pages, self.lines, strict=True):
                frame = _frame(page, read)
                page.obj.Rotate = frame.rotation
                if not placed:
                    continue
                shown = PdfPage(stored, read.number - 1)
                try:
                    if _says_the_same(shown, read, placed):
                        self.kept.append(read.number)
                    else:
                        _clear(self.pdf, page, shown, read)
                        self.frames[read.number] = frame
                finally:
                    shown.close()

    def _take_images(self) -> None:
        """Makes a page of each image."""
        for stored, read in zip(image_pages(self.path, DEFAULTS), self.document.pages, strict=True):
            _, self.frames[read.number] = add_page(self.pdf, stored, self.path, read.rotation)

    def _redraw(self, obstacles: Sequence[Obstacle]) -> None:
        """Draws the pages that stand in the way of PDF/A as pictures."""
        with open_pdf(self.path, DEFAULTS) as stored:
            for number in sorted({number for obstacle in obstacles for number in obstacle.pages}):
                shown = PdfPage(stored, number - 1)
                try:
                    picture = shown.rendered(_REDRAWN_DPI, DEFAULTS, annotations=True)
                finally:
                    shown.close()
                rotation = self.document.pages[number - 1].rotation
                self.frames[number] = redraw(self.pdf, self.pdf.pages[number - 1], picture, rotation)
                self.kept = [each for each in self.kept if each != number]

    def _lay(self) -> None:
        """Puts each layer first on its page: behind what is drawn, under no transformation left over."""
        font = UnseenFont()
        layers = []
        for number, frame in self.frames.items():
            page = self.pdf.pages[number - 1]
            name = _free_name(page)
            layers.append((page, name, drawn(self.lines[number - 1], frame, font, name)))
        written = font.write(self.pdf)
        for page, name, content in layers:
            resources = Dictionary(page.resources)
            resources.Font = Dictionary(resources.get("/Font", {}))
            resources.Font[name] = written
            page.obj.Resources = resources
            page.contents_add(self.pdf.make_stream(content), prepend=True)


def _save(pdf: pikepdf.Pdf, target: Path) -> None:
    """Whole or not at all."""
    pdf.remove_unreferenced_resources()
    beside = target.with_name(target.name + ".part")
    try:
        pdf.save(beside, force_version=archival.VERSION, deterministic_id=True, encryption=False)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _says_the_same(shown: PdfPage, read: Page, placed: Sequence[PlacedLine]) -> bool:
    """Whether the page's own text has exactly the corrected words, whatever their order."""
    if read.source not in ("text-layer", "both"):
        return False
    own = Counter(word.text for word in shown.layer())
    return own == Counter(word.text for line in placed for word in line)


def _clear(pdf: pikepdf.Pdf, page: pikepdf.Page, shown: PdfPage, read: Page) -> None:
    """Takes the page's own text away, but for a signing caption, which is seen and says what it shows."""
    if not shown.layer():
        return
    remove_unseen(pdf, page)
    if shown.has_visible_text() and not any(region.kind == "caption" for region in read.regions):
        silence(pdf, page)


def _frame(page: pikepdf.Page, read: Page) -> Frame:
    """How the page is shown once it lies as it was read."""
    media, crop = ([float(side) for side in box] for box in (page.mediabox, page.cropbox))
    (ax0, ax1), (ay0, ay1) = (sorted(media[at::2]) for at in (0, 1))
    (bx0, bx1), (by0, by1) = (sorted(crop[at::2]) for at in (0, 1))
    corners = (max(ax0, bx0), max(ay0, by0), min(ax1, bx1), min(ay1, by1))
    return Frame(corners, (int(page.rotation) + read.rotation) % 360)


def _free_name(page: pikepdf.Page) -> str:
    taken = page.resources.get("/Font", {})
    return next(name for name in (f"/Unseen{number}" for number in range(len(taken) + 1)) if name not in taken)
