"""Payments of what was agreed, from the bank's own file to the rows of a plan, and back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world.accounts import the_account
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.bank_files import Credit, a_camt
from tests.world.builders import NOON, TODAY, a_member
from tests.world.collecting import DAY, Debtor, noon_of
from tests.world.kept import fresh, kept

from concilia.cash.actions import drafts_from, load_statement, match_statement, reverse_match
from concilia.cash.models import Match
from concilia.cash.queries.requests import requested_by
from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import Source
from concilia.documents.ports import parser_for
from concilia.dunning.actions import agree_plan, offer_settlement
from concilia.dunning.actions.self_service import request_plan_row
from concilia.dunning.models import Plan, PlanRow
from concilia.dunning.queries.settlements import NewSettlement
from concilia.foundation.blobs import store_blob
from concilia.identity.models import Role
from concilia.matching.explanations import from_json, render
from concilia.receivables.models import BankEntry, OpenItem
from concilia.reporting.queries.invariants import check_invariants
from concilia.reporting.queries.invariants_of_collections import check_collections

pytestmark = pytest.mark.django_db


def a_debtor():
    debtor = Debtor()
    debtor.old, debtor.new = debtor.owes(600, 40), debtor.owes(300, 20)
    debtor.chief = a_member(debtor.entity, "Chiara Capo", role=Role.APPROVER, level=4)
    return debtor


built = kept(a_debtor)


@pytest.fixture
def debtor(built):
    return fresh(built)


def came(debtor, amount, text="", structured="", on=TODAY, name="ST-1"):
    """A transfer as the bank's file brings it: taken in, matched, and the plans judged."""
    credit = Credit(
        amount=amount, text=text, structured=structured, payer="INGROSSO LARIANO",
        iban=debtor.iban,
    )  # fmt: skip
    content = a_camt(credit, name=name, day=on)
    blob = store_blob(content=content, at=NOON)
    source = Source(content=content, filename=f"{name}.xml", format=detect(content, "st.xml"))
    parser = parser_for(source.format)
    [draft] = drafts_from(parser.parse(source).statement)
    statement = load_statement(entity_id=debtor.entity.pk, sha256=blob.sha256, draft=draft, at=NOON)
    match_statement(statement_id=statement.pk, at=NOON)
    entry = BankEntry.objects.get(statement=statement)
    debtor.judged_by_money(entry, on)
    return Match.objects.get(bank_entry=entry, state__in=["POSTED", "PROPOSED", "OPEN"])


def opens(debtor):
    return [OpenItem.objects.get(pk=one.pk).open_minor for one in (debtor.old, debtor.new)]


def rows(plan):
    found = PlanRow.objects.filter(plan=plan).order_by("n")
    return [(row.payment_minor, row.paid_minor) for row in found]


def told(match, language="it"):
    return render(from_json(match.explanation["parts"]), language)


def state(plan):
    return Plan.objects.get(pk=plan.pk).state


