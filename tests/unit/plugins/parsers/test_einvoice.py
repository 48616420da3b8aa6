# ruff: noqa: E501 - XML is read by its nodes, not by its line length
"""What e-invoices state becomes a reading; every dialect, every shape people send them in."""

from __future__ import annotations

from typing import Any

import pytest
from tests.world.einvoices import (
    BEFORE,
    CORRECTIVE,
    ORDER,
    RECEIPT,
    REMT,
    SIMPLIFIED,
    cii,
    facturae,
    fatturapa,
    ubl,
)

from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed, parser_for
from concilia.documents.queries.reading import read_bytes

BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""


def read(content: bytes, name: str = "x.xml") -> dict[str, Any]:
    return read_bytes(content, filename=name, with_contents=True)["reading"]


def text_of(content: bytes) -> str:
    return str(read_bytes(content, filename="x.xml", with_contents=True)["texts"][0]["text"])


def numbers(reading: dict[str, Any]) -> dict[str, list[str]]:
    return {kind: values for kind, values in reading["references"].items() if values}


class TestUbl:
    def test_states_numbers_total_and_customer_and_shows_them(self):
        reading = read(ubl())

        assert (reading["format"], reading["kind"]) == ("ubl-invoice", "invoice")
        assert numbers(reading) == {
            "invoice": ["FT-100"],
            "order": ["PO-7"],
            "delivery": ["DDT-3"],
            "customer": ["K-55"],  # a GLN is nobody's customer number
        }
        assert (reading["total_amount"], reading["currency"]) == ("122.00", "EUR")
        assert (reading["lines"], reading["needs_review"]) == ([], False)
        text = text_of(ubl())
        for said in ("Oleificio Uno", "10\t11.00\t110.00", "-10.00 EUR (Loyalty)", "C-9"):
            assert said in text
        for each in reading["evidence"]:
            assert text[each["start"] : each["end"]] == each["text"]

    @pytest.mark.parametrize(
        ("root", "code", "kind"),
        [
            ("Invoice", "380", "invoice"),
            ("Invoice", "384", "invoice"),
            ("Invoice", "389", "invoice"),
            ("Invoice", "383", "debit_note"),
            ("CreditNote", "381", "credit_note"),
            ("CreditNote", "261", "credit_note"),
        ],
    )
    def test_the_type_code_says_what_it_is(self, root, code, kind):
        assert read(ubl(root, code=code))["kind"] == kind

    def test_a_credit_note_names_the_invoice_before(self):
        reading = read(ubl("CreditNote", code="381", extra=BEFORE))

        assert reading["references"]["invoice"] == ["FT-100", "FT-88"]
        assert reading["claimed_amount"] is None

    def test_a_debit_note_claims_its_total_under_its_own_number(self):
        content = ubl(code="383", item="Shortage: 2 cartons missing", extra=BEFORE)
        reading = read(content)

        assert (reading["claimed_amount"], reading["reason"]) == ("122.00", "NC-01")
        assert reading["references"]["claim"] == ["FT-100"]
        assert reading["references"]["invoice"] == ["FT-88"]

    def test_an_invoice_that_bills_only_promotions_is_the_customers_to_us(self):
        reading = read(ubl(item="Marketing contribution, leaflet November"))

        assert (reading["kind"], reading["claimed_amount"]) == ("promotion_invoice", "122.00")
        assert numbers(reading)["claim"] == ["FT-100"]
        assert reading["reason"] in {"CO-03", "CO-04"}
        assert read(ubl(item="Display stand oak"))["kind"] == "invoice"
        assert read(ubl(code="389", item="Marketing contribution"))["kind"] == "invoice"

    def test_namespaces_may_be_missing_or_wrapped(self):
        bare = ubl().replace(b"x:", b"").replace(b"b:", b"").replace(b"a:", b"")
        wrapped = b"<s:StandardBusinessDocument xmlns:s='urn:s'><s:Header/>%s</s:StandardBusinessDocument>"

        assert read(b"\xef\xbb\xbf" + ubl())["format"] == "ubl-invoice"
        assert numbers(read(bare))["invoice"] == ["FT-100"]
        assert numbers(read(wrapped % ubl().split(b"?>", 1)[1]))["invoice"] == ["FT-100"]

    def test_a_long_comment_before_it_hides_nothing(self):
        head, body = ubl().split(b"?>", 1)
        comment = b"<!-- %s -->" % (b"licence " * 2000)

        assert numbers(read(head + b"?>" + comment + body))["invoice"] == ["FT-100"]
        assert "no kind that is known (recipe)" in read(b"<?xml version='1.0'?><recipe/>")["error"]

    def test_a_fully_prepaid_invoice_keeps_its_total(self):
        content = ubl().replace(b">122.00</b:PayableAmount>", b">0.00</b:PayableAmount>")

        assert read(content)["total_amount"] == "122.00"

    def test_what_is_odd_is_said(self):
        assert "negative" in read(ubl(amount="-122.00"))["warnings"][0]
        assert "cut off" in read(ubl()[:-15])["warnings"][0]
        unknown = ubl().replace(b'encoding="UTF-8"', b'encoding="UTF-8-NO-BOM"')
        assert (read(unknown)["total_amount"], len(read(unknown)["warnings"])) == ("122.00", 1)
        assert "damaged XML" in read(ubl().replace(b"</a:Item>", b"", 1))["error"]

    def test_papers_around_the_invoice(self):
        order, receipt = read(ORDER), read(RECEIPT)

        assert (order["kind"], numbers(order)) == ("order", {"order": ["PO-7"]})
        assert order["total_amount"] == "110.00"
        assert receipt["kind"] == "receiving_advice"
        assert numbers(receipt) == {"order": ["PO-7"], "delivery": ["DDT-3"]}
        assert "ShortQuantity 2" in text_of(RECEIPT)


