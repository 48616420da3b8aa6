from __future__ import annotations

import pytest

from concilia.documents.core.formats import detect

CAMT = b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'


class TestDetect:
    @pytest.mark.parametrize(
        ("content", "filename", "expected"),
        [
            (b"%PDF-1.7 ...", "x.bin", "pdf"),
            (b"\n\n%PDF-1.4", "x.pdf", "pdf"),
            (b"\x89PNG\r\n\x1a\n", "x", "png"),
            (b"PK\x03\x04 xl/workbook.xml", "x", "xlsx"),
            (b"PK\x03\x04 readme.txt", "x", "zip"),
            (CAMT, "statement", "camt.053"),
            (CAMT.replace(b"053", b"054"), "x.xml", "camt.054"),
            (b"From: a@b\nSubject: x\n\nhello", "noname", "eml"),
            (b"From a@b Mon Jan  1 00:00:00 2026\nFrom: a@b\nTo: c\n\nx", "box", "mbox"),
            (b"<html><body>hi</body></html>", "x.txt", "html"),
            (b"ISA*00*x~GS*RA~ST*820*0001~", "x.txt", "x12-820"),
            (b"UNA:+.? 'UNB+UNOC'UNH+1+REMADV:D:96A:UN'", "x", "edifact-remadv"),
            (b"\xef\xbb\xbf\r\nISA|00|x|GS|FA\x1cST|997|1\x1c", "x.txt", "x12"),
            (b"ST*812*0001~BCD*20261118~", "x.txt", "x12-812"),
            (b"GS*CD*a*b~ST*812*0001~", "x.txt", "x12-812"),
            (b"UNB\x1dUNOB\x1f1\x1da\x1cUNH\x1d1\x1dCOMDIS\x1fD\x1c", "x", "edifact-comdis"),
            (b"UNH+1+INVOIC:D:96A:UN'BGM+380+1'", "x.txt", "edifact-invoic"),
            (b"UNB+UNOA:1+a+b'UNH+1+ORDERS:D:96A:UN'", "x", "edifact"),
            (b"UNABLE to deliver the goods", "x.txt", "txt"),
            (b"ISA: 00 boxes are missing from ST 820 pallets", "x.txt", "txt"),
            (b"ST. 100 Main Street", "x.txt", "txt"),
            (b"a;b;c\n1;2;3\n4;5;6\n", "x", "csv"),
            (b"a,b\n1,2\n", "x.csv", "csv"),
            (b"Dear all, nothing but words.", "x", "txt"),
            (b":20:STARTUMS\n:25:1", "x.sta", "mt940"),
            ("Größe".encode("utf-16"), "x.txt", "txt"),
        ],
    )
    def test_goes_by_content_before_the_name(self, content, filename, expected):
        assert detect(content, filename) == expected

    @pytest.mark.parametrize("content", [b"", b" \n", bytes(range(32)) * 20])
    def test_nothing_and_unknown_binaries_have_no_format(self, content):
        assert detect(content, "x") is None
