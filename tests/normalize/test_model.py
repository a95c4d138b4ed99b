"""The language model, the two decoders and the channel, against what they must compute."""

import itertools
import math

import numpy as np
import pytest

from normalize.candidates import Search
from normalize.channel import Channel, expected_counts, prior, shipped_channel
from normalize.language_model import (
    BITS,
    LanguageModel,
    decode_counts,
    decode_keys,
    encode_counts,
    encode_keys,
    language_model,
    vocabulary,
)
from normalize.lattice import Arcs, Decoder, Lattice, Readings
from normalize.tokens import END, NUMBER, START
from normalize.viterbi import Slot, best_paths


def keys(*rows):
    packed = []
    for row in rows:
        number = 0
        for part in row:
            number = number << BITS | part
        packed.append(number)
    return np.array(sorted(packed), np.uint64)


def small_model():
    pairs = keys((START, 10), (10, 11), (10, 12), (11, END), (12, 13), (13, END))
    triples = keys((START, START, 10), (START, 10, 11), (START, 10, 12), (10, 11, END), (10, 12, 13), (12, 13, END))
    return LanguageModel(pairs, np.full(6, 4, np.uint64), triples, np.full(6, 4, np.uint64), 16)


def test_probabilities_of_a_context_sum_to_one():
    model = small_model()
    following = np.array([(START << BITS | 10) << BITS | word for word in range(16)], np.uint64)
    assert np.exp(model.triple_logs(following)).sum() == pytest.approx(1, abs=1e-3)
    assert np.exp(model.pair_logs(following & np.uint64((1 << 2 * BITS) - 1))).sum() == pytest.approx(1, abs=1e-3)


def test_shipped_model_knows_the_language():
    words, model = vocabulary(), language_model()

    def log(*syllables):
        ids = [words.id_of(syllable) for syllable in syllables]
        return float(model.triple_logs(keys(ids))[0])

    assert log("ủy", "ban", "nhân") > log("ủy", "ban", "nhận") + 3
    assert log("Sở", "Y", "tế") > log("Sở", "Y", "tê") + 3
    assert language_model() is model


@pytest.mark.parametrize("numbers", [[0], [5, 6, 7], [1, 127, 128, 300, 70000, 2**39 - 1]])
def test_keys_survive_their_coding(numbers):
    assert decode_keys(encode_keys(np.array(numbers, np.uint64))).tolist() == numbers


def test_counts_survive_their_coding_nearly():
    counts = np.array([1, 2, 3, 4, 10, 1000, 400000], np.uint64)
    back = decode_counts(encode_counts(counts))
    assert back[:4].tolist() == [1, 2, 3, 4]
    assert np.allclose(back.astype(float), counts.astype(float), rtol=0.1)


def test_slots_are_read_by_the_best_of_all_paths():
    words, model = vocabulary(), language_model()
    readings = [["sở", "số", "sơ"], ["y", "ý"], ["tế", "tê", "tề"], ["đề", "để", "dê"], ["nghị", "nghỉ"]]
    slots = [Slot(tuple(words.ids[word] for word in row), (0.0,) * len(row)) for row in readings]

    def height(path):
        ids = [START, START, *(words.ids[word] for word in path), END]
        return float(model.triple_logs(np.array([((a << BITS | b) << BITS) | c for a, b, c in zip(ids, ids[1:], ids[2:], strict=False)], np.uint64)).sum())  # fmt: skip # noqa: E501

    best = max(itertools.product(*readings), key=height)
    [found] = best_paths([slots], model)
    assert tuple(row[choice.first] for row, choice in zip(readings, found, strict=True)) == best


def test_paths_do_not_depend_on_the_batch():
    words = vocabulary()
    slots = [
        Slot((words.ids["để"], words.ids["đề"]), (0.0, 0.0)),
        Slot((words.ids["nghị"],), (0.0,)),
        Slot((NUMBER,), (0.0,)),
    ]
    alone = best_paths([slots], language_model())[0]
    among = best_paths([slots[:1], slots, [], slots * 5], language_model())
    assert [choice.first for choice in among[1]] == [choice.first for choice in alone] == [1, 0, 0]
    assert among[2] == []


def test_lattice_prefers_one_word_to_two_where_the_language_does():
    words = vocabulary()
    lattice = Lattice()
    middle, end = lattice.node(), lattice.node()
    lattice.add(Arcs(0, middle, 0, 2, Readings.one(words.ids["tr" if "tr" in words.ids else "trẻ"], -1.0, "trẻ")))
    lattice.add(Arcs(middle, end, 3, 6, Readings.one(words.ids["ong"], -1.0, "ong")))
    lattice.add(Arcs(0, end, 0, 6, Readings.one(words.ids["trong"], -3.0, "trong")))
    [chosen] = Decoder(language_model())(lattice)
    assert chosen.text == "trong"
    assert chosen.lead > 1
    assert chosen.rival == "ong"


def test_channel_rows_are_distributions():
    channel = shipped_channel()
    for letter in "aăếđươĐHqy":
        assert sum(math.exp(log) for log in channel.row(letter).values()) <= 1.001
        assert sum(prior(letter).values()) <= 1.0


def test_em_learns_what_an_engine_does():
    pairs = [("tế", "t&", 5.0), ("bế", "b&", 3.0), ("kế", "k&", 4.0), ("số", "s6", 5.0), ("bố", "b6", 3.0)]
    channel = Channel({})
    for _ in range(3):
        channel = Channel(expected_counts(pairs, channel))
    assert channel.counts["ế"]["&"] == pytest.approx(12, abs=0.5)
    assert channel.row("ố")["6"] > math.log(0.5)
    assert Search(channel)("h&")[0].text == "hế" or "hế" not in vocabulary().ids


def test_search_finds_the_true_syllable_and_its_case():
    search = Search(shipped_channel())
    assert "hiện" in [candidate.text for candidate in search("hién")]
    assert "Sở" in [candidate.text for candidate in search("S&")]
    assert "QUYẾT" in [candidate.text for candidate in search("QUYET", "capitals")]
    assert search("x" * 40) == ()
