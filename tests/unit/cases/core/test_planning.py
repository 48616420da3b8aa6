from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.world.signers import (
    AT,
    DAVIDE,
    GIULIA,
    MARTA,
    RITA,
    SARA,
    UGO,
    company,
    refused,
    request,
    signature,
)

from concilia.cases.core.approvals import RouteState, escalate, plan_route, sign, still_covers
from concilia.cases.core.authority import SHIPPED_MATRIX, Act, Amount, Level
from concilia.cases.core.people import Duty, Refusal


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


class TestANewBankAccount:
    """SoD-7: two people, a day of waiting, a call back to a number known before."""

    REFUND = {"is_refund": True, "is_new_iban": True, "held_until": AT + timedelta(hours=1)}

    def signed_once(self, **more):
        asked = request(600, **(self.REFUND | more))
        route = plan_route(asked, company())
        assert [seat.expected for seat in route.seats] == [SARA.id, MARTA.id]
        return sign(route, signature(route, SARA), company())

    def test_nothing_goes_out_within_a_day(self):
        route = self.signed_once()

        refused(
            Refusal.HELD, sign, route, signature(route, DAVIDE, comment="Called Jens"), company()
        )

    def test_after_it_whoever_signs_last_says_whom_they_called(self):
        route = self.signed_once(held_until=AT)

        refused(Refusal.CALL_BACK, sign, route, signature(route, DAVIDE), company())
        done = sign(route, signature(route, DAVIDE, comment="Called Jens Albers"), company())
        assert done.state is RouteState.APPROVED

    def test_one_who_signed_before_it_came_does_not_do(self):
        route = plan_route(request(600), company())
        now = replace(route, request=request(600, **self.REFUND))

        refused(Refusal.FOUR_EYES, sign, now, signature(now, MARTA, comment="Called"), company())

    def test_who_changed_the_customer_s_data_does_not_sign_a_refund_but_a_credit(self):
        data = frozenset({MARTA.id})
        refund = plan_route(request(600, is_refund=True, maintainers=data), company())
        credit = plan_route(request(600, maintainers=data), company())

        assert credit.seats[0].expected == MARTA.id
        assert MARTA.id not in {seat.expected for seat in refund.seats}
        refused(Refusal.EDITS_MASTER, sign, refund, signature(refund, MARTA), company())
