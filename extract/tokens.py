"""The tokenizer: spaCy's common rules, with numbers, dates and document symbols kept whole.

The blank Vietnamese tokenizer splits at white space only and leaves punctuation glued («tế.»). This one cuts
punctuation off as every spaCy language does, but «2121/QĐ-BYT», «26/6/2025», «1.234,5» and «15h30» stay one token.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.attrs import NORM
from spacy.lang.char_classes import (
    ALPHA_LOWER,
    ALPHA_UPPER,
    CONCAT_QUOTES,
    LIST_ELLIPSES,
    LIST_ICONS,
    LIST_PUNCT,
    LIST_QUOTES,
)
from spacy.lang.tokenizer_exceptions import URL_MATCH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from normalize.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

TOKENIZER = "congvan.tokenizer.v1"

_LETTERS = r"A-Za-zÀ-ỹĐđ"
_GROUP = rf"[{_LETTERS}0-9&]+"
_WHOLE = re.compile(
    rf"""(?x)(?:
      \d+[a-zđ]?(?:[-–]|/\d{{4}}/|/){_GROUP}(?:[-–/&.,]{_GROUP})*    # 2121/QĐ-BYT, 30/2020/NĐ-CP, 57-NQ/TW
    | \d{{1,4}}(?:[./-]\d{{1,4}}){{1,2}}                             # 26/6/2025, 11.5, 06/2025
    | \d+(?:[.,]\d+)*%?                                              # 1.234,5 and 95%
    | \d{{1,2}}(?:h|g|giờ)\d{{0,2}}                                  # 15h30
    | (?i:TP|TT|PGS|GS|TS|ThS|BS|DS|KT|TM|TL|TUQ|Q|P|Ts)\.           # abbreviations that keep their dot
    )\Z"""
)  # the flag stands inside: spaCy saves the pattern alone

_PREFIXES = [r"§", r"(?<![0-9])\+", "–", "—", "-", *LIST_PUNCT, *LIST_ELLIPSES, *LIST_QUOTES, *LIST_ICONS]
_SUFFIXES = [*LIST_PUNCT, *LIST_ELLIPSES, *LIST_QUOTES, *LIST_ICONS, "–", "—", r"\.", r"(?<=[0-9])%", "/", "-"]
_INFIXES = [
    *LIST_ELLIPSES,
    *LIST_ICONS,
    rf"(?<=[{_LETTERS}{CONCAT_QUOTES}\)])[,;:!?\(\)\[\]](?=[{_LETTERS}{CONCAT_QUOTES}\(])",
    rf"(?<=[{_LETTERS}])/(?=[{_LETTERS}])",
    rf"(?<=[{ALPHA_LOWER}])\.(?=[{ALPHA_UPPER}])",
    rf"(?<=[{ALPHA_UPPER}])\.(?=[{ALPHA_UPPER}]{{2}})",
    r"(?<=[0-9])[–—](?=[0-9])",
]


def norm(text: str) -> str:
    """The form under which words are matched: folded, lower case.

    >>> norm("UỶ")
    'uy'
    """
    return fold(text).lower()


@registry.tokenizers(TOKENIZER)
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Make our tokenizer for a language; ``NORM`` of every word becomes its folded form."""

    def make(nlp: Language) -> Tokenizer:
        nlp.vocab.lex_attr_getters[NORM] = norm
        return Tokenizer(
            nlp.vocab,
            prefix_search=compile_prefix_regex(_PREFIXES).search,
            suffix_search=compile_suffix_regex(_SUFFIXES).search,
            infix_finditer=compile_infix_regex(_INFIXES).finditer,
            token_match=_WHOLE.match,
            url_match=URL_MATCH,
        )

    return make
