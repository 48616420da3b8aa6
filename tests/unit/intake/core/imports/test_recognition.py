from __future__ import annotations

import io

import pytest

from concilia.intake.core.imports.cells import NUMBER
from concilia.intake.core.imports.datasets import DATASETS, OPEN_ITEMS
from concilia.intake.core.imports.mappings import header_digest
from concilia.intake.core.imports.recognition import Proposal, find_table, propose
from concilia.intake.core.imports.tables import Row, dialect_of, read_rows


def rows(text: str) -> list[Row]:
    content = text.encode()
    return list(read_rows(io.BytesIO(content), dialect_of(content)))


def proposal(text: str, name: str = "export.csv", **changes) -> Proposal:
    table = find_table(rows(text))
    assert table is not None
    return propose(table, (name,), **changes)


def fields(found: Proposal) -> dict[str, str]:
    return {column.header: column.field for column in found.columns}


OPEN_ITEMS_IN = {
    "it": """Scadenzario clienti al 31/10/2026

N. documento;Cod. cliente;Data doc.;Residuo;Div.;Note int.
FT-2026/03140;C-00412;15/10/2026;1.220,00;EUR;
FT-2026/03141;C-00087;12/10/2026;716,40;EUR;vedi mail Sara
Totale;;;1.936,40;;
""",
    "de": """Debitor;Name;Belegnr.;Belegart;Belegdatum;Nettofälligkeit;Währung;Betrag;Offener Betrag
10001;Müller GmbH;1800001;RV;01.10.2026;31.10.2026;EUR;1.190,00;1.190,00
10002;Maier KG;1800002;DG;13.10.2026;31.10.2026;EUR;-119,00;-119,00
""",
    "fr": """Compte client;N° pièce;Date pièce;Échéance;Montant TTC;Reste dû
411001;FA2026-1;03/10/2026;02/11/2026;1 200,00;1 200,00
411002;FA2026-2;15/10/2026;14/11/2026;600,50;100,50
""",
    "es": """Cliente;Nº factura;Fecha factura;Vencimiento;Importe total;Pendiente de cobro;Moneda
430001;F/1;03/10/2026;02/11/2026;1.200,00;1.200,00;EUR
430002;F/2;15/10/2026;14/11/2026;600,50;100,50;EUR
""",
    "en": """Account,Invoice No,Invoice Date,Due Date,Original Amount,Outstanding,Currency
A1,INV-1,13/10/2026,12/11/2026,"1,200.00","1,200.00",GBP
A2,INV-2,15/10/2026,14/11/2026,600.50,100.50,GBP
""",
}


class TestOpenItems:
    @pytest.mark.parametrize("language", OPEN_ITEMS_IN)
    def test_are_recognised_in_five_languages(self, language):
        found = proposal(OPEN_ITEMS_IN[language])

        assert found.dataset is OPEN_ITEMS
        assert found.sure >= 80
        mapped = {column.field for column in found.columns}
        assert set(OPEN_ITEMS.required) <= mapped
        assert not any(column.is_doubtful for column in found.columns)

    def test_the_header_is_found_below_titles(self):
        assert proposal(OPEN_ITEMS_IN["it"]).header_row == 3

    def test_what_nobody_knows_is_left_out(self):
        assert fields(proposal(OPEN_ITEMS_IN["it"]))["Note int."] == ""

    def test_each_column_says_how_it_is_read(self):
        columns = {column.header: column for column in proposal(OPEN_ITEMS_IN["it"]).columns}

        assert columns["Data doc."].why_key == "day_first"
        assert columns["Data doc."].why_args == {"value": "15"}
        assert columns["Residuo"].why_key == "comma_for_cents"

    def test_days_under_a_word_for_a_date_are_to_confirm(self):
        text = "Cliente;Fattura;Data;Residuo;Scadenza\nC1;F1;15/10/2026;10,00;30\n"

        column = proposal(text).columns[-1]

        assert (column.field, column.is_doubtful, column.why_key) == (
            "payment_days",
            True,
            "days_or_date",
        )


