"""Words of recognised first pages that repair puts right, less those that it breaks, page by page.

    OMP_THREAD_LIMIT=1 python bench/restore/net_repairs.py ../shared --ocr-cache FOLDER

A word counts as right as often as the truth of the page (``gold/text_scans``, handwriting in braces left out) has it,
wherever it stands.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from normalize.doubtful import repair_document
from ocr.cache import Cache
from ocr.read import read

EDGES = ".,;:()[]\"“”‘’'!?…-–*"
BY_HAND = re.compile(r"\{[^}]*\}")


def words(text: str) -> Counter[str]:
    """The words of a text, punctuation at their ends apart."""
    return Counter(word for token in text.split() if (word := token.strip(EDGES)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder kept beside the project")
    parser.add_argument("--ocr-cache", type=Path)
    args = parser.parse_args()
    cache = Cache(args.ocr_cache) if args.ocr_cache else None
    total = 0
    for gold in sorted((args.shared / "gold" / "text_scans").glob("*.p1.txt")):
        true = words(BY_HAND.sub("", gold.read_text(encoding="utf-8")))
        document = read(next((args.shared / "scans").glob(gold.name.split(".")[0] + ".*")), cache=cache)
        before, after = (
            (words(text.split("\f")[0]) & true).total() for text in (document.text, repair_document(document).text)
        )
        total += after - before
        print(f"{gold.name[:3]} words {true.total()}  right {before} -> {after}  net {after - before:+d}", flush=True)
    print(f"sum {total:+d}")


if __name__ == "__main__":
    main()