class TestCii:
    @pytest.mark.parametrize(
        ("code", "kind"), [("380", "invoice"), ("381", "credit_note"), ("389", "invoice")]
    )
    def test_states_what_ubl_states(self, code, kind):
        reading = read(cii(code))

        assert (reading["format"], reading["kind"]) == ("cii", kind)
        assert numbers(reading) == {
            "invoice": ["RE-5", "RE-4"],
            "order": ["PO445"],
            "customer": ["10202"],
        }
        assert reading["total_amount"] == "11.90"

    def test_speaks_the_language_of_the_seller(self):
        assert text_of(cii("381")).startswith("Rechnungskorrektur RE-5 (381)\nDatum: 2026-11-02\n")
        assert text_of(cii("389")).startswith("Gutschrift (Self-Billing)")


class TestFatturapa:
    def test_states_numbers_and_the_total_its_summary_adds_up_to(self):
        reading = read(fatturapa())

        assert (reading["kind"], reading["total_amount"]) == ("invoice", "122.00")
        assert numbers(reading) == {"invoice": ["1/A", "9/A"], "order": ["661"], "delivery": ["77"]}
        assert "Cedente: ALFA SRL, P. IVA IT01234567890" in text_of(fatturapa())

    def test_placeholders_are_no_numbers(self):
        content = fatturapa().replace(b">661<", b">N.D.<").replace(b">77<", b">-<")

        assert numbers(read(content)) == {"invoice": ["1/A", "9/A"]}

    @pytest.mark.parametrize(
        ("code", "kind"),
        [("TD04", "credit_note"), ("TD05", "debit_note"), ("TD24", "invoice"), ("TD16", "invoice")],
    )
    def test_the_type_says_what_it_is(self, code, kind):
        assert read(fatturapa(code))["kind"] == kind

    def test_several_bodies_are_lines_and_a_sum(self):
        reading = read(fatturapa("TD01", "TD04", "TD01"))

        assert [(line["document"], line["invoiced"]) for line in reading["lines"]] == [
            ("1/A", "122.00"),
            ("2/A", "-122.00"),
            ("3/A", "122.00"),
        ]
        assert reading["total_amount"] == "122.00"

    def test_the_simplified_file_includes_the_tax(self):
        reading = read(SIMPLIFIED)

        assert (reading["kind"], reading["total_amount"]) == ("credit_note", "61.00")
        assert reading["references"]["invoice"] == ["S-4", "S-3"]
        assert "IVA: 11.00 EUR" in text_of(SIMPLIFIED)

    def test_its_attachments_are_parts(self):
        file = b"<Allegati><NomeAttachment>../ddt.txt</NomeAttachment><Attachment>%s</Attachment></Allegati>"
        content = fatturapa().replace(
            b"</FatturaElettronicaBody>", file % b"RERUIDc3" + b"</FatturaElettronicaBody>"
        )

        assert [part["source"] for part in read(content)["parts"]] == ["ddt.txt"]


