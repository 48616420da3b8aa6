"""One claim on the desk: what it shows, and what each role can do with it."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.integration.claims.test_decisions import pod
from tests.world.builders import TODAY, a_customer, a_member, an_entity, an_invoice
from tests.world.claim_board import a_board
from tests.world.claims import (
    a_claim,
    a_short_payment,
    a_team,
    an_amount_claim,
    book_in_erp,
    books_hold,
    propose,
    sign,
)

from concilia.cases.models import ApprovalSeat, CaseDocument, Step
from concilia.claims.actions import compute_verdict
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Claim, Decision, MergeProposal, StoredVerdict
from concilia.claims.queries.dossier import newest_mark
from concilia.correspondence.models import Message
from concilia.receivables.models import Delivery, DeliveryLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


@pytest.fixture
def proposed(world):
    """A shortage of 12, of which the signed paper shows 8."""
    _, customer, team = world
    claim = a_claim(team["giulia"], an_invoice(customer))
    pod(claim, team["marco"])
    return claim


def enter(client, member):
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")


def at(name: str, claim: Claim, *more: object) -> str:
    return reverse(f"desk:{name}", args=[claim.pk, *more])


def text(response) -> str:
    return html.unescape(response.content.decode())


class TestWhatItShows:
    def test_everything_of_a_real_claim(self, client):
        board = a_board()
        enter(client, board.team["giulia"])

        response = client.get(at("claim", board["main"]))
        page = text(response)

        assert "Shortage noted at delivery and 2 more" in page
        assert "Partly valid: 550.80 of 716.40" in page
        assert "12 × 21.60" in page
        assert "8 × 21.60" in page
        assert "Not in the contract: Contract 2026, art. 9" in page
        assert "zwölf Kartons Penne" in page
        assert "mancano 8 colli penne" in page
        assert "Marta Conti" in page
        assert "550.80 of 2,500.00" in page
        assert "Usually pays" in page
        panel = response.context["money"]
        assert [(part.kind, part.minor) for part in panel.buckets] == [
            ("paid", 822_960),
            ("good", 55_080),
            ("bad", 16_560),
            ("open", 0),
            ("none", 0),
        ]
        assert sum(part.minor for part in panel.buckets) == panel.total == 894_600

    def test_all_prices_we_agreed_on_are_one_card(self, client):
        board = a_board()
        enter(client, board.team["giulia"])

        response = client.get(at("claim", board["main"]))

        cards = response.context["papers"].cards
        assert [card.id for card in cards].count("ev-prices") <= 1
        assert not [card for card in cards if card.id.startswith("ev-price-")]
        known = {ref for card in cards for ref in card.refs}
        facts = response.context["dossier"].facts
        assert {one.ref for one in facts.evidence} <= known

    def test_nothing_is_chosen_where_nothing_is_found_valid(self, client, world):
        _, customer, team = world
        claim = an_amount_claim(team["giulia"], customer, 4_810, "NC-12", an_invoice(customer))
        enter(client, team["giulia"])

        panel = client.get(at("claim", claim)).context["decision"]

        assert panel.choice is None
        assert not any(choice["checked"] for choice in panel.choices)
        answer = client.post(at("claim-decide", claim), {"act": "send"})
        assert answer.status_code == 422
        assert not claim.decisions.exists()

    def test_who_changed_it_meanwhile_is_said_to_the_others_only(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])
        seen = client.get(at("claim", proposed)).context["seen"]
        news = f"{at('claim-news', proposed)}?seen={seen}"
        assert client.get(news).status_code == 204

        client.post(at("claim-say", proposed), {"text": "Four cartons are missing."})

        assert client.get(news).status_code == 204
        enter(client, team["marco"])
        assert "Giulia Ferri changed this." in text(client.get(news))
        assert client.get(f"{at('claim-news', proposed)}?seen=x").status_code == 204

    def test_every_state_can_be_looked_at_by_every_role(self, client):
        board = a_board()
        auditor = a_member(board.entity, "Rita Sala", role="auditor")
        for member in (*board.team.values(), auditor):
            enter(client, member)
            for claim in board.claims.values():
                assert client.get(at("claim", claim)).status_code == 200, claim.state

    def test_as_many_statements_however_much_hangs_on_it(
        self, client, world, proposed, django_assert_max_num_queries
    ):
        _, _, team = world
        enter(client, team["giulia"])
        client.get(at("claim", proposed))
        counts = []
        for _ in range(2):
            with django_assert_max_num_queries(75) as asked:
                client.get(at("claim", proposed))
            counts.append(len(asked))
            for n in range(10):
                client.post(at("claim-say", proposed), {"text": f"Note {n}"})
                document = SimpleUploadedFile(f"p{n}.txt", f"paper {n}".encode())
                client.post(at("claim-paper", proposed), {"kind": "COR", "file": document})

        assert CaseDocument.objects.filter(case=proposed.case_id).count() > 5
        assert counts[0] == counts[1]

    def test_a_page_that_waits_for_the_worker_looks_again_until_there_is_something_new(
        self, client, world, proposed
    ):
        _, _, team = world
        enter(client, team["marco"])
        assert "every 1s" not in text(client.get(at("claim", proposed)))
        paper = SimpleUploadedFile("photo.txt", b"a photo")
        client.post(at("claim-paper", proposed), {"kind": "PHO", "file": paper})

        page = text(client.get(at("claim", proposed)))
        again = at("claim", proposed) + re.search(r"\?seen=[^\"]+asked=[^\"]+", page)[0]
        waiting = client.get(again)
        compute_verdict(claim_id=proposed.pk, at=timezone.now())
        fresh = client.get(again)

        assert "being judged now" in page
        assert (waiting.status_code, waiting.content) == (204, b"")
        assert fresh.status_code == 200
        assert "every 1s" not in text(fresh)

    def test_nobody_waits_for_ever(self, client, world, proposed):
        _, _, team = world
        enter(client, team["marco"])
        seen = newest_mark(entity_id=proposed.entity_id, claim_id=proposed.pk)

        assert client.get(at("claim", proposed), {"seen": seen, "asked": "1"}).status_code == 200
        assert client.get(at("claim", proposed), {"seen": seen, "asked": "x"}).status_code == 200

    def test_the_verdict_is_judged_again_to_the_same_result(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        part = client.get(at("claim-replay", proposed), headers={"HX-Request": "true"})
        assert "same result, to the cent (rule shortage v1" in text(part)
        assert "same result" in text(client.get(at("claim-replay", proposed)))

    def test_a_changed_verdict_does_not_replay(self, client, world, proposed):
        _, _, team = world
        stored = StoredVerdict.objects.latest("pk")
        stored.facts["deliveries"][0]["lines"][0]["received"] = "99"
        stored.save()
        enter(client, team["giulia"])

        part = client.get(at("claim-replay", proposed), headers={"HX-Request": "true"})
        assert "another result" in text(part)

    def test_a_record_behind_the_verdict(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        for kind, key in (
            ("invoice", proposed.invoice_id),
            ("delivery", proposed.delivery_id),
            ("order", proposed.order_id),
        ):
            page = text(client.get(at("claim-record", proposed, kind, key)))
            assert "PEN-500" in page
        assert client.get(at("claim-record", proposed, "user", 1)).status_code == 404
        assert client.get(at("claim-record", proposed, "invoice", 10**9)).status_code == 404

    def test_records_of_another_company_do_not_exist(self, client, world, proposed):
        other = an_entity("other")
        theirs = an_invoice(a_customer(other))
        _, _, team = world
        enter(client, team["giulia"])

        assert client.get(at("claim-record", proposed, "invoice", theirs.pk)).status_code == 404

    def test_strangers_words_are_only_words(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])
        client.post(at("claim-say", proposed), {"text": "<script>alert(1)</script>"})

        assert "<script>alert(1)</script>" not in client.get(at("claim", proposed)).content.decode()

    def test_the_conversation_by_lane(self, client):
        board = a_board()
        enter(client, board.team["giulia"])

        inside = text(client.get(at("claim", board["main"]), {"lane": "internal"}))
        assert "riserva per 8 colli" in inside
        assert "zwölf Kartons Penne fehlen" not in inside


class TestDeciding:
    def test_the_valid_part_goes_to_approval_with_its_letter(self, client, world, proposed):
        entity, _, team = world
        enter(client, team["giulia"])
        sent = {"choice": "ACCEPT_VALID", "sends_letter": "on", "act": "send", "verdict": "2"}

        response = client.post(at("claim-decide", proposed), sent)

        assert response.url == at("claim", proposed)
        proposed.refresh_from_db()
        decision = Decision.objects.get()
        assert (proposed.state, decision.approved_minor) == ("IN_APPROVAL", 17_280)
        assert decision.letter_language == "de"
        assert proposed.case.number in decision.letter_subject
        assert "Marta Conti" in text(client.get(response.url))
        books_hold(entity)

    def test_an_edited_letter_is_what_is_signed_and_sent(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])
        preview = client.post(
            at("claim-decide", proposed),
            {"choice": "ACCEPT_VALID", "sends_letter": "on", "act": "preview"},
        )
        letter = preview.context["decision"].letter
        assert letter.body.startswith("Guten Tag")

        client.post(
            at("claim-decide", proposed),
            {
                "choice": "ACCEPT_VALID",
                "sends_letter": "on",
                "act": "send",
                "letter_to": letter.to,
                "letter_language": "de",
                "letter_subject": "Meine Worte",
                "letter_body": "Lieber Herr Albers",
            },
        )
        sign(Decision.objects.get(), team["marta"])
        book_in_erp(proposed)

        assert Message.objects.get(lane="out").body == "Lieber Herr Albers"

    def test_no_letter_where_none_is_wanted(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        client.post(at("claim-decide", proposed), {"choice": "ACCEPT_VALID", "act": "send"})

        assert Decision.objects.get().letter_body == ""

    def test_more_than_proven_needs_words_and_keeps_what_was_typed(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        refused = client.post(at("claim-decide", proposed), {"choice": "ACCEPT_ALL", "act": "send"})

        assert refused.status_code == 409
        assert "say why" in text(refused)
        assert refused.context["decision"].choice == Choice.ACCEPT_ALL
        assert not Decision.objects.exists()

    def test_a_refusal_needs_a_ground(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])
        sent = {"choice": "REFUSE", "reason": "Alles kam an", "act": "send"}

        first = client.post(at("claim-decide", proposed), sent)
        assert "ground" in text(first)
        assert "Alles kam an" in text(first)
        client.post(at("claim-decide", proposed), sent | {"ground": "NOT_PROVEN"})

        assert Decision.objects.get().outcome == "DENIED"

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ("many", "no amount"),
            ("259,21", "more than they claim"),
            ("-1", "less than nothing"),
        ],
    )
    def test_a_line_that_cannot_be_is_told(self, client, world, proposed, typed, says):
        _, _, team = world
        enter(client, team["giulia"])
        sent = {"choice": "BY_LINE", "reason": "Meeting", "line-1": typed, "act": "send"}

        answer = client.post(at("claim-decide", proposed), sent)

        assert answer.status_code == 422
        assert says in text(answer)
        assert typed in text(answer)

    @pytest.mark.parametrize("typed", ["100,00", "100.00", "100"])
    def test_a_line_is_granted_in_part(self, client, world, proposed, typed):
        _, _, team = world
        enter(client, team["giulia"])
        sent = {"choice": "BY_LINE", "reason": "Meeting", "line-1": typed, "act": "send"}

        client.post(at("claim-decide", proposed), sent)

        assert Decision.objects.get().approved_minor == 10_000

    def test_a_newer_verdict_is_shown_first(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        answer = client.post(
            at("claim-decide", proposed), {"choice": "ACCEPT_VALID", "act": "send", "verdict": "1"}
        )

        assert answer.status_code == 409
        assert "newer verdict" in text(answer)

    def test_nonsense_is_a_sentence_not_an_error(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])
        many = {"choice": "ACCEPT_ALL", "reason": "\x00", "letter_body": "\x00" * 30_000}
        lines = {"choice": "BY_LINE", "line-99": "1", "line-x": "2"}
        for sent in ({}, {"choice": "X"}, lines, many):
            assert client.post(at("claim-decide", proposed), sent).status_code in {409, 422}

    def test_what_a_choice_would_do(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        part = client.post(
            at("claim-outlook", proposed), {"choice": "ACCEPT_ALL", "sends_letter": "on"}
        )

        assert part.context["decision"].approved == 25_920
        assert 'hx-target="#route"' in part.content.decode()
        assert not Decision.objects.exists()

    def test_get_changes_nothing(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        for name in ("claim-decide", "claim-sign", "claim-say", "claim-outlook"):
            assert client.get(at(name, proposed)).status_code == 405
        client.get(at("claim-act", proposed, "withdraw"))
        proposed.refresh_from_db()
        assert proposed.state == "DECISION_PROPOSED"


class TestSigning:
    @pytest.fixture
    def decision(self, world, proposed):
        return propose(proposed, world[2]["giulia"])

    def seat(self) -> int:
        return ApprovalSeat.objects.get().pk

    def test_the_one_whose_turn_it_is_signs(self, client, world, proposed, decision):
        entity, _, team = world
        enter(client, team["marta"])
        assert "Your signature" in text(client.get(at("claim", proposed)))

        client.post(at("claim-sign", proposed), {"seat": self.seat(), "outcome": "APPROVE"})

        proposed.refresh_from_db()
        assert proposed.state == "POSTING"
        books_hold(entity)
        assert "on its way to the ERP" in text(client.get(at("claim", proposed)))

    def test_the_proposer_neither_sees_nor_can_use_it(self, client, world, proposed):
        _, _, team = world
        propose(proposed, team["carla"])
        enter(client, team["carla"])
        assert "Your signature" not in text(client.get(at("claim", proposed)))

        answer = client.post(
            at("claim-sign", proposed), {"seat": self.seat(), "outcome": "APPROVE"}
        )

        assert answer.status_code == 409
        assert "may not sign it" in text(answer)
        proposed.refresh_from_db()
        assert proposed.state == "IN_APPROVAL"

    def test_a_clerk_has_no_pen(self, client, world, proposed, decision):
        _, _, team = world
        enter(client, team["giulia"])

        answer = client.post(
            at("claim-sign", proposed), {"seat": self.seat(), "outcome": "APPROVE"}
        )
        assert answer.status_code == 403

    def test_sending_back_needs_words(self, client, world, proposed, decision):
        _, _, team = world
        enter(client, team["marta"])
        sent = {"seat": self.seat(), "outcome": "RETURN"}

        assert client.post(at("claim-sign", proposed), sent).status_code == 409
        client.post(at("claim-sign", proposed), sent | {"comment": "Which dock?"})

        proposed.refresh_from_db()
        assert proposed.state == "INVESTIGATING"
        enter(client, team["giulia"])
        assert "Which dock?" in text(client.get(at("claim", proposed)))

    def test_the_proposer_takes_it_back(self, client, world, proposed, decision):
        _, _, team = world
        enter(client, team["giulia"])

        client.post(at("claim-act", proposed, "recall"), {"reason": ""})

        proposed.refresh_from_db()
        assert proposed.state == "INVESTIGATING"

    def test_the_number_of_the_erp_is_shown(self, client, world, proposed, decision):
        _, _, team = world
        sign(decision, team["marta"])
        (number,) = book_in_erp(proposed)
        enter(client, team["giulia"])

        assert number in text(client.get(at("claim", proposed)))


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
        client.post(url, {"until": day, "reason": "They call"})
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
