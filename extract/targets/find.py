"""Targets of a whole file: what each figure measures, and by when it is to be reached."""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING

from spacy.language import Language

from corpus.span import Span
from extract.citations.find import body_reading
from extract.citations.read import title_at
from extract.deadlines.find import cited_spans, reference_of
from extract.deadlines.grammar import FULL_DAY, PERIOD, Period, read_period
from extract.facts import Fact, Target
from extract.reading import Reading
from extract.rules import Match, spaced
from extract.source import Findings, findings_of, source_of
from extract.targets import counts as targets_rules  # noqa: F401  (registers the rules)
from extract.targets.grammar import targets
from normalize.fold import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

ELSEWHERE = ("number", "place-date", "national-motto", "issuer", "subject", "signature", "distribution", "addressees")
LONGEST_METRIC = 240
TELLING = ("báo cáo", "bài báo", "thông cáo")
"""Documents that tell what was reached, unless a sentence sets an aim."""
BINDING = (
    "luật",
    "bộ luật",
    "pháp lệnh",
    "nghị định",
    "thông tư",
    "thông tư liên tịch",
    "quy chế",
    "quy định",
    "điều lệ",
)
"""Acts whose figures are conditions, shares and rates, unless a sentence sets an aim."""
_REPORT = re.compile(r"phan dau|muc tieu|chi tieu|du kien|trong thoi gian toi")
_BY = re.compile(
    fold(spaced(rf"(?:đến|tới|vào|trong|hết|trước|cuối) (?:hết |cuối )?(?P<when>{PERIOD}|ngày {FULL_DAY})"))
)
_HEADING = re.compile(
    fold(
        spaced(
            r"^[ \-–+*•_#\d.]*(?:[a-zđ]\) ?)?(?:[^%;:.]{0,50}(?:mục tiêu|chỉ tiêu)[^%;:.]{0,60}? )?"
            r"(?:(?:đến|tới|trong|hết|cuối) )*năm (?P<year>20\d\d)[^a-z]*$"
        )
    )
)
_NUMBERED = re.compile(r"^ *(?:[ivx]{1,5}|\d{1,2}|[a-h])\. +[a-z]")
_FOUND = re.compile(
    r".{0,40}?\b(?:danh gia (?:chung |ve )?(?:tinh hinh|ket qua)|ket qua (?:thuc hien|dat duoc)|nhung ket qua)"
)
"""What opens a sentence that tells what was reached."""
_LABEL = re.compile(r"^\s*(?:[-–+*•]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s+")
_COLON = re.compile(r":(?= |$)")
_MEASURE = re.compile(r"\b(?:ty le|ti le|muc do|so luong|chi so)\b")


@Language.factory("congvan_targets")
def create_targets(nlp: Language, name: str) -> TargetsComponent:  # noqa: ARG001
    """Make the component that finds targets."""
    return TargetsComponent()


@Language.factory("congvan_target_days")
def create_target_days(nlp: Language, name: str) -> TargetDaysComponent:  # noqa: ARG001
    """Make the component that gives targets the time of the task that they stand in."""
    return TargetDaysComponent()


class TargetDaysComponent:
    """A figure without a day of its own is to be reached when its task is due: a table row says the time once."""

    def __call__(self, doc: Doc) -> Doc:
        """Run behind the obligations."""
        findings = findings_of(doc)
        dues = [(span, fact.value.due) for fact in findings.obligations for span in (fact.span, *fact.more)]
        for index, fact in enumerate(findings.targets):
            if fact.value.by is None:
                by = next((due for span, due in dues if due and span.overlaps(fact.span)), None)
                findings.targets[index] = dataclasses.replace(fact, value=dataclasses.replace(fact.value, by=by))
        return doc


class TargetsComponent:
    """Adds one target per figure to be reached."""

    def __call__(self, doc: Doc) -> Doc:
        """Read every part but reports, which tell what was reached, unless they set aims."""
        findings = findings_of(doc)
        reading = body_reading(source_of(doc), findings)
        skipped = sorted({fact.span for fact in findings.blocks(*ELSEWHERE)})
        titles = [title for span in cited_spans(findings) if (title := title_at(reading, span.end))]
        found = [
            match
            for match in targets.find(reading)
            if not any(span.start <= match.span.start < span.end for span in (*skipped, *titles))
        ]
        headings = _headings(reading)
        for index, match in enumerate(found):
            fact = _fact(reading, found, index, findings, headings)
            if not _tells(reading, match, findings, fact.part):
                findings.targets.append(fact)
        return doc


