from __future__ import annotations

import pytest

from concilia.documents.core.automatic import automatic_kind


def kind(subject="", body="", **headers):
    found = automatic_kind(
        {name.replace("_", "-"): value for name, value in headers.items()}, subject, body
    )
    return found[0] if found else None


class TestBounces:
    def test_reports_say_so(self):
        assert kind(report_type="delivery-status") == "bounce"
        assert kind(x_failed_recipients="a@b.example") == "bounce"

    @pytest.mark.parametrize(
        "subject",
        [
            "Undeliverable: invoice 12",
            "Mail delivery failed: returning message to sender",
            "Mancato recapito: fattura 12",
            "Échec de la remise : facture 12",
            "No se puede entregar: factura 12",
            "Unzustellbar: Rechnung 12",
        ],
    )
    def test_the_mail_system_writes_in_every_language(self, subject):
        assert kind(subject, **{"from": "MAILER-DAEMON@host.example"}) == "bounce"


class TestAutoReplies:
    @pytest.mark.parametrize(
        ("subject", "body"),
        [
            ("Automatic reply: Reminder", "I am out of the office until Monday."),
            ("Risposta automatica: sollecito", "Sono in ferie fino al 20 agosto."),
            ("Réponse automatique : relance", "Je suis absent jusqu'au 3 août."),
            ("Respuesta automática: aviso", "Estoy fuera de la oficina hasta el lunes."),
            ("Automatische Antwort: Mahnung", "Ich bin bis Montag nicht im Büro."),
        ],
    )
    def test_absent_people_do_not_answer(self, subject, body):
        assert kind(subject, body) == "auto_reply"

    def test_headers_alone_are_enough(self):
        assert kind("Your message", "Thanks", auto_submitted="auto-replied") == "auto_reply"

    def test_a_person_who_mentions_holidays_is_a_person(self):
        body = "Invoice 12 is 20 cartons short. " * 30 + "I am on holiday next week."
        assert kind("Invoice 12", body, **{"from": "jane@shop.example"}) is None

    def test_automatically_generated_invoices_are_no_auto_reply(self):
        assert kind("Remittance advice", "see attached", auto_submitted="auto-generated") is None
