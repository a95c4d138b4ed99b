"""The header component: one `Header` for each part, from its blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from corpus.span import Span
from extract.evidence import certainty, evidence
from extract.facts import Fact, Header
from extract.header.dates import DateReading, read_date
from extract.header.draft import Draft
from extract.header.gazette import read_gazette
from extract.header.issuer import as_written, is_blank_form, issuer_lines, read_issuer
from extract.header.kind import name_kind
from extract.header.lists import addressees, distribution, wired_to
from extract.header.lost import lost_subject
from extract.header.number import CERTAIN, NumberReading, read_number, type_of_symbol
from extract.header.secrecy import secrecy_in
from extract.header.signature import read_signature
from extract.header.stamp import read_stamp
from extract.header.subject import annex_subject, letter_subject, titled
from extract.parts.marks import mark_of
from extract.source import findings_of, source_of
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


class HeaderReader(Draft):
    """Reads the blocks of one part, one after the other."""

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
        name_kind(self)
        values = {name: value for name, value in self.values.items() if value is not None}
        header = Header(part=self.part.part, fields=self.fields, **values)
        return self.fact(header)

    def _marks(self) -> None:
        for span in self.blocks("mark"):
            mark = mark_of(span.of(self.source.text))
            if mark and mark.kind == "urgency":
                self.put("urgency", mark.value, span, "mark.urgency", review=not mark.sure)
            elif mark is None:
                self.values["draft"] = True
                self.tell("draft", span)
        for line in self.source.lines_in(self.part.span):
            stamped = mark_of(line.text) if line.kind == "stamp" else None
            if stamped and stamped.kind == "urgency":
                self.put("urgency", stamped.value, line.span, "mark.stamp", review=not stamped.sure)
        found = secrecy_in(self.source, self.part.span)
        if found:
            value, span, sure = found
            self.put("secrecy", value, span, "mark.secrecy", review=not sure)
            self.tell("secrecy" if sure else "secrecy-doubtful", span)

    def _title(self) -> None:
        for span in self.blocks("title"):
            kind, subject = titled(span.of(self.source.text).split("\n"))
            annex = kind in _ANNEX_TYPES
            self.put("doc_type", "phụ lục" if annex else kind, span, "title.type")
            if annex:
                subject = annex_subject(span.of(self.source.text).split("\n"))
            self.put("subject", subject, span, "title.subject")
            self._lost(kind)
        for span in self.blocks("subject"):
            self.put("subject", letter_subject(span.of(self.source.text)), span, "subject.v-v")
        if self.part.rule == "part.annex":
            for span in self.blocks("annex-title")[:1]:
                self.put("doc_type", "phụ lục", span, "annex.type")
                self.put("subject", annex_subject(span.of(self.source.text).split("\n")), span, "annex.title")

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
            self.put(name, getattr(found, name), found.span, "gazette.title", review=name in ("number", "date"))

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
            self.put("number", found.value, found.span, "number.printed", review=review)
        if review:
            self.tell(f"number-{found.state}", found.span, found.alternatives)
        letter = self.blocks("subject") or (self.blocks("addressees") and found.symbol.split("-")[0] not in _SENT)
        if not letter:
            self.put("doc_type", type_of_symbol(found.symbol), found.span, "number.symbol")

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
            self.put("place", found.place, found.place_span, "date.place")
        if found.value and found.state in ("read", "doubtful"):
            self.put("date", found.value, found.span, "date.printed", review=found.state != "read")
        if found.state != "read":
            self.tell(f"date-{found.state}", found.span, found.alternatives)

    def _issuer(self) -> None:
        spans = self.blocks("issuer")
        lines = issuer_lines(spans, self.source.text)
        form = self.part.rule == "part.annex" and any(is_blank_form(line) for line in lines)
        found = read_issuer(lines, self.values.get("place")) if spans and not form else None
        if found is None:
            return
        span = spans[0].cover(spans[-1])
        self.put(
            "issuer", as_written(found.issuer, self.source.text), spans[-1], "issuer.printed", review=found.doubtful
        )
        self.put("parent_issuer", found.parent, span, "issuer.superior")
        self.values["issuers"] = found.all if len(found.all) > 1 else ()

    def _lists(self) -> None:
        for span in self.blocks("addressees"):
            self.put("addressees", addressees(span.of(self.source.text)), span, "addressees")
        wired = wired_to(self.part.span.of(self.source.text)) if self.values.get("doc_type") == "công điện" else None
        if wired:
            span = wired.shift(self.part.span.start)
            self.put("addressees", addressees(span.of(self.source.text)), span, "addressees.wired")
        copies = self.blocks("distribution")
        if copies:
            text = "\n".join(span.of(self.source.text) for span in copies)
            self.put("distribution", distribution(text), copies[0].cover(copies[-1]), "distribution")

    def _signature(self) -> None:
        spans = self.blocks("signature")
        if not spans:
            return
        text = "\n".join(span.of(self.source.text) for span in spans)
        found = read_signature(text.split("\n"))
        span = spans[0].cover(spans[-1])
        name_at = next((line for line in spans[-1:]), span)
        weak = certainty(self.source, name_at) < CERTAIN or (found.name is not None and not is_person(found.name))
        self.put("signer_name", found.name, name_at, "signature.name", review=weak)
        self.put("signer_title", found.title, span, "signature.office", review=found.doubtful)
        self.put("signing_authority", found.authority, span, "signature.authority")
        if found.name is None:
            self.tell("signer-missing", span)
        self.values["signers"] = (*found.others, found.name) if found.others and found.name else ()

    def _stamp(self) -> None:
        for span in self.blocks("stamp"):
            found = read_stamp(self.source.text, span)
            if found is None:
                continue
            weak = certainty(self.source, span) < CERTAIN
            if found.number and found.number_span:
                self.put("incoming_number", found.number, found.number_span, "stamp.number", review=weak)
            if found.date and found.date_span:
                self.put("incoming_date", found.date, found.date_span, "stamp.date", review=weak)
            if weak:
                self.tell("incoming-doubtful", span)
            return
