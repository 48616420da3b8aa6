from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.world.signers import AT, CONTENT, ON

from concilia.cases.core.approvals import (
    Company,
    RouteState,
    Signature,
    SignOutcome,
    escalate,
    plan_route,
    sign,
)
from concilia.cases.core.authority import SHIPPED_MATRIX, Act, Amount, Level
from concilia.cases.core.people import Absence, Duty, Person, Request, RouteRefused
from concilia.cases.core.planning import Asking, Stage
from concilia.cases.core.routes import is_met, turns_of

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


stages_strategy = st.lists(
    st.builds(
        lambda asking, needed: Stage(tuple(asking), min(needed, len(asking) or 1)),
        st.lists(
            st.builds(
                Asking,
                place=st.uuids().map(str),
                people=st.frozensets(st.integers(1, 8), min_size=1),
            ),
            max_size=3,
        ),
        st.integers(1, 3),
    ),
    max_size=3,
).map(lambda stages: [stage for stage in stages if stage.asking])


class TestOwnApprovers:
    """Steps of a company's own beside the limits, asked together or in turn."""

    @given(people_strategy, absence_strategy, requests, stages_strategy, moves)
    def test_everybody_asked_has_approved_and_the_limits_too(
        self, people, away, asked, stages, tried
    ):
        house = Company.of(people, away, SHIPPED_MATRIX, ON)
        try:
            route = plan_route(asked, house, stages=stages)
        except RouteRefused:
            assume(False)  # noqa: FBT003 - hypothesis's own signature
        for number, outcome, behalf, to in tried:
            seats = route.open_seats
            if outcome == "WAIT" or not seats:
                continue
            signature = Signature(
                seats[to % len(seats)].n, number, outcome, AT, CONTENT, "words", None, behalf, to
            )
            try:
                route = sign(route, signature, house)
            except RouteRefused:
                continue

        hands = [person for seat in route.seats if seat.is_signed for person in seat.people()]
        assert asked.requester not in hands
        assert len(hands) == len(set(hands))
        if route.state is RouteState.APPROVED:
            assert all(map(is_met, turns_of(route.seats)))
            signers = house.signers(route.seats)
            assert any(
                SHIPPED_MATRIX.may(asked.act, person.level, asked.amount) for person in signers
            )
            for seat in route.seats:
                if seat.asked is not None and seat.is_signed and not seat.is_delegated:
                    assert (seat.signed_for or seat.signed_by) in seat.asked

    @given(
        st.integers(1, 300_000),
        st.integers(2, 8),
        st.sampled_from([Act.APPROVE_CLAIM, Act.GOODWILL]),
    )
    def test_cut_in_pieces_the_last_one_needs_what_the_whole_would(self, whole, pieces, act):
        """Each piece is asked after the ones before it were decided, within 30 days."""
        part = whole // pieces
        rolling = part * (pieces - 1)
        last = Amount(whole - rolling, rolling, "EUR")

        assert SHIPPED_MATRIX.lowest_level(act, last) is SHIPPED_MATRIX.lowest_level(
            act, Amount(whole, 0, "EUR")
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
                    "words",
                    on_behalf_of=seat.expected_for,
                ),
                house,
            )
        assert route.state is RouteState.APPROVED
