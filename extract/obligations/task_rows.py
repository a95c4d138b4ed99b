"""Drafts from table rows and label blocks: cells that say who, with whom, what comes of it, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.span import Span
from extract.obligations import labels
from extract.obligations.clauses import clauses
from extract.obligations.columns import Role
from extract.obligations.drafts import Draft
from extract.obligations.outline import Outline
from extract.obligations.phrases import support_in
from extract.obligations.tables import Row, numbered, printed, with_lines
from extract.source import Findings, Source
from extract.units.kinds import kind_of, likeness
from extract.units.lists import split

_NO_TITLE = re.compile(r"(?:phụ lục|phu luc|biểu|mẫu số)\b.{0,12}$", re.IGNORECASE)
_REMARK = re.compile(r"\((?:kèm|ban hành|đính)[^()]*\)?", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:[IVXL]{1,6}|[A-H]|\d{1,2})\s*[.)/-]\s*")
_GIVES = re.compile(
    r"(?:các |nhóm )*(?:nhiệm vụ|công việc|nội dung)(?: cụ thể)? (?:giao|của|do|đối với)(?: cho)? ", re.IGNORECASE
)
_DOES = re.compile(r" (?:chủ trì|thực hiện|chủ trì,? thực hiện|chủ trì tham mưu)$", re.IGNORECASE)


def from_rows(source: Source, findings: Findings, rows: Sequence[Row]) -> Iterator[Draft]:
    """A draft for each row that has a task, or a unit and a time (then the annex's title is the task)."""
    for row, parent in numbered(rows):
        draft = _row(source, findings, row)
        if draft is None:
            continue
        yield _with_own_unit(_with_parent(source, draft, parent) if parent else draft)


def from_blocks(source: Source, outline: Outline) -> Iterator[Draft]:
    """A draft for each label block."""
    for block in labels.blocks(outline):
        task_cells = block.cells("task")
        task = printed(source, task_cells) or " ".join(source.quote(node.body) for node in block.task)
        if not task:
            continue
        first = next(iter(block.task), None) or outline.paragraphs[block.labels[0].paragraph]
        named = block.heading if block.heading and first.index not in {node.index for node in block.task[1:]} else first
        lead, support = _units(source, {role: block.cells(role) for role in ("lead", "support", "both")})
        yield Draft(
            "label-block",
            block.span,
            task,
            first.part,
            ref=outline.reference(named if named.label else first),
            lead=lead,
            support=support,
            result=printed(source, block.cells("result")) or None,
            times=block.cells("time"),
            more=tuple(item.content for item in block.labels if item.role != "task" and len(item.content)),
            confidence=0.95 if lead else 0.7,
        )


def _row(source: Source, findings: Findings, row: Row) -> Draft | None:
    lead, support = _units(source, row.cells)
    task = printed(source, row.cells.get("task", ()))
    times = row.cells.get("time", ())
    if not task:
        if not (lead and times):
            return None
        task = f"{_title(source, findings, row)} {printed(source, row.cells.get('lead', ()))}".strip()
    more = [span for role, spans in row.cells.items() if role not in {"task", "other", "note"} for span in spans]
    sure = bool(lead) and bool(times)
    return Draft(
        "table-row" if row.ruled else "flat-table-row",
        row.span,
        task,
        findings.part_at(row.span.start),
        ref=".".join(
            part for part in (row.section if row.section and len(row.section) < 8 else None, row.number) if part
        ),
        lead=lead,
        support=support,
        result=printed(source, row.cells.get("result", ())) or None,
        times=times,
        window=None if times else row.span,
        above=(row.head.span,) if row.head else (),
        more=tuple(more),
        inherited=tuple(role for role in row.inherited if role in {"task", "lead", "support"}),
        confidence=0.97 if sure else 0.85,
    )


def _with_parent(source: Source, draft: Draft, parent: Row) -> Draft:
    """A sub-row takes from the row above what its own cells lack: units where it has no lead, and the time.

    The row that heads a section may name the unit in its title: «II. Nhiệm vụ của Sở Y tế».
    """
    lead, support = _units(source, parent.cells)
    if parent.heads and not lead:
        lead = _units_of_title(printed(source, parent.cells.get("task", ())))
    inherited = list(draft.inherited)
    if not draft.lead and lead:
        draft = replace(draft, lead=lead)
        inherited.append("lead")
    if not draft.support and support and draft.lead == lead:
        draft = replace(draft, support=support)
        inherited.append("support")
    if not draft.times and (times := parent.cells.get("time", ())):
        draft = replace(draft, times=times)
        inherited.append("due")
    return replace(draft, inherited=tuple(dict.fromkeys(inherited)))


def _with_own_unit(draft: Draft) -> Draft:
    """The row of a table without units takes the one that its task begins with: «Khoa A thông báo phòng thi»."""
    found = clauses(draft.task) if not (draft.lead or draft.support) else []
    if (
        not found
        or found[0].kind != "unit"
        or found[0].start
        or not all(kind_of(unit) == "name" for unit in found[0].lead)
    ):
        return draft
    return replace(draft, lead=found[0].lead, support=support_in(draft.task), confidence=0.8)


def _units(source: Source, cells: Mapping[Role, tuple[Span, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and support units of the cells; of a column for both, the first is the lead."""
    lead = split(with_lines(source, cells.get("lead", ())))
    support = split(with_lines(source, cells.get("support", ())))
    both = split(with_lines(source, cells.get("both", ())))
    if both and not lead:
        lead, support = both[:1], (*support, *both[1:])
    return lead, tuple(unit for unit in support if unit not in lead)


def _units_of_title(title: str) -> tuple[str, ...]:
    """The units that a section's title consists of, or gives its tasks to.

    >>> _units_of_title("II. Nhiệm vụ của Sở Y tế"), _units_of_title("B. Về thể chế")
    (('Sở Y tế',), ())
    """
    bare = _GIVES.sub("", _LABEL.sub("", title)).strip(" :.")
    bare = _DOES.sub("", bare)
    return split(bare) if likeness(bare) == 1.0 else ()


def _title(source: Source, findings: Findings, row: Row) -> str:
    """The title of the annex that the row stands in, without «Phụ lục 1» and «(Kèm theo …)»."""
    part = findings.part_at(row.span.start)
    titles = [fact.span for fact in findings.blocks("annex-title", "title") if fact.part == part]
    lines = [line.strip() for span in titles if span.end <= row.span.start for line in span.of(source.text).split("\n")]
    whole = " ".join(line for line in lines if line and not _NO_TITLE.match(line))
    return _REMARK.sub("", whole).strip()


def spans(drafts: Iterable[Draft]) -> list[Span]:
    """Where the drafts stand."""
    return [draft.span for draft in drafts]
