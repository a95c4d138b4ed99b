"""What single lines of a dispatch look like: the cues from which parts and blocks are put together.

A printed line may hold two columns (issuer | national motto, number | place and date) when the page was read
across; `Row.pieces` cuts them apart. All tests run on folded text, so they also read text that lost its marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from rapidfuzz import fuzz

from corpus.layout import Box
from corpus.span import Span
from extract import lexicon
from extract.parts.pieces import Piece, cut
from extract.source import Source, TextLine
from extract.tokens import norm
from extract.units.casing import is_capitals

_LONG = 400
ISSUING_OFFICES = ("thu tuong chinh phu", "chu tich nuoc")
"""Offices that issue under their own name, folded."""
_MARKUP = re.compile(r"\*\*|~~|__|`|^#{1,6} |^>+ ")
_AUTHORITY = re.compile(r"^\W*(?:(?:tm|kt|k1|tl|tuq|tun)\s*[.,:]|t/m|k/t|t/l|t/uq|q\.|(?:tm|kt|tl|tuq)\s)\s*(?=\w)")
_ADDRESSEES = re.compile(r"^\W*k.nh\s*(?:(?:g[uiơo].{0,2}|chuyen)\s*(?::|$|\W)|trinh\s*:)")
_DISTRIBUTION = re.compile(r"^\W*n?.i\s+nh.n\s*(?:[:;.]|$|\W)")
_SUBJECT = re.compile(r"^\W{0,3}(?:v\s?/\s?v|ve viec|vv\b)[\s:.]*", re.IGNORECASE)
_ANNEX = re.compile(
    r"^\W*(?:phu\s*luc|bieu\s*mau|mau\s+so|"
    r"bieu(?=\s+(?:so\b|\d|[ivx]+\b)))\b\s*(?:so\s*)?(?P<mark>[\divxlc]{0,6}[a-z]?(?:[./-]\w{1,6})*)\s*[.:]?\s*"
)
_ATTACHED = re.compile(r"^\W{0,3}(?:ban hanh\s+)?(?:kem theo|dinh kem|kem)\b.{0,40}?\b(?:so|cua|nay|ngay|theo)\b")
_ATTACHED_DAMAGED = re.compile(
    r"^.{0,16}\b(?:\w?em )?theo \w+ (?:dinh|hoach|van|trinh|thi|quyet)\b.{0,60}/[a-z]{2,}.{0,30}ng[ae]y"
    r"|^.{0,40}(?:h.nh k.m|k.m theo|kem).{0,50}/[a-z]{2,4}-[a-z]{2,}.{0,12}ngay.{0,12}th[a-z]{2,3} "
)
"""«(Ban hành kèm theo Quyết định số …/QĐ-UBND ngày …)» of which a seal or a staple took the beginning."""
_BASIS = re.compile(r"^\W{0,3}(?:can cu|xet de nghi|theo de nghi|xet to trinh|thuc hien ket luan)\b")
_RULE = re.compile(r"^[\s\-–—_=*.~]{3,}$")
_FURNITURE = re.compile(
    r"^\W*trang\s*\d{1,3}(?:\s*/\s*\d{1,3})?\W*$|^\W*cong bao\s*/\s*so\b|^\d+\s+cong bao"
    r"|^\W*\([\w.,\s]{1,20}/\d{1,3}\s*b?\)\W*$"
)
_CAPTION = re.compile(
    r"(?:^|\s)(?:ky boi|nguoi ky|thoi gian ky|ngay ky|email|co quan)\s*:|^\W*sao y\b.{0,60}$"
    r"|^\W*da ky so|signature (?:not )?ver"
)
_INCOMING = re.compile(
    r"^\W*(?:(?:cong van|cv|van ban|vb)\s+)?den\W*$|^\W*den\s*(?:ngay|so|gio)\s*[:.]|^\W*(?:cv|cong van)\s+den\b"
)
_DRAFT = re.compile(
    r"^\W*(?:ban\s+)?du\s*thao(?:\s*lan\s*(?:thu\s*)?\w{1,4}|\s*\d{1,2})?(?:\W*(?:ngay\s*)?[\d/.-]{6,10})?\W*$"
)
_LIST = re.compile(r"^\s*(?:[-–—+•*~]|\d{1,2}[.)])\s*\S")


@dataclass(frozen=True)
class Row:
    """One line with markup blanked out. ``text`` has the line's length, so offsets agree."""

    index: int
    line: TextLine
    first_on_page: bool = False
    box: Box | None = None

    @cached_property
    def text(self) -> str:
        """The line without markdown marks, which are replaced by blanks."""
        return _MARKUP.sub(lambda match: " " * len(match.group()), self.line.text)

    @cached_property
    def folded(self) -> str:
        """Folded lower case, same length; of a long line (no cue is that long) the first `_LONG` characters."""
        return norm(self.text[:_LONG])

    @cached_property
    def bare(self) -> str:
        """Folded lower case with white space squeezed and outer punctuation dropped."""
        return " ".join(self.folded.split()).strip(" .,:;*-–—_|'\"“”()[]")

    @property
    def blank(self) -> bool:
        """No letter or digit at all."""
        return not self.bare

    @cached_property
    def capitals(self) -> bool:
        """Set in capitals, with at least two letters."""
        return is_capitals(self.text[:_LONG]) and len(self.bare) >= 2

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The columns of a letterhead that share this line; one «text» piece for any other line."""
        return tuple(cut(self))

    def has(self, *kinds: str) -> bool:
        """Whether one of these pieces stands in the line."""
        return any(piece.kind in kinds for piece in self.pieces)

    def piece(self, kind: str) -> Span | None:
        """The span of the first piece of this kind, as offsets into the document."""
        return next((piece.span.shift(self.line.span.start) for piece in self.pieces if piece.kind == kind), None)

    @property
    def rest(self) -> str:
        """The text that is neither motto nor date nor number."""
        return " ".join(piece.span.of(self.text).strip() for piece in self.pieces if piece.kind == "text").strip()

    def matches(self, name: str) -> bool:
        """Whether the line shows the cue of that name."""
        return cue(name, self)


def rows_of(source: Source) -> list[Row]:
    """Every line of the document as a row."""
    rows: list[Row] = []
    page = 0
    boxes = [placed.line.box for placed in source.document.lines()]
    for index, line in enumerate(source.lines):
        rows.append(Row(index, line, line.page != page, boxes[index] if index < len(boxes) else None))
        page = line.page
    return rows


def cue(name: str, row: Row) -> bool:
    """Whether a row shows a cue: a key of `CUES`."""
    if name == "attached" and row.box and _ATTACHED_DAMAGED.search(row.folded):
        return True
    return bool(_PATTERNS[name].search(row.folded))


_BODIES = re.compile(r"\W*(?:u[yỷ]bannhandan|hoidongnhandan|benhvien|trungtam|baohiemxahoi|thutuongchinhphu)")

_PATTERNS = {
    "authority": _AUTHORITY,
    "addressees": _ADDRESSEES,
    "distribution": _DISTRIBUTION,
    "subject": _SUBJECT,
    "annex": _ANNEX,
    "attached": _ATTACHED,
    "basis": _BASIS,
    "rule": _RULE,
    "furniture": _FURNITURE,
    "caption": _CAPTION,
    "incoming": _INCOMING,
    "draft": _DRAFT,
    "list": _LIST,
}


def office(row: Row) -> bool:
    """A line that is an office in capitals, alone: «PHÓ GIÁM ĐỐC», «VỤ TRƯỞNG VỤ GIÁO DỤC»."""
    if row.bare in ISSUING_OFFICES:
        return False
    return row.capitals and len(row.bare) <= 70 and bool(_offices().match(row.bare))


def starts_with_unit(text: str) -> bool:
    """Whether folded text begins as the name of a unit does."""
    tight = text.replace(" ", "")
    return bool(_heads().match(text) or _BODIES.match(tight) or tight in _tight_units())


def heading_type(row: Row) -> tuple[str, str] | None:
    """Type name and the folded heading, where a line in capitals begins with a document type's name."""
    if not row.capitals:
        return None
    found = _headings().match(row.bare)
    return (_heading_names()[found.group(1)], found.group(1)) if found else None


def slip_title(row: Row) -> str | None:
    """The proper title of a routing slip whose heading the line is; letters may be damaged."""
    if not row.capitals or not row.bare.startswith("phi"):
        return None
    return next((name for name in lexicon.slips() if fuzz.ratio(norm(name), row.bare) >= 88), None)


@cache
def _offices() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in lexicon.offices())
    return re.compile(rf"^\W{{0,3}}(?:q(?:uyen)?\.? )?(?:p\.? ?)?(?:{names})\b")


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(r"^\W*(?:" + "|".join(re.escape(head) for head in lexicon.unit_heads()) + r")\b")


@cache
def _tight_units() -> frozenset[str]:
    """Known units without blanks: letterheads in spaced or crowded type are read with the wrong ones («SOY TE»)."""
    return frozenset(norm(unit.name).replace(" ", "") for unit in lexicon.known_units())


@cache
def _heading_names() -> dict[str, str]:
    return {form: kind.name for kind in lexicon.document_types() for form in kind.headings}


@cache
def _headings() -> re.Pattern[str]:
    forms = sorted(_heading_names(), key=len, reverse=True)
    return re.compile(r"^(" + "|".join(re.escape(form) for form in forms) + r")\b")
