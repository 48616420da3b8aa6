from __future__ import annotations

import pytest

from concilia.documents.core.thread import split


def live(body, subject="Subject"):
    text = f"{subject}\n\n{body}"
    thread = split(text, len(subject) + 2)
    assert thread.live[0] == (0, len(subject) + 2)
    return "".join(text[start:end] for start, end in thread.live[1:]).strip()


class TestHistory:
    @pytest.mark.parametrize(
        "mark",
        [
            "On Mon, 16 Nov 2026 at 09:00, Supplier <a@b.example> wrote:",
            "Il giorno lun 16 nov 2026 alle ore 09:00 Fornitore <a@b.example> ha scritto:",
            "Le lun. 16 nov. 2026 à 09:00, Fournisseur <a@b.example> a écrit :",
            "El lun, 16 nov 2026 a las 9:00, Proveedor (<a@b.example>) escribió:",
            "Am 16.11.2026 um 09:00 schrieb Lieferant <a@b.example>:",
            "-----Original Message-----\nFrom: a@b.example",
            "-----Messaggio originale-----",
            "-----Ursprüngliche Nachricht-----",
            "From: Supplier\nSent: Monday\nTo: us\nSubject: Invoice",
            "Von: Lieferant\nGesendet: Montag\nAn: uns\nBetreff: Rechnung",
            "Da: Fornitore\nInviato: lunedì\nA: noi\nOggetto: Fattura",
            "De : Fournisseur\nEnvoyé : lundi\nÀ : nous\nObjet : Facture",
        ],
    )
    def test_older_mails_are_not_said_now(self, mark):
        assert live(f"Two cartons are missing.\n\n{mark}\n\nYour invoice 999.") == (
            "Two cartons are missing."
        )

    def test_quoted_lines_between_answers_are_left_out(self):
        body = "> Did you get invoice 1?\nNo, never.\n> And invoice 2?\nYes, it is paid.\n"
        assert live(body) == "No, never.\nYes, it is paid."


class TestOwnHeaders:
    @pytest.mark.parametrize(
        "headers",
        [
            "From: Café Lux\nSent: Monday\nTo: us\nSubject: Shortage\n\n",
            "Da: Bar Lux\nA: noi\nData: lunedì 9 novembre 2026 07:18\nOggetto: Shortage\n\n",
            "De : Café Lux\nEnvoyé le : 28/10/2026 à 10:51\nA : nous\nObjet : Shortage\n\n",
            "De: Bar Lux\nEnviado: lunes\nPara: nosotros\nAsunto: Shortage\n",
            "Von: Café Lux\nAn: uns\nDatum: 30.10.2026\nBetreff: Shortage\nAnlagen: 2\n\n",
        ],
    )
    def test_at_the_top_of_a_saved_mail_do_not_make_it_an_older_one(self, headers):
        older = "\n\nFrom: us\nSent: Friday\nTo: you\nSubject: Invoice 999\n\nPlease pay."
        text = f"{headers}Two cartons are missing.{older}"
        thread = split(text)
        said = "".join(text[start:end] for start, end in thread.live)
        assert said.split() == ["Shortage", "Two", "cartons", "are", "missing."]
        assert text[slice(*thread.subject)].strip() == "Shortage"

    @pytest.mark.parametrize("divider", ["", "-----Original Message-----\n"])
    def test_of_a_mail_handed_on_without_a_word_are_what_is_said(self, divider):
        body = f"{divider}From: a\nSent: Monday\nTo: us\nSubject: Shortage\n\nTwo are missing."
        assert live(body).split() == ["Shortage", "Two", "are", "missing."]


class TestSignature:
    @pytest.mark.parametrize(
        "closing",
        [
            "-- \nJane Doe\nAP clerk, tel 020 1234",
            "Kind regards\nJane Doe",
            "Cordiali saluti,\nMario Rossi\nAlimentari Rossi srl",
            "Bien cordialement\nJulie",
            "Un saludo\nAna",
            "Mit freundlichen Grüßen\nK. Maier",
            "Sent from my iPhone",
            "This e-mail is confidential and intended only for the addressee.",
        ],
    )
    def test_is_context_not_content(self, closing):
        said = live(f"Two cartons are missing on invoice 77.\n\n{closing}\n")
        assert said.startswith("Two cartons are missing on invoice 77.")
        for name in ("Doe", "Rossi srl", "Julie", "Ana", "Maier", "addressee"):
            assert name not in said

    def test_thanks_in_the_middle_of_a_letter_end_nothing(self):
        body = "Thanks\nfor the quick delivery.\n" + "There is a problem though. " * 8
        assert "problem" in live(body)


class TestForwarded:
    BODY = (
        "---------- Forwarded message ---------\nFrom: Shop\nSubject: claim\n\nA carton missing.\n"
    )

    def test_a_bare_forward_says_what_it_forwards(self):
        text = f"Fwd: claim\n\nFYI\n\n{self.BODY}"
        thread = split(text, 12)
        assert thread.forwarded
        assert "A carton missing." in "".join(text[slice(*span)] for span in thread.live)

    def test_words_above_a_forward_speak_for_themselves(self):
        said = live(f"We have dealt with this claim already, nothing to do for you.\n\n{self.BODY}")
        assert said == "We have dealt with this claim already, nothing to do for you."


class TestSentOnWithAFewWords:
    @pytest.mark.parametrize(
        ("said", "header"),
        [
            ("See below, please credit.", "From: Store 4\nSent: Monday\nTo: us\nSubject: x"),
            ("Giro sotto quanto segnala Gino.", "Da: Gino\nInviato: lunedì\nA: noi\nOggetto: x"),
            ("Je vous transfère ceci.", "De : Cave\nEnvoyé : lundi\nÀ : nous\nObjet : x"),
            ("Os reenvío lo de abajo.", "De: Tienda\nEnviado: lunes\nPara: aquí\nAsunto: x"),
            ("Siehe unten, bitte stornieren.", "Von: F\nGesendet: Montag\nAn: uns\nBetreff: x"),
        ],
    )
    def test_the_mail_below_is_said_as_well(self, said, header):
        assert live(f"{said}\n\n{header}\n\nTwo boxes are broken.", "FW: x") == (
            f"{said}\n\nTwo boxes are broken."
        )

    def test_a_reminder_of_ours_is_not(self):
        header = "From: Supplier\nSent: Monday\nTo: us\nSubject: Reminder"
        body = f"See below.\n\n{header}\n\nInvoice 4 is overdue."
        assert "overdue" not in live(f"Paid on Friday, {body}", "FW: Reminder")

    def test_nor_is_what_was_only_answered(self):
        header = "From: Supplier\nSent: Monday\nTo: us\nSubject: x"
        assert live(f"See below.\n\n{header}\n\nYour invoice 999.", "RE: x") == "See below."


def test_what_stands_below_the_closing_is_signed():
    text = "S\n\nTwo are missing.\n\nRegards\n\nJ. Doe\nAccount with you: AB-77\n"
    thread = split(text, 3)
    assert "AB-77" in "".join(text[slice(*span)] for span in thread.signed)
    assert "AB-77" not in "".join(text[slice(*span)] for span in thread.live)
