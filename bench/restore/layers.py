"""Garbled text layers of scans, before and after repair, against what Tesseract ``vie`` reads with confidence there.

    python bench/restore/layers.py ../shared --ocr-cache FOLDER [--weak synthetic.tsv] [--documents G02 G03 G04 G08]

A layer's words are put to the line of the page whose place they share, so that the order of reading and the likeness
of the text play no part. Lines that the engine reads with doubt are repaired with the others but not scored. The
channel is learnt from the garbled plan (and ``--weak`` pairs) alone: no layer has a share in it. ``--untaught`` leaves
out the round of self-training.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from rapidfuzz.distance import Levenshtein

from corpus.layout import Box, Line, Page
from normalize.build.channel import WEAK, count_pairs, read_rows, train
from normalize.build.gold_pairs import gold_pairs
from normalize.garbled import Garbled
from normalize.quality import judge
from normalize.restore import Restorer
from ocr.cache import Cache
from ocr.read import read

DOCUMENTS = ("G02", "G03", "G04", "G08")
SURE, SURE_WORD, READS, WORDS = 0.95, 0.8, 0.93, 3  # of a line's mean and least confidence, quality, and length
EDGES = ".,;:()[]\"“”‘’'!?…-–*"


def layer_words(pdf_page: pypdfium2.PdfPage) -> Iterator[tuple[str, Box]]:
    """The words of a page's text layer and their boxes, in points from the top left."""
    layer = pdf_page.get_textpage()
    text = layer.get_text_range()
    height = pdf_page.get_height()
    begin = 0
    for end in range(len(text) + 1):
        if end < len(text) and not text[end].isspace():
            continue
        if end > begin and end <= layer.count_chars():
            boxes = [layer.get_charbox(at) for at in range(begin, end)]
            left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
            right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
            if right > left and top > bottom:
                yield text[begin:end], Box(left, height - top, right, height - bottom)
        begin = end + 1


def layer_lines(words: Sequence[tuple[str, Box]], page: Page) -> list[str]:
    """For each line of the page what the layer has in its place."""
    found: list[list[tuple[float, str]]] = [[] for _ in page.lines]
    for text, box in words:
        middle = (box.top + box.bottom) / 2
        near = [
            (abs(middle - (line.box.top + line.box.bottom) / 2), number)
            for number, line in enumerate(page.lines)
            if line.box and line.box.x0 - 4 <= (box.x0 + box.x1) / 2 <= line.box.x1 + 4
        ]
        if near and min(near)[0] < 8:
            found[min(near)[1]].append((box.x0, text))
    return [" ".join(text for _, text in sorted(words)) for words in found]


def is_sure(line: Line) -> bool:
    """Whether the engine's reading of a line may stand for the truth."""
    confidences = [word.confidence for word in line.words]
    return (
        len(confidences) >= WORDS
        and sum(confidences) / len(confidences) >= SURE
        and min(confidences) >= SURE_WORD
        and judge(line.text).score >= READS
    )


def errors(true: str, got: str) -> tuple[int, int]:
    """(wrong words, words) of a line, punctuation at their ends apart."""
    meant, found = ([word for token in text.split() if (word := token.strip(EDGES))] for text in (true, got))
    return int(Levenshtein.distance(meant, found)), len(meant)


def score(pdf: Path, cache: Cache | None, restorer: Restorer) -> str:
    """One document's figures."""
    document = read(pdf, cache=cache)
    pages = [
        layer_lines(list(layer_words(layer)), page)
        for layer, page in zip(pypdfium2.PdfDocument(pdf), document.pages, strict=True)
    ]
    repaired = restorer.repair("\f".join("\n".join(lines) for lines in pages)).text
    before = after = size = scored = count = 0
    for page, seen, got in zip(document.pages, pages, repaired.split("\f"), strict=True):
        for line, observed, fixed in zip(page.lines, seen, got.split("\n"), strict=True):
            count += bool(observed.strip())
            if observed.strip() and is_sure(line):
                wrong, words = errors(line.text, observed)
                before, size, scored = before + wrong, size + words, scored + 1
                after += errors(line.text, fixed)[0]
    return f"{pdf.stem[:3]} lines {scored} of {count}, words {size}, WER {before / size:.3f} -> {after / size:.3f}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder kept beside the project")
    parser.add_argument("--ocr-cache", type=Path)
    parser.add_argument("--weak", type=Path, nargs="*", default=[])
    parser.add_argument("--documents", nargs="+", default=DOCUMENTS, help="how the names of the scans begin")
    parser.add_argument("--untaught", action="store_true", help="without self-training")
    args = parser.parse_args()
    weak = [pair for path in args.weak for pair in read_rows(path)]
    channel = train(count_pairs(gold_pairs(args.shared)), count_pairs(weak, WEAK))
    restorer = Restorer(Garbled(channel, learns=not args.untaught))
    cache = Cache(args.ocr_cache) if args.ocr_cache else None
    for name in args.documents:
        for pdf in sorted((args.shared / "scans").glob(f"{name}*.pdf")):
            print(score(pdf, cache, restorer), flush=True)


if __name__ == "__main__":
    main()
