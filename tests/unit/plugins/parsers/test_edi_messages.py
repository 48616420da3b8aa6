"""What EDI messages state becomes the fields of a reading, with places a clerk can read."""

from __future__ import annotations

from typing import Any

import pytest
from tests.world import edi

from concilia.documents.core.parsed import Source
from concilia.documents.ports import parser_for
from concilia.documents.queries.reading import read_bytes


def read(text: str | bytes) -> dict[str, Any]:
    content = text.encode() if isinstance(text, str) else text
    answer = read_bytes(content, filename="m.edi", with_contents=True)
    texts = {each["part"]: each["text"] for each in answer["texts"]}
    reading = answer["reading"]
    assert reading["error"] is None
    for each in reading["evidence"]:
        assert texts[each["part"]][each["start"] : each["end"]] == each["text"]
        assert each["text"]
    return reading


def numbers(reading) -> dict[str, list[str]]:
    return {kind: found for kind, found in reading["references"].items() if found}


def rows(reading, *fields: str) -> list[tuple[str | None, ...]]:
    return [tuple(line[field] for field in fields) for line in reading["lines"]]


def evidence(reading, field: str) -> list[str]:
    return [each["text"] for each in reading["evidence"] if each["field"] == field]


class TestPayment820:
    @pytest.fixture
    def reading(self):
        return read(edi.PAYMENT)

    def test_every_document_with_what_was_paid_and_what_was_not(self, reading):
        assert rows(reading, "document", "invoiced", "paid", "discount", "deducted") == [
            ("FT-2026/03208", "1222.00", "1100.00", None, "122.00"),
            ("FT-2026/03300", "1000.00", "980.00", "20.00", None),
            ("FT-2026/03311", "750.50", "600.50", None, "100.00"),
            ("FT-2026/03311", None, None, None, "50.00"),
            ("CN-2026/0117", "-120.00", "-120.00", None, None),
            ("DM-5512", None, "-50.00", None, "50.00"),
        ]

    def test_every_cut_with_its_reason(self, reading):
        assert rows(reading, "reason", "reason_text") == [
            ("NC-01", "06"),
            (None, None),
            ("NC-08", "price of item 4711 not as agreed"),
            ("NC-21", "54"),
            (None, None),
            ("CO-03", "79"),
        ]

    def test_totals_and_numbers(self, reading):
        assert (reading["kind"], reading["format"]) == ("remittance_advice", "x12-820")
        assert (reading["total_amount"], reading["claimed_amount"]) == ("2510.50", "322.00")
        assert reading["currency"] == "USD"
        assert numbers(reading) == {
            "invoice": ["FT-2026/03208", "FT-2026/03311"],  # those that were cut
            "order": ["PO-77120"],
            "customer": ["C-10044"],
            "claim": ["DM-5512"],
        }
        paid = sum(float(line["paid"] or 0) for line in reading["lines"])
        assert f"{paid:.2f}" == reading["total_amount"]

    def test_its_text_is_what_a_clerk_reads(self, reading):
        answer = read_bytes(edi.PAYMENT.encode(), filename="m.edi", with_contents=True)
        lines = answer["texts"][0]["text"].splitlines()
        assert (
            "RMR Invoice FT-2026/03208: paid 1,100.00 of 1,222.00; "
            "adjustment −122.00 reason 06 (quantity contested)"
        ) in lines
        assert evidence(reading, "lines.0.reason") == ["06 (quantity contested)"]

    def test_adjustments_without_a_document_need_a_person(self):
        reading = read(edi.x12("820", "BPR*C*90*C*ACH", "ENT*1", "ADX*-10*54"))
        assert rows(reading, "document", "deducted", "reason") == [(None, "10.00", "NC-21")]
        assert reading["needs_review"]


class TestAdjustment812:
    def test_a_debit_note_claims_its_total_for_the_reasons_of_its_parts(self):
        reading = read(edi.DEBIT)
        assert (reading["kind"], reading["claimed_amount"]) == ("debit_note", "183.50")
        assert rows(reading, "document", "deducted", "reason") == [
            ("FT-2026/03208", "122.00", "NC-01"),
            ("FT-2026/03290", "61.50", "NC-05"),
        ]
        assert numbers(reading) == {
            "invoice": ["FT-2026/03208", "FT-2026/03290"],
            "order": ["PO-77120"],
            "delivery": ["BOL-8812"],
            "customer": ["C-10044"],
            "claim": ["DM-5520"],
            "promotion": ["PROMO-9"],
        }

    def test_the_flag_makes_it_a_credit_note(self):
        reading = read(edi.CREDIT)
        assert (reading["kind"], reading["total_amount"]) == ("credit_note", "50.00")
        assert (reading["claimed_amount"], reading["reason"]) == (None, None)

    def test_a_credit_inside_a_debit_takes_nothing_off(self):
        reading = read(
            edi.x12("812", "BCD*20261118*D1*I*1500*D", "CDD*06*D*1*4000", "CDD*01*C*2*2500")
        )
        assert rows(reading, "invoiced", "deducted") == [(None, "40.00"), ("-25.00", None)]
        assert reading["claimed_amount"] == "15.00"


