from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.eml import EmailParser


def parse(content, document_format="eml"):
    if isinstance(content, EmailMessage):
        content = content.as_bytes()
    return EmailParser().parse(Source(content, f"x.{document_format}", document_format))


def message(subject="Fattura", body="Manca un collo.\n"):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@customer.example", subject
    mail["Date"] = "Fri, 20 Nov 2026 23:30:00 -0500"
    mail.set_content(body)
    return mail


class TestText:
    def test_the_subject_is_the_first_line(self):
        assert parse(message("Però – €")).text == "Però – €\n\nManca un collo.\n"

    def test_plain_text_comes_before_html(self):
        mail = message()
        mail.add_alternative("<p>Manca <b>un collo</b>.</p>", subtype="html")
        assert parse(mail).text.endswith("\n\nManca un collo.\n")

    def test_html_is_read_where_plain_text_says_nothing(self):
        mail = message(body="Please view in HTML\n")
        mail.add_alternative(
            "<style>p {}</style><p>Two cartons of invoice INV-1 were missing on Tuesday.</p>"
            "<div class='gmail_quote'>old words</div><p style='display:none'>hidden</p>",
            subtype="html",
        )
        text = parse(mail).text
        assert "Two cartons of invoice INV-1" in text
        assert "> old words" in text
        assert "hidden" not in text

    @pytest.mark.parametrize("charset", ["utf-8", "cp1252", "iso-8859-15", "utf-16"])
    def test_any_charset_is_decoded(self, charset):
        raw = (
            b"From: a@b\nSubject: x\nContent-Type: text/plain; charset="
            + charset.encode()
            + b"\nContent-Transfer-Encoding: base64\n\n"
        )
        content = raw + base64.b64encode("Größe, 12 € però".encode(charset))
        assert parse(content).text == "x\n\nGröße, 12 € però\n"

    def test_a_lie_about_the_charset_is_seen_through(self):
        content = b"From: a@b\nSubject: x\nContent-Type: text/plain; charset=us-ascii\n\n" + (
            "però".encode()
        )
        assert parse(content).text == "x\n\nperò\n"

    def test_flowed_lines_are_joined(self):
        content = b"From: a@b\nContent-Type: text/plain; format=flowed\n\none \ntwo\nthree\n"
        assert parse(content).text == "\n\none two\nthree\n"


class TestParts:
    def test_attachments_keep_their_names_and_bytes(self):
        mail = message()
        mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="è.pdf")
        (attachment,) = parse(mail).attachments
        assert attachment.filename == "è.pdf"
        assert attachment.content == b"%PDF-1.7"

    def test_names_are_never_paths(self):
        mail = message()
        mail.add_attachment(b"x", maintype="a", subtype="b", filename="../../etc/passwd")
        assert parse(mail).attachments[0].filename == "passwd"

    def test_nested_messages_are_attachments(self):
        mail = message()
        mail.add_attachment(message("Inner claim", "words\n"))
        (attachment,) = parse(mail).attachments
        assert attachment.filename == "Inner claim.eml"
        assert parse(attachment.content).text == "Inner claim\n\nwords\n"

    def test_logos_are_not_attachments(self):
        mail = message()
        mail.add_alternative("<p>hello <img src='cid:1'></p>", subtype="html")
        mail.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<1>")
        assert all(attachment.inline for attachment in parse(mail).attachments)

    def test_a_mailbox_is_its_messages(self):
        content = (
            b"From a@b Fri Nov 20 10:00:00 2026\nFrom: a@b\nSubject: one\n\n>From here on\n\n"
            b"From a@b Fri Nov 20 11:00:00 2026\nFrom: a@b\nSubject: two\n\nwords\n"
        )
        first, second = parse(content, "mbox").attachments
        assert parse(first.content).text == "one\n\nFrom here on\n\n"
        assert parse(second.content).text == "two\n\nwords\n"


class TestHeaders:
    def test_the_date_is_the_writers_own_day(self):
        assert parse(message()).metadata["date"] == "2026-11-20"

    def test_a_delivery_report_is_marked(self):
        content = (
            b"From: d@host\nContent-Type: multipart/report; report-type=delivery-status; "
            b'boundary="b"\n\n'
            b"--b\nContent-Type: text/plain\n\nfailed\n"
            b"--b\nContent-Type: message/delivery-status\n\n"
            b"Reporting-MTA: dns; host\n\n--b--\n"
        )
        metadata = parse(content).metadata
        assert metadata["report-type"] == "delivery-status"
        assert "Reporting-MTA" in metadata["delivery-status"]

    def test_without_any_header_it_is_no_mail(self):
        with pytest.raises(ParserFailed, match="no header"):
            parse(b"\n\njust words")