def _fact(
    reading: Reading, found: list[Match[Target]], index: int, findings: Findings, headings: list[tuple[int, int | None]]
) -> Fact[Target]:
    match = found[index]
    assert match.value is not None
    part = findings.part_at(match.span.start)
    block = reading.block_at(match.span.start)
    low = found[index - 1].span.end if index and found[index - 1].span.end > block.start else block.start
    high = (
        found[index + 1].span.start if index + 1 < len(found) and found[index + 1].span.start < block.end else block.end
    )
    metric = _metric(reading, match.span, low, high)
    value = dataclasses.replace(
        match.value,
        metric=_LABEL.sub("", " ".join(metric.of(reading.text).split())).strip(" -–:,"),
        text=_LABEL.sub("", " ".join(_around(match.span, metric).of(reading.text).split())),
        by=_by(reading, match.span, block, findings, part, headings),
    )
    return Fact(value, match.span, match.rule, match.confidence, part, needs_review=match.rule.endswith("misread"))


def _metric(reading: Reading, span: Span, low: int, high: int) -> Span:
    """What the figure measures: «tỷ lệ …» in front of it, else the words that follow, else those in front."""
    before = _in_front(reading, span, low)
    after = _behind(reading, span, high)
    if _MEASURE.search(before.of(reading.folded)) or len(after.of(reading.folded).split()) < 2:
        return before if before.of(reading.folded).strip() else after
    return after


def _in_front(reading: Reading, span: Span, low: int) -> Span:
    """From the beginning of the sentence, or behind the figure before, or from the last «tỷ lệ»."""
    text = reading.folded
    start = max(low, span.start - LONGEST_METRIC)
    start = max((start, *(edge + 1 for edge in _edges(reading, start, span.start))))
    named = list(_MEASURE.finditer(text, start, span.start))
    if named:
        return Span(named[-1].start(), span.start)
    comma = text.rfind(", ", start, span.start) if start == low else -1
    return Span(comma + 1 if comma >= 0 and low != reading.block_at(span.start).start else start, span.start)


def _behind(reading: Reading, span: Span, high: int) -> Span:
    """To the end of the sentence, or to the comma in front of the next figure's words."""
    limit = min(high, span.end + LONGEST_METRIC)
    edge = min(_edges(reading, span.end, limit), default=None)
    end = limit if edge is None else edge
    if edge is None and high < reading.block_at(span.start).end:
        comma = reading.folded.rfind(",", span.end, end)
        end = comma if comma > span.end else end
    return Span(span.end, end)


def _edges(reading: Reading, start: int, end: int) -> list[int]:
    """Where sentences, stretches between semicolons, and what stands in front of a colon end."""
    return [*reading.stops(start, end), *(colon.start() for colon in _COLON.finditer(reading.flat, start, end))]


def _around(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _by(
    reading: Reading, span: Span, block: Span, findings: Findings, part: int, headings: list[tuple[int, int | None]]
) -> dt.date | None:
    """By when: a time in front in the same paragraph, one behind in the same clause, the heading's year."""
    reference = reference_of(findings, part)
    clause_end = reading.folded.find(";", span.end, block.end)
    before = _periods(reading, block.start, span.start, reference)
    after = _periods(reading, span.end, block.end if clause_end < 0 else clause_end, reference)
    stop = max(reading.folded.rfind(". ", block.start, span.start), block.start)
    near = [period for at, period in before if at >= stop]
    if near:
        return near[-1].end
    if after:
        return after[0][1].end
    index = bisect.bisect_right(headings, (span.start, 9999)) - 1
    year = headings[index][1] if index >= 0 else None
    return dt.date(year, 12, 31) if year else None


def _periods(reading: Reading, start: int, end: int, reference: dt.date | None) -> list[tuple[int, Period]]:
    found: list[tuple[int, Period]] = []
    for match in _BY.finditer(reading.folded, start, end):
        if re.search(
            r"(?:dinh huong|tam nhin|giai doan) *$", reading.folded[max(start, match.start() - 14) : match.start()]
        ):
            continue
        period = read_period(match["when"], reference)
        if period is not None:
            found.append((match.start(), period))
    return found


def _headings(reading: Reading) -> list[tuple[int, int | None]]:
    """Where a year stands alone over the figures below, and where another heading ends its reign."""
    found: list[tuple[int, int | None]] = [(0, None)]
    for block in reading.blocks:
        words = block.of(reading.folded)
        heading = _HEADING.match(words)
        if heading:
            found.append((block.start, int(heading["year"])))
        elif found[-1][1] is not None and (_NUMBERED.match(words) or block.of(reading.flat).isupper()):
            found.append((block.start, None))
    return found


def _tells(reading: Reading, match: Match[Target], findings: Findings, part: int) -> bool:
    """Whether the part is a report, or an act of law, and the sentence sets no aim."""
    header = findings.header_of(part)
    sentence = reading.block_at(match.span.start).start
    told = _FOUND.match(reading.folded, sentence, match.span.start)
    if told and _REPORT.search(reading.folded, sentence, match.span.end) is None:
        return True
    if header is None or header.doc_type not in (*TELLING, *BINDING):
        return False
    block = reading.block_at(match.span.start)
    return _REPORT.search(reading.folded, block.start, match.span.end) is None