class TestInvoices:
    @pytest.mark.parametrize(
        ("text", "kind", "total", "claimed", "invoices", "claims"),
        [
            (edi.INVOICE_810, "invoice", "244.00", None, ["INV-990"], []),
            (edi.MEMO_810, "credit_note", "120.50", None, ["FT-2026/03208"], []),
            (edi.PROMOTION_810, "promotion_invoice", "500.00", "500.00", [], ["MK-31"]),
            (edi.INVOICE, "invoice", "122.00", None, ["INV-5501"], []),
            (edi.CREDIT_NOTE, "credit_note", "61.00", None, ["FT-2026/03208"], []),
            (edi.DEBIT_NOTE, "debit_note", "61.00", "61.00", ["FT-2026/03208"], ["ND-2026-9"]),
            (edi.PROMOTION, "promotion_invoice", "610.00", "610.00", [], ["MKT-12"]),
            (edi.CREDIT_ADVICE, "credit_note", "75.20", None, ["FT-2026/03208"], []),
        ],
    )
    def test_kind_total_and_numbers(self, text, kind, total, claimed, invoices, claims):
        reading = read(text)
        assert (reading["kind"], reading["total_amount"]) == (kind, total)
        assert reading["claimed_amount"] == claimed
        assert reading["references"]["invoice"] == invoices
        assert reading["references"]["claim"] == claims

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("380", "invoice"),
            ("384", "invoice"),
            ("386", "invoice"),
            ("389", "invoice"),
            ("381", "credit_note"),
            ("83", "credit_note"),
            ("261", "credit_note"),
            ("383", "debit_note"),
            ("84", "debit_note"),
            ("817", "claim"),
            ("325", "other"),
        ],
    )
    def test_the_document_code_decides(self, code, kind):
        assert read(edi.INVOICE.replace("BGM+380", f"BGM+{code}"))["kind"] == kind

    def test_words_of_a_debit_note_give_its_reason(self):
        assert read(edi.DEBIT_NOTE)["reason"] == "NC-08"
        assert read(edi.PROMOTION)["reason"] == "CO-03"


class TestRemadv:
    def test_paid_cut_and_credited(self):
        reading = read(edi.REMITTANCE)
        assert rows(reading, "document", "invoiced", "paid", "discount", "deducted") == [
            ("FT-2026/03208", "1222.00", "1075.56", "24.44", "122.00"),
            ("FT-2026/03300", "500.00", "500.00", None, None),
            ("NC-2026/0017", "-100.00", "-100.00", None, None),
        ]
        assert (reading["total_amount"], reading["claimed_amount"]) == ("1475.56", "122.00")
        assert (reading["reason"], reading["needs_review"]) == ("NC-01", False)
        assert reading["lines"][0]["reason_text"] == "mancano 5 colli: DDT 8812"
        assert numbers(reading) == {"invoice": ["FT-2026/03208"], "order": ["OD-5501"]}

    def test_two_reasons_with_amounts_are_two_lines(self):
        text = edi.edifact(
            "REMADV", "BGM+481+R1", "CUX+2:EUR", "DOC+380+A-1", "MOA+9:100", "MOA+12:60",
            "AJT+4", "MOA+165:25", "AJT+5", "MOA+165:10", "UNS+S", "MOA+12:60",
        )  # fmt: skip
        assert rows(read(text), "document", "deducted", "reason") == [
            ("A-1", "25.00", "NC-01"),
            ("A-1", "10.00", "NC-08"),
            ("A-1", "5.00", "FI-16"),  # what nobody explained
        ]

    def test_codes_of_a_trade_of_its_own_stay_unmapped(self):
        text = edi.edifact(
            "REMADV", "BGM+239+R1", "CUX+2:EUR", "DOC+380+A-1", "MOA+9:50", "MOA+12:0", "AJT+Z06",
            "UNS+S", "MOA+12:0",
        )  # fmt: skip
        reading = read(text)
        assert (reading["total_amount"], reading["claimed_amount"]) == ("0.00", "50.00")
        assert rows(reading, "reason", "reason_text") == [("FI-16", "Z06")]
        assert evidence(reading, "lines.0.reason") == ["Z06"]

    def test_ten_thousand_lines_are_all_there(self):
        source = Source(edi.long_remittance(10_000), "m.edi", "edifact-remadv")
        parser = parser_for(source.format)
        paper = parser.parse(source).stated
        assert len(paper.lines) == 10_000
        assert sum(line.deducted or 0 for line in paper.lines) == 33_340


