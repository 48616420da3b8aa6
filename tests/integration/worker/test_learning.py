"""A person puts a reading right, and the next one like it is read so: through the whole worker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_iban
from tests.world.inbox import an_arrival
from tests.world.jobs import run_jobs
from tests.world.mails import a_mail

from concilia.documents.models import Correction, Document, ReaderMemory, Training
from concilia.intake.actions import ArrivalRefused, Incoming, correct_reading, receive
from concilia.intake.actions import undo_correction as undo
from concilia.intake.models import Arrival
from concilia.intake.queries.memory import memory_of
from concilia.interfaces.worker.learning import train_all_readers

pytestmark = pytest.mark.django_db

SENDER = "magazzino@bottega-lari.example"


def odd_mail(number: int, **changes) -> bytes:
    """Words of a house that no phrase book has: what it means, a person must say."""
    fields = {
        "sender": SENDER,
        "subject": f"Scheda verde {number}",
        "body": (
            f"Buongiorno, per la fattura {number} alleghiamo la scheda verde del reparto "
            "ortofrutta come da procedura trimestrale concordata. Cordiali saluti\n"
        ),
        "message_id": f"<scheda-{number}@bottega-lari.example>",
    }
    return a_mail(**fields | changes)


def other_mail(number: int) -> bytes:
    return odd_mail(
        number,
        subject=f"Listino {number}",
        body="Vi giriamo il nuovo orario di apertura della sede di Lari, valido da gennaio.\n",
    )


@pytest.fixture
def member(customer):
    return a_member(customer.entity)


def correct(document: Document, member, **fields) -> None:
    for name, value in fields.items():
        correct_reading(
            document_id=document.pk,
            field=name.replace("__", "."),
            value=value,
            member=member,
            at=NOON,
        )


class TestWhatADocumentIs:
    def test_the_next_like_it_is_read_as_a_person_said(self, take, member):
        first = take(odd_mail(4401)).document
        assert (first.kind, first.reason) != ("claim", "NC-03")
        correct(first, member, kind="claim", reason="NC-03")

        second = take(odd_mail(4577)).document

        assert (second.kind, second.reason) == ("claim", "NC-03")
        assert second.values["references"]["invoice"] == ["4577"]
        assert {each["field"] for each in second.values["learned"]} == {"kind", "reason"}
        assert {each["document"] for each in second.values["learned"]} == {first.pk}

    def test_what_is_not_like_it_is_read_as_before(self, take, member):
        before = take(other_mail(1)).document
        correct(take(odd_mail(4401)).document, member, kind="claim", reason="NC-03")

        after = take(other_mail(2)).document

        assert (after.kind, after.reason) == (before.kind, before.reason)
        assert "learned" not in after.values

    def test_only_for_that_entity(self, take, member):
        first = take(odd_mail(4401)).document
        correct(first, member, kind="claim", reason="NC-03")
        elsewhere = a_customer(an_entity("BETA"))
        an_iban(elsewhere)

        incoming = Incoming(channel="pipe", filename="mail.eml", content=odd_mail(4577))
        arrival = receive(entity_id=elsewhere.entity_id, incoming=incoming, at=NOON)
        run_jobs(at=NOON)

        read = Arrival.objects.get(pk=arrival.pk).document
        assert read.kind == first.readings.get().result["kind"]

    def test_taken_back_it_teaches_nothing_any_more(self, take, member):
        first = take(odd_mail(4401)).document
        as_read = first.kind, first.reason
        correct(first, member, kind="claim", reason="NC-03")

        for correction in Correction.objects.order_by("-pk"):
            undo(correction_id=correction.pk, member=member, at=NOON + timedelta(minutes=1))
        second = take(odd_mail(4577)).document

        first.refresh_from_db()
        assert (first.kind, first.reason) == as_read
        assert (second.kind, second.reason) == as_read
        assert not first.values["corrected"]
        with pytest.raises(ArrivalRefused):
            undo(correction_id=Correction.objects.first().pk, member=member, at=NOON)

    def test_the_newer_word_stays_when_an_older_one_is_taken_back(self, take, member):
        first = take(odd_mail(4401)).document
        correct(first, member, kind="claim")
        correct(first, member, kind="credit_request")

        undo(correction_id=Correction.objects.earliest("pk").pk, member=member, at=NOON)

        first.refresh_from_db()
        assert first.kind == "credit_request"
        assert ReaderMemory.objects.get().version == 3


class TestTraining:
    def test_twenty_corrections_train_and_the_figures_are_kept(self, customer, member):
        names = ["latte", "uova", "pesce", "farina", "riso", "vino", "olio"]
        for n in range(24):
            said = f"scheda verde {names[n % 7]} reparto {names[n % 5]}"
            document = an_arrival(customer).document
            document.readings.update(
                signals={"said": said, "scores": {"reason": {"NC-01": 0.7, "NC-05": 0.3}}}
            )
            correct(document, member, reason="NC-05")

        train_all_readers(at=NOON + timedelta(hours=1))
        train_all_readers(at=NOON + timedelta(days=1))  # nothing new: nothing to train

        training = Training.objects.get()
        assert training.is_kept
        assert training.figures["reason"]["trained_right"] == 24
        assert memory_of(customer.entity_id).trained["reason"].labels == ("NC-01", "NC-05")


class TestThousands:
    def test_memory_is_loaded_once_and_only_again_when_it_changed(
        self, take, member, django_assert_num_queries
    ):
        correct(take(odd_mail(4401)).document, member, kind="claim")
        entity_id = member.entity_id
        memory_of(entity_id)

        with django_assert_num_queries(1):
            first = memory_of(entity_id)
        correct(take(odd_mail(4402)).document, member, kind="credit_request")

        assert memory_of(entity_id) is not first


TABLE = (
    "Fattura;Lordo;Colonna X;Nota interna;Pagato\n"
    "2026/101;1000,00;120,00;26;880,00\n"
    "2026/102;500,00;;;500,00\n"
    "Totale;1500,00;120,00;;1380,00\n"
)


class TestHabitsOfASender:
    def remittance(self, number: int, table: str = TABLE) -> bytes:
        return a_mail(
            sender=SENDER,
            subject="Avviso di pagamento",
            body="In allegato il dettaglio del bonifico.\n",
            message_id=f"<avviso-{number}@bottega-lari.example>",
            attachments={"avviso.csv": table.encode()},
        )

    def test_a_columns_meaning_and_a_code_hold_for_their_next_file(self, take, member):
        first = take(self.remittance(1)).document
        head = first.readings.get().signals["heads"][0]
        column = head["names"].index("Colonna X")
        coded = head["names"].index("Nota interna")
        signature = head["signature"]
        correct(first, member, **{f"columns__{signature}__{column}": "deducted"})
        correct(first, member, **{f"columns__{signature}__{coded}": "reason_code"})

        second = take(self.remittance(2, TABLE.replace("120,00;26;880", "75,00;26;925"))).document
        assert second.values["lines"][0]["deducted"] == "75.00"
        correct(second, member, lines__0__reason="CO-05")
        third = take(self.remittance(3, TABLE.replace("120,00;26;880", "80,00;26;920"))).document

        assert third.values["lines"][0]["reason"] == "CO-05"
        assert third.values["lines"][0]["deducted"] == "80.00"
        assert third.values["claimed_amount"] == "80.00"

    def test_the_file_it_was_said_of_is_read_anew(self, take, member):
        table = "Pezza;Colonna Y;Colonna X\n2026/101;120,00;arrivata tutta rotta\n"
        document = take(self.remittance(1, table)).document
        assert not document.values["lines"]
        head = document.readings.get().signals["heads"][0]
        correct(document, member, total_amount="880.00")

        for column, role in enumerate(("document", "deducted", "reason")):
            correct(document, member, **{f"columns__{head['signature']}__{column}": role})
        run_jobs(at=NOON)

        document.refresh_from_db()
        assert document.readings.count() == 2
        (line,) = document.values["lines"]
        assert (line["document"], line["deducted"]) == ("2026/101", "120.00")
        assert (line["reason"], line["reason_text"]) == ("NC-05", "arrivata tutta rotta")
        assert document.values["claimed_amount"] == "120.00"
        assert document.values["total_amount"] == "880.00"

    def test_a_number_is_found_by_the_words_before_it(self, take, member):
        def mail(number: int) -> bytes:
            body = f"Buongiorno, mancano 2 colli di pomodoro.\n\nPratica Lari: {number}-K\n"
            return odd_mail(number, subject="Ammanco", body=body)

        first = take(mail(81)).document
        assert first.values["references"]["claim"] != ["81-K"]
        correct(first, member, references__claim=["81-K"])

        second = take(mail(97)).document

        assert second.values["references"]["claim"] == ["97-K"]
        spots = [each for each in second.values["evidence"] if each["field"] == "references.claim"]
        assert [each["text"] for each in spots] == ["97-K"]

    def test_an_amount_is_found_by_the_words_before_it(self, take, member):
        def mail(number: int, amount: str) -> bytes:
            body = (
                f"Buongiorno, mancano 2 colli sulla fattura {number}, valore merce 40,00 EUR.\n\n"
                f"Saldo scheda lari {amount} EUR\n"
            )
            return odd_mail(number, subject="Ammanco", body=body)

        first = take(mail(81, "47,58")).document
        correct(first, member, claimed_amount="47.58")
        second = take(mail(97, "1.051,10")).document

        assert second.values["claimed_amount"] == "1051.10"
