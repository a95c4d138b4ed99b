"""Acts that are cited by name: «Luật Dữ liệu», «Bộ luật Dân sự», «Đề án 06», «Nghị quyết Đại hội … lần thứ XIV»."""

from __future__ import annotations

import re

from corpus.span import Span
from extract.citations.read import Mention, date_after
from extract.citations.words import acts, any_of, words
from extract.reading import Reading

_LAW = re.compile(r"\b(?P<kind>bo +luat|luat|phap +lenh) +(?!so\b|nay\b|sau\b|tren\b|do\b|cu\b|cac\b)")
_AMENDING = re.compile(r"sua +doi,? +bo +sung +(?:mot +so +(?:dieu +)?cua +)?(?:cac +)?(?:luat +)?")
_SCHEME = re.compile(r"\bde +an +(?:so +)?(?P<number>\d{2})(?![\d/.%]| *[-–] *\d)(?:/cp\b)?")
_SHORT = re.compile(
    r"\b(?:cac +)?(?P<kind>nghi +quyet|ket +luan|chi +thi|quyet +dinh|nghi +dinh) +(?:so +)?"
    r"(?P<numbers>\d{1,4}(?: *, *\d{1,4}| +va +\d{1,4}){0,8})(?![\d/.%\-]| +(?:nguoi|ngay|thang|nam|trieu|ty)\b)"
)
_CONGRESS = re.compile(
    r"\b(?P<kind>nghi +quyet|van +kien)(?: +(?:cua|tai))? +dai +hoi +[^,;.\n()]{5,90}? +lan +thu +[ivxl]+"
    r"(?: +cua +dang)?"
)
_WORD = re.compile(r" *(?P<word>[^\s,;:.()“”\"\n]+)")
_STOP = any_of(
    [
        *words()["issuer"]["stops"],
        "của",
        "năm",
        "và",
        "các",
        "hiện hành",
        "về",
        "mới",
        "khác",
        "liên quan",
        "Luật",
        "để",
    ]
)


def named(reading: Reading) -> list[Mention]:
    """Every act that is cited by its name, in order."""
    found = [*_laws(reading), *_schemes(reading), *_congresses(reading)]
    return sorted(found, key=lambda mention: mention.span)


def short_numbers(reading: Reading) -> list[tuple[Span, str, str]]:
    """«các Nghị quyết 57, 59, 66»: ``(span, type, bare number)`` of each; which document it is, the rest must tell."""
    found: list[tuple[Span, str, str]] = []
    for match in _SHORT.finditer(reading.folded):
        kind = " ".join(reading.marked[match.start("kind") : match.end("kind")].split())
        for number in re.finditer(r"\d+", match["numbers"]):
            start = match.start("numbers") + number.start()
            span = Span(match.start("kind") if not found or number.start() == 0 else start, start + len(number.group()))
            found.append((span, kind, number.group()))
    return found


def _laws(reading: Reading) -> list[Mention]:
    found: list[Mention] = []
    for match in _LAW.finditer(reading.folded):
        capital = reading.flat[match.start()].isupper()
        known = acts().match(reading.folded, match.end()) is not None and _upper(reading, match.end())
        if not capital and not known:
            continue
        end = _law_end(reading, match.end())
        if end is None:
            continue
        head = reading.folded[match.start() : match.end()].split()
        kind = {"bo": "bộ luật", "phap": "pháp lệnh"}.get(head[0], "luật")
        name = " ".join(reading.text[match.start() : end].split())
        date, last = date_after(reading, end)
        issuer = "Quốc hội" if kind != "pháp lệnh" else None
        found.append(Mention(Span(match.start(), last), None, None, kind, date=date, issuer=issuer, name=name))
    return found


def _law_end(reading: Reading, start: int) -> int | None:
    """Where the law's name ends: a known name, or a capital and the words that follow it."""
    amending = _AMENDING.match(reading.folded, start)
    if amending:
        inner = _law_end(reading, amending.end())
        return inner if inner is not None else amending.end()
    known = acts().match(reading.folded, start)
    if known:
        return known.end()
    return _upper_words(reading, start) if _upper(reading, start) else None


def _upper(reading: Reading, at: int) -> bool:
    return at < len(reading.flat) and reading.flat[at].isupper()


def _upper_words(reading: Reading, start: int) -> int | None:
    end, count = start, 0
    while count < 9 and (match := _WORD.match(reading.folded, end)) is not None:
        if count and re.fullmatch(_STOP, match["word"]):
            break
        end, count = match.end(), count + 1
    return end if count else None


def _schemes(reading: Reading) -> list[Mention]:
    found: list[Mention] = []
    for match in _SCHEME.finditer(reading.folded):
        if reading.flat[match.start()].isupper():
            name = f"Đề án {match['number']}"
            found.append(Mention(Span(*match.span()), None, None, "đề án", name=name))
    return found


def _congresses(reading: Reading) -> list[Mention]:
    found: list[Mention] = []
    for match in _CONGRESS.finditer(reading.folded):
        if reading.flat[match.start()].isupper():
            kind = "nghị quyết" if match["kind"].startswith("nghi") else "văn kiện"
            name = " ".join(reading.text[match.start() : match.end()].split())
            found.append(Mention(Span(*match.span()), None, None, kind, name=name))
    return found
