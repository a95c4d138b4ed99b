"""What a document does with one that it cites: the words in front of the mention say so."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from extract.citations.read import Mention, sentence_start
from extract.citations.words import any_marked, cues, plain, words
from extract.facts import Relation
from extract.reading import Reading

REACH = 220
RANK: tuple[Relation, ...] = (
    "tự dẫn", "thay thế", "bãi bỏ", "sửa đổi", "trả lời", "căn cứ", "thực hiện", "theo", "hướng dẫn", "đính kèm",
    "xử lý văn bản đến", "nhắc đến",
)  # fmt: skip
"""Of several mentions, the relation that stands first here counts."""

_ATTACHED = re.compile(r"(?:dinh +kem|gui +kem|kem +theo|ban +hanh +kem +theo|\(kem)(?: +(?:cac|toan +van))? *$")
_DONE_TO_ALL = ("bãi bỏ", "thay thế", "sửa đổi")
"""What a sentence over a numbered list does to every document of it."""
_BASIS = re.compile(r"[ \-–+•*\d.()]*(?:can +cu|xet)\b")
_LIST_OF_VERBS = re.compile(r"(?:ban +hanh +moi|bo +sung), *(?:sua +doi|thay +the|bai +bo)[^.;]{0,40}$")


def relations(reading: Reading, mentions: list[Mention]) -> list[Relation]:
    """The relation of each mention, in order; members of a list share it, items behind «;» take it over."""
    found: list[Relation] = []
    item: Relation = "nhắc đến"
    for index, mention in enumerate(mentions):
        previous = mentions[index - 1] if index else None
        if previous is not None and (mention.listed or _same_breath(reading, previous, mention)):
            found.append(found[-1])
            continue
        clause = _clause(reading, mention)
        own = _told_behind(reading, mention) or _own(clause)
        inside = previous is not None and _inside(reading, previous, mention)
        if previous is not None and inside and _after_comma(reading, previous, mention):
            found.append(found[-1] if found[-1] == "nhắc đến" else item)
            continue
        if inside:
            found.append("theo" if own == "theo" else "nhắc đến")
            continue
        if own is None:
            own = _announced(reading, mention)
        if own is None and previous is not None and _next_item(reading, previous, mention, item):
            own = item
        if own is None and _opens_item_of_basis(reading, mention):
            own = "căn cứ"
        item = own or "nhắc đến"
        found.append(item)
    return found


def _clause(reading: Reading, mention: Mention) -> str:
    """The words in front of the mention in its sentence, lower case with marks."""
    base = max(0, mention.span.start - REACH)
    start = max((base, *(stop + 1 for stop in reading.stops(base, mention.span.start))))
    return reading.marked[start : mention.span.start]


def _own(clause: str) -> Relation | None:
    """The relation that the words right in front say; None where they say nothing."""
    bare = plain(clause)
    if _ATTACHED.search(bare) and not re.search(r"ban +hanh +kem +theo *$", bare):
        return "đính kèm"
    for relation, pattern in _strong():
        if pattern.search(clause) and not _LIST_OF_VERBS.search(bare):
            return cast("Relation", relation)
    best = _nearest(clause, "weak")
    if re.match(r"[ \-–+•\d.()]*can +cu\b", bare):
        return "căn cứ" if best is None or best[1] != "thực hiện" or len(clause) - best[0] > 60 else best[1]
    best = best or _nearest(clause[-60:], "place")
    return best[1] if best else None


_BEHIND = re.compile(
    r"[ ,]*(?:\([^()\n]{0,60}\) *)?(?:nay +|da +)?(?:(?P<ends>het +hieu +luc|(?:bi|duoc) +bai +bo)"
    r"|(?P<new>(?:bi|duoc) +thay +the)|(?P<changed>(?:bi|duoc) +sua +doi))\b"
)


def _told_behind(reading: Reading, mention: Mention) -> Relation | None:
    """«Nghị định số … hết hiệu lực kể từ ngày …»: what becomes of it is said behind."""
    found = _BEHIND.match(reading.folded, mention.span.end)
    if found is None or re.search(
        r"\btheo +$|\btai +$", reading.folded[max(0, mention.span.start - 8) : mention.span.start]
    ):
        return None
    return "bãi bỏ" if found["ends"] else "thay thế" if found["new"] else "sửa đổi"


def _nearest(clause: str, group: str) -> tuple[int, Relation] | None:
    """The relation word nearest to the mention, and where it stands."""
    best: tuple[int, Relation] | None = None
    for relation, pattern in _patterns(group):
        for match in pattern.finditer(clause):
            if best is None or match.start() > best[0]:
                best = (match.start(), cast("Relation", relation))
    return best


def _announced(reading: Reading, mention: Mention) -> Relation | None:
    """What the line above says of a list: «Bãi bỏ toàn bộ các Nghị quyết sau:» over «1. Nghị quyết số …»."""
    start = reading.block_at(mention.span.start).start
    if not re.fullmatch(r"[ \-–+•*\d.()a-z]{0,6}", reading.folded[start : mention.span.start]):
        return None
    above = reading.marked[max(0, start - 120) : start].rstrip(" \n")
    kinds = any_marked(words()["types"])
    cut = re.search(rf"(?P<verb>[^.;:\n]*?)\bcác +{kinds}(?: +sau(?: +đây)?)? *:?$", above)
    return _own(cut["verb"] + " ") if cut else None


@cache
def _strong() -> list[tuple[str, re.Pattern[str]]]:
    """The verb right in front, or in front of «… ban hành tại (kèm theo)»."""
    through = any_marked(["ban hành tại", "ban hành kèm theo", "ban hành theo"])
    goes_on = any_marked(["cho", "các", "toàn bộ", "một phần", "nội dung", "một số điều của"])
    kinds = any_marked(words()["types"])
    tail = rf"(?: +{goes_on})*(?: +[^;:.\n]{{0,90}}? *{through})?(?: +(?:{kinds} +)?{through})? *(?:các +)?$"
    return [(relation, re.compile(rf"\b{pattern}{tail}")) for relation, pattern in cues("strong")]


@cache
def _patterns(group: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(relation, re.compile(rf"\b{pattern}\b")) for relation, pattern in cues(group)]


def _same_breath(reading: Reading, previous: Mention, mention: Mention) -> bool:
    """«Kết luận số … và Kết luận số …», «…; Chỉ thị …»: nothing but a joint between the two."""
    between = reading.folded[previous.span.end : mention.span.start]
    return re.fullmatch(r" *(?:,|va|, *va|cung +voi)? *(?:cac +)?", between) is not None


def _inside(reading: Reading, previous: Mention, mention: Mention) -> bool:
    """Whether the mention stands in the title of the one before."""
    title = previous.title
    if title is None or not title.start <= mention.span.start < title.end:
        return False
    # A comma and a fresh verb of duty begin something new; so does the end of a quotation.
    between = reading.folded[title.start : mention.span.start]
    return re.search(r"[”\"»] *(?:,|va )|\) *,? +(?:va|dong thoi) ", between) is None


def _after_comma(reading: Reading, previous: Mention, mention: Mention) -> bool:
    """«Chỉ thị số … về …, Công điện số …»: the next member of a list whose members have titles."""
    between = reading.folded[previous.span.end : mention.span.start]
    return re.search(r"(?:, *|, *va +| va +)(?:cac +)?$", between) is not None


def _next_item(reading: Reading, previous: Mention, mention: Mention, item: Relation) -> bool:
    """Whether the mention opens the next item of an enumeration whose first item gave the relation."""
    end = previous.title.end if previous.title else previous.span.end
    between = reading.folded[min(end, mention.span.start) : mention.span.start]
    label = r"(?:\d{1,2}[.)] *|[a-z]\) *)?" if item in _DONE_TO_ALL else ""
    return re.fullmatch(rf"[^.:]{{0,80}}[;\n][ \n\-–+•]*{label}(?:cac +|va +)?(?:so *)?", between) is not None


def _opens_item_of_basis(reading: Reading, mention: Mention) -> bool:
    """One more basis of the same sentence: «Căn cứ Luật …; Quy chế số …», «Xét Tờ trình số …; Báo cáo số …»."""
    start = sentence_start(reading, mention.span.start)
    before = reading.folded[start : mention.span.start].replace("\n", " ")
    if not _BASIS.match(before) or re.search(r"[^\d]\. ", before):
        return False
    return re.search(r"[;,](?: *va)?(?: *so)? *$|[^,;]{0,160}: *so *$", before) is not None


def is_attachment_line(reading: Reading, mention: Mention) -> bool:
    """«(Kèm theo Quyết định số …)»: the part says to which document it belongs."""
    before = reading.folded[max(0, mention.span.start - 100) : mention.span.start]
    attached = r"(?:(?:ban +hanh +|duoc +ban +hanh +)?kem +theo|dinh +kem(?: +theo)?)"
    return re.search(rf"\( *{attached}(?: +[^();.]{{0,60}}? *ban +hanh +kem +theo)?(?: +cac)? *$", before) is not None
