"""Signed files: what is inside is read, however the envelope was packed; no trust is claimed."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world.einvoices import SIGNED_DATA, fatturapa
from tests.world.einvoices import signed as streamed

from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed, parser_for
from concilia.documents.queries.reading import read_bytes


def read(content: bytes, name: str = "IT01234567890_00001.xml.p7m") -> dict[str, Any]:
    return read_bytes(content, filename=name)["reading"]


def sign(content: bytes, encoding: serialization.Encoding, *options: pkcs7.PKCS7Options) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Prova")])
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(certificate, key, hashes.SHA256())
    return builder.sign(encoding, [pkcs7.PKCS7Options.Binary, *options])


class TestEnvelope:
    def test_der_pem_and_base64(self):
        signed = sign(fatturapa(), serialization.Encoding.DER)
        pem = sign(fatturapa(), serialization.Encoding.PEM)
        plain = base64.encodebytes(signed)

        for content in (
            signed,
            pem,
            plain,
            plain.replace(b"\n", b"\r\n"),
            plain.replace(b"\n", b""),
        ):
            reading = read(content)
            assert (reading["format"], reading["total_amount"]) == ("fatturapa", "122.00")
            assert reading["references"]["invoice"] == ["1/A", "9/A"]
            assert "signature was not checked" in reading["warnings"][0]

    def test_pieces_of_no_stated_length(self):
        assert read(streamed(fatturapa()))["total_amount"] == "122.00"
        assert read(base64.b64encode(streamed(fatturapa())))["total_amount"] == "122.00"

    def test_signed_twice(self):
        twice = sign(sign(fatturapa(), serialization.Encoding.DER), serialization.Encoding.DER)
        often = streamed(streamed(streamed(streamed(fatturapa()))))

        assert read(twice, "x.xml.p7m.p7m")["total_amount"] == "122.00"
        assert "times over" in read(often)["error"]

    def test_anything_else_inside_is_a_part(self):
        reading = read(
            streamed(b"DEBIT NOTE DN-5\n\nShortage on invoice FT-1\nTotal 12.00 EUR\n"), "n.txt.p7m"
        )

        assert [part["source"] for part in reading["parts"]] == ["n.txt"]
        assert reading["kind"] == "debit_note"

    def test_signatures_alone_and_encrypted_files_say_so(self):
        options = (pkcs7.PKCS7Options.DetachedSignature,)
        alone = sign(fatturapa(), serialization.Encoding.DER, *options)
        encrypted = streamed(b"").replace(SIGNED_DATA, SIGNED_DATA[:-1] + b"\3")

        assert "without the file it signs" in read(alone)["warnings"][0]
        assert read(alone)["error"] is None
        assert "encrypted" in read(encrypted)["error"]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damage_is_read_or_refused(data):
    content = bytearray(streamed(fatturapa()))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, 120))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    parser = parser_for("p7m")
    try:
        parsed = parser.parse(Source(bytes(content[:cut]), "x.p7m", "p7m"))
    except ParserFailed:
        return
    assert len(parsed.text) < 100_000


def test_deep_nesting_ends():
    for tag in (b"\x30\x80", b"\x24\x80"):
        with pytest.raises(ParserFailed):
            parser_for("p7m").parse(Source(tag * 100_000, "x.p7m", "p7m"))
