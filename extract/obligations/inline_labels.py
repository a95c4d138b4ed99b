"""Labels behind the task in its own paragraph: «… (Chủ trì: Phòng A; thời gian: quý III)», «(Phòng B thực hiện)»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.span import Span
from extract.obligations import label_words, phrases
from extract.obligations.columns import Role
from extract.obligations.drafts import Draft
from extract.obligations.outline import Outline, Paragraph
from extract.units.lists import split
from normalize.fold import fold

_WHO = re.compile(
    r"\((?:giao |do )?(?P<units>[^():;]{3,160}?) (?:là đơn vị |là cơ quan )?(?:chủ trì|thực hiện|phụ trách|đảm nhiệm|"
    r"tham mưu)(?P<rest>[^()]*)\)\W*$"
)
_LEADS: frozenset[Role] = frozenset({"lead", "both"})
_EDGE = " .;,_|•*'`-–():"
_NEXT_SENTENCE = re.compile(r"(?<=\w{3})\.\s+(?=[A-ZĐ])")
_FEWEST = 4
"""Words of a task at least; fewer are a heading's."""


def drafts(outline: Outline, done: Sequence[Span]) -> Iterator[Draft]:
    """A draft for each paragraph, outside of ``done``, that ends in labels or in a bracket that says who does it."""
    read = outline.within(done)
    for paragraph in outline.paragraphs:
        if paragraph.index in read or label_words.begins(paragraph.flat):
            continue
        found = _labelled(outline, paragraph) or _bracketed(outline, paragraph)
        if found is not None:
            yield found


def _labelled(outline: Outline, paragraph: Paragraph) -> Draft | None:
    """The draft of «task (label: content; label: content)» or «task. Label: content; label: content»."""
    contents = _contents(paragraph.flat)
    roles = {role for role, _, _ in contents}
    if not roles & _LEADS and not {"support", "time"} <= roles:
        return None
    task = paragraph.flat[: contents[0][1]]
    if len(task.split()) < _FEWEST or "task" in roles:
        return None
    text = {
        role: _NEXT_SENTENCE.split(paragraph.flat[start:end])[0].strip(_EDGE)
        for role, start, end in _inner(paragraph.flat, contents)
    }
    lead, support = split(text.get("lead", "")), split(text.get("support", ""))
    if "both" in text:
        both = split(text["both"])
        lead, support = (lead or both[:1]), (*support, *both[1:])
    if not all(phrases.is_unit(unit) for unit in lead):
        return None
    times = [Span(start, end) for role, start, end in _inner(paragraph.flat, contents) if role == "time"]
    return _draft(outline, paragraph, task, lead, support, text.get("result"), times)


def _bracketed(outline: Outline, paragraph: Paragraph) -> Draft | None:
    """The draft of «task (Phòng A chủ trì, hoàn thành trước ngày …)»."""
    match = _WHO.search(paragraph.flat)
    lead = split(match["units"]) if match else ()
    task = paragraph.flat[: match.start()] if match else ""
    if match is None or not lead or not all(phrases.is_unit(unit) for unit in lead) or len(task.split()) < _FEWEST:
        return None
    return _draft(outline, paragraph, task, lead, phrases.support_in(match["rest"]), None, ())


def _contents(flat: str) -> list[tuple[Role, int, int]]:
    """Role, start of the label and start of the content of every label behind the task."""
    return [
        (next(role for role in label_words.ROLES if match[role]), match.start(), match.end())
        for match in label_words.LABEL.finditer(fold(flat))
    ]


def _inner(flat: str, contents: Sequence[tuple[Role, int, int]]) -> Iterator[tuple[Role, int, int]]:
    """Role, start and end of every content, white space and punctuation at the ends left out."""
    ends = [start for _, start, _ in contents[1:]] + [len(flat)]
    for (role, _, begin), end in zip(contents, ends, strict=True):
        bracket = flat.find(")", begin, end)
        last = bracket if bracket >= 0 and "(" not in flat[begin:bracket] else end
        text = flat[begin:last]
        start = begin + len(text) - len(text.lstrip(_EDGE))
        yield role, start, max(start, begin + len(text.rstrip(_EDGE)))


def _draft(
    outline: Outline,
    paragraph: Paragraph,
    task: str,
    lead: tuple[str, ...],
    support: tuple[str, ...],
    result: str | None,
    times: Sequence[Span],
) -> Draft:
    at = paragraph.body.start
    return Draft(
        "label-block",
        paragraph.body,
        " ".join(task.split()).strip(_EDGE),
        paragraph.part,
        ref=outline.reference(paragraph),
        lead=lead,
        support=tuple(unit for unit in support if unit not in lead),
        result=result or None,
        times=tuple(span.shift(at) for span in times),
        window=paragraph.body,
        confidence=0.85,
    )
