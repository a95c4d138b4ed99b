"""The blocks inside of one part: head (issuer, number, date, subject, addressees), body, foot.

The head is read row by row. The order of its blocks varies: text files put the columns of the letterhead one after
the other, and the addressees may come before the national motto.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.span import Span
from extract.parts.cues import Row, heading_type, office, slip_title, starts_with_unit
from extract.parts.foot import foot_blocks
from extract.parts.marks import mark_of
from extract.parts.title_rows import TitleRows

Block = tuple[str, Span]

_SUBJECT_ROWS = 8
_LISTED = re.compile(r":\s*[-–—+•*]\s*\S")


class HeadReader:
    """Reads the head of a part; ``body`` is then the index (in ``rows``) of the first row of its body."""

    def __init__(self, rows: Sequence[Row], kind: str) -> None:
        self.rows = rows
        self.kind = kind
        self.titles = TitleRows(rows)
        self.blocks: list[Block] = []
        self.at = 0
        self.seen: set[str] = set()

    def read(self) -> int:
        """Go through the head; the number of rows that belong to it."""
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if row.blank or row.matches("rule"):
                self.at += 1
            elif not self._take(row):
                break
        return self.at

    def _take(self, row: Row) -> bool:
        """Put the row, and those that go on with it, into blocks; False where the body begins."""
        if row.line.kind in ("stamp", "caption", "furniture") or row.matches("caption"):
            self._add("stamp" if row.line.kind == "stamp" else "furniture", self.at, self.at + 1)
            return True
        if row.has("motto", "device", "party", "number", "date"):
            return self._columns(row)
        for look in (self._stamp, self._mark, self._addressees, self._subject, self._title, self._issuer):
            if look(row):
                return True
        return self._noise(row)

    def _columns(self, row: Row) -> bool:
        names = {"motto": "national-motto", "device": "national-motto", "party": "national-motto"}
        if row.has("number", "date") and not row.has("motto", "device", "party") and self._complete():
            return False
        for piece in row.pieces:
            kind = names.get(piece.kind) or {"number": "number", "date": "place-date", "text": "issuer"}[piece.kind]
            if kind == "issuer" and not self._may_be_issuer(piece.span.of(row.text)):
                continue
            self.seen.add(kind)
            self.blocks.append((kind, piece.span.shift(row.line.span.start)))
        self.at += 1
        return True

    def _complete(self) -> bool:
        """Number, date and what the letter is about are all there: what follows is body."""
        return {"number", "place-date", "national-motto"} <= self.seen and bool(
            {"subject", "title", "addressees"} & self.seen
        )

    def _may_be_issuer(self, text: str) -> bool:
        letters = [char for char in text if char.isalpha()]
        return len(letters) >= 3 and sum(char.isupper() for char in letters) >= 0.6 * len(letters)

    def _stamp(self, row: Row) -> bool:
        """The incoming stamp: «… / Số: 619 / Đến Ngày: 31/3/2025»; its first lines are told by what follows."""
        near = [other for other in self.rows[self.at : self.at + 5] if not other.blank]
        ahead = [i for i, other in enumerate(near) if other.matches("incoming")]
        numbered = re.match(r"^\W*s[o0]\s*[:.]?\s*\d{1,6}\W*$", row.folded)
        strange = row.capitals and not (starts_with_unit(row.bare) and "national-motto" not in self.seen)
        if slip_title(row) or not ahead or not (ahead[0] == 0 or numbered or strange):
            return False
        end = self.rows.index(near[ahead[0]], self.at) + 1
        while end < len(self.rows) and re.match(
            r"^\W*(?:ngay|so|gio|chuyen|luu ho so|luu)\b.{0,40}$", self.rows[end].folded
        ):
            if self.rows[end].has("number", "date") or self.rows[end].matches("distribution"):
                break
            end += 1
        self._add("stamp", self.at, end)
        return True

    def _mark(self, row: Row) -> bool:
        drafted = row.matches("draft") and next(char for char in row.text if char.isalpha()).isupper()
        if not (drafted or mark_of(row.text)):
            return False
        self._add("mark", self.at, self.at + 1)
        return True

    def _addressees(self, row: Row) -> bool:
        if not row.matches("addressees") or "addressees" in self.seen:
            return False
        end = self.at + 1
        listed = _LISTED.search(row.text) is not None
        open_list = row.text.rstrip().endswith((":", ";")) or len(row.bare) < 12 or listed
        for other in self.rows[self.at + 1 : self.at + 40]:
            if not self._goes_on_addressees(other, self.rows[end - 1], open_list=open_list):
                break
            end = self.rows.index(other, self.at) + 1 if not other.blank else end
        self._add("addressees", self.at, end)
        return True

    def _goes_on_addressees(self, row: Row, last: Row, *, open_list: bool) -> bool:
        if row.blank:
            return True
        if row.has("motto", "device", "date", "number") or row.matches("basis") or mark_of(row.text):
            return False
        if row.text.lstrip().startswith(("(", "- (")) and "goi" in row.folded:
            return True
        gap = any(self.rows[i].blank for i in range(self.rows.index(last) + 1, self.rows.index(row)))
        bullet = bool(re.match(r"^\s*[-–—+•*~]\s*\S", row.text))
        ended = last.text.rstrip().endswith((".", "./."))
        if bullet:
            return open_list and not (ended and gap and len(row.text) > 120)
        if open_list and last.matches("addressees"):
            return len(row.text) < 140
        return not ended and (not gap or last.text.rstrip().endswith((";", ","))) and len(row.text) < 120

    def _subject(self, row: Row) -> bool:
        if {"subject", "title"} & self.seen or not (row.matches("subject") or self._damaged_subject(row)):
            return False
        end = self.at + 1
        while end < len(self.rows) and end - self.at <= _SUBJECT_ROWS and self._goes_on_subject(end):
            end += 1
        while self.rows[end - 1].blank:
            end -= 1
        self._add("subject", self.at, end)
        return True

    def _damaged_subject(self, row: Row) -> bool:
        """«Ví», «W» for «V/v», straight under the number."""
        under = bool(self.blocks) and self.blocks[-1][0] == "number" and not row.capitals
        return under and bool(re.match(r"^\W{0,2}(?:v\W?[vi1l]|w|v\W)\s+\w", row.folded))

    def _goes_on_subject(self, index: int) -> bool:
        row, last = self.rows[index], self.rows[index - 1]
        if row.blank:
            ahead = next((other for other in self.rows[index + 1 : index + 3] if not other.blank), None)
            open_end = not last.text.rstrip().endswith((".", ";", ":"))
            return bool(ahead and open_end and ahead.text.lstrip()[:1].islower() and self._plain(ahead, 60))
        return self._plain(row, 110) and not (row.capitals and len(row.bare) > 3 and not last.capitals)

    def _plain(self, row: Row, longest: int) -> bool:
        """No cue of its own, and short enough for the narrow column under the number."""
        if row.has("motto", "device", "number", "date") or mark_of(row.text) or row.matches("incoming"):
            return False
        named = any(row.matches(name) for name in ("addressees", "basis", "list", "rule", "draft", "distribution"))
        return not named and len(row.text.strip()) <= longest and row.line.kind == "text"

    def _title(self, row: Row) -> bool:
        """The document type in capitals, or an annex's heading, with the lines that say what it is about."""
        annex = row.matches("annex") and len(row.bare) < 40
        kind = heading_type(row) or slip_title(row) or annex
        loose = (
            self.kind == "annex"
            and row.capitals
            and not self.seen - {"mark", "stamp", "furniture"}
            and not starts_with_unit(row.bare)
        )
        if "title" in self.seen or not (kind or (loose and len(row.bare) > 12)):
            return False
        first = self.at
        end = self.titles.end(first)
        self._add("annex-title" if annex else "title", first, end)
        self.seen.add("title")
        self._after_title()
        return True

    def _after_title(self) -> None:
        """«(Kèm theo …)» and the deciding office stand between title and text."""
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if row.matches("attached") or (row.text.lstrip().startswith("(") and not row.blank):
                end = self.at + 1
                while ")" not in self.rows[end - 1].text and end < min(self.at + 6, len(self.rows)):
                    end += 1
                self._add("annex-title", self.at, end)
            elif not row.blank and row.capitals and self.titles.is_authority(self.at):
                self._add("authority", self.at, self.at + 1)
            elif row.blank or row.matches("rule"):
                self.at += 1
            else:
                return

    def _issuer(self, row: Row) -> bool:
        """Capitals that begin as a unit does, and the lines that go on with it."""
        if not row.capitals or office(row) or row.matches("authority") or "title" in self.seen:
            return False
        starts = starts_with_unit(row.bare)
        last = self.blocks[-1] if self.blocks else None
        after = last is not None and last[0] == "issuer" and not {"number", "subject", "addressees"} & self.seen
        if not (starts or after) or ("issuer" in self.seen and {"number", "subject"} & self.seen):
            return False
        self._add("issuer", self.at, self.at + 1)
        return True

    def _noise(self, row: Row) -> bool:
        """Scraps of stamps, pen marks and the other side of the paper; a sentence begins the body."""
        letters = sum(char.isalpha() for char in row.text)
        head_over = {"addressees", "title"} & self.seen
        soon = any(other.has("motto", "device", "date", "number") for other in self.rows[self.at + 1 : self.at + 8])
        if soon and not ({"national-motto", "place-date"} <= self.seen) and letters < 60:
            self.at += 1
            return True
        if head_over or letters >= 30 or (letters >= 12 and not row.capitals and {"subject"} & self.seen):
            return False
        self.at += 1
        return True

    def _add(self, kind: str, start: int, end: int) -> None:
        self.seen.add(kind)
        rows = [row for row in self.rows[start:end] if not row.blank]
        self.blocks.append((kind, Span(rows[0].line.span.start, rows[-1].line.span.end)))
        self.at = end


