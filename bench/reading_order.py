"""How often header columns, and «Nơi nhận» and the signature block, are read one after the other.

    python bench/reading_order.py ../shared/scans-made [--level office bad special] [--cache DIR]

For each page of the made scans that has a header or a signature, its printed lines (index.json) are looked for among
the recognised ones. A page fails where lines of the two columns are mixed, in one line or in order, or where no empty
line parts the columns. Lines that recognition lost, or mixed up with a stamp pressed over them, count neither way.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from ocr.cache import Cache
from ocr.read import read

Lines = list[str]
_FOUND, _WITHIN = 65, 80


def columns(page: dict[str, Any], document: dict[str, Any]) -> list[tuple[Lines, Lines]]:
    """Pairs of columns printed beside each other, left one first."""
    lines = page["lines"]
    found: list[tuple[Lines, Lines]] = []
    end = next((at for at, line in enumerate(lines) if line[0].startswith(("Kính gửi", "QUYẾT ĐỊNH"))), 0)
    if page["doc_page"] == 0 and end:
        head = [line for line in lines[:end] if line[4] <= lines[end][2] + 2]
        gutter = next(line[1] for line in head if line[0].startswith("CỘNG HÒA")) - 3
        left = [line[0] for line in head if line[3] <= gutter + 12 and line[1] < gutter - 30]
        found.append((left, [line[0] for line in head if line[1] >= gutter - 6]))
    sheet, _, top = document["sig"]
    if sheet == page["doc_page"]:
        foot = [line for line in lines if line[2] >= top - 3]
        found.append(([line[0] for line in foot if line[1] < 280], [line[0] for line in foot if line[1] >= 280]))
    return found


def place(wanted: str, lines: Lines) -> int | None:
    """Where a printed line was recognised, if it was."""
    best = max(range(len(lines)), key=lambda at: fuzz.ratio(wanted, lines[at]), default=None)
    return best if best is not None and fuzz.ratio(wanted, lines[best]) >= _FOUND else None


def faults(left: Lines, right: Lines, lines: Lines) -> list[str]:
    """What is wrong with the order of two columns."""
    found = [
        f"mixed in one line: {line!r}"
        for line in lines
        if any(_within(text, line) for text in left) and any(_within(text, line) for text in right)
    ]
    one, other = ([at for text in side if (at := place(text, lines)) is not None] for side in (left, right))
    if one and other:
        if max(one) > min(other) or one != sorted(one) or other != sorted(other):
            found.append(f"order: {one} {other}")
        elif "" not in lines[max(one) : min(other)]:
            found.append("no empty line between")
    return found


def _within(text: str, line: str) -> bool:
    return len(text) > 6 and len(line) > 1.25 * len(text) and fuzz.partial_ratio(text, line) > _WITHIN


def part(pair: tuple[Lines, Lines], lines: Lines) -> Lines:
    """The lines up to the addressees for a header, all of them for a foot: body text repeats words of the subject."""
    if not any(text.startswith("CỘNG HÒA") for text in pair[1]):
        return lines
    return lines[: next((at for at, line in enumerate(lines) if fuzz.partial_ratio("Kính gửi", line) > _WITHIN), None)]


def main() -> int:
    """Prints the pages that fail and the share that does not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--level", nargs="*", default=["office", "bad", "special"])
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    documents = json.loads((args.folder / "docs.json").read_text())
    files: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in json.loads((args.folder / "index.json").read_text()):
        if page["level"] in args.level and columns(page, documents[page["doc"]]):
            files[page["pdf"]].append(page)
    tried = right = 0
    for name, pages in files.items():
        document = read(args.folder / name, cache=Cache(args.cache) if args.cache else None)
        for page in pages:
            lines = [line.text for line in document.pages[page["page"]].lines]
            wrong = [
                fault for pair in columns(page, documents[page["doc"]]) for fault in faults(*pair, part(pair, lines))
            ]
            tried, right = tried + 1, right + (not wrong)
            if wrong:
                print(f"{name} page {page['page'] + 1}:", *wrong, sep="\n    ", flush=True)
    print(f"reading order: {right}/{tried} pages = {right / max(tried, 1):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
