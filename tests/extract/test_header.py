"""Headers in the styles that offices use; what is not read for certain is flagged, never guessed."""

import datetime as dt

import pytest
from letters import DECISION, FOOT, LETTER, MOTTO, PARTY, codes, facts, header, scanned

from extract.header.issuer import read_issuer


def test_a_letter_of_a_department_in_full() -> None:
    found = header(LETTER)
    assert (found.number, found.date, found.doc_type) == ("215/SYT-NVY", dt.date(2026, 3, 9), "công văn")
    assert (found.issuer, found.parent_issuer) == ("Sở Y tế tỉnh Cà Mau", "Ủy ban nhân dân tỉnh Cà Mau")
    assert found.subject == "V/v rà soát danh mục thuốc tại các trạm y tế"
    assert found.addressees == ("Các bệnh viện đa khoa tỉnh", "Trung tâm Y tế các khu vực")
    assert (found.signer_name, found.signer_title) == ("Lý Văn Khánh", "Phó Giám đốc")
    assert found.signing_authority == "KT. GIÁM ĐỐC"
    assert found.distribution == ("Như trên", "Ban Giám đốc Sở (để b/c)", "Lưu: VT, NVY")
    assert found.place == "Cà Mau"
    assert not facts(LETTER).headers[0].needs_review


def test_each_field_points_to_its_place() -> None:
    evidence = header(LETTER).fields
    assert evidence["number"].span.of(LETTER) == "Số: 215/SYT-NVY"
    assert evidence["date"].span.of(LETTER) == "Cà Mau, ngày 09 tháng 3 năm 2026"
    assert evidence["place"].span.of(LETTER) == "Cà Mau"
    assert evidence["subject"].span.of(LETTER).startswith("V/v rà soát")


def test_right_column_first() -> None:
    text = LETTER.replace(f"UBND TỈNH CÀ MAU\nSỞ Y TẾ\n\n{MOTTO}", f"{MOTTO}\nUBND TỈNH CÀ MAU\nSỞ Y TẾ\n")
    assert header(text).issuer == "Sở Y tế tỉnh Cà Mau"
    assert header(text).number == "215/SYT-NVY"


def test_columns_on_shared_lines() -> None:
    text = f"""UBND TỈNH CÀ MAU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ Y TẾ Độc lập - Tự do - Hạnh phúc
Số: 31/SYT-VP Cà Mau, ngày 04 tháng 5 năm 2026
V/v trực lễ

Kính gửi: Các đơn vị trực thuộc Sở.

Sở Y tế đề nghị các đơn vị phân công trực đầy đủ trong dịp nghỉ lễ.

{FOOT}"""
    found = header(text)
    assert (found.number, found.date) == ("31/SYT-VP", dt.date(2026, 5, 4))
    assert (found.issuer, found.place) == ("Sở Y tế tỉnh Cà Mau", "Cà Mau")
    assert found.addressees == ("Các đơn vị trực thuộc Sở",)


def test_party_documents() -> None:
    found = header(PARTY)
    assert (found.number, found.doc_type) == ("05-NQ/ĐU", "nghị quyết")
    assert found.subject == "về nâng cao chất lượng sinh hoạt chi bộ"
    assert (found.signing_authority, found.signer_title) == ("T/M ĐẢNG ỦY", "Bí thư")
    assert found.issuer == "Đảng ủy Sở Y tế"


