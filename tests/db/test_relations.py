"""Citations find the dispatch that they mean, whichever comes first; repeats and wrong order are told, both sides."""

from __future__ import annotations

import datetime as dt

import invented
import pytest

from corpus.span import Span
from db.relations import same_issuer
from db.store import Store
from extract.facts import Citation, Fact, Facts, Header, Issue
from normalize.edits import Repaired

OFFICE = "Sở Xây dựng tỉnh Lam Giang"


def kept(
    store: Store, name: str, number: str | None, day: str | None, *, issuer: str = OFFICE,
    cites: Citation | None = None, issue: Issue | None = None, at: str = invented.AT,
) -> str:  # fmt: skip
    document = invented.document(name, f"{name} một trang chữ")
    span = Span(0, len(name))
    head = Header(1, number=number, issuer=issuer, date=dt.date.fromisoformat(day) if day else None)
    facts = Facts(
        headers=(Fact(head, span, "header", 0.9),),
        citations=(Fact(cites, span, "citations.number", 0.9),) if cites else (),
        issues=(issue,) if issue else (),
    )
    store.save(document, Repaired.untouched(document.text), facts, at=at)
    return document.id


def citing(number: str, day: str | None = None, issuer: str | None = OFFICE, relation: str = "trả lời") -> Citation:
    return Citation(number, None, issuer, dt.date.fromisoformat(day) if day else None, relation, number)  # type: ignore[arg-type]


def links(store: Store) -> list[tuple[str, str, int]]:
    return store.all("SELECT document_id, cited_document_id, cited_sure FROM cited_documents ORDER BY 1, 2")


def test_a_citation_finds_its_dispatch_whichever_comes_first(store: Store) -> None:
    reply = kept(store, "a.txt", "9/SXD-VP", "2026-05-04", cites=citing("7/SXD-VP", "2026-04-02"))
    assert links(store) == []
    assert store.all("SELECT number, documents FROM not_received") == [("7/SXD-VP", 1)]
    asked = kept(store, "b.txt", "07/SXD-VP", "2026-04-02", at=invented.LATER)
    assert links(store) == [(reply, asked, 1)]
    assert store.all("SELECT * FROM not_received") == []
    kept(store, "b.txt", "07/SXD-VP", "2026-04-02", at=invented.LATER)
    assert links(store) == [(reply, asked, 1)]
    store.forget(asked)
    assert links(store) == []
    assert store.all("SELECT count(*) FROM not_received") == [(1,)]


@pytest.mark.parametrize(
    ("number", "day", "issuer"),
    [
        ("7/SXD-VP", "2025-04-02", OFFICE),
        ("7/SXD-VP", "2026-04-02", "Sở Tài chính"),
        ("7/SXD-TC", "2026-04-02", OFFICE),
    ],
)
def test_another_year_issuer_or_symbol_is_another_dispatch(store: Store, number: str, day: str, issuer: str) -> None:
    kept(store, "a.txt", "9/SXD-VP", "2026-05-04", cites=citing("7/SXD-VP", "2026-04-02"))
    kept(store, "b.txt", number, day, issuer=issuer)
    assert links(store) == []


def test_one_of_two_that_fit_is_not_guessed(store: Store) -> None:
    kept(store, "b.txt", "7/KH-UBND", "2026-04-02", issuer="UBND xã Bãi Dài")
    kept(store, "c.txt", "7/KH-UBND", "2026-04-09", issuer="UBND xã Cồn Sẻ")
    kept(store, "a.txt", "9/SXD-VP", "2026-05-04", cites=citing("7/KH-UBND", issuer=None))
    assert links(store) == []


