from __future__ import annotations

from concilia.documents.queries.reading import read_bytes

ADVICE = """Payment run 2026-46
Your reference;Our order;Invoice total;Deducted;Deduction note;Paid
TPF10977;FC88120;1184.40;0.00;;1184.40
TPF10991;FC88131;756.00;75.60;returned RMA 55180, 1 case 400g;680.40
TPF11020;FC88160;402.00;402.00;not delivered;-8.04
;;2342.40;477.60;;1856.76
"""
CHARGES = """VENDOR CHARGEBACK NOTICE CB-2026-33107
PO;ASN;Violation;Qty;Unit charge USD;Charge USD
7740012;SH-118;ASN not received;1;150.00;150.00
7740055;SH-131;Wrong hangers;300;0.35;105.00
"""


def read(text):
    return read_bytes(text.encode(), filename="list.csv")["reading"]


def test_a_cut_names_its_invoice_its_order_and_what_went_back():
    references = read(ADVICE)["references"]
    assert references["invoice"] == ["TPF10991", "TPF11020"]
    assert references["order"] == ["FC88131", "FC88160"]
    assert references["return"] == ["55180"]
    assert references["claim"] == []


def test_a_billed_row_that_ends_below_nothing_is_no_debit_of_theirs():
    line = read(ADVICE)["lines"][2]
    assert (line["document"], line["deducted"], line["paid"]) == ("TPF11020", "402.00", "-8.04")


def test_the_charge_is_cut_and_not_the_price_of_one():
    reading = read(CHARGES)
    assert [each["deducted"] for each in reading["lines"]] == ["150.00", "105.00"]
