from __future__ import annotations

from dataclasses import replace

import pytest
from dropped import letter

from congvan.pipeline import guarded, secrecy_mark, understand, unread_pages
from corpus.document import Document
from corpus.errors import SecretError
from corpus.layout import Line, LineKind, Page
from normalize.edits import Repaired


def document(*pages: str, kind: LineKind = "text") -> Document:
    made = [
        Page(number, 595, 842, tuple(Line(line, kind=kind) for line in page.split("\n")))
        for number, page in enumerate(pages, 1)
    ]
    return Document("a" * 64, "thư.pdf", tuple(made))


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "| MẬT |", "TOI MAT", "[ TUYỆT MẬT ]", "TỐIMẬT"])
def test_a_secrecy_stamp_stops_a_dispatch_on_any_page(mark: str):
    assert secrecy_mark(document(letter(), letter(1, mark)))


@pytest.mark.parametrize("words", ["Mật", "bí mật", "BẢO MẬT", "MẶT BẰNG", "MẬT ONG", "ĐỘ MẬT: KHÔNG", "mat"])
def test_other_words_are_no_stamp(words: str):
    assert secrecy_mark(document(letter(1, words))) is None


def test_a_table_about_secrecy_and_a_late_line_are_no_stamp():
    assert secrecy_mark(document("TỐI MẬT", kind="table")) is None
    assert secrecy_mark(document("\n".join([*["một dòng"] * 25, "MẬT"]))) is None
    assert secrecy_mark(document("\n".join([*["một dòng"] * 25, "MẬT"]), kind="stamp"))


def test_a_mark_that_only_the_extractor_sees_stops_it_too():
    reading = understand(document(letter()))
    assert guarded(reading) is reading
    header = replace(reading.facts.headers[0], value=replace(reading.facts.headers[0].value, secrecy="Mật"))
    with pytest.raises(SecretError):
        guarded(replace(reading, facts=replace(reading.facts, headers=(header,))))


def test_a_page_that_could_not_be_read_asks_for_a_look():
    read = document("một", "hai ba", "bốn")
    pages = (read.pages[0], replace(read.pages[1], unread=True), read.pages[2])
    [issue] = unread_pages(replace(read, pages=pages), Repaired.untouched(read.text))
    assert (issue.code, issue.span.of(read.text)) == ("page-unread", "hai ba")
    assert understand(replace(read, pages=pages)).needs_review
