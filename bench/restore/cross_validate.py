"""The restorer on garbled lines with their truth, in five folds of blocks of lines; no fold trains its own channel.

    python bench/restore/cross_validate.py restore_dev.tsv --exclude restore_dev.exclude.txt [--weak pairs.tsv ...]

The score is that of word sequences without end punctuation (WER) and of characters (CER), protected tokens
apart. ``--weak`` adds pairs of other sources to every fold at a tenth of the weight.
"""

from __future__ import annotations

import argparse
import time
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from normalize.build.channel import WEAK, count_pairs, read_rows, train
from normalize.garbled import Garbled
from normalize.restore import Restorer

FOLDS, BLOCK = 5, 15
EDGES = ".,;:()[]\"“”‘’'!?…-–*"

Row = tuple[int, str, str]


def read_gold(path: Path) -> list[Row]:
    """(line number, observed, true)."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(int(number), observed, true) for number, observed, true in rows]


def excluded(path: Path | None) -> set[int]:
    """The numbers of lines that are not scored."""
    lines = path.read_text(encoding="utf-8").splitlines() if path else []
    return {int(line.split("#")[0]) for line in lines if line.split("#")[0].strip()}


def decode(
    channel_rows: list[tuple[str, str]], weak: list[tuple[str, str]], rows: list[Row]
) -> tuple[list[str], float]:
    """The observed lines of ``rows`` repaired, and the seconds of the decoding alone."""
    reader = Restorer(Garbled(train(count_pairs(channel_rows), count_pairs(weak, WEAK))))
    text = rows[0][1]
    for (before, _, _), (number, observed, _) in pairwise(rows):
        text += ("\n\n" if number - before > 1 else "\n") + observed
    start = time.process_time()
    fixed = reader.repair(text).text
    kept = [after for before, after in zip(text.split("\n"), fixed.split("\n"), strict=True) if before.strip()]
    return kept, time.process_time() - start


def words(text: str) -> list[str]:
    """Words without punctuation at their ends."""
    return [word for token in text.split() if (word := token.strip(EDGES))]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--exclude", type=Path)
    parser.add_argument("--weak", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    rows, skip = read_gold(args.gold), excluded(args.exclude)
    weak = [pair for path in args.weak for pair in read_rows(path)]
    wrong = total = letters = size = tokens = 0
    seconds = 0.0
    for fold in range(FOLDS):
        train_rows = [row for at, row in enumerate(rows) if at // BLOCK % FOLDS != fold and row[0] not in skip]
        test = [row for at, row in enumerate(rows) if at // BLOCK % FOLDS == fold]
        fixed, spent = decode([(seen, true) for _, seen, true in train_rows], weak, test)
        seconds += spent
        for (number, observed, true), got in zip([row for row in test if row[1].strip()], fixed, strict=True):
            tokens += len(observed.split())
            if number not in skip:
                wrong += Levenshtein.distance(words(true), words(got))
                total += len(words(true))
                letters += Levenshtein.distance(" ".join(true.split()), " ".join(got.split()))
                size += len(" ".join(true.split()))
    print(f"WER {wrong / total:.4f}  CER {letters / size:.4f}  tokens/s {tokens / seconds:.0f} (search not yet warm)")


if __name__ == "__main__":
    main()
