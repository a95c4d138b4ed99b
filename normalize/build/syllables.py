"""Build ``corpus/lexicon/syllables.tsv``: the spellable syllables that the training text holds, with their counts.

    python -m normalize.build.syllables official.txt.zst

The syllables are generated from the rules of spelling and kept when the text uses them; no word list of
others goes in.
"""

from __future__ import annotations

import argparse
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.syllable import inventory

LEAST = 3
_LETTERS = re.compile(r"[^\W\d_]+")
LEXICON = Path(__file__).parents[2] / "corpus" / "lexicon"


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a zstandard-compressed UTF-8 text."""
    import zstandard

    with path.open("rb") as file:
        yield from io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8")


def count(path: Path) -> Counter[str]:
    """How often each lower-case run of letters occurs."""
    words: Counter[str] = Counter()
    for line in read_lines(path):
        words.update(_LETTERS.findall(line.lower()))
    return words


def write(words: Counter[str], inventory: set[str], target: Path) -> int:
    """Write the syllables of the inventory seen at least ``LEAST`` times; how many they are."""
    kept = sorted(
        ((word, n) for word, n in words.items() if n >= LEAST and word in inventory), key=lambda x: (-x[1], x[0])
    )
    target.write_text("".join(f"{word}\t{n}\n" for word, n in kept), encoding="utf-8")
    return len(kept)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path)
    args = parser.parse_args()
    write(count(args.text), set(inventory()), LEXICON / "syllables.tsv")


if __name__ == "__main__":
    main()
