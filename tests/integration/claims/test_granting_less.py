"""A signer grants less than was proposed: cents, route, letter, process and books follow."""

from __future__ import annotations

import pytest
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_short_payment, a_team, balance, books_hold, pod, propose
from tests.world.claims import sign as sign_seat

from concilia.cases.core.people import Refusal, RouteRefused
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat, Mention
from concilia.claims.actions import ClaimRefused, Granted, Said, recall_decision, sign_decision
from concilia.claims.actions.bulk_signing import lay_together, sign_together
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Decision, Settlement
from concilia.claims.queries.letters import Letter
from concilia.claims.queries.signatures import alike_groups, waiting_for
from concilia.correspondence.models import Message
from concilia.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
WORDS = "Only one pallet was short"


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


def grant(decision, member, lines, words=WORDS, letter=None, at=NOON):
    seat = ApprovalSeat.objects.get(request=decision.approval, is_open=True)
    said = Said(
        outcome=SignOutcome.APPROVE, comment=words, less=Granted(lines=lines, letter=letter)
    )
    return sign_decision(seat_id=seat.pk, said=said, member=member, at=at)


def agreed(world, quantity="100"):
    """A claim of 21.60 a piece without VAT, granted in full by who proposes it."""
    _, customer, team = world
    invoice = an_invoice(customer, [("PEN-500", "900", "21.60", 0)])
    claim = a_claim(team["giulia"], invoice, "NC-23", [("PEN-500", quantity)])
    return claim, propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Sales agreed")


class TestCents:
    def test_each_cent_goes_to_granted_or_refused_and_is_booked_once(self, world):
        entity, _, team = world
        claim, decision = agreed(world)

        done = grant(decision, team["marta"], {1: 100_000})

        claim.refresh_from_db()
        assert (claim.state, claim.approved_minor, claim.denied_minor) == (
            "POSTING",
            100_000,
            116_000,
        )
        line = claim.lines.get()
        assert (line.approved_minor, line.denied_minor) == (100_000, 116_000)
        assert (done.outcome, done.version, done.state) == ("PARTLY", 2, "APPROVED")
        assert Settlement.objects.get().amount_minor == 100_000
        assert balance(entity, "PRICE_ALLOWANCE") == 100_000
        books_hold(entity)

    def test_what_the_customer_kept_of_the_rest_is_owed_again(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "900", "21.60", 0)])
        claim = a_short_payment(team["giulia"], invoice, 50_000, "NC-23")
        decision = propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed")

        grant(decision, team["marta"], {1: 30_000})

        kinds = dict(Settlement.objects.values_list("kind", "amount_minor"))
        assert sorted(kinds.values()) == [20_000, 30_000]
        books_hold(entity)

    @pytest.mark.parametrize("lines", [{}, {1: 216_001}, {1: -1}, {1: 5, 2: 5}])
    def test_lines_that_do_not_fit_are_refused(self, world, lines):
        claim, decision = agreed(world)

        with pytest.raises(ClaimRefused):
            grant(decision, world[2]["marta"], lines)

        claim.refresh_from_db()
        assert claim.state == "IN_APPROVAL"
        assert claim.decisions.count() == 1

    @pytest.mark.parametrize("minor", [0, 216_000])
    def test_nothing_and_the_whole_are_not_less(self, world, minor):
        _, decision = agreed(world)

        with pytest.raises(RouteRefused) as refused:
            grant(decision, world[2]["marta"], {1: minor})
        assert refused.value.code is Refusal.AMOUNT_WRONG

    def test_it_needs_words(self, world):
        _, decision = agreed(world)

        with pytest.raises(RouteRefused) as refused:
            grant(decision, world[2]["marta"], {1: 1}, words="  ")
        assert refused.value.code is Refusal.WORDS_NEEDED


