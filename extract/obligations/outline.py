"""The outline of the running text: paragraphs, their numbering, and what stands above each.

Lines are joined to paragraphs by what they say: numbering and labels start one, a short line that ends a sentence
ends one. Blocks that the parts component told to be no body text (letterhead, signature, stamps) are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from corpus.span import Span
from extract.obligations import label_words
from extract.obligations.numbering import BULLET, LOWER, Level, marker
from extract.source import Findings, Source, TextLine

_NOT_BODY = frozenset(
    {
        "national-motto", "issuer", "number", "place-date", "subject", "addressees", "signature",
        "distribution", "stamp", "furniture", "annex-title", "title", "authority", "mark",
    }
)  # fmt: skip
_UNREAD = frozenset({"furniture", "stamp", "caption", "handwriting", "table"})
_ENDS = re.compile(r"[.;:!?…]['\"”»)]*\**\s*$|/\.\s*$")
_STARTS_LOW = re.compile(rf"[\s(“\"]*[{LOWER}]")
_THIS_ACT = re.compile(r"\s*(?:Quyết định|Nghị quyết|Chỉ thị|Thông tư|Nghị định|Kế hoạch|Quy chế) này(?!\w)")
"""The object of an unfinished sentence: «… chịu trách nhiệm thi hành | Quyết định này»."""
_BREAK = re.compile(r"[\n\f]")
_PAGE_NUMBER = re.compile(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``body`` is the span behind the numbering; ``above`` are the indexes of those it stands under.

    ``flat`` is the body on one line, character for character (offset ``body.start``).
    """

    index: int
    span: Span
    body: Span
    flat: str
    level: Level
    label: str
    part: int
    above: tuple[int, ...] = ()
    order: int = 1

    @property
    def opens(self) -> bool:
        """Whether a list is announced: the paragraph ends in a colon."""
        return self.flat.rstrip(" *").endswith(":")