def blocks_of(rows: Sequence[Row], kind: str) -> list[Block]:
    """The blocks of one part in the order of the text, neighbours of a kind joined."""
    first = 0 if kind == "annex" else _head_page(rows)
    head = HeadReader(rows[first:], kind)
    body = head.read()
    blocks = [*foot_blocks(rows[:first]), *head.blocks, *foot_blocks(rows[first + body :])]
    return _joined(sorted(blocks, key=lambda block: block[1]), rows)


def _head_page(rows: Sequence[Row]) -> int:
    """The index of the row where the page with the letterhead begins: not the first in a pile scanned backwards."""
    motto = next((index for index, row in enumerate(rows) if row.has("motto", "party", "device")), 0)
    page = next((index for index in range(motto, -1, -1) if rows[index].first_on_page), 0) if motto else 0
    return page if sum(not row.blank for row in rows[:page]) > 3 else 0


def _joined(blocks: list[Block], rows: Sequence[Row]) -> list[Block]:
    """Neighbouring blocks of one kind become one; titles stay apart from what is attached to them."""
    breaks = {row.line.span.start for row in rows if row.first_on_page}
    joined: list[Block] = []
    for kind, span in blocks:
        apart = kind in ("annex-title", "mark", "national-motto", "number")
        broken = span.start in breaks and kind not in ("body", "distribution")
        if joined and joined[-1][0] == kind and not apart and not broken:
            joined[-1] = (kind, joined[-1][1].cover(span))
        else:
            joined.append((kind, span))
    return joined
