"""Bank statements as a bank writes them (camt.053)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

IBAN = "IT60X0542811101000000123456"


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Money in; `amount` as a bank writes it."""

    amount: str
    text: str = ""
    payer: str = "FRISCHMARKT NORD EG"
    iban: str = ""
    reference: str = ""
    direction: str = "CRDT"
    reversal: bool = False
    status: str = "BOOK"
    currency: str = "EUR"
    structured: str = ""


def a_camt(*credits_: Credit, name: str = "ST-1", day: date = date(2026, 11, 19)) -> bytes:
    """A statement of one account, with balances that are of no interest."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>{name}</MsgId><CreDtTm>{day}T06:00:00</CreDtTm></GrpHdr>
<Stmt><Id>{name}</Id><CreDtTm>{day}T06:00:00</CreDtTm>
<Acct><Id><IBAN>{IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>
{_entries(credits_, name, day)}</Stmt></BkToCstmrStmt></Document>
""".encode()


def _entries(credits_: Sequence[Credit], name: str, day: date) -> str:
    return "".join(
        f"""<Ntry><Amt Ccy="{each.currency}">{each.amount}</Amt>
<CdtDbtInd>{each.direction}</CdtDbtInd>
{"<RvslInd>true</RvslInd>" if each.reversal else ""}<Sts><Cd>{each.status}</Cd></Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>
<AcctSvcrRef>{each.reference or f"{name}-{n}"}</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>{escape(each.payer)}</Nm></Pty></Dbtr>
{f"<DbtrAcct><Id><IBAN>{each.iban}</IBAN></Id></DbtrAcct>" if each.iban else ""}</RltdPties>
<RmtInf>{_structured(each)}<Ustrd>{escape(each.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
"""
        for n, each in enumerate(credits_, start=1)
    )


def _structured(each: Credit) -> str:
    """A creditor reference (ISO 11649), where the payer's bank carried one."""
    if not each.structured:
        return ""
    return (
        "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>"
        f"<Ref>{each.structured}</Ref></CdtrRefInf></Strd>"
    )
