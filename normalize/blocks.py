"""Lines, blocks and paragraphs of a document's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.span import Span

_LINE = re.compile(r"[^\n\f]+")
_BULLET = re.compile(
    r"\s*(?:[-–—•*+·_►▪]\s|[-–+](?=\w)|\(?\d{1,3}(?:\.\d{1,3})*[.)]\s|\(?[a-zđ]\)|[IVX]{1,5}\s?[.)]\s"
    r"|(?:Điều|Dieu|Chương|Chuong|Mục|Muc)\s+\w{1,4}[.:])"
)
_ENDS = (".", ";", ":", "!", "?", "./.", "…")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank; ``span`` are offsets into the document's text."""

    span: Span
    text: str

    @property
    def capitals(self) -> bool:
        """Whether most letters are capitals: a heading."""
        upper = sum(letter.isupper() for letter in self.text)
        return upper > sum(letter.islower() for letter in self.text)


def blocks(text: str) -> Iterator[list[Line]]:
    """Runs of lines without a blank line or a page end between them."""
    run: list[Line] = []
    for match in _LINE.finditer(text):
        if run and text[run[-1].span.end : match.start()] != "\n":
            yield run
            run = []
        if match[0].strip():
            run.append(Line(Span(*match.span()), match[0]))
        elif run:
            yield run
            run = []
    if run:
        yield run


def paragraphs(block: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a block, joined where a sentence was wrapped; headings and list items stand alone."""
    full = max(len(line.text.strip()) for line in block)
    run = [block[0]]
    for line in block[1:]:
        if not _goes_on(run[-1], line, full):
            yield run
            run = []
        run.append(line)
    yield run


def _goes_on(line: Line, following: Line, full: int) -> bool:
    text, rest = line.text.rstrip(), following.text.lstrip()
    if text.endswith(_ENDS) or _BULLET.match(following.text) or line.capitals != following.capitals:
        return False
    return rest[0].islower() or text.endswith((",", "-")) or len(text.strip()) >= 0.7 * full
