"""Secrecy marks anywhere they may stand: head, stamps, page tops, even read badly.

A secret dispatch must never be published: of two doubtful readings the cautious one is taken. But the mark stands on
its own; «bảo mật», «Ban Cơ yếu» or «văn bản mật» inside of sentences are no marks.
"""

from __future__ import annotations

import re

from corpus.span import Span
from extract.parts.marks import Mark, mark_of
from extract.source import Source, TextLine
from extract.units.casing import is_capitals

_HEAD_LINES = 45
_TOP_LINES = 6
_EDGE = re.compile(r"(?:^|\s{2,})(?P<mark>\(?(?:TUYỆT|TỐI)?\s*MẬT\)?)(?=\s{2,}|\s+(?:CỘNG HÒA|CỘNG HOÀ|Độc lập)|\s*$)")


def secrecy_in(source: Source, part: Span) -> tuple[str, Span, bool] | None:
    """Value, place and certainty of the secrecy mark of a part, the gravest first; None without one."""
    order = ("tuyệt mật", "tối mật", "mật")
    found = [(mark, span) for line in _places(source, part) for mark, span in _marks(line)]
    found += _pictured(source, part)
    if not found:
        return None
    mark, span = min(found, key=lambda item: (not item[0].sure, order.index(item[0].value)))
    return mark.value, span, mark.sure


def _places(source: Source, part: Span) -> list[TextLine]:
    """The lines of a part where a mark may stand: its head, the tops of its pages, and stamps."""
    shown = [line for line in source.lines_in(part) if not line.blank]
    tops: dict[int, int] = {}
    kept: list[TextLine] = []
    for index, line in enumerate(shown):
        tops[line.page] = tops.get(line.page, 0) + 1
        if index < _HEAD_LINES or tops[line.page] <= _TOP_LINES or line.kind == "stamp":
            kept.append(line)
    return kept


def _marks(line: TextLine) -> list[tuple[Mark, Span]]:
    mark = mark_of(line.text)
    if mark and mark.kind == "secrecy":
        return [(mark, line.span)]
    beside = _EDGE.search(line.text)
    if beside and is_capitals(line.text[: beside.start()] or "A"):
        found = mark_of(beside["mark"])
        if found:
            start = line.span.start + beside.start("mark")
            return [(found, Span(start, start + len(beside["mark"])))]
    return []


def _pictured(source: Source, part: Span) -> list[tuple[Mark, Span]]:
    """Marks read from stamp areas that are no lines of text; they point to the top of their page."""
    pages = {page.number: page for page in source.document.pages if page.regions}
    found = []
    for first in source.lines_in(part) if pages else ():
        if first.number > 1 or first.page not in pages:
            continue
        for region in pages[first.page].regions:
            mark = mark_of(region.text) if region.text else None
            if mark and mark.kind == "secrecy":
                found.append((mark, first.span))
    return found
