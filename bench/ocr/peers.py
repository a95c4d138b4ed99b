"""Reading beside others that are installed: errors on made scans, word recall on real first pages, CPU a page.

    python bench/ocr/peers.py ../shared/scans-made ../shared/gold/text_scans ../shared/scans [--files 6]

Each reads the same pages, in turns, as a whole process with one thread: ours as it prints text, Tesseract as it is on
the page rendered at 300 dpi (rendering not counted), ocrmypdf with its defaults, trueocr on the same pictures. Who is
not installed is passed over with a word. Line CER asks for each printed line where on the page it fits best, so the
order of columns costs nobody anything.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import edlib
import pikepdf
import pypdfium2 as pdfium
from measure import run
from recall import recall

DPI = 300
ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "..."})
T = TypeVar("T")
Reader = Callable[[Path, Path], tuple[str, float]]


@dataclass
class Sums:
    """What one reader did: edits and characters of each level, recalls of real pages, CPU seconds and pages."""

    edits: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    recalls: list[float] = field(default_factory=list)
    cpu: float = 0.0
    pages: int = 0


def ours(pdf: Path, _folder: Path) -> tuple[str, float]:
    """`congvan text`."""
    done = run([sys.executable, "-m", "congvan.cli", "text", str(pdf)])
    return done.printed, done.cpu


def ours_raw(pdf: Path, _folder: Path) -> tuple[str, float]:
    """`congvan text --raw`."""
    done = run([sys.executable, "-m", "congvan.cli", "text", "--raw", str(pdf)])
    return done.printed, done.cpu


def tesseract(pdf: Path, folder: Path) -> tuple[str, float]:
    """Tesseract as it is, page by page."""
    runs = [run(["tesseract", str(picture), "-", "-l", "vie"]) for picture in pictures(pdf, folder)]
    return "\f".join(done.printed for done in runs), sum(done.cpu for done in runs)


def ocrmypdf(pdf: Path, folder: Path) -> tuple[str, float]:
    """The defaults of ocrmypdf; its text goes to a sidecar file."""
    sidecar = folder / "sidecar.txt"
    options = ["-l", "vie", "--jobs", "1", "--output-type", "none", "--force-ocr", "--invalidate-digital-signatures"]
    done = run(["ocrmypdf", *options, "--sidecar", str(sidecar), str(pdf), "-"])
    return sidecar.read_text("utf-8"), done.cpu


def trueocr(pdf: Path, folder: Path) -> tuple[str, float]:
    """The page mode of trueocr."""
    done = run(["trueocr", "--threads", "1", *map(str, pictures(pdf, folder))])
    return done.printed, done.cpu


READERS: dict[str, tuple[str, Reader]] = {
    "congvan text": ("", ours),
    "congvan text --raw": ("", ours_raw),
    "tesseract": ("tesseract", tesseract),
    "ocrmypdf": ("ocrmypdf", ocrmypdf),
    "trueocr": ("trueocr", trueocr),
}


def pictures(pdf: Path, folder: Path) -> list[Path]:
    """The pages rendered as grey PNG files."""
    with pdfium.PdfDocument(pdf) as document:
        paths = [folder / f"{pdf.parent.name}-{pdf.stem}-{index}.png" for index in range(len(document))]
        for page, path in zip(document, paths, strict=True):
            if not path.exists():
                page.render(scale=DPI / 72, grayscale=True).to_pil().save(path, compress_level=1)
    return paths


def plain(text: str) -> str:
    """NFC, white space folded, quotes and dashes unified."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).translate(ALIKE).strip()


def edits(line: str, text: str) -> int:
    """Edits between a printed line and where it fits best in the text that was read."""
    codes: dict[str, str] = {}
    query = "".join(codes.setdefault(letter, chr(33 + len(codes))) for letter in line)
    target = "".join(codes.get(letter, chr(34 + len(codes))) for letter in text)
    return min(len(line), edlib.align(query, target, mode="HW", task="distance")["editDistance"])


def made(folder: Path, files: int) -> Iterator[tuple[Path, str, list[str]]]:
    """``(file, level, printed lines)`` of ``files`` files of each level."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in json.loads((folder / "index.json").read_text("utf-8")):
        if page["level"] in {"office", "bad", "special"}:
            lines[page["level"], page["pdf"]] += [plain(line[0]) for line in page["lines"]]
    for level in ("office", "bad", "special"):
        for name in spread([name for its, name in lines if its == level], files):
            yield folder / name, level, lines[level, name]


def spread(them: Sequence[T], number: int) -> list[T]:
    """So many of them, evenly spread, so that no kind of page is left out."""
    return [them[at * len(them) // number] for at in range(number)] if number < len(them) else list(them)


def first_page(path: Path, folder: Path) -> Path:
    """The first page as a file of its own."""
    cut = folder / path.name
    with pikepdf.open(path) as pdf:
        del pdf.pages[1:]
        pdf.save(cut)
    return cut


def main() -> None:
    """Prints one line a reader."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("made", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("scans", type=Path)
    parser.add_argument("--files", type=int, default=99, help="made files of each level, and real pages, evenly spread")
    parser.add_argument("--only", nargs="*", default=list(READERS))
    args = parser.parse_args()
    sums = {name: Sums() for name in args.only if available(name)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, level, printed in made(args.made, args.files):
            for reader, own in sums.items():
                text = _read(reader, own, path, folder)
                own.edits[level] += sum(edits(line, plain(text)) for line in printed)
                own.letters[level] += sum(map(len, printed))
        for gold in spread(sorted(args.gold.glob("*.p1.txt")), args.files):
            page = first_page(next(args.scans.glob(f"{gold.name.removesuffix('.p1.txt')}.*")), folder)
            for reader, own in sums.items():
                own.recalls.append(recall(gold.read_text("utf-8"), _read(reader, own, page, folder))[0])
    for reader, own in sums.items():
        print(told(reader, own))


def _read(reader: str, own: Sums, path: Path, folder: Path) -> str:
    text, cpu = READERS[reader][1](path, folder)
    with pdfium.PdfDocument(path) as pdf:
        own.pages += len(pdf)
    own.cpu += cpu
    return text


def available(reader: str) -> bool:
    """Whether the reader's program is installed."""
    program = READERS[reader][0]
    if program and not shutil.which(program):
        print(f"{reader}: not installed")
        return False
    return True


def told(reader: str, own: Sums) -> str:
    """One line of figures."""
    levels = "  ".join(f"{level} {own.edits[level] / letters:.2%}" for level, letters in own.letters.items())
    mean, worst = sum(own.recalls) / max(len(own.recalls), 1), min(own.recalls, default=0.0)
    cost = own.cpu / max(own.pages, 1)
    return f"{reader:<20} CER {levels}  recall {mean:.3f} worst {worst:.3f}  {cost:.2f} CPU s a page"


if __name__ == "__main__":
    main()
