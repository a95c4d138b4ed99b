"""Marks on a dispatch: urgency, secrecy, draft.

A mark stands on its own, in capitals. The same words inside of a sentence («bảo mật», «văn bản mật», «khẩn trương»)
are not marks. A secret dispatch must never be published, so a secrecy mark is believed when in doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from extract.tokens import norm
from extract.units.casing import is_capitals

_URGENCY = {"hoa toc": "hỏa tốc", "thuong khan": "thượng khẩn", "khan": "khẩn", "khan cap": "khẩn"}
_SECRECY = {"tuyet mat": "tuyệt mật", "toi mat": "tối mật", "mat": "mật"}
_EDGES = " .,;:*_-–—|!'\"“”()[]{}<>«»~`^+=/\\"
_TIMED = re.compile(r"^hoa toc\s+hen gio")
_LABEL = re.compile(r"^(?:do (?:mat|khan)|muc do(?: khan| mat)?)\s*[:.]?\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """``kind``: «urgency» or «secrecy»; ``value`` in lower case; ``sure`` is False for a damaged reading."""

    kind: str
    value: str
    sure: bool = True


def mark_of(text: str) -> Mark | None:
    """The mark that a line is, or None.

    >>> mark_of("**KHẨN**")
    Mark(kind='urgency', value='khẩn', sure=True)
    >>> mark_of("[TỐI MẬT]")
    Mark(kind='secrecy', value='tối mật', sure=True)
    >>> mark_of("Bảo mật thông tin"), mark_of("mặt"), mark_of("văn bản MẬT")
    (None, None, None)
    """
    if len(text) > 80:
        return None
    bare = _LABEL.sub("", " ".join(norm(text).strip(_EDGES).split())).strip(_EDGES)
    letters = [char for char in text if char.isalpha()]
    if not letters or len(bare) > 40:
        return None
    if _TIMED.match(bare):
        return Mark("urgency", "hỏa tốc hẹn giờ")
    labelled = bool(_LABEL.match(" ".join(norm(text).strip(_EDGES).split())))
    if not (is_capitals(text) or labelled):
        return None
    return _exact(bare, text) or _near(bare)


def _exact(bare: str, text: str) -> Mark | None:
    if bare in _SECRECY:
        return None if bare == "mat" and not _is_secret_word(text) else Mark("secrecy", _SECRECY[bare])
    if bare in _URGENCY:
        return Mark("urgency", _URGENCY[bare])
    return None


def _is_secret_word(text: str) -> bool:
    """«MẬT», its marks lost or damaged; not «MẮT», «MẶT», «MẤT», which are other words."""
    word = re.sub(r"[^\w]", "", text).upper()
    return word not in ("MẮT", "MẶT", "MẤT", "MÁT")


def _near(bare: str) -> Mark | None:
    """A reading with one or two damaged letters, spaced letters included («T Ố I  M Ậ T»)."""
    tight = bare.replace(" ", "")
    for words, kind, cutoff in ((_SECRECY, "secrecy", 74), (_URGENCY, "urgency", 80)):
        for key, value in words.items():
            whole = key.replace(" ", "")
            if tight == whole and len(tight) > 3:
                return Mark(kind, value)
            if len(key) > 5 and abs(len(tight) - len(whole)) <= 2 and fuzz.ratio(tight, whole) >= cutoff:
                return Mark(kind, value, sure=False)
    return Mark("secrecy", "mật") if bare in ("m a t", "m at", "ma t") else None
