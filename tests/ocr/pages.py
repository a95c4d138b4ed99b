"""Invented pages as word lists: text set in a made-up fixed-width face, boxes in points."""

from __future__ import annotations

from corpus.layout import Box
from ocr.arrange import Arranged, arrange
from ocr.engine import ReadWord

ADVANCE = 5.4
HEIGHT = 10.0


def row(text: str, x: float, top: float, *, confidence: float = 0.95, height: float = HEIGHT) -> list[ReadWord]:
    """One printed line that starts at ``x``; words are parted by single spaces."""
    words, at = [], x
    for word in text.split():
        end = at + ADVANCE * len(word)
        words.append(ReadWord(word, Box(at, top, end - 0.6, top + height), confidence))
        at = end + ADVANCE
    return words


def centred(text: str, middle: float, top: float) -> list[ReadWord]:
    return row(text, middle - ADVANCE * len(text) / 2, top)


def body(
    lines: list[str], top: float, *, left: float = 80.0, indent: float = 28.0, pitch: float = 16.5
) -> list[ReadWord]:
    """A paragraph: the first line indented, lines as given."""
    words: list[ReadWord] = []
    for index, text in enumerate(lines):
        words += row(text, left + (indent if index == 0 else 0), top + index * pitch)
    return words


def read(words: list[ReadWord]) -> Arranged:
    return arrange(words, image=None, dpi=72, width=595, height=842)


def texts(words: list[ReadWord]) -> list[str]:
    return [line.text for line in read(words).lines]
