from __future__ import annotations

from decimal import Decimal

import pytest

from concilia.documents.core.banking import BankEntry
from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed, StatementParser
from concilia.plugins.parsers.mt940 import Mt940Parser

HEAD = ":20:STARTUMS\n:25:12345678/1234567890\n:28C:00001/001\n:60F:C260330EUR100,00\n"
FOOT = ":62F:C260331EUR1198,00\n-\n"


def source(text: str) -> Source:
    return Source(content=text.encode(), filename="bank.sta", format="mt940")


def read(body: str) -> BankEntry:
    entries = list(Mt940Parser().entries(source(HEAD + body + FOOT)))
    assert len(entries) == 1
    return entries[0][1]


class TestMt940Parser:
    def test_is_a_statement_parser(self):
        assert isinstance(Mt940Parser(), StatementParser)

    def test_german_sub_fields(self):
        entry = read(
            ":61:2603310401CR1098,00NTRFNONREF//B4711\n"
            ":86:166?00GUTSCHRIFT?20EREF+E2E-77?21SVWZ+FT 2026/1234 manca 1 c?22ollo"
            "?31DE89370400440532013000?32ROSSI ALIMENTARI?33 SRL\n"
        )

        assert (entry.amount, entry.currency, entry.direction) == (Decimal("1098.00"), "EUR", "in")
        assert (entry.booking_date, entry.value_date) == ("2026-04-01", "2026-03-31")
        assert entry.remittance_text == ("FT 2026/1234 manca 1 collo",)
        assert entry.end_to_end_id == "E2E-77"
        assert entry.counterparty.name == "ROSSI ALIMENTARI SRL"
        assert entry.counterparty.iban == "DE89370400440532013000"
        assert (entry.bank_reference, entry.entry_reference) == ("B4711", None)

    def test_dutch_slashes(self):
        entry = read(
            ":61:2603310331C12,50NTRFNONREF\n"
            ":86:/EREF/E-1/IBAN/NL91ABNA0417164300/NAME/Jansen BV/REMI/Factuur FA26-1\n"
        )

        assert entry.counterparty.name == "Jansen BV"
        assert entry.counterparty.iban == "NL91ABNA0417164300"
        assert entry.remittance_text == ("Factuur FA26-1",)
        assert entry.end_to_end_id == "E-1"

    def test_free_text_keeps_its_lines(self):
        entry = read(":61:2603310331C12,50NTRFNONREF\n:86:BONIFICO DA ROSSI\nFT 2026/1234\n")

        assert entry.remittance_text == ("BONIFICO DA ROSSI", "FT 2026/1234")

    @pytest.mark.parametrize(
        ("mark", "direction", "reversal"),
        [("C", "in", False), ("D", "out", False), ("RC", "out", True), ("RD", "in", True)],
    )
    def test_which_way_the_money_went(self, mark, direction, reversal):
        entry = read(f":61:2603310331{mark}12,50NTRFNONREF\n:86:x\n")

        assert (entry.direction, entry.reversal, entry.amount) == (
            direction,
            reversal,
            Decimal("12.50"),
        )

    def test_a_returned_debit_is_known(self):
        entry = read(":61:2603310331D12,50NTRFNONREF\n:86:109?00RUECKLASTSCHRIFT?20FT 1\n")

        assert entry.return_reason == "RETURN"

    def test_each_statement_is_an_account(self):
        other = HEAD.replace("1234567890", "999")
        body = ":61:2603310331C12,50NTRFNONREF\n:86:x\n"

        document = Mt940Parser().parse(source(HEAD + body + FOOT + other + body + FOOT))

        assert document.statement is not None
        accounts = document.statement.accounts
        assert [a.identification for a in accounts] == ["12345678/1234567890", "12345678/999"]
        assert [balance.kind for balance in accounts[0].balances] == ["OPBD", "CLBD"]

    @pytest.mark.parametrize("text", ["", "nothing", ":25:1\n"])
    def test_what_is_no_statement_is_refused(self, text):
        with pytest.raises(ParserFailed, match="not a bank statement"):
            Mt940Parser().parse(source(text))
