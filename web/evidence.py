"""A document's page as data: its facts in groups, their boxes on the pages, their marks in the text."""

from __future__ import annotations

import itertools
import json
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.span import Span
from db.search import found_ranges

if TYPE_CHECKING:
    from corpus.document import Document
    from normalize.edits import Repaired

Row = dict[str, Any]

KINDS: dict[str, tuple[str, str]] = {
    "obligations": ("duty", "Nhiệm vụ"),
    "deadlines": ("due", "Thời hạn"),
    "targets": ("target", "Chỉ tiêu"),
    "citations": ("cited", "Văn bản viện dẫn"),
    "header_fields": ("head", "Phần đầu văn bản"),
    "issues": ("issue", "Điểm cần xem"),
}
"""Tables shown on the page, in order, with the class of their colour and their title."""


MOST_FINDS = 60
"""Places marked on a page when a search led to it."""


INK = {"seal": "con dấu", "signature": "chữ ký", "handwriting": "chữ viết tay", "stamp": "dấu đóng thêm"}
"""Kinds of regions that are shown for people to look at, with what they are called."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One rectangle on a page in percent of its size; ``first`` is the one that links lead to."""

    fact_id: str
    kind: str
    tip: str
    left: float
    top: float
    width: float
    height: float
    first: bool
    review: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same facts; ``kind`` is the shortest fact's. ``anchors`` begin here."""

    text: str
    facts: tuple[str, ...] = ()
    kind: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """One page with what is drawn on it."""

    row: Row
    marks: tuple[Mark, ...]
    runs: tuple[Run, ...]

    @property
    def has_picture(self) -> bool:
        """Whether the page has a size, and so a picture."""
        return bool(self.row["width"] and self.row["height"])


@dataclass
class Group:
    """The facts of one kind."""

    table: str
    kind: str
    title: str
    facts: list[Row] = field(default_factory=list)


def groups_of(tables: dict[str, list[Row]]) -> list[Group]:
    """The groups that have facts, in order; facts in the order of the text."""
    found = []
    for table, (kind, title) in KINDS.items():
        rows = sorted(tables.get(table, ()), key=lambda row: (row["part"], row["span_start"], row["id"]))
        if rows:
            found.append(Group(table, kind, title, rows))
    return found


def finds(typed: str, pages: list[Row], document: Document, repaired: Repaired) -> Group:
    """The words that a search led here for, as a group of its own; ids are «q», page, «x», place from 1."""
    group = Group("finds", "find", f"Tìm thấy «{typed}»")
    for page in pages:
        ranges = found_ranges(page["text"], typed)
        for place, (left, right) in enumerate(ranges[:MOST_FINDS], 1):
            span = Span(page["span_start"] + left, page["span_start"] + right)
            boxes = [[box.page, *astuple(box.box)] for box in document.boxes(repaired.to_raw(span))]
            around = page["text"][max(left - 60, 0) : right + 60]
            group.facts.append(
                {
                    "id": f"q{page['number']}x{place}",
                    "part": 1,
                    "page": page["number"],
                    "text": around,
                    "quote": span.of(repaired.text),
                    "boxes": json.dumps(boxes),
                    "span_start": span.start,
                    "span_end": span.end,
                    "needs_review": 0,
                }
            )
    return group


def ink(document: Document) -> Group:
    """What stands on the pages and is no print, to be looked at; ids are «v», page, «x», place from 1."""
    group = Group("ink", "ink", "Dấu, chữ ký, chữ viết tay")
    for page in document.pages:
        shown = [region for region in page.regions if region.kind in INK and page.width and page.height]
        for place, region in enumerate(shown, 1):
            box = region.box
            across, down = (box.x1 - box.x0) / page.width, (box.bottom - box.top) / page.height
            group.facts.append(
                {
                    "id": f"v{page.number}x{place}",
                    "part": 1,
                    "page": page.number,
                    "text": INK[region.kind],
                    "quote": region.text or "",
                    "boxes": json.dumps([[page.number, *astuple(box)]]),
                    "needs_review": 0,
                    "size": _percent(1, across or 1),
                    "left": _percent(box.x0 / page.width, max(1 - across, 0.001)),
                    "top": _percent(box.top / page.height, max(1 - down, 0.001)),
                    "ratio": round(across * page.width / (down * page.height or 1), 3),
                }
            )
    return group


def page_views(pages: list[Row], groups: list[Group]) -> list[PageView]:
    """The pages with the boxes and the text marks of all facts."""
    marks = _marks(pages, groups)
    printed = [group for group in groups if group.table != "ink"]
    return [PageView(page, tuple(marks.get(page["number"], ())), tuple(_runs(page, printed))) for page in pages]


def tip(row: Row) -> str:
    """What a fact says in a few words, for tooltips and screen readers."""
    for column in ("task", "text", "message", "value", "number", "title"):
        if row.get(column):
            return str(row[column])
    return str(row.get("quote") or "")


def _marks(pages: list[Row], groups: list[Group]) -> dict[int, list[Mark]]:
    sizes = {page["number"]: (page["width"], page["height"]) for page in pages}
    found: dict[int, list[Mark]] = {}
    for group in groups:
        for row in group.facts:
            for index, (number, x0, top, x1, bottom) in enumerate(json.loads(row["boxes"])):
                width, height = sizes.get(number, (0, 0))
                if width and height:
                    place = (
                        _percent(x0, width),
                        _percent(top, height),
                        _percent(x1 - x0, width),
                        _percent(bottom - top, height),
                    )
                    review = bool(row.get("needs_review", 1))
                    found.setdefault(number, []).append(
                        Mark(row["id"], group.kind, tip(row), *place, first=index == 0, review=review)
                    )
    for marks in found.values():
        marks.sort(key=lambda mark: -mark.width * mark.height)
    return found


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 3)


def _runs(page: Row, groups: list[Group]) -> list[Run]:
    """The page's text cut wherever a fact begins or ends."""
    start, end = page["span_start"], page["span_end"]
    facts = [
        (
            max(row["span_start"], start),
            min(row["span_end"], end),
            row["span_end"] - row["span_start"],
            group.kind,
            row["id"],
        )
        for group in groups
        for row in group.facts
        if row["span_start"] < end and start < row["span_end"]
    ]
    cuts = sorted({start, end, *(at for fact in facts for at in fact[:2])})
    seen: set[str] = set()
    runs = []
    for left, right in itertools.pairwise(cuts):
        here = sorted((fact for fact in facts if fact[0] <= left and right <= fact[1]), key=lambda fact: fact[2])
        ids = tuple(fact[4] for fact in here)
        anchors = tuple(fact_id for fact_id in ids if fact_id not in seen)
        seen.update(anchors)
        runs.append(Run(page["text"][left - start : right - start], ids, here[0][3] if here else "", anchors))
    return runs
