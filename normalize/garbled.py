"""Text read by an engine that knows no Vietnamese: a lattice of readings for each paragraph, decoded.

«Thanh phd H6 Chi Minh vé thue hién» becomes «Thành phố Hồ Chí Minh về thực hiện». Numbers, dates, addresses and
abbreviations are locked: they pass through as they were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from corpus.span import Span
from normalize.blocks import Line
from normalize.candidates import Search, Setting
from normalize.channel import Channel, Counts, expected_counts, shipped_channel
from normalize.consistency import in_agreement
from normalize.edits import Edit
from normalize.language_model import language_model
from normalize.lattice import Arcs, Chosen, Decoder, Lattice, Readings
from normalize.lexicon import known_abbreviations
from normalize.locks import is_locked, lock_kind
from normalize.stripped import DOUBT, certainty
from normalize.tokens import COLON, COMMA, NUMBER, OTHER, SIGN, START, STOP, WORD, opens

KEEP, KEEP_LETTER = -7.0, -1.6
SPLIT, MERGE = -4.0, -4.0
SPECK, LONE_LETTER = -1.5, -4.0  # dirt at a line's edge; more for a letter behind the stop that ends a line
CHANNEL_POOR = -6.0
LM_WEIGHT = 0.8
LONG, SAMPLE = 100, 1500  # words from which a text teaches enough to be read twice, and words that suffice
WELL = -0.5  # log P(observed letter) from which the channel fits well enough
SURE = 3.0  # lead in nats from which a reading teaches
_KEPT = Readings.one(OTHER)
_DIRT = Readings.one(OTHER, SPECK, "", silent=True)
_PASS = Readings.one(OTHER, silent=True)

_CHUNK = re.compile(r"\S+")
_LEAD = re.compile(r"^[(\"“«]+|^[-–+](?=\w)")
_TAIL = re.compile(r"[.,;:)\]\"”»!?…]+$|(?<=\w)[-–]$")
_SIGNS = {",": COMMA, ".": STOP, "!": STOP, "?": STOP, "…": STOP, ";": COLON, ":": COLON}
_SPECKS = re.compile(r"^[|_~\\{}<>^•·¦°*='’‘`\"“”]+$")
_LEGIBLE = re.compile(r"[^\W_]|[&€¢$§£¥]")
_WRAPPING = '()[]"“”«»,.;:'
_INNER = re.compile(r"[-–/.,;:]")
_GLUED_NUMBER = re.compile(r"^(\d{1,4})([^\W\d_]{3,})$|^([^\W\d_]{3,})(\d{1,4})$")

Paragraph = Sequence[Line]


class Garbled:
    """Decodes paragraphs under one channel. ``learns``: a long text of a strange engine first teaches it."""

    def __init__(self, channel: Channel, *, learns: bool = True) -> None:
        self.learns = learns
        self.search = Search(channel)
        self.decoder = Decoder(language_model(), LM_WEIGHT)

    def edits(self, paragraphs: Sequence[Paragraph]) -> list[Edit]:
        """Edits that put the paragraphs right; a long text by an engine of its own first teaches the channel."""
        sample: list[tuple[Paragraph, list[Chosen]]] = []
        words = 0
        for paragraph in paragraphs:
            if words < SAMPLE:
                sample.append((paragraph, self.decode(paragraph)))
                words += sum(len(line.text.split()) for line in paragraph)
        if self.learns and words >= LONG and _fit(sample) <= WELL:
            taught = Garbled(self.search.channel.plus(self._learnt(sample)))
            paths = [(one, taught.decode(one)) for one in paragraphs]
        else:
            paths = sample + [(one, self.decode(one)) for one in paragraphs[len(sample) :]]
        agreed = in_agreement([path for _, path in paths])
        return [edit for (one, _), path in zip(paths, agreed, strict=True) for edit in _edits(one, path)]

    def _learnt(self, sample: Iterable[tuple[Paragraph, list[Chosen]]]) -> Counts:
        """What was read with certainty teaches about its engine (self-training)."""
        pairs: dict[tuple[str, str], float] = {}
        for paragraph, path in sample:
            for chosen in path:
                if chosen.text and chosen.lead > SURE and " " not in chosen.text:
                    pair = chosen.text, _seen(paragraph, chosen.start, chosen.end)
                    pairs[pair] = pairs.get(pair, 0.0) + 1
        return expected_counts(((true, seen, n) for (true, seen), n in pairs.items()), self.search.channel)

    def decode(self, paragraph: Paragraph) -> list[Chosen]:
        """The best path through a paragraph."""
        return self.decoder(Builder(self.search).build(paragraph))


def _fit(sample: Iterable[tuple[Paragraph, list[Chosen]]]) -> float:
    """Log P(observed | read) per letter: how well the channel fits the engine."""
    read = [chosen for _, path in sample for chosen in path if chosen.text and chosen.text.strip().isalpha()]
    return sum(chosen.score for chosen in read) / max(sum(len(chosen.text or "") for chosen in read), 1)


def _edits(paragraph: Paragraph, path: Iterable[Chosen]) -> Iterator[Edit]:
    for chosen in path:
        if chosen.text is None or chosen.text == _seen(paragraph, chosen.start, chosen.end):
            continue
        reason = "đọc lại theo ngữ cảnh" if chosen.text else "vết bẩn, không phải chữ"
        margin = certainty(chosen.lead)
        others = (chosen.rival,) if chosen.rival else ()
        yield Edit(Span(chosen.start, chosen.end), chosen.text, reason, margin, others, flag=margin < DOUBT)


def _seen(paragraph: Paragraph, start: int, end: int) -> str:
    line = next(line for line in paragraph if line.span.start <= start <= line.span.end)
    return line.text[start - line.span.start : end - line.span.start]


def _is_loud(chunk: str) -> bool:
    """Whether a word is in capitals and is not just an abbreviation."""
    if chunk.strip(_WRAPPING) in known_abbreviations():
        return False
    upper = sum(letter.isupper() for letter in chunk)
    return upper >= 2 and upper > 2 * sum(letter.islower() for letter in chunk)


class Builder:
    """Builds the lattice of one paragraph."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.lattice = Lattice()
        self.at = 0
        self.kind = START
        self.setting: Setting = "small"
        self.edge = self.ends = False
        self.previous: tuple[int, int, str, bool] | None = None

    def build(self, paragraph: Paragraph) -> Lattice:
        """The lattice of a paragraph's lines."""
        for line in paragraph:
            self.previous = None
            chunks = list(_CHUNK.finditer(line.text))
            loud = [_is_loud(match[0]) for match in chunks]
            for number, match in enumerate(chunks):
                around = [*loud[max(number - 1, 0) : number], *loud[number + 1 : number + 2]]
                self.setting = "capitals" if all(around) and line.capitals else "mixed" if any(around) else "small"
                self.ends = number == len(chunks) - 1
                self.edge = self.ends or number == 0
                self._chunk(match[0], match.start() + line.span.start)
        return self.lattice

    def _chunk(self, chunk: str, at: int) -> None:
        lead = _LEAD.search(chunk)
        left = lead.end() if lead else 0
        tail = _TAIL.search(chunk, left)
        right = tail.start() if tail else len(chunk)
        self._signs(chunk[:left], at)
        core = chunk[left:right]
        if core:
            self._core(core, at + left, label=chunk[right : right + 1])
        self._signs(chunk[right:], at + right)

    def _signs(self, signs: str, at: int) -> None:
        """Punctuation, kept; the model sees only the first of several."""
        if signs:
            self._fixed(_SIGNS.get(signs[0], SIGN), at, at + len(signs))

    def _fixed(self, kind: int, start: int, end: int, text: str | None = None) -> None:
        """Something that has one reading."""
        target = self.lattice.node()
        self.lattice.add(Arcs(self.at, target, start, end, Readings.one(kind, text=text)))
        self.at, self.kind, self.previous = target, kind, None

    def _core(self, core: str, at: int, *, label: str) -> None:
        if not _LEGIBLE.search(core):
            self._mark(core, at)
        elif is_locked(core, capitals=self.setting != "small", label=label):
            self._fixed(lock_kind(core), at, at + len(core))
        elif glued := _GLUED_NUMBER.match(core):
            self._glued(core, at, len(glued[1] or glued[3]))
        elif _INNER.search(core) and all(part.isalpha() for part in _INNER.split(core)):
            self._parts(core, at)
        else:
            self._word(core, at)

    def _mark(self, core: str, at: int) -> None:
        """A sign that stands alone: a bullet, or a speck of dirt at the edge of the line."""
        source = self.at
        self._signs(core, at)
        if self.edge and _SPECKS.match(core):
            self.lattice.add(Arcs(source, self.at, at, at + len(core), _DIRT))

    def _glued(self, core: str, at: int, cut: int) -> None:
        """A number and a word that ran together: «29thang»."""
        for piece, start in ((core[:cut], at), (core[cut:], at + cut)):
            if piece.isdigit():
                text = f" {piece}" if start > at else f"{piece} "
                self._fixed(NUMBER, start, start + len(piece), text)
            else:
                self._word(piece, start)

    def _parts(self, core: str, at: int) -> None:
        """Words joined by a stroke, a dash or a stop: each is read on its own."""
        begin = 0
        for match in [*_INNER.finditer(core), None]:
            end = match.start() if match else len(core)
            if end > begin:
                self._core(core[begin:end], at + begin, label="")
            if match:
                self._signs(match[0], at + end)
                begin = match.end()

    def _word(self, core: str, at: int) -> None:
        source, target = self.at, self.lattice.node()
        opening, end = opens(self.kind), at + len(core)
        found = self.search(core, self.setting)
        if found:
            self.lattice.add(Arcs(source, target, at, end, self._readings(core, opening=opening)))
        self.lattice.add(Arcs(source, target, at, end, _KEPT, KEEP + KEEP_LETTER * len(core)))
        shouted = core.isupper() and self.setting == "small"
        poor = not found or found[0].score < CHANNEL_POOR or len(core) > 7 or shouted
        if poor and len(core) > 2:
            target = self._split(core, at, source, target, opening=opening)
        if self.ends and self.kind == STOP and len(core) == 1 and core.isalpha():
            self.lattice.add(Arcs(source, target, at, end, _DIRT, LONE_LETTER))
        self._merge(core, at, target, poor=poor)
        self.at, self.kind, self.previous = target, OTHER if not found else WORD, (source, at, core, opening)

    def _split(self, core: str, at: int, source: int, target: int, *, opening: bool) -> int:
        """Two words that ran together. Returns the node where both end (the arcs so far are led there too)."""
        cuts = [cut for cut in range(1, len(core)) if cut <= 8 and len(core) - cut <= 8]
        middles = [(cut, self.lattice.node()) for cut in cuts]
        final, end = self.lattice.node(), at + len(core)
        self.lattice.add(Arcs(target, final, at, at, _PASS))
        for cut, middle in middles:
            head = self._readings(core[:cut], opening=opening, spaced=True)
            tail = self._readings(core[cut:], opening=False)
            self.lattice.add(Arcs(source, middle, at, at + cut, head, SPLIT))
            self.lattice.add(Arcs(middle, final, at + cut, end, tail))
        return final

    def _merge(self, core: str, at: int, target: int, *, poor: bool) -> None:
        """One word that fell apart into this one and the one before it."""
        if self.previous is None:
            return
        before, start, head, opening = self.previous
        if at - start != len(head) + 1 or len(head) + len(core) > 7 or not (poor or min(len(head), len(core)) <= 2):
            return
        readings = self._readings(head + core, opening=opening)
        self.lattice.add(Arcs(before, target, start, at + len(core), readings, MERGE))

    def _readings(self, word: str, *, opening: bool, spaced: bool = False) -> Readings:
        return self.search.readings(word, self.setting, opening=opening, spaced=spaced)


@cache
def garbled() -> Garbled:
    """The decoder with the shipped channel."""
    return Garbled(shipped_channel())
