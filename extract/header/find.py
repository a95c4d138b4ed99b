"""The header component: one `Header` for each part, from its blocks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from corpus.span import Span
from extract.evidence import certainty, evidence
from extract.facts import Fact, FieldEvidence, Header, Issue, Part
from extract.header.dates import DateReading, read_date
from extract.header.gazette import read_gazette
from extract.header.issuer import as_written, issuer_lines, read_issuer
from extract.header.issues import MESSAGES
from extract.header.lists import addressees, distribution, wired_to
from extract.header.lost import lost_subject
from extract.header.number import CERTAIN, NumberReading, read_number, type_of_symbol
from extract.header.routing import routed
from extract.header.secrecy import secrecy_in
from extract.header.signature import read_signature
from extract.header.stamp import read_stamp
from extract.header.subject import annex_subject, letter_subject, slip_subject, titled
from extract.parts.marks import mark_of
from extract.source import Findings, Source, findings_of, source_of
from extract.tokens import norm
from extract.units.names import is_person

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ANNEX_TYPES = ("danh mục", "danh sách", "đề cương", "bộ tiêu chí", "lịch công tác", "quy trình")

_SENT = ("TTr", "BC", "GM", "TB", "KH", "QĐ", "PC", "PG")  # types that may have addressees and no «V/v»


@Language.factory("congvan_header")
def create_header(nlp: Language, name: str) -> HeaderComponent:  # noqa: ARG001
    """Make the component that reads the head and foot of each part."""
    return HeaderComponent()


class HeaderComponent:
    """Reads the header of every part and the issues that go with it."""

    def __call__(self, doc: Doc) -> Doc:
        """Add one header per part, in order."""
        source, findings = source_of(doc), findings_of(doc)
        for fact in [fact for fact in findings.parts if fact.value.kind == "document"]:
            reader = HeaderReader(source, findings, fact)
            findings.headers.append(reader.read())
            findings.issues += reader.issues
        return doc


@dataclass
class HeaderReader:
    """Reads one part. ``values`` and ``fields`` fill up as its blocks are read."""

    source: Source
    findings: Findings
    part: Fact[Part]
    values: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, FieldEvidence] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def read(self) -> Fact[Header]:
        """The header with the evidence of each field."""
        self._marks()
        self._title()
        self._gazette()
        self._number()
        self._date()
        self._issuer()
        self._lists()
        self._signature()
        self._stamp()
        self._kind()
        values = {name: value for name, value in self.values.items() if value is not None}
        header = Header(part=self.part.part, fields=self.fields, **values)
        return self._fact(header)

    def blocks(self, *kinds: str) -> list[Span]:
        """Spans of this part's blocks of these kinds."""
        return [fact.span for fact in self._own if fact.value.kind in kinds]

    @cached_property
    def _own(self) -> list[Fact[Part]]:
        return [fact for fact in self.findings.parts if fact.part == self.part.part]

    def _fact(self, header: Header) -> Fact[Header]:
        head = self.blocks("issuer", "national-motto", "number", "place-date", "title", "annex-title", "subject")
        span = head[0] if head else Span(self.part.span.start, self.part.span.start)
        if not head:
            inside = self.source.lines_in(self.part.span)
            span = next((line.span for line in inside if not line.blank), self.part.span)
        review = any(found.needs_review for found in self.fields.values()) or bool(self.issues)
        confidence = min((found.confidence for found in self.fields.values()), default=0.5)
        return Fact(header, span, "header", confidence, self.part.part, review)

    def _set(self, name: str, value: object, span: Span, rule: str, *, review: bool = False) -> None:
        if value is None or value == () or name in self.values:
            return
        self.values[name] = value
        self.fields[name] = evidence(self.source, span, rule, review=review)

    def _issue(self, code: str, span: Span, alternatives: tuple[str, ...] = ()) -> None:
        self.issues.append(Issue(code, MESSAGES[code], span, self.part.part, alternatives))

    def _marks(self) -> None:
        for span in self.blocks("mark"):
            mark = mark_of(span.of(self.source.text))
            if mark and mark.kind == "urgency":
                self._set("urgency", mark.value, span, "mark.urgency", review=not mark.sure)
            elif mark is None:
                self.values["draft"] = True
                self._issue("draft", span)
        for line in self.source.lines_in(self.part.span):
            stamped = mark_of(line.text) if line.kind == "stamp" else None
            if stamped and stamped.kind == "urgency":
                self._set("urgency", stamped.value, line.span, "mark.stamp", review=not stamped.sure)
        found = secrecy_in(self.source, self.part.span)
        if found:
            value, span, sure = found
            self._set("secrecy", value, span, "mark.secrecy", review=not sure)
            self._issue("secrecy" if sure else "secrecy-doubtful", span)

    def _title(self) -> None:
        for span in self.blocks("title"):
            kind, subject = titled(span.of(self.source.text).split("\n"))
            annex = kind in _ANNEX_TYPES
            self._set("doc_type", "phụ lục" if annex else kind, span, "title.type")
            if annex:
                subject = annex_subject(span.of(self.source.text).split("\n"))
            self._set("subject", subject, span, "title.subject")
            self._lost(kind)
        for span in self.blocks("subject"):
            self._set("subject", letter_subject(span.of(self.source.text)), span, "subject.v-v")
        if self.part.rule == "part.annex":
            for span in self.blocks("annex-title")[:1]:
                self._set("doc_type", "phụ lục", span, "annex.type")
                self._set("subject", annex_subject(span.of(self.source.text).split("\n")), span, "annex.title")

    def _lost(self, kind: str | None) -> None:
        """The whole subject where a stamp hides the first line of the title and the text repeats it."""
        body = self.blocks("basis", "body")
        subject = self.values.get("subject")
        if not (kind and subject and body):
            return
        told = lost_subject(self.source.text, Span(body[0].start, body[-1].end), kind, subject)
        if told:
            self.values["subject"] = told[0]
            self.fields["subject"] = evidence(self.source, told[1], "subject.repeated", review=True)

    def _gazette(self) -> None:
        """Without any letterhead the first sentence may hold everything; a person should look all the same."""
        if self.part.rule != "part.dispatch" or self.blocks("national-motto", "number", "place-date"):
            return
        found = read_gazette(self.source.text, self.part.span)
        if found is None:
            return
        for name in ("doc_type", "issuer", "number", "date", "subject"):
            self._set(name, getattr(found, name), found.span, "gazette.title", review=name in ("number", "date"))

    def _number(self) -> None:
        if self.part.rule == "part.annex" or (self.part.rule == "part.slip" and not self.blocks("national-motto")):
            return
        readings = [read_number(self.source, span, self.values.get("doc_type")) for span in self.blocks("number")]
        found = next((reading for reading in readings if reading and reading.symbol), None) or next(
            (reading for reading in readings if reading), None
        )
        if found is None:
            return
        self._take_number(found)

    def _take_number(self, found: NumberReading) -> None:
        self.values["number_printed"] = found.printed
        if self.values.get("draft") and found.value:
            found = replace(found, value=None, state="blank")
        review = found.state != "read"
        if found.value:
            self._set("number", found.value, found.span, "number.printed", review=review)
        if review:
            self._issue(f"number-{found.state}", found.span, found.alternatives)
        letter = self.blocks("subject") or (self.blocks("addressees") and found.symbol.split("-")[0] not in _SENT)
        if not letter:
            self._set("doc_type", type_of_symbol(found.symbol), found.span, "number.symbol")

    def _date(self) -> None:
        if self.part.rule == "part.annex":
            return  # what stands there belongs to a blank form
        readings = [read_date(self.source, span) for span in self.blocks("place-date")]
        found = next((reading for reading in readings if reading), None)
        if found is not None:
            self._take_date(found)

    def _take_date(self, found: DateReading) -> None:
        self.values["date_printed"] = found.printed
        if found.place and found.place_span:
            self._set("place", found.place, found.place_span, "date.place")
        if found.value and found.state in ("read", "doubtful"):
            self._set("date", found.value, found.span, "date.printed", review=found.state != "read")
        if found.state != "read":
            self._issue(f"date-{found.state}", found.span, found.alternatives)

    def _issuer(self) -> None:
        spans = self.blocks("issuer")
        found = read_issuer(issuer_lines(spans, self.source.text), self.values.get("place")) if spans else None
        if found is None:
            return
        span = spans[0].cover(spans[-1])
        self._set(
            "issuer", as_written(found.issuer, self.source.text), spans[-1], "issuer.printed", review=found.doubtful
        )
        self._set("parent_issuer", found.parent, span, "issuer.superior")
        self.values["issuers"] = found.all if len(found.all) > 1 else ()

    def _lists(self) -> None:
        for span in self.blocks("addressees"):
            self._set("addressees", addressees(span.of(self.source.text)), span, "addressees")
        wired = wired_to(self.part.span.of(self.source.text)) if self.values.get("doc_type") == "công điện" else None
        if wired:
            span = wired.shift(self.part.span.start)
            self._set("addressees", addressees(span.of(self.source.text)), span, "addressees.wired")
        copies = self.blocks("distribution")
        if copies:
            text = "\n".join(span.of(self.source.text) for span in copies)
            self._set("distribution", distribution(text), copies[0].cover(copies[-1]), "distribution")

    def _signature(self) -> None:
        spans = self.blocks("signature")
        if not spans:
            return
        text = "\n".join(span.of(self.source.text) for span in spans)
        found = read_signature(text.split("\n"))
        span = spans[0].cover(spans[-1])
        name_at = next((line for line in spans[-1:]), span)
        weak = certainty(self.source, name_at) < CERTAIN or (found.name is not None and not is_person(found.name))
        self._set("signer_name", found.name, name_at, "signature.name", review=weak)
        self._set("signer_title", found.title, span, "signature.office", review=found.doubtful)
        self._set("signing_authority", found.authority, span, "signature.authority")
        if found.name is None:
            self._issue("signer-missing", span)
        self.values["signers"] = (*found.others, found.name) if found.others and found.name else ()

    def _stamp(self) -> None:
        for span in self.blocks("stamp"):
            found = read_stamp(self.source.text, span)
            if found is None:
                continue
            weak = certainty(self.source, span) < CERTAIN
            if found.number and found.number_span:
                self._set("incoming_number", found.number, found.number_span, "stamp.number", review=weak)
            if found.date and found.date_span:
                self._set("incoming_date", found.date, found.date_span, "stamp.date", review=weak)
            if weak:
                self._issue("incoming-doubtful", span)
            return

    def _kind(self) -> None:
        kind = self.part.rule.removeprefix("part.")
        previous = [fact.value for fact in self.findings.headers]
        if kind == "slip":
            self._slip(previous)
        elif kind == "annex":
            self._annex(previous)
        elif previous:
            self.values["relation_to_previous"] = "attached"
        if kind == "dispatch":
            self._missing()
            if self.blocks("addressees", "subject", "number"):
                self._set("doc_type", "công văn", self._place(), "type.letter")
        self.values["kind"] = "draft" if self.values.get("draft") else kind

    def _slip(self, previous: list[Header]) -> None:
        self.values["doc_type"] = "phiếu"
        self.values["relation_to_previous"] = "routing slip" if previous else None
        span = self._place()
        printed = next((where.of(self.source.text) for where in self.blocks("number")), "")
        routes = routed(printed, [header.number for header in previous if header.number])
        self.values["subject"] = slip_subject(norm(span.of(self.source.text).split("\n")[0]), routes)
        self.fields["subject"] = evidence(self.source, span, "slip.title")
        if printed:
            self.values["number_printed"] = printed

    def _annex(self, previous: list[Header]) -> None:
        self.values["relation_to_previous"] = "attached" if previous else None
        self._set("doc_type", "phụ lục", self._place(), "annex.type")
        carrier = next((header for header in reversed(previous) if header.kind == "dispatch"), None)
        if carrier and carrier.issuer:
            self._set("issuer", carrier.issuer, self._place(), "annex.issuer")

    def _place(self) -> Span:
        spans = self.blocks("title", "annex-title", "subject", "number", "addressees", "national-motto")
        return spans[0] if spans else Span(self.part.span.start, self.part.span.start)

    def _missing(self) -> None:
        """A dispatch without number, date or issuer is worth a look: unread is not absent."""
        for name in ("number", "date", "issuer"):
            told = any(issue.code.startswith(name) for issue in self.issues)
            if name not in self.values and not told:
                self._issue(f"{name}-missing", self._place())
        if not self.blocks("signature"):
            self._issue("signature-missing", self._place())
