"""Citations: every document that a part names, once per number, with what any of its mentions states."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.language import Language

from corpus.span import Span
from extract.citations.basis_tables import basis_cells, cell_starts
from extract.citations.named import named, short_numbers
from extract.citations.read import Mention, completed, mentions
from extract.citations.relation import RANK, is_attachment_line, relations
from extract.facts import Citation, Fact, Issue, Relation
from extract.reading import Reading, read_text
from extract.source import Findings, Source, findings_of, source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

HIDDEN = ("furniture", "stamp")
"""Blocks whose words interrupt the text: page numbers, running heads, stamps, signing captions."""

OWN = ("number", "place-date", "national-motto")
"""Blocks that state the part's own number."""


@dataclasses.dataclass(frozen=True, slots=True)
class Placed:
    """A mention with its part and relation."""

    mention: Mention
    part: int
    relation: Relation


@Language.factory("congvan_citations")
def create_citations(nlp: Language, name: str) -> CitationsComponent:  # noqa: ARG001
    """Make the component that finds citations."""
    return CitationsComponent()


class CitationsComponent:
    """Adds one citation per part and number, and the acts that are cited by name alone."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the text without its furniture; later mentions of a number go into ``more``."""
        findings = findings_of(doc)
        reading = body_reading(source_of(doc), findings)
        placed = _place(reading, findings, basis_cells(source_of(doc)))
        for group in _grouped(placed):
            fact = _merged(reading, group, findings)
            findings.citations.append(fact)
            findings.issues += _issues(fact, group)
        findings.citations += _names(reading, findings)
        findings.citations.sort(key=lambda fact: fact.span)
        return doc


def body_reading(source: Source, findings: Findings) -> Reading:
    """The reading of the whole text in which furniture and stamps are blank, and each cell is a block of its own."""
    hidden = tuple(sorted({fact.span for fact in findings.blocks(*HIDDEN)}))
    return read_text(source.text, hidden, tuple(sorted(cell_starts(source))))


def _place(reading: Reading, findings: Findings, basis: list[Span]) -> list[Placed]:
    own = [fact.span for fact in findings.blocks(*OWN)]
    titles = [
        field.span for fact in findings.headers for field in fact.value.fields.values() if field.rule == "gazette.title"
    ]
    numbers = {fact.value.number for fact in findings.headers}
    read = mentions(reading)
    found = [completed(mention, read) for mention in read]
    kept: list[Placed] = []
    for mention, relation in zip(found, relations(reading, found), strict=True):
        if any(span.overlaps(mention.span) for span in own):
            continue
        if mention.value in numbers and any(span.overlaps(mention.span) for span in titles):
            continue  # an older gazette's title states the number in its first sentence
        part = findings.part_at(mention.span.start)
        if mention.unclear:
            message = f"Không đọc được chắc chắn số văn bản được dẫn: «{mention.printed}»; xem bản giấy."
            findings.issues.append(Issue("citation-unclear", message, mention.span, part))
        elif any(span.overlaps(mention.span) for span in basis):
            kept.append(Placed(mention, part, "căn cứ"))
        else:
            kept.append(Placed(mention, part, _seen_from(reading, mention, relation, part, findings)))
    return kept


def _seen_from(reading: Reading, mention: Mention, relation: Relation, part: int, findings: Findings) -> Relation:
    """The relation in view of the file: a part that names its own carrier, a reply to the addressee's letter."""
    if is_attachment_line(reading, mention):
        return "tự dẫn" if part > 1 else "đính kèm"
    header = findings.header_of(part)
    if header is not None and mention.issuer and relation in ("căn cứ", "nhắc đến", "theo"):
        received = reading.folded[max(0, mention.span.start - 40) : mention.span.start].rstrip().endswith("nhan duoc")
        if received:
            asked = any(_key(mention.issuer) == _key(name) for name in header.addressees)
            return "trả lời" if asked else "căn cứ"
    return relation


def _grouped(placed: Iterable[Placed]) -> list[list[Placed]]:
    groups: dict[tuple[int, str], list[Placed]] = defaultdict(list)
    for one in placed:
        groups[one.part, _key(one.mention.value)].append(one)
    return list(groups.values())


