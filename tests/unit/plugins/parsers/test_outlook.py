"""Messages of Outlook: what is taken from a `.msg` and a `winmail.dat`, and from damaged ones."""

from __future__ import annotations

import contextlib
import struct

import pytest
from tests.world.outlook import Mail, compound, lzfu, msg, plain_lzfu, tnef, xls

from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed, parser_for
from concilia.documents.queries.reading import read_bytes
from concilia.plugins.parsers.mapi.compressed import decompressed

PAGE = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1{\fonttbl{\f0 Arial;}}{\*\htmltag <p>}Fehlmenge \'fcber "
    rb"\htmlrtf \par twice\htmlrtf0 12 St\u252?ck{\*\htmltag </p>}}"
)


def read(content: bytes, filename: str = "mail.msg") -> ParsedDocument:
    found = detect(content, filename)
    parser = parser_for(found or "")
    assert parser is not None
    return parser.parse(Source(content, filename, found or ""))


class TestMsg:
    def test_subject_body_and_people(self):
        parsed = read(msg(Mail()), "no name at all")

        assert parsed.format == "msg"
        assert parsed.text == "Fattura 12 – merce mancante\n\nManca un collo della fattura 12.\n"
        assert parsed.metadata == {
            "from": "Anna Bianchi <anna@cliente.example>",
            "to": "Crediti <crediti@fornitore.example>",
            "subject": "Fattura 12 – merce mancante",
            "date": "2026-11-26",
        }

    def test_files_large_and_small(self):
        files = (("a.csv", b"a;b\n" * 2000), ("../b.txt", b"x"))
        parsed = read(msg(Mail(files=files)))

        assert [(a.filename, a.content) for a in parsed.attachments] == [
            ("a.csv", b"a;b\n" * 2000),
            ("b.txt", b"x"),
        ]

    def test_a_message_inside_becomes_an_e_mail_with_its_own_files(self):
        inner = Mail(subject="Ordine 7", body="Prezzo errato", files=(("c.txt", b"hello"),))
        (nested,) = read(msg(Mail(files=(inner,)))).attachments
        mail = read(nested.content, nested.filename)

        assert (nested.filename, mail.format) == ("Ordine 7.eml", "eml")
        assert mail.text == "Ordine 7\n\nPrezzo errato\n"
        assert mail.metadata["from"] == "Anna Bianchi <anna@cliente.example>"
        assert [(a.filename, a.content) for a in mail.attachments] == [("c.txt", b"hello")]

    @pytest.mark.parametrize("pack", [lzfu, plain_lzfu])
    def test_a_body_only_in_rich_text_that_wraps_a_page(self, pack):
        parsed = read(msg(Mail(subject="S", body="", rich=pack(PAGE))))

        assert parsed.text.split() == ["S", "Fehlmenge", "über", "12", "Stück"]

    def test_a_table_survives_in_the_page_beside_plain_words(self):
        rows = "".join(f"<tr><td>INV-{n}</td><td>{n}.00</td></tr>" for n in range(1, 4))
        parsed = read(msg(Mail(body="INV-1 1.00 INV-2", html=f"<table>{rows}</table>")))

        assert [cell.text for cell in parsed.tables[0].rows[0]] == ["INV-1", "1.00"]
        cell = parsed.tables[0].rows[0][0]
        assert parsed.text[cell.start : cell.end] == "INV-1"

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("REPORT.IPM.Note.NDR", "bounce"),
            ("IPM.Note.Rules.OofTemplate.Microsoft", "auto_reply"),
        ],
    )
    def test_what_machines_wrote_is_no_claim(self, name, kind):
        content = msg(
            Mail(subject="Out of office", body="I am away.", message_class=name)
        )  # fmt: skip

        assert read_bytes(content, filename="x.msg")["reading"]["kind"] == kind

    def test_a_complaint_is_read_as_from_any_mail(self):
        body = "Guten Tag, zur Rechnung INV-2026-00417 fehlten 12 Kartons. Bitte um Gutschrift."
        reading = read_bytes(msg(Mail(subject="Fehlmenge", body=body)), filename="x.msg")["reading"]

        assert (reading["kind"], reading["reason"]) == ("claim", "NC-01")
        assert reading["references"]["invoice"] == ["INV-2026-00417"]

    @pytest.mark.parametrize("cut", [100, 511, 700, 1500])
    def test_a_cut_off_file_is_refused_in_one_sentence(self, cut):
        content = msg(Mail())[:cut]
        parser = parser_for("msg")
        assert parser is not None

        with pytest.raises(ParserFailed):
            parser.parse(Source(content, "x.msg", "msg"))

    def test_a_circle_of_sectors_ends(self):
        content = bytearray(msg(Mail(files=(("a.csv", b"x" * 9000),))))
        table = 512 * (1 + struct.unpack_from("<I", content, 76)[0])
        for number in range(20):
            struct.pack_into("<I", content, table + 4 * number, 0)

        with contextlib.suppress(ParserFailed):
            read(bytes(content))


class TestOtherCompoundFiles:
    @pytest.mark.parametrize(
        ("inside", "found"),
        [
            ({"WordDocument": b"x" * 64, "Workbook": b"x"}, "doc"),
            ({"Workbook": b"x"}, "xls"),
            ({"EncryptedPackage": b"x"}, "encrypted-office"),
            ({"Something": b"x"}, "ole"),
        ],
    )
    def test_are_told_by_what_is_in_them(self, inside, found):
        assert detect(compound(inside), "renamed.bin") == found

    def test_an_old_workbook_is_read(self):
        parsed = read(xls([["Invoice", "Amount"], ["INV-1", 12.5]]), "old.xls")

        assert parsed.format == "xls"
        assert [[c.text for c in row] for row in parsed.tables[0].rows] == [
            ["Invoice", "Amount"],
            ["INV-1", "12.5"],
        ]


class TestCompressedRichText:
    def test_a_run_may_repeat_what_it_is_just_writing(self):
        # `a`, then a run from the place of that `a`, four long.
        body = bytes([2]) + b"a" + struct.pack(">H", 207 << 4 | 2)
        content = struct.pack("<II4sI", len(body) + 12, 5, b"LZFu", 0) + body

        assert decompressed(content) == b"aaaaa"

    @pytest.mark.parametrize("content", [b"", b"x" * 16, lzfu(PAGE)[:10]])
    def test_anything_else_is_refused(self, content):
        with pytest.raises(ParserFailed):
            decompressed(content)


class TestTnef:
    @pytest.mark.parametrize("content", [b"\x78\x9f\x3e\x22", b"\x78\x9f\x3e\x22\x01\x00\x07"])
    def test_an_empty_one_is_refused(self, content):
        with pytest.raises(ParserFailed, match="nothing in it"):
            read(content, "winmail.dat")

    def test_files_and_words_by_the_old_attributes(self):
        parsed = read(tnef(SUBJECT, (2, 0x9002, b""), NAME, (2, 0x800F, b"a;b")), "winmail.dat")

        assert parsed.text == "Claim\n\n"
        assert [(a.filename, a.content) for a in parsed.attachments] == [("list.csv", b"a;b")]

    def test_one_that_is_cut_off_says_so(self):
        content = tnef(SUBJECT, (2, 0x9002, b""), NAME, (2, 0x800F, b"a;b" * 99))[:-100]

        assert read(content).warnings == ("winmail.dat is cut off",)


SUBJECT = (1, 0x8004, b"Claim\0")
NAME = (2, 0x8010, b"list.csv\0")
