from __future__ import annotations

import pytest

from concilia.documents.core.bank_lists import lists_of_account
from concilia.documents.core.context import Context
from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import parser_for
from concilia.documents.queries.reading import read_bytes

GERMAN = """Buchungstag;Valuta;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung
20.11.2026;20.11.2026;Hofladen;RE 2026-1188 abzgl. Skonto;1.204,33;EUR
23.11.2026;23.11.2026;Stadtwerke;Abschlag;-320,10;EUR
"""
ENGLISH = """Business account 20-15-55
Date,Description,Money in,Money out,Balance
02/11/2026,FASTER PAYMENT STORES INV 40112,1250.00,,15230.11
04/11/2026,CARD PAYMENT FUEL,,65.00,15165.11
"""
ITALIAN = """Data contabile;Descrizione;Dare;Avere
05/11/2026;BONIFICO A VOSTRO FAVORE SALDO FT 118;;820,00
06/11/2026;COMMISSIONI;2,50;
"""
FRENCH = """Date opération;Libellé;Débit;Crédit
05/11/2026;VIR SEPA BOULANGERIE FAC 2026-88;;1200,50
06/11/2026;PRLV EAU;150,00;
"""
SPANISH = """Extracto de cuenta ES91
Fecha;Concepto;Importe;Saldo
03/11/2026;TRANSF. DE COMERCIAL FRA 1201;540,00;10.540,00
05/11/2026;RECIBO LUZ;-88,20;10.451,80
"""
PRINTED = """KONTOAUSZUG Nr. 11/2026
Volksbank eG          IBAN DE12 5009
Bu-Tag  Vorgang                           Soll     Haben
        Alter Kontostand                       12.010,20
02.11.  Überweisungsgutschrift Hofladen
        RE 2026-1188                            1.204,33
03.11.  Lastschrift Stadtwerke          320,10
        Neuer Kontostand                       12.894,43
"""
LEDGER = """Date;Libellé;Débit;Crédit;Solde
02/10/2026;Facture 118;;1200,00;1200,00
15/10/2026;Facture 121;;310,40;1510,40
31/10/2026;Virement;1200,00;;310,40
"""
ADVICE = """Date;Invoice;Description;Amount
02/10/2026;40112;Transfer;1200.00
05/10/2026;40115;Transfer;180.00
"""


COUNTERPARTY = """id,booking_date,counterparty,iban,amount,details
1,2026-11-10,OULTON MARINE,GB00XXXX,2250.00,INV 30071
2,2026-11-10,WEST QUAY,GB00XXXX,-118.00,MOORING
"""

WORTH = """Date;Description;Value;Amount
02/10/2026;12 broken jars;4.20;50.40
05/10/2026;3 broken lids;1.10;3.30
"""


def of_file(text: str, name: str = "list.csv") -> str | None:
    content = text.encode()
    found = detect(content, name)
    parser = parser_for(found)
    return lists_of_account(Context(parser.parse(Source(content, name, found))))


@pytest.mark.parametrize("text", [GERMAN, ENGLISH, ITALIAN, FRENCH, SPANISH, COUNTERPARTY])
def test_exports_of_banks(text):
    assert of_file(text) == "bank_statement"


def test_a_printed_statement_has_a_title_a_bank_and_balances():
    columns = PRINTED.split("\n")[2]
    lists = [line for line in PRINTED.split("\n") if line != columns]
    assert lists_of_account(Context(ParsedDocument("pdf", "\n".join(lists)))) == "bank_statement"
    untitled = "\n".join(lists[1:])
    assert lists_of_account(Context(ParsedDocument("pdf", untitled))) is None


def test_a_ledger_books_invoices():
    assert of_file(LEDGER) == "other"


@pytest.mark.parametrize("text", [ADVICE, WORTH, "Betrag;Text\n1;2\n", "Date\n\n"])
def test_with_a_column_of_papers_or_no_columns_it_is_neither(text):
    assert of_file(text) is None


def test_payments_of_a_bank_list_are_no_claims_about_what_they_name():
    reading = read_bytes(GERMAN.encode(), filename="umsaetze.csv")["reading"]
    assert reading["kind"] == "bank_statement"
    assert not any(reading["references"].values())
    assert reading["lines"] == []
    assert reading["claimed_amount"] is None
