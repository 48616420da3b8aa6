"""What else each role does with a claim: words, papers, small acts, twins, opening one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.world.builders import TODAY, a_customer, a_member, an_entity, an_invoice
from tests.world.claim_page import at, enter, text
from tests.world.claims import (
    a_claim,
    a_short_payment,
    a_team,
    an_amount_claim,
    books_hold,
    propose,
    sign,
)

from concilia.cases.models import CaseDocument, Step
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Claim, MergeProposal
from concilia.correspondence.models import Message
from concilia.receivables.models import Delivery, DeliveryLine

pytestmark = pytest.mark.django_db


class TestSaying:
    def test_a_note_stays_inside_and_a_letter_leaves(self, client, world, proposed):
        _, customer, team = world
        enter(client, team["giulia"])

        client.post(at("claim-say", proposed), {"lane": "note", "text": "@Marco please look"})
        client.post(at("claim-say", proposed), {"lane": "out", "text": "Guten Tag"})

        lanes = dict(Message.objects.values_list("lane", "recipient"))
        assert lanes == {"note": "", "out": customer.contacts.get().email}

    def test_a_resolver_writes_notes_only(self, client, world, proposed):
        _, _, team = world
        enter(client, team["marco"])

        client.post(at("claim-say", proposed), {"lane": "note", "text": "Seen"})
        answer = client.post(at("claim-say", proposed), {"lane": "out", "text": "Hallo"})

        assert answer.status_code == 422
        assert "not to customers" in text(answer)
        assert not Message.objects.filter(lane="out").exists()

    def test_empty_words_are_refused_and_files_are_kept_with_words(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        assert client.post(at("claim-say", proposed), {"text": " "}).status_code == 422
        file = SimpleUploadedFile("call.txt", b"they said")
        client.post(at("claim-say", proposed), {"text": "Call", "files": [file]})

        assert CaseDocument.objects.filter(document__filename="call.txt").exists()


class TestPapers:
    def test_a_proof_of_delivery_with_its_quantities(self, client, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        enter(client, team["marco"])
        form = text(client.get(at("claim-paper", claim), {"kind": "POD"}))
        assert "PEN-500" in form

        client.post(
            at("claim-paper", claim),
            {
                "kind": "POD",
                "file": SimpleUploadedFile("pod.pdf", b"%PDF-1.4"),
                "signed_by": "J. Albers",
                "signed_on": TODAY.isoformat(),
                "reserve": "mancano 8",
                "received-1": "92",
                "damaged-1": "0",
                "received-2": "50,000",
            },
        )

        assert Delivery.objects.get(pk=claim.delivery_id).pod_reserve == "mancano 8"
        line = DeliveryLine.objects.get(delivery=claim.delivery_id, sku="PEN-500")
        assert line.pod_quantity == Decimal(92)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"received-1": "101"}, "do not fit"),
            ({"received-1": "many"}, "is no quantity"),
            ({"received-1": "NaN"}, "is no quantity"),
            ({"received-1": "1e30"}, "is no quantity"),
            ({"signed_on": "soon"}, "which day"),
            ({"kind": ""}, "what kind"),
            ({"file": ""}, "no file"),
        ],
    )
    def test_what_cannot_be_is_told_and_nothing_is_kept(self, client, world, changes, says):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        enter(client, team["marco"])
        sent = {
            "kind": "POD",
            "file": SimpleUploadedFile("pod.pdf", b"%PDF-1.4"),
            "signed_on": TODAY.isoformat(),
            "received-1": "92",
        }

        answer = client.post(at("claim-paper", claim), sent | changes)

        assert answer.status_code == 422
        assert says in text(answer)
        assert not CaseDocument.objects.exists()

    def test_an_auditor_adds_nothing(self, client, world, proposed):
        entity, _, _ = world
        enter(client, a_member(entity, "Rita Sala", role="auditor"))

        page = text(client.get(at("claim", proposed)))
        assert "Send for approval" not in page
        assert "Add note" not in page
        for name in ("claim-paper", "claim-say", "claim-decide"):
            assert client.post(at(name, proposed), {"text": "x"}).status_code == 403


class TestSmallActs:
    def test_asking_the_customer_comes_with_a_drafted_letter(self, client, world, proposed):
        enter(client, world[2]["giulia"])
        known = {"holder": "customer", "evidence": "GRN"}

        form = client.get(at("claim-act", proposed, "ask"), known)
        letter = form.context["form"].initial
        assert letter["text"].startswith("Guten Tag")
        client.post(
            at("claim-act", proposed, "ask"),
            {
                "holder": "customer",
                "evidence": "GRN",
                "text": letter["text"],
                "subject": letter["subject"],
                "to": letter["to"],
            },
        )

        proposed.refresh_from_db()
        assert proposed.state == "WAITING_CUSTOMER"
        assert Message.objects.get(lane="out").subject == letter["subject"]
        assert "our clock stands" in text(client.get(at("claim", proposed)))

    def test_a_step_is_answered_by_a_resolver(self, client, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        step = Step.objects.get(case=claim.case_id, evidence="POD")
        enter(client, team["marco"])

        assert client.post(at("claim-step", claim, step.pk), {"text": " "}).status_code == 422
        client.post(at("claim-step", claim, step.pk), {"text": "Lost by the carrier"})

        step.refresh_from_db()
        assert (step.state, step.done_by) == ("DONE", team["marco"])

    def test_resting_and_coming_back(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])
        url = at("claim-act", proposed, "snooze")

        assert client.post(url, {"until": "2020-01-01", "reason": "x"}).status_code == 422
        assert client.post(url, {"until": "never", "reason": "x"}).status_code == 422
        day = (TODAY + timedelta(days=90)).isoformat()
        assert client.post(url, {"until": day, "reason": "They call"}).status_code == 422
        client.post(url, {"until": day, "reason": "They call", "past_deadline": "on"})
        assert "Rests until" in text(client.get(at("claim", proposed)))
        client.post(at("claim-act", proposed, "wake"))
        assert "Rests until" not in text(client.get(at("claim", proposed)))

    def test_money_nobody_explained_gets_a_reason(self, client, world):
        _, customer, team = world
        claim = an_amount_claim(team["giulia"], customer, 4_810, "FI-16")
        enter(client, team["giulia"])
        assert "Give it a reason" in text(client.get(at("claim", claim)))

        client.post(at("claim-act", claim, "reason"), {"reason": "NC-08"})

        claim.refresh_from_db()
        assert (claim.reason, claim.state) == ("NC-08", "INVESTIGATING")

    def test_what_does_not_fit_the_state_is_not_offered(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        for name in ("reopen", "retry", "appeal", "close", "nothing"):
            assert client.get(at("claim-act", proposed, name)).status_code == 404
            assert client.post(at("claim-act", proposed, name), {}).status_code == 409

    def test_a_refused_deduction_to_its_end(self, client, world):
        _, customer, team = world
        claim = a_short_payment(team["giulia"], an_invoice(customer), 12_200, "NC-23")
        sign(propose(claim, team["giulia"], Choice.REFUSE, reason="No"), team["marta"])
        enter(client, team["giulia"])

        client.post(at("claim-act", claim, "accepted"))
        assert client.post(at("claim-act", claim, "close"), {}).status_code == 422
        client.post(at("claim-act", claim, "close"), {"root_cause": "customer"})

        claim.refresh_from_db()
        assert (claim.state, claim.root_cause) == ("CLOSED", "customer")
        assert "The customer" in text(client.get(at("claim", claim)))

    def test_forms_come_alone_into_a_sheet(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        part = client.get(at("claim-act", proposed, "ask"), headers={"HX-Request": "true"})

        assert "<html" not in part.content.decode()


class TestTwins:
    def test_merging_and_keeping_apart(self, client, world):
        _, customer, team = world
        invoice = an_invoice(customer)
        older = a_claim(team["giulia"], invoice, "NC-08")
        younger = a_claim(team["giulia"], invoice, "NC-08")
        proposal = MergeProposal.objects.get()
        enter(client, team["giulia"])
        page = text(client.get(at("claim", younger)))
        assert f"{older.case.number} looks like the same event" in page
        assert "same invoice" in page

        answer = client.post(at("claim-twin", younger, proposal.pk), {"act": "merge"})

        assert answer.url == at("claim", older)
        again = client.post(at("claim-twin", older, proposal.pk), {"act": "apart"})
        assert again.status_code == 409
        assert client.post(at("claim-twin", older, proposal.pk), {"act": "x"}).status_code == 404

    def test_another_companys_twins_do_not_exist(self, client, world):
        _, customer, team = world
        invoice = an_invoice(customer)
        a_claim(team["giulia"], invoice, "NC-08")
        a_claim(team["giulia"], invoice, "NC-08")
        other = an_entity("other")
        strangers = a_team(other)
        theirs = a_claim(strangers["giulia"], an_invoice(a_customer(other)))
        enter(client, strangers["giulia"])
        proposal = MergeProposal.objects.get()

        answer = client.post(at("claim-twin", theirs, proposal.pk), {"act": "merge"})

        assert answer.status_code == 404


class TestOpeningByHand:
    URL = reverse("desk:claim-new")

    def test_from_the_customer_over_the_invoice_to_the_claim(self, client, world):
        entity, customer, team = world
        invoice = an_invoice(customer)
        line = invoice.lines.first()
        enter(client, team["giulia"])
        assert "Frischmarkt" in text(client.get(self.URL, {"find": "frisch"}))
        assert invoice.number in text(client.get(self.URL, {"customer": customer.pk}))

        answer = client.post(
            self.URL,
            {
                "customer": customer.pk,
                "invoice": invoice.pk,
                "reason": "NC-01",
                f"quantity-{line.pk}": "12",
                "text-1": "Bearbeitungsgebühr",
                "free-1": "79,20",
                "their_reference": "BA-77120",
            },
        )

        claim = Claim.objects.get()
        assert answer.url == at("claim", claim)
        assert (claim.claimed_minor, claim.their_reference) == (33_840, "BA-77120")
        books_hold(entity)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"reason": ""}, "Choose the reason"),
            ({"free-1": "much"}, "is no amount"),
            ({"free-1": ""}, "is no amount"),
            ({"text-1": "", "free-1": ""}, "at least one line"),
            ({"customer": "0"}, "Choose the customer"),
            ({"customer": "1e9"}, "Choose the customer"),
        ],
    )
    def test_what_is_missing_is_told_and_the_rest_stays(self, client, world, changes, says):
        _, customer, team = world
        enter(client, team["giulia"])
        sent = {"customer": customer.pk, "reason": "NC-08", "text-1": "Penne", "free-1": "10"}

        answer = client.post(self.URL, sent | changes)

        assert answer.status_code == 422
        assert says in text(answer)
        assert not Claim.objects.exists()

    def test_another_companys_customer_is_nobody(self, client, world):
        _, customer, _ = world
        enter(client, a_team(an_entity("other"))["giulia"])

        answer = client.post(
            self.URL, {"customer": customer.pk, "reason": "NC-08", "text-1": "x", "free-1": "1"}
        )
        assert answer.status_code == 422

    def test_who_only_helps_opens_none(self, client, world):
        enter(client, world[2]["marco"])
        assert client.get(self.URL).status_code == 403
