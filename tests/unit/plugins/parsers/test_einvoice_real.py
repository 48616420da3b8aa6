"""Every real e-invoice at hand: its total and number are those in the file, damage is said."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from lxml import etree

from concilia.documents.core.formats import detect
from concilia.documents.queries.reading import read_bytes
from concilia.plugins.parsers.einvoice.paper import kind_of_code
from concilia.plugins.parsers.einvoice.peppol import ACTIONS, REASONS, STATUSES
from concilia.plugins.parsers.einvoice.units import ALLOWANCES

ROOT = Path(__file__).parents[4]
REAL = Path(os.environ.get("CONCILIA_REAL_DATA", ROOT.parent / "shared/data/real"))
FILES = sorted(path for path in (REAL / "04-einvoice").glob("**/*") if path.is_file())
HOSTILE = sorted((REAL / "09-hostile/tiran+defusedxml").glob("**/*.xml"))
CODES = REAL / "08-codes/OpenPEPPOL+peppol-bis-invoice-3/structure/codelist"
PEPPOL = REAL / "08-codes/OpenPEPPOL+poacc-upgrade-3/structure/codelist"
# Where each dialect prints what it comes to, the first with a value that is not zero.
TOTALS = (
    "PayableAmount",
    "TaxInclusiveAmount",
    "DuePayableAmount",
    "GrandTotalAmount",
    "ImportoTotaleDocumento",
)
NO_TOTAL = {"other", "delivery_note", "claim"}

pytestmark = pytest.mark.skipif(not FILES, reason="no real e-invoices: set CONCILIA_REAL_DATA")


def read(path: Path) -> dict[str, Any]:
    return read_bytes(path.read_bytes(), filename=path.name)["reading"]


def xml_of(path: Path) -> etree._Element | None:
    """The message, read without any code of ours; what a PDF carries in it."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        document = pdfium.PdfDocument(content)
        if not document.count_attachments():
            return None
        content = bytes(document.get_attachment(0).get_data())
    text = content.decode("utf-8").split("?>", 1)[-1]
    return etree.fromstring(text.encode(), etree.XMLParser(recover=True))


def printed(root: etree._Element, *names: str) -> list[str]:
    found = (root.findall(f".//{{*}}{name}") for name in names)
    return [node.text.strip() for nodes in found for node in nodes if node.text]


def total_of(root: etree._Element) -> Decimal | None:
    values = [Decimal(value) for value in printed(root, *TOTALS)]
    if len(printed(root, "ImportoTotaleDocumento")) > 1:
        return sum(values, Decimal(0))
    return next((value for value in values if value), values[0] if values else None)


def number_of(root: etree._Element) -> str:
    """The first number in the document that is the paper's own."""
    for name in ("ExchangedDocument", "HeaderExchangedDocument"):
        for node in root.findall(f".//{{*}}{name}/{{*}}ID"):
            return " ".join(node.text.split())
    found = printed(root, "Numero") or [node.text.strip() for node in root.findall("{*}ID")]
    return " ".join(found[0].split())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_reads_what_the_file_states(path):
    reading = read(path)
    root = xml_of(path)

    assert reading["error"] is None
    if root is None:  # a PDF of plain text
        assert reading["format"] == "pdf"
        return
    if reading["kind"] in NO_TOTAL:
        return
    stated = total_of(root)
    if stated is None and "fattura" in str(path).lower():
        stated = sum(map(Decimal, printed(root, "ImponibileImporto", "Imposta")), Decimal(0))
    assert reading["total_amount"] is not None
    assert abs(Decimal(reading["total_amount"]) - Decimal(str(stated))) < Decimal("0.006")
    number = number_of(root)
    assert number in [*reading["references"]["invoice"], *reading["references"]["order"]]


def test_a_hybrid_shows_its_pages_and_prefers_what_the_xml_states():
    path = next(each for each in FILES if each.name == "Avoir_FR_type381_BASIC.pdf")
    answer = read_bytes(path.read_bytes(), filename=path.name, with_contents=True)
    reading = answer["reading"]
    texts = {each["part"]: each["text"] for each in answer["texts"]}

    assert (reading["format"], reading["kind"]) == ("facturx", "credit_note")
    assert reading["references"]["invoice"] == ["AV-2017-0005", "FA-2017-0010"]
    assert reading["total_amount"] == "233.47"
    for each in reading["evidence"]:
        assert texts[each["part"]][each["start"] : each["end"]] == each["text"]
    total = [each["part"] for each in reading["evidence"] if each["field"] == "total_amount"]
    assert total == ["1", None]  # in the XML, and on the page


def test_pages_that_show_another_total_are_named():
    path = next(each for each in FILES if each.name.endswith("20150613_503.pdf"))

    assert "do not show the total" in read(path)["warnings"][0]


def test_type_codes_are_those_of_the_code_lists():
    def codes(name: str) -> set[str]:
        root = etree.parse(CODES / name).getroot()
        return {node.text.strip() for node in root.findall(".//{*}Code/{*}Id")}

    assert {kind_of_code(code) for code in codes("UNCL1001-cn.xml")} == {"credit_note"}
    assert "credit_note" not in {kind_of_code(code) for code in codes("UNCL1001-inv.xml")}


def test_every_reason_for_an_allowance_has_words():
    root = etree.parse(CODES / "UNCL5189.xml").getroot()
    found = {node.text.strip() for node in root.findall(".//{*}Code/{*}Id")}

    assert found == set(ALLOWANCES)


def test_every_clarification_of_peppol_is_known():
    def codes(name: str) -> set[str]:
        root = etree.parse(PEPPOL / name).getroot()
        return {node.text.strip() for node in root.findall(".//{*}Code/{*}Id")}

    assert codes("OPStatusReason.xml") == set(REASONS)
    assert codes("OPStatusAction.xml") == set(ACTIONS)
    assert codes("UNCL4343-T111.xml") <= set(STATUSES)


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_hostile_xml_is_refused_or_read_whatever_it_calls_itself(path):
    assert read(path)["kind"] == "other"
    content = path.read_bytes()
    if b"<!DOCTYPE" in content:
        assert "document type" in str(read(path)["error"]) or read(path)["format"] == "html"
        inside = content.replace(b"<!DOCTYPE", b"<!-- xsd:Invoice-2 --><!DOCTYPE", 1)
        assert detect(inside, path.name) in {"ubl-invoice", "html"}
        assert "document type" in str(read_as(inside)["error"])


def read_as(content: bytes) -> dict[str, Any]:
    return read_bytes(content, filename="invoice.xml")["reading"]
