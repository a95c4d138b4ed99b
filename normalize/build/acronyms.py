"""Build ``corpus/lexicon/acronyms.txt``: abbreviations in capitals that the training text uses in running text.

python -m normalize.build.acronyms official.txt.zst
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from corpus.syllable import inventory
from normalize.build.syllables import LEXICON, read_lines
from normalize.fold import fold

LEAST, SURE = 20, 400
_WORD = re.compile(r"(?<![^\W_])[A-ZĐƯ]{2,12}(?![^\W_])")


def count(lines: Iterable[str]) -> Counter[str]:
    """In how many lines of mostly small letters each run of capitals stands."""
    found: Counter[str] = Counter()
    for line in lines:
        if 3 * sum(letter.islower() for letter in line) > len(line):
            found.update(set(_WORD.findall(line)))
    return found


def keep(found: Counter[str]) -> list[str]:
    """Those seen often; one that could be a syllable in capitals must be seen very often."""
    skeletons = {fold(syllable) for syllable in inventory()}
    return sorted(word for word, n in found.items() if n >= (SURE if fold(word.lower()) in skeletons else LEAST))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path)
    args = parser.parse_args()
    head = "# Abbreviations in capitals of official texts (python -m normalize.build.acronyms).\n"
    words = keep(count(read_lines(args.text)))
    (LEXICON / "acronyms.txt").write_text(head + "".join(f"{word}\n" for word in words), encoding="utf-8")


if __name__ == "__main__":
    main()
