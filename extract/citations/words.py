"""What the citation reader knows beforehand: words of ``corpus/lexicon/citations.toml`` as patterns on folded text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any, cast

from extract.rules import loosened
from normalize.fold import fold


@cache
def words() -> dict[str, Any]:
    """The data file as it stands."""
    path = resources.files("corpus").joinpath("lexicon/citations.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Lower case without marks."""
    return fold(text).lower()


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases in folded text, longest first; blanks stand for blanks and stray hyphens."""
    ordered = sorted({plain(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", "[ -]+") for phrase in ordered) + ")"


def any_marked(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases in lower-case text, marks as written or lost: «tại» is not «tài»."""
    ordered = sorted({phrase.lower() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return loosened("(?:" + "|".join(re.escape(phrase).replace(r"\ ", " +") for phrase in ordered) + ")")


@cache
def types() -> str:
    """A pattern for the words that name a kind of document."""
    return any_of(words()["types"])


@cache
def type_names() -> dict[str, str]:
    """Type as it should be printed, by folded form."""
    return {plain(name): name for name in words()["types"]}


@cache
def type_of_symbol() -> dict[str, str]:
    """Type by the abbreviation inside of a number («QĐ» → «quyết định»)."""
    return dict(words()["symbols"])


@cache
def symbol_of_type() -> dict[str, str]:
    """The abbreviation that a type has in numbers («quyết định» → «QĐ»)."""
    return {name: symbol for symbol, name in type_of_symbol().items()}


@cache
def cues(group: str) -> list[tuple[str, str]]:
    """``(relation, pattern)`` of one group of relation words, in the order in which they are tried."""
    data = cast("dict[str, list[str]]", words()[group])
    return [(relation, any_marked(phrases)) for relation, phrases in data.items()]


@cache
def title_begins() -> re.Pattern[str]:
    """The first word of a cited document's title."""
    return re.compile(rf"[ ,]*{any_of(words()['title']['begins'])}\b")


@cache
def issuer_stops() -> frozenset[str]:
    """The words at which an issuer's name ends, with their marks."""
    return frozenset(words()["issuer"]["stops"])


@cache
def issuer_ends() -> re.Pattern[str]:
    """The first place at which an issuer's name may end."""
    stops = any_marked(words()["issuer"]["stops"])
    return re.compile(rf" +{stops}\b|[;:.()\n“”\"\[\]/]|,| +v[àa] +| +-+ +| *$")


@cache
def comma_names() -> re.Pattern[str]:
    """Parts of names that hold a comma."""
    return re.compile(any_of(words()["issuer"]["commas"]))


@cache
def acts() -> re.Pattern[str]:
    """The known names of laws, behind the word «luật»."""
    text = resources.files("corpus").joinpath("lexicon/acts.txt").read_text(encoding="utf-8")
    names = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile(any_of(name for name in names if not name.startswith(("Bộ luật", "Pháp lệnh"))) + r"\b")
