"""Word recall of recognised pages against texts typed by eye, as read and after repair.

    python bench/ocr/recall.py ../shared/gold/text_scans ../shared/scans [--cache DIR] [--only J02] [--show 20]

A text named «NAME.p1.txt» is that of the first page, «NAME.full.txt» that of the whole file; the file is NAME with any
ending. Words are compared as they stand, NFC, white space folded, irrespective of order. Words with handwriting, which
stand in braces, are left out. CER (order counts) is printed for whole files.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import pikepdf
from rapidfuzz.distance import Levenshtein

from corpus.document import Document
from normalize.doubtful import repair_document
from ocr.cache import Cache
from ocr.read import read


def words_of(text: str) -> list[str]:
    """NFC words without those that hold handwriting."""
    joined = re.sub(r"\{[^}]*\}", lambda found: found.group().replace(" ", "_"), unicodedata.normalize("NFC", text))
    return [word for word in joined.split() if "{" not in word]


def recall(wanted: str, given: str) -> tuple[float, Counter[str]]:
    """``(share of the wanted words that were given, those that were not)``."""
    want, got = Counter(words_of(wanted)), Counter(words_of(given))
    return (want & got).total() / max(want.total(), 1), want - got


def cer(wanted: str, given: str) -> float:
    """Edits per wanted character, white space folded."""
    want, got = " ".join(words_of(wanted)), " ".join(words_of(given))
    return Levenshtein.distance(want, got) / max(len(want), 1)


def document_of(path: Path, cache: Cache | None, *, first_only: bool) -> Document:
    """What is read in a file or on its first page."""
    if not first_only or path.suffix != ".pdf":
        return read(path, cache=cache)
    with tempfile.TemporaryDirectory() as folder, pikepdf.open(path) as pdf:
        del pdf.pages[1:]
        cut = Path(folder) / path.name
        pdf.save(cut)
        return read(cut, cache=cache)


def main() -> None:
    """Prints one line a text, then mean and worst over the first pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("scans", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", type=int, default=0, help="missed words printed a text")
    args = parser.parse_args()
    cache = Cache(args.cache) if args.cache else None
    firsts: list[tuple[float, float]] = []
    for gold in sorted(args.gold.glob(f"{args.only}*.txt")):
        stem, kind = gold.stem.rsplit(".", 1)
        wanted = gold.read_text("utf-8")
        document = document_of(next(args.scans.glob(f"{stem}.*")), cache, first_only=kind == "p1")
        given, mended = document.text, repair_document(document).text
        (raw, missed), (repaired, still) = recall(wanted, given), recall(wanted, mended)
        line = f"{gold.name:<45} recall {raw:.3f} -> {repaired:.3f}"
        print(
            line if kind == "p1" else f"{line}  CER {cer(wanted, given):.4f} -> {cer(wanted, mended):.4f}", flush=True
        )
        if args.show:
            print("   read:", *list(missed)[: args.show], "\n   mended:", *list(still)[: args.show])
        if kind == "p1":
            firsts.append((raw, repaired))
    for name, values in zip(("as read", "after repair"), zip(*firsts, strict=True), strict=False):
        print(f"first pages {name}: mean {sum(values) / len(values):.3f} worst {min(values):.3f}")


if __name__ == "__main__":
    main()
