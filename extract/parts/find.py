"""The parts of a file: the dispatch, and whatever is attached to it, each with its own head.

A new part begins at a letterhead (issuer with national motto), at an annex's heading, at a text «kèm theo» behind
a signature, or at a routing slip. Blank forms inside of annexes have a motto as well, but dotted places where a
letter has its issuer and date: they begin nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language

from corpus.span import Span
from extract.facts import Fact, Part
from extract.parts.blocks import blocks_of
from extract.parts.cues import Row, heading_type, office, rows_of, slip_title, starts_with_unit
from extract.source import findings_of, source_of
from extract.units.names import is_person

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.source import Source

_HEAD_ROWS = 30
_TOP_ROWS = 8
_DOTS = re.compile(r"\.{3,}|…|_{3,}")
_LEADER = re.compile(r"\.{6,}|…{3,}|_{8,}[^_]|:\s*\.{3,}")
_DOTTED_YEAR = re.compile(r"n[aă]m\s*(?:\d{0,3}\s*[.…_]|[.…_])", re.IGNORECASE)
_FORM_ISSUER = re.compile(
    r"\b(?:ten (?:co quan|don vi|to chuc|doanh nghiep|cq)|don vi\s*:|co quan chu quan)"
    r"|^\W*(?:to khai|don (?:de nghi|xin|dang ky)|giay de nghi|phieu dang ky|ban khai|mau so)\b"
)
_ITEM = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a part begins: the index of its first row, and what it looks like (`Header.kind`)."""

    row: int
    kind: str


@Language.factory("congvan_parts")
def create_parts(nlp: Language, name: str) -> PartsComponent:  # noqa: ARG001
    """Make the component that tells parts and blocks apart."""
    return PartsComponent()


class PartsComponent:
    """Finds the parts of the file and the blocks of each; everything later relies on them."""

    def __call__(self, doc: Doc) -> Doc:
        """Add one «document» part per dispatch, annex, slip or draft, then their blocks."""
        source, findings = source_of(doc), findings_of(doc)
        for number, (start, rows) in enumerate(split(source), 1):
            span = Span(rows[0].line.span.start, rows[-1].line.span.end)
            findings.parts.append(Fact(Part("document", span, number), span, f"part.{start.kind}", 1.0, number))
            for kind, where in blocks_of(rows, start.kind):
                findings.parts.append(Fact(Part(kind, where, number), where, f"block.{kind}", 1.0, number))
        return doc


def split(source: Source) -> list[tuple[Start, list[Row]]]:
    """The parts in order, each with its rows; together they hold every row."""
    rows = rows_of(source)
    starts = _Splitter(rows).starts()
    ends = [start.row for start in starts[1:]] + [len(rows)]
    return [(start, rows[start.row : end]) for start, end in zip(starts, ends, strict=True)]


