"""Mentions of other documents: type word, number, date, issuer, title and article, in whatever order they stand."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from corpus.span import Span
from extract.citations.confirm import confirmed
from extract.citations.issuer import issuer_announced, issuer_at, issuer_before
from extract.citations.numbers import SO, Number, numbers, with_type
from extract.citations.words import any_of, plain, symbol_of_type, title_begins, type_names, types
from extract.lexicon import known_units, unit_heads
from extract.reading import Reading
from extract.units.casing import is_capitals, unit_case

LONGEST_TITLE, LONGEST_LIST = 300, 900
_DIGITS = r"[\dlio]{1,2}"
_DAY = (
    rf"(?P<day>{_DIGITS}) {{0,3}}[/.-] {{0,3}}(?P<month>{_DIGITS}) {{0,3}}[/.-] {{0,3}}(?P<year>\d{{4}})(?!\d)"
    rf"|(?P<day2>{_DIGITS}) +(?:thang|nam) +(?P<month2>{_DIGITS}),? +nam[ -]+(?P<year2>\d{{4}})"
)
_HOUR = r"(?:(?:hoi|luc) +\d{1,2} *(?:gio|h)(?: *\d{2}(?: *phut)?)?,? +)?"
_DATE = re.compile(rf"[ ,-]*{_HOUR}(?:ngay|ky ngay)[ -]*(?P<scrap>[|'.¡!_] *)?(?:{_DAY})")
_BROKEN_DAY = re.compile(r"[ ,-]*ngay (?=[^;:()\n]{0,20}\d[^;:()\n]{0,14}\d)[^;:()\n]{4,32}?(?= +(?:cua|do) )")
"""A date that cannot be read for certain in front of an issuer that can: «ngày 14 tháng 5Š năm 2013 của …»."""
_BLANK_DAY = re.compile(r"[ ,-]*ngay[ .…_]*(?:[/-] *\d{0,2} *[/-] *\d{4}|thang *\d{0,2}[ .…_]*nam +\d{4})(?!\d)")
"""A date whose day (and month) was left blank: «ngày    /4/2026», «ngày … tháng 4 năm 2026»."""
_OF = re.compile(r"[ ,]*(?:cua|do) +")
_SHORT_FORM = re.compile(r" *\((?:sau day goi[^()]{0,60}|(?:goi )?(?:la|tat la)[^()]{0,40}|[^\W\d_&]{2,12})\)")
"""«… của Sở Văn hóa và Thể thao (VHTT) ngày …»: the short form that an issuer is given."""
_BETWEEN = re.compile(r"[ ,;]*(?:va|hoac|cung|voi|den)?[ ]*(?:so)? *:? *")
_ARTICLE = re.compile(
    r"(?<!mot so )(?:(?:diem|khoan|dieu|muc|chuong|phan|phu luc|mau so) +(?:\d{1,4}[a-zđ]?|[a-zđ]|[ivxl]{1,6})"
    r"(?:\.\d+)*(?:,? +(?:va +|den +)?)?(?:cua +|tai +)?){1,8}$"
)
_CUT_OFF = re.compile(r"\d+[a-z]?/\d{4}/(?:NĐ|ND|TT|QĐ|NQ|TTLT)")
_SPEAKS = (
    r"(?:yeu cau|de nghi|bao cao|thong bao|chi dao|ban hanh|xay dung|to chuc|trien khai|huong dan|kinh|co y kien|giao|"
    r"tong hop|gui|cung cap|de xuat|lay y kien|quyet dinh|dinh huong|hop|tiep tuc)"
)
_PLURAL = re.compile(r"\bcac +$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names a document.

    ``span`` covers type word, number, date and issuer; ``title`` the words of its
    title that follow. ``listed``: it continues a list that an earlier mention began. ``doubtful``: its
    number or date was hard to read.
    """

    span: Span
    number: Number | None
    value: str | None
    doc_type: str | None
    date: dt.date | None = None
    issuer: str | None = None
    title: Span | None = None
    article: str | None = None
    name: str | None = None
    listed: bool = False
    doubtful: bool = False
    unclear: bool = False

    @property
    def printed(self) -> str:
        """The number as it stands in the text, white space single."""
        return self.number.printed if self.number else ""


def mentions(reading: Reading) -> list[Mention]:
    """Every numbered mention, in order of the text."""
    found: list[Mention] = []
    for number in numbers(reading):
        previous = found[-1] if found else None
        mention = _mention(reading, number, previous)
        if mention is not None:
            found.append(mention)
    return _shared(reading, found)


@cache
def _lead() -> re.Pattern[str]:
    """A type word right before a number."""
    more = "(?: +(?:lien +tich|hop +nhat|sua +doi|tham +tra|tham +dinh|giai +trinh))?"
    return re.compile(rf"\b(?P<type>{types()}){more}(?:[ :.]+{SO}|(?<=luat))?[ :.]*$")