def test_two_issuers_and_two_signers() -> None:
    text = f"""SỞ Y TẾ
SỞ TÀI CHÍNH

{MOTTO}
Số: 12/HDLN-SYT-STC
Cà Mau, ngày 09 tháng 3 năm 2026

HƯỚNG DẪN LIÊN NGÀNH
Về thanh toán chi phí trực

Hai Sở thống nhất hướng dẫn các đơn vị thực hiện như sau.

KT. GIÁM ĐỐC SỞ TÀI CHÍNH
PHÓ GIÁM ĐỐC

Võ Thị Lan

GIÁM ĐỐC SỞ Y TẾ

Phạm Văn Hòa
"""
    found = header(text)
    assert found.issuers == ("Sở Y tế", "Sở Tài chính")
    assert found.signers == ("Võ Thị Lan", "Phạm Văn Hòa")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Số: 12 /SYT-NVY", "12/SYT-NVY"),
        ("Số: 2 /2025/QĐ-UBND", "2/2025/QĐ-UBND"),
        ("Số: 181 /QĐÐ-UBND", "181/QĐ-UBND"),
        ("Số: 30c/NQ-CP", "30c/NQ-CP"),
        ("Số:1067/BVPS", "1067/BVPS"),
        ("Số: 154/CTPH-LĐLĐ-SVH,TT,DL", "154/CTPH-LĐLĐ-SVH,TT,DL"),
        ("Số: 45/VP-KH&CĐS", "45/VP-KH&CĐS"),
        ("Số 15-CV/UBND", "15-CV/UBND"),
    ],
)
def test_forms_of_numbers(printed: str, expected: str) -> None:
    assert header(LETTER.replace("Số: 215/SYT-NVY", printed)).number == expected


@pytest.mark.parametrize("printed", ["Số:      /SYT-NVY", "Số: ....../SYT-NVY", "Số:"])
def test_a_blank_number_is_none_and_told(printed: str) -> None:
    text = LETTER.replace("Số: 215/SYT-NVY", printed)
    assert header(text).number is None
    assert "number-blank" in codes(text)


def test_a_number_without_its_label_is_doubtful() -> None:
    text = LETTER.replace("Số: 215/SYT-NVY", "215 /SYT-NVY")
    assert header(text).number == "215/SYT-NVY"
    assert "number-doubtful" in codes(text)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Cà Mau, ngày 09 tháng năm 2026", "date-no-month"),
        ("Cà Mau, ngày    tháng    năm 2026", "date-blank"),
        ("Cà Mau, ngày    tháng 3 năm 2026", "date-no-day"),
        ("Cà Mau, ngày 39 tháng 3 năm 2026", "date-unreadable"),
    ],
)
def test_an_incomplete_date_is_none_and_told(printed: str, code: str) -> None:
    text = LETTER.replace("Cà Mau, ngày 09 tháng 3 năm 2026", printed)
    assert header(text).date is None
    assert code in codes(text)


def test_a_missing_date_is_not_a_blank_one() -> None:
    text = LETTER.replace("Cà Mau, ngày 09 tháng 3 năm 2026", "")
    assert header(text).date is None
    assert "date-missing" in codes(text)


def test_digits_read_badly_give_no_number() -> None:
    found = scanned(LETTER.replace("Số: 215/SYT-NVY", "Số: 215 /SYT-NVY"), {"215": 0.2, "09": 0.2})
    assert header(found).number is None
    assert header(found).date is None
    issue = next(issue for issue in facts(found).issues if issue.code == "number-unreadable")
    assert issue.alternatives == ("215/SYT-NVY",)


def test_digits_read_fairly_are_given_and_flagged() -> None:
    found = scanned(LETTER, {"215/SYT-NVY": 0.7})
    assert header(found).number == "215/SYT-NVY"
    assert facts(found).headers[0].needs_review


def test_an_empty_number_on_a_scan_may_be_handwriting() -> None:
    found = scanned(LETTER.replace("Số: 215/SYT-NVY", "Số: /SYT-NVY"), {})
    assert "number-unreadable" in codes(found)


def test_a_draft_never_has_a_number() -> None:
    text = "DỰ THẢO\n" + LETTER
    found = header(text)
    assert (found.number, found.kind, found.draft) == (None, "draft", True)


@pytest.mark.parametrize("mark", ["DỰ THẢO", "Dự thảo lần 2", "(Dự thảo ngày 12/3/2026)", "BẢN DỰ THẢO"])
def test_marks_of_a_draft(mark: str) -> None:
    assert header(f"{mark}\n{LETTER}").draft


def test_a_subject_about_a_draft_is_no_draft() -> None:
    text = LETTER.replace("V/v rà soát danh mục thuốc\ntại các trạm y tế", "V/v góp ý\ndự thảo Nghị định")
    assert not header(text).draft
    assert header(text).subject == "V/v góp ý dự thảo Nghị định"


