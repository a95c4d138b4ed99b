"""Text read by an engine that knows no Vietnamese: a lattice of readings for each paragraph, decoded.

«Thanh phd H6 Chi Minh vé thue hién» becomes «Thành phố Hồ Chí Minh về thực hiện». Numbers, dates, addresses and
abbreviations are locked: they pass through as they were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from corpus.span import Span
from normalize.blocks import Line
from normalize.candidates import Search, Setting
from normalize.channel import Channel, Counts, expected_counts, shipped_channel
from normalize.edits import Edit
from normalize.language_model import language_model, vocabulary
from normalize.lattice import Arc, Chosen, Decoder, Lattice
from normalize.locks import is_locked, lock_kind
from normalize.stripped import DOUBT, certainty
from normalize.tokens import COLON, COMMA, NUMBER, OTHER, SIGN, START, STOP, opens

KEEP, KEEP_LETTER = -7.0, -1.6
SPLIT, MERGE = -4.0, -4.0
SPECK = -1.5
CHANNEL_POOR = -6.0
LM_WEIGHT = 0.8
LONG = 150  # words from which a text teaches enough to be read twice
_PARTS = 10

_CHUNK = re.compile(r"\S+")
_LEAD = re.compile(r"^[(\"“«]+|^[-–+](?=\w)")
_TAIL = re.compile(r"[.,;:)\]\"”»!?…]+$|(?<=\w)[-–]$")
_SIGNS = {",": COMMA, ".": STOP, "!": STOP, "?": STOP, "…": STOP, ";": COLON, ":": COLON}
_SPECKS = re.compile(r"^[|_~\\{}<>^•·¦°*='’‘`\"“”]+$")
_LEGIBLE = re.compile(r"[^\W_]|[&€¢$§£¥]")
_INNER = re.compile(r"[-–/.,;:]")
_GLUED_NUMBER = re.compile(r"^(\d{1,4})([^\W\d_]{3,})$|^([^\W\d_]{3,})(\d{1,4})$")

Paragraph = Sequence[Line]


class Garbled:
    """Decodes paragraphs under one channel."""

    def __init__(self, channel: Channel) -> None:
        self.search = Search(channel)
        self.decoder = Decoder(language_model(), LM_WEIGHT)

    def edits(self, paragraphs: Sequence[Paragraph]) -> list[Edit]:
        """Edits that put the paragraphs right; a long text first teaches the channel its engine's ways."""
        words = sum(len(line.text.split()) for paragraph in paragraphs for line in paragraph)
        reader = Garbled(self.search.channel.plus(self.learnt(paragraphs))) if words >= LONG else self
        return [edit for paragraph in paragraphs for edit in reader.edits_of(paragraph)]

    def learnt(self, paragraphs: Iterable[Paragraph]) -> Counts:
        """What this text teaches about its engine: the words that were read with certainty (self-training)."""
        pairs: dict[tuple[str, str], float] = {}
        for paragraph in paragraphs:
            for chosen in self.decode(paragraph):
                arc = chosen.arc
                if arc.text and chosen.lead > 3 and " " not in arc.text:
                    pair = arc.text, _seen(paragraph, arc.start, arc.end)
                    pairs[pair] = pairs.get(pair, 0.0) + 1
        return expected_counts(((true, seen, n) for (true, seen), n in pairs.items()), self.search.channel)

    def decode(self, paragraph: Paragraph) -> list[Chosen]:
        """The best path through a paragraph."""
        return self.decoder(Builder(self.search).build(paragraph))

    def edits_of(self, paragraph: Paragraph) -> Iterable[Edit]:
        """Edits that put one paragraph right."""
        for arc, lead, rival in ((chosen.arc, chosen.lead, chosen.rival) for chosen in self.decode(paragraph)):
            if arc.text is None or arc.text == _seen(paragraph, arc.start, arc.end):
                continue
            reason = "đọc lại theo ngữ cảnh" if arc.text else "vết bẩn, không phải chữ"
            margin = certainty(lead)
            others = (rival,) if rival else ()
            yield Edit(Span(arc.start, arc.end), arc.text, reason, margin, others, flag=margin < DOUBT)


def _seen(paragraph: Paragraph, start: int, end: int) -> str:
    line = next(line for line in paragraph if line.span.start <= start <= line.span.end)
    return line.text[start - line.span.start : end - line.span.start]


