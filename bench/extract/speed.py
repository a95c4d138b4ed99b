"""How fast facts are found: pages a second on one core, and the ratio of time for a text of double length.

    .venv/bin/python bench/extract/speed.py [FILE.txt …] [--pages 40] [--min-speed 50] [--max-ratio 2.3]

Without files the invented letters of tests/extract are read, one behind the other. A page is 2,500 characters. Only
the extractor is measured, in seconds of processor time: no recognition, no repair.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.layout import Line, Page
from extract.pipeline import extract, load
from normalize.edits import Repaired

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

PAGE = 2500
LETTERS = Path(__file__).parents[2] / "tests" / "extract" / "duties"
RUNS = 3


def pages_of(texts: Sequence[str], count: int) -> list[str]:
    """``count`` pages of the texts, which are repeated as often as needed."""
    whole = "\n\n".join(texts)
    repeated = (whole + "\n\n") * (count * PAGE // max(len(whole), 1) + 1)
    return [repeated[at * PAGE : (at + 1) * PAGE] for at in range(count)]


def document(pages: Sequence[str]) -> Document:
    """A text document of these pages."""
    made = [Page(at, 0, 0, tuple(map(Line, text.split("\n")))) for at, text in enumerate(pages, 1)]
    return Document("0" * 64, "bench.txt", tuple(made))


def seconds(nlp: Language, pages: Sequence[str]) -> float:
    """The least processor time of several runs."""
    read = document(pages)
    repaired = Repaired.untouched(read.text)
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        extract(nlp, read, repaired)
        best = min(best, time.process_time() - start)
    return best


def main() -> int:
    """Print the figures; 1 where one misses its limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--min-speed", type=float, default=0.0)
    parser.add_argument("--max-ratio", type=float, default=float("inf"))
    options = parser.parse_args()
    files = options.files or sorted(LETTERS.glob("*.txt"))
    texts = [path.read_text(encoding="utf-8").partition("\n=== ")[0] for path in files]
    nlp = load()
    single = pages_of(texts, options.pages)
    seconds(nlp, single[:4])
    once, twice = seconds(nlp, single), seconds(nlp, pages_of(texts, 2 * options.pages))
    speed, ratio = options.pages / once, twice / once
    print(f"{options.pages} pages: {once:.2f} s, {speed:.0f} pages/s; double length: {ratio:.2f} times the time")
    return int(speed < options.min_speed or ratio > options.max_ratio)


if __name__ == "__main__":
    sys.exit(main())
