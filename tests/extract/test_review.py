"""Figures read with doubt ask for a person; facts are span groups too."""

from letters import pipeline, scanned

from corpus.span import Span
from extract.facts import Fact, FieldEvidence, Header
from extract.harm import LOOK
from extract.pipeline import make_doc
from extract.review import ReviewComponent
from normalize.edits import Repaired

TEXT = """Kính gửi: Các trạm y tế xã.

Thực hiện Kế hoạch số 41/KH-SYT ngày 02/02/2026 của Sở Y tế, đề nghị các trạm y tế xã gửi báo cáo trước ngày 15/3/2026.
"""


def facts(confidence):
    document = scanned(TEXT, confidence)
    nlp = pipeline()
    doc = nlp(make_doc(nlp, document, Repaired.untouched(document.text)))
    return doc, doc._.findings


def test_sure_figures_need_no_review():
    _, found = facts({})
    assert [fact.needs_review for fact in (*found.citations, *found.deadlines)] == [False, False]


def test_a_doubtful_number_marks_its_citation_only():
    _, found = facts({"41/KH-SYT": 0.41})
    assert [fact.needs_review for fact in (*found.citations, *found.deadlines)] == [True, False]
    assert found.citations[0].confidence <= 0.41


def test_a_doubtful_day_marks_its_deadline_only():
    _, found = facts({"15/3/2026.": 0.35})
    assert [fact.needs_review for fact in (*found.citations, *found.deadlines)] == [False, True]


def test_a_duty_with_a_doubtful_deadline_needs_a_look_too():
    _, sure = facts({})
    _, doubted = facts({"15/3/2026.": 0.35})
    assert doubted.obligations[0].value.due == sure.obligations[0].value.due
    assert doubted.obligations[0].needs_review


def test_a_doubtful_plain_word_marks_nothing():
    _, found = facts({"báo": 0.1})
    assert not any(fact.needs_review for fact in (*found.citations, *found.deadlines))


def test_facts_are_span_groups_labelled_with_their_rule():
    doc, found = facts({})
    assert [span.label_ for span in doc.spans["deadlines"]] == [fact.rule for fact in found.deadlines]
    assert "15/3/2026" in doc.spans["deadlines"][0].text
    assert len(doc.spans["obligations"]) == len(found.obligations) == 1


def test_a_sure_letter_asks_for_no_look_and_its_duty_has_little_harm():
    _, found = facts({})
    assert [fact.needs_review for fact in found.obligations] == [False]
    assert 0 < found.obligations[0].harm < LOOK
    assert 0.8 < found.obligations[0].confidence < 1


def test_a_badly_read_unit_makes_its_duty_worth_a_look():
    _, sure = facts({})
    _, found = facts({"trạm": 0.3})
    assert found.obligations[0].needs_review
    assert found.obligations[0].harm > sure.obligations[0].harm
    assert not found.deadlines[0].needs_review


def test_a_badly_read_symbol_marks_the_citation_and_says_what_it_may_cost():
    _, found = facts({"41/KH-SYT": 0.55})
    assert found.citations[0].needs_review
    assert found.citations[0].harm >= LOOK


def test_a_doubtful_signer_keeps_its_mark_but_alone_is_not_worth_a_look():
    nlp = pipeline()
    doc = make_doc(nlp, scanned(TEXT, {}), Repaired.untouched(TEXT))
    fields = {"signer_name": FieldEvidence(Span(0, 4), "signature.name", 0.4, needs_review=True)}
    dated = {**fields, "date": FieldEvidence(Span(0, 4), "date.printed", 0.4, needs_review=True)}
    doc._.findings.headers[:] = [
        Fact(Header(part, fields=held), Span(0, 4), "header", 0.4, part, needs_review=True)
        for part, held in ((1, fields), (2, dated))
    ]
    reviewed = ReviewComponent()(doc)._.findings.headers
    assert reviewed[0].value.fields["signer_name"].needs_review
    assert [fact.needs_review for fact in reviewed] == [False, True]