class TestOthers:
    @pytest.mark.parametrize(
        ("text", "dataset"),
        [
            ("Code client;Raison sociale;Pays;N° TVA\n411;Épicerie;France;FR1\n", "customers"),
            ("Kunde;Ansprechpartner;E-Mail;Telefon\n1;Jens;j@x.example;+49 1\n", "contacts"),
            ("Articolo;Descrizione;UM;Aliquota IVA\nA1;Pane;KT;4\n", "products"),
            ("Cliente;Artículo;Precio neto;Válido desde\n1;A1;1,25;01/01/2026\n", "prices"),
            (
                "Aktionsnummer;Kunde;Beginn;Ende;Rabatt\nA1;1;01.10.2026;31.10.2026;5\n",
                "promotions",
            ),
            (
                "Pedido;Cliente;Fecha pedido;Artículo;Cantidad;Precio\nP1;1;15/10/2026;A;1;2,50\n",
                "orders",
            ),
            (
                "Numero DDT;Cliente;Data spedizione;Articolo;Quantità\nD1;1;15/10/2026;A;1\n",
                "deliveries",
            ),
            (
                "Invoice,Customer,Invoice Date,Item,Qty,Price,Net\nI,C,13/10/2026,A,1,2.50,2.50\n",
                "invoices",
            ),
        ],
    )
    def test_are_recognised_by_their_columns(self, text, dataset):
        assert proposal(text).dataset is DATASETS[dataset]

    @pytest.mark.parametrize("name", DATASETS)
    def test_our_own_headers_are_certain(self, name):
        dataset = DATASETS[name]
        example = ",".join(f'"{field.example}"' for field in dataset.fields)

        found = proposal(f"{dataset.header}\n{example}\n")

        assert found.dataset is dataset
        assert fields(found) == {field.name: field.name for field in dataset.fields}
        assert {column.source for column in found.columns} == {"name"}

    @pytest.mark.parametrize(
        ("header", "dataset", "key"),
        [
            ("Codice;Denominazione;Nazione;Valuta;Fido", "customers", "customer_number"),
            ("Nr.;Name;Land;Sprache;Zahlungsziel Tage", "customers", "customer_number"),
            ("Code;Désignation;Unité", "products", "sku"),
        ],
    )
    def test_a_bare_code_is_the_key_of_what_the_other_columns_tell(self, header, dataset, key):
        cells = {"Fido": "15000", "Nazione": "IT", "Valuta": "EUR", "Land": "DE", "Sprache": "de"}
        row = ";".join(cells.get(name, "30") for name in header.split(";"))
        found = proposal(f"{header}\n{row}\n")

        assert found.dataset is not None
        assert found.dataset.name == dataset
        assert fields(found)[header.split(";")[0]] == key

    def test_words_that_are_nothing_of_ours_are_not_forced(self):
        assert proposal("Temperature;Pressure\n20;1013\n21;1009\n").dataset is None

    def test_prose_has_no_header(self):
        assert find_table(rows("Dear Sirs\nplease find attached\nthe invoices\n")) is None

    def test_a_date_that_can_be_read_two_ways_is_to_confirm_in_english(self):
        text = OPEN_ITEMS_IN["en"].replace("13/10", "03/10").replace("15/10", "05/10")

        found = {column.header: column for column in proposal(text).columns}

        assert found["Invoice Date"].is_doubtful
        assert found["Invoice Date"].why_key == "day_or_month"

    def test_a_workbook_fractions_are_percentages(self):
        sample = [
            (1, ["sku", "name", "vat_rate"]),
            (2, ["A", "Pane", f"{NUMBER}0.04"]),
            (3, ["B", "Cesto", f"{NUMBER}0.22"]),
        ]
        table = find_table(sample)
        assert table is not None

        column = propose(table).columns[-1]

        assert (column.reading.is_fraction, column.why_key) == (True, "fractions")


class TestRemembered:
    def test_what_a_person_said_holds_for_the_next_file(self):
        text = OPEN_ITEMS_IN["it"]
        columns = [
            {"column": 0, "field": "document_number"},
            {"column": 1, "field": "customer_number"},
            {"column": 2, "field": "issue_date", "order": "dmy"},
            {"column": 3, "field": "open_amount", "decimal": ","},
            {"column": 4, "field": ""},
            {"column": 5, "field": "structured_reference"},
        ]

        found = proposal(text, remembered={"dataset": "open_items", "columns": columns})

        assert fields(found)["Note int."] == "structured_reference"
        assert fields(found)["Div."] == ""
        assert {column.source for column in found.columns} == {"remembered"}
        assert found.columns[3].reading.decimal == ","

    def test_files_are_alike_by_their_header_whatever_the_case(self):
        assert header_digest(["N. Documento", "Residuo"]) == header_digest(
            ["n documento", "RESIDUO "]
        )
        assert header_digest(["a", "b"]) != header_digest(["b", "a"])
