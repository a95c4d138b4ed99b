"""The facts of a dispatch: plain values, each wrapped in a `Fact` that says where it stands.

Values use ISO dates as ``datetime.date``. Field names follow the JSON that ``congvan facts --json`` prints.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from corpus.span import Span
from extract.harm import of_issue, worth_a_look

T_co = TypeVar("T_co", covariant=True)

PartKind = Literal["dispatch", "annex", "slip", "form", "draft", "other"]
DeadlineKind = Literal["date", "month", "quarter", "year", "range", "recurring", "ongoing", "relative", "conditional"]
Operator = Literal["before", "on-or-before", "at", "from", "range", "recurring", "ongoing", "relative", "conditional"]
Comparator = Literal["=", ">=", ">", "<=", "<"]
Relation = Literal[
    "căn cứ", "thực hiện", "theo", "hướng dẫn", "đính kèm", "nhắc đến", "sửa đổi", "thay thế", "bãi bỏ",
    "trả lời", "tự dẫn", "xử lý văn bản đến",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """A value with its evidence. ``span`` is an offset range in the repaired text of the whole document.

    ``part`` counts from 1 (the dispatch and each one attached), ``rule`` names what found it, ``confidence``
    lies in [0, 1]. ``needs_review`` asks for a person's look; ``more`` are further places that carry the value
    (a table row's other cells, later mentions). ``harm``: what leaving it unseen is expected to cost, in looks.
    """

    value: T_co
    span: Span
    rule: str
    confidence: float
    part: int = 1
    needs_review: bool = False
    more: tuple[Span, ...] = ()
    harm: float = 0.0


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a reviewer must look at. ``code`` is stable and English, ``message`` Vietnamese."""

    code: str
    message: str
    span: Span
    part: int = 1
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """Where one header field stands; ``needs_review`` and ``harm`` are its own, ``alternatives`` other readings."""

    span: Span
    rule: str
    confidence: float = 1.0
    needs_review: bool = False
    alternatives: tuple[str, ...] = ()
    harm: float = 0.0


@dataclass(frozen=True, slots=True)
class Header:
    """Who says what to whom: the head and foot of one part. None: not stated (an `Issue` says if unreadable).

    ``fields`` holds the evidence of each field that has a value, by field name.
    """

    part: int
    kind: PartKind = "dispatch"
    doc_type: str | None = None
    number: str | None = None
    issuer: str | None = None
    parent_issuer: str | None = None
    place: str | None = None
    date: dt.date | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    signer_name: str | None = None
    signer_title: str | None = None
    signing_authority: str | None = None
    addressees: tuple[str, ...] = ()
    distribution: tuple[str, ...] = ()
    incoming_number: str | None = None
    incoming_date: dt.date | None = None
    relation_to_previous: str | None = None
    issuers: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    number_printed: str | None = None
    date_printed: str | None = None
    draft: bool = False
    fields: dict[str, FieldEvidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document (or this one, «tự dẫn») named in the text.

    ``number`` is None for laws and schemes cited by name.

    ``article`` is the cited place inside it («khoản 2 Điều 5»); ``quote`` the words that name it.
    """

    number: str | None
    doc_type: str | None
    issuer: str | None
    date: dt.date | None
    relation: Relation
    quote: str
    title: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due. ``due`` is the printed (literal) day, the last day of a printed month, quarter or year.

    ``exclusive``: «trước …», the printed day itself is too late. ``adjusted`` is ``due`` moved past days off, shown as
    computed and explained by ``reckoning`` (cách tính, Vietnamese). ``anomaly`` says in Vietnamese what is odd;
    ``probable`` is then the likely value, never put in place of ``due``. ``hour`` is «15:00» where printed.
    """

    kind: DeadlineKind
    text: str
    operator: Operator = "on-or-before"
    start: dt.date | None = None
    due: dt.date | None = None
    exclusive: bool = False
    rrule: str | None = None
    hour: str | None = None
    what: str | None = None
    who: tuple[str, ...] = ()
    anomaly: str | None = None
    probable: dt.date | None = None
    adjusted: dt.date | None = None
    reckoning: str | None = None
    occurrences: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to be reached: «đạt từ 40% trở lên». ``value_max`` for ranges. ``text`` is the clause as printed."""

    metric: str
    comparator: Comparator | None
    value: float | None
    unit: str | None
    by: dt.date | None
    text: str
    value_max: float | None = None
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who must do what by when.

    ``ref`` is the printed place in the document («III.2», row «11.5», «gạch đầu dòng 2»). ``deadline`` indexes into
    the document's deadlines where the obligation has one of its own. ``inherited`` names the fields taken from a
    heading, a preamble or the addressees («lead», «due», …). ``tier``: «core» for tasks, «organisation» for duties in
    «Tổ chức thực hiện», «general» for standing functions and enforcement clauses.
    """

    ref: str | None
    task: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    result: str | None = None
    deadline_text: str | None = None
    start: dt.date | None = None
    due: dt.date | None = None
    deadlines: tuple[int, ...] = ()
    recipient: str | None = None
    inherited: tuple[str, ...] = ()
    tier: Literal["core", "organisation", "general"] = "core"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text that belongs together: a dispatch of the bundle, or a block inside of one.

    ``kind``: «document» for a whole dispatch, annex or slip, else the block: «national-motto», «issuer», «number»,
    «place-date», «subject», «addressees», «basis», «body», «signature», «distribution», «stamp»,
    «furniture», «annex-title».
    """

    kind: str
    span: Span
    part: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything found in one document, in the order of the text."""

    parts: tuple[Fact[Part], ...] = ()
    headers: tuple[Fact[Header], ...] = ()
    citations: tuple[Fact[Citation], ...] = ()
    deadlines: tuple[Fact[Deadline], ...] = ()
    targets: tuple[Fact[Target], ...] = ()
    obligations: tuple[Fact[Obligation], ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def needs_review(self) -> bool:
        """Whether a person must look before the document counts as done: some fact or issue is worth a look."""
        found = (*self.headers, *self.citations, *self.deadlines, *self.targets, *self.obligations)
        issues = any(worth_a_look(of_issue(issue.code)) for issue in self.issues)
        return issues or any(fact.needs_review for fact in found)
