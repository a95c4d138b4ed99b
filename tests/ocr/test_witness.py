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
SHA256 = hashes.SHA256()
CURVE = ec.generate_private_key(ec.SECP256R1())


def sign(key, data, plain):
    """``(algorithm, signature)`` of the data."""
    if key is CURVE:
        return "sha256_ecdsa", key.sign(data, ec.ECDSA(plain))
    return "rsassa_pkcs1v15", key.sign(data, padding.PKCS1v15(), plain)


def certificate(subject, key, years):
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
                "not_before": x509.Time({"utc_time": WHEN + dt.timedelta(365 * years[0])}),
                "not_after": x509.Time({"utc_time": WHEN + dt.timedelta(365 * years[1])}),
            },
            "subject": name,
            "subject_public_key_info": public,
        }
    )
    return x509.Certificate({"tbs_certificate": body, "signature_algorithm": signed, "signature_value": b"\x00"})


def envelope(subject, content, *, key=RSA, signer=None, attributes=True, years=(0, 1), plain=SHA256):
    """A signature over ``content`` by ``signer``, with the certificate of ``key``, good for years from the signing."""
    paper = certificate(subject, key, years)
    held = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.new(plain.name, content).digest()]}),
        ]
    )
    algorithm, signature = sign(signer or key, held.dump() if attributes else content, plain)
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number", cms.IssuerAndSerialNumber({"issuer": paper.issuer, "serial_number": 77})
            ),
            "digest_algorithm": {"algorithm": plain.name},
            "signature_algorithm": {"algorithm": algorithm},
            "signature": signature,
        }
        | ({"signed_attrs": held} if attributes else {})
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": plain.name}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [cms.CertificateChoices("certificate", paper)],
            "signer_infos": [info],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()


def signed_pdf(path, subject, *, left_out=0, **how):
    """A PDF with one detached signature over all but its own place and ``left_out`` bytes behind it."""
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
    return filled(path, subject, left_out=left_out, **how)


def filled(path, subject, *, left_out=0, **how):
    """The file with its empty signature made."""
    data = path.read_bytes()
    at = data.lower().index(b"<" + b"aa" * ROOM + b">")
    end = at + 2 * ROOM + 2
    for mark, number in ((1111111111, at), (1111111112, end + left_out), (1111111113, len(data) - end - left_out)):
        data = data.replace(str(mark).encode(), str(number).rjust(10).encode())
    held = envelope(subject, data[:at] + data[end + left_out :], **how).hex().encode().ljust(2 * ROOM, b"0")
    path.write_bytes(data[: at + 1] + held + data[end - 1 :])
    return path


def added(path, objects):
    """The file with new objects behind its end, as programs add to signed files: ``number`` → content."""
    data = path.read_bytes()
    before = data.rindex(b"startxref")
    places, size, rows = {}, max(objects) + 1, b""
    for number, content in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    for number, place in places.items():
        rows += b"%d 1\n%010d 00000 n \n" % (number, place)
    with pikepdf.open(path) as pdf:
        root, size = pdf.Root.objgen[0], max(size, len(pdf.objects) + 1)
    start = int(data[before:].split()[1])
    trailer = b"trailer\n<< /Root %d 0 R /Size %d /Prev %d >>\n" % (root, size, start)
    path.write_bytes(data + b"xref\n" + rows + trailer + b"startxref\n%d\n%%%%EOF\n" % len(data))
    return path


def signed_again(path, subject):
    """The file with a second signature, over the first one and all."""
    with pikepdf.open(path) as pdf:
        root, pages, first = pdf.Root.objgen[0], pdf.Root.Pages.objgen[0], pdf.Root.AcroForm.Fields[0].objgen[0]
        new = len(pdf.objects) + 1
    value = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M (D:20260403091500+07'00')"
    value += b" /ByteRange [0 1111111111 1111111112 1111111113] /Contents <" + b"aa" * ROOM + b"> >>"
    form = b"<< /Type /Catalog /Pages %d 0 R /AcroForm << /Fields [%d 0 R %d 0 R] >> >>" % (pages, first, new)
    field = b"<< /FT /Sig /T (b) /V %d 0 R >>" % (new + 1)
    return filled(added(path, {root: form, new: field, new + 1: value}), subject)


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


