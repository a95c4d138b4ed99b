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
    kept = _without_unseen(pdf, page.obj, _Text(), 0)
    if kept is None:
        return False
    page.obj.Contents = pdf.make_stream(kept)
    return True


def silence(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Makes all text of a page say blanks; how it looks stays."""
    _own_resources(page.obj)
    _silence(pdf, page.obj, 0)


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


def _without_unseen(pdf: pikepdf.Pdf, holder: Any, text: _Text, depth: int) -> bytes | None:  # noqa: ANN401
    """The content of a page or form without its unseen text; None where nothing changed.

    Fonts are set only where something is shown in them, so that those of unseen text are used no more.
    """
    kept: list[Any] = []
    changed = False
    for instruction in _instructions(holder):
        operator = str(instruction.operator)
        text.follow(instruction)
        if operator in _SHOWS:
            if text.mode in _UNSEEN:
                changed = True
                if operator in _SHOWS_BELOW:
                    kept.append(pikepdf.ContentStreamInstruction([], Operator("T*")))
                continue
            if text.font is not text.kept_font:
                kept.append(text.font)
                text.kept_font = text.font
        elif operator == "Do" and depth < _DEPTH:
            _each_form(pdf, holder, str(instruction.operands[0]), text, depth)
        if operator != "Tf":
            kept.append(instruction)
    return pikepdf.unparse_content_stream(kept) if changed else None


def _each_form(pdf: pikepdf.Pdf, holder: Any, name: str, text: _Text, depth: int) -> None:  # noqa: ANN401
    form = _form(holder, name)
    if form is None:
        return
    own = _copy(pdf, form)
    kept = _without_unseen(pdf, own, _Text(text.mode, text.font, text.font), depth + 1)
    if kept is not None:
        own.write(kept)
        holder.Resources.XObject[name] = own


def _silence(pdf: pikepdf.Pdf, holder: Any, depth: int) -> None:  # noqa: ANN401
    used = _used_codes(holder)
    fonts = holder.get("/Resources", {}).get("/Font", {})
    for name in list(fonts.keys()):
        font = Dictionary(fonts[name])
        two = font.get("/Subtype") == "/Type0"
        codes = sorted(used[name]) if two else _ONE_BYTE
        font.ToUnicode = pdf.make_stream(to_unicode(((code, " ") for code in codes), digits=4 if two else 2))
        fonts[name] = pdf.make_indirect(font)
    for name in list(holder.get("/Resources", {}).get("/XObject", {}).keys()):
        form = _form(holder, name)
        if form is not None and depth < _DEPTH:
            own = _copy(pdf, form)
            _silence(pdf, own, depth + 1)
            holder.Resources.XObject[name] = own


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
