"""How well ruled tables are read once a born-digital PDF has become a scan.

    python bench/tables.py ../shared/scans/B01*.pdf ../shared/scans/B02*.pdf [--dpi 200] [--limit PAGES] [--show]
    python bench/tables.py --made ../shared/scans-made [--level office bad special] [--show]

Each page with a table is rendered, blurred a little, given noise and a slight skew, and read like any scan. The truth
is what pdfplumber finds on the original page. Printed per file and in all: body cells in the right place (same row
and column, text alike by 0.8), their mean likeness, and the share of the column headed «Thời gian …» or «Thời hạn …»
that is exact but for white space, as read and after repair of the whole document, and how many deadlines are wrong
after repair though none of their words is doubted. ``--made`` does the same for pages that are scans already and lie
beside the PDFs that they were made of; their files are read as files are, turned pages too.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
import pdfplumber
import pypdfium2
from rapidfuzz import fuzz

from corpus.document import Document
from corpus.layout import Line, Page
from corpus.span import Span
from normalize.doubtful import repair_document
from normalize.fold import fold
from ocr.arrange import arrange
from ocr.engines.default import default_engine
from ocr.engines.tesseract import Tesseract
from ocr.files.stored import pdf_pages
from ocr.image import cleaning
from ocr.limits import DEFAULTS
from ocr.pages import PageReader
from ocr.tables.cells import read_page
from ocr.tables.joining import join, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from normalize.edits import Repaired
    from ocr.arrange import Arranged

Place = tuple[int, int]
Texts = dict[Place, str]

DOUBTED = 0.6
"""Confidence of a word below which its cell counts as flagged."""


class Score(NamedTuple):
    """Counts over body cells."""

    cells: int = 0
    placed: int = 0
    likeness: float = 0.0
    due: int = 0
    due_exact: int = 0
    due_repaired: int = 0
    silent: int = 0

    def plus(self, other: Score) -> Score:
        """Both together."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        return (
            f"body cells {self.cells}, in place {self.placed / max(self.cells, 1):.3f}, "
            f"likeness {self.likeness / max(self.cells, 1):.3f}, "
            f"deadlines exact {self.due_exact}/{self.due} = {self.due_exact / max(self.due, 1):.3f}, "
            f"repaired {self.due_repaired / max(self.due, 1):.3f}, wrong and unflagged {self.silent}"
        )


def plain(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


def truth(path: Path) -> Iterator[tuple[int, list[Texts]]]:
    """``(page from 0, tables)`` of the original, white boxes behind text left aside."""
    with pdfplumber.open(path) as pdf:
        for index, page in enumerate(pdf.pages):
            clean = page.filter(lambda item: item["object_type"] != "rect" or min(item["width"], item["height"]) < 3)
            tables = []
            for table in clean.find_tables():
                rows = [
                    {(r, c): plain(page.crop(cell).extract_text() or "") for c, cell in enumerate(row.cells) if cell}
                    for r, row in enumerate(table.rows)
                ]
                tables.append({place: text for row in rows for place, text in row.items()})
            if tables:
                yield index, tables


def as_scan(path: Path, index: int, dpi: int) -> np.ndarray:
    """The page as a scanner would give it: grey, slightly skew, blurred and noisy."""
    random = np.random.default_rng(index)
    page = pypdfium2.PdfDocument(path)[index].render(scale=dpi / 72).to_numpy()
    grey = cv2.cvtColor(page[:, :, :3], cv2.COLOR_RGB2GRAY)
    turn = cv2.getRotationMatrix2D((grey.shape[1] / 2, grey.shape[0] / 2), random.uniform(-0.6, 0.6), 1)
    grey = cv2.warpAffine(grey, turn, grey.shape[::-1], flags=cv2.INTER_CUBIC, borderValue=255)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.5)
    return np.clip(grey * 0.97 + random.normal(0, 4, grey.shape), 0, 255).astype(np.uint8)


def read(grey: np.ndarray, dpi: int) -> Arranged:
    """The page as congvan reads a scan."""
    cleaned = cleaning.clean(grey, dpi).grey
    words = read_page(Tesseract(), cleaned, dpi=dpi, timeout=900)
    height, width = (size * 72 / dpi for size in cleaned.shape)
    return arrange(words, image=cleaned, dpi=dpi, width=width, height=height)


def page_of(arranged: Arranged, number: int) -> Page:
    """A page to be joined with others."""
    return Page(number, 0, 0, arranged.lines, arranged.tables)


def texts_of(page: Page, rows: Sequence[int]) -> list[Texts]:
    """The text of each cell of each table; ``rows`` are the tables' rows before repeated headers were left out."""
    found: list[Texts] = []
    for at, table in enumerate(page.tables):
        left_out = rows[at] - table.rows
        found.append({(cell.row + left_out, cell.column): plain(text_of(page, cell)) for cell in table.cells})
    return found


