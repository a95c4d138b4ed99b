"""The spaCy pipeline: a blank Vietnamese model with our components in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from extract import checks, review, tokens  # noqa: F401  (each registers its factory)
from extract.citations import find as citations  # noqa: F401  (each registers its factory)
from extract.deadlines import find as deadlines  # noqa: F401  (each registers its factory)
from extract.header import find as header  # noqa: F401  (each registers its factory)
from extract.obligations import find as obligations  # noqa: F401  (each registers its factory)
from extract.parts import find as parts  # noqa: F401  (each registers its factory)
from extract.source import Findings, Source, register_extensions
from extract.targets import find as targets  # noqa: F401  (each registers its factory)
from extract.units import registry as units  # noqa: F401  (each registers its factory)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from corpus.document import Document
    from extract.facts import Facts
    from normalize.edits import Repaired

COMPONENTS: tuple[str, ...] = (
    "congvan_parts",
    "congvan_header",
    "congvan_units",
    "congvan_citations",
    "congvan_deadlines",
    "congvan_targets",
    "congvan_obligations",
    "congvan_target_days",
    "congvan_checks",
    "congvan_review",
)
"""Factory names, in the order in which they run; each later one may read what earlier ones found."""


def load() -> Language:
    """The extraction pipeline, ready to use.

    ``load().to_disk(path)`` saves it as spaCy saves pipelines; once this module is imported,
    ``spacy.load(path)`` brings it back.
    """
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": tokens.TOKENIZER}}})
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def make_doc(nlp: Language, document: Document, repaired: Repaired, known_units: tuple[str, ...] = ()) -> Doc:
    """A spaCy doc over the repaired text, with its source and empty findings."""
    doc = nlp.make_doc(repaired.text)
    doc._.source = Source(document, repaired, known_units)
    doc._.findings = Findings()
    return doc


def extract(nlp: Language, document: Document, repaired: Repaired, known_units: tuple[str, ...] = ()) -> Facts:
    """The facts of one document. ``known_units``: names of units from documents read earlier; the rest is its own."""
    doc = nlp(make_doc(nlp, document, repaired, known_units))
    findings: Findings = doc._.findings
    return findings.freeze()


register_extensions()
