"""The scripts that make pairs of lines for the channel, on lines of our own."""

import random

import pytest
from PIL import Image

from normalize.build import layer_pairs, synthetic_pairs
from normalize.build.channel import LAYER, count_pairs, read_rows, table, train
from normalize.build.gold_pairs import gold_pairs, write_pairs

READ = "Sở Y tế giao các phòng chuyên môn rà soát\nVăn phòng tổng hợp kết quả thực hiện của các đơn vị\n"


def test_gold_pairs_leave_out_doubtful_and_empty_lines(tmp_path):
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "restore_dev.tsv").write_text("1\tké hoach\tkế hoạch\n2\tl{i\tlời\n3\t\ttrống\n4\tS6:\tSố:\n", "utf-8")
    (gold / "restore_dev.exclude.txt").write_text("# doubtful\n2 # junk\n", "utf-8")
    assert gold_pairs(tmp_path) == [("ké hoach", "kế hoạch"), ("S6:", "Số:")]


def test_written_pairs_are_read_back_without_stray_tabs(tmp_path):
    path = tmp_path / "pairs.tsv"
    assert write_pairs(path, [("S6\tY té", "Sở Y tế")]) == 1
    assert read_rows(path) == [("S6 Y té", "Sở Y tế")]


def test_layer_lines_find_their_reading_whatever_the_order():
    layer = "V~n phong t6ng hgp k€t qua thuc hien cua cac dom vi\nSo Y t6 giao cac phong chuyen mon ra soat\n"
    seen, true = zip(*layer_pairs.match_lines(layer, READ), strict=True)
    assert seen == tuple(layer.splitlines())
    assert true == tuple(READ.splitlines()[::-1])


@pytest.mark.parametrize(
    ("layer", "reading"),
    [
        ("So Y t6 giao cac phong chuyen mon ra soat", "S& Y té giao cac phéng chuyén m6n ra sodt"),
        ("Hoc sinh nghi he tu tuan sau", READ),
        ("So Y te", READ),
    ],
    ids=["a page read badly", "a line that was not read", "too few words"],
)
def test_what_has_no_truth_gives_no_pair(layer, reading):
    assert list(layer_pairs.match_lines(layer, reading)) == []


def test_synthetic_lines_go_to_the_reading_they_resemble():
    got = ["Van phong téng hop", "S& Y té giao"]
    assert list(synthetic_pairs.match_lines(got, ["Sở Y tế giao", "Khác hẳn một trời một vực"])) == [
        ("S& Y té giao", "Sở Y tế giao")
    ]
    assert list(synthetic_pairs.match_lines([], ["Sở Y tế giao"])) == []


def test_sampled_paragraphs_are_long_enough_plain_and_the_same_for_a_seed():
    lines = [f"{number} " + "tiếng " * 12 for number in range(3000)] + ["ngắn", "<b>" + "chữ " * 20] * 3000
    chosen = synthetic_pairs.choose(lines, random.Random(4))
    assert chosen == synthetic_pairs.choose(lines, random.Random(4))
    assert chosen
    assert all("tiếng" in line for line in chosen)


def test_spoiling_is_the_same_for_a_seed_and_other_for_another(tmp_path):
    def spoilt(seed):
        press = synthetic_pairs.Press([], tmp_path, random.Random(seed), seed)
        return press.page()[0].tobytes()

    assert spoilt(3) == spoilt(3) != spoilt(5)
    assert len(set(spoilt(3))) > 1


def test_lighter_pairs_weigh_less_in_the_table():
    heavy = table(train(count_pairs([("té", "tế")] * 5)))
    light = table(train(count_pairs([("té", "tế")] * 5, LAYER)))
    assert "ế\té\t5" in heavy
    assert "ế\té\t1.5" in light


def test_pages_are_rendered_and_read(tmp_path):
    pdf = tmp_path / "page.pdf"
    Image.new("L", (120, 60), 255).save(pdf)
    sizes = []
    [(layer, reading)] = layer_pairs.pages(pdf, lambda image: sizes.append(image.size) or "đọc")
    assert (layer, reading) == ("", "đọc")
    [(wide, high)] = sizes
    assert abs(wide - 500) <= 2  # 120 dots at 72 dpi
    assert abs(high - 250) <= 2
