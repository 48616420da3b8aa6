from __future__ import annotations

from decimal import Decimal

import pytest

from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.camt import CamtParser

HEAD = """<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id><ElctrncSeqNb>7</ElctrncSeqNb>
<Acct><Id><IBAN>IT60X0542811101000000123456</IBAN></Id><Ccy>EUR</Ccy>
<Ownr><Nm>Pasta srl</Nm></Ownr></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>
<Amt Ccy="EUR">100.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>
<Dt><Dt>2026-11-19</Dt></Dt></Bal>"""
TAIL = "</Stmt></BkToCstmrStmt></Document>"
ENTRY = """<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><DtTm>2026-11-21T10:00:00</DtTm></ValDt>
<AcctSvcrRef>BANK-1</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>"""
STRUCTURED = """<TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs>
<RltdPties><Dbtr><Pty><Nm>Super Roma spa</Nm></Pty></Dbtr>
<DbtrAcct><Id><IBAN>IT28W8000000292100645211208</IBAN></Id></DbtrAcct>
<UltmtDbtr><Pty><Nm>Roma 2 srl</Nm></Pty></UltmtDbtr></RltdPties>
<RmtInf><Ustrd>saldo fatture</Ustrd><Strd>
<RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>FT-1</Nb></RfrdDocInf>
<RfrdDocAmt><DuePyblAmt Ccy="EUR">1220.00</DuePyblAmt>
<DscntApldAmt><Amt Ccy="EUR">24.40</Amt></DscntApldAmt>
<AdjstmntAmtAndRsn><Amt Ccy="EUR">122.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Rsn>4</Rsn>
<AddtlInf>manca 1 collo</AddtlInf></AdjstmntAmtAndRsn>
<RmtdAmt Ccy="EUR">1073.60</RmtdAmt></RfrdDocAmt>
<CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>
<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>NC-9</Nb></RfrdDocInf>
<RfrdDocAmt><RmtdAmt Ccy="EUR">50.00</RmtdAmt></RfrdDocAmt></Strd></RmtInf></TxDtls>"""


def entry(amount="1023.60", mark="CRDT", details=STRUCTURED):
    return ENTRY.format(amount=amount, mark=mark, details=details)


def entries(*parts):
    content = (HEAD + "".join(parts) + TAIL).encode()
    return [found for _, found in CamtParser().entries(Source(content, "x.xml", "camt.053"))]


class TestStatement:
    def test_keeps_the_account_and_its_balances(self):
        content = (HEAD + entry() + TAIL).encode()
        statement = CamtParser().parse(Source(content, "x.xml", "camt.053")).statement
        (account,) = statement.accounts
        assert statement.message_id == "M1"
        assert account.iban == "IT60X0542811101000000123456"
        assert account.owner == "Pasta srl"
        assert account.statement_id == "S1"
        assert account.balances[0].amount == Decimal("-100.00")
        assert len(account.entries) == 1

    def test_an_account_without_entries_is_kept(self):
        content = (HEAD + TAIL).encode()
        statement = CamtParser().parse(Source(content, "x.xml", "camt.053")).statement
        assert statement.accounts[0].iban == "IT60X0542811101000000123456"


class TestEntry:
    def test_keeps_who_paid_for_whom(self):
        (found,) = entries(entry())
        assert found.amount == Decimal("1023.60")
        assert found.direction == "in"
        assert found.booking_date == "2026-11-20"
        assert found.value_date == "2026-11-21"
        assert found.counterparty.name == "Super Roma spa"
        assert found.counterparty.iban == "IT28W8000000292100645211208"
        assert found.ultimate_debtor.name == "Roma 2 srl"
        assert found.end_to_end_id == "E2E-1"

    def test_keeps_what_was_cut_and_why(self):
        (found,) = entries(entry())
        invoice, credit = found.documents
        assert invoice.number == "FT-1"
        assert invoice.due == Decimal("1220.00")
        assert invoice.discount == Decimal("24.40")
        assert invoice.remitted == Decimal("1073.60")
        assert invoice.adjustments[0].amount == Decimal("122.00")
        assert invoice.adjustments[0].reason == "4"
        assert invoice.adjustments[0].text == "manca 1 collo"
        assert credit.remitted == Decimal("-50.00")
        assert found.creditor_references == ("RF18539007547034",)
        assert found.remittance_text == ("saldo fatture",)

    def test_a_return_says_why(self):
        details = (
            "<TxDtls><RtrInf><Rsn><Cd>AM04</Cd></Rsn>"
            "<AddtlInf>no funds</AddtlInf></RtrInf></TxDtls>"
        )
        (found,) = entries(entry(mark="DBIT", details=details))
        assert found.direction == "out"
        assert found.return_reason == "AM04"
        assert found.return_text == "no funds"

    def test_a_batch_is_its_transactions(self):
        details = (
            "<Btch><PmtInfId>B1</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>"
            '<TxDtls><Amt Ccy="EUR">10.00</Amt></TxDtls><TxDtls><Amt Ccy="EUR">20.00</Amt></TxDtls>'
        )
        found = entries(entry(amount="30.00", details=details))
        assert [(each.sequence, each.amount) for each in found] == [
            (1, Decimal("10.00")),
            (2, Decimal("20.00")),
        ]
        assert {each.batch_id for each in found} == {"B1"}
        assert {each.batch_count for each in found} == {2}

    def test_a_batch_without_amounts_is_one_payment(self):
        one = "<TxDtls><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls>"
        (found,) = entries(entry(amount="30.00", details=one.format("a") + one.format("b")))
        assert found.amount == Decimal("30.00")
        assert found.remittance_text == ("a", "b")


class TestDamage:
    @pytest.mark.parametrize(
        "content", [b"<Document>", b"<html/>", b"<Document><other/></Document>"]
    )
    def test_is_refused(self, content):
        with pytest.raises(ParserFailed):
            list(CamtParser().entries(Source(content, "x.xml", "camt.053")))

    def test_entities_are_not_expanded(self):
        content = (
            b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            + (HEAD.split("\n", 1)[1] + entry(details="&e;") + TAIL).encode()
        )
        found = [each for _, each in CamtParser().entries(Source(content, "x.xml", "camt.053"))]
        assert "root:" not in str(found)