_NAMED = re.compile(r"\b(?P<named>bo +luat|luat|phap +lenh)(?P<name>(?: +[^ ;:.()\n]+){1,14}?) +(?:so *:?)? *$")
_LAW_NUMBER = re.compile(r"(?:QH\d|UBTVQH)")


def _mention(reading: Reading, number: Number, previous: Mention | None) -> Mention | None:
    start = number.span.start
    from_ = max(reading.folded.rfind("\n", 0, start) + 1, start - 140)
    before = reading.folded[from_:start]
    lead = _lead().search(before)
    if lead is None and _LAW_NUMBER.match(number.symbol):
        lead = _NAMED.search(before)
    listed = previous is not None and _continues(reading, previous, start)
    if lead is None and not listed and not _stands_alone(number, before):
        return None
    head = from_ + lead.start() if lead else start
    kind = _kind(lead) if lead else _inherited(number, previous if listed else None)
    if lead is None and kind == "công văn" and re.search(rf"\bban +{SO} *$", before):
        kind = "văn bản"
    name = _name(reading, lead, from_) if lead else None
    value = with_type(number.value, kind)
    mention = Mention(
        Span(head, number.span.end), number, value, kind, name=name, listed=listed, unclear=number.unclear
    )
    return _with_place(reading, _with_tail(reading, mention))


def _continues(reading: Reading, previous: Mention, start: int) -> bool:
    end = previous.number.span.end if previous.number else previous.span.end
    if not end <= start <= end + 160:
        return False
    if _BETWEEN.fullmatch(reading.folded, end, start):
        return True
    return previous.span.end <= start and _BETWEEN.fullmatch(reading.folded, previous.span.end, start) is not None


def _stands_alone(number: Number, before: str) -> bool:
    """Whether a number without a type word is surely a document's: by its symbol, or by «số» in running words."""
    law = number.normative and _LAW_NUMBER.match(number.symbol) is not None
    known = law or number.type_hint not in (None, "công văn") or (number.normative and "-" in number.symbol)
    listed = "-" in number.symbol and re.search(rf"[;,] +{SO} *$", before) is not None
    return known or listed or re.search(rf"[a-z] +{SO} *$", before) is not None


def _inherited(number: Number, previous: Mention | None) -> str | None:
    """The type of a number without a type word: the list's, unless the symbol tells another."""
    hint = number.type_hint
    if previous is None or previous.doc_type is None:
        return hint
    symbol = symbol_of_type().get(previous.doc_type)
    fits = symbol is None or hint is None or hint == previous.doc_type
    return previous.doc_type if fits else hint


def _kind(lead: re.Match[str]) -> str | None:
    words = " ".join(re.split(r"[ -]+", lead[1]))
    kind = type_names().get(words)
    return "công văn" if kind == "công văn hỏa tốc" else kind


def _name(reading: Reading, lead: re.Match[str], base: int) -> str | None:
    if "named" not in lead.re.groupindex:
        return None
    words = " ".join(reading.text[base + lead.start("named") : base + lead.end("name")].split())
    return re.sub(r"\s+số\s*:?$", "", words)


def _with_tail(reading: Reading, mention: Mention) -> Mention:
    """The mention with the date and the issuer that follow it, in either order, and its title."""
    assert mention.number is not None
    end = mention.number.span.end
    date, odd, end = _date_at(reading, end)
    blank = None if date else _BLANK_DAY.match(reading.folded, mention.number.span.end)
    odd = odd and blank is None
    of = _OF.match(reading.folded, blank.end() if blank else end)
    issuer = issuer_at(reading, of.end()) if of else None
    if issuer is not None:
        end = issuer.end
        if date is None and not odd:
            short = _SHORT_FORM.match(reading.folded, end)
            date, odd, behind = _date_at(reading, short.end() if short else end)
            end = behind if date or not short else end
    name = _issuer_name(reading, issuer) if issuer else None
    title = title_at(reading, end)
    value, changed = confirmed(mention.value or "", mention.doc_type, name)
    doubtful = changed or odd or mention.number.doubtful
    return replace(
        mention, span=Span(mention.span.start, end), value=value, date=date, doubtful=doubtful, issuer=name, title=title
    )


def _date_at(reading: Reading, at: int) -> tuple[dt.date | None, bool, int]:
    """The date printed at ``at``, whether it is doubtful (misread, or no such day), and where it ends."""
    match = _DATE.match(reading.folded, at)
    if match is None:
        broken = _BROKEN_DAY.match(reading.folded, at)
        return None, broken is not None, broken.end() if broken else at
    printed = [match[name] or match[f"{name}2"] for name in ("year", "month", "day")]
    misread = match["scrap"] is not None or not "".join(printed).isdecimal()
    parts = [int(part.replace("i", "1").replace("l", "1").replace("o", "0")) for part in printed]
    try:
        return dt.date(*parts), misread, match.end()
    except ValueError:
        return None, True, match.end()


