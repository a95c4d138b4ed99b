"""The judgement of pages and blocks."""

import pytest

from normalize.fold import fold
from normalize.quality import judge

CLEAN = """Căn cứ chức năng, nhiệm vụ được giao, Sở Y tế đề nghị các bệnh viện rà soát danh mục thiết bị,
lập dự toán kinh phí và gửi báo cáo trước ngày 15 tháng 4 năm 2026 để tổng hợp, trình cấp có thẩm quyền."""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CLEAN, "clean"),
        (CLEAN.upper(), "clean"),
        (fold(CLEAN), "stripped"),
        ("Can ct chite nang, nhiém vu duge giao, S& Y té dé nghi cac bénh vién ra sodt danh muc thiét bi", "garbled"),
        ("C6ng b6 Danh mgc thir tgc hanh chinh du-oc sfra d6i thuQc th6m quy6n gi6i quy6t cria S0 Y t6", "garbled"),
        ("3. Kiém tra, sip xép hé so cua don vi theo quy ché ndi by", "garbled"),
        ("QuyÕt ®Þnh cña Thñ t−íng ChÝnh phñ vÒ viÖc thµnh lËp Ban ChØ ®¹o", "legacy"),
        ("Thaønh phoá Hoà Chí Minh, ngaøy 12 thaùng 5 naêm 2003", "legacy"),
        ("ng°Ýi dân và các ¡n vË trñc thuÙc thñc hiÇn nhiÇm vå °ãc giao", "low-byte"),
        ("Ký bởi: Sở Y tế\nThời gian ký: 12.03.2026 10:11:12 +07:00", "caption"),
        ("This agreement is made between the parties and shall be governed by the laws of the state", "foreign"),
        ("", "none"),
        ("12/03/2026 — 45%", "none"),
    ],
)
def test_kind(text, kind):
    assert judge(text).kind == kind


def test_missing_glyphs():
    lost = "".join(
        letter for letter in CLEAN * 2 if letter not in "ưươđăĩũƯƠĐĂĨŨ" and not 0x1EA0 <= ord(letter) < 0x1F00
    )
    whole = " ".join(word for word in lost.split() if len(word) > 2 or word in ("y", "và", "có"))
    words = [word for word in CLEAN.split() if all(ord(c) < 0x100 for c in word)]
    assert judge(" ".join(words * 6)).kind == "missing-glyphs"
    assert judge(whole).score < judge(CLEAN).score


def test_score_orders_texts_by_how_vietnamese_they_are():
    garbled = "Can ct chite nang, nhiém vu duge giao, S& Y té dé nghi cac bénh vién ra sodt danh muc thiét bi"
    assert judge(CLEAN).score > 0.9 > 0.3 > judge(garbled).score >= judge(fold(CLEAN)).score


def test_both_seats_of_the_tone_count_as_written():
    assert judge("Uỷ ban hoà giải, chăm lo sức khoẻ nhân dân và quý vị đại biểu").score > 0.9
