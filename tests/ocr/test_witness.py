"""Electronic signatures as witnesses; the certificates and signatures here are invented and worthless."""

import datetime as dt
import hashlib

import pikepdf
import pytest
from asn1crypto import algos, cms, keys, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from files import drawn_page, image_pdf

from ocr.files.witness import witnesses

ROOM = 4096
WHEN = dt.datetime(2026, 4, 3, 2, 15, tzinfo=dt.UTC)
RSA = rsa.generate_private_key(65537, 2048)
CURVE = ec.generate_private_key(ec.SECP256R1())


def sign(key, data):
    """``(algorithm, signature)`` of the data."""
    if key is CURVE:
        return "sha256_ecdsa", key.sign(data, ec.ECDSA(hashes.SHA256()))
    return "rsassa_pkcs1v15", key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def certificate(subject, key):
    name = x509.Name.build(subject)
    public = keys.PublicKeyInfo.load(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    signed = algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": 77,
            "signature": signed,
            "issuer": x509.Name.build({"common_name": "Invented CA"}),
            "validity": {
                "not_before": x509.Time({"utc_time": WHEN}),
                "not_after": x509.Time({"utc_time": WHEN + dt.timedelta(365)}),
            },
            "subject": name,
            "subject_public_key_info": public,
        }
    )
    return x509.Certificate({"tbs_certificate": body, "signature_algorithm": signed, "signature_value": b"\x00"})


def envelope(subject, content, *, key=RSA, signer=None, attributes=True):
    """A signature over ``content`` by ``signer``, with the certificate of ``key``."""
    paper = certificate(subject, key)
    held = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(content).digest()]}),
        ]
    )
    algorithm, signature = sign(signer or key, held.dump() if attributes else content)
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number", cms.IssuerAndSerialNumber({"issuer": paper.issuer, "serial_number": 77})
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signature_algorithm": {"algorithm": algorithm},
            "signature": signature,
        }
        | ({"signed_attrs": held} if attributes else {})
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [cms.CertificateChoices("certificate", paper)],
            "signer_infos": [info],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()


def signed_pdf(path, subject, **how):
    """A PDF with one detached signature over all but its own place."""
    image_pdf(path, [drawn_page((300, 424))])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        value = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig,
            Filter=pikepdf.Name("/Adobe.PPKLite"),
            SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
            Contents=pikepdf.String(b"\xaa" * ROOM),
            ByteRange=pikepdf.Array([0, 1111111111, 1111111112, 1111111113]),
            M=pikepdf.String("D:20260403091500+07'00'"),
        )
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("a"), V=pdf.make_indirect(value))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]))
        pdf.save(path)
    data = path.read_bytes()
    at = data.lower().index(b"<" + b"aa" * ROOM + b">")
    end = at + 2 * ROOM + 2
    for mark, number in ((1111111111, at), (1111111112, end), (1111111113, len(data) - end)):
        data = data.replace(str(mark).encode(), str(number).rjust(10).encode())
    held = envelope(subject, data[:at] + data[end:], **how).hex().encode().ljust(2 * ROOM, b"0")
    path.write_bytes(data[: at + 1] + held + data[end - 1 :])
    return path


OFFICE = {"common_name": "Sở Nội vụ", "organization_name": "Tỉnh Sông Lam"}
PERSON = {
    "common_name": "Nguyễn Thị Thử",
    "organization_name": "ỦY BAN NHÂN DÂN XÃ BA",
    "organizational_unit_name": "VĂN PHÒNG",
}


@pytest.mark.parametrize(
    ("subject", "signer", "organisation"),
    [(OFFICE, None, "Sở Nội vụ, Tỉnh Sông Lam"), (PERSON, "Nguyễn Thị Thử", "VĂN PHÒNG, ỦY BAN NHÂN DÂN XÃ BA")],
)
def test_who_signed_and_when(tmp_path, subject, signer, organisation):
    (witness,) = witnesses(signed_pdf(tmp_path / "a.pdf", subject))
    assert (witness.signer, witness.organisation) == (signer, organisation)
    assert witness.signed_at == "2026-04-03T09:15:00+07:00"
    assert witness.digest == "valid"


def test_a_changed_file_has_a_broken_digest(tmp_path):
    path = signed_pdf(tmp_path / "a.pdf", OFFICE)
    data = path.read_bytes()
    at = data.index(b"stream") + 40
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    assert [witness.digest for witness in witnesses(path)] == ["broken"]


@pytest.mark.parametrize("key", [RSA, CURVE], ids=["rsa", "ecdsa"])
@pytest.mark.parametrize("attributes", [True, False], ids=["attributes", "bare"])
def test_the_key_of_the_certificate_must_have_signed(tmp_path, key, attributes):
    path = signed_pdf(tmp_path / "a.pdf", OFFICE, key=key, attributes=attributes)
    assert [witness.digest for witness in witnesses(path)] == ["valid"]
    other = rsa.generate_private_key(65537, 2048) if key is RSA else RSA
    forged = signed_pdf(tmp_path / "b.pdf", OFFICE, key=key, signer=other, attributes=attributes)
    assert [witness.digest for witness in witnesses(forged)] == ["broken" if key is RSA else "unknown"]


def test_an_unreadable_signature_is_kept_as_unknown(tmp_path):
    path = signed_pdf(tmp_path / "a.pdf", OFFICE)
    held = envelope(OFFICE, b"").hex()[:40].encode()
    data = path.read_bytes()
    at = data.index(held)
    path.write_bytes(data[:at] + b"f" * 40 + data[at + 40 :])
    (witness,) = witnesses(path)
    assert (witness.organisation, witness.digest) == (None, "unknown")


def test_files_without_signatures_have_no_witnesses(tmp_path):
    assert witnesses(image_pdf(tmp_path / "a.pdf", [drawn_page((300, 424))])) == ()
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert witnesses(tmp_path / "b.pdf") == ()
