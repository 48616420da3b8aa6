from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.world.signers import (
    CARLA,
    DAVIDE,
    GIULIA,
    MARTA,
    ON,
    PEOPLE,
    company,
    refused,
    request,
    signature,
)

from concilia.cases.core.approvals import (
    RouteState,
    SignOutcome,
    invalidate,
    plan_route,
    revise,
    sign,
)
from concilia.cases.core.authority import Act, Level
from concilia.cases.core.people import Absence, Person, Refusal


class TestAbsences:
    def test_the_delegate_is_expected_for_the_one_who_is_away(self):
        people = (GIULIA, MARTA, DAVIDE)
        away = Absence(MARTA.id, DAVIDE.id, date(2026, 11, 16), date(2026, 11, 27))

        route = plan_route(request(600), company(away, people=people))
        done = sign(
            route,
            signature(route, DAVIDE, on_behalf_of=MARTA.id),
            company(away, people=people),
        )

        assert (route.seats[0].expected, route.seats[0].expected_for) == (DAVIDE.id, MARTA.id)
        assert (done.seats[0].signed_by, done.seats[0].signed_for) == (DAVIDE.id, MARTA.id)
        assert done.state is RouteState.APPROVED

    def test_a_delegate_has_no_more_authority_than_their_own(self):
        away = Absence(MARTA.id, 9, date(2026, 11, 16), date(2026, 11, 27))
        junior = Person(9, "Ivo Blu", Level.L1)
        people = (GIULIA, MARTA, junior, DAVIDE)
        route = plan_route(request(600), company(away, people=people))

        assert route.seats[0].expected == DAVIDE.id
        refused(
            Refusal.LEVEL_TOO_LOW,
            sign,
            route,
            signature(route, junior, on_behalf_of=MARTA.id),
            company(away, people=people),
        )

    def test_the_limit_left_to_a_delegate_counts(self):
        away = Absence(MARTA.id, DAVIDE.id, ON, ON, limit_minor=59_999)
        route = plan_route(request(600), company(people=(GIULIA, MARTA, DAVIDE)))

        refused(
            Refusal.LIMIT_TOO_LOW,
            sign,
            route,
            signature(route, DAVIDE, on_behalf_of=MARTA.id),
            company(away),
        )

    def test_a_delegate_of_the_requester_does_not_sign_at_all(self):
        away = Absence(GIULIA.id, MARTA.id, ON, ON)
        route = plan_route(request(600), company(away))

        assert MARTA.id not in {seat.expected for seat in route.seats}
        refused(Refusal.FOR_REQUESTER, sign, route, signature(route, MARTA), company(away))

    def test_nobody_signs_for_the_requester(self):
        away = Absence(MARTA.id, DAVIDE.id, ON, ON)
        route = plan_route(request(600, requester=MARTA.id), company())

        refused(
            Refusal.FOR_REQUESTER,
            sign,
            route,
            signature(route, DAVIDE, on_behalf_of=MARTA.id),
            company(away),
        )

    def test_a_signature_is_not_handed_on(self):
        chain = (Absence(MARTA.id, DAVIDE.id, ON, ON), Absence(DAVIDE.id, CARLA.id, ON, ON))
        route = plan_route(request(600), company())

        refused(
            Refusal.NO_CHAIN,
            sign,
            route,
            signature(route, DAVIDE, on_behalf_of=MARTA.id),
            company(*chain),
        )

    def test_an_absence_of_more_than_sixty_days_is_not_a_delegation(self):
        long = Absence(MARTA.id, DAVIDE.id, date(2026, 10, 1), date(2026, 11, 30))
        route = plan_route(request(600), company())

        refused(
            Refusal.NO_DELEGATION,
            sign,
            route,
            signature(route, DAVIDE, on_behalf_of=MARTA.id),
            company(long),
        )

    def test_who_is_away_does_not_sign(self):
        away = Absence(MARTA.id, None, ON, ON)
        route = plan_route(request(600), company())

        refused(Refusal.ABSENT, sign, route, signature(route, MARTA), company(away))

    def test_signing_for_somebody_who_is_there_is_refused(self):
        route = plan_route(request(600), company())

        refused(
            Refusal.NO_DELEGATION,
            sign,
            route,
            signature(route, DAVIDE, on_behalf_of=MARTA.id),
            company(),
        )