class TestDisputesAndAdvices:
    def test_comdis_contests_documents_with_reasons(self):
        reading = read(edi.DISPUTE)
        assert (reading["kind"], reading["claimed_amount"]) == ("claim", "121.50")
        assert rows(reading, "document", "invoiced", "deducted", "reason") == [
            ("RE-2026/4401", "980.50", "80.50", "NC-08"),
            ("RE-2026/4402", "41.00", "41.00", "NC-05"),
        ]
        assert numbers(reading)["claim"] == ["DSP-310"]
        assert numbers(reading)["customer"] == ["K-20881"]

    def test_debadv_takes_what_it_debits(self):
        reading = read(edi.DEBIT_ADVICE)
        assert (reading["kind"], reading["claimed_amount"]) == ("debit_note", "90.00")
        assert rows(reading, "document", "deducted", "reason") == [
            ("FT-2026/03208", "60.00", "NC-05"),
            ("FT-2026/03300", "30.00", "CO-03"),
        ]


class TestGoods:
    def test_shipments_name_order_and_delivery(self):
        assert numbers(read(edi.SHIPMENT)) == {
            "order": ["PO-77120"],
            "delivery": ["SH-4410", "BOL-8812"],
        }
        assert numbers(read(edi.DESPATCH)) == {
            "order": ["OD-5501"],
            "delivery": ["DES-9012", "DDT-8812"],
        }
        assert {read(edi.SHIPMENT)["kind"], read(edi.DESPATCH)["kind"]} == {"delivery_note"}

    def test_861_says_what_was_wrong_with_what_came(self):
        reading = read(edi.RECEIPT)
        assert reading["kind"] == "receiving_advice"
        assert rows(reading, "reason", "reason_text") == [
            ("NC-01", "vendor's item 4711 5 EA short"),
            ("NC-05", "vendor's item 4712 8 EA damaged"),
            ("NC-07", "vendor's item 4712 2 EA incorrect product"),
            ("NC-04", "5 EA over"),
        ]
        assert reading["reason"] is None  # it claims nothing

    def test_recadv_says_it_by_variance_or_by_quantities(self):
        reading = read(edi.RECEIVING)
        assert reading["kind"] == "receiving_advice"
        assert [line["reason"] for line in reading["lines"]] == ["NC-01", "NC-01", "NC-05"]
        assert reading["lines"][1]["reason_text"] == "8001234567892 2 short"
        assert numbers(reading) == {"order": ["OD-5501"], "delivery": ["DES-9012"]}


class TestOthers:
    @pytest.mark.parametrize(
        ("text", "name"),
        [(edi.ACKNOWLEDGEMENT, "Functional acknowledgement"), (edi.ORDER, "Purchase order")],
    )
    def test_other_messages_say_what_they_are(self, text, name):
        reading = read(text)
        assert (reading["kind"], reading["needs_review"]) == ("other", False)
        assert evidence(reading, "kind") == [name]


class TestSeveralMessages:
    both = edi.two_in_one(
        edi.message("REMADV", "BGM+481+R1", "CUX+2:EUR", "DOC+380+A-1", "MOA+9:10", "MOA+12:10",
                    "UNS+S", "MOA+12:10", number="1"),
        edi.message("REMADV", "BGM+481+R2", "CUX+2:EUR", "DOC+380+A-2", "MOA+9:20", "MOA+12:15",
                    "UNS+S", "MOA+12:15", number="2"),
    )  # fmt: skip

    def test_each_is_a_part_and_the_first_speaks_for_the_file(self):
        reading = read(self.both)
        assert [part["total_amount"] for part in reading["parts"]] == ["10.00", "15.00"]
        assert [part["source"] for part in reading["parts"]] == ["remadv-1.edi", "remadv-2.edi"]
        assert [part["warnings"] for part in reading["parts"]] == [[], []]
        assert (reading["kind"], reading["total_amount"]) == ("remittance_advice", "10.00")
        assert evidence(reading, "total_amount") == ["10.00"]

    def test_two_to_act_upon_need_a_person(self):
        assert read(self.both)["needs_review"]

    def test_an_acknowledgement_beside_a_payment_needs_nobody(self):
        start, end = edi.PAYMENT.index("GE*1"), len(edi.PAYMENT)
        group = edi.ACKNOWLEDGEMENT[
            edi.ACKNOWLEDGEMENT.index("GS*") : edi.ACKNOWLEDGEMENT.index("IEA*")
        ]
        text = f"{edi.PAYMENT[:start]}GE*1*71~{group}IEA*2*000000071~"
        assert end < len(text)

        reading = read(text)

        assert [part["kind"] for part in reading["parts"]] == ["remittance_advice", "other"]
        assert (reading["total_amount"], reading["needs_review"]) == ("2510.50", False)

    def test_two_interchanges_with_marks_of_their_own(self):
        other = edi.DISPUTE.replace("UNA:+.? '", "UNA:|.? '").replace("+", "|")
        reading = read(edi.REMITTANCE + "\r\n" + other)
        assert [part["kind"] for part in reading["parts"]] == ["remittance_advice", "claim"]
        assert reading["parts"][1]["lines"] == read(edi.DISPUTE)["lines"]