def _merged(reading: Reading, group: list[Placed], findings: Findings) -> Fact[Citation]:
    """One citation from all mentions of a number in a part: each field from the first that states it."""
    ranked = sorted(group, key=lambda one: RANK.index(one.relation))
    first = group[0].mention
    full = next((one.mention for one in group if one.mention.date and one.mention.issuer), first)
    title = next((one.mention.title for one in group if one.mention.title), None)
    issuer = next((one.mention.issuer for one in (*group,) if one.mention.issuer), None)
    kind = next((one.mention.doc_type for one in group if one.mention.doc_type), None)
    if issuer is None and kind in ("luật", "bộ luật"):
        issuer = "Quốc hội"
    value = Citation(
        number=first.value,
        doc_type=kind,
        issuer=_written_out(issuer, group[0].part, findings),
        date=next((one.mention.date for one in group if one.mention.date), None),
        relation=ranked[0].relation,
        quote=" ".join(full.span.of(reading.text).split()),
        title=_words(reading, title) or next((one.mention.name for one in group if one.mention.name), None),
        article=next((one.mention.article for one in group if one.mention.article), None),
    )
    doubtful = all(one.mention.doubtful for one in group) or len(_dates(group)) > 1
    confidence = 0.6 if doubtful else 0.95 if first.doc_type else 0.8
    more = tuple(one.mention.span for one in group[1:])
    return Fact(value, first.span, "citations.number", confidence, group[0].part, doubtful, more)


def _dates(group: list[Placed]) -> set[object]:
    return {one.mention.date for one in group if one.mention.date}


def _issues(fact: Fact[Citation], group: list[Placed]) -> list[Issue]:
    """What disagrees among the mentions of one number, and what was hard to read."""
    found: list[Issue] = []
    number = fact.value.number or ""
    dates = sorted(str(date) for date in _dates(group))
    if len(dates) > 1:
        message = f"Văn bản {number} được dẫn với nhiều ngày khác nhau: {', '.join(dates)}."
        found.append(Issue("citation-dates-differ", message, fact.span, fact.part, tuple(dates)))
    printed = {one.mention.printed for one in group if one.mention.doubtful}
    if fact.needs_review and printed:
        message = f"Số, ký hiệu văn bản được dẫn khó đọc: «{', '.join(sorted(printed))}»; đọc là {number}."
        found.append(Issue("citation-unclear", message, fact.span, fact.part, (*sorted(printed), number)))
    return found


def _written_out(issuer: str | None, part: int, findings: Findings) -> str | None:
    """«UBND tỉnh» with the province that the part's own head names."""
    if issuer is None or issuer.split()[-1].lower() not in ("tỉnh", "phố"):
        return issuer
    header = findings.header_of(part) or findings.header_of(1)
    for name in (header.issuer, header.parent_issuer) if header else ():
        for kind in ("tỉnh ", "Thành phố ", "thành phố "):
            if name and kind in name and kind.strip().lower().split()[-1] == issuer.split()[-1].lower():
                return f"{issuer} {name.split(kind, 1)[1]}"
    return issuer


def _names(reading: Reading, findings: Findings) -> list[Fact[Citation]]:
    """Acts by name, once per part, and the bare numbers of acts that are written out elsewhere in the part."""
    taken = [fact.span for fact in findings.citations] + [span for fact in findings.citations for span in fact.more]
    spans = sorted(taken)
    found: dict[tuple[int, str], Fact[Citation]] = {}
    seen = [one for one in named(reading) if not any(span.overlaps(one.span) for span in spans)]
    for mention, relation in zip(seen, relations(reading, seen), strict=True):
        part = findings.part_at(mention.span.start)
        key = part, _key(mention.name)
        if key in found:
            found[key] = dataclasses.replace(found[key], more=(*found[key].more, mention.span))
            continue
        quote = " ".join(mention.span.of(reading.text).split())
        value = Citation(None, mention.doc_type, mention.issuer, mention.date, relation, quote, title=mention.name)
        found[key] = Fact(value, mention.span, "citations.name", 0.8, part)
    _resolve_short(reading, findings)
    return list(found.values())


def _resolve_short(reading: Reading, findings: Findings) -> None:
    """«Nghị quyết 57» is a further mention of «Nghị quyết số 57-NQ/TW», where the part has one of that number."""
    for span, kind, bare in short_numbers(reading):
        part = findings.part_at(span.start)
        same = [
            index
            for index, fact in enumerate(findings.citations)
            if fact.part == part and _short_of(fact.value, kind, bare)
        ]
        if len(same) == 1 and not findings.citations[same[0]].span.overlaps(span):
            fact = findings.citations[same[0]]
            if not any(span.overlaps(other) for other in fact.more):
                findings.citations[same[0]] = dataclasses.replace(fact, more=(*fact.more, span))


def _short_of(value: Citation, kind: str, bare: str) -> bool:
    number = (value.number or "").replace("-", "/").split("/")[0]
    return value.doc_type == kind and number == bare


def _words(reading: Reading, span: Span | None) -> str | None:
    return " ".join(span.of(reading.text).split()) if span else None


def _key(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()
