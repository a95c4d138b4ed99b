"""Figures read with doubt ask for a person; facts are span groups too."""

from letters import pipeline, scanned

from extract.pipeline import make_doc
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
