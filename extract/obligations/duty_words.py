"""Words that begin what a unit has to do, and words that give or only tell of an order.

The verbs themselves are in ``corpus/lexicon/verbs.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract import lexicon
from extract.units.kinds import MARKS
from normalize.fold import fold

_ORDERS = (
    r"(?<![Nn]goại )giao(?! thông| tiếp| dịch| lưu| thoa| ước|(?-i: ban))(?: nhiệm vụ)?(?: cho)?|phân công|"
    r"(?:kính |trân trọng |rất mong và )?(?:đề nghị|yêu cầu)|chỉ thị|kính mong|kiến nghị(?! của)"
)
_VETO = (
    r"theo|của|được|đã|văn bản|nội dung|các|những|mọi|đáp ứng|hồ sơ|phiếu|đơn|tờ trình|nhiệm vụ|việc|số|kế hoạch|"
    r"chỉ tiêu|mức|phạm vi|sự|lời|khi có|nếu có|bàn|chuyển|có|mục đích,?|đúng|vượt|người|bên|lệnh|quyền|thời gian"
)


def _both(
    pattern: str, prefix: str = r"(?<![\wÀ-ỹ])", suffix: str = r"(?![\wÀ-ỹ])"
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern with marks and without; words are matched whole and, but for a capital at the start, as written."""
    return re.compile(f"{prefix}(?:{pattern}){suffix}"), re.compile(f"{prefix}(?:{fold(pattern)}){suffix}")


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _condition(verb: str) -> str:
    """The verb with what must, or must not, stand beside it."""
    known = lexicon.verbs()
    behind = "".join(rf"(?<![{word[0].upper()}{word[0]}]{word[1:]} )" for word in known["not_after"].get(verb, ()))
    pattern = behind + re.escape(verb)
    if verb in known["before"]:
        pattern += rf"(?={_any(known['before'][verb])})"
    if verb in known["not_before"]:
        pattern += rf"(?!(?:{_any(known['not_before'][verb])})(?![\wÀ-ỹ]))"
    return pattern


def _group(name: str) -> str:
    """The verbs of a list; to the actions belong those that stand in no list, only among the conditions."""
    known = lexicon.verbs()
    conditional = {*known["before"], *known["not_before"], *known["not_after"]}
    listed = {verb for group in ("must", "actions", "ambiguous", "starts") for verb in known[group]}
    verbs = {*known[name], *((conditional - listed) if name == "actions" else ())}
    parts = [_any(verbs - conditional), *(_condition(verb) for verb in sorted(verbs & conditional))]
    return "|".join(part for part in parts if part)


AMBIGUOUS = frozenset(lexicon.verbs()["ambiguous"])
"""Verbs that more often belong to the name of a unit."""

_MODALS, _ACTIONS, _DOUBTFUL = _group("must"), _group("actions"), _group("ambiguous")

MODAL = _both(_MODALS)
"""What says that somebody must, in lower case."""

VERB = _both(f"{_MODALS}|{_ACTIONS}|{_ORDERS}|{_DOUBTFUL}")
"""What can follow a unit as its duty, in lower case: capitals belong to names («Sở Xây dựng»)."""

BEHIND_NAME = _both(f"(?:{_any(lexicon.verbs()['behind_names'])})", r"\s*")
"""What is a verb at once behind a complete name, whatever it is elsewhere."""

STARTS = _both(f"(?i:{_MODALS}|{_ACTIONS}|{_group('starts')}|{_DOUBTFUL})", r"\W*")
"""How a task begins."""

ORDER = _both(f"(?i:{_ORDERS})", r"(?<![\wÀ-ỹ])")
"""A word that gives an order; `gives_order` tells it from «theo đề nghị của …»."""

_NOT_ORDER = _both(f"(?i:{_VETO})", r"(?<![\wÀ-ỹ])", r"\s*$")
_PAST = _both(r"(?i:đã|vừa qua|thời gian qua|trong đó|theo đó|trước đây)")
_WROTE = _both(
    r"(?:có|ban hành|gửi|phát hành) (?:các )?(?:[Cc]ông văn|[Vv]ăn bản|[Kk]ế hoạch|[Tt]hông báo|[Cc]ông điện) "
    r"(?:số )?\d+(?!.*(?:[;:]|\s(?i:nay|vì vậy|do đó|do vậy|để)\s))"
)


def pick(patterns: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> re.Pattern[str]:
    """The pattern that fits ``text``: the one without marks only for text that has none."""
    return patterns[0] if MARKS.search(text) else patterns[1]


def gives_order(before: str) -> bool:
    """Whether an order word behind ``before`` gives an order here and now, rather than tells of one.

    >>> gives_order("Bộ Y tế "), gives_order("theo "), gives_order("UBND tỉnh đã có văn bản ")
    (True, False, False)
    >>> gives_order("Ngày 12/10/2026, Sở Tài chính có Công văn số 88/STC-QLG ")
    False
    """
    if pick(_WROTE, before).search(before):
        return False
    return pick(_NOT_ORDER, before).search(before) is None and pick(_PAST, before).search(before[-160:]) is None
