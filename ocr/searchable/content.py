"""What stands on a page of a PDF already: text layers that say nothing true are taken away or silenced.

Unseen text is removed. Text that is seen stays as it looks; where it says the wrong letters (old fonts, lost glyphs),
its fonts are copied and made to say blanks, so that a search finds the corrected text alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Dictionary, Name, Operator

from ocr.searchable.layer import to_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSEEN = (3, 7)
_SHOWS_BELOW = {"'", '"'}
_SHOWS = {"Tj", "TJ"} | _SHOWS_BELOW
_DEPTH = 6
_ONE_BYTE = range(256)


def remove_unseen(pdf: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    """Takes unseen text out of a page; whether there was any. Content that cannot be parsed is left alone."""
    _own_resources(page.obj)
    return _Remover(pdf).clean(page.obj, _Text(), 0)


def silence(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Makes all text of a page say blanks; how it looks stays."""
    _own_resources(page.obj)
    _Silencer(pdf).hush(page.obj, 0)


def _own_resources(holder: Any) -> None:  # noqa: ANN401 - pikepdf's objects are of one kind
    """Gives the page resources of its own, since pages share them, or inherit them from the tree of pages."""
    found, node = None, holder
    while found is None and node is not None:
        found, node = node.get("/Resources"), node.get("/Parent")
    own = Dictionary(found or {})
    for kind in ("/Font", "/XObject"):
        if kind in own:
            own[kind] = Dictionary(own[kind])
    holder.Resources = own


@dataclass(slots=True)
class _Text:
    """The text state that matters: render mode, the font that was set, and the one that is set in what is kept."""

    mode: int = 0
    font: Any = None
    kept_font: Any = None
    saved: list[tuple[int, Any, Any]] = field(default_factory=list)

    @property
    def font_name(self) -> str:
        """The name of the font in the resources."""
        return str(self.font.operands[0]) if self.font is not None else ""

    def follow(self, instruction: Any) -> None:  # noqa: ANN401
        """Keep up with one instruction."""
        operator = str(instruction.operator)
        if operator == "q":
            self.saved.append((self.mode, self.font, self.kept_font))
        elif operator == "Q" and self.saved:
            self.mode, self.font, self.kept_font = self.saved.pop()
        elif operator == "Tr":
            self.mode = int(instruction.operands[0])
        elif operator == "Tf":
            self.font = instruction


class _Remover:
    """Takes unseen text out of a page and its forms, each form once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self._done: dict[Any, Any] = {}

    def clean(self, holder: Any, text: _Text, depth: int) -> bool:  # noqa: ANN401
        """Rewrites a page or form that holds unseen text; whether it, or a form that it draws, did.

        Fonts are set only where something is shown in them, so that those of unseen text are used no more.
        """
        kept: list[Any] = []
        removed = inside = False
        for instruction in _instructions(holder):
            operator = str(instruction.operator)
            text.follow(instruction)
            if operator in _SHOWS and text.mode in _UNSEEN:
                removed = True
                if operator in _SHOWS_BELOW:
                    kept.append(pikepdf.ContentStreamInstruction([], Operator("T*")))
                continue
            if operator in _SHOWS and text.font is not text.kept_font:
                kept.append(text.font)
                text.kept_font = text.font
            if operator == "Do":
                inside |= self._form(holder, str(instruction.operands[0]), text, depth)
            if operator != "Tf":
                kept.append(instruction)
        if removed:
            _rewrite(self.pdf, holder, pikepdf.unparse_content_stream(kept))
        return removed or inside

    def _form(self, holder: Any, name: str, text: _Text, depth: int) -> bool:  # noqa: ANN401
        form = _form(holder, name)
        if form is None or depth == _DEPTH:
            return False
        if form.objgen not in self._done:
            self._done[form.objgen] = None  # a form that draws itself ends here
            own = _copy(self.pdf, form)
            if self.clean(own, _Text(text.mode, text.font, text.font), depth + 1):
                self._done[form.objgen] = own
        if self._done[form.objgen] is None:
            return False
        holder.Resources.XObject[name] = self._done[form.objgen]
        return True


class _Silencer:
    """Makes the fonts of a page and its forms say blanks, each form once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self._done: dict[Any, Any] = {}

    def hush(self, holder: Any, depth: int) -> None:  # noqa: ANN401
        """Gives a page or form fonts of its own that say blanks."""
        used = _used_codes(holder)
        fonts = holder.get("/Resources", {}).get("/Font", {})
        for name in list(fonts.keys()):
            font = Dictionary(fonts[name])
            two = font.get("/Subtype") == "/Type0"
            codes = sorted(used[name]) if two else _ONE_BYTE
            font.ToUnicode = self.pdf.make_stream(to_unicode(((code, " ") for code in codes), digits=4 if two else 2))
            fonts[name] = self.pdf.make_indirect(font)
        for name in list(holder.get("/Resources", {}).get("/XObject", {}).keys()):
            form = _form(holder, name)
            if form is not None and depth < _DEPTH:
                holder.Resources.XObject[name] = self._hushed(form, depth)

    def _hushed(self, form: Any, depth: int) -> Any:  # noqa: ANN401
        if form.objgen not in self._done:
            self._done[form.objgen] = own = _copy(self.pdf, form)
            self.hush(own, depth + 1)
        return self._done[form.objgen]


