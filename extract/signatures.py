"""Electronic signatures as witnesses of issuer, signer and date. They raise issues and never fill a value.

Dispatches are signed on their day or within some weeks, never before it. The gazette, portals and offices (Văn phòng)
sign what others issue: their certificates say nothing about the issuer, and come later.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from corpus.document import Witness
from corpus.span import Span
from extract.facts import Fact, Header, Issue
from extract.source import Findings, Source
from extract.tokens import norm

_VIETNAM = dt.timezone(dt.timedelta(hours=7))
_ISSUER_DAYS, _OTHER_DAYS = 17, 30
"""Days from the date of a dispatch to its signature, at most; 0 to 17 were seen on checked files."""

_OFFICE = re.compile(r"(?:van phong|van thu|phong hanh chinh|trung tam (?:cong bao|tin hoc|thong tin)|cong bao|cong )")
_SHORT = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "gd&dt": "giao duc dao tao", "tp": "thanh pho"}
_EMPTY = {"tinh", "thanh", "pho", "va", "cua", "nuoc"}
_ALIKE = 75
"""Likeness of two words, in percent, from which on they are one, misread."""

_TOLD_APART = 4
"""Letters from which on a word with one misread is still told from others."""

_SAME_PERSON = 80


def issues(source: Source, findings: Findings) -> Iterator[Issue]:
    """What the signatures of the file say against what is printed in it."""
    witnesses = source.document.witnesses
    if not findings.headers or not witnesses:
        return
    first = findings.headers[0]
    yield from _broken(witnesses, first)
    for witness in witnesses:
        yield from _untimely(witness, first)
    yield from _other_issuer(witnesses, findings)
    yield from _other_signer(witnesses, findings)


def is_office(organisation: str) -> bool:
    """Whether a certificate is one of those that sign what others issue.

    >>> is_office("TRUNG TÂM CÔNG BÁO VÀ TIN HỌC, VĂN PHÒNG"), is_office("Sở Y tế, Tỉnh Sông Lam")
    (True, False)
    """
    return bool(_OFFICE.match(norm(organisation)))


def _broken(witnesses: tuple[Witness, ...], first: Fact[Header]) -> Iterator[Issue]:
    if any(witness.digest == "broken" for witness in witnesses):
        yield Issue("signature-broken", "Chữ ký số không khớp với nội dung tệp.", first.span, first.part)


def _untimely(witness: Witness, first: Fact[Header]) -> Iterator[Issue]:
    signed, day = _signed_on(witness.signed_at), first.value.date
    longest = _OTHER_DAYS if is_office(witness.organisation or "") else _ISSUER_DAYS
    if signed and day and not 0 <= (signed - day).days <= longest:
        message = f"Ngày ban hành {_say(day)} không hợp với thời điểm ký số {_say(signed)}."
        yield Issue("date-witness", message, _place(first, "date"), first.part, (signed.isoformat(),))


def _other_issuer(witnesses: tuple[Witness, ...], findings: Findings) -> Iterator[Issue]:
    """No letterhead of the file names an issuer that signed it."""
    named = [one.organisation for one in witnesses if one.organisation and not is_office(one.organisation)]
    if not named or any(_issued_by(fact.value, name) for fact in findings.headers for name in named):
        return
    first = findings.headers[0]
    issuer = first.value.issuer
    against = f"văn bản ghi {issuer}" if issuer else "không đọc được cơ quan ban hành trên trang"
    message = f"Chữ ký số của {named[0]}; {against}."
    yield Issue("issuer-witness", message, _place(first, "issuer"), first.part, tuple(dict.fromkeys(named)))


def _issued_by(header: Header, organisation: str) -> bool:
    for issuer in (header.issuer, *header.issuers):
        own, own_above = _words(issuer or ""), _words(f"{issuer or ''} {header.parent_issuer or ''}")
        if own and (_within(own, _words(organisation)) or _within(_words(organisation.partition(",")[0]), own_above)):
            return True
    return False


def _other_signer(witnesses: tuple[Witness, ...], findings: Findings) -> Iterator[Issue]:
    """A person signed whose name is not printed; clerks of offices sign beside the signer, so theirs may be missing."""
    persons = [one for one in witnesses if one.signer]
    printed = [name for fact in findings.headers for name in (fact.value.signer_name, *fact.value.signers) if name]
    if any(_same_person(one.signer or "", name) for one in persons for name in printed):
        return
    if printed:
        persons = [one for one in persons if not is_office(one.organisation or "")]
    if persons:
        first = findings.headers[0]
        against = f"văn bản ghi {printed[0]}" if printed else "không đọc được tên người ký trên trang"
        names = tuple(dict.fromkeys(one.signer for one in persons if one.signer))
        message = f"Chữ ký số của {', '.join(names)}; {against}."
        yield Issue("signer-witness", message, _place(first, "signer_name"), first.part, names)


def _same_person(one: str, other: str) -> bool:
    return fuzz.ratio(norm(one), norm(other)) >= _SAME_PERSON


def _words(name: str) -> set[str]:
    plain = norm(name)
    for short, long in _SHORT.items():
        plain = re.sub(rf"(?<!\w){short}(?!\w)", long, plain)
    return set(re.findall(r"\w+", plain)) - _EMPTY


def _within(few: set[str], many: set[str]) -> bool:
    """Whether each word of the one name is in the other, a misread letter aside."""
    return bool(few) and all(word in many or any(_alike(word, other) for other in many) for word in few)


def _alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _TOLD_APART and fuzz.ratio(one, other) >= _ALIKE


def _place(fact: Fact[Header], field: str) -> Span:
    evidence = fact.value.fields.get(field)
    return evidence.span if evidence else fact.span


def _signed_on(stamp: str | None) -> dt.date | None:
    """The day in Vietnam of a time with or without offset."""
    try:
        when = dt.datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        return None
    return None if when is None else (when.astimezone(_VIETNAM) if when.tzinfo else when).date()


def _say(day: dt.date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
