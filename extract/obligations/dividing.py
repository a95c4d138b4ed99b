"""One passage, several duties: two dates with a verb between, or a second task behind «đồng thời»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.facts import Deadline, Fact
from extract.obligations import phrases
from extract.obligations.drafts import Draft
from extract.obligations.passages import Passage, Times

_JOIN = re.compile(r"(?:,?\s+(?:và|đồng thời)\s+|;\s*(?:đồng thời,?\s+)?|[.]\s+|\s+(?=để ))(?=(?:để )?[\wÀ-ỹ])")
_ALSO = re.compile(r";\s*(?=đồng thời[\s,])")
_TO = "để "
_ENDS = frozenset({"date", "range", "month", "quarter"})


def divided(passage: Passage, draft: Draft, times: Times) -> Iterator[Draft]:
    """The draft, cut where it holds two dates with a verb between: «hoàn thành X trước … và gửi Y trước …»."""
    flat, base = passage.paragraph.flat, passage.paragraph.body.start
    dated = [fact for fact in times.inside(passage.window) if fact.value.kind in _ENDS and fact.value.due]
    cuts = [cut for first, second in pairwise(dated) if (cut := _cut(flat, base, first, second)) is not None]
    if not cuts:
        yield from _with_also(passage, draft, dated)
        return
    ends = [*cuts, passage.end]
    task_start = max(flat.find(draft.task[:40], passage.start, passage.end), passage.start)
    first = replace(passage, end=cuts[0])
    task = flat[task_start : cuts[0]] if task_start < cuts[0] else first.text
    yield replace(draft, task=task.strip(" ,;:"), span=first.window, window=first.window)
    for index, cut in enumerate(cuts):
        yield _later(replace(passage, start=cut, end=ends[index + 1]), draft, flat[passage.start : cut])


def _later(piece: Passage, draft: Draft, before: str) -> Draft:
    """A later piece; what follows «để» is for whoever receives what comes before it."""
    text = piece.text
    later = replace(
        draft,
        task=text.strip(" ,;"),
        span=piece.window,
        window=piece.window,
        support=phrases.support_in(text),
        recipient=phrases.recipient_in(text),
    )
    receiver = phrases.recipient_in(before)
    if text.startswith(_TO) and receiver:
        return replace(later, lead=(receiver.split(" (")[0],), inherited=("lead",))
    return later


def _with_also(passage: Passage, draft: Draft, dated: Sequence[Fact[Deadline]]) -> Iterator[Draft]:
    """«…; đồng thời làm Y» behind a dated duty is a duty of its own with the same date."""
    after = dated[-1].span.end - passage.paragraph.body.start if dated else passage.end
    also = _ALSO.search(passage.paragraph.flat, after, passage.end)
    rest = passage.paragraph.flat[also.end() : passage.end] if also else ""
    if also is None or not phrases.begins_task(re.sub(r"^đồng thời[\s,]+", "", rest)):
        yield draft
        return
    first = replace(passage, end=also.start())
    yield replace(draft, task=draft.task[: -len(rest.strip())].strip(" ,;") or first.text, span=first.window)
    second = replace(passage, start=also.end())
    yield replace(draft, task=rest.strip(" ,;."), span=second.window, inherited=(*draft.inherited, "due"))


def _cut(flat: str, base: int, first: Fact[Deadline], second: Fact[Deadline]) -> int | None:
    """Where a second duty begins between two different dates."""
    if (first.value.due, first.value.hour) == (second.value.due, second.value.hour):
        return None
    start, end = first.span.end - base, second.span.start - base
    for match in _JOIN.finditer(flat, start, max(start, end)):
        if phrases.begins_task(flat[match.end() : match.end() + 90].removeprefix(_TO)):
            return match.end()
    return None
