"""Where the name of an issuer ends: «của Bộ Khoa học và Công nghệ về …», «của Cục An toàn thông tin (Bộ …)»."""

from __future__ import annotations

import re
from functools import cache

from corpus.span import Span
from extract.citations.words import any_of, comma_names, issuer_ends, issuer_stops, plain, types
from extract.lexicon import known_units, offices, places, unit_heads
from extract.reading import Reading

LONGEST = 140
_VERBS = frozenset({"ban hành", "quy định", "phê duyệt", "sửa đổi", "hướng dẫn", "triển khai", "công bố"})
"""Verbs that end a name even with a capital; others («Tổ chức», «Thi hành») are parts of names as well."""

_BOARD = re.compile(
    r"(?:ban +chi +dao|to +cong +tac|uy +ban +quoc +gia|hoi +dong)(?: +(?:trung +uong|quoc +gia|cua +chinh +phu))?$"
)
_BOARD_END = re.compile(r"[;:.()\n“”\"]| +(?:ban +hanh|quy +dinh|phe +duyet|yeu +cau|ngay|trien +khai) |$")
_ALIAS = re.compile(
    r" *\((?!sau +day|goi +tat|kem|nay +la)(?=(?:bo|so|uy ban|ubnd|cuc|van phong|tinh|thanh pho)\b)[^()\n]{2,60}\)"
)


@cache
def _head() -> re.Pattern[str]:
    """A word that begins the name of an organ or of its head."""
    more = (
        "thường vụ",
        "ban bí thư",
        "bí thư",
        "đại hội",
        "liên bộ",
        "liên ngành",
        "nhà nước",
        "trung ương",
        "quân khu",
    )
    return re.compile(rf"(?:cac +|lien +)?{any_of((*unit_heads(), *offices(), *more))}\b")


_WRITER = re.compile(r"(?:^|[,;.\n] *)(?P<name>[^\W\d][^,;:.()\n]{2,90}?) +(?:da +)?(?:co|ban +hanh) +$")
"""«Sở Tài chính đã có Công văn số …»: who wrote it stands in front."""


@cache
def _before() -> re.Pattern[str]:
    joined = r"(?:tai|trong|nhu|ban +hanh)(?: +(?:noi +dung|cac|van +ban|muc))*"
    return re.compile(
        rf"\b(?:cua|chi +dao +cua|de +nghi +cua) +(?P<name>(?:(?! cua )[^,;:.()\n]){{3,90}}?) +{joined} +$"
    )


_TERM = re.compile(r" +khoa +[ivxl]{1,6}\b")
"""«Ban Chấp hành Trung ương Đảng khóa XIII», «Hội đồng nhân dân tỉnh khóa X»."""

_NATIONAL = (
    "Bộ Chính trị", "Ban Bí thư", "Ban Bí thư Trung ương Đảng", "Ban Chấp hành Trung ương Đảng", "Chủ tịch nước",
    "Quốc hội", "Ủy ban Thường vụ Quốc hội", "Chính phủ", "Thủ tướng Chính phủ", "Tòa án nhân dân tối cao",
    "Viện kiểm sát nhân dân tối cao", "Kiểm toán nhà nước", "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
)  # fmt: skip


@cache
def _known() -> re.Pattern[str]:
    """An organ of the registry, or of the nation, by its whole name."""
    return re.compile(
        rf"(?:{any_of(offices())} +)?{any_of((*_NATIONAL, *(unit.name for unit in known_units())))}(?![a-z\d])"
    )


@cache
def _council() -> re.Pattern[str]:
    """A council or committee of some level; the place's name may follow."""
    level = r"(?:tinh|thanh +pho|huyen|quan|thi +xa|xa|phuong|cap +tinh|trung +uong)"
    council = (
        rf"(?:thuong +truc +)?(?:uy +ban +nhan +dan|ubnd|hoi +dong +nhan +dan|hdnd|tinh +uy|thanh +uy)(?: +{level})?"
    )
    return re.compile(rf"(?:{any_of(offices())} +)?{council}(?![a-z\d])")


def _complete(reading: Reading, start: int) -> Span | None:
    """The issuer, where its name is known to be whole and nothing joins on to it."""
    for pattern, open_end in ((_known(), False), (_council(), True)):
        whole = pattern.match(reading.folded, start)
        if whole is None:
            continue
        end = whole.end()
        joined = re.match(r" *(?:-|\(|,) *[^\W\d_]| +v[àa] ", reading.marked[end : end + 8])
        named = open_end and reading.flat[end : end + 2].strip()[:1].isupper()
        if joined is None and not named:
            return Span(start, end)
        if joined is not None and joined.group().strip().startswith(",") and not open_end:
            return Span(start, end)
    return None


