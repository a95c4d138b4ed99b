"""Electronic signatures against what is printed: issues, never values."""

from dataclasses import replace

import pytest
from letters import LETTER, codes, document, facts

from corpus.document import Document, Witness

OWN = "Sở Y tế, Tỉnh Sông Lam"
TOLD = {"signature-broken", "date-witness", "issuer-witness", "signer-witness"}
SIGNED = "2026-03-10T08:00:00+07:00"


def signed(*witnesses: Witness, text: str = LETTER) -> Document:
    return replace(document(text), witnesses=witnesses)


def told(*witnesses: Witness, text: str = LETTER) -> set[str]:
    return codes(signed(*witnesses, text=text)) & TOLD


def printed() -> tuple[str, str]:
    found = facts(LETTER).headers[0].value
    return found.issuer or "", found.signer_name or ""


def test_the_issuers_own_signature_says_nothing_new():
    issuer, signer = printed()
    assert issuer
    assert signer
    assert told(Witness(signer.upper(), issuer, SIGNED, "valid")) == set()
    assert told(Witness(None, issuer.upper(), SIGNED, "valid")) == set()


@pytest.mark.parametrize(
    "office",
    [
        "TRUNG TÂM CÔNG BÁO VÀ TIN HỌC, VĂN PHÒNG, ỦY BAN NHÂN DÂN TỈNH BA",
        "CÔNG BÁO NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, VĂN PHÒNG CHÍNH PHỦ",
        "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ",
        "Văn phòng Ủy ban nhân dân tỉnh, Tỉnh Ba",
    ],
)
def test_gazettes_portals_and_offices_are_not_the_issuer(office: str):
    assert told(Witness(None, office, SIGNED, "valid")) == set()
    assert told(Witness("Trần Văn Thử", office, SIGNED, "valid")) == set()


@pytest.mark.parametrize("other", ["Sở Nội vụ, Tỉnh Ba", "ỦY BAN NHÂN DÂN TỈNH BA", "Bệnh viện Mắt"])
def test_another_organisation_that_signed_is_an_issue_and_no_value(other: str):
    found = facts(signed(Witness(None, other, SIGNED, "valid")))
    (issue,) = [issue for issue in found.issues if issue.code == "issuer-witness"]
    assert issue.alternatives == (other,)
    assert found.headers[0].value.issuer == printed()[0]


def test_another_person_that_signed_is_an_issue_and_no_value():
    found = facts(signed(Witness("Trần Văn Thử", printed()[0], SIGNED, "valid")))
    (issue,) = [issue for issue in found.issues if issue.code == "signer-witness"]
    assert issue.alternatives == ("Trần Văn Thử",)
    assert found.headers[0].value.signer_name == printed()[1]


def test_one_agreeing_signature_of_several_is_enough():
    issuer, signer = printed()
    assert (
        told(Witness("Trần Văn Thử", issuer, SIGNED), Witness(signer, issuer, SIGNED), Witness(None, "Bộ Ba", None))
        == set()
    )


@pytest.mark.parametrize(
    ("stamp", "odd"),
    [
        ("2026-03-08T23:00:00+07:00", True),
        ("2026-03-08T20:00:00+00:00", False),
        ("2026-03-09T00:10:00+07:00", False),
        ("2026-03-26T08:00:00+07:00", False),
        ("2026-03-27T08:00:00+07:00", True),
        ("gần đây", False),
    ],
)
def test_the_day_is_that_of_the_signature_or_some_days_before(stamp: str, odd: bool):
    assert ("date-witness" in told(Witness(None, printed()[0], stamp))) is odd


def test_offices_may_sign_later():
    assert told(Witness(None, "CÔNG BÁO", "2026-04-02T08:00:00+07:00")) == set()
    assert told(Witness(None, "CÔNG BÁO", "2026-05-02T08:00:00+07:00")) == {"date-witness"}


def test_a_broken_signature_is_told_once():
    issuer = printed()[0]
    found = facts(signed(*(Witness(None, issuer, SIGNED, "broken") for _ in range(3))))
    assert [issue.code for issue in found.issues].count("signature-broken") == 1
    assert told(Witness(None, issuer, SIGNED, "unknown")) == set()
