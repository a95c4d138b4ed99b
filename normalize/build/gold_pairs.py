"""Write the pairs of lines that count fully for the channel: a garbled plan beside its truth.

    python -m normalize.build.gold_pairs ../shared real.tsv

Reads ``gold/restore_dev.tsv`` of the shared folder (number, observed, true) and leaves out the lines that
``gold/restore_dev.exclude.txt`` calls doubtful, and those without text on one side.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

Pair = tuple[str, str]


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    """Write ``observed<TAB>true`` lines; how many they are."""
    rows = [f"{_clean(observed)}\t{_clean(true)}\n" for observed, true in pairs]
    path.write_text("".join(rows), encoding="utf-8")
    return len(rows)


def _clean(line: str) -> str:
    return line.replace("\t", " ")


def excluded(text: str) -> set[int]:
    r"""The line numbers in a list with remarks behind ``#``.

    >>> sorted(excluded("# doubtful\n7 # junk\n12\n"))
    [7, 12]
    """
    return {int(number) for line in text.splitlines() if (number := line.split("#")[0].strip())}


def gold_pairs(shared: Path) -> list[Pair]:
    """(observed, true) of the lines that are fit to learn from."""
    gold = shared / "gold"
    skip = excluded((gold / "restore_dev.exclude.txt").read_text(encoding="utf-8"))
    rows = [row.split("\t") for row in (gold / "restore_dev.tsv").read_text(encoding="utf-8").splitlines()]
    return [
        (observed, true)
        for number, observed, true in rows
        if int(number) not in skip and observed.strip() and true.strip()
    ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder kept beside the project")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    write_pairs(args.out, gold_pairs(args.shared))


if __name__ == "__main__":
    main()
