"""Offers to settle: worked out, signed by somebody else, waived only on receipt."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.integration.dunning.test_plans import book_off
from tests.world.builders import NOON, TODAY, a_member
from tests.world.collecting import DAY, Debtor, noon_of
from tests.world.kept import fresh, kept

from concilia.cash.actions import reverse_match
from concilia.cash.models import Match
from concilia.dunning.actions import (
    CollectionRefused,
    NewPlan,
    NewSettlement,
    accept_plan,
    agree_plan,
    offer_settlement,
    propose_plan,
    sign_waiver,
)
from concilia.dunning.models import Settlement, Waiver, WaiverSignature
from concilia.dunning.queries.plan_work import plans_to_look_at
from concilia.dunning.queries.settlements import draft_settlement
from concilia.dunning.queries.waivers import waivers_waiting
from concilia.foundation.audit import Actor
from concilia.identity.models import Role
from concilia.ledger.models import JournalEntry, Posting
from concilia.receivables.models import OpenItem
from concilia.reporting.queries.invariants import check_invariants
from concilia.reporting.queries.invariants_of_collections import check_collections

pytestmark = pytest.mark.django_db


def a_debtor():
    debtor = Debtor()
    debtor.old, debtor.new = debtor.owes(1_200, 200), debtor.owes(800, 100)
    debtor.chief = a_member(debtor.entity, "Chiara Capo", role=Role.APPROVER, level=4)
    return debtor


built = kept(a_debtor)


@pytest.fixture
def debtor(built):
    return fresh(built)


def terms(debtor, **changes):
    fields = {
        "offer_minor": 150_000,
        "pay_by": TODAY + 10 * DAY,
        "probability_bp": 4_500,
        "rate_percent": Decimal(8),
        "months": 18,
        "cost_minor": 18_000,
    }
    return NewSettlement(customer_id=debtor.customer.pk, currency="EUR", **fields | changes)


def agreed(debtor):
    row = offer_settlement(new=terms(debtor), by=debtor.clerk, at=NOON)
    agree_plan(plan_id=row.pk, by=debtor.chief, at=NOON)
    return row


def state(plan):
    plan.refresh_from_db()
    return plan.state


def whys(debtor, on=TODAY):
    return [task.why for task in plans_to_look_at(entity_id=debtor.entity.pk, today=on)]


def test_the_arithmetic_is_that_of_the_domain(debtor):
    draft = draft_settlement(customer=debtor.customer, new=terms(debtor), today=TODAY)
    # The half-year's rate is not known, so no interest is part of the claim: TV-3.8.
    assert (draft.claim.minor, draft.expected.minor) == (200_000, 62_188)
    assert (draft.discount, draft.is_worth_it) == (Decimal("68.91"), True)
    assert (draft.waived.minor, draft.share_bp) == (50_000, 2_500)
    assert [(paid, waived) for _item, paid, waived in draft.parts] == [
        (120_000, 0),
        (30_000, 50_000),
    ]


def test_somebody_else_signs_what_is_given_up(debtor):
    row = offer_settlement(new=terms(debtor), by=debtor.chief, at=NOON)
    assert (row.state, debtor.may_be_chased().dunnable) == ("PROPOSED", 200_000)
    with pytest.raises(CollectionRefused, match="beyond your authority"):
        agree_plan(plan_id=row.pk, by=debtor.clerk, at=NOON)
    with pytest.raises(CollectionRefused, match="somebody else"):
        agree_plan(plan_id=row.pk, by=debtor.chief, at=NOON)
    accept_plan(
        plan_id=row.pk, customer_id=debtor.customer.pk, entity_id=debtor.entity.pk,
        actor=Actor("customer", "x"), at=NOON,
    )  # fmt: skip
    assert state(row) == "PROPOSED"  # the customer's yes signs for nobody

    other = a_member(debtor.entity, "Otto Other", role=Role.APPROVER, level=4)
    agree_plan(plan_id=row.pk, by=other, at=NOON)

    assert state(row) == "ACTIVE"
    assert (debtor.may_be_chased().planned, debtor.may_be_chased().dunnable) == (200_000, 0)


def settled(debtor, on=TODAY + DAY):
    row = agreed(debtor)
    entry = debtor.pays(debtor.old, 150_000, on=on)
    assert state(row) == "COMPLETED"
    return row, entry


def opens(debtor):
    return [OpenItem.objects.get(pk=one.pk).open_minor for one in (debtor.old, debtor.new)]


def another(debtor, name="Otto Other", level=4):
    return a_member(debtor.entity, name, role=Role.APPROVER, level=level)


def all_holds():
    return all(finding.holds for finding in check_invariants().values())


class TestWritingOff:
    def test_the_rest_is_given_up_on_receipt_and_written_off_with_signatures(self, debtor):
        row = agreed(debtor)
        with pytest.raises(CollectionRefused, match="before a settlement is paid"):
            sign_waiver(plan_id=row.pk, by=debtor.chief, at=NOON)
        # On which invoice it comes does not matter.
        for item, minor in (("old", 50), ("new", 40), ("old", 30), ("new", 20), ("old", 10)):
            debtor.pays(getattr(debtor, item), minor * 1_000, on=TODAY + DAY)

        assert state(row) == "COMPLETED"
        assert (debtor.may_be_chased().planned, debtor.may_be_chased().dunnable) == (50_000, 0)
        assert whys(debtor) == ["waive"]
        # 25 % are signed for from level 4 on, and there two sign (SoD-7).
        sign_waiver(plan_id=row.pk, by=debtor.chief, at=NOON)
        assert (opens(debtor), Waiver.objects.count()) == ([0, 50_000], 0)
        assert whys(debtor) == ["waive"]
        found = sign_waiver(plan_id=row.pk, by=another(debtor), at=NOON)
        assert found.booked_by.name == "Otto Other"
        assert (opens(debtor), whys(debtor)) == ([0, 0], [])
        assert debtor.may_be_chased_or_none() is None
        with pytest.raises(CollectionRefused, match="done before"):
            sign_waiver(plan_id=row.pk, by=debtor.chief, at=NOON)
        assert all_holds()

    def test_it_is_an_expense_without_vat_and_put_to_the_erp_once(self, debtor):
        row, _entry = settled(debtor)
        for by in (debtor.chief, another(debtor)):
            sign_waiver(plan_id=row.pk, by=by, at=NOON)
        waiver = Waiver.objects.get(settlement__plan=row)
        lines = waiver.entry.lines.order_by("pk").values_list(
            "account", "debit_minor", "credit_minor", "item"
        )
        assert list(lines) == [
            ("BAD_DEBT_EXP", 50_000, 0, None),
            ("AR", 0, 50_000, debtor.new.pk),
        ]
        assert (waiver.entry.kind, waiver.posting.state) == ("SETTLEMENT", "PENDING")
        assert waiver.posting.document_type == "JOURNAL"
        with pytest.raises(IntegrityError), transaction.atomic():
            Waiver.objects.create(
                settlement=waiver.settlement, item=waiver.item, amount_minor=1,
                entry=waiver.entry, posting=waiver.posting,
            )  # fmt: skip

    def test_nothing_is_written_off_by_days_or_by_those_who_may_not(self, debtor):
        row, _entry = settled(debtor)
        debtor.judged(TODAY + 60 * DAY)
        with pytest.raises(CollectionRefused, match="beyond your authority"):
            sign_waiver(plan_id=row.pk, by=debtor.clerk, at=NOON)
        auditor = a_member(debtor.entity, "Paolo Neri", role=Role.AUDITOR)
        with pytest.raises(CollectionRefused, match="role"):
            sign_waiver(plan_id=row.pk, by=auditor, at=NOON)
        sign_waiver(plan_id=row.pk, by=debtor.chief, at=NOON)
        with pytest.raises(CollectionRefused, match="somebody else signs, too"):
            sign_waiver(plan_id=row.pk, by=debtor.chief, at=NOON)
        assert (opens(debtor), JournalEntry.objects.filter(kind="SETTLEMENT").count()) == (
            [0, 50_000],
            0,
        )

    def test_who_negotiated_or_applied_the_money_does_not_sign(self, debtor):
        row = offer_settlement(new=terms(debtor), by=debtor.chief, at=NOON)
        other, third = another(debtor), another(debtor, "Tina Third")
        agree_plan(plan_id=row.pk, by=other, at=NOON)
        debtor.pays(debtor.old, 150_000, on=TODAY + DAY)
        with pytest.raises(CollectionRefused, match="You offered this settlement"):
            sign_waiver(plan_id=row.pk, by=debtor.chief, at=NOON)
        Match.objects.filter(state="POSTED").update(decided_by=third.user)
        with pytest.raises(CollectionRefused, match="You applied its payment"):
            sign_waiver(plan_id=row.pk, by=third, at=NOON)
        waiting = {
            one.user.name: [str(each.why_not or "") for each in waivers_waiting(by=one, at=NOON)]
            for one in (debtor.chief, other, third)
        }
        assert [bool(why) for [why] in waiting.values()] == [True, False, True]

    def test_what_was_credited_meanwhile_is_not_written_off_again(self, debtor):
        row, _entry = settled(debtor)
        book_off(debtor.new, 20_000)
        for by in (debtor.chief, another(debtor)):
            sign_waiver(plan_id=row.pk, by=by, at=NOON)
        assert Waiver.objects.get(settlement__plan=row).amount_minor == 30_000
        assert opens(debtor) == [0, 0]
        assert all_holds()

    def test_money_that_goes_back_makes_the_debt_whole_and_it_can_be_paid_anew(self, debtor):
        row, entry = settled(debtor)
        other = another(debtor)
        for by in (debtor.chief, other):
            sign_waiver(plan_id=row.pk, by=by, at=NOON)
        [match] = Match.objects.filter(bank_entry=entry, state="POSTED")
        reverse_match(match_id=match.pk, reason="Wrong", member=debtor.clerk, at=NOON)
        debtor.judged_by_money(entry, TODAY + 2 * DAY)

        assert (state(row), opens(debtor)) == ("ACTIVE", [120_000, 80_000])
        row.settlement.refresh_from_db()
        assert (row.settlement.booked_at, row.settlement.booked_by) == (None, None)
        first = Waiver.objects.get(settlement__plan=row)
        assert first.taken_back.reverses_id == first.entry_id
        assert Posting.objects.filter(document_type="JOURNAL").count() == 2
        assert all_holds()

        debtor.pays(debtor.old, 150_000, on=TODAY + 5 * DAY)
        assert state(row) == "COMPLETED"
        # Who signed before signs anew: it is another write-off.
        for by in (debtor.chief, other):
            sign_waiver(plan_id=row.pk, by=by, at=NOON)
        assert (opens(debtor), Waiver.objects.filter(taken_back=None).count()) == ([0, 0], 1)
        assert all_holds()

    def test_it_waits_under_signatures_and_is_signed_there(self, debtor, client):
        row, _entry = settled(debtor)
        other = another(debtor)
        page, sign = reverse("desk:signatures"), reverse("desk:plan-act", args=[row.pk])
        for signer, said in ((debtor.chief, "Somebody else signs, too"), (other, "Written off")):
            client.force_login(signer.user)
            assert "Settlements that were paid" in client.get(page).content.decode()
            answer = client.post(sign, {"act": "waive", "back": "signatures"}, follow=True)
            assert answer.redirect_chain[0][0] == page
            told = answer.content.decode()
            assert said in told
            assert "Settlements that were paid" not in told
        assert opens(debtor) == [0, 0]

    def test_checks_see_what_is_written_off_without_its_signature(self, debtor):
        row, _entry = settled(debtor)
        for by in (debtor.chief, another(debtor)):
            sign_waiver(plan_id=row.pk, by=by, at=NOON)
        assert check_collections(NOON)["settlements"] == (1, 0)
        WaiverSignature.objects.all().delete()
        assert check_collections(NOON)["settlements"] == (1, 1)

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        offer=st.integers(10_000, 190_000),
        parts=st.lists(st.integers(1, 60), max_size=3),
        back=st.booleans(),
    )
    def test_every_cent_is_paid_given_up_or_owed(self, built, offer, parts, back):
        before = transaction.savepoint()
        debtor = fresh(built)
        row = offer_settlement(new=terms(debtor, offer_minor=offer), by=debtor.clerk, at=NOON)
        agree_plan(plan_id=row.pk, by=another(debtor, "Ada Agrees", 6), at=NOON)
        paid = [min(offer // 4, part * 1_000) for part in parts]
        entries = [debtor.pays(debtor.old, minor) for minor in [*paid, offer - sum(paid)]]
        whole = sum(opens(debtor)) + offer
        assert (state(row), whole) == ("COMPLETED", 200_000)
        for n in (1, 2):
            signer = another(debtor, f"Signer {n}", 6)
            if Settlement.objects.get(plan=row).booked_at is None:
                sign_waiver(plan_id=row.pk, by=signer, at=NOON)
        given = sum(Waiver.objects.values_list("amount_minor", flat=True))
        assert (given, sum(opens(debtor))) == (200_000 - offer, 0)
        if back:
            match = Match.objects.get(bank_entry=entries[-1], state="POSTED")
            reverse_match(match_id=match.pk, reason="Back", member=debtor.clerk, at=NOON)
            debtor.judged_by_money(entries[-1])
            assert sum(opens(debtor)) == 200_000 - sum(paid)
        assert all_holds()
        transaction.savepoint_rollback(before)


def test_not_paid_by_its_day_the_whole_debt_is_back(debtor):
    row = agreed(debtor)
    on = TODAY + 25 * DAY
    debtor.pays(debtor.old, 50_000, on=TODAY + DAY)
    debtor.judged(on)
    assert state(row) == "DEFAULTED"
    assert debtor.may_be_chased(on).dunnable == 150_000
    assert whys(debtor, on) == ["failed"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"offer_minor": 0}, "between nothing"),
        ({"offer_minor": 200_000}, "between nothing"),
        ({"pay_by": TODAY - DAY}, "has passed"),
        ({"pay_by": TODAY + 500 * DAY}, "too far"),
        ({"probability_bp": 10_001}, "chance"),
        ({"rate_percent": Decimal("Infinity")}, "chance"),
        ({"months": 10**9}, "chance"),
        ({"cost_minor": -1}, "chance"),
    ],
)
def test_what_is_no_offer_is_refused_in_a_sentence(debtor, changes, said):
    with pytest.raises(CollectionRefused, match=said):
        offer_settlement(new=terms(debtor, **changes), by=debtor.clerk, at=NOON)


def test_a_plan_is_not_turned_into_a_settlement(debtor):
    new = NewPlan(
        customer_id=debtor.customer.pk, currency="EUR", first_date=TODAY, kind="SETTLEMENT"
    )
    with pytest.raises(CollectionRefused, match="one of the list"):
        propose_plan(new=new, by=debtor.clerk, at=noon_of(TODAY))