def repaired(pages: Sequence[Page]) -> list[Page]:
    """The pages with their lines' text after repair; a line that was flagged is marked by its kind."""
    document = Document("0" * 64, "bench", tuple(pages))
    whole = repair_document(document)
    starts = list(accumulate((len(line) + 1 for line in re.split("[\n\f]", whole.text)), initial=0))
    texts = iter(zip(starts, re.split("[\n\f]", whole.text), strict=False))
    done = []
    for page in pages:
        its = [next(texts) for _ in page.lines or (None,)]
        lines = [
            Line(text, line.words, line.box, "flagged" if _doubted(whole, line, at, text) else "text")
            for line, (at, text) in zip(page.lines, its, strict=False)
        ]
        done.append(replace(page, lines=tuple(lines)))
    return done


def _doubted(whole: Repaired, line: Line, at: int, text: str) -> bool:
    edited = any(edit.flag for _, edit in whole.edits_in(Span(at, at + len(text))))
    return edited or any(word.readings or word.confidence < DOUBTED for word in line.words)


def flagged_in(page: Page, rows: Sequence[int]) -> list[set[Place]]:
    """The cells of each table that hold a doubted word."""
    return [
        {
            (cell.row + rows[at] - table.rows, cell.column)
            for cell in table.cells
            if any(line.kind == "flagged" for line in page.lines[cell.lines.start : cell.lines.end])
        }
        for at, table in enumerate(page.tables)
    ]


def compare(wanted: Texts, found: Texts, mended: Texts, flagged: set[Place], *, show: bool) -> Score:
    """Body cells (below the first row) of one table."""
    head = {column: fold(text).lower() for (row, column), text in wanted.items() if row == 0}
    due = {column for column, text in head.items() if text.startswith(("thoi gian", "thoi han"))}
    score = Score()
    for place, text in wanted.items():
        if place[0] == 0:
            continue
        got, after = found.get(place, ""), mended.get(place, "")
        alike = fuzz.ratio(text, got) / 100 if text or got else 1.0
        is_due = place[1] in due and bool(text)
        if show and not (text == got == after if is_due else alike > 0.97):
            print(f"    {place}: {text!r}\n         -> {got!r}\n         -> {after!r} {place in flagged}")
        silent = is_due and text != after and place not in flagged
        score = score.plus(
            Score(1, alike >= 0.8, alike, is_due, is_due and text == got, is_due and text == after, silent)
        )
    return score


def score_of(
    read_pages: Sequence[Page], originals: Sequence[tuple[int, list[Texts]]], name: str, *, show: bool
) -> Score:
    """One file's pages against their originals, printed page by page."""
    joined = join(read_pages)
    score = Score()
    for (index, tables), before, page, mended in zip(originals, read_pages, joined, repaired(joined), strict=True):
        rows = [table.rows for table in before.tables]
        found, after, flagged = texts_of(page, rows), texts_of(mended, rows), flagged_in(mended, rows)
        its = Score()
        for at, table in enumerate(tables):
            there = at < len(found)
            parts = (found[at], after[at], flagged[at]) if there else ({}, {}, set())
            its = its.plus(compare(table, *parts, show=show))
        print(f"{name} page {index + 1}: {its}", flush=True)
        score = score.plus(its)
    print(f"{name}: {score}")
    return score


def made(folder: Path, level: str, *, show: bool) -> Score:
    """The tables of the made scans of one level, against the PDFs before they were spoilt."""
    reader = PageReader(default_engine(), None, DEFAULTS)
    score = Score()
    index = [page for page in json.loads((folder / "index.json").read_text()) if page["level"] == level]
    for name in sorted({page["pdf"] for page in index}):
        its = {page["page"]: page["doc_page"] for page in index if page["pdf"] == name}
        born = dict(truth(folder / "born" / f"{next(p['doc'] for p in index if p['pdf'] == name)}.pdf"))
        if not born.keys() & set(its.values()):
            continue
        stored = (page for page in pdf_pages(folder / name, DEFAULTS) if its[page.number - 1] in born)
        pages = [reader.read(page) for page in stored]
        score = score.plus(score_of(pages, [(p.number - 1, born[its[p.number - 1]]) for p in pages], name, show=show))
    return score


def main() -> int:
    """Prints the figures page by page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", nargs="*", type=Path)
    parser.add_argument("--made", type=Path, help="the folder of made scans, with index.json")
    parser.add_argument("--level", nargs="*", default=["office", "bad", "special"])
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--limit", type=int, help="pages with tables of each file at most")
    parser.add_argument("--show", action="store_true", help="print cells that differ")
    args = parser.parse_args()
    for level in args.level if args.made else ():
        print(f"{level}: {made(args.made, level, show=args.show)}")
    total = Score()
    for path in args.pdf:
        originals = list(truth(path))[: args.limit]
        pages = [page_of(read(as_scan(path, index, args.dpi), args.dpi), index + 1) for index, _ in originals]
        total = total.plus(score_of(pages, originals, path.name[:24], show=args.show))
    if args.pdf:
        print(f"all: {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