class TestRows:
    def test_a_row_of_a_plan_is_posted_as_a_part_and_told(self, debtor):
        plan = debtor.plan(900, days=0)
        match = came(debtor, "300.00", "BONIFICO DA INGROSSO LARIANO")
        assert (match.state, match.rule, match.on_account_minor) == ("POSTED", "M6", 0)
        assert opens(debtor) == [30_000, 30_000]
        assert f"rata 1 del piano {plan.pk}" in told(match)
        assert rows(plan) == [(30_000, 30_000), (30_000, 0), (30_000, 0)]
        assert not OpenItem.objects.filter(kind="deduction").exists()

    def test_most_of_an_invoice_is_no_short_payment(self, debtor):
        plan = debtor.plan(600, items=[debtor.old.pk], days=0, count=1, down_payment_minor=50_000)
        match = came(debtor, "500.00", f"FT {debtor.old.document_number}")
        assert (match.state, opens(debtor)) == ("POSTED", [10_000, 30_000])
        assert rows(plan)[0] == (50_000, 50_000)
        assert not OpenItem.objects.filter(kind="deduction").exists()

    def test_a_row_and_an_invoice_beside_the_plan(self, debtor):
        plan = debtor.plan(600, items=[debtor.old.pk], days=0)
        match = came(debtor, "500.00")
        assert (match.state, match.rule, opens(debtor)) == ("POSTED", "M8", [40_000, 0])
        assert rows(plan)[0] == (20_000, 20_000)

    def test_what_no_rule_can_tell_apart_a_person_chooses(self, debtor):
        debtor.plan(600, items=[debtor.old.pk], days=0, count=2)
        match = came(debtor, "300.00")
        assert (match.state, opens(debtor), len(match.alternatives)) == (
            "PROPOSED",
            [60_000, 30_000],
            1,
        )

    def test_two_rows_of_two_statements_are_two_rows_before_anybody_judged(self, debtor):
        plan = debtor.plan(900, days=0)
        for n in (1, 2):
            entry = paid(30_000, payer_iban=debtor.iban, key=f"K-{n}")
            a_loaded_statement(debtor.entity, entry, name=f"P-{n}")
        [first, second] = Match.objects.order_by("pk")
        assert f"rata 1 del piano {plan.pk}" in told(first)
        assert f"rata 2 del piano {plan.pk}" in told(second)
        assert opens(debtor) == [0, 30_000]

    def test_a_plan_that_was_not_kept_is_paid_all_the_same(self, debtor):
        plan = debtor.plan(900, days=0)
        debtor.judged(TODAY + 45 * DAY)
        assert state(plan) == "DEFAULTED"
        match = came(debtor, "600.00", on=TODAY + 45 * DAY)
        assert (match.state, opens(debtor)) == ("POSTED", [0, 30_000])

    def test_interest_waits_on_account_and_pays_the_row(self, debtor):
        plan = debtor.plan(900, days=30, model="linear", rate_percent=Decimal(10))
        [(payment, _), *_others] = rows(plan)
        interest = payment - 30_000
        assert interest > 0
        match = came(debtor, f"{payment / 100:.2f}", on=TODAY + 30 * DAY)
        assert (match.state, match.on_account_minor, opens(debtor)) == (
            "POSTED",
            interest,
            [30_000, 30_000],
        )
        assert rows(plan)[0] == (payment, payment)

    def test_taken_back_everything_is_as_before_and_the_plan_is_judged_again(self, debtor):
        plan = debtor.plan(900, days=0)
        match = came(debtor, "300.00")
        later = TODAY + 9 * DAY
        debtor.judged(later)
        assert state(plan) == "ACTIVE"
        reverse_match(match_id=match.pk, reason="Wrong", member=debtor.clerk, at=NOON)
        debtor.judged_by_money(match.bank_entry, later)
        assert (opens(debtor), state(plan)) == ([60_000, 30_000], "AT_RISK")
        assert rows(plan) == [(30_000, 0)] * 3
        assert all(finding.holds for finding in check_invariants().values())

    def test_the_statements_do_not_grow_with_payments_or_plans(self, debtor):
        counts = []
        for n, count in enumerate((1, 6)):
            for place in range(count):
                item = debtor.owes(100 + 7 * n + place, 5)
                debtor.plan(90, items=[item.pk], days=place)
            entries = [
                paid(3_000, payer_iban=debtor.iban, key=f"{n}-{place}") for place in range(count)
            ]
            statement = a_loaded_statement(debtor.entity, *entries, name=f"S-{n}", match=False)
            with CaptureQueriesContext(connection) as seen:
                match_statement(statement_id=statement.pk, at=NOON)
            counts.append(len(seen))
        assert counts[1] <= counts[0]


