# ruff: noqa: E501, W291 - files stand here as they come
"""One or more small files of every format that is read, written for the tests."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import openpyxl
import typst
from tests.world import edi, einvoices

CAMT = b"""<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id>
<Acct><Id><IBAN>IT60X0542811101000000123456</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Ntry><Amt Ccy="EUR">10.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>"""

_RICH_CAMT = """<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{number}.001.08"><{message}>
<GrpHdr><MsgId>M2</MsgId></GrpHdr><{statement}><Id>S2</Id>
<Acct><Id><IBAN>IT60X0542811101000000123456</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Aurora</Nm></Ownr></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1.00</Amt>
<CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-11-19</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">1098.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><DtTm>2026-11-20T10:00:00</DtTm></ValDt>
<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>
<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><Amt Ccy="EUR">598.00</Amt>
<RltdPties><Dbtr><Pty><Nm>Hartley</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id>
</DbtrAcct></RltdPties><RmtInf><Ustrd>FT 2026/3208</Ustrd><Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd>
</CdOrPrtry></Tp><Nb>FT-2026/03208</Nb></RfrdDocInf><RfrdDocAmt><DuePyblAmt Ccy="EUR">720.00</DuePyblAmt>
<AdjstmntAmtAndRsn><Amt Ccy="EUR">122.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Rsn>4</Rsn>
<AddtlInf>manca 1 collo</AddtlInf></AdjstmntAmtAndRsn><RmtdAmt Ccy="EUR">598.00</RmtdAmt></RfrdDocAmt>
</Strd></RmtInf></TxDtls><TxDtls><Refs><EndToEndId>E2</EndToEndId></Refs><Amt Ccy="EUR">500.00</Amt>
<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry></{statement}></{message}></Document>"""

MT940 = b""":20:STARTUMS
:25:50010517/0123456789
:28C:00001/001
:60F:C261119EUR1000,00
:61:2611201120C1098,00NTRFNONREF//B123
:86:166?00GUTSCHRIFT?20EREF+E1?21SVWZ+RE FT-2026/03208?22ABZGL FEHLMENGE?30COBADEFF?31DE8937040044
?320Frischmarkt Nord eG
:61:2611201120D10,50NCHGNONREF
:86:/EREF/X1/NAME/Jansen BV/REMI/FT 12
:62F:C261120EUR2087,50
-
"""
BAI2 = b"""01,021000021,AURORA,261120,0905,1,80,10,2/
02,AURORA,021000021,1,261119,,USD,2/
03,0975312468,USD,010,500000,,/
16,165,1500000,Z,BANKREF1,CUSTREF1,From: HARTLEY STORES Remittance Info: "INV 3208"/
88,LESS SHORTAGE 122.00
16,475,10000,,,,CHECK PAID/
49,2010000,5/
98,2010000,1,7/
99,2010000,1,9/
"""
LETTER = """Subject: Fehlmenge

Guten Tag,
zu Ihrer Rechnung FT-2026/03208 fehlten am 12.11.2026 bei der Lieferung 5 Kartons.
Wir bitten um eine Gutschrift über 1.122,50 EUR bis nächsten Freitag.

> Am 10. November schrieb Giulia Ferri:
> Bitte zahlen Sie 1'234.50 CHF

-- 
Jens Albers, Frischmarkt Nord eG
"""
PAGE = b"""<html><head><title>Debit note</title><style>p{color:red}</style></head><body><h1>DEBIT NOTE DN-7</h1>
<p>Invoice <b>FT-2026/03208</b> &euro; 122,00 &#8211; short delivery<br>5 cartons</p><table><tr><th>Invoice
<th>Amount<th>Deduction<tr><td>FT-1<td>1.222,00<td>122,00</table><script>alert(1)</script></body></html>"""


def a_mail() -> bytes:
    """A mail with quoted history and a table attached."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@customer.example", "Fattura 12 – però"
    message.set_content("Manca un collo.\n\n> vecchio testo\n")
    message.add_attachment(b"a;b\n1;2\n", maintype="text", subtype="csv", filename="x.csv")
    return message.as_bytes()


