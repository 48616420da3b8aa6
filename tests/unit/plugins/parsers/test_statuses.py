"""Status messages: who contests, why, and what only reports how far an invoice got."""

from __future__ import annotations

from typing import Any

import pytest
from tests.world.einvoices import REFUSED, cdar, characteristic, response, sdi

from concilia.documents.queries.reading import read_bytes

MLR = "urn:fdc:peppol.eu:poacc:trns:mlr:3"


def read(content: bytes) -> dict[str, Any]:
    return read_bytes(content, filename="x.xml")["reading"]


class TestPeppol:
    @pytest.mark.parametrize("code", ["UQ", "CA", "RE"])
    def test_contests_with_the_reason_of_its_clarification(self, code):
        reading = read(response(code, why="PRI", text="Price of item 3 is higher than agreed"))

        assert (reading["kind"], reading["reason"]) == ("claim", "NC-08")
        assert reading["references"]["invoice"] == ["FT-100"]
        assert not reading["needs_review"]

    @pytest.mark.parametrize(
        ("why", "reason"),
        [("REF", "NC-24"), ("REC", "NC-18"), ("PAY", "NC-28"), ("UNR", "NC-35"), ("ITM", "NC-07")],
    )
    def test_every_clarification_means_something(self, why, reason):
        assert read(response("UQ", why=why))["reason"] == reason

    def test_what_to_do_is_shown_and_is_no_reason(self):
        reading = read(response("RE", why="NIN", text="Wrong price, we agreed on 10.20"))

        assert reading["reason"] == "NC-08"  # from the words: NIN asks for a new invoice

    def test_an_ambiguous_clarification_waits_for_a_person(self):
        reading = read(response("RE", why="QTY"))

        assert reading["needs_review"]
        assert {each["reason"] for each in reading["alternatives"]} & {"NC-01", "NC-02", "NC-04"}

    @pytest.mark.parametrize("code", ["AB", "IP", "AP"])
    def test_progress_is_nothing_to_do(self, code):
        reading = read(response(code, why="NON"))

        assert (reading["kind"], reading["reason"], reading["needs_review"]) == (
            "other",
            None,
            False,
        )

    def test_paid_says_a_payment_comes_partly_paid_asks_a_person(self):
        paid, partly = read(response("PD")), read(response("PD", why="PPD", text="half of it"))

        assert (paid["kind"], paid["non_payment_reason"]) == ("payment_reply", "NR-08")
        assert (partly["kind"], partly["non_payment_reason"]) == ("payment_reply", None)
        assert partly["needs_review"]

    def test_a_machines_refusal_is_missing_data_of_an_invoice_only(self):
        refused = read(response("RE", profile=MLR, text="BR-CO-10"))

        assert (refused["kind"], refused["reason"]) == ("claim", "NC-27")
        assert read(response("RE", profile=MLR, about="9"))["kind"] == "other"
        unnamed = read(response("RE", profile=MLR, about=""))
        assert unnamed["references"]["invoice"] == []  # it names an envelope, not an invoice
        assert unnamed["needs_review"]


class TestFrench:
    @pytest.mark.parametrize("code", ["206", "207", "208", "210"])
    def test_contesting_statuses_claim_with_their_motive(self, code):
        reading = read(cdar(code, motive="PU_ERR", text="Prix au kg"))

        assert (reading["kind"], reading["reason"]) == ("claim", "NC-08")
        assert reading["references"]["invoice"] == ["F-2026-1"]

    def test_a_rejected_file_is_missing_data_whatever_the_motive(self):
        reading = read(cdar("213", motive="REJ_SEMAN"))

        assert (reading["kind"], reading["reason"]) == ("claim", "NC-27")

    @pytest.mark.parametrize("code", ["200", "201", "202", "203", "204", "205", "209", "212"])
    def test_the_others_report(self, code):
        assert read(cdar(code))["kind"] == "other"

    def test_amounts_are_what_is_not_approved_and_what_was_paid(self):
        partly = read(
            cdar(
                "206",
                motive="QTE_ERR",
                amounts=characteristic("MNA", "100.00") + characteristic("MNATTC", "120.00"),
            )
        )
        sent = read(cdar("211", amounts=characteristic("MPA", "80.00")))
        rest = read(
            cdar("211", amounts=characteristic("MPA", "80.00") + characteristic("RAP", "40.00"))
        )

        assert (partly["claimed_amount"], partly["currency"]) == ("120.00", "EUR")
        assert (sent["kind"], sent["non_payment_reason"]) == ("payment_reply", "NR-08")
        assert (sent["total_amount"], rest["non_payment_reason"]) == ("80.00", None)

    def test_words_are_read_where_the_motive_says_nothing(self):
        reading = read(cdar("207", motive="AUTRE", text="Marchandise non livrée"))

        assert reading["reason"] == "NC-03"


class TestSdi:
    def test_a_public_body_that_refuses_contests(self):
        reading = read(sdi("NotificaEsito", REFUSED))

        assert (reading["kind"], reading["reason"]) == ("claim", "NC-24")
        assert reading["references"]["invoice"] == ["1/A"]

    def test_a_refused_file_was_not_issued_and_somebody_hears_it(self):
        errors = """<ListaErrori><Errore><Codice>00404</Codice><Descrizione>Fattura duplicata
        </Descrizione></Errore></ListaErrori>"""
        for root in ("NotificaScarto", "RicevutaScarto"):
            reading = read(sdi(root, errors))
            assert reading["kind"] == "other"
            assert "00404 Fattura duplicata" in reading["warnings"][0]

    @pytest.mark.parametrize(
        "root",
        [
            "RicevutaConsegna",
            "NotificaMancataConsegna",
            "RicevutaImpossibilitaRecapito",
            "NotificaDecorrenzaTermini",
            "AttestazioneTrasmissioneFattura",
            "NotificaEsito",
        ],
    )
    def test_the_others_report(self, root):
        accepted = REFUSED.replace("EC02", "EC01")
        reading = read(sdi(root, accepted if root == "NotificaEsito" else ""))

        assert (reading["format"], reading["kind"], reading["warnings"]) == ("sdi", "other", [])
