"""How far a title reaches: the type in capitals, and the lines under it that say what the document is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.parts.cues import Row, office, starts_with_unit
from extract.parts.marks import mark_of

_BODY_START = re.compile(
    r"^\W{0,2}(?:can cu|thuc hien|thoi gian|hien nay|de\s|nham\s|theo\s|ngay\s|trong\s|sau khi|xet\s|qua\s|vua qua|"
    r"tiep\s|trien khai|kinh thua|[ivx]+\.|\d{1,2}\.\s|dieu 1\b|chuong i\b|phan (?:i|thu nhat)\b|a\.\s|tt\b|stt\b)"
)
_ACTS = re.compile(r"^\W{0,2}(?:thuc hien|trien khai|tiep|nham)\s(?!.*\bngay \d)")
_OPEN_END = re.compile(
    r"\b(?:cua|va|tai|thuoc|ve|theo|cho|den|tu|voi|cac|so|trong|tren|giua|do|duoc|ngay|thang|nam|"
    r"thuc hien|trien khai|ban hanh|giai quyet|cong bo|quy dinh|de nghi|phe duyet|sua doi|bo sung)$"
)
_ROWS = 14
_CENTRED = 24  # points


class TitleRows:
    """The rows of a part, asked for the end of the title that begins at one of them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    def end(self, first: int) -> int:
        """The index after the last line of the title whose heading is row ``first``."""
        end = first + 1
        while end < len(self.rows) and end - first <= _ROWS and self._goes_on(end, first):
            end += 1
        while self.rows[end - 1].blank or self.rows[end - 1].matches("rule"):
            end -= 1
        return end

    def _goes_on(self, index: int, first: int) -> bool:
        row, last = self.rows[index], self._last(index)
        if row.blank or row.matches("rule"):
            return self._over_gap(index, first)
        if (
            row.line.kind != "text"
            or row.has("motto", "device", "number", "date")
            or row.matches("addressees")
            or mark_of(row.text)
        ):
            return False
        apart = row.box is None or self.rows[index - 1].blank  # on pages, a text is set apart from its title
        begins = apart and _BODY_START.match(row.folded) and not goes_low(row) and not (row.capitals and last.capitals)
        begins = begins and not (row.text.rstrip()[-1:].isalnum() and self._says_what(index, first))
        if row.matches("attached") or (begins and not _OPEN_END.search(last.bare)):
            return False
        told = last is not self.rows[first]
        if told and ((row.capitals and not last.capitals and len(row.bare) > 3) or row.text.lstrip().startswith("(")):
            return False
        longest = 900 if row.capitals or index == first + 1 else 130
        return not self.is_authority(index) and len(row.text.strip()) <= longest

    def _says_what(self, index: int, first: int) -> bool:
        """Straight under the type, «Thực hiện Chỉ thị số …» may be what the plan is about and no first sentence."""
        if any(not (row.blank or row.matches("rule")) for row in self.rows[first + 1 : index]):
            return False
        below = [other for other in self.rows[index + 1 : index + 8] if not other.blank][:4]
        attached = any(other.matches("attached") and other.text.lstrip().startswith("(") for other in below)
        acts = index == first + 1 and _ACTS.match(self.rows[index].folded) is not None
        return acts or attached or self._centred(self.rows[index])

    def _over_gap(self, index: int, first: int) -> bool:
        """A title goes on over a gap directly under its type, or while its capitals do."""
        ahead = next((other for other in self.rows[index + 1 : index + 4] if not other.blank), None)
        if ahead is None or ahead.line.kind != "text" or ahead.matches("attached") or ahead.matches("list"):
            return False
        told = any(not row.blank and not row.matches("rule") for row in self.rows[first + 1 : index])
        last = self._last(index)
        if told and ahead.capitals and not last.capitals:
            return False
        goes_on = goes_low(ahead) or _OPEN_END.search(last.bare) or (self._centred(ahead) and self._centred(last))
        if told and goes_on and not last.text.rstrip().endswith((".", ";")):
            inside = not self.is_authority(ahead.index - self.rows[0].index) and not ahead.matches("basis")
            return ahead.line.page == last.line.page and inside
        return not told or (
            ahead.capitals
            and (last.capitals or index - 1 <= first)
            and not self.is_authority(ahead.index - self.rows[0].index)
        )

    def _last(self, index: int) -> Row:
        """The printed line above, rules left out."""
        above = reversed(self.rows[:index])
        return next((row for row in above if not (row.blank or row.matches("rule"))), self.rows[index - 1])

    def _centred(self, row: Row) -> bool:
        """Set in the middle of the page, as titles are; unknown without boxes."""
        boxes = [other.box for other in self.rows if other.box and other.line.page == row.line.page]
        if row.box is None:
            return False
        left = row.box.x0 - min(box.x0 for box in boxes)
        right = max(box.x1 for box in boxes) - row.box.x1
        return min(left, right) > _CENTRED and abs(left - right) < _CENTRED

    def is_authority(self, index: int) -> bool:
        """Who decides, in capitals under the title: «BỘ TRƯỞNG BỘ Y TẾ»."""
        row = self.rows[index]
        if office(row):
            return True
        ahead = next((other for other in self.rows[index + 1 : index + 6] if not other.blank), None)
        unit = row.capitals and starts_with_unit(row.bare) and not _OPEN_END.search(self.rows[index - 1].bare)
        return unit and ahead is not None and (ahead.matches("basis") or bool(_BODY_START.match(ahead.folded)))


def goes_low(row: Row) -> bool:
    """The line begins in lower case: it goes on with the one before."""
    return next((char for char in row.text if char.isalnum()), "A").islower()
