"""What a dispatch is (document type) and what it is about (trích yếu)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.lexicon import document_types, slips
from extract.tokens import norm
from extract.units.casing import is_capitals, sentence_case

_EDGES = " .,:;*-–—_|'\"“”"
_MARKUP = re.compile(r"\*\*|~~|^#+ ", re.MULTILINE)
_ANNEX = re.compile(
    r"^\W*(?:phu\s*luc|bieu\s*mau|mau|bieu)\b\s*(?:so\s*)?(?P<mark>[\divxlc]{0,6}[a-z]?)\s*[.:]?\s*(?P<rest>.*)$"
)
_ABOUT = re.compile(r"^\W*(?:v\s?/\s?v|về việc|ve viec)\b", re.IGNORECASE)


def plain(text: str) -> str:
    """One line without markup, with hyphenation at line ends kept as printed."""
    return " ".join(_MARKUP.sub("", text).split()).strip()


def letter_subject(text: str) -> str:
    r"""The «V/v …» of a letter in one line.

    >>> letter_subject("V/v cung cấp\nsố liệu.")
    'V/v cung cấp số liệu'
    """
    line = plain(text).strip(" .;,")
    return re.sub(r"^\W*(?:[Vv]\s?/\s?[Vv][\s.:]*|(?:V[ií1l/|]|W)\s+)", "V/v ", line)


def titled(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Type and subject from the lines of a title: «QUYẾT ĐỊNH» + «Về việc …».

    >>> titled(["QUYẾT ĐỊNH", "BAN HÀNH QUY CHẾ LÀM VIỆC"])
    ('quyết định', 'Ban hành quy chế làm việc')
    >>> titled(["KẾ HOẠCH HÀNH ĐỘNG", "VỀ BẢO VỆ RỪNG VEN SÔNG"])
    ('kế hoạch', 'Kế hoạch hành động về bảo vệ rừng ven sông')
    """
    kept = [plain(line) for line in lines if plain(line).strip(" -–_=*")]
    if not kept:
        return None, None
    kind, heading = _type_in(kept[0])
    if kind is None:
        return None, _joined(kept)
    rest = kept[1:]
    bare = heading == norm(kept[0]).strip(_EDGES)
    if bare and heading == norm(kind):
        return kind, _about(_joined(rest)) if rest else None
    after = kept[0][_end_of_type(kept[0], kind) :].strip(" :.-–")
    if bare:
        return kind, _joined([kept[0], *rest])
    return kind, _about(_joined([after, *rest])) if norm(after) not in ("", "so") else None


def annex_subject(lines: Sequence[str]) -> str | None:
    """The title of an annex; its mark stays in front: «Phụ lục 1. Danh sách …».

    >>> annex_subject(["PHỤ LỤC", "DANH MỤC NHIỆM VỤ"])
    'Danh mục nhiệm vụ'
    >>> annex_subject(["Phụ lục II", "DANH SÁCH ĐƠN VỊ"])
    'Phụ lục II. Danh sách đơn vị'
    """
    kept = [plain(line) for line in lines if plain(line).strip(" -–_=*")]
    if not kept:
        return None
    found = _ANNEX.match(norm(kept[0]))
    if not found:
        return _joined(kept)
    mark = kept[0][found.start("mark") : found.end("mark")]
    rest = [kept[0][found.start("rest") :], *kept[1:]]
    title = _joined([line for line in rest if line])
    head = f"Phụ lục {mark.upper()}" if mark else "Phụ lục"
    if not title:
        return head
    return f"{head}. {title}" if mark else title


def slip_subject(heading: str, number: str | None) -> str:
    """The proper title of a slip, with the incoming letter it routes where that is known."""
    name = next((name for name in slips() if norm(name)[:14] == norm(heading)[:14]), plain(heading).lower())
    title = name[:1].upper() + name[1:]
    return f"{title} (Công văn {number})" if number else title


def _type_in(line: str) -> tuple[str | None, str]:
    """The type with whose name a line begins, and the longest heading form that matches."""
    folded = norm(line).strip(_EDGES)
    best: tuple[str | None, str] = (None, "")
    for kind in document_types():
        for form in kind.headings:
            if (folded == form or folded.startswith(f"{form} ")) and len(form) > len(best[1]):
                best = (kind.name, form)
    return best


def _end_of_type(line: str, kind: str) -> int:
    return norm(line).index(norm(kind)) + len(kind)


def _joined(lines: Sequence[str]) -> str:
    """Lines as one sentence: capitals lowered, then the first letter up."""
    kept = [line for line in lines if line.strip()]
    text = " ".join(kept).strip(" .;,:")
    if not kept or is_capitals(text):
        return sentence_case(text)
    pieces = [_low(sentence_case(line)) if is_capitals(line) else line for line in kept[1:]]
    return " ".join([sentence_case(kept[0]), *pieces]).strip(" .;,:")


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def _about(text: str) -> str:
    """Brackets around a whole «(V/v …)» dropped."""
    if text.startswith("(") and text.rstrip(" .").endswith(")") and _ABOUT.match(text):
        return text.strip(" .()")
    return text
