"""Build ``corpus/lexicon/channel.tsv``: how true letters come to be read, learnt from pairs of lines by EM.

    python -m normalize.build.channel real.tsv --layers layers.tsv --weak synthetic.tsv

Each file holds lines of ``observed<TAB>true`` (a leading line number is allowed); ``gold_pairs``, ``layer_pairs`` and
``synthetic_pairs`` beside this script write them. Layers are garbled text layers
beside what a Vietnamese engine reads on the same page; weak are lines rendered, spoilt and read. Both count for
less. Only counts of letters and pieces are kept; no word of the pairs goes into the table.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from normalize.build.align import word_pairs
from normalize.build.syllables import LEXICON
from normalize.channel import Channel, expected_counts

ROUNDS = 4
LAYER, WEAK = 0.3, 0.1
LEAST = 0.2
_EDGES = '.,;:()[]"“”!?'

Pairs = dict[tuple[str, str], float]


def read_rows(path: Path) -> list[tuple[str, str]]:
    """(observed, true) lines of a TSV."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(cells[-2], cells[-1]) for cells in rows if len(cells) >= 2]


def count_pairs(rows: Iterable[tuple[str, str]], weight: float = 1.0) -> Pairs:
    """(true word, observed word) and how much it weighs."""
    pairs: Pairs = {}
    for observed, true in rows:
        for pair in word_pairs(observed, true):
            meant, seen = (word.strip(_EDGES) for word in pair)
            if meant.isalpha() and seen:
                pairs[meant, seen] = pairs.get((meant, seen), 0.0) + weight
    return pairs


def train(*groups: Pairs) -> Channel:
    """The channel that EM finds for all pairs."""
    pairs = [(meant, seen, weight) for group in groups for (meant, seen), weight in group.items()]
    channel = Channel({})
    for _ in range(ROUNDS):
        channel = Channel(expected_counts(pairs, channel))
    return channel


def table(channel: Channel) -> str:
    """The channel as rows of letter, piece, count."""
    rows = [
        f"{letter}\t{piece}\t{round(count, 2):g}\n"
        for letter, pieces in sorted(channel.counts.items())
        for piece, count in sorted(pieces.items(), key=lambda item: -item[1])
        if count >= LEAST and "\t" not in piece
    ]
    return "# True letter, what it was read as, how often (python -m normalize.build.channel).\n" + "".join(rows)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("real", type=Path, nargs="+")
    parser.add_argument("--layers", type=Path, nargs="*", default=[])
    parser.add_argument("--weak", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=LEXICON / "channel.tsv")
    args = parser.parse_args()
    real = [count_pairs(read_rows(path)) for path in args.real]
    layers = [count_pairs(read_rows(path), LAYER) for path in args.layers]
    weak = [count_pairs(read_rows(path), WEAK) for path in args.weak]
    args.out.write_text(table(train(*real, *layers, *weak)), encoding="utf-8")


if __name__ == "__main__":
    main()
