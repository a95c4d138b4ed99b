"""Set phrases: head and foot lines, labels, document types and unit names are a closed world, and so are known titles.

A line, a label before a colon or a wrapped title of damaged text that is nearly one of them is taken for it before
anything is decoded. All of it must agree: locked words (numbers, dates, symbols) to the letter, every word that is
spelt like a syllable in its letters, and the whole much better than with any other phrase. «Phong Hanh chinh» is
therefore no misread «Phòng Tài chính».
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from corpus.span import Span
from normalize.blocks import Line
from normalize.candidates import Search
from normalize.edits import Edit
from normalize.fold import fold
from normalize.lexicon import resource, syllables
from normalize.locks import is_locked
from normalize.quality import judge
from normalize.unicode import match_key

ALIKE, SURE = 0.8, 0.9  # least likeness of letters; below SURE a person should look at words that changed letters
AHEAD = 0.1  # least lead over the next phrase
SURE_WORD = 0.6  # the same for one word
BEHIND = 4.0  # nats that a reading of one word may lie behind the channel's best
NEAREST = 5
LEAST_LETTERS = 7
REASON = "cụm từ quen thuộc"
_KINDS = frozenset({"motto", "label", "unit"})
_CHUNK = re.compile(r"\S+")
_CORE = re.compile(r"[^\s(\[\"“«.,;:–-](?:.*[^\s.,;:)\]\"”»!?…–-])?")  # a speck that clings to a word is part of it
_STROKES = frozenset("-–&/")
_LABEL = re.compile(r"\s*(?:[-–—•*+]\s?(?=\w)|\(?(?:\d{1,2}|[IVX]{1,5}|[A-ZĐa-zđ])[.)]\s)")

Paragraph = Sequence[Line]


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    capitals: bool


class Phrases:
    """A closed list of phrases, searched by their letters."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.by_letters: dict[str, list[tuple[str, ...]]] = {}
        for text in texts:
            words = tuple(
                core[0] for chunk in text.split() if (core := _CORE.search(chunk)) and core[0] not in _STROKES
            )
            letters = _letters(words)
            if len(words) > 1 and len(letters) >= LEAST_LETTERS:
                others = self.by_letters.setdefault(letters, [])
                if not any(_same(words, other) for other in others):
                    others.append(words)
        self._keys: dict[int, list[str]] = {}
        for letters, others in self.by_letters.items():
            for count in {len(words) for words in others}:
                self._keys.setdefault(count, []).append(letters)
        self._most = max(map(len, self.by_letters), default=0) / (ALIKE - AHEAD)

    def edits(self, paragraph: Paragraph, search: Search, *, keep_marks: bool) -> list[Edit] | None:
        """The edits that make the paragraph the phrase that it nearly is; None where it is none of them.

        ``search`` knows what words are read as; ``keep_marks``: a syllable that has marks is right, as in text
        that only lost marks.
        """
        if sum(len(line.text) - line.text.count(" ") for line in paragraph) > 2 * self._most:
            return None
        words = list(_words(paragraph))
        keys = self._keys.get(len(words), ())
        letters = _letters(word.text for word in words) if keys else ""
        if len(letters) < LEAST_LETTERS:
            return None
        near = process.extract(
            letters, keys, scorer=Levenshtein.normalized_similarity, limit=NEAREST, score_cutoff=ALIKE - AHEAD
        )
        found = [
            (score, phrase)
            for key, score, _ in near
            for phrase in self.by_letters[key]
            if _agrees(words, phrase, search, keep_marks=keep_marks)
        ]
        if not found or found[0][0] < ALIKE or any(score > found[0][0] - AHEAD for score, _ in found[1:]):
            return None
        return list(_edits(words, found[0][1], found[0][0]))


def _same(words: Sequence[str], others: Sequence[str]) -> bool:
    return [match_key(word) for word in words] == [match_key(word) for word in others]


def _letters(words: Iterable[str]) -> str:
    return fold("".join(words)).lower()


def _words(paragraph: Paragraph) -> Iterator[_Word]:
    """The words of the lines; a list label in front and the signs around words stay out."""
    for line in paragraph:
        label = _LABEL.match(line.text)
        capitals = _is_loud(line.text)
        for chunk in _CHUNK.finditer(line.text, label.end() if label and line is paragraph[0] else 0):
            core = _CORE.search(chunk[0])
            if core and core[0] not in _STROKES:
                start = line.span.start + chunk.start() + core.start()
                yield _Word(start, start + len(core[0]), core[0], capitals)


def _is_loud(text: str) -> bool:
    """Whether a line is in capitals, apart from its abbreviations («BHXH Vi~t Nam» is not)."""
    letters = "".join(word for word in text.split() if not is_locked(word, capitals=True))
    return sum(letter.isupper() for letter in letters) > sum(letter.islower() for letter in letters)