def a_nested_mail() -> bytes:
    """A forwarded message with a page, in it another one, and odd headers around it."""
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "b@customer.example", "=?iso-8859-1?q?R=E9clamation?="
    inner["Date"] = "Fri, 20 Nov 2026 10:00:00 +0100"
    inner.set_content("Il manque 5 colis, facture FT-2026/03208.\n", charset="iso-8859-1")
    inner.add_alternative("<p>Il manque <b>5</b> colis</p>", subtype="html")
    outer = EmailMessage()
    outer["From"], outer["To"] = "Ana <ana@customer.example>", "ar@aurora.example"
    outer["Subject"], outer["References"] = "Fwd: Réclamation", "<1@x> <2@y>"
    outer.set_content("See below.\n")
    outer.add_attachment(inner)
    outer.add_attachment(PAGE, maintype="text", subtype="html", filename="../d\u202en.html")
    return outer.as_bytes()


def a_workbook() -> bytes:
    """A small table."""
    book = openpyxl.Workbook()
    book.active.append(["Invoice", "Amount"])
    book.active.append(["INV-1", 12.5])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def an_archive() -> bytes:
    """A file with a hostile name in an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../note.txt", "hello")
        archive.writestr("mail.eml", a_mail(), compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def behind_a_comment(content: bytes) -> bytes:
    """A message that its first bytes do not tell."""
    start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
    return content[:start] + b"<!--" + b" " * 9000 + b"-->" + content[start:]


def a_rich_camt(number: str, message: str, statement: str) -> bytes:
    """A batch with structured remittance, an adjustment and a return."""
    text = _RICH_CAMT.format(number=number, message=message, statement=statement)
    return text.encode()


SAMPLES = {
    "camt.053": CAMT,
    "camt.052": a_rich_camt("052", "BkToCstmrAcctRpt", "Rpt"),
    "camt.054": a_rich_camt("054", "BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    "bai2": BAI2,
    "csv": b"Invoice;Amount\nINV-1;1.234,50\n",
    "eml": a_mail(),
    "mbox": b"From a@b Mon Jan  1 00:00:00 2026\n" + a_mail(),
    "mt940": MT940,
    "html": b"<p>Invoice <b>12</b></p><table><tr><td>a<td>b<tr><td>1<td>2</table>",
    "pdf": typst.compile(b"Invoice INV-1 #table(columns: 2, [a], [b], [1], [2])"),
    "txt": "Rechnung über 12 €".encode("cp1252"),
    "xlsx": a_workbook(),
    "zip": an_archive(),
    "cdar": einvoices.cdar("207", motive="PU_ERR", text="Prix au kg"),
    "cii": einvoices.cii(),
    "facturae": einvoices.facturae(),
    "fatturapa": einvoices.fatturapa("TD01", "TD04"),
    "p7m": einvoices.signed(einvoices.fatturapa()),
    "remt.001": einvoices.REMT,
    "sdi": einvoices.sdi("NotificaEsito", einvoices.REFUSED),
    "ubl-credit-note": einvoices.ubl("CreditNote", code="381", extra=einvoices.BEFORE),
    "ubl-despatch-advice": einvoices.DESPATCH,
    "ubl-invoice": einvoices.ubl(),
    "ubl-order": einvoices.ORDER,
    "ubl-receipt-advice": einvoices.RECEIPT,
    "ubl-response": einvoices.response("RE", why="PRI", text="Price of item 3"),
    "xml": behind_a_comment(einvoices.ubl()),
    **{name: text.encode() for name, text in edi.SAMPLES.items()},
}
# More of the same formats, for those who want variety.
MORE = (
    ("camt.053", a_rich_camt("053", "BkToCstmrStmt", "Stmt")),
    ("csv", b'"Belegnr";"Betrag";"Grund"\r\n"A""1";"1.222,00-";"fehlt\r\n5"\r\nSumme;;\r\n'),
    ("csv", "Facture\tMontant\nF-1\t1 234,50 €\nF-2\t-3,00\n".encode("utf-16")),
    ("eml", a_nested_mail()),
    ("html", PAGE),
    ("txt", LETTER.encode()),
    ("x12-812", edi.CREDIT.encode()),
    ("x12-810", edi.PROMOTION_810.encode()),
    ("x12-820", edi.wrapped(edi.PAYMENT).encode()),
    ("edifact-invoic", edi.DEBIT_NOTE.encode()),
    ("edifact-invoic", edi.PROMOTION.replace("'", "'\n").encode()),
    ("edifact-remadv", edi.two_in_one(edi.message("REMADV"), edi.message("COMDIS")).encode()),
)