def completed(mention: Mention, others: list[Mention]) -> Mention:
    """A number cut off («154/2024/NĐ», «4354/KH-UB») as the whole one that the file names, if it names just one.

    A decree's or circular's number without its issuer is unclear where no whole one is named.
    """
    value = mention.value or ""
    cut_off = _CUT_OFF.fullmatch(value) is not None
    if not cut_off and not mention.doubtful and len(re.findall(r"[/-][A-ZĐ]", value)) > 1:
        return mention
    whole = {other.value for other in others if other.value and other.value != value and other.value.startswith(value)}
    if value and len(whole) == 1:
        return replace(mention, value=whole.pop())
    return replace(mention, unclear=True) if cut_off else mention


def date_after(reading: Reading, at: int) -> tuple[dt.date | None, int]:
    """The date printed right behind ``at`` («ngày 18/6/2020») and where it ends; None and ``at`` without one."""
    date, _, end = _date_at(reading, at)
    return (date, end) if date else (None, at)


def _issuer_name(reading: Reading, span: Span) -> str:
    words = " ".join(span.of(reading.flat).split()).strip(" ,.;-")
    shouted = is_capitals(words) and reading.flat[max(0, span.start - 4) : span.start].strip().isupper()
    return _organs().get(plain(words)) or (unit_case(words) if shouted else words)


@cache
def _organs() -> dict[str, str]:
    """The organs of the registry by folded name: OCR loses a mark («Chính phú»), not the organ."""
    return {plain(unit.name): unit.name for unit in known_units()}


def title_at(reading: Reading, at: int) -> Span | None:
    """The words of a cited document's title right behind ``at``; None where none follow."""
    match = title_begins().match(reading.folded, at)
    if match is None:
        return None
    limit = min(at + LONGEST_TITLE, len(reading.folded))
    ends = _title_end().search(reading.folded, match.end(), limit)
    while ends is not None and ends["unit"] and not reading.flat[ends.start("unit")].isupper():
        ends = _title_end().search(reading.folded, ends.end("unit"), limit)
    limit = ends.start() if ends else limit
    end = next(reading.stops(match.end(), limit), limit)
    start = at + len(match.group()) - len(match.group().lstrip(" ,"))
    return Span(start, end)


@cache
def _title_end() -> re.Pattern[str]:
    """Where a title ends within its sentence: a bracket, or the unit that now speaks."""
    unit = rf"(?P<unit>{any_of(unit_heads())})\b[^,;:]{{0,60}} {_SPEAKS}\b"
    return re.compile(rf"(?<= )\((?!sau day)|, {unit}")


def _with_place(reading: Reading, mention: Mention) -> Mention:
    """The mention with the article cited («khoản 4 Điều 14»), and an issuer that stands in front."""
    start = mention.span.start
    base = max(reading.folded.rfind("\n", 0, start) + 1, start - 120)
    before = reading.folded[base:start]
    article = _ARTICLE.search(before)
    if article:
        words = " ".join(reading.text[base + article.start() : start].split())
        mention = replace(mention, article=re.sub(r",?(?: (?:của|tại))?$", "", words))
    if mention.issuer is None:
        where = None if mention.listed else issuer_before(reading, base, start)
        if where is None and mention.doc_type:
            first = max(sentence_start(reading, start), start - LONGEST_LIST)
            where = issuer_announced(reading, mention.doc_type, first, start)
        if where is not None:
            mention = replace(mention, issuer=_issuer_name(reading, where))
    return mention


def sentence_start(reading: Reading, offset: int) -> int:
    """Where the block begins that holds ``offset``, or the one above where that ends in a colon and goes on below."""
    start = reading.block_at(offset).start
    goes_on = reading.flat[start : start + 1].islower() and reading.flat[:start].rstrip().endswith(":")
    return reading.block_at(start - 1).start if goes_on and start else start


def _shared(reading: Reading, found: list[Mention]) -> list[Mention]:
    """Lists share what their last member states: «số 182-KL/TW, ngày … và Kết luận số 218-KL/TW, ngày … của X»."""
    for index in range(len(found) - 2, -1, -1):
        here, later = found[index], found[index + 1]
        between = reading.folded[here.span.end : later.span.start]
        joined = later.listed and re.fullmatch(r"[ ,;va]*(?:so)? *:? *", between)
        same_kind = here.doc_type == later.doc_type and re.fullmatch(r" *(?:,|va|, *va) *(?:cac +)?", between)
        if not (joined or same_kind):
            continue
        issuer = here.issuer or later.issuer
        date = here.date or (later.date if joined and _PLURAL.search(reading.folded, 0, here.span.start) else None)
        if here.issuer is None and issuer is not None:
            found[index] = here = replace(here, issuer=issuer)
        if here.date is None and date is not None:
            found[index] = replace(here, date=date)
    return found