class TestRequests:
    def test_the_code_of_a_row_finds_it_whatever_was_paid(self, debtor):
        plan = debtor.plan(900, days=10)
        request = request_plan_row(account=the_account(debtor.customer), plan_id=plan.pk, at=NOON)
        assert request.amount_minor == 30_000
        match = came(debtor, "250.00", structured=request.reference)
        assert (match.state, match.rule, opens(debtor)) == ("POSTED", "M1", [35_000, 30_000])
        assert f"rata 1 del piano {plan.pk}" in told(match)
        rest = request_plan_row(account=the_account(debtor.customer), plan_id=plan.pk, at=NOON)
        assert (rest.amount_minor, rest.pk != request.pk) == (5_000, True)

    def test_it_finds_it_in_free_text_too(self, debtor):
        plan = debtor.plan(900, days=10)
        request = request_plan_row(account=the_account(debtor.customer), plan_id=plan.pk, at=NOON)
        match = came(debtor, "300.00", text=f"/RFB/{request.reference}")
        assert (match.state, match.rule, opens(debtor)) == ("POSTED", "M1", [30_000, 30_000])

    def test_every_row_with_interest_can_be_paid_by_its_code(self, debtor):
        plan = debtor.plan(900, days=30, model="linear", rate_percent=Decimal(10))
        due = list(PlanRow.objects.filter(plan=plan).order_by("n").values_list("due_date"))
        for n, (day,) in enumerate(due):
            request = request_plan_row(
                account=the_account(debtor.customer), plan_id=plan.pk, at=noon_of(day)
            )
            amount = f"{request.amount_minor / 100:.2f}"
            match = came(debtor, amount, structured=request.reference, on=day, name=f"ST-{n}")
            assert match.state == "POSTED"
        assert (state(plan), opens(debtor)) == ("COMPLETED", [0, 0])

    def test_the_same_row_asked_for_twice_has_one_reference(self, debtor):
        plan = debtor.plan(900, days=10)
        made = [
            request_plan_row(account=the_account(debtor.customer), plan_id=plan.pk, at=NOON).pk
            for _time in range(2)
        ]
        assert made[0] == made[1]

    def test_after_its_end_the_code_pays_what_was_asked_for(self, debtor):
        plan = debtor.plan(900, days=10)
        request = request_plan_row(account=the_account(debtor.customer), plan_id=plan.pk, at=NOON)
        Plan.objects.filter(pk=plan.pk).update(
            state="CANCELLED", ended_by=debtor.clerk.user, ended_why="Other terms"
        )
        plan.items.update(is_open=False)
        match = came(debtor, "300.00", structured=request.reference)
        assert (match.state, opens(debtor)) == ("POSTED", [30_000, 30_000])

    def test_an_entry_without_a_reference_of_ours_costs_no_statement(
        self, debtor, django_assert_num_queries
    ):
        with django_assert_num_queries(0):
            assert not requested_by(debtor.entity, {}, [BankEntry(end_to_end_id="X")]).asked


class TestSettlements:
    @pytest.fixture
    def offer(self, debtor):
        new = NewSettlement(
            customer_id=debtor.customer.pk, currency="EUR", offer_minor=70_000,
            pay_by=TODAY + timedelta(days=10), probability_bp=4_500,
        )  # fmt: skip
        row = offer_settlement(new=new, by=debtor.clerk, at=NOON)
        agree_plan(plan_id=row.pk, by=debtor.chief, at=NOON)
        return row

    def test_the_agreed_sum_is_applied_and_the_rest_stays_open(self, debtor, offer):
        match = came(debtor, "700.00", on=TODAY + 3 * DAY)
        assert (match.state, opens(debtor), state(offer)) == ("POSTED", [0, 20_000], "COMPLETED")
        assert not OpenItem.objects.filter(kind="deduction").exists()
        assert f"saldo e stralcio {offer.pk}" in told(match)

    def test_its_code_finds_it(self, debtor, offer):
        account = the_account(debtor.customer)
        request = request_plan_row(account=account, plan_id=offer.pk, at=NOON)
        match = came(debtor, "700.00", structured=request.reference)
        assert (match.rule, opens(debtor), state(offer)) == ("M1", [0, 20_000], "COMPLETED")

    def test_too_late_or_too_little_leaves_the_debt_whole(self, debtor, offer):
        came(debtor, "690.00", f"SALDO E STRALCIO {offer.pk}", on=TODAY + 3 * DAY)
        assert state(offer) == "ACTIVE"
        later = TODAY + 40 * DAY
        came(debtor, "10.00", f"accordo {offer.pk}", on=later, name="ST-2")
        assert (state(offer), opens(debtor)) == ("DEFAULTED", [0, 20_000])
        assert debtor.may_be_chased(later).dunnable == 20_000


class TestChecks:
    def test_each_cent_is_in_one_place_and_what_is_kept_is_what_the_money_says(self, debtor):
        plan = debtor.plan(600, items=[debtor.old.pk], days=0)
        came(debtor, "200.00", "rata 1")
        found = check_collections(noon_of(TODAY))
        assert {name: broken for name, (_seen, broken) in found.items() if broken} == {}
        assert found["plans"][0] == 2  # as a row, and as what the money makes of it
        assert found["each_cent_in_one_place"][0] == 1
        PlanRow.objects.filter(plan=plan, n=1).update(principal_paid_minor=1)
        assert check_collections(noon_of(TODAY))["plans"][1] == 1
