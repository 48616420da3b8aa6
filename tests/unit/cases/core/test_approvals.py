from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from concilia.cases.core.approvals import (
    Company,
    RouteState,
    Signature,
    SignOutcome,
    escalate,
    invalidate,
    plan_route,
    revise,
    sign,
    still_covers,
)
from concilia.cases.core.authority import SHIPPED_MATRIX, Act, Amount, Level
from concilia.cases.core.people import Absence, Duty, Person, Refusal, Request, RouteRefused

ON = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
CONTENT = "digest-1"

GIULIA = Person(1, "Giulia Ferri", Level.L1, frozenset({"CRD"}))
MARTA = Person(2, "Marta Conti", Level.L2, frozenset({"CRD"}))
DAVIDE = Person(3, "Davide Rossi", Level.L3, frozenset({"LOG"}))
CARLA = Person(4, "Carla Neri", Level.L4, frozenset({"CRD"}))
ENZO = Person(5, "Enzo Villa", Level.L5, frozenset({"CRD"}))
RITA = Person(6, "Rita Sala", Level.L6)
UGO = Person(7, "Ugo Riva", Level.L6)
SARA = Person(8, "Sara Galli", Level.L2, frozenset({"SAL"}), is_account_seller=True)
PEOPLE = (GIULIA, MARTA, DAVIDE, CARLA, ENZO, RITA, UGO, SARA)


def company(*absences, people=PEOPLE):
    return Company.of(people, absences, SHIPPED_MATRIX, ON)


def request(euros, *, rolling=0, requester=1, act=Act.APPROVE_CLAIM, **more):
    amount = Amount(round(euros * 100), round(rolling * 100), "EUR")
    return Request(act, amount, requester, CONTENT, owner_department="LOG", **more)


def signature(route, person, outcome=SignOutcome.APPROVE, **more):
    seat = route.current
    return Signature(
        seat=seat.n if seat else 1,
        person=person.id,
        outcome=outcome,
        at=AT,
        content=more.pop("content", CONTENT),
        **more,
    )


def refused(code, function, *args):
    with pytest.raises(RouteRefused) as caught:
        function(*args)
    assert caught.value.code is code
    assert str(caught.value)


class TestPlanning:
    def test_the_team_lead_signs_what_frischmarkt_gets(self):
        route = plan_route(request(550.80, rolling=1312.40), company())

        assert [(seat.level, seat.expected) for seat in route.seats] == [(Level.L2, MARTA.id)]

    def test_one_cent_over_the_limit_and_the_manager_signs_too(self):
        within = plan_route(request(550.80, rolling=2500 - 550.80), company())
        over = plan_route(request(550.81, rolling=2500 - 550.80), company())

        assert [seat.expected for seat in within.seats] == [MARTA.id]
        assert [seat.expected for seat in over.seats] == [MARTA.id, DAVIDE.id]

    def test_splitting_a_claim_changes_nothing(self):
        parts = plan_route(request(100, rolling=10_000), company())

        assert parts.needed is Level.L4

    def test_the_board_signs_in_pairs(self):
        route = plan_route(request(600_000), company())

        assert sorted(seat.expected for seat in route.seats) == [RITA.id, UGO.id]

    def test_what_is_not_granted_is_denied_and_needs_that_authority_too(self):
        denied = (Act.DENY_CLAIM, Amount(1_000_100, 0, "EUR"))

        route = plan_route(request(50, also=(denied,)), company())

        assert route.needed is Level.L3

    def test_the_rule_engine_needs_nobody_within_its_limit(self):
        route = plan_route(request(100, requester=None), company())

        assert (route.state, route.seats) == (RouteState.APPROVED, ())

    @pytest.mark.parametrize(
        "asked",
        [
            request(100.01, requester=None),
            request(100, requester=None, is_new_iban=True),
            request(0, requester=None, act=Act.DENY_CLAIM),
            request(100, requester=None, also=((Act.DENY_CLAIM, Amount(1, 0, "EUR")),)),
        ],
    )
    def test_the_rule_engine_never_denies_nor_goes_beyond(self, asked):
        assert plan_route(asked, company()).state is RouteState.OPEN

    def test_a_person_may_not_settle_alone_what_a_rule_may(self):
        assert plan_route(request(5), company()).seats

    @pytest.mark.parametrize(
        "more", [{"is_new_iban": True}, {"is_manual_entry": True}], ids=["new IBAN", "manual entry"]
    )
    def test_a_new_account_and_a_large_manual_entry_need_four_eyes(self, more):
        assert len(plan_route(request(1_000.01, **more), company()).seats) == 2

    def test_no_authority_at_all_is_said(self):
        refused(
            Refusal.NO_LIMIT,
            plan_route,
            request(10),
            replace(company(), matrix=replace(SHIPPED_MATRIX, limits={})),
        )

    def test_another_currency_must_be_converted_first(self):
        asked = replace(request(10), amount=Amount(1000, 0, "GBP"))

        refused(Refusal.OTHER_CURRENCY, plan_route, asked, company())

    def test_nobody_free_is_said(self):
        refused(Refusal.NOBODY, plan_route, request(400), company(people=(GIULIA,)))

    def test_a_route_planned_earlier_may_no_longer_suffice(self):
        route = plan_route(request(550.80, rolling=1312.40), company())

        assert still_covers(route, Amount(55_080, 131_240, "EUR"), SHIPPED_MATRIX)
        assert not still_covers(route, Amount(55_080, 231_240, "EUR"), SHIPPED_MATRIX)


