"""Files other people collected: nothing crashes, machines claim nothing, banks are read right."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from concilia.documents.queries.reader import Reader

ROOT = Path(__file__).parents[3]
REAL = Path(os.environ.get("CONCILIA_REAL_DATA", ROOT.parent / "shared/data/real"))
HOSTILE_SECONDS = 10.0

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="no folder of real files (CONCILIA_REAL_DATA)"
)

SETTLING = {"claim", "credit_request", "debit_note", "promotion_invoice", "payment_reply"}


def files(folder, *suffixes):
    found = [path for path in sorted((REAL / folder).rglob("*")) if path.is_file()]
    return [path for path in found if not suffixes or path.suffix in suffixes]


def name(path):
    return str(path.relative_to(REAL))[-70:]


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def read(reader, path):
    return reader.read(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    "folder", ["02-bank-statements", "03-edi", "05-pdf", "06-email", "09-hostile"]
)
def test_every_file_is_read_or_says_why_not(reader, folder):
    for path in files(folder):
        reading = read(reader, path)
        assert reading["error"] is None or len(reading["error"]) > 10, path
        assert "Error:" not in (reading["error"] or ""), (path, reading["error"])
        assert reading["source"] == path.name


class TestMachines:
    @pytest.mark.parametrize("path", files("06-email/sisimai+set-of-emails"), ids=name)
    def test_bounces_and_auto_replies_claim_nothing(self, reader, path):
        reading = read(reader, path)
        expected = "auto_reply" if path.name.startswith("rfc3834") else "bounce"
        assert reading["kind"] == expected
        assert reading["reason"] is None
        assert reading["claimed_amount"] is None

    @pytest.mark.parametrize(
        "path", files("06-email/mikel+mail/spec/fixtures/emails/multipart_report_emails"), ids=name
    )
    def test_delivery_reports_are_bounces(self, reader, path):
        assert read(reader, path)["kind"] == "bounce"

    def test_private_mail_claims_nothing(self, reader):
        claimed = [
            name(path)
            for path in files("06-email", ".eml", ".txt")
            if read(reader, path)["kind"] in SETTLING
        ]
        assert claimed == []


class TestHostile:
    @pytest.mark.parametrize("path", files("09-hostile", ".pdf", ".xml"), ids=name)
    def test_ends_in_an_answer(self, reader, path):
        reading = read(reader, path)
        assert reading["kind"] == "other"
        assert "took longer" not in (reading["error"] or "")
        assert "processor time" not in (reading["error"] or "")
        assert "memory" not in (reading["error"] or "")


def statements():
    folder = "02-bank-statements/genkgo+camt"
    return [path for path in files(folder, ".xml") if path.with_suffix(".json").exists()]


def expected_entries(path):
    """The expected values that the file next to it spells out (it abbreviates what repeats)."""
    entries = json.loads(path.with_suffix(".json").read_text())["getEntries"]
    return [entry for entry in entries if isinstance(entry, dict)]


def details(entry):
    return [each for each in entry["getTransactionDetails"] or [] if isinstance(each, dict)]


def amount_of(entry):
    """The expectations count minor units, with a sign for what goes out."""
    value = entry["getAmount"]
    return abs(int(value["getAmount"])), value["getCurrency"]["getCode"]


@pytest.mark.parametrize("path", statements(), ids=name)
class TestCamt:
    """Against what another reader's authors expect of the same files."""

    def test_entries_have_the_expected_amounts_days_and_directions(self, reader, path):
        found = list(reader.statement_entries(path.read_bytes(), path.name))
        for want in expected_entries(path):
            amount, currency = amount_of(want)
            single = not any(
                detail.get(key)
                for detail in details(want)
                for key in ("getAmount", "getAmountDetails")
            )
            same = [
                entry
                for entry in found
                if (entry["currency"] == currency or not single)
                and entry["reversal"] == want["getReversalIndicator"]
                and all(
                    not want[key] or entry[field] == want[key]["0"][:10]
                    for field, key in (
                        ("booking_date", "getBookingDate"),
                        ("value_date", "getValueDate"),
                    )
                )
            ]
            assert same, want
            if single:
                assert amount in {int(Decimal(entry["amount"]).scaleb(2)) for entry in same}

    def test_transactions_keep_references_and_remittance(self, reader, path):
        found = list(reader.statement_entries(path.read_bytes(), path.name))
        assert found or not expected_entries(path)
        end_to_end = {entry["end_to_end_id"] for entry in found}
        said = {line for entry in found for line in entry["remittance_text"]}
        creditors = {each for entry in found for each in entry["creditor_references"]}
        names = {entry["counterparty"]["name"] for entry in found}
        for entry in expected_entries(path):
            for detail in details(entry):
                reference = (detail.get("getReference") or {}).get("getEndToEndId")
                assert not reference or reference == "NOTPROVIDED" or reference in end_to_end
                remittance = detail.get("getRemittanceInformation") or {}
                for block in remittance.get("getUnstructuredBlocks") or []:
                    if isinstance(block, dict):
                        assert " ".join(block["getMessage"].split()) in said
                creditor = remittance.get("getCreditorReferenceInformation") or {}
                if isinstance(creditor, dict) and creditor.get("getRef"):
                    assert creditor["getRef"] in creditors
                party = detail.get("getRelatedParty") or {}
                if isinstance(party, dict) and party.get("getRelatedPartyType"):
                    assert party["getRelatedPartyType"].get("getName") in {*names, None, ""}


