"""Label blocks: a task, then «Đơn vị thực hiện: …», «Đơn vị phối hợp: …», «Thời gian thực hiện: …».

The labels vary, stand on lines of their own or several on one, with or without numbering, and some may be missing.
What comes before them, up to the heading or the block above, is the task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.span import Span
from extract.obligations import label_words
from extract.obligations.columns import Role
from extract.obligations.outline import Outline, Paragraph, is_title
from normalize.fold import fold

_WEIGHED: frozenset[Role] = frozenset({"lead", "support", "both", "time"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label's content. ``label`` is the span of the label itself; one without colon is not ``sure``."""

    role: Role
    label: Span
    content: Span
    paragraph: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A label block: the paragraphs of its task, its heading, and its labels' contents."""

    task: tuple[Paragraph, ...]
    heading: Paragraph | None
    labels: tuple[Labelled, ...]

    @property
    def span(self) -> Span:
        """From the heading (or the task) to the last label's end."""
        starts = [node.span.start for node in (*self.task[:1], *([self.heading] if self.heading else []))]
        first = min([*starts, *(item.label.start for item in self.labels)])
        return Span(first, max(item.content.end for item in self.labels))

    def cells(self, role: Role) -> tuple[Span, ...]:
        """The contents of the labels of a role."""
        return tuple(item.content for item in self.labels if item.role == role)


def blocks(outline: Outline) -> list[Block]:
    """Every label block of the outline."""
    found: list[Block] = []
    after = 0
    for group in _groups(outline):
        kinds = {item.role for item in group}
        if not any(item.sure for item in group):
            continue
        if not kinds & {"lead", "both"} and not {"support", "time"} <= kinds and not {"task", "time"} <= kinds:
            continue
        if "lead" not in kinds and "both" not in kinds and len(kinds & _WEIGHED) < 2 and "task" not in kinds:
            continue
        first = group[0].paragraph
        task, heading = _task(outline, after, first, group)
        found.append(Block(task, heading, tuple(group)))
        after = group[-1].paragraph + 1
    return found


def labelled(paragraph: Paragraph) -> list[Labelled]:
    """The labels of one paragraph with their contents; none unless it begins with one."""
    if not label_words.begins(paragraph.flat):
        return []
    folded = fold(paragraph.flat)
    matches = list(label_words.LABEL.finditer(folded))
    if not matches or folded[: matches[0].start()].strip(" -–+•*("):
        return _doubtful(paragraph, folded)
    ends = [match.start() for match in matches[1:]] + [len(folded)]
    return [
        _labelled(_role(match), paragraph, match.start(), match.end(), end)
        for match, end in zip(matches, ends, strict=True)
    ]


def _doubtful(paragraph: Paragraph, folded: str) -> list[Labelled]:
    """The label of a paragraph that begins with one that is misspelt or lost its colon."""
    if (near := label_words.misspelt(folded)) is not None:
        return [_labelled(near[0], paragraph, 0, near[1], len(folded))]
    if (naked := label_words.naked(folded)) is not None:
        return [_labelled(naked[0], paragraph, 0, naked[1], len(folded), sure=False)]
    return []


def _role(match: re.Match[str]) -> Role:
    return next(role for role in label_words.ROLES if match[role])


def _labelled(role: Role, paragraph: Paragraph, start: int, begin: int, end: int, *, sure: bool = True) -> Labelled:
    at = paragraph.body.start
    text = paragraph.flat[begin:end]
    inner = begin + len(text) - len(text.lstrip())
    last = max(inner, begin + len(text.rstrip(" .;,_|•*'`-")))
    return Labelled(role, Span(at + start, at + begin), Span(at + inner, at + last), paragraph.index, sure)


def _groups(outline: Outline) -> Iterator[list[Labelled]]:
    """Labels that stand together, each role once (a second «Đơn vị thực hiện» begins the next block)."""
    group: list[Labelled] = []
    for paragraph in outline.paragraphs:
        for item in labelled(paragraph):
            apart = group and (item.paragraph - group[-1].paragraph > 1 or _begins(item, group))
            if apart:
                yield group
                group = []
            group.append(item)
        if group and group[-1].paragraph < paragraph.index:
            grown = _grown(group, paragraph)
            if grown is None:
                yield group
                group = []
            else:
                group[-1] = grown
    if group:
        yield group


def _begins(item: Labelled, group: Sequence[Labelled]) -> bool:
    """Whether a label opens a new block: its role was seen, or a task after who and when."""
    seen = {known.role for known in group}
    return item.role in seen or (item.role == "task" and bool(seen & _WEIGHED))


def _grown(group: Sequence[Labelled], paragraph: Paragraph) -> Labelled | None:
    """A label whose content is the bullets below it («Đơn vị phối hợp:», then a list)."""
    last = group[-1]
    listed = paragraph.level in {"dash", "plus"} and paragraph.index - last.paragraph == 1
    if listed and (len(last.content) == 0 or (last.content.end < paragraph.span.start and _is_list(last))):
        return Labelled(last.role, last.label, Span(last.content.start, paragraph.span.end), paragraph.index)
    return None


def _is_list(item: Labelled) -> bool:
    return len(item.content) > 0 and item.content.start > item.label.end + 1


def _task(
    outline: Outline, after: int, first: int, group: Sequence[Labelled]
) -> tuple[tuple[Paragraph, ...], Paragraph | None]:
    """The paragraphs of the task and its heading, looking back from the first label."""
    if any(item.role == "task" for item in group):
        return (), None
    part = outline.paragraphs[first].part
    body: list[Paragraph] = []
    for index in range(first - 1, max(after, first - 60) - 1, -1):
        paragraph = outline.paragraphs[index]
        if paragraph.part != part:
            break
        if is_title(paragraph) and paragraph.level not in {"letter", "dash", "plus", "ordinal"}:
            return (tuple(body) or (paragraph,)), (paragraph if body else None)
        body.insert(0, paragraph)
        if _opens_task(paragraph, outline.paragraphs[first], outline):
            break
    return tuple(body), None


def _opens_task(paragraph: Paragraph, label: Paragraph, outline: Outline) -> bool:
    """Whether a numbered paragraph is the whole of the labels' own item: the labels stand directly under it."""
    numbered = paragraph.level.startswith("number") or paragraph.level in {
        "letter",
        "paren",
        "roman",
        "upper",
        "article",
    }
    deepest = outline.ancestors(label)[:1]
    siblings = paragraph.level.startswith("number-") and int(paragraph.level[-1]) > 1
    return numbered and bool(deepest) and deepest[0].index == paragraph.index and not siblings
