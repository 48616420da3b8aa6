"""A message that contests several things on several documents states several claims."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concilia.documents.core.context import Context
from concilia.documents.core.line_reading import ReadLine
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.several import Part, parts_of, parts_of_lines
from concilia.kernel.references import normalise_reference

A, B = "FT-2026/00811", "FT-2026/00844"
# (language, a short delivery on one invoice, a wrong price on another)
LETTERS = {
    "en": (
        (
            "On your invoice {a} twelve cartons of penne were missing when the truck was unloaded, "
            "please credit {x} EUR."
        ),
        (
            "On invoice {b} you charged a price that we had not agreed, 27.00 per unit, not 25.00; "
            "we ask for a credit note of {y} EUR."
        ),
    ),
    "it": (
        (
            "Sulla fattura {a} mancavano dodici colli di penne allo scarico, chiediamo un "
            "accredito di {x} EUR."
        ),
        (
            "Sulla fattura {b} il prezzo addebitato è 27,00 invece di 25,00 come da listino "
            "concordato: chiediamo una nota di credito di {y} EUR."
        ),
    ),
    "fr": (
        (
            "Sur la facture {a} il manquait douze colis de penne à la livraison, merci de faire un "
            "avoir de {x} EUR."
        ),
        (
            "Sur la facture {b} le prix facturé est de 27,00 au lieu de 25,00 convenu : "
            "nous demandons un avoir de {y} EUR."
        ),
    ),
    "es": (
        "En la factura {a} faltaban doce cajas de penne al descargar, rogamos un abono de {x} EUR.",
        (
            "En la factura {b} el precio facturado es 27,00 en lugar de 25,00 pactado: "
            "solicitamos un abono de {y} EUR."
        ),
    ),
    "de": (
        (
            "Zur Rechnung {a} fehlten bei der Anlieferung zwölf Kartons Penne, bitte schreiben "
            "Sie uns {x} EUR gut."
        ),
        (
            "Bei Rechnung {b} wurde ein falscher Preis berechnet, 27,00 statt der vereinbarten "
            "25,00; wir bitten um eine Gutschrift über {y} EUR."
        ),
    ),
}


def parts(body: str, *, kind: str = "claim", claimed: str | None = None) -> tuple[Part, ...]:
    parsed = ParsedDocument(format="eml", text=f"Reklamation\n\n{body}")
    return parts_of(Context(parsed), kind, Decimal(claimed) if claimed else None)


def letter(language: str, a: str = A, b: str = B, x: str = "259.20", y: str = "100.00") -> str:
    amounts = {"x": x, "y": y}
    if language != "en":
        amounts = {name: text.replace(".", ",") for name, text in amounts.items()}
    return "\n\n".join(said.format(a=a, b=b, **amounts) for said in LETTERS[language])


@pytest.mark.parametrize("language", list(LETTERS))
class TestFiveLanguages:
    def test_two_events_on_two_invoices_are_two_claims(self, language):
        first, second = parts(letter(language))

        assert (first.reason, first.references["invoice"]) == ("NC-01", (A,))
        assert (second.reason, second.references["invoice"]) == ("NC-08", (B,))
        assert first.amount == Decimal("259.20")
        assert second.amount in {Decimal("100.00"), None}

    def test_every_value_names_its_place_in_the_message(self, language):
        text = f"Reklamation\n\n{letter(language)}"

        for part in parts(letter(language)):
            for name, start, end in part.places:
                assert any(begin <= start < stop for begin, stop in part.spans)
                if name == "references.invoice":
                    assert text[start:end] == part.references["invoice"][0]

    def test_as_a_list_too(self, language):
        one, two = letter(language).split("\n\n")

        assert len(parts(f"Hallo,\n\n- {one}\n- {two}\n")) == 2

    def test_two_invoices_short_by_the_same_mishap_are_one(self, language):
        said = LETTERS[language][0]
        body = "\n\n".join(
            said.format(a=number, x=amount) for number, amount in ((A, "20.00"), (B, "30.00"))
        )

        assert parts(body) == ()

    def test_both_on_one_invoice_are_one(self, language):
        assert parts(letter(language, b=A)) == ()

    def test_parts_that_claim_more_than_the_message_are_not_taken_apart(self, language):
        assert parts(letter(language), claimed="300.00") == ()


class TestOneClaim:
    def test_a_letter_about_one_invoice(self):
        assert parts(LETTERS["en"][0].format(a=A, x="259.20")) == ()

    def test_invoices_named_together_are_contested_together(self):
        assert parts(f"On invoices {A} and {B} twelve cartons were missing, 259.20 EUR.") == ()

    def test_an_invoice_that_is_only_mentioned(self):
        body = LETTERS["en"][0].format(a=A, x="259.20") + f"\n\nWe have paid invoice {B} in full."

        assert parts(body) == ()

    @pytest.mark.parametrize("kind", ["debit_note", "remittance_advice", "payment_reply", "other"])
    def test_one_paper_with_one_sum_stays_one(self, kind):
        assert parts(letter("en"), kind=kind) == ()

    def test_one_sentence_that_turns_from_one_invoice_to_the_other(self):
        body = (
            f"On invoice {A} twelve cartons of penne were missing at delivery, and on invoice {B} "
            "the price was charged wrongly, 27.00 instead of the agreed 25.00."
        )

        found = parts(body)

        assert [part.references["invoice"] for part in found] in ([(A,), (B,)], [])


class TestTables:
    ROWS = (("FT-811", "NC-01", "259.20"), ("FT-812", "NC-02", "43.20"), ("FT-844", "NC-08", "100"))

    def parts(self, rows=ROWS, *, claimed="402.40", kind="claim") -> tuple[Part, ...]:
        lines = [ReadLine(document=d, reason=r, deducted=a) for d, r, a in rows]
        return parts_of_lines(lines, kind, Decimal(claimed) if claimed else None, "EUR")

    def test_lines_of_one_event_are_one_claim_with_two_lines(self):
        short, dear = self.parts()

        assert (short.lines, short.amount) == ((0, 1), Decimal("302.40"))
        assert (dear.lines, dear.references["invoice"]) == ((2,), ("FT-844",))

    @pytest.mark.parametrize(
        "rows",
        [
            (("FT-811", "NC-01", "1"), ("FT-811", "NC-08", "2")),
            (("FT-811", "NC-01", "1"), (None, "NC-08", "2")),
            (("FT-811", "NC-01", "1"), ("FT-844", None, "2")),
            (("FT-811", "NC-01", "1"), ("FT-844", "NC-08", None)),
            (("FT-811", "NC-01", "1"),),
        ],
    )
    def test_what_is_not_clearly_separate_stays_together(self, rows):
        assert self.parts(rows) == ()

    @pytest.mark.parametrize(("claimed", "kind"), [("400.00", "claim"), ("402.40", "debit_note")])
    def test_nor_what_claims_more_than_the_paper_or_is_one_sum(self, claimed, kind):
        assert self.parts(claimed=claimed, kind=kind) == ()


numbers = st.integers(10_000, 99_999).map(lambda n: f"FT-2026/{n}")
amounts = st.decimals("1.00", "9999.99", places=2)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(LETTERS)), st.integers(0, 1), numbers, amounts),
        min_size=1,
        max_size=4,
    ),
    st.none() | amounts,
)
def test_parts_share_no_number_no_words_and_no_amount(said, claimed):
    body = "\n\n".join(
        LETTERS[language][which].format(a=number, b=number, x=amount, y=amount)
        for language, which, number, amount in said
    )

    found = parts(body, claimed=str(claimed) if claimed is not None else None)

    assert len(found) != 1
    named = [
        normalise_reference(text)
        for part in found
        for text in {one for texts in part.references.values() for one in texts}
    ]
    assert len(named) == len(set(named))
    spans = sorted(span for part in found for span in part.spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    places = [place for part in found for place in part.places if place[0] == "claimed_amount"]
    assert len(places) == len(set(places))
    own = [part.amount for part in found if part.amount is not None]
    if found and claimed is not None and claimed not in own:
        assert sum(own) <= claimed
