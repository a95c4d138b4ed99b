"""How well tables of every build are read from scans: merged, without lines, sideways, over a page's end, faint.

    python bench/table_kinds.py [--kind NAME ...] [--born] [--dpi 200] [--show] [--cache DIR] [--keep DIR]

Pages of `table_texts.py` are printed, spoilt like the scans of `bench/tables.py` and read as files are. For each kind:
body cells in the right place (row and column, text alike by 0.8; an empty one must be there and empty), cells whose
span over rows and columns is right, the deadline column exact but for white space, tables found of those printed, and
cells that stand where none was printed. ``--born`` reads the printed pages instead, without OCR.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2
from made_tables import MadePage, MadeTable, print_pages
from PIL import Image
from rapidfuzz import fuzz
from table_texts import kinds
from tables import plain

from corpus.layout import Page, Table
from normalize.fold import fold
from ocr.cache import Cache
from ocr.engines.default import default_engine
from ocr.files.pictures import image_pages
from ocr.files.stored import pdf_pages
from ocr.limits import DEFAULTS
from ocr.pages import PageReader
from ocr.tables.joining import join, text_of


class Scan(NamedTuple):
    """How a page is spoilt: dots an inch, degrees askew, whether to black and white."""

    dpi: int = 200
    askew: float | None = None
    bilevel: bool = False


SCANS = {"askew 1.5°": Scan(askew=1.5), "150 dpi": Scan(150), "300 dpi": Scan(300), "1-bit": Scan(bilevel=True)}
"""Further kinds: the usual tables spoilt otherwise."""


class Score(NamedTuple):
    """Counts over the tables of a kind."""

    cells: int = 0
    placed: int = 0
    spans: int = 0
    due: int = 0
    due_exact: int = 0
    tables: int = 0
    found: int = 0
    extra: int = 0

    def plus(self, other: Score) -> Score:
        """Both together."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        return (
            f"in place {self.placed:4}/{self.cells:<4} {self.placed / max(self.cells, 1):.3f}  "
            f"spans {self.spans / max(self.cells, 1):.3f}  deadlines {self.due_exact:3}/{self.due:<3}  "
            f"tables {self.found}/{self.tables}  extra cells {self.extra}"
        )


def spoilt(page: np.ndarray, scan: Scan, seed: int) -> np.ndarray:
    """The page as a scanner would give it: slightly skew, blurred and noisy, in colour."""
    random = np.random.default_rng(seed)
    height, width = page.shape[:2]
    askew = random.uniform(-0.6, 0.6) if scan.askew is None else scan.askew
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), askew, 1)
    turned = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    soft = cv2.GaussianBlur(turned, (0, 0), 0.5)
    noisy = np.clip(soft * 0.97 + random.normal(0, 4, (height, width, 1)), 0, 255).astype(np.uint8)
    return np.where(noisy < 150, 0, 255).astype(np.uint8) if scan.bilevel else noisy


def scans(pdf: Path, pages: Sequence[MadePage], scan: Scan) -> Iterator[Image.Image]:
    """The printed pages as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    for at, page in enumerate(pages):
        whole = document[at].render(scale=scan.dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3]
        lies = np.rot90(spoilt(whole, scan, at), -page.turn // 90)
        yield Image.fromarray(np.ascontiguousarray(lies))


def read_scans(reader: PageReader, pictures: Iterator[Image.Image], dpi: int, keep: Path) -> list[Page]:
    """The pictures read like image files."""
    found = []
    for at, picture in enumerate(pictures):
        path = keep / f"{at}.png"
        picture.save(path, dpi=(dpi, dpi))
        found += [replace(reader.read(stored), number=at + 1) for stored in image_pages(path, DEFAULTS)]
    return found


def due_columns(table: MadeTable) -> set[int]:
    """The columns headed as deadlines; the last one of tasks that go on without a head."""
    heads = {place[1]: fold(cell.text).lower() for place, cell in table.placed().items() if place[0] < table.head}
    named = {column for column, text in heads.items() if text.startswith("thoi han") or "hoan thanh" in text}
    return named if table.head else {5}


def compare(wanted: MadeTable, page: Page, found: Table, *, show: bool) -> Score:
    """The body cells of one table; rows of a head that was printed again were left out."""
    out = max(len(wanted.rows) - found.rows, 0) if found.continues else 0
    there = {(cell.row + out, cell.column): cell for cell in found.cells}
    due = due_columns(wanted)
    score = Score(tables=1, extra=len(there.keys() - wanted.placed().keys()))
    for place, cell in wanted.placed().items():
        if place[0] < wanted.head:
            continue
        own = there.get(place)
        got = plain(text_of(page, own)) if own else None
        alike = got is not None and (fuzz.ratio(cell.text, got) >= 80 if cell.text else not got)
        spans = own is not None and (own.row_span, own.column_span) == (cell.rows, cell.columns)
        is_due = place[1] in due and bool(cell.text)
        if show and not (alike and spans and (not is_due or got == cell.text)):
            print(f"    {place}: {cell} -> {got!r} {(own.row_span, own.column_span) if own else ''}")
        score = score.plus(Score(1, alike, spans, is_due, is_due and got == cell.text))
    return score


def score_of(made: Sequence[MadePage], read: Sequence[Page], *, show: bool) -> Score:
    """The pages of a kind; each printed table against the one found that fits best."""
    score = Score()
    for page, got in zip(made, join(read), strict=True):
        score = score.plus(Score(found=len(got.tables)))
        left = list(got.tables)
        for table in page.tables:
            best = max(left, key=lambda each: compare(table, got, each, show=False).placed, default=Table((), 0, 0))
            score = score.plus(compare(table, got, best, show=show))
            left = [each for each in left if each is not best]
        score = score.plus(Score(extra=sum(len(table.cells) for table in left)))
    return score


def main() -> int:
    """Prints a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", nargs="*", help="kinds whose names begin so")
    parser.add_argument("--born", action="store_true", help="read the text layer instead of scans")
    parser.add_argument("--show", action="store_true", help="print cells that differ")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--keep", type=Path, help="where the pictures stay")
    args = parser.parse_args()
    reader = PageReader(default_engine(), Cache(args.cache) if args.cache else None, DEFAULTS)
    made = {name: (pages, Scan()) for name, pages in kinds().items()}
    made |= {name: (kinds()["ruled"], scan) for name, scan in SCANS.items()}
    total = Score()
    with tempfile.TemporaryDirectory() as folder:
        for name, (pages, scan) in made.items():
            if args.kind and not name.startswith(tuple(args.kind)):
                continue
            keep = (args.keep or Path(folder)) / name.replace(" ", "-")
            keep.mkdir(parents=True, exist_ok=True)
            print_pages(pages, keep / "printed.pdf")
            if args.born:
                read = [reader.read(stored) for stored in pdf_pages(keep / "printed.pdf", DEFAULTS)]
            else:
                read = read_scans(reader, scans(keep / "printed.pdf", pages, scan), scan.dpi, keep)
            score = score_of(pages, read, show=args.show)
            print(f"{name:28} {score}", flush=True)
            total = total.plus(score)
    print(f"{'all':28} {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