class TestSeparationOfDuties:
    @pytest.mark.parametrize("duty", [Duty.APPLIES_CASH, Duty.EDITS_BANK_MASTER, Duty.SETS_POLICY])
    def test_who_keeps_the_cash_or_the_limits_does_not_sign_credits(self, duty):
        marta = replace(MARTA, duties=frozenset({duty}))
        people = (GIULIA, marta, DAVIDE)

        route = plan_route(request(600), company(people=people))

        assert [seat.expected for seat in route.seats] == [DAVIDE.id]
        code = Refusal.SETS_POLICY if duty is Duty.SETS_POLICY else Refusal.APPLIES_CASH
        refused(code, sign, route, signature(route, marta), company(people=people))

    def test_who_edits_customers_does_not_sign_refunds_but_may_sign_credits(self):
        marta = replace(MARTA, duties=frozenset({Duty.EDITS_CUSTOMER_MASTER}))
        people = (GIULIA, marta, DAVIDE)

        credit = plan_route(request(600), company(people=people))
        refund = plan_route(request(600, is_refund=True), company(people=people))

        assert credit.seats[0].expected == marta.id
        assert refund.seats[0].expected == DAVIDE.id

    def test_who_negotiated_a_settlement_does_not_sign_it(self):
        asked = request(400, act=Act.SETTLEMENT_WAIVER, negotiators=frozenset({MARTA.id}))
        route = plan_route(asked, company())

        assert route.seats[0].expected == SARA.id
        refused(Refusal.NEGOTIATED, sign, route, signature(route, MARTA), company())

    def test_the_seller_is_never_the_only_one_to_sign_a_trade_claim(self):
        people = (GIULIA, SARA, DAVIDE)
        route = plan_route(request(600, is_commercial=True), company(people=people))

        assert [seat.expected for seat in route.seats] == [DAVIDE.id]
        refused(Refusal.SELLS_ACCOUNT, sign, route, signature(route, SARA), company(people=people))

    def test_the_seller_may_be_one_of_two(self):
        people = (GIULIA, SARA, DAVIDE)
        route = plan_route(request(3_000, is_commercial=True), company(people=people))

        assert [seat.expected for seat in route.seats] == [SARA.id, DAVIDE.id]

    def test_the_requester_never_signs(self):
        route = plan_route(request(600, requester=MARTA.id), company())

        assert MARTA.id not in {seat.expected for seat in route.seats}
        refused(Refusal.IS_REQUESTER, sign, route, signature(route, MARTA), company())


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


class TestTimeOut:
    def test_a_late_seat_goes_to_the_next_level_and_stays_open(self):
        route = plan_route(request(600), company())

        late = escalate(route, company())

        assert late.seats[0].expected == DAVIDE.id
        assert late.state is RouteState.OPEN

    def test_with_nobody_left_the_route_still_does_not_approve(self):
        people = (GIULIA, MARTA)
        route = plan_route(request(600), company(people=people))

        refused(Refusal.NOBODY, escalate, route, company(people=people))