@cache
def _place() -> re.Pattern[str]:
    """A province or city by its full name: the name of an organ ends with it."""
    return re.compile(rf"\b(?:tinh|thanh +pho|tp\.?) +{any_of(places())}\b")


def issuer_at(reading: Reading, start: int) -> Span | None:
    """The issuer whose name begins at ``start``; None where no organ's name begins there."""
    text = reading.folded
    if not _head().match(text, start):
        return None
    limit = min(len(text), start + LONGEST)
    place = _place().search(text, start, limit)
    whole = _complete(reading, start)
    if whole is not None:
        more = _TERM.match(text, whole.end) or _seat(reading, whole.end)
        return Span(start, more.end()) if more else whole
    first = issuer_ends().search(reading.marked, start, place.start()) if place else None
    if place is not None and (first is None or not first.group().strip()):
        return Span(start, place.end())
    at = start
    while at < limit:
        stop = issuer_ends().search(reading.marked, at, limit)
        if stop is None or not stop.group():
            break
        going_on = _goes_on(reading, start, stop, limit)
        if going_on is None:
            return _trimmed(text, start, stop.start())
        at = going_on
    return _trimmed(text, start, limit)


def _seat(reading: Reading, at: int) -> re.Match[str] | None:
    """«Sở Tư pháp» + « tỉnh Phú Thọ»: the province behind an organ that many have."""
    found = re.compile(rf" +(?:tinh|thanh +pho|tp\.?) +{any_of(places())}\b").match(reading.folded, at)
    return found if found and reading.flat[found.end() - 1].isalpha() else None


def issuer_before(reading: Reading, base: int, end: int) -> Span | None:
    """The issuer that stands in front: «chỉ đạo của UBND tỉnh tại Công văn số …»."""
    match = _before().search(reading.folded, base, end) or _WRITER.search(reading.folded, base, end)
    if match is None or not _head().match(match["name"]):
        return None
    return issuer_at(reading, match.start("name")) or Span(*match.span("name"))


def issuer_announced(reading: Reading, kind: str, base: int, end: int) -> Span | None:
    """The issuer named over a list: «Căn cứ các Nghị định của Chính phủ: số …», «của Bộ X tại các Công văn: số …»."""
    kinds = any_of([kind])
    through = r"(?:(?:tai|trong|theo)(?: +noi +dung)? +)"
    heads = re.finditer(
        rf"\bcac +{kinds} +(?:cua +)+(?P<name>[^;:.()\n]{{3,90}}?) *:"
        rf"|\bcua +(?P<writer>(?:(?! cua )[^;:.()\n]){{3,90}}?) +{through}cac +{kinds}(?: +sau)? *:",
        reading.folded[base:end],
    )
    head = next(iter(reversed(list(heads))), None)
    if head is None or re.search(r"\. ", reading.folded[base + head.end() : end]):
        return None
    name = "name" if head["name"] else "writer"
    return issuer_at(reading, base + head.start(name)) or Span(base + head.start(name), base + head.end(name))


def _goes_on(reading: Reading, start: int, stop: re.Match[str], limit: int) -> int | None:
    """Where to look on, if the name does not end at this stop."""
    text, found = reading.folded, plain(stop.group().strip())
    if found[:1].isalpha() and found != "va" and _is_part_of_name(reading, stop):
        return stop.end()
    if found == ",":
        for name in comma_names().finditer(text, max(start, stop.start() - 40), min(limit, stop.end() + 40)):
            if name.start() < stop.start() < name.end():
                return name.end()
        return None
    if found == "va":
        after = reading.flat[stop.end() : stop.end() + 1]
        other = _head().match(text, stop.end()) or re.compile(types()).match(text, stop.end())
        return stop.end() if after.isupper() and not other else None
    if found == "(":
        alias = _ALIAS.match(text, stop.start())
        return alias.end() if alias else None
    if found.strip("-") == "":
        return stop.end() if reading.flat[stop.end() : stop.end() + 1].isupper() else None
    if found == "ve" and _BOARD.search(text, start, stop.start()):
        end = _BOARD_END.search(text, stop.end(), limit)
        return end.start() if end else limit
    return None


def _is_part_of_name(reading: Reading, stop: re.Match[str]) -> bool:
    """«Bộ Tư pháp», «Sở Giáo dục»: a capital («Tư», not «từ») goes on with the name, unless all is in capitals."""
    first = stop.start() + len(stop.group()) - len(stop.group().lstrip())
    if not reading.flat[first].isupper():
        return False
    word = " ".join(reading.marked[first : stop.end()].split())
    if word in _VERBS:
        return False
    return not (reading.flat[first : first + 2].isupper() and word in issuer_stops())


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while end > start and text[end - 1] in " ,-":
        end -= 1
    return Span(start, end) if end - start >= 3 else None
