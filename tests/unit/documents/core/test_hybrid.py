"""A PDF with its invoice in XML: the XML's values, the pages' text, and what if they differ."""

from __future__ import annotations

from typing import Any

import typst
from tests.world.einvoices import cii, ubl

from concilia.documents.queries.reading import read_bytes

PAGES = """
#pdf.attach("{name}", bytes(sys.inputs.xml), relationship: "alternative", mime-type: "text/xml")
RECHNUNG RE-5

Gesamtbetrag {total} EUR
"""


def hybrid(xml: bytes, *, total: str = "11,90", name: str = "factur-x.xml") -> bytes:
    source = PAGES.format(name=name, total=total).encode()
    return typst.compile(source, sys_inputs={"xml": xml.decode()})


def read(content: bytes) -> tuple[dict[str, Any], dict[str | None, str]]:
    answer = read_bytes(content, filename="rechnung.pdf", with_contents=True)
    return answer["reading"], {each["part"]: each["text"] for each in answer["texts"]}


def test_what_the_xml_states_counts_and_the_pages_stay():
    reading, texts = read(hybrid(cii("381")))

    assert (reading["format"], reading["kind"]) == ("facturx", "credit_note")
    assert reading["references"]["invoice"] == ["RE-5", "RE-4"]
    assert (reading["total_amount"], reading["warnings"]) == ("11.90", [])
    assert "Gesamtbetrag 11,90 EUR" in texts[None]
    places = {(each["field"], each["part"], each["text"]) for each in reading["evidence"]}
    assert ("total_amount", None, "11,90 EUR") in places
    assert ("references.invoice", None, "RE-5") in places
    for each in reading["evidence"]:
        assert texts[each["part"]][each["start"] : each["end"]] == each["text"]


def test_pages_that_show_another_total_are_doubted():
    reading, _ = read(hybrid(cii(), total="99,00"))

    assert reading["total_amount"] == "11.90"
    assert reading["needs_review"]
    assert "do not show the total" in reading["warnings"][0]


def test_damaged_xml_leaves_the_pages():
    reading, _ = read(hybrid(b"<rsm:CrossIndustryInvoice", name="zugferd-invoice.xml"))

    assert (reading["format"], reading["kind"]) == ("facturx", "invoice")
    assert (reading["total_amount"], reading["references"]["invoice"]) == ("11.90", ["RE-5"])
    assert "the pages were" in reading["warnings"][0]


def test_an_attached_ubl_counts_whatever_its_name_and_other_files_do_not():
    reading, _ = read(hybrid(ubl(), total="122,00", name="rechnung.xml"))
    plain, _ = read(hybrid(b"<settings/>", name="settings.xml"))

    assert (reading["format"], reading["total_amount"]) == ("facturx", "122.00")
    assert (plain["format"], plain["total_amount"]) == ("pdf", "11.90")