def test_a_province_that_is_in_no_list() -> None:
    text = LETTER.replace("CÀ MAU", "SÔNG NGÂN").replace("Cà Mau", "Sông Ngân")
    assert header(text).issuer == "Sở Y tế tỉnh Sông Ngân"
    assert header(text).parent_issuer == "Ủy ban nhân dân tỉnh Sông Ngân"


def test_older_house_style() -> None:
    text = LETTER.replace("V/v rà soát", "Về việc rà soát").replace("UBND TỈNH", "UỶ BAN NHÂN DÂN TỈNH")
    found = header(text)
    assert found.subject == "Về việc rà soát danh mục thuốc tại các trạm y tế"
    assert found.parent_issuer == "Ủy ban nhân dân tỉnh Cà Mau"


def test_decision_plan_and_annex() -> None:
    first, plan, annex = (header(DECISION, part) for part in (1, 2, 3))
    assert (first.doc_type, first.number) == ("quyết định", "77/QĐ-BNV")
    assert first.subject == "Về việc ban hành Kế hoạch kiểm tra công vụ năm 2026"
    assert (plan.kind, plan.doc_type, plan.number, plan.date) == ("annex", "kế hoạch", None, None)
    assert plan.issuer == "Bộ Nội vụ"
    assert annex.subject == "Phụ lục II. Danh sách đơn vị được kiểm tra"
    assert annex.relation_to_previous == "attached"


def test_official_telegram() -> None:
    text = f"""ỦY BAN NHÂN DÂN
TỈNH CÀ MAU

{MOTTO}
Số: 08/CĐ-UBND
Cà Mau, ngày 11 tháng 9 năm 2026

HỎA TỐC HẸN GIỜ

CÔNG ĐIỆN
Về việc ứng phó với triều cường

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:

- Giám đốc các sở, ban, ngành;
- Chủ tịch UBND các xã, phường.

CHỦ TỊCH


Huỳnh Văn Sơn
"""
    found = header(text)
    assert (found.doc_type, found.urgency) == ("công điện", "hỏa tốc hẹn giờ")
    assert found.issuer == "Ủy ban nhân dân tỉnh Cà Mau"
    assert found.subject == "Về việc ứng phó với triều cường"
    assert found.signer_name == "Huỳnh Văn Sơn"


def test_incoming_stamp_is_no_number_and_no_date_of_the_letter() -> None:
    stamp = "TRUNG TÂM Y TẾ NĂM CĂN\nCÔNG VĂN ĐẾN\nSố: 619\nNgày: 31/3/2026\n\n"
    text = LETTER.replace("Kính gửi:", f"{stamp}Kính gửi:")
    found = header(text)
    assert (found.number, found.date) == ("215/SYT-NVY", dt.date(2026, 3, 9))
    assert (found.incoming_number, found.incoming_date) == ("619", dt.date(2026, 3, 31))


def test_signing_captions_are_furniture() -> None:
    caption = "Ký bởi: Sở Y tế\nThời gian ký: 10/3/2026 08:15:00\n\n"
    found = header(caption + LETTER)
    assert found.date == dt.date(2026, 3, 9)
    assert found.issuer == "Sở Y tế tỉnh Cà Mau"


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["BỘ QUỐC PHÒNG", "BỘ TƯ LỆNH QUÂN KHU 9"], "Bộ Tư lệnh Quân khu 9"),
        (["CỤC HẢI QUAN", "CHI CỤC HẢI QUAN KHU VỰC II"], "Chi cục Hải quan khu vực II"),
        (["UBND PHƯỜNG SÔNG NGÂN", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"], "Trung tâm Phục vụ hành chính công"),
        (["BAN QUẢN LÝ DỰ ÁN", "ĐẦU TƯ XÂY DỰNG CẦU CẢNG"], "Ban Quản lý dự án đầu tư xây dựng cầu cảng"),
        (["BAN TỔ CHỨC TRUNG ƯƠNG"], "Ban Tổ chức Trung ương"),
        (["SỞ TƯ PHÁP TỈNH SÔNG NGÂN"], "Sở Tư pháp tỉnh Sông Ngân"),
    ],
)
def test_issuers_in_running_case(lines: list[str], issuer: str) -> None:
    found = read_issuer(lines, None)
    assert found is not None
    assert (found.issuer, len(found.all)) == (issuer, 1)