class _Splitter:
    """One pass over the rows that remembers what the current part has shown so far."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.found = [Start(0, "dispatch")]
        self.has_head = False
        self.signed = False
        self.signed_at = 0
        self.position = 0  # non-blank rows since the page began

    def starts(self) -> list[Start]:
        """Every start, the first at row 0."""
        self._name_first()
        for row in self.rows:
            self._look(row)
        return self.found

    def _name_first(self) -> None:
        """A pile that begins with an annex: its heading and «(Kèm theo …)», and no letterhead above or beside it."""
        page = self.rows[0].line.page if self.rows else 1
        shown = [row for row in self.rows[:40] if not row.blank and row.line.page == page]
        first = next((row for row in shown if row.capitals or row.matches("annex")), None)
        if first is None or any(row.has("motto", "device", "party", "number") for row in shown[:14]):
            return
        heading = first.matches("annex") and _stands_alone(first)
        if shown.index(first) <= 1 and (heading or self._attached_below(first)):
            self.found[0] = Start(0, "annex")

    def _look(self, row: Row) -> None:
        self.position = 0 if row.first_on_page else self.position
        if row.blank:
            return
        self.position += 1
        if row.has("motto", "party") or (row.has("device") and not self._motto_above(row)):
            self._letterhead(row)
        elif slip_title(row):
            self._begin(row.index, "slip")
        elif self._is_annex(row):
            if not self._in_heading(row.index):
                self._begin(row.index, "annex")
        elif self._is_signature(row):
            self.signed, self.signed_at = True, row.index

    def _begin(self, index: int, kind: str) -> None:
        """Start a part; one without any letter before it only names the kind of the first."""
        opened = self.found[-1]
        if all(row.blank for row in self.rows[opened.row : index]) or (kind == "slip" and self._only_head(index)):
            self.found[-1] = Start(opened.row, kind)
        else:
            self.found.append(Start(index, kind))
        self.has_head = self.signed = False

    def _in_heading(self, index: int) -> bool:
        """Still in the heading with which the current annex began."""
        seen = [row for row in self.rows[self.found[-1].row : index] if not row.blank]
        over = any(row.matches("attached") or _ITEM.match(row.text) or len(row.bare) > 160 for row in seen)
        return self.found[-1].kind == "annex" and len(seen) <= 6 and not over

    def _only_head(self, index: int) -> bool:
        """A slip under its own letterhead: nothing but the head has been seen in this part."""
        seen = [row for row in self.rows[self.found[-1].row : index] if not row.blank]
        units = len(seen) <= 3 and all(row.capitals for row in seen)
        return units or (self.has_head and len(seen) <= 10)

    def _letterhead(self, row: Row) -> None:
        top = self._head_top(row)
        if self._is_form(top, row):
            return
        if not self.has_head and self._belongs(top):
            self.has_head = True
            if self.found[-1].kind == "annex" and not self._carried(row):
                self.found[-1] = Start(self.found[-1].row, "dispatch")
            return
        if top > self.found[-1].row:
            self.found.append(Start(top, "annex" if self._carried(row) else "dispatch"))
        self.has_head, self.signed = True, False

    def _carried(self, motto: Row) -> bool:
        """A plan printed under a letterhead of its own, without number or date: «(Kèm theo Quyết định …)»."""
        below = [row for row in self.rows[motto.index : motto.index + 26] if not row.blank]
        return any(row.matches("attached") and row.text.lstrip().startswith("(") for row in below[:14]) and not any(
            row.has("number", "date") for row in below[:8]
        )

    def _belongs(self, top: int) -> bool:
        """The first letterhead belongs to what stands before it, unless that is a whole text of its own."""
        opened = self.found[-1]
        same_page = self.rows[top].line.page == self.rows[opened.row].line.page
        return opened.kind == "dispatch" or (same_page and top - opened.row < 6)

    def _motto_above(self, row: Row) -> bool:
        near = self.rows[max(row.index - 5, 0) : row.index]
        return any(other.has("motto", "party") for other in near)

    def _head_top(self, motto: Row) -> int:
        """The first row of the letterhead: its issuer may stand above the motto, with the number and more."""
        lowest = max(self.found[-1].row, motto.index - _HEAD_ROWS, self.signed_at + 1 if self.signed else 0)
        top = motto.index
        for row in reversed(self.rows[lowest : motto.index]):
            if _ends_letter(row):
                break
            if is_issuer(row):
                top = row.index
            if row.first_on_page:
                break
        return self._with_marks(top, lowest)

    def _with_marks(self, top: int, lowest: int) -> int:
        """Draft and secrecy marks over the letterhead belong to it."""
        for row in reversed(self.rows[lowest:top]):
            if not (row.blank or row.matches("draft")):
                break
            top = row.index if not row.blank else top
        return top

    def _is_form(self, top: int, motto: Row) -> bool:
        near = [row for row in self.rows[max(min(top, motto.index - 4), 0) : motto.index + 9] if not row.blank]
        if any(_FORM_ISSUER.search(row.folded) for row in near if abs(row.index - motto.index) <= 4):
            return True
        dated = [row for row in near if "ngay" in row.folded and "thang" in row.folded and "nam" in row.folded]
        if not any(row.has("number") for row in near) and sum(bool(_LEADER.search(row.text)) for row in near) > 0:
            return True
        numbers = [
            row for row in near if row.has("number") or (row.folded.lstrip().startswith("so") and "/" in row.text)
        ]
        if numbers and all(_LEADER.search(row.text) for row in (*numbers, *dated)) and dated:
            return True
        dotted = any(_DOTTED_YEAR.search(row.text) for row in dated)
        issuer = any(is_issuer(row) and not _DOTS.search(row.text) for row in near)
        return dotted and not issuer

    def _is_annex(self, row: Row) -> bool:
        if row.index == self.found[-1].row or _ITEM.match(row.text) or row.bare.endswith(("cua", "cac", "va")):
            return False
        top = self._top_of_page(row)
        if row.matches("annex") and _stands_alone(row):
            return top or self.signed or self._attached_below(row)
        kind = heading_type(row)
        if kind or (row.capitals and len(row.bare) > 12 and not office(row)):
            behind = self.signed and not row.matches("authority") and not is_issuer(row)
            return (behind and (bool(kind) or top or self._attached_below(row))) or (top and self._attached_below(row))
        return False

    def _top_of_page(self, row: Row) -> bool:
        """Near the top of a page that is not the part's first."""
        fresh = row.line.page > self.rows[self.found[-1].row].line.page
        return fresh and self.position <= _TOP_ROWS and not self._caps_above(row)

    def _caps_above(self, row: Row) -> bool:
        """A heading of the same page stands above: this row goes on with it."""
        above = [other for other in self.rows[max(row.index - 6, 0) : row.index] if other.line.page == row.line.page]
        return any(other.capitals and len(other.bare) > 8 for other in above)

    def _attached_below(self, row: Row) -> bool:
        """«(Kèm theo Quyết định số …)» within the next lines."""
        below = [other for other in self.rows[row.index + 1 : row.index + 14] if not other.blank]
        return any(other.matches("attached") and other.text.lstrip().startswith(("(", "*", "_")) for other in below[:8])

    def _is_signature(self, row: Row) -> bool:
        if row.matches("distribution") or row.bare.startswith("luu vt"):
            return True
        if not is_person(row.text):
            return False
        above = [other for other in self.rows[max(row.index - 10, 0) : row.index] if not other.blank]
        return any(office(other) or other.matches("authority") for other in above[-5:])


def is_issuer(row: Row) -> bool:
    """A line of capitals that begins as a unit's name: the issuer in a letterhead."""
    if row.matches("authority") or slip_title(row) or heading_type(row) or not row.rest:
        return False
    letters = [char for char in row.rest if char.isalpha()]
    high = sum(char.isupper() for char in letters) >= 0.7 * max(len(letters), 1)
    return high and not office(row) and starts_with_unit(row.bare) and len(row.rest) <= 90


def _ends_letter(row: Row) -> bool:
    """What stands at the end of a letter and so above the next letterhead."""
    closing = row.text.rstrip().endswith(("./.", "/."))
    return closing or row.matches("distribution") or row.matches("authority") or office(row)


def _stands_alone(row: Row) -> bool:
    """An annex's heading, not the mention of one in a sentence: short, or in capitals, with a capital first."""
    first = next(char for char in row.text if char.isalpha())
    short = row.capitals or len(row.text.split()) <= 5
    return short and first.isupper() and not row.text.rstrip().endswith((",", ";"))
