"""Electronic signatures (PKCS#7) in a PDF: who signed, and when.

A signature is a second witness of issuer, signer and date, never their source: it may be the clerk's office, the
gazette's or a portal's, and it is made up to some weeks after the day on the paper.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING, Any

import pikepdf
from asn1crypto import cms

from corpus.document import Witness
from normalize.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEPTH = 8
_BREAK = 2
"""Bytes of a line's end that may follow what was signed."""

_PDF_TIME = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)?'?)?")
_DETACHED = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"}
_ABOVE = ("organizational_unit_name", "organization_name")
_ORGANISATION = re.compile(
    r"^(?:ủy ban|uỷ ban|ubnd|hđnd|hội đồng|sở|bộ|cục|chi cục|tổng cục|vụ|văn phòng|trung tâm|trường|đại học|bệnh viện"
    r"|công ty|tập đoàn|ngân hàng|kho bạc|bảo hiểm|công an|công báo|cổng|thanh tra|ban|viện|viện kiểm sát|tòa án"
    r"|toà án|liên đoàn|hội|đảng|tỉnh|thành phố|huyện|quận|xã|phường|báo|đài|chính phủ|thủ tướng|quốc hội|phòng)\b",
    re.IGNORECASE,
)


def witnesses(path: Path) -> tuple[Witness, ...]:
    """The signatures of a PDF in the order of their fields; none where there are none or nothing can be read.

    ``digest`` says whether the bytes that were signed are still those of the file and were signed with the key of the
    certificate: «valid»; «earlier» where that holds for a former state of the file, to which more was added later
    (another signature, or anything else); «broken»; or «unknown» where the kind of signature is not held here, where it
    leaves out more than itself, or where it was made before or after the certificate's time. It does not say that the
    certificate is to be trusted.
    """
    try:
        with pikepdf.open(path) as pdf:
            found = [_witness(value, path) for value in _signatures(pdf)]
    except (pikepdf.PdfError, OSError, ValueError, TypeError, KeyError, RecursionError):
        return ()
    return tuple(dict.fromkeys(witness for witness in found if witness is not None))


def _signatures(pdf: pikepdf.Pdf) -> Iterator[Any]:
    form = pdf.Root.get("/AcroForm")
    if form is not None:
        yield from _values(form.get("/Fields", []), 0)