def _agrees(words: Sequence[_Word], phrase: Sequence[str], search: Search, *, keep_marks: bool) -> bool:
    """Whether word by word nothing contradicts the phrase."""
    return len(words) == len(phrase) and all(
        _fits(word, meant, search, keep_marks=keep_marks) for word, meant in zip(words, phrase, strict=True)
    )


def _fits(word: _Word, meant: str, search: Search, *, keep_marks: bool) -> bool:
    if word.text.lower() == meant.lower():
        return True
    if is_locked(word.text, capitals=word.capitals) or is_locked(meant):
        return False
    seen = word.text.lower()
    if fold(seen) == fold(meant.lower()):
        return not keep_marks or fold(seen) == seen
    return fold(seen) not in syllables().by_skeleton and _reads_as(word, meant, search)


def _reads_as(word: _Word, meant: str, search: Search) -> bool:
    """Whether the channel holds the letters of ``meant`` for nearly as likely as its best reading of the word."""
    found = search(word.text, "capitals" if word.capitals else "small")
    letters = fold(meant).lower()
    best = max((one.score for one in found), default=0.0)
    return any(one.score > best - BEHIND and fold(one.text).lower() == letters for one in found)


def _likeness(word: _Word, meant: str) -> float:
    return float(Levenshtein.normalized_similarity(fold(word.text).lower(), fold(meant).lower()))


def _edits(words: Sequence[_Word], phrase: Sequence[str], score: float) -> Iterator[Edit]:
    for word, meant in zip(words, phrase, strict=True):
        text = _in_case(meant, word)
        if text != word.text:
            likeness = _likeness(word, meant)
            margin = min(score, likeness)
            doubtful = likeness < 1 and (score < SURE or likeness < SURE_WORD)
            others = (word.text,) if doubtful else ()
            yield Edit(Span(word.start, word.end), text, REASON, round(margin, 4), others, flag=doubtful)


def _in_case(meant: str, word: _Word) -> str:
    """The word of the phrase in the letter case that is seen; where that is not legible, in its own."""
    if word.text.lower() == meant.lower():
        return word.text
    if word.capitals:
        return meant.upper()
    first = word.text[0]
    head = meant[0].upper() if first.isupper() else meant[0].lower() if first.islower() else meant[0]
    return meant if meant.isupper() and word.text.isupper() else head + meant[1:].lower()


@cache
def _shipped() -> tuple[str, ...]:
    rows = [row.split("\t") for row in resource("phrases.tsv").read_text(encoding="utf-8").splitlines()]
    texts = [row[0] for row in rows if row[-1] in _KINDS]
    types = tomllib.loads(resource("document_types.toml").read_text(encoding="utf-8"))
    units = tomllib.loads(resource("units.toml").read_text(encoding="utf-8"))
    entries = [*types["type"], *types.get("slip", ()), *units["unit"]]
    return (*texts, *(name for entry in entries for name in (entry["name"], *entry.get("also", ()))))


@lru_cache(maxsize=4)
def phrases(known: tuple[str, ...] = ()) -> Phrases:
    """The phrases of the lexicon, and the ``known`` titles that read as clean Vietnamese."""
    return Phrases((*_shipped(), *(title for title in known if judge(title).kind == "clean")))


def familiar(
    paragraphs: Iterable[Paragraph], closed: Phrases, search: Search, *, keep_marks: bool
) -> tuple[list[Edit], list[Paragraph]]:
    """The edits of the paragraphs, heading lines and labels in front of a colon that are phrases, and the rest."""
    edits: list[Edit] = []
    rest: list[Paragraph] = []
    for paragraph in paragraphs:
        found = closed.edits(paragraph, search, keep_marks=keep_marks)
        if found is not None:
            edits += found
            continue
        run: list[Line] = []
        for line in _behind_label(paragraph, closed, search, edits, keep_marks=keep_marks):
            found = (
                closed.edits([line], search, keep_marks=keep_marks) if line.capitals and len(paragraph) > 1 else None
            )
            if found is None:
                run.append(line)
            else:
                edits += found
                rest += [run] if run else []
                run = []
        rest += [run] if run else []
    return edits, rest


def _behind_label(
    paragraph: Paragraph, closed: Phrases, search: Search, edits: list[Edit], *, keep_marks: bool
) -> Paragraph:
    """The paragraph without the label that it begins with («Đơn vị thực hiện: …»), whose edits are added."""
    line = paragraph[0]
    cut = line.text.find(":") + 1
    if not 0 < cut < len(line.text.rstrip()):
        return paragraph
    middle = line.span.start + cut
    found = closed.edits([Line(Span(line.span.start, middle), line.text[:cut])], search, keep_marks=keep_marks)
    if found is None:
        return paragraph
    edits += found
    return [Line(Span(middle, line.span.end), line.text[cut:]), *paragraph[1:]]
