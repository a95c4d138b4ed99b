"""What it costs to leave something unseen, in looks: the prices, decided and kept in one place.

The cost of a value is how many looks it is worth spending to keep one wrong value from going unnoticed. A missed day
or a wrong number costs most, a supporting unit least.
"""

from __future__ import annotations

from typing import Final

LOOK: Final = 1.0
"""What a look costs: the unit of harm, and the harm from which a fact is worth one."""

COSTS: Final = {
    "documents.number": 20, "documents.date": 20, "documents.urgency": 10, "documents.issuer": 4,
    "documents.doc_type": 3, "documents.addressees": 3, "documents.subject": 2, "documents.signer_name": 2,
    "citations.number": 10, "citations.date": 5, "citations.issuer": 1.5, "citations.doc_type": 1,
    "citations.relation": 1,
    "deadlines.due": 20, "targets.value": 10,
    "obligations.due": 20, "obligations.task": 4, "obligations.lead": 8, "obligations.support": 1,
}  # fmt: skip
"""By kind of value, «table.column»."""

ISSUES: Final = {
    "number-unreadable": 12, "date-unreadable": 12, "number-doubtful": 8, "date-doubtful": 8, "deadline-odd": 6,
    "secrecy": 20, "date-disagrees": 8, "number-order": 6, "same-dispatch": 3, "date-witness": 5, "weekday-differs": 5,
    "citation-dates-differ": 3, "citation-unclear": 3, "page-unread": 4, "signature-broken": 3,
    "figures-disputed": 6, "figures-unclear": 6, "sequence-differs": 5, "citation-numbers-alike": 3,
    "issuer-witness": 3, "signer-witness": 1,
    "signer-missing": 0.5, "signature-missing": 0.5, "number-blank": 0.2, "draft": 0.2,
}  # fmt: skip
"""The harm of leaving an issue unseen, by its code; an unread number is known to be missing."""
_OTHER_ISSUE: Final = 2.0


def of_issue(code: str) -> float:
    """What leaving an issue unseen is expected to cost.

    >>> of_issue("number-unreadable") > LOOK > of_issue("draft")
    True
    """
    return float(ISSUES.get(code, _OTHER_ISSUE))


def worth_a_look(harm: float) -> bool:
    """Whether so much harm asks for a person."""
    return harm >= LOOK