@dataclass
class Outline:
    """The paragraphs of a document in order."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    _children: dict[int, int] = field(default_factory=dict)

    def children(self, paragraph: Paragraph) -> int:
        """How many numbered paragraphs stand directly under this one."""
        return self._children.get(paragraph.index, 0)

    def has_below(self, paragraph: Paragraph) -> bool:
        """Whether the next paragraph stands under this one."""
        following = self.paragraphs[paragraph.index + 1 : paragraph.index + 2]
        return bool(following) and paragraph.index in following[0].above

    def ancestors(self, paragraph: Paragraph) -> list[Paragraph]:
        """Those it stands under, nearest first."""
        return [self.paragraphs[index] for index in reversed(paragraph.above)]

    def reference(self, paragraph: Paragraph) -> str | None:
        """The printed place: «III.6.-3», «Điều 4.2», «1.a»."""
        chain = [*reversed(self.ancestors(paragraph)), paragraph]
        labels = [node.label for node in chain if node.label]
        kept = [label for index, label in enumerate(labels) if not _repeated(label, labels[index + 1 :])]
        return ".".join(kept) or None

    def within(self, spans: Iterable[Span]) -> set[int]:
        """The indexes of the paragraphs that begin in one of the spans."""
        ordered = sorted(spans)
        found: set[int] = set()
        at = 0
        for paragraph in self.paragraphs:
            start = paragraph.body.start
            while at < len(ordered) and ordered[at].end <= start:
                at += 1
            if at < len(ordered) and ordered[at].start <= start < ordered[at].end:
                found.add(paragraph.index)
        return found

    def add(self, paragraph: Paragraph) -> None:
        """Append the next paragraph."""
        self.paragraphs.append(paragraph)
        if paragraph.level and paragraph.above:
            above = paragraph.above[-1]
            self._children[above] = self._children.get(above, 0) + 1


def outline(source: Source, findings: Findings, without: Iterable[Span] = ()) -> Outline:
    """The outline of the body text; lines that share a character with ``without`` (tables) are left out."""
    result = Outline()
    stack: list[Paragraph] = []
    parts = _Parts(findings)
    for span in _paragraphs(source, _Hidden(findings, without)):
        part = parts.at(span.start)
        if stack and stack[-1].part != part:
            stack.clear()
        paragraph = _place(source.text, span, part, len(result.paragraphs), stack)
        result.add(paragraph)
    return result


class _Parts:
    """The number of the part at an offset; 1 where none was told apart."""

    def __init__(self, findings: Findings) -> None:
        documents = sorted(findings.blocks("document"), key=lambda fact: fact.span)
        self._spans = [(fact.span, fact.part) for fact in documents]
        self._starts = [span.start for span, _ in self._spans]

    def at(self, offset: int) -> int:
        index = bisect_right(self._starts, offset) - 1
        return self._spans[index][1] if index >= 0 and self._spans[index][0].end > offset else 1


class _Hidden:
    """Spans that are no body text, for quick look-up."""

    def __init__(self, findings: Findings, without: Iterable[Span]) -> None:
        spans = [*(fact.span for fact in findings.blocks(*_NOT_BODY)), *without]
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._longest = max((len(span) for span in self._spans), default=0)

    def holds(self, line: Span) -> bool:
        """Whether a hidden span covers the middle of the line."""
        middle = (line.start + line.end) // 2
        at = bisect_right(self._starts, middle) - 1
        while at >= 0 and self._starts[at] + self._longest > middle:
            if self._spans[at].end > middle:
                return True
            at -= 1
        return False


def _repeated(label: str, later: Sequence[str]) -> bool:
    """«10» before «10.1»."""
    return bool(later) and later[0].startswith(f"{label}.")


def _place(text: str, span: Span, part: int, index: int, stack: list[Paragraph]) -> Paragraph:
    """The paragraph under what it belongs to; ``stack`` is brought up to date."""
    printed = span.of(text)
    level, label, length = marker(printed)
    if level == "dash" and _is_below_dash(text, printed, stack):
        level = "plus"
    body = Span(min(span.start + length, span.end), span.end)
    _pop(stack, level)
    order = 1
    if level in {"dash", "plus"}:
        same = [node for node in stack if node.level == level]
        order = same[0].order + 1 if same else 1
        label = f"{'-' if level == 'dash' else '+'}{order}"
    stack[:] = [node for node in stack if node.level != level] if level else stack
    paragraph = Paragraph(
        index,
        span,
        body,
        _flat(body.of(text)),
        level,
        label,
        part,
        tuple(node.index for node in stack),
        order,
    )
    if level:
        stack.append(paragraph)
    return paragraph


def _is_below_dash(text: str, printed: str, stack: Sequence[Paragraph]) -> bool:
    """Whether a bullet (which the recognition may have taken for a letter) stands below a dash, not beside it."""
    above = next((node for node in reversed(stack) if node.level == "dash"), None)
    return BULLET.match(printed) is not None and above is not None and not BULLET.match(text, above.span.start)


def _flat(body: str) -> str:
    """The body on one line, character for character; page numbers between its lines become blanks."""
    lines = [" " * len(line) if _PAGE_NUMBER.match(line) else line for line in _BREAK.split(body)]
    return re.sub(r"\s", " ", " ".join(lines)) if len(lines) > 2 else re.sub(r"\s", " ", body)


def _pop(stack: list[Paragraph], level: Level) -> None:
    """Leave what a paragraph of this level does not stand under (its own level is kept for counting)."""
    if not level:
        while stack and stack[-1].level in {"dash", "plus", "ordinal"}:
            stack.pop()
        return
    levels = [node.level for node in stack]
    if level in levels:
        del stack[levels.index(level) + 1 :]
    elif level in {"chapter", "article"}:
        stack[:] = [node for node in stack if node.level == "chapter" and level == "article"]
    elif level.startswith("number-"):
        deeper = [i for i, node in enumerate(stack) if node.level.startswith("number-") and node.level > level]
        del stack[min(deeper, default=len(stack)) :]
        if "dash" in levels and any(name.startswith("number") for name in levels[: levels.index("dash")]):
            del stack[levels.index("dash") :]
    elif level in {"roman", "upper"}:
        stack[:] = [node for node in stack if node.level in {"chapter", "roman", "upper"}]


def _paragraphs(source: Source, hidden: _Hidden) -> Iterator[Span]:
    """The span of every paragraph. Whether a line begins with a small letter is asked of the text as read too."""
    raw = _BREAK.split(source.repaired.raw)
    low_raw = [bool(_STARTS_LOW.match(line)) for line in raw]
    index = -1
    open_lines: list[TextLine] = []
    gap = False
    for page, group in groupby(source.lines, key=lambda line: line.page):
        lines = list(group)
        width = _width(lines)
        for line in lines:
            index += 1
            if line.blank or _PAGE_NUMBER.match(line.text) or line.kind in _UNREAD or hidden.holds(line.span):
                gap = gap or line.blank
                if open_lines and not line.blank and not _PAGE_NUMBER.match(line.text) and line.kind != "furniture":
                    yield _close(open_lines)
                continue
            turned = bool(open_lines) and open_lines[-1].page != page
            if open_lines and not _goes_on(
                open_lines[-1], line, width, gap=gap, turned=turned, low=index >= len(low_raw) or low_raw[index]
            ):
                yield _close(open_lines)
            open_lines.append(line)
            gap = False
    if open_lines:
        yield _close(open_lines)


def _close(lines: list[TextLine]) -> Span:
    """The span of the gathered lines, which are let go."""
    first, last = lines[0], lines[-1]
    start = first.span.start + len(first.text) - len(first.text.lstrip())
    end = last.span.end - (len(last.text) - len(last.text.rstrip()))
    lines.clear()
    return Span(start, max(start, end))


def _width(lines: Sequence[TextLine]) -> int:
    """About the length of a full line of the page; lines longer than a printed one mean: not wrapped."""
    lengths = sorted(len(line.text) for line in lines if not line.blank)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _goes_on(before: TextLine, line: TextLine, width: int, *, gap: bool, turned: bool, low: bool) -> bool:
    """Whether ``line`` goes on with the paragraph that ``before`` belongs to. ``low``: as read it begins small."""
    low = low and _STARTS_LOW.match(line.text) is not None
    ended = _ENDS.search(before.text) is not None
    level, _, length = marker(line.text)
    if label_words.begins(line.text[length:]):
        return False
    low_body = level == "letter" and low and _STARTS_LOW.match(line.text[length:]) is not None
    if level and not (low_body and not ended and not gap and "\t" not in line.text):
        return _broken_number(before.text) and not gap
    if gap or turned:
        broken = before.text.rstrip().endswith((",", "số", "và")) or _THIS_ACT.match(line.text) is not None
        return not ended and (low or turned or broken)
    if width > 200:
        return low and not ended
    short = len(before.text.rstrip()) < 0.82 * width
    if ended:
        return not short or low
    return low or len(before.text.rstrip()) >= 0.62 * width


def _broken_number(before: str) -> bool:
    """Whether the line before ends in a word that needs a number: «… ngày», «… khoản»."""
    return re.search(r"(?:tháng|năm|ngày|số|quý|[Đđ]iều|khoản|mục|Mục|và|từ|đến|điểm)\s*$", before) is not None


def is_title(paragraph: Paragraph) -> bool:
    """A numbered title: no sentence, at most some forty words."""
    text = paragraph.flat.strip(" *")
    if not paragraph.level or paragraph.level in {"dash", "plus"}:
        return False
    return len(text.split()) <= 45 and not text.endswith((".", ";", ",", ":"))