def _values(fields: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401
    for field in fields:
        if field.get("/FT") == "/Sig" and field.get("/V") is not None:
            yield field["/V"]
        elif "/Kids" in field and depth < _DEPTH:
            yield from _values(field["/Kids"], depth + 1)


def _witness(value: Any, path: Path) -> Witness | None:  # noqa: ANN401
    """One signature, as far as it can be read; None for time stamps of the document."""
    kind = str(value.get("/SubFilter", ""))
    if kind == "/ETSI.RFC3161":
        return None
    signed_at = _iso(str(value.get("/M", "")))
    try:
        signed = cms.ContentInfo.load(bytes(value["/Contents"]))["content"]
        info = signed["signer_infos"][0]
        attributes = {attribute["type"].native: attribute["values"] for attribute in info["signed_attrs"]}
        certificate = _certificate(signed, info)
    except (ValueError, TypeError, KeyError, IndexError):
        return Witness(_text(value.get("/Name")), None, signed_at)
    if signed_at is None and "signing_time" in attributes:
        signed_at = attributes["signing_time"][0].native.isoformat()
    known = kind in _DETACHED and _in_force(certificate, signed_at)
    digest = _digest(value, path, info, attributes, certificate) if known else "unknown"
    return Witness(*_names(dict(certificate.subject.native)), signed_at, digest)


def _certificate(signed: Any, info: Any) -> Any:  # noqa: ANN401
    """The certificate that signed."""
    certificates = [choice.chosen for choice in signed["certificates"] if choice.name == "certificate"]
    identity = info["sid"]
    for certificate in certificates:
        if identity.name == "issuer_and_serial_number":
            wanted = identity.chosen["serial_number"].native
            if certificate.serial_number == wanted:
                return certificate
        elif certificate.key_identifier == identity.chosen.native:
            return certificate
    raise KeyError("certificate")


def _names(subject: dict[str, Any]) -> tuple[str | None, str | None]:
    """``(signer, organisation)``: a certificate's common name is one or the other.

    The organisation is followed by the one above it, unless its name says it already.

    >>> _names({"common_name": "VĂN PHÒNG", "organization_name": "ỦY BAN NHÂN DÂN THÀNH PHỐ ABC"})
    (None, 'VĂN PHÒNG, ỦY BAN NHÂN DÂN THÀNH PHỐ ABC')
    """
    name, *above = (_text(subject.get(key)) for key in ("common_name", *_ABOVE))
    is_organisation = name is not None and bool(_ORGANISATION.match(name))
    parts: list[str] = []
    for part in [name if is_organisation else None, *above]:
        if part and all(fold(part).lower() not in fold(other).lower() for other in parts):
            parts.append(part)
    return None if is_organisation else name, ", ".join(parts) or None


def _digest(value: Any, path: Path, info: Any, attributes: dict[str, Any], certificate: Any) -> str:  # noqa: ANN401
    """Whether the file is still what was signed, and signed with the certificate's key."""
    try:
        name = info["digest_algorithm"]["algorithm"].native
        reach = _reach(value, path)
        digest = _hashed(value, path, name)
        if not attributes:  # the signature is over the file itself
            told = _signed(digest, name, info, certificate, prehashed=True)
        elif digest != attributes["message_digest"][0].native:
            told = "broken"
        else:
            told = _signed(info["signed_attrs"].untag().dump(), name, info, certificate, prehashed=False)
    except (KeyError, IndexError, ValueError, TypeError, OSError, OverflowError):
        return "unknown"
    return reach if told == "valid" else told


def _in_force(certificate: Any, signed_at: str | None) -> bool:  # noqa: ANN401
    """Whether the certificate had begun and had not run out when, as it says itself, the signature was made."""
    if signed_at is None:
        return True
    try:
        validity = certificate["tbs_certificate"]["validity"].native
        return bool(validity["not_before"] <= dt.datetime.fromisoformat(signed_at) <= validity["not_after"])
    except (ValueError, TypeError, KeyError):
        return False


def _reach(value: Any, path: Path) -> str:  # noqa: ANN401
    """What intact bytes would prove: «valid» for the whole file but the signature, «earlier», or «unknown».

    What a signature leaves out must be itself alone: anything else there could be changed at will.
    """
    start, length, rest, until = (int(number) for number in value["/ByteRange"])
    with path.open("rb") as file:
        file.seek(start + length)
        gap = file.read(max(rest - length, 0))
        file.seek(rest + until)
        behind = file.read(_BREAK + 1)
    own = gap[:1] == b"<" and gap[-1:] == b">" and bytes.fromhex(gap[1:-1].decode("ascii")) == bytes(value["/Contents"])
    if start != 0 or not own:
        return "unknown"
    return "valid" if len(behind) <= _BREAK and not behind.strip() else "earlier"


def _hashed(value: Any, path: Path, name: str) -> bytes:  # noqa: ANN401
    """The digest of the bytes of the file that the signature covers."""
    digest = hashlib.new(name)
    numbers = [int(number) for number in value["/ByteRange"]]
    with path.open("rb") as file:
        for start, length in zip(numbers[::2], numbers[1::2], strict=True):
            file.seek(start)
            digest.update(file.read(length))
    return digest.digest()


def _signed(data: bytes, name: str, info: Any, certificate: Any, *, prehashed: bool) -> str:  # noqa: ANN401
    """Whether the certificate's key signed ``data`` (its digest, if ``prehashed``); unknown for kinds not held here."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    known = (hashes.SHA1(), hashes.SHA256(), hashes.SHA384(), hashes.SHA512())  # noqa: S303 - old signatures use SHA-1
    plain: hashes.HashAlgorithm = {kind.name: kind for kind in known}[name]
    how = utils.Prehashed(plain) if prehashed else plain
    try:
        key = load_der_public_key(certificate["tbs_certificate"]["subject_public_key_info"].dump())
        kind = info["signature_algorithm"].signature_algo
        if isinstance(key, rsa.RSAPublicKey) and kind == "rsassa_pkcs1v15":
            key.verify(info["signature"].native, data, padding.PKCS1v15(), how)
        elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ecdsa":
            key.verify(info["signature"].native, data, ec.ECDSA(how))
        else:
            return "unknown"
    except InvalidSignature:
        return "broken"
    except UnsupportedAlgorithm:
        return "unknown"
    return "valid"


def _iso(stamp: str) -> str | None:
    """ISO 8601 of a PDF date.

    >>> _iso("D:20250116074610+07'00'")
    '2025-01-16T07:46:10+07:00'
    """
    found = _PDF_TIME.match(stamp)
    if not found:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    zone = f"{sign}{hours}:{minutes or '00'}" if sign else "+00:00"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"


def _text(value: Any) -> str | None:  # noqa: ANN401
    if isinstance(value, list):
        value = value[0] if value else None
    text = str(value).strip() if value is not None else ""
    return text or None
