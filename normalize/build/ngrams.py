"""Build ``corpus/lexicon/ngrams.npz``: the counts of which the language model is made.

    python -m normalize.build.ngrams official.txt.zst

Tokens are syllables (capitalised ones apart from the rest, unless a capital says nothing there), numbers, signs
and everything else. Kept: counts of single tokens, of pairs and of triples, keys sorted, delta-coded.
"""

from __future__ import annotations

import argparse
import re
from array import array
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from normalize.build.syllables import LEXICON, read_lines
from normalize.fold import fold
from normalize.language_model import BITS, Bytes, Vocabulary, encode_counts, encode_keys, vocabulary
from normalize.lexicon import resource
from normalize.tokens import END, START, WORD, is_sign, opens, tokenize

_MARKUP = ("t-align", "font-", "</", "/>")
PHRASE_WEIGHT = 30
SLIP, SLIP_RATIO = 20, 30
_QUOTED = re.compile(r'"([^"]+)"')
_PLACE_KIND = re.compile(r"^[tp] (?=[A-ZĐ])")

Ids = NDArray[np.uint64]


def token_ids(lines: Iterable[str]) -> Ids:
    """The tokens of all lines, one after the other, each line between START and END."""
    words = vocabulary()
    ids = array("H")
    for line in lines:
        if not any(mark in line for mark in _MARKUP):
            ids.append(START)
            ids.extend(_line_ids(line, words))
            ids.append(END)
    return np.frombuffer(ids, dtype=np.uint16).astype(np.uint64)


def _line_ids(line: str, words: Vocabulary) -> Iterable[int]:
    previous = START
    for token in tokenize(line):
        if token.kind == WORD:
            yield (previous := words.id_of(token.text, opening=opens(previous)))
        elif not (is_sign(token.kind) and is_sign(previous)):
            yield (previous := token.kind)


def count(ids: Ids) -> dict[str, NDArray[np.uint64]]:
    """Sorted keys and counts of pairs and triples; nothing crosses from line to line."""
    bits = np.uint64(BITS)
    first, second, third = ids[:-2].copy(), ids[1:-1], ids[2:]
    first[second == START] = START
    pairs, pair_counts = np.unique(((ids[:-1] << bits) | ids[1:])[ids[:-1] != END], return_counts=True)
    inside = (second != END) & (first != END) & (third != START)
    triples = ((first << bits | second) << bits | third)[inside]
    keys, counts = np.unique(triples, return_counts=True)
    return {"pairs": pairs, "pair_counts": pair_counts.astype(np.uint64),
            "triples": keys, "triple_counts": counts.astype(np.uint64)}  # fmt: skip


def without_slips(keys: Ids, counts: Ids) -> tuple[Ids, Ids]:
    """Keys and counts without what are probably slips of the training text.

    A sequence seen a few times, whose last syllable with other marks is seen there hundreds of times as often, is
    taken for a slip («y tê» beside «y tế»).
    """
    skeletons = _skeletons()
    tails = (keys & np.uint64((1 << BITS) - 1)).astype(np.int64)
    group = keys >> np.uint64(BITS) << np.uint64(BITS) | skeletons[tails]
    _, number = np.unique(group, return_inverse=True)
    most = np.zeros(number.max() + 1, np.uint64)
    np.maximum.at(most, number, counts)
    kept = (counts > SLIP) | (counts * np.uint64(SLIP_RATIO) > most[number])
    return keys[kept], counts[kept]


def _skeletons() -> Ids:
    """For every id, the id of the first syllable of the same letters without marks, in the same case."""
    words = vocabulary()
    first: dict[str, int] = {}
    for word, number in words.ids.items():
        first.setdefault(fold(word), number)
    half = len(words.words)
    table = np.arange(words.size, dtype=np.uint64)
    for word, number in words.ids.items():
        table[number] = first[fold(word)]
        table[number + half] = first[fold(word)] + half
    return table


def continuations(pairs: Ids, pair_counts: Ids, triples: Ids) -> Ids:
    """In how many contexts each pair was seen (Kneser and Ney); pairs at a line's start keep their counts."""
    tails, contexts = np.unique(triples & np.uint64((1 << 2 * BITS) - 1), return_counts=True)
    result = np.ones_like(pair_counts)
    result[np.searchsorted(pairs, tails)] = contexts
    opening = pairs >> np.uint64(BITS) == START
    return np.where(opening, pair_counts, result)


def tabulate(ids: Ids) -> dict[str, Bytes]:
    """The arrays of the table."""
    tables = count(ids)
    triples, triple_counts = without_slips(tables["triples"], tables["triple_counts"])
    pairs, pair_counts = without_slips(tables["pairs"], tables["pair_counts"])
    inside = np.isin(triples & np.uint64((1 << 2 * BITS) - 1), pairs)
    triples, triple_counts = triples[inside], triple_counts[inside]
    return {
        "pairs": encode_keys(pairs),
        "pair_counts": encode_counts(continuations(pairs, pair_counts, triples)),
        "triples": encode_keys(triples),
        "triple_counts": encode_counts(triple_counts),
    }


def phrase_lines() -> list[str]:
    """The set phrases of dispatches and the names in the other lexicons, as often as they weigh."""
    rows = resource("phrases.tsv").read_text(encoding="utf-8").splitlines()
    phrases = [row.split("\t")[0] for row in rows if row and not row.startswith("#")]
    acts = resource("acts.txt").read_text(encoding="utf-8").splitlines()
    phrases += [f"Luật {row}" for row in acts if row and not row.startswith("#")]
    for name in ("units.toml", "places.toml", "persons.toml", "document_types.toml"):
        strings = _QUOTED.findall(resource(name).read_text(encoding="utf-8"))
        phrases += [_PLACE_KIND.sub("", string) for string in strings if " " in string]
    return phrases * PHRASE_WEIGHT


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path)
    args = parser.parse_args()
    tables = tabulate(token_ids(chain(read_lines(args.text), phrase_lines())))
    np.savez_compressed(LEXICON / "ngrams.npz", allow_pickle=False, **tables)


if __name__ == "__main__":
    main()