def _rewrite(pdf: pikepdf.Pdf, holder: Any, content: bytes) -> None:  # noqa: ANN401
    if holder.get("/Type") == "/Page":
        holder.Contents = pdf.make_stream(content)
    else:
        holder.write(content)


def _used_codes(holder: Any) -> defaultdict[str, set[int]]:  # noqa: ANN401
    """The two-byte codes shown in each font."""
    used: defaultdict[str, set[int]] = defaultdict(set)
    text = _Text()
    for instruction in _instructions(holder):
        text.follow(instruction)
        if str(instruction.operator) in _SHOWS and instruction.operands:
            for shown in _strings(instruction.operands[-1]):
                used[text.font_name].update(int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2))
    return used


def _strings(operand: Any) -> Iterator[bytes]:  # noqa: ANN401
    items = operand if isinstance(operand, pikepdf.Array) else [operand]
    return (bytes(item) for item in items if isinstance(item, pikepdf.String))


def _instructions(holder: Any) -> list[Any]:  # noqa: ANN401
    """The parsed content of a page or form; none where it cannot be parsed."""
    try:
        source = pikepdf.Page(holder) if holder.get("/Type") == "/Page" else holder
        return list(pikepdf.parse_content_stream(source))
    except (pikepdf.PdfError, ValueError, TypeError):
        return []


def _form(holder: Any, name: str) -> Any:  # noqa: ANN401
    form = holder.get("/Resources", {}).get("/XObject", {}).get(name)
    return form if form is not None and form.get("/Subtype") == Name.Form else None


def _copy(pdf: pikepdf.Pdf, form: Any) -> Any:  # noqa: ANN401
    """A form of its own, with resources of its own, so that other pages keep theirs."""
    own = pdf.make_stream(form.read_bytes())
    for key, value in form.items():
        if key not in {"/Length", "/Filter", "/DecodeParms"}:
            own[key] = value
    _own_resources(own)
    return own


def each_holder(page: pikepdf.Page) -> Iterator[Any]:
    """The page, the forms and patterns that it draws and its letters drawn as forms, each once."""
    seen: set[Any] = set()
    waiting: list[tuple[Any, int]] = [(page.obj, 0)]
    while waiting:
        holder, depth = waiting.pop()
        yield holder
        resources = holder.get("/Resources", {})
        for kind in ("/XObject", "/Pattern", "/Font"):
            for value in resources.get(kind, {}).values():
                if depth < _DEPTH and "/Resources" in value and value.objgen not in seen:
                    seen.add(value.objgen)
                    waiting.append((value, depth + 1))


def drop_unused_fonts(holder: Any) -> None:  # noqa: ANN401
    """Takes fonts out of the resources in which nothing is shown."""
    fonts = holder.get("/Resources", {}).get("/Font")
    if fonts is None or holder.get("/Subtype") == "/Type3":
        return
    used = _used_codes(holder)
    if used or not any(str(each.operator) == "Tf" for each in _instructions(holder)):
        holder.Resources.Font = Dictionary({name: font for name, font in fonts.items() if name in used})