def _is_loud(chunk: str) -> bool:
    """Whether a word is in capitals."""
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
        self.edge = False
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
                self.edge = number in (0, len(chunks) - 1)
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
            self._step(Arc(self.at, self.lattice.node(), _SIGNS.get(signs[0], SIGN), 0.0, at, at + len(signs)))
            self.kind = _SIGNS.get(signs[0], SIGN)
            self.previous = None

    def _step(self, arc: Arc) -> None:
        self.lattice.add(arc)
        self.at = arc.target

    def _core(self, core: str, at: int, *, label: str) -> None:
        if not _LEGIBLE.search(core):
            self._mark(core, at)
        elif is_locked(core, capitals=self.setting != "small", label=label):
            kind = lock_kind(core)
            self._step(Arc(self.at, self.lattice.node(), kind, 0.0, at, at + len(core)))
            self.kind, self.previous = kind, None
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
            self.lattice.add(Arc(source, self.at, -1, SPECK, at, at + len(core), ""))

    def _glued(self, core: str, at: int, cut: int) -> None:
        """A number and a word that ran together: «29thang»."""
        for piece, start in ((core[:cut], at), (core[cut:], at + cut)):
            if piece.isdigit():
                text = f" {piece}" if start > at else f"{piece} "
                self._step(Arc(self.at, self.lattice.node(), NUMBER, 0.0, start, start + len(piece), text))
                self.kind, self.previous = NUMBER, None
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
        found = self.search(core, self.setting)
        opening = opens(self.kind)
        for candidate in found:
            word = self._id(candidate.text, candidate.syllable, opening=opening)
            self.lattice.add(Arc(source, target, word, candidate.score, at, at + len(core), candidate.text))
        keep = KEEP + KEEP_LETTER * len(core)
        self.lattice.add(Arc(source, target, OTHER, keep, at, at + len(core)))
        poor = (
            not found or found[0].score < CHANNEL_POOR or len(core) > 7 or (core.isupper() and self.setting == "small")
        )
        if poor and len(core) > 2:
            target = self._split(core, at, source, target, opening=opening)
        self._merge(core, at, target, poor=poor)
        self.at, self.kind, self.previous = target, OTHER if not found else -1, (source, at, core, opening)

    def _split(self, core: str, at: int, source: int, target: int, *, opening: bool) -> int:
        """Two words that ran together. Returns the node where both end (the arcs so far are led there too)."""
        cuts = [cut for cut in range(1, len(core)) if len(core[:cut]) <= 8 and len(core[cut:]) <= 8]
        middles = [(cut, self.lattice.node()) for cut in cuts]
        final = self.lattice.node()
        self.lattice.add(Arc(target, final, -1, 0.0, at, at))
        for cut, middle in middles:
            for candidate in self.search(core[:cut], self.setting)[:_PARTS]:
                word = self._id(candidate.text, candidate.syllable, opening=opening)
                self.lattice.add(Arc(source, middle, word, candidate.score + SPLIT, at, at + cut, candidate.text + " "))
            for candidate in self.search(core[cut:], self.setting)[:_PARTS]:
                word = self._id(candidate.text, candidate.syllable, opening=False)
                self.lattice.add(Arc(middle, final, word, candidate.score, at + cut, at + len(core), candidate.text))
        return final

    def _merge(self, core: str, at: int, target: int, *, poor: bool) -> None:
        """One word that fell apart into this one and the one before it."""
        if self.previous is None:
            return
        before, start, head, opening = self.previous
        if at - start != len(head) + 1 or len(head) + len(core) > 7 or not (poor or min(len(head), len(core)) <= 2):
            return
        for candidate in self.search(head + core, self.setting)[:_PARTS]:
            word = self._id(candidate.text, candidate.syllable, opening=opening)
            self.lattice.add(Arc(before, target, word, candidate.score + MERGE, start, at + len(core), candidate.text))

    @staticmethod
    def _id(text: str, syllable: str, *, opening: bool) -> int:
        words = vocabulary()
        return words.ids[syllable] + (0 if opening else words.lift(text))


@cache
def garbled() -> Garbled:
    """The decoder with the shipped channel."""
    return Garbled(shipped_channel())
