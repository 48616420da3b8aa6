from __future__ import annotations

from decimal import Decimal

import pytest

from concilia.documents.core.banking import BankEntry
from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed, StatementParser
from concilia.plugins.parsers.bai2 import Bai2Parser

HEAD = "01,BANK,US,260331,0800,1,,,2/\n02,US,BANK,1,260330,,USD,2/\n03,107049924,,010,500,,/\n"
FOOT = "49,1000,3/\n98,1000,1,5/\n99,1000,1,7/\n"


def source(text: str) -> Source:
    return Source(content=text.encode(), filename="bank.bai", format="bai2")


def read(body: str) -> BankEntry:
    entries = list(Bai2Parser().entries(source(HEAD + body + FOOT)))
    assert len(entries) == 1
    return entries[0][1]


class TestBai2Parser:
    def test_is_a_statement_parser(self):
        assert isinstance(Bai2Parser(), StatementParser)

    def test_a_credit_with_its_continuations(self):
        entry = read(
            "16,142,928650,,SPB232,AB/1,ACH Credit Payment,Entry Description: TRADE; -/\n"
            "88,EREF: AB/GS/1\n88,DBNM: SAMPLE INC\n88,REMI: INV 1234, INV 1235\n"
        )

        assert (entry.amount, entry.currency, entry.direction) == (Decimal("9286.50"), "USD", "in")
        assert entry.counterparty.name == "SAMPLE INC"
        assert entry.end_to_end_id == "AB/GS/1"
        assert entry.remittance_text == ("INV 1234, INV 1235",)

    @pytest.mark.parametrize(
        ("code", "direction"), [("142", "in"), ("399", "in"), ("400", "out"), ("698", "out")]
    )
    def test_the_type_code_says_which_way(self, code, direction):
        assert read(f"16,{code},100,,B1,C1,text/\n").direction == direction

    @pytest.mark.parametrize(
        ("funds", "value_date"),
        [
            ("V,260401,", "2026-04-01"),
            ("S,1,2,3", "2026-03-30"),
            ("D,2,0,50,1,50", "2026-03-30"),
            ("0", "2026-03-30"),
            ("", "2026-03-30"),
        ],
    )
    def test_skips_what_is_said_about_availability(self, funds, value_date):
        entry = read(f"16,142,100,{funds},B1,C1,INV 1234/\n")

        assert (entry.bank_reference, entry.entry_reference) == ("B1", "C1")
        assert entry.remittance_text == ("INV 1234",)
        assert (entry.booking_date, entry.value_date) == ("2026-03-30", value_date)

    def test_names_between_quotes(self):
        entry = read('16,261,143500,,SB1,G1,ACH,From: TEST INC, Remittance Info: "INV 12"/\n')

        assert entry.counterparty.name == "TEST INC"
        assert entry.remittance_text == ("INV 12",)

    def test_several_records_on_one_line(self):
        body = "16,142,2500,Z,,,TRANSFER PPD/ 16,142,500,Z,,,MSPBNA PPD/\n"

        entries = list(Bai2Parser().entries(source(HEAD + body + FOOT)))

        assert [entry.amount for _, entry in entries] == [Decimal("25.00"), Decimal("5.00")]

    def test_a_returned_item(self):
        assert read("16,555,100,,B1,,RETURNED CHEQUE/\n").return_reason == "RETURN"

    def test_a_damaged_transaction_does_not_cost_the_others(self):
        body = "16,142,abc,,B1,,x/\n16,142,100,,B2,,y/\n"

        document = Bai2Parser().parse(source(HEAD + body + FOOT))

        assert document.statement is not None
        assert [e.bank_reference for e in document.statement.accounts[0].entries] == ["B2"]
        assert "damaged" in document.warnings[0]

    @pytest.mark.parametrize("text", ["", "01,X/", "nonsense"])
    def test_what_is_no_statement_is_refused(self, text):
        with pytest.raises(ParserFailed, match="not a bank statement"):
            Bai2Parser().parse(source(text))