def test_a_statement_that_is_none_says_so(reader):
    path = REAL / "02-bank-statements/genkgo+camt/test/data/camt053.v2.wrong.xml"
    assert read(reader, path)["error"]


def edifact_examples():
    folder = "03-edi/ConnectingEurope+eInvoicing-EN16931"
    return [path for path in files(folder, ".TXT") if path.with_suffix(".xml").exists()]


class TestEdi:
    @pytest.mark.parametrize("path", edifact_examples(), ids=name)
    def test_an_invoice_says_what_the_same_message_in_xml_says(self, reader, path):
        answer = reader.read_with_contents(path.read_bytes(), path.name)
        reading, text = answer["reading"], answer["texts"][0]["text"]

        twin = ET.parse(path.with_suffix(".xml")).getroot()
        amounts = {each.findtext(".//D_5025"): each for each in twin.iter("S_MOA")}
        assert (reading["format"], reading["kind"]) == ("edifact-invoic", "invoice")
        assert reading["references"]["invoice"][0] == twin.findtext(".//D_1004")
        assert Decimal(reading["total_amount"]) == Decimal(amounts["388"].findtext(".//D_5004"))
        assert reading["currency"] == twin.findtext(".//D_6345")
        for tag in ("MOA", "LIN", "RFF", "NAD", "FTX", "IMD"):
            count = sum(line.lstrip().startswith(f"{tag} ") for line in text.splitlines())
            assert count == len(list(twin.iter(f"S_{tag}")))

    def test_a_rejection_of_invoices_in_full(self, reader):
        path = REAL / "03-edi/_transcribed/remadv_reject_jetbrains.edi"
        reading = read(reader, path)

        lines = [(each["document"], each["deducted"]) for each in reading["lines"]]
        assert lines == [("DH7965542", "50.00"), ("DH5437867", "50.00")]
        assert [each["paid"] for each in reading["lines"]] == ["0.00", "0.00"]
        assert (reading["kind"], reading["warnings"]) == ("remittance_advice", [])
        assert (reading["claimed_amount"], reading["total_amount"]) == ("100.00", "0.00")
        codes = [each["text"] for each in reading["evidence"] if each["field"].endswith(".reason")]
        assert codes == ["9 (invoice error)", "Z06"]

    @pytest.mark.parametrize("path", files("03-edi/GT-Logistics+edi-x12", ".edi"), ids=name)
    def test_valid_files_are_named_and_damaged_ones_say_what_is_wrong(self, reader, path):
        reading = read(reader, path)

        if path.stem in {"204", "997"}:
            assert (reading["kind"], reading["warnings"], reading["error"]) == ("other", [], None)
        else:
            assert reading["warnings"] or reading["error"]
