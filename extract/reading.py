"""A text made easy to match: lower case, one kind of blank, blocks apart, with and without marks, offsets unchanged."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.span import Span
from normalize.fold import fold

SHORT_LINE = 40
"""Characters; a shorter line before an empty one is a heading, whatever follows it."""

_GAP = re.compile(r"(?<! ) *+[^\S ][\s\u200b]*+|\u200b")
_END = frozenset(".;:!?")
_FOLLOWS = re.compile(r"[a-zà-ỹđ(\d]")
_BULLET = re.compile(r"[-+*•–]\s|[a-zđ]\)|\d{1,2}[.)]\s|\d{1,2}\.\d{1,2}(?![.\d/])")
_OPENS = re.compile(r"(?:Căn cứ|Điều \d+\.|Kính gửi|Nơi nhận|Theo đề nghị của|Xét đề nghị)")
_NEEDS_NUMBER = re.compile(r"(?:tháng|năm|ngày|số|quý|điều|khoản|mục|và|từ|đến)$", re.IGNORECASE)
_BLOCK = re.compile(r"[^\n]+")
_STOP = re.compile(r"[;\n]|\.(?![^\s”\"»)])")
_NEXT = re.compile(r"[”\"»)]* *+(.)?")
_SHORT_WORD = re.compile(
    r"(?:^|[\s(,;:/.-])(?:[^\W\d_]|TP|Tp|TX|Tx|TT|ThS|Ths|TS|PGS|GS|BS|DS|CN|KS|Đ/c|đ/c|St|tr|tt|Mr|No|BSCK[I1-2]*)$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    r"""A text in four forms of the same length.

    ``text``: as given; ``flat``: white space inside of a block as blanks, a line feed between blocks; ``marked``:
    that in lower case; ``folded``: that without marks.
    """

    text: str
    flat: str
    marked: str
    folded: str
    blocks: tuple[Span, ...]

    def block_at(self, offset: int) -> Span:
        """The block that holds ``offset``."""
        start = self.marked.rfind("\n", 0, offset) + 1
        end = self.marked.find("\n", offset)
        return Span(start, len(self.marked) if end < 0 else end)

    def stops(self, start: int, end: int) -> Iterator[int]:
        """Where sentences, and stretches between semicolons, end in a range of offsets.

        A dot ends a sentence where no lower case follows, and no «TP.», «ThS.», «P.» stands in front.
        """
        for match in _STOP.finditer(self.flat, start, end):
            if match.group() != "." or self._full_stop(match.start()):
                yield match.start()

    def sentence_at(self, span: Span, reach: int) -> Span:
        """The sentence, or the stretch between semicolons, that holds ``span``; at most ``reach`` characters aside."""
        start = max(self.block_at(span.start).start, span.start - reach)
        for stop in self.stops(start, span.start):
            start = stop + 1
        limit = min(len(self.flat), span.end + reach)
        end = next(self.stops(span.end, limit), limit)
        while start < span.start and not self.flat[start].isalnum():
            start += 1
        return Span(start, end - 2 if self.flat[span.end : end].endswith("./") else end)

    def _full_stop(self, dot: int) -> bool:
        after = _NEXT.match(self.flat, dot + 1)
        if after is None or after[1] is None or after[1] == "\n":
            return True
        return not after[1].islower() and _SHORT_WORD.search(self.flat, max(dot - 8, 0), dot) is None


@lru_cache(maxsize=4)
def read_text(text: str, hidden: tuple[Span, ...] = (), breaks: tuple[int, ...] = ()) -> Reading:
    """The reading of ``text``; what lies in ``hidden`` (stamps, page numbers) is blank in it.

    ``breaks``: offsets at which a block begins whatever the words say, in order (the cells of tables).
    """

    def gap(match: re.Match[str]) -> str:
        index = bisect.bisect_right(breaks, match.start())
        if index < len(breaks) and breaks[index] <= match.end():
            return "\n" * len(match.group())
        return _gap(match)

    flat = _GAP.sub(gap, blanked(text, hidden))
    marked = flat.lower()
    if len(marked) != len(flat):
        marked = "".join(low if len(low := char.lower()) == 1 else char for char in flat)
    blocks = tuple(Span(*match.span()) for match in _BLOCK.finditer(marked))
    return Reading(text, flat, marked, fold(marked), blocks)


def blanked(text: str, hidden: Iterable[Span]) -> str:
    """``text`` with blanks in place of the hidden spans."""
    pieces: list[str] = []
    at = 0
    for span in sorted(hidden):
        start = max(span.start, at)
        pieces += [text[at:start], " " * max(span.end - start, 0)]
        at = max(span.end, at)
    return "".join([*pieces, text[at:]])


def _gap(match: re.Match[str]) -> str:
    """Blanks, or block ends where the white space separates blocks."""
    text, (start, end) = match.string, match.span()
    gap = match.group()
    breaks = gap.count("\n") + gap.count("\f")
    if not breaks or start == 0 or end == len(text):
        return " " * len(gap)
    if text[start - 1] in _END:
        return "\n" * len(gap)
    if _BULLET.match(text, end) and not _NEEDS_NUMBER.search(text, max(start - 8, 0), start):
        return "\n" * len(gap)
    if breaks > 1 and (not _FOLLOWS.match(text, end) or _line_before(text, start) < SHORT_LINE):
        return "\n" * len(gap)
    if _OPENS.match(text, end) or _heading_ends(text, start, end):
        return "\n" * len(gap)
    return " " * len(gap)


def _line_before(text: str, end: int) -> int:
    """The length of the line that ends at ``end``."""
    return end - max(text.rfind("\n", 0, end), text.rfind("\f", 0, end)) - 1


def _heading_ends(text: str, end: int, start: int) -> bool:
    """Whether a line in capitals is followed by one that is not."""
    before = text[max(text.rfind("\n", 0, end), end - 60) + 1 : end]
    after = text[start : start + 16]
    if not after[:1].isupper() or sum(map(str.isalpha, before)) < 6 or any(map(str.islower, before)):
        return False
    return any(map(str.islower, after))