class TestFacturae:
    def test_states_series_and_number_order_and_delivery(self):
        reading = read(facturae(), "factura.xsig")

        assert (reading["format"], reading["kind"]) == ("facturae", "invoice")
        assert numbers(reading) == {"invoice": ["A-15"], "order": ["PED-3"], "delivery": ["ALB-8"]}
        assert reading["total_amount"] == "121.00"
        assert "Comprador: Ana Prueba" in text_of(facturae())

    def test_a_negative_correction_credits(self):
        reading = read(facturae(total="-121.00", kind="OR", corrective=CORRECTIVE))

        assert reading["kind"] == "credit_note"
        assert reading["references"]["invoice"] == ["A-15", "A-14"]
        assert read(facturae(kind="OR", corrective=CORRECTIVE))["kind"] == "invoice"


class TestRemittance:
    def test_each_document_is_a_line_with_its_cut_and_why(self):
        reading = read(REMT)

        assert (reading["kind"], reading["total_amount"]) == ("remittance_advice", "850.00")
        assert (reading["claimed_amount"], reading["reason"]) == ("80.00", "NC-01")
        first, second = reading["lines"]
        assert (first["document"], first["invoiced"], first["discount"]) == (
            "FT-1",
            "1000.00",
            "20.00",
        )
        assert (first["deducted"], first["paid"]) == ("80.00", "900.00")
        assert first["reason_text"] == "2 cartons short"
        assert (second["document"], second["paid"]) == ("NC-2", "-50.00")
        assert reading["references"]["invoice"] == ["FT-1"]
        assert not reading["needs_review"]


class TestHostile:
    @pytest.mark.parametrize("content", [ubl(), cii(), fatturapa(), facturae(), REMT])
    def test_a_document_type_is_refused_whatever_the_encoding(self, content):
        body = content.split(b"?>", 1)[-1] if content.startswith(b"<?xml") else content
        for hostile in (BOMB + body, (BOMB + body).decode().encode("utf-16")):
            assert "document type" in str(read(hostile)["error"])

    def test_nothing_is_fetched_and_no_entity_is_opened(self, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("very secret")
        doctype = f'<!DOCTYPE Invoice [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
        content = doctype + ubl(item="&e;").split(b"?>", 1)[1]
        source = Source(content, "x.xml", "ubl-invoice")

        with pytest.raises(ParserFailed, match="DTD"):
            parser_for("ubl-invoice").parse(source)

    def test_a_giant_embedded_file_is_left_out_and_the_invoice_read(self):
        file = b"<Allegati><NomeAttachment>a.pdf</NomeAttachment><Attachment>%s</Attachment></Allegati>"
        content = fatturapa().replace(
            b"</FatturaElettronicaBody>",
            file % (b"QUJD" * 3_000_000) + b"</FatturaElettronicaBody>",
        )

        reading = read(content)

        assert (reading["total_amount"], reading["parts"]) == ("122.00", [])
        assert "too large" in reading["warnings"][0]

    def test_output_stays_bounded(self):
        line = ubl().split(b"<a:InvoiceLine>")[1].split(b"</a:InvoiceLine>")[0]
        many = b"<a:InvoiceLine>%s</a:InvoiceLine>" % line * 20_000
        content = ubl().replace(b"<a:InvoiceLine>", many + b"<a:InvoiceLine>", 1)
        parsed = parser_for("ubl-invoice").parse(Source(content, "x.xml", "ubl-invoice"))

        assert len(parsed.tables[0].rows) == 20_001
        assert "positions" in parsed.warnings[0]
        long = parser_for("ubl-invoice").parse(
            Source(ubl(item="x" * 9_000_000), "x.xml", "ubl-invoice")
        )
        assert len(long.text) < 10_000
        assert read(REMT.replace(b">850.00<", b">1e999999999<"))["error"] is None
        huge = read(ubl().replace(b">110.00<", b">1e999999999<"))
        assert huge["total_amount"] == "122.00"