people_strategy = st.lists(
    st.builds(
        Person,
        id=st.integers(1, 8),
        name=st.just("N. N."),
        level=st.sampled_from(Level),
        departments=st.frozensets(st.sampled_from(["CRD", "LOG", "SAL"])),
        duties=st.frozensets(st.sampled_from(Duty), max_size=1),
        is_account_seller=st.booleans(),
    ),
    min_size=2,
    max_size=8,
    unique_by=lambda person: person.id,
)
absence_strategy = st.lists(
    st.builds(
        Absence,
        person=st.integers(1, 8),
        delegate=st.none() | st.integers(1, 8),
        starts_on=st.just(ON),
        ends_on=st.just(ON),
    ),
    max_size=4,
)
requests = st.builds(
    Request,
    act=st.sampled_from(Act),
    amount=st.builds(Amount, st.integers(0, 60_000_000), st.integers(0, 5_000_000), st.just("EUR")),
    requester=st.integers(1, 8),
    content=st.just(CONTENT),
    owner_department=st.sampled_from(["CRD", "LOG", ""]),
    is_commercial=st.booleans(),
    is_refund=st.booleans(),
    is_new_iban=st.booleans(),
)
moves = st.lists(
    st.tuples(
        st.integers(1, 8),
        st.sampled_from([*SignOutcome, SignOutcome.APPROVE, SignOutcome.APPROVE, "WAIT"]),
        st.none() | st.integers(1, 8),
        st.integers(1, 8),
    ),
    max_size=25,
)


class TestWhateverPeopleDo:
    """Random companies, random requests, random people trying everything."""

    @given(people_strategy, absence_strategy, requests, moves)
    def test_an_approved_route_has_authority_and_clean_hands(self, people, away, asked, tried):
        house = Company.of(people, away, SHIPPED_MATRIX, ON)
        try:
            route = plan_route(asked, house)
        except RouteRefused:
            assume(False)  # noqa: FBT003 - hypothesis's own signature
        for number, outcome, behalf, to in tried:
            try:
                if outcome == "WAIT":
                    before = route.state
                    route = escalate(route, house)
                    assert route.state is before
                    continue
                seat = route.current
                route = sign(
                    route,
                    Signature(
                        seat=seat.n if seat else 1,
                        person=number,
                        outcome=outcome,
                        at=AT,
                        content=CONTENT,
                        comment="words",
                        on_behalf_of=behalf,
                        to=to,
                    ),
                    house,
                )
            except RouteRefused:
                continue

        signed = [seat for seat in route.seats if seat.is_signed]
        hands = [person for seat in signed for person in seat.people()]
        assert asked.requester not in hands
        assert len(hands) == len(set(hands))
        assert sum(seat.signed_by is not None for seat in signed) == len(signed)
        if route.state is RouteState.APPROVED:
            assert len(signed) == len(route.seats) >= 1
            signers = [house.people[seat.signed_by] for seat in signed]
            assert any(
                SHIPPED_MATRIX.may(asked.act, person.level, asked.amount) for person in signers
            )
            if route.needed >= Level.L3 or asked.is_new_iban:
                assert len({person.id for person in signers}) >= 2
            if asked.is_commercial:
                assert not all(person.is_account_seller for person in signers)

    @given(people_strategy, absence_strategy, requests)
    def test_every_planned_seat_can_really_be_signed(self, people, away, asked):
        house = Company.of(people, away, SHIPPED_MATRIX, ON)
        try:
            route = plan_route(asked, house)
        except RouteRefused:
            assume(False)  # noqa: FBT003 - hypothesis's own signature
        while (seat := route.current) is not None:
            route = sign(
                route,
                Signature(
                    seat.n,
                    seat.expected,
                    SignOutcome.APPROVE,
                    AT,
                    CONTENT,
                    on_behalf_of=seat.expected_for,
                ),
                house,
            )
        assert route.state is RouteState.APPROVED
