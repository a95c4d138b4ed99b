"""The foot of a dispatch: who receives copies (Nơi nhận), who signs; the rest is body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.span import Span
from extract.parts.cues import Row, office
from extract.tokens import norm
from extract.units.casing import is_capitals
from extract.units.names import is_person

Block = tuple[str, Span]

_COPIES = re.compile(r"^\W*l.u\s*[:.]?\s*v[ti]\b|^\W*l[uư]u\s*:", re.IGNORECASE)
_GAP = re.compile(r"(?<=[;.:])\s+|\s{3,}")
_SIGNS = re.compile(
    r"^\W*(?:(?:tm|kt|tl|tuq)(?:\s?[.,:]|\s)|t/m|k/t|t/l|q\.|(?:pho |p\. ?)?(?:tong |chi )?(?:cuc |vu )?(?:giam doc|"
    r"chu tich|"
    r"bo truong|thu truong|truong|chanh|hieu truong|vien truong|bi thu|thu tuong|chu nhiem))"
)
_NUMBER_ALONE = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*")
_NAME_ROWS = 14


def foot_blocks(rows: Sequence[Row]) -> list[Block]:
    """Blocks from the first row of the body to the end of the part."""
    return _Foot(rows).read()


class _Foot:
    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.blocks: list[Block] = []
        self.at = 0
        self.copies = False  # Nơi nhận has been seen
        self.begun = False  # text other than legal bases has been seen

    def read(self) -> list[Block]:
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if row.blank:
                self.at += 1
            elif row.line.kind in ("stamp", "caption", "furniture") or row.matches("caption") or self._page_number(row):
                self._put("stamp" if row.line.kind == "stamp" else "furniture", row)
            elif row.matches("distribution"):
                self._distribution()
            elif self._signs(row):
                self._signature()
            elif row.matches("furniture"):
                self._put("furniture", row)
            else:
                self._text(row)
        return self.blocks

    def _page_number(self, row: Row) -> bool:
        """A number alone at the top or foot of one page among several."""
        if not _NUMBER_ALONE.fullmatch(row.text):
            return False
        after = next((other for other in self.rows[self.at + 1 :] if not other.blank), None)
        last = after is not None and after.line.page != row.line.page
        return last or (row.line.page > 1 and (row.first_on_page or self._only_scraps_above(row)))

    def _only_scraps_above(self, row: Row) -> bool:
        above = [other for other in self.rows[max(self.at - 4, 0) : self.at] if other.line.page == row.line.page]
        return len(above) < 4 and all(len(other.bare) < 4 for other in above)

    def _text(self, row: Row) -> None:
        """Legal bases open a text; further on «Căn cứ …» is a sentence like any other."""
        basis = not self.begun and row.matches("basis")
        self.begun = self.begun or not (basis or row.capitals or self._continues_basis())
        self._put("body" if self.begun or row.capitals else "basis", row)

    def _continues_basis(self) -> bool:
        last = self.blocks[-1] if self.blocks else None
        return bool(last and last[0] == "basis" and not self.rows[self.at - 1].text.rstrip().endswith((";", ".")))

    def _put(self, kind: str, row: Row) -> None:
        self.blocks.append((kind, row.line.span))
        self.at += 1

    def _distribution(self) -> None:
        """The list under «Nơi nhận», until its last line «Lưu: …» or what cannot be an item."""
        self.copies = True
        start = self.at
        self._split(self.rows[self.at])
        self.at += 1
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if row.blank:
                self.at += 1
                continue
            if self._ends_list(row, start):
                return
            self._split(row)
            self.at += 1
            if _COPIES.match(row.text):
                self._copies_rest()
                return

    def _ends_list(self, row: Row, start: int) -> bool:
        if row.line.kind in ("stamp", "caption") or row.matches("authority") or office(row) or row.has("motto"):
            return True
        bullet = bool(re.match(r"^\s*\W?\s*[-–—~+•*]", row.text))
        if bullet:
            return False
        gap = self.rows[self.at - 1].blank and self.at - 1 > start
        last = next((other for other in reversed(self.rows[start : self.at]) if not other.blank), row)
        ended = last.text.rstrip().endswith((";", ".", ",", ":"))
        heading = row.capitals and len(row.bare) > 9 and not row.text.rstrip().endswith((";", ","))
        return is_person(row.text) or (gap and not ended) or row.matches("annex") or heading

    def _copies_rest(self) -> None:
        """«Lưu: VT, …» may run over into one more short line."""
        if self.at < len(self.rows):
            row = self.rows[self.at]
            last = self.rows[self.at - 1].text.rstrip()
            if not row.blank and last.endswith(",") and len(row.text) < 40 and not row.capitals:
                self._split(row)
                self.at += 1

    def _split(self, row: Row) -> None:
        """One row of the list; an office or a name in a column beside it belongs to the signature."""
        start = row.line.span.start
        for gap in () if _COPIES.match(row.text) and "   " not in row.text else _GAP.finditer(row.text):
            left, right = row.text[: gap.start()], row.text[gap.end() :]
            if _signs_beside(right) and any(char.isalnum() for char in left):
                self.blocks.append(("distribution", Span(start, start + gap.start())))
                self.blocks.append(("signature", Span(start + gap.end(), row.line.span.end)))
                return
        self.blocks.append(("distribution", row.line.span))

    def _signs(self, row: Row) -> bool:
        """Authority or office, with a name or the end of the letter near."""
        if not (office(row) or (row.matches("authority") and row.capitals)):
            return self.copies and is_person(row.text)
        return self.copies or self._name_ahead() or row.matches("authority")

    def _name_ahead(self) -> bool:
        ahead = [row for row in self.rows[self.at + 1 : self.at + 3 * _NAME_ROWS] if not row.blank][:_NAME_ROWS]
        return any(is_person(row.text) or row.matches("distribution") for row in ahead)

    def _may_be_name(self, row: Row) -> bool:
        """What looks like a name under an office, the last of its block."""
        signs = bool(self.blocks) and self.blocks[-1][0] == "signature"
        after = next((other for other in self.rows[self.at + 1 :] if not other.blank), None)
        ends = after is None or after.line.page != row.line.page or after.matches("distribution") or self.copies
        return signs and ends and _looks_like_name(row.text)

    def _signature(self) -> None:
        """Authority, office and name; pen marks between them are passed over."""
        passed = 0
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if row.blank:
                self.at += 1
                continue
            if office(row) or row.matches("authority") or is_person(row.text) or (row.capitals and passed < 3):
                self.blocks.append(("signature", row.line.span))
                self.at += 1
                if is_person(row.text):
                    return
                continue
            if self._may_be_name(row):
                self.blocks.append(("signature", row.line.span))
                self.at += 1
                return
            if (
                row.matches("distribution")
                or passed >= 3
                or len(row.text) > 60
                or row.line.kind in ("stamp", "caption")
            ):
                return
            passed += 1
            self.at += 1


def _looks_like_name(text: str) -> bool:
    """Three to five words, each with a capital and nothing else: a name, though the family name is in no list."""
    return 3 <= len(text.split()) <= 5 and not is_capitals(text) and is_person(text, strict=False)


def _signs_beside(text: str) -> bool:
    """An office in capitals, or a person's name, in the right column beside an item of the list."""
    if is_person(text):
        return True
    return is_capitals(text, 0.95) and sum(map(str.isalpha, text)) >= 6 and bool(_SIGNS.match(norm(text)))