def test_a_file_to_which_something_was_added_is_not_valid_as_it_is(tmp_path):
    path = signed_pdf(tmp_path / "a.pdf", OFFICE)
    with pikepdf.open(path) as pdf:
        page, new = pdf.pages[0].objgen[0], len(pdf.objects) + 1
        content = pdf.pages[0].obj.unparse(resolved=True)
    changed = content.replace(b"/MediaBox", b"/UserUnit 2 /MediaBox")
    assert changed != content
    added(path, {page: changed, new: b"(more)"})
    with pikepdf.open(path) as pdf:
        assert pdf.pages[0].UserUnit == 2
    assert [witness.digest for witness in witnesses(path)] == ["earlier"]


def test_of_several_signatures_the_last_covers_the_file_as_it_is(tmp_path):
    path = signed_again(signed_pdf(tmp_path / "a.pdf", PERSON), OFFICE)
    assert [(witness.signer, witness.digest) for witness in witnesses(path)] == [
        ("Nguyễn Thị Thử", "earlier"),
        (None, "valid"),
    ]
    data = path.read_bytes()
    path.write_bytes(data.replace(b"/Type /Catalog", b"/Type /catalog"))
    assert all(witness.digest != "valid" for witness in witnesses(path))


def test_what_changes_within_the_first_revision_breaks_all_signatures(tmp_path):
    path = signed_again(signed_pdf(tmp_path / "a.pdf", PERSON), OFFICE)
    data = path.read_bytes()
    at = data.index(b"%PDF-") + 7
    path.write_bytes(data[:at] + (b"4" if data[at : at + 1] != b"4" else b"5") + data[at + 1 :])
    assert [witness.digest for witness in witnesses(path)] == ["broken", "broken"]


def test_a_line_end_behind_the_file_changes_nothing(tmp_path):
    path = signed_pdf(tmp_path / "a.pdf", OFFICE)
    path.write_bytes(path.read_bytes() + b"\r\n")
    assert [witness.digest for witness in witnesses(path)] == ["valid"]
    path.write_bytes(path.read_bytes() + b" \n")
    assert [witness.digest for witness in witnesses(path)] == ["earlier"]


def test_a_signature_that_leaves_out_more_than_itself_proves_nothing(tmp_path):
    assert [witness.digest for witness in witnesses(signed_pdf(tmp_path / "a.pdf", OFFICE, left_out=9))] == ["unknown"]


def test_old_signatures_with_sha_1_are_read(tmp_path):
    path = signed_pdf(tmp_path / "a.pdf", OFFICE, plain=hashes.SHA1())
    assert [witness.digest for witness in witnesses(path)] == ["valid"]


@pytest.mark.parametrize(("years", "told"), [((-3, 2), "valid"), ((-3, -1), "unknown"), ((1, 2), "unknown")])
def test_a_certificate_out_of_its_time_proves_nothing(tmp_path, years, told):
    path = signed_pdf(tmp_path / "a.pdf", OFFICE, years=years)
    assert [witness.digest for witness in witnesses(path)] == [told]


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda held: b"",
        lambda held: held[:40],
        lambda held: held[: len(held) // 2],
        lambda held: bytes(len(held)),
        lambda held: held[:30] + bytes(60) + held[90:],
        lambda held: b"\x30\x84\xff\xff\xff\xff" + held[6:],
        lambda held: cms.ContentInfo({"content_type": "data", "content": held}).dump(),
    ],
)
def test_a_malformed_signature_is_never_valid_and_stops_nothing(tmp_path, spoilt):
    path = signed_pdf(tmp_path / "a.pdf", OFFICE)
    with pikepdf.open(path) as pdf:
        held = bytes(pdf.Root.AcroForm.Fields[0].V.Contents).rstrip(b"\0")
    data = path.read_bytes()
    at = data.lower().index(b"<" + held[:20].hex().encode())
    new = spoilt(held).hex().encode()[: 2 * ROOM].ljust(2 * ROOM, b"0")
    path.write_bytes(data[: at + 1] + new + data[at + 1 + 2 * ROOM :])
    assert all(witness.digest in {"unknown", "broken"} for witness in witnesses(path))


@pytest.mark.parametrize("numbers", ["[0 5]", "[0 -5 9 9]", "[7 9 99999999 99999999]", "[]", "(a)", "[0 1 2 (b)]"])
def test_a_malformed_range_is_never_valid(tmp_path, numbers):
    path = signed_pdf(tmp_path / "a.pdf", OFFICE)
    data = path.read_bytes()
    at = data.index(b"/ByteRange")
    end = data.index(b"]", at) + 1
    new = b"/ByteRange " + numbers.encode()
    path.write_bytes(data[:at] + new.ljust(end - at) + data[end:])
    assert all(witness.digest in {"unknown", "broken"} for witness in witnesses(path))