class TestTheRoute:
    def test_what_needed_two_is_decided_by_the_one_who_may(self, world):
        entity, _, team = world
        claim, decision = agreed(world, "150")
        assert list(decision.approval.seats.values_list("level", flat=True)) == [2, 3]

        done = grant(decision, team["marta"], {1: 200_000})

        claim.refresh_from_db()
        assert claim.state == "POSTING"
        assert list(done.approval.seats.values_list("signed_by__user__name", flat=True)) == [
            "Marta Conti"
        ]
        books_hold(entity)

    def test_those_before_have_signed_for_the_less_too(self, world):
        entity, _, team = world
        claim, decision = agreed(world, "150")
        sign_seat(decision, team["marta"])

        done = grant(decision, team["davide"], {1: 300_000})

        claim.refresh_from_db()
        assert (claim.state, claim.approved_minor) == ("POSTING", 300_000)
        signed = done.approval.seats.values_list("signed_by__user__name", "approved_minor")
        assert list(signed) == [("Marta Conti", 324_000), ("Davide Rossi", 300_000)]
        books_hold(entity)

    def test_the_next_is_asked_anew_and_told(self, world):
        entity, _, team = world
        claim, decision = agreed(world, "600")
        assert [seat.level for seat in decision.approval.seats.all()] == [3, 4]

        after = grant(decision, team["davide"], {1: 900_000})

        claim.refresh_from_db()
        assert claim.state == "IN_APPROVAL"
        seat = after.approval.seats.get(is_open=True)
        assert (seat.level, seat.expected.user.name) == (2, "Marta Conti")
        sign_seat(after, team["marta"])
        claim.refresh_from_db()
        assert (claim.state, claim.approved_minor) == ("POSTING", 900_000)
        books_hold(entity)

    def test_the_old_version_keeps_who_granted_how_much(self, world):
        _, _, team = world
        _claim, decision = agreed(world)

        grant(decision, team["marta"], {1: 100_000})

        old, new = ApprovalRequest.objects.order_by("version")
        assert (old.state, new.state) == ("INVALIDATED", "APPROVED")
        seat = old.seats.get()
        assert (seat.signed_by, seat.approved_minor, seat.comment) == (
            team["marta"],
            100_000,
            WORDS,
        )
        assert old.content_sha256 != new.content_sha256
        assert new.asked == [
            ["APPROVE_CLAIM", 100_000, 0, 0, 0],
            ["DENY_CLAIM", 116_000, 0, 0, 0],
        ]
        assert Decision.objects.get(version=1).state == "RETURNED"

    def test_lowered_twice_and_never_raised(self, world):
        entity, _, team = world
        claim, decision = agreed(world, "600")
        after = grant(decision, team["davide"], {1: 900_000})
        with pytest.raises(ClaimRefused):
            grant(after, team["marta"], {1: 900_001})

        # Davide, who carried it, has not seen that more is refused: somebody else does.
        done = grant(after, team["marta"], {1: 800_000})
        assert done.approval.seats.get(is_open=True).expected == team["carla"]
        sign_seat(done, team["carla"])

        claim.refresh_from_db()
        assert (claim.state, claim.approved_minor, done.version) == ("POSTING", 800_000, 3)
        books_hold(entity)

    def test_what_is_lowered_can_be_taken_back_and_proposed_again(self, world):
        entity, _, team = world
        claim, decision = agreed(world, "600")
        grant(decision, team["davide"], {1: 900_000})

        recall_decision(claim_id=claim.pk, reason="Too little", member=team["giulia"], at=NOON)

        claim.refresh_from_db()
        again = propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Really agreed")
        assert again.version == 3
        assert not again.approval.seats.exclude(signed_by=None).exists()
        books_hold(entity)

    def test_the_proposer_cannot_lower_their_own(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        decision = propose(claim, team["carla"])

        with pytest.raises(RouteRefused) as refused:
            grant(decision, team["carla"], {1: 10_000})
        assert refused.value.code is Refusal.IS_REQUESTER


class TestWhatIsTold:
    def test_the_letter_says_what_is_granted_now(self, world):
        _, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "900", "21.60", 0)])
        claim = a_claim(team["giulia"], invoice, "NC-23", [("PEN-500", "100")])
        to = customer.contacts.get().email
        letter = Letter(to=to, language="de", subject="Antwort", body="Wir erkennen 2.160,00 an.")
        decision = propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed", letter=letter)

        done = grant(decision, team["marta"], {1: 100_000})

        assert done.letter_to == to
        assert "1.000,00" in done.letter_body
        assert "1.160,00" in done.letter_body
        assert "2.160,00 an" not in done.letter_body

    def test_the_signer_writes_it_themselves(self, world):
        _, decision = agreed(world)
        own = Letter(to="ap@example.test", language="de", subject="Antwort", body="Tausend.")

        done = grant(decision, world[2]["marta"], {1: 100_000}, letter=own)
        assert done.letter_body == "Tausend."

    def test_where_none_was_to_be_sent_none_is(self, world):
        _, decision = agreed(world)

        assert not grant(decision, world[2]["marta"], {1: 100_000}).letter_body

    def test_the_owner_the_log_and_the_thread_say_it(self, world):
        _, _, team = world
        claim, decision = agreed(world)

        grant(decision, team["marta"], {1: 100_000})

        act = AuditEntry.objects.get(act="decision.lowered")
        assert (act.actor_name, act.data["from"], act.data["to"]) == (
            "Marta Conti",
            216_000,
            100_000,
        )
        assert act.reason == WORDS
        note = Message.objects.get(lane="note", body__contains=WORDS)
        assert "Marta Conti" in note.body
        assert Mention.objects.get(case_message__message=note).member_id == claim.case.owner_id


def test_a_sample_granted_for_less_was_wrong_and_ends_the_batch(world):
    entity, _, team = world
    for n in range(7):
        claim = a_claim(
            team["giulia"],
            an_invoice(a_customer(entity, f"Cliente {n}"), [("PEN-500", "90", "20.00", 0)]),
            "NC-23",
            [("PEN-500", "10")],
        )
        propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed")
    marta = team["marta"]
    (group,) = alike_groups(waiting_for(member=marta, at=NOON))
    batch = lay_together(alike=group.alike.key, member=marta, at=NOON)
    sample = batch.items.filter(is_sample=True).order_by("pk")
    decision = Decision.objects.get(approval=sample[0].seat.request_id)

    grant(decision, marta, {1: 15_000})
    for item in sample[1:]:
        said = Said(outcome=SignOutcome.APPROVE)
        sign_decision(seat_id=item.seat_id, said=said, member=marta, at=NOON)

    done = sign_together(batch_id=batch.pk, member=marta, at=NOON)
    assert (done.batch.state, done.signed) == ("STOPPED", 0)


def test_another_company_cannot_lower(world):
    _, decision = agreed(world)
    stranger = a_member(an_entity("Boreale"), "Ugo Riva", role="approver", level=6)

    with pytest.raises(ApprovalSeat.DoesNotExist):
        grant(decision, stranger, {1: 1})
