"""PDF/A-2b: what a file must say of itself, must not hold, and what stands against it.

Scans become PDF/A-2b by construction. Pages made by other programs keep their content, so what the standard asks of
it (fonts embedded, colours that the output intent explains) is checked here, and the claim is left out where it fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from pikepdf.models.metadata import encode_pdf_date
from PIL import ImageCms

from ocr.searchable.content import drop_unused_fonts, each_holder

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

VERSION = "1.7"
_PRODUCER = "congvan"
_DAY_OF_PROFILE = slice(24, 36)
_FIXED_DAY = bytes.fromhex("07d000010001000000000000")  # 1 January 2000: the profile is the same on every day
_DROPPED = (
    "/AcroForm", "/AA", "/OpenAction", "/Names", "/Perms", "/DSS", "/Extensions", "/Version", "/OutputIntents",
    "/Metadata", "/PieceInfo", "/Collection", "/Requirements", "/Threads", "/SpiderInfo", "/Legal",
)  # fmt: skip
_CMYK = "dùng màu CMYK"
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True, slots=True)
class About:
    """What a copy says of itself. ``title`` and ``note`` in Vietnamese, ``made_at`` with its offset.

    ``source`` is the SHA-256 of the original.
    """

    title: str
    note: str
    made_at: dt.datetime
    source: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What PDF/A forbids and on which pages it is; ``str()`` says it in Vietnamese."""

    what: str
    pages: tuple[int, ...]

    def __str__(self) -> str:
        return f"Trang {', '.join(map(str, self.pages))} {self.what}."


def strip(pdf: pikepdf.Pdf) -> None:
    """Draws annotations into their pages and drops what an archived copy must not hold: forms, actions, attachments."""
    pdf.flatten_annotations("screen")
    for page in pdf.pages:
        _drop(page.obj, "/Annots", "/AA", "/PieceInfo")
        for holder in each_holder(page):
            drop_unused_fonts(holder)
            _mend(holder.get("/Resources", Dictionary()))
    _drop(pdf.Root, *_DROPPED)
    layers = pdf.Root.get("/OCProperties")
    if layers is not None:
        for setting in (layers.get("/D"), *layers.get("/Configs", [])):
            _drop(setting, "/AS")
            setting.Name = setting.get("/Name", pikepdf.String("Lớp"))


def drop_structure(pdf: pikepdf.Pdf) -> None:
    """Takes away the tree of marked content, which speaks of text that gave way to another."""
    _drop(pdf.Root, "/StructTreeRoot", "/MarkInfo")


def _mend(resources: Any) -> None:  # noqa: ANN401 - pikepdf's objects are of one kind
    for drawn in resources.get("/XObject", {}).values():
        _drop(drawn, "/Alternates", "/OPI", "/Ref", "/PS")
        if drawn.get("/Interpolate") is True:
            drawn.Interpolate = False
    for state in resources.get("/ExtGState", {}).values():
        _drop(state, "/TR", "/TR2", "/HTP")


def _drop(holder: Any, *keys: str) -> None:  # noqa: ANN401
    for key in keys:
        if key in holder:
            del holder[key]


def obstacles(pdf: pikepdf.Pdf) -> list[Obstacle]:
    """Why the file is no PDF/A; empty where nothing is seen."""
    found: dict[str, dict[int, None]] = {}
    for number, page in enumerate(pdf.pages, 1):
        for holder in each_holder(page):
            resources = holder.get("/Resources", Dictionary())
            for why in (*_fonts_missing(resources), *_colours_unexplained(resources)):
                found.setdefault(why, {})[number] = None
        if _mixes_cmyk(page):
            found.setdefault(_CMYK, {})[number] = None
    return [Obstacle(why, tuple(numbers)) for why, numbers in found.items()]


def _fonts_missing(resources: Any) -> Iterator[str]:  # noqa: ANN401
    for font in resources.get("/Font", {}).values():
        inner = font.get("/DescendantFonts", [font])[0] if font.get("/Subtype") == "/Type0" else font
        descriptor = inner.get("/FontDescriptor", {})
        if inner.get("/Subtype") != "/Type3" and not any(key in descriptor for key in _PROGRAMS):
            yield f"dùng phông chữ không nhúng trong tệp ({str(inner.get('/BaseFont', '?')).lstrip('/')})"


def _colours_unexplained(resources: Any) -> Iterator[str]:  # noqa: ANN401
    spaces = list(resources.get("/ColorSpace", {}).values())
    spaces += [drawn.get("/ColorSpace") for drawn in resources.get("/XObject", {}).values()]
    if any(_is_cmyk(space) for space in spaces):
        yield _CMYK


def _is_cmyk(space: Any) -> bool:  # noqa: ANN401
    if isinstance(space, pikepdf.Array):
        return space[0] != "/ICCBased" and any(_is_cmyk(item) for item in space)
    return isinstance(space, pikepdf.Name) and space == "/DeviceCMYK"


def _mixes_cmyk(page: pikepdf.Page) -> bool:
    try:
        return bool(pikepdf.parse_content_stream(page, "k K"))
    except pikepdf.PdfError:
        return False


def srgb_profile() -> bytes:
    """The ICC profile of sRGB as Little CMS makes it («no copyright, use freely»), dated on a fixed day."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_DAY_OF_PROFILE] = _FIXED_DAY
    return bytes(made)


def describe(pdf: pikepdf.Pdf, about: About, *, claim: bool) -> None:
    """Sets the output intent, language and metadata; ``claim`` says that the file is PDF/A-2b."""
    profile = pdf.make_stream(srgb_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.Lang = pikepdf.String("vi")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    _metadata(pdf, about, claim=claim)


def _metadata(pdf: pikepdf.Pdf, about: About, *, claim: bool) -> None:
    """The same in XMP and in the old information dictionary, as PDF/A asks."""
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    day = encode_pdf_date(about.made_at)
    for key, value in (("Title", about.title), ("Subject", about.note), ("Producer", _PRODUCER), ("ModDate", day)):
        pdf.docinfo["/" + key] = value
    pdf.docinfo["/CreationDate"] = day
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = about.title
        xmp["dc:description"] = about.note
        xmp["dc:language"] = ["vi"]
        xmp["dc:source"] = f"urn:sha256:{about.source}"
        xmp["pdf:Producer"] = _PRODUCER
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = about.made_at.isoformat()
        if claim:
            xmp["pdfaid:part"], xmp["pdfaid:conformance"] = "2", "B"
