"""Write pairs of lines from scans that carry a garbled text layer: the layer beside what Tesseract ``vie`` reads.

    OMP_THREAD_LIMIT=1 python -m normalize.build.layer_pairs ../shared layers.tsv [--documents G02 G03 G04 G08]

Each page is rendered at 300 dpi and read. A page that Tesseract reads
badly is left out, and so is a line of the layer without a line of nearly the same letters in the reading. Lines are
matched by their letters alone, because the two sources may order columns differently.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2
import pytesseract
from PIL import Image
from rapidfuzz import fuzz, process

from normalize.build.gold_pairs import Pair, write_pairs
from normalize.fold import fold
from normalize.quality import judge

DOCUMENTS = ("G02", "G03", "G04", "G08")
DPI, SECONDS = 300, 300
PAGE_READS, LINE_READS = 0.85, 0.8  # least quality of a page and of a line as Tesseract read them
LEAST_WORDS, FEWEST_WORDS = 4, 3  # of a line of the layer, of a line of the reading
ALIKE, WORDS_APART = 60, 3
_NOT_A_LETTER = re.compile(r"[^a-z]")

ReadImage = Callable[[Image.Image], str]


def read_vietnamese(image: Image.Image) -> str:
    """What Tesseract reads on a page with its Vietnamese model."""
    return str(pytesseract.image_to_string(image, lang="vie", timeout=SECONDS))


def pages(pdf: Path, read: ReadImage = read_vietnamese) -> Iterator[tuple[str, str]]:
    """(text layer, text read from the image) of each page."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        layer = str(page.get_textpage().get_text_range()).replace("\r\n", "\n")
        yield layer, read(page.render(scale=DPI / 72, grayscale=True).to_pil())


def match_lines(layer: str, reading: str) -> Iterator[Pair]:
    """(line of the layer, line of the reading) where both are the same line; none where the page was read badly."""
    if judge(reading).score < PAGE_READS:
        return
    meant = [line for line in reading.split("\n") if len(line.split()) >= FEWEST_WORDS]
    keys = [_letters(line) for line in meant]
    for line in layer.split("\n"):
        if len(line.split()) >= LEAST_WORDS:
            yield from _match(line, meant, keys)


def _match(line: str, meant: Sequence[str], keys: Sequence[str]) -> Iterator[Pair]:
    found = process.extractOne(_letters(line), keys, scorer=fuzz.ratio)
    if found is None or found[1] < ALIKE:
        return
    true = meant[found[2]]
    if abs(len(true.split()) - len(line.split())) <= WORDS_APART and judge(true).score > LINE_READS:
        yield line.strip(), true.strip()


def _letters(line: str) -> str:
    return _NOT_A_LETTER.sub("", fold(line).lower())


def layer_pairs(scans: Path, documents: Iterable[str], read: ReadImage = read_vietnamese) -> Iterator[Pair]:
    """The pairs of the PDFs in ``scans`` whose names begin with one of ``documents``."""
    for name in documents:
        for pdf in sorted(scans.glob(f"{name}*.pdf")):
            for layer, reading in pages(pdf, read):
                yield from match_lines(layer, reading)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder kept beside the project")
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", nargs="+", default=DOCUMENTS, help="how the names of the scans begin")
    args = parser.parse_args()
    write_pairs(args.out, layer_pairs(args.shared / "scans", args.documents))


if __name__ == "__main__":
    main()
