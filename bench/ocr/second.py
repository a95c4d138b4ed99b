"""What the second reader catches and what it flags for nothing, on pages whose words are known.

    python bench/ocr/second.py ../shared/scans-made ../shared/gold/text_scans ../shared/scans [--cache DIR] [--show]

Words of Tesseract are laid against the true ones in order; those that cannot be paired one to one are not counted.
Words with a figure are right or wrong, flagged (two readings) or passed; others count where the second one's spelling
was taken. Needs «congvan[second]».
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.layout import Box, Line, Word
from ocr.cache import Cache
from ocr.checks.second import check, installed
from ocr.engines.default import default_engine
from ocr.files.pictures import image_pages
from ocr.files.stored import pdf_pages
from ocr.limits import DEFAULTS
from ocr.recognise import Recognised, recognise

_FIGURE = re.compile(r"\d")
_CLOSE = 0.6


def pages(made: Path, gold: Path, scans: Path) -> Iterator[tuple[Path, int, str]]:
    """``(file, page from 1, its text)``."""
    for page in json.loads((made / "index.json").read_text("utf-8")):
        yield made / page["pdf"], page["page"] + 1, page["text"]
    for typed in sorted(gold.glob("*.txt")):
        found = next(iter(scans.glob(f"{typed.name.split('.')[0]}.*")), None)
        if found and (".p1." in typed.name or found.suffix != ".pdf"):
            yield found, 1, typed.read_text("utf-8")


def recognised(path: Path, number: int, cache: Cache | None) -> Recognised:
    """One page as Tesseract read it."""
    stored = pdf_pages(path, DEFAULTS) if path.suffix == ".pdf" else image_pages(path, DEFAULTS)
    for page in stored:
        if page.number == number:
            return recognise(page.picture(), default_engine(), cache, DEFAULTS)
    raise IndexError(number)


def paired(read: Sequence[str], text: str) -> dict[int, str]:
    """The true word for each word read, where that can be told."""
    true = [word.strip("{}") for word in unicodedata.normalize("NFC", text).split()]
    found: dict[int, str] = {}
    for kind, a, b, c, d in difflib.SequenceMatcher(None, read, true, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and b - a == d - c):
            found.update(zip(range(a, b), true[c:d], strict=True))
        elif kind == "replace":
            for at in range(a, b):
                close = difflib.get_close_matches(read[at], true[c:d], 1, _CLOSE)
                found |= dict.fromkeys([at] if close else [], "".join(close))
    return found


def verdict(before: Word, after: Word, true: str) -> str | None:
    """What became of a word; None where nothing was asked or changed."""
    if _FIGURE.search(before.text):
        right = _FIGURE.findall(before.text) == _FIGURE.findall(true)
        return f"figures {'right' if right else 'wrong'}, {'flagged' if after.readings else 'passed'}"
    if before.text == after.text:
        return None
    return f"spelling {'gained' if after.text == true else 'lost' if before.text == true else 'neither'}"


def main() -> None:
    """Prints the counts, and with --show each word that was wrong or flagged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs=3)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    reader, cache = installed(), Cache(given.cache) if given.cache else None
    if reader is None:
        parser.error("TrueOCR is not installed")
    counts: Counter[str] = Counter()
    spent = number = 0.0
    for path, page, text in pages(*given.folders):
        read = recognised(path, page, cache)
        scale = 72 / read.dpi
        words = [
            Word(
                w.text, 0, Box(*(scale * side for side in (w.box.x0, w.box.top, w.box.x1, w.box.bottom))), w.confidence
            )
            for w in read.words
        ]
        started = time.process_time()
        (line,) = check([Line.of(words)], read.grey, read.dpi, reader, None)
        spent, number = spent + time.process_time() - started, number + 1
        for at, true in paired([word.text for word in words], text).items():
            said = verdict(words[at], line.words[at], true)
            counts.update([said] if said else [])
            if given.show and said and said != "figures right, passed":
                print(f"{path.name}  {said}: {words[at].text} | {true} | {line.words[at].readings}")
    print(*(f"{said}: {count}" for said, count in sorted(counts.items())), sep="\n")
    print(f"{number:.0f} pages, {spent / max(number, 1):.3f} CPU seconds a page")


if __name__ == "__main__":
    main()
