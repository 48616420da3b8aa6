"""Statements in fixed columns: what is read, what is checked, what is said about bad files."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.world.bank_lines import Moved, cfonb, cfonb240, coda, movement, norma43, operation

from concilia.documents.core.banking import Account, BankEntry
from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed, StatementParser, parser_for


def read(text: str) -> ParsedDocument:
    content = text.encode()
    found = detect(content, "statement.txt")
    parser = parser_for(found or "")
    assert isinstance(parser, StatementParser)
    return parser.parse(Source(content, "statement.txt", found or ""))


def account(text: str) -> Account:
    parsed = read(text)
    assert parsed.warnings == ()
    assert parsed.statement is not None
    return parsed.statement.accounts[0]


def only(text: str) -> BankEntry:
    (entry,) = account(text).entries
    return entry


class TestCoda:
    def test_account_and_balances(self):
        found = account(coda(Moved("121.00")))

        assert (found.iban, found.currency) == ("BE68539007547034", "EUR")
        assert (found.owner, found.statement_id) == ("AURORA SA", "2026-045")
        assert [(each.kind, str(each.amount)) for each in found.balances] == [
            ("OPBD", "1000.00"),
            ("CLBD", "1121.00"),
        ]

    def test_a_credit_with_a_structured_communication(self):
        entry = only(
            coda(
                Moved(
                    "121.00",
                    "101090933755493",
                    structured=True,
                    payer="DUPONT SA",
                    payer_account="BE62510007547061",
                )
            )
        )

        assert (entry.amount, entry.direction) == (Decimal("121.00"), "in")
        assert entry.creditor_references == ("090933755493",)
        assert entry.remittance_text == ("+++090/9337/55493+++",)
        assert (entry.counterparty.name, entry.counterparty.iban) == (
            "DUPONT SA",
            "BE62510007547061",
        )

    @pytest.mark.parametrize(
        ("text", "references"),
        [
            ("VOTRE FACTURE ***090/9337/55493***", ("090933755493",)),
            ("+++090/9337/55493+++", ("090933755493",)),
            ("+++090/9337/55494+++", ()),
        ],
    )
    def test_a_written_one_counts_if_its_own_check_holds(self, text, references):
        assert only(coda(Moved("121.00", text))).creditor_references == references

    def test_a_communication_goes_on_over_three_records(self):
        words = " ".join(f"INV-2026-{number:04d}" for number in range(1, 10))

        assert only(coda(Moved("10.00", words))).remittance_text == (words,)

    @pytest.mark.parametrize(
        ("moved", "reason"),
        [
            (Moved("-50.00", "INV 12", returned="2AC04"), "AC04"),
            (Moved("-50.00", "INV 12", returned="3"), "RETURN"),
            (Moved("-50.00", "INV 12", code="00503000"), "RETURN"),
            (Moved("-50.00", "INV 12", code="00101000"), None),
            (Moved("50.00", "INV 12", code="00150000"), None),
        ],
    )
    def test_money_taken_back_says_why(self, moved, reason):
        assert only(coda(moved)).return_reason == reason

    def test_a_batch_is_its_payments(self):
        parts = (Moved("100.00", "one"), Moved("200.00", "two"))
        found = account(coda(Moved("300.00", reference="B1", details=parts)))

        assert [(e.bank_reference, e.sequence, str(e.amount)) for e in found.entries] == [
            ("B1", 1, "100.00"),
            ("B1", 2, "200.00"),
        ]

    def test_a_payment_booked_net_keeps_what_the_bank_took(self):
        parts = (Moved("300.00", "gross"), Moved("-3.50", "commission"))
        entry = only(coda(Moved("296.50", "net", details=parts)))

        assert (str(entry.amount), entry.charges) == ("296.50", Decimal("3.50"))

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (coda(Moved("1.00"), new="1002.00"), "the new balance 1002.00 is not the old one"),
            (coda(Moved("1.00")).replace("2100010000", "2100070000"), "0001 was expected"),
            (coda(Moved("1.00"))[:700], "it is cut off"),
            (
                coda(Moved("3.00", details=(Moved("1.00"), Moved("1.00")))),
                "the details add up to 2.00",
            ),
        ],
    )
    def test_what_does_not_agree_is_said(self, text, said):
        assert any(said in warning for warning in read(text).warnings)


class TestCfonb:
    def test_account_and_balances(self):
        found = account(cfonb(operation("12.34", "VIR SEPA"), new="112.34"))

        assert found.iban == "FR7615589000009876543210088"
        assert found.currency == "EUR"
        assert [str(each.amount) for each in found.balances] == ["100.00", "112.34"]

    def test_a_transfer_with_all_its_words(self):
        entry = only(
            cfonb(
                operation(
                    "12.34",
                    "VIR SEPA CLIENT",
                    reference="CDE 77",
                    NPY="CLIENT SARL",
                    NPO="HOLDING SA",
                    LCC="FACTURE 2026-0012",
                    LC2="AVOIR 9",
                    RCN=f"{'E2E-1':<35}GOODS",
                    MMO="USD20000000000150012",
                    FEE="EUR200000000000350",
                ),
                new="112.34",
            )
        )

        assert entry.counterparty.name == "CLIENT SARL"
        assert entry.ultimate_debtor.name == "HOLDING SA"
        assert entry.remittance_text == ("FACTURE 2026-0012", "AVOIR 9", "CDE 77")
        assert entry.end_to_end_id == "E2E-1"
        assert (entry.original_amount, entry.original_currency) == (Decimal("15.00"), "USD")
        assert entry.charges == Decimal("3.50")

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            (operation("-12.34", "PRLV", code="B3", RET="MS03"), "MS03"),
            (operation("-12.34", "PRLV", reject="30"), "30"),
            (operation("-12.34", "CHEQUE", code="03"), "RETURN"),
            (operation("-12.34", "VIREMENT IMPAYE"), "RETURN"),
            (operation("-12.34", "FRAIS PRLV IMPAYE"), None),
            (operation("-12.34", "LOYER", code="06"), None),
        ],
    )
    def test_money_taken_back_says_why(self, text, reason):
        assert only(cfonb(text, new="87.66")).return_reason == reason

    def test_a_file_without_line_ends(self):
        text = cfonb(operation("12.34", "VIR SEPA"), new="112.34").replace("\n", "")

        assert only(text).amount == Decimal("12.34")

    def test_an_operation_of_another_account_is_not_taken(self):
        parsed = read(cfonb(operation("12.34", "VIR", account="00000000001")))

        assert parsed.statement is not None
        assert parsed.statement.accounts[0].entries == ()
        assert "of another account" in parsed.warnings[0]

    def test_a_notice_of_transfers_informs_and_books_nothing(self):
        found = account(cfonb240("117.60", "10.00"))

        assert [(e.status, str(e.amount), e.counterparty.name) for e in found.entries] == [
            ("INFO", "117.60", "CLIENT SARL"),
            ("INFO", "10.00", "CLIENT SARL"),
        ]
        assert found.entries[0].counterparty.iban == "FR7630003030210002011638313"

    def test_its_total_is_checked(self):
        assert read(cfonb240("1.00", total="2.00")).warnings == (
            "the transfers add up to 1.00, the bank says 2.00",
        )


class TestNorma43:
    def test_account_and_balances(self):
        found = account(norma43(movement("50.00", "FRA 12"), credits_="1 50.00", new="150.00"))

        assert found.iban == "ES1799991111710123456789"
        assert (found.currency, found.owner) == ("EUR", "AURORA SA")
        assert [str(each.amount) for each in found.balances] == ["100.00", "150.00"]

    def test_a_transfer_keeps_all_its_words(self):
        text = movement("50.00", "CLIENTE SL", "FRA 2026/12", references="TRANSFER    REF-9")
        entry = only(norma43(text, credits_="1 50.00", new="150.00"))

        assert entry.direction == "in"
        assert entry.remittance_text == ("CLIENTE SL", "FRA 2026/12", "TRANSFER", "REF-9")
        assert entry.bank_reference is None  # what banks write there names no entry

    @pytest.mark.parametrize(
        ("code", "words", "reason", "reversal"),
        [
            ("14", "RECIBO", "RETURN", False),
            ("04", "DEVOLUCION TRANSFERENCIA", "RETURN", False),
            ("98", "CORRECCION", None, True),
            ("17", "GASTOS DEVOLUCION", None, False),
            ("03", "RECIBO LUZ", None, False),
        ],
    )
    def test_money_taken_back(self, code, words, reason, reversal):
        entry = only(norma43(movement("-50.00", words, code=code), debits="1 50.00", new="50.00"))

        assert (entry.return_reason, entry.reversal) == (reason, reversal)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (norma43(movement("50.00"), credits_="2 60.00", new="150.00"), "the bank says 2 of 60"),
            (norma43(movement("50.00"), credits_="1 50.00"), "the new balance 100.00"),
            (norma43().replace("9000002", "9000009"), "its end says 9"),
            (norma43(movement("1.00")).partition("\n33")[0], "it is cut off"),
        ],
    )
    def test_what_does_not_agree_is_said(self, text, said):
        assert any(said in warning for warning in read(text).warnings)


class TestOfx:
    def test_one_account_of_version_one(self):
        entry = only(OFX)

        assert (str(entry.amount), entry.currency, entry.direction) == ("121.00", "EUR", "in")
        assert (entry.bank_reference, entry.booking_date) == ("F-1", "2026-11-26")
        assert (entry.counterparty.name, entry.remittance_text) == ("M&S PLC", ("INV 12",))
        assert account(OFX).balances[0].amount == Decimal("1121.00")

    def test_xml_of_version_two_and_several_accounts(self):
        body = OFX[OFX.index("<OFX>") :]
        closed = body.replace("<NAME>M&amp;S PLC", "<NAME><![CDATA[M & S]]></NAME>")
        statement = closed[closed.index("<STMTRS>") : closed.index("</OFX>")]
        text = '<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>' + closed.replace(
            "</OFX>", statement + "</OFX>"
        )
        parsed = read(text)

        assert parsed.statement is not None
        names = [a.entries[0].counterparty.name for a in parsed.statement.accounts]
        assert names == ["M & S", "M & S"]

    def test_a_returned_payment_but_not_the_fee_for_it(self):
        returned = OFX.replace(">121.00", ">-121.00").replace("INV 12", "RETURNED PAYMENT INV 12")

        assert only(returned).return_reason == "RETURN"
        assert only(returned.replace("PAYMENT", "PAYMENT FEE")).return_reason is None

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("<TRNAMT>121.00", "<TRNAMT>$121", "'$121' is no amount"),
            ("<DTPOSTED>20261126120000[-5:EST]", "<DTPOSTED>", "'' is no date"),
            ("</STMTRS>", "", "it is cut off"),
            ("<CURDEF>EUR", "", "names no currency"),
        ],
    )
    def test_bad_tags_are_said(self, old, new, said):
        assert any(said in warning for warning in read(OFX.replace(old, new)).warnings)

    def test_a_refusal_of_the_server_is_said(self):
        refusal = "<OFX><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password</STATUS></OFX>"

        with pytest.raises(ParserFailed, match=r"refused: Wrong password \(15500\)"):
            read(refusal)


class TestEntriesOneByOne:
    @pytest.mark.parametrize(
        "text", [coda(Moved("1.00"), new="7.00"), cfonb(operation("1.00", "X"))]
    )
    def test_what_does_not_agree_is_raised_after_the_last(self, text):
        content = text.encode()
        found = detect(content, "x") or ""
        parser = parser_for(found)
        assert isinstance(parser, StatementParser)
        entries = parser.entries(Source(content, "x", found))

        assert next(entries)[1].amount == 1
        with pytest.raises(ParserFailed, match="the new balance"):
            next(entries)


OFX = """OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>IE29AIBK93115212345678
</BANKACCTFROM><BANKTRANLIST><DTSTART>20261101<DTEND>20261126
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261126120000[-5:EST]<TRNAMT>121.00<FITID>F-1<NAME>M&amp;S PLC
<MEMO>INV 12</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>1121.00<DTASOF>20261126</LEDGERBAL></STMTRS>
</STMTTRNRS></BANKMSGSRSV1></OFX>
"""
