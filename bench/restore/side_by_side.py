"""Stripped text put right by this restorer and by others that happen to be installed, line by line.

    python bench/restore/side_by_side.py accented.txt [more.txt ...]

Every line loses its marks and is given back. Printed for each restorer: the share of syllables that come out right
(tone seats and letter case apart), and tokens per second on one core. pyvi (``pip install pyvi``) is asked line by
line, as its function takes one string; a line at which it fails counts as it was given. A restorer that is not
installed is named and left out. None is a dependency.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from normalize.fold import fold
from normalize.restore import restorer
from normalize.unicode import match_key

OTHERS = {"pyvi": ("pyvi.ViUtils", "add_accents")}
SYLLABLE = re.compile(r"[^\W\d_]+")

RestoreLines = Callable[[Sequence[str]], list[str]]


def ours(lines: Sequence[str]) -> list[str]:
    """The lines by this restorer, given together."""
    return [line.text for line in restorer().restore_lines(lines)]


def by_line(module: str, function: str) -> RestoreLines:
    """The lines by a function of another package, one at a time; ImportError where it is not installed."""
    restore_one = getattr(import_module(module), function)

    def one(line: str) -> str:
        try:
            return str(restore_one(line)) if line.strip() else line
        except (KeyError, IndexError, ValueError):
            return line

    def lines_of(lines: Sequence[str]) -> list[str]:
        return [one(line) for line in lines]

    return lines_of


def right(true: str, got: str) -> tuple[int, int]:
    """(syllables right, syllables) of a line; a line whose syllables are no longer as many counts as wrong."""
    meant, found = ([match_key(word).lower() for word in SYLLABLE.findall(text)] for text in (true, got))
    if len(meant) != len(found):
        return 0, len(meant)
    return sum(one == other for one, other in zip(meant, found, strict=True)), len(meant)


def report(name: str, restore: RestoreLines, lines: Sequence[str]) -> None:
    """Print one restorer's figures; a first short run warms it."""
    stripped = [fold(line) for line in lines]
    restore(stripped[:20])
    start = time.process_time()
    got = restore(stripped)
    seconds = time.process_time() - start
    counts = [right(true, line) for true, line in zip(lines, got, strict=True)]
    share = sum(hits for hits, _ in counts) / max(sum(size for _, size in counts), 1)
    tokens = sum(len(line.split()) for line in lines)
    print(f"{name:10} {share:.4f} of syllables  {tokens / max(seconds, 1e-9):8.0f} tokens/s")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("accented", type=Path, nargs="+")
    args = parser.parse_args()
    lines = [line for path in args.accented for line in path.read_text(encoding="utf-8").splitlines()]
    report("congvan", ours, lines)
    for name, (module, function) in OTHERS.items():
        try:
            other = by_line(module, function)
        except ImportError as error:
            print(f"{name:10} not installed ({error})")
            continue
        report(name, other, lines)


if __name__ == "__main__":
    main()
