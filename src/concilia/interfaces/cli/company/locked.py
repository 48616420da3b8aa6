"""A PDF that opens only with a password: what arrives when somebody means it well."""

from __future__ import annotations

import hashlib
from itertools import cycle, islice

PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
PERMISSIONS = -44
KEY_BYTES = 5


def locked_pdf(text: str, password: str) -> bytes:
    """Give a page with one line of text, encrypted with 40-bit RC4 (PDF 1.4, revision 2)."""
    file_id = hashlib.md5(text.encode(), usedforsecurity=False).digest()
    padded = (password.encode("latin-1") + PADDING)[:32]
    owner_key = hashlib.md5(padded, usedforsecurity=False).digest()[:KEY_BYTES]
    owner = _rc4(owner_key, padded)
    material = padded + owner + PERMISSIONS.to_bytes(4, "little", signed=True) + file_id
    key = hashlib.md5(material, usedforsecurity=False).digest()[:KEY_BYTES]
    page = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
    object_key = hashlib.md5(key + b"\x04\x00\x00\x00\x00", usedforsecurity=False).digest()
    stream = _rc4(object_key[: KEY_BYTES + 5], page)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 7 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>"
        % (owner.hex().encode(), _rc4(key, PADDING).hex().encode(), PERMISSIONS),
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    return _assemble(objects, file_id.hex().encode())


def _assemble(objects: list[bytes], file_id: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for n, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer << /Size %d /Root 1 0 R /Encrypt 6 0 R /ID [<%s> <%s>] >>\n" % (
        len(objects) + 1,
        file_id,
        file_id,
    )
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i, part in enumerate(islice(cycle(key), 256)):
        j = (j + box[i] + part) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
