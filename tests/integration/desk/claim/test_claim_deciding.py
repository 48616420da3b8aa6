"""Decisions on the desk: chosen line by line, signed, sent back, taken back."""

from __future__ import annotations

import pytest
from tests.world.builders import a_member
from tests.world.claim_page import at, enter, text
from tests.world.claims import book_in_erp, books_hold, propose, sign

from concilia.cases.models import ApprovalSeat
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Decision
from concilia.correspondence.models import Message

pytestmark = pytest.mark.django_db


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
        clerk = a_member(proposed.entity, "Nora Neri")
        enter(client, clerk)

        answer = client.post(
            at("claim-sign", proposed), {"seat": self.seat(), "outcome": "APPROVE"}
        )
        assert answer.status_code == 409
        assert "This needs a higher level than yours." in text(answer)
        proposed.refresh_from_db()
        assert proposed.state == "IN_APPROVAL"

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
