"""What columns are by what stands in them, where their names say little or something else."""

from __future__ import annotations

from concilia.documents.core.context import Context
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.line_reading import settle_lines
from concilia.documents.core.parsed import ParsedDocument

REMITTANCE = "remittance_advice"
DEBIT = "debit_note"


def read(kind, *grid, below=""):
    out = TextWriter()
    table = out.table(grid)
    out.write(below)
    return settle_lines(Context(ParsedDocument("csv", out.text(), tables=(table,))), kind)


def shown(settled):
    return [(line.document, line.paid, line.deducted, line.reason) for line in settled.lines]


def test_pieces_are_no_money_where_another_column_has_cents():
    settled = read(
        DEBIT,
        ["Your invoice", "Product", "Billed", "Received", "Short", "Unit cost", "Value"],
        ["PP-1188", "Damson jam", "96", "84", "12", "14.40", "172.80"],
        ["PP-1188", "Lemon curd", "60", "58", "2", "9.10", "18.20"],
    )

    assert [line.deducted for line in settled.lines] == ["172.80", "18.20"]
    assert [line.invoiced for line in settled.lines] == [None, None]


def test_weights_are_no_money():
    settled = read(
        DEBIT,
        ["Facture", "Facturé t", "Pesé t", "Écart t", "Prix €/t", "Débit €"],
        ["RFC-3301", "26,480", "25,920", "0,560", "315,00", "176,40"],
        ["RFC-3315", "27,100", "26,700", "0,400", "315,00", "126,00"],
    )

    assert [line.deducted for line in settled.lines] == ["176.40", "126.00"]


def test_net_and_tax_make_the_gross_that_is_charged():
    settled = read(
        DEBIT,
        ["Belastung", "Ihre Rechnung", "Grund", "Grundtext", "Netto", "USt", "Brutto"],
        ["88120", "F-7710", "F1", "Mehrlieferung, nicht bestellt", "210,00", "39,90", "249,90"],
        ["88131", "F-7725", "F1", "Mehrlieferung, nicht bestellt", "84,00", "15,96", "99,96"],
    )

    assert shown(settled) == [
        ("F-7710", None, "249.90", "NC-04"),
        ("F-7725", None, "99.96", "NC-04"),
    ]


def test_the_sides_of_an_account_are_one_sum():
    """What is on the smaller side is taken off: our credit note, and the customer's own debit."""
    settled = read(
        REMITTANCE,
        ["Tipo", "Numero", "Data", "Dare", "Avere", "Descrizione"],
        ["FT", "V1/3301", "04/09/2026", "", "7.280,00", "Fattura merce"],
        ["ND", "2026-884", "31/10/2026", "546,00", "", "Premio fine anno 5% acconto"],
        ["NC", "V2/0112", "25/09/2026", "218,40", "", "Vs. nota credito"],
    )

    assert shown(settled) == [
        ("V1/3301", "7280.00", None, None),
        ("2026-884", "-546.00", "546.00", "CO-05"),
        ("V2/0112", "-218.40", None, None),
    ]
    assert settled.papers["claim"] == ("2026-884",)
    assert settled.papers["invoice"] == ()


def test_an_account_with_a_balance_is_no_advice():
    settled = read(
        REMITTANCE,
        ["Date", "Pièce", "Débit", "Crédit", "Solde"],
        ["12/10/2026", "F-8831", "", "4 120,50", "-4 120,50"],
        ["27/10/2026", "F-8902", "", "388,20", "-4 508,70"],
    )

    assert settled.lines == ()


def test_numbers_of_charges_are_the_senders_own():
    settled = read(
        DEBIT,
        ["CB no", "PO", "Breach", "Units", "Charge GBP"],
        ["CB-220411", "B771204", "Carton labels not to routing guide", "18", "90.00"],
        ["CB-220430", "B771388", "ASN sent late", "6", "60.00"],
    )

    assert [line.document for line in settled.lines] == ["CB-220411", "CB-220430"]
    assert settled.papers["claim"] == ("CB-220411", "CB-220430")
    assert settled.papers["order"] == ("B771204", "B771388")


def test_the_number_of_a_row_is_no_papers():
    settled = read(
        REMITTANCE,
        ["Rif.", "Numero", "Importo pagato"],
        ["1", "V1-20771", "8.330,40"],
        ["2", "V1-20802", "5.146,00"],
    )

    assert [line.document for line in settled.lines] == ["V1-20771", "V1-20802"]


def test_a_column_that_is_so_much_of_another_was_taken_off():
    settled = read(
        DEBIT,
        ["Factura", "Fecha", "Neto", "15 %"],
        ["CL-7702", "12/10/26", "640,00", "96,00"],
        ["CL-7759", "26/10/26", "410,00", "61,50"],
    )

    assert [line.deducted for line in settled.lines] == ["96.00", "61.50"]


def test_a_cut_that_nothing_explains_is_explained_by_the_name_of_its_column():
    settled = read(
        REMITTANCE,
        ["Invoice", "USD amount", "Less bank charges", "USD sent"],
        ["HPT-7710", "12450", "35", "12415"],
        ["HPT-7735", "3300", "0", "3300"],
    )

    assert shown(settled) == [
        ("HPT-7710", "12415.00", "35.00", "FI-03"),
        ("HPT-7735", "3300.00", None, None),
    ]


def test_marks_behind_sums_lead_to_the_words_below():
    settled = read(
        REMITTANCE,
        ["Votre facture", "Montant TTC", "Retenue", "Réglé"],
        ["FA260881", "3 412,90", "", "3 412,90"],
        ["FA260897", "1 980,00", "144,00 (1)", "1 836,00"],
        ["FA260930", "2 640,00", "79,20 (2)", "2 560,80"],
        below="\n(1) manquant constaté au déchargement (2) remise contractuelle 3 % non portée\n",
    )

    assert shown(settled)[1:] == [
        ("FA260897", "1836.00", "144.00", "NC-01"),
        ("FA260930", "2560.80", "79.20", "NC-09"),
    ]


def test_codes_are_explained_in_one_line():
    settled = read(
        REMITTANCE,
        ["Ihre Rechnung", "Brutto", "Kürzung", "Netto", "Grund"],
        ["RE-44037", "3.845,50", "156,00", "3.689,50", "13"],
        ["RE-44069", "2.640,00", "80,00", "2.560,00", "21"],
        below="\nGründe: 11 Preisabweichung · 13 Mindermenge · 21 Fracht nicht vereinbart\n",
    )

    assert [line.reason for line in settled.lines] == ["NC-01", "NC-21"]


def test_a_table_of_debits_is_taken_off():
    settled = read(
        REMITTANCE,
        ["N° note", "Objet", "Montant"],
        ["ND-3071", "Coopération commerciale catalogue", "900,00"],
        ["ND-3088", "Palettes Europe non rendues", "168,00"],
    )

    assert shown(settled) == [
        ("ND-3071", "-900.00", "900.00", "CO-03"),
        ("ND-3088", "-168.00", "168.00", "NC-22"),
    ]