class TestSigning:
    def test_the_last_signature_approves(self):
        route = plan_route(request(3_000), company())

        half = sign(route, signature(route, MARTA), company())
        done = sign(half, signature(half, DAVIDE), company())

        assert (half.state, half.current.n) == (RouteState.OPEN, 2)
        assert (done.state, done.current) == (RouteState.APPROVED, None)
        assert done.approved_minor == 300_000

    def test_one_person_does_not_make_four_eyes(self):
        route = plan_route(request(3_000), company())
        half = sign(route, signature(route, DAVIDE), company())

        refused(Refusal.SIGNED_ALREADY, sign, half, signature(half, DAVIDE), company())

    def test_nor_does_the_one_they_signed_for(self):
        away = Absence(MARTA.id, DAVIDE.id, ON, ON)
        route = plan_route(request(3_000), company())
        half = sign(route, signature(route, DAVIDE, on_behalf_of=MARTA.id), company(away))

        refused(Refusal.SIGNED_ALREADY, sign, half, signature(half, DAVIDE), company())

    def test_the_second_seat_waits_for_the_first(self):
        route = plan_route(request(3_000), company())
        early = replace(signature(route, DAVIDE), seat=2)

        refused(Refusal.NOT_YOUR_TURN, sign, route, early, company())

    def test_a_changed_claim_is_not_signed_unseen(self):
        route = plan_route(request(600), company())

        refused(
            Refusal.CONTENT_CHANGED,
            sign,
            route,
            signature(route, MARTA, content="digest-0"),
            company(),
        )

    def test_a_signer_may_lower_the_amount_and_the_next_signs_the_lower_one(self):
        route = plan_route(request(3_000), company())
        half = sign(route, signature(route, MARTA, amount_minor=200_000), company())

        refused(
            Refusal.AMOUNT_WRONG,
            sign,
            half,
            signature(half, DAVIDE, amount_minor=200_001),
            company(),
        )
        assert sign(half, signature(half, DAVIDE), company()).approved_minor == 200_000

    def test_a_refusal_is_not_signed_in_part(self):
        route = plan_route(request(600, act=Act.DENY_CLAIM), company())

        refused(
            Refusal.AMOUNT_WRONG, sign, route, signature(route, MARTA, amount_minor=1), company()
        )

    @pytest.mark.parametrize(
        ("outcome", "state"),
        [
            (SignOutcome.REJECT, RouteState.REJECTED),
            (SignOutcome.RETURN, RouteState.RETURNED),
            (SignOutcome.ASK, RouteState.OPEN),
        ],
    )
    def test_saying_no_or_asking_needs_words(self, outcome, state):
        route = plan_route(request(600), company())

        refused(Refusal.WORDS_NEEDED, sign, route, signature(route, MARTA, outcome), company())
        after = sign(route, signature(route, MARTA, outcome, comment="Which carton?"), company())
        assert after.state is state

    def test_after_the_end_nothing_is_signed(self):
        route = plan_route(request(600), company())
        done = sign(route, signature(route, MARTA), company())

        refused(Refusal.ROUTE_ENDED, sign, done, signature(done, DAVIDE), company())

    def test_a_seat_is_handed_over_once(self):
        route = plan_route(request(600), company())
        handed = sign(route, signature(route, MARTA, SignOutcome.DELEGATE, to=DAVIDE.id), company())

        assert handed.seats[0].expected == DAVIDE.id
        refused(
            Refusal.NO_CHAIN,
            sign,
            handed,
            signature(handed, DAVIDE, SignOutcome.DELEGATE, to=CARLA.id),
            company(),
        )

    def test_a_seat_is_not_handed_to_the_requester(self):
        route = plan_route(request(600), company())

        refused(
            Refusal.IS_REQUESTER,
            sign,
            route,
            signature(route, MARTA, SignOutcome.DELEGATE, to=GIULIA.id),
            company(),
        )

    def test_a_further_signer_comes_right_after(self):
        route = plan_route(request(600), company())
        more = sign(route, signature(route, MARTA, SignOutcome.ADD, to=CARLA.id), company())
        half = sign(more, signature(more, MARTA), company())

        assert [seat.expected for seat in more.seats] == [MARTA.id, CARLA.id]
        assert half.state is RouteState.OPEN
        assert sign(half, signature(half, CARLA), company()).state is RouteState.APPROVED

    def test_a_revised_route_starts_without_signatures(self):
        route = plan_route(request(3_000), company())
        half = sign(route, signature(route, MARTA), company())
        changed = replace(half.request, content="digest-2")

        fresh = revise(half, changed, company())

        assert (fresh.version, fresh.current.n) == (2, 1)
        assert invalidate(half).state is RouteState.INVALIDATED
        refused(Refusal.ROUTE_ENDED, sign, invalidate(half), signature(fresh, DAVIDE), company())


class TestTotalsThatGrow:
    """Two claims planned side by side must not pass the limit together."""

    def grown(self, route, euros):
        amount = replace(route.request.amount, rolling_minor=euros * 100)
        return replace(route, request=replace(route.request, amount=amount))

    def test_the_last_signature_is_refused_when_it_now_takes_two(self):
        route = self.grown(plan_route(request(600), company()), 2_000)

        for person in (MARTA, DAVIDE, CARLA):
            refused(Refusal.LIMIT_TOO_LOW, sign, route, signature(route, person), company())

    def test_below_four_eyes_a_signer_with_the_authority_is_enough(self):
        route = self.grown(plan_route(request(400), company()), 1_000)

        assert sign(route, signature(route, MARTA), company()).state is RouteState.APPROVED

    def test_and_one_without_is_not(self):
        people = (replace(GIULIA, id=9, name="Ada Blu"), *PEOPLE)
        route = self.grown(plan_route(request(400), company(people=people)), 1_000)

        refused(
            Refusal.LIMIT_TOO_LOW,
            sign,
            route,
            signature(route, people[0]),
            company(people=people),
        )