def test_a_flagged_number_is_found_by_its_other_reading_and_the_link_says_so(store: Store) -> None:
    doubt = Issue("number-unreadable", "Số viết tay.", Span(0, 3), alternatives=("7/SXD-VP", "1/SXD-VP"))
    asked = kept(store, "b.txt", None, "2026-04-02", issue=doubt)
    reply = kept(store, "a.txt", "9/SXD-VP", "2026-05-04", cites=citing("7/SXD-VP"))
    assert links(store) == [(reply, asked, 0)]
    ((dispatch,),) = store.all("SELECT id FROM dispatches WHERE document_id = ?", asked)
    store.correct("dispatches", dispatch, "number", "7/SXD-VP", by_whom="Lan", at=invented.LATER)
    assert links(store) == [(reply, asked, 1)]
    store.correct("dispatches", dispatch, "number", "1/SXD-VP", by_whom="Lan", at=invented.LATER)
    assert links(store) == []  # a person has read it: the other readings are out


def issues(store: Store, code: str) -> list[tuple[str, str | None, str]]:
    return store.all("SELECT document_id, alternatives, other_id FROM issues WHERE code = ? ORDER BY 1", code)


def test_the_same_dispatch_in_another_file_is_told_and_linked(store: Store) -> None:
    first = kept(store, "a.pdf", "7/SXD-VP", "2026-04-02")
    again = kept(store, "lại.pdf", "7/SXD-VP", "2026-04-02", at=invented.LATER)
    kept(store, "năm trước.pdf", "7/SXD-VP", "2025-04-02", at=invented.LATER)
    assert issues(store, "same-dispatch") == [(again, None, first)]
    assert [row["id"] for row in store.similar(first)] == [again]
    assert [row["id"] for row in store.similar(again)] == [first]
    assert store.outcome(again) == "review"
    store.forget(first)
    assert issues(store, "same-dispatch") == []


def test_numbers_in_order_are_no_issue(store: Store) -> None:
    for number, day in ((5, "2026-04-01"), (7, "2026-04-09"), (6, "2026-04-03"), (8, "2026-04-07")):
        kept(store, f"{number}.txt", f"{number}/SXD-VP", day)  # 8 was taken two days early: within the slack
    kept(store, "khác.txt", "2/SXD-TC", "2026-12-01")
    kept(store, "nơi khác.txt", "4/SXD-VP", "2026-12-01", issuer="Sở Tài chính")
    assert issues(store, "number-order") == []


def test_a_day_against_the_order_of_the_series_is_an_issue_with_the_neighbours_days(store: Store) -> None:
    for number, day in ((5, "2026-04-01"), (6, "2026-04-03"), (8, "2026-04-07"), (9, "2026-04-20")):
        kept(store, f"{number}.txt", f"{number}/SXD-VP", day)
    wrong = kept(store, "7.txt", "7/SXD-VP", "2026-09-04", at=invented.LATER)
    ((document, alternatives, _),) = issues(store, "number-order")
    assert (document, alternatives) == (wrong, "2026-04-07; 2026-04-20")
    ((dispatch,),) = store.all("SELECT id FROM dispatches WHERE document_id = ?", wrong)
    store.correct("dispatches", dispatch, "date", "2026-04-04", by_whom="Lan", at=invented.LATER)
    assert issues(store, "number-order") == []


def test_the_odd_one_is_told_when_the_others_come_after_it(store: Store) -> None:
    odd = kept(store, "5.txt", "5/SXD-VP", "2026-09-01")
    for number, day in ((6, "2026-04-03"), (7, "2026-04-07"), (8, "2026-04-20")):
        kept(store, f"{number}.txt", f"{number}/SXD-VP", day, at=invented.LATER)
    assert odd in {document for document, *_ in issues(store, "number-order")}
    kept(store, "7.txt", "7/SXD-VP", "2026-04-07", at=invented.LATER)
    assert {document for document, *_ in issues(store, "number-order")} >= {odd}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("UBND TP Lam Giang", "Ủy ban nhân dân thành phố Lam Giang", True),
        ("Sở Y tế", "Sở Y tế tỉnh Lam Giang", True),
        ("Sở Xâv dựng tỉnh Lam Giang", "Sở Xây dựng tỉnh Lam Giang", True),
        (None, "Sở Y tế", True),
        ("UBND tỉnh Lam Giang", "UBND tỉnh Bến Lúa", False),
    ],
)
def test_issuers_are_compared_as_people_read_them(one: str | None, other: str, same: bool) -> None:
    assert same_issuer(one, other) is same
