"""Other tolerances on past payments, with the ledger as it was then; nothing else changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import (
    NOON,
    TODAY,
    a_customer,
    a_member,
    an_entity,
    an_iban,
    an_invoice,
)
from tests.world.jobs import run_jobs

from concilia.cash.actions import (
    Asked,
    PersonsLine,
    PersonsSplit,
    SimulationRefused,
    ask_simulation,
    cancel_simulation,
    match_statement,
    post_split,
    reverse_match,
    simulate,
)
from concilia.cash.core.simulating import Tolerances
from concilia.cash.models import Allocation, Match, SimulatedAnswer, Simulation
from concilia.ledger.models import JournalLine
from concilia.receivables.models import BankEntry, OpenItem

pytestmark = pytest.mark.django_db
IBAN = "IT60X0542811101000000123456"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def world():
    """Three payments 3.00 short: too much for a small difference, and no bank abroad took it."""
    entity = an_entity()
    customer = a_customer(entity)
    an_iban(customer, IBAN)
    invoices = [an_invoice(customer, [("A", "1", price, 0)]) for price in ("700", "900", "1100")]
    member = a_member(entity)
    entries = [
        paid(
            int(invoice.gross_minor) - 300,
            f"{invoice.number}",
            payer_iban=IBAN,
            payer_name="FRISCHMARKT NORD EG",
            key=invoice.number,
        )
        for invoice in invoices
    ]
    statement = a_loaded_statement(entity, *entries, match=False)
    match_statement(statement_id=statement.pk, at=LATER)
    return entity, member, invoices


def decide(member, invoice) -> None:
    """A person leaves the 3.00 open, whatever the engine did."""
    entry = BankEntry.objects.get(text=invoice.number)
    item = OpenItem.objects.get(invoice=invoice, kind="invoice")
    live = Match.objects.filter(bank_entry=entry, state="POSTED")
    if live.exists():
        reverse_match(match_id=live.get().pk, reason="x", member=member, at=LATER)
        item.refresh_from_db()
    line = PersonsLine(item_id=item.pk, applied_minor=entry.amount_minor)
    split = PersonsSplit(customer_id=item.customer_id, lines=[line])
    post_split(bank_entry_id=entry.pk, split=split, member=member, at=LATER)


def ask(member, **tolerances) -> Simulation:
    asked = Asked(since=TODAY, until=TODAY, tolerances=Tolerances(**tolerances))
    return ask_simulation(asked=asked, member=member, at=LATER)


def tried(member, **tolerances) -> Simulation:
    simulation = ask(member, **tolerances)
    simulate(simulation_id=simulation.pk, at=LATER)
    simulation.refresh_from_db()
    return simulation


class TestAnswer:
    def test_larger_small_differences_would_write_off(self, world):
        _entity, member, _invoices = world

        done = tried(member, small_difference_minor=500, small_difference_bp=100)

        assert (done.state, done.done) == ("DONE", 3)
        assert done.figures["payments"] == 3
        assert done.figures["writeoff"]["EUR"] == 900
        assert done.figures["writeoff_before"] == {}
        assert done.figures["more"] + done.figures["anew"] == done.answers.count() == 3

    def test_it_is_held_against_what_people_decided(self, world):
        _entity, member, invoices = world
        decide(member, invoices[0])

        done = tried(member, small_difference_minor=500, small_difference_bp=100)

        row = done.answers.get(bank_entry__text=invoices[0].number)
        assert row.verdict == "wrong"

    def test_items_are_open_as_they_were_before_the_payments(self, world):
        _entity, member, _invoices = world
        assert not OpenItem.objects.filter(kind="invoice", open_minor__gt=300).exists()

        done = tried(member, post_subsets=False)

        assert done.figures["before"] == Match.objects.filter(state="POSTED").count()

    def test_fewer_rules_post_less(self, world):
        entity, member, _invoices = world
        customer = a_customer(entity, "Zweite GmbH")
        an_iban(customer, "DE02120300000000202051")
        for price in ("123.45", "678.90", "55.55"):
            an_invoice(customer, [("A", "1", price, 0)])
        entry = paid(80_235, "?", payer_iban="DE02120300000000202051", key="S")
        statement = a_loaded_statement(entity, entry, name="ST-2", match=False)
        match_statement(statement_id=statement.pk, at=LATER)
        posted = Match.objects.get(bank_entry__text="?")
        assert (posted.state, posted.rule) == ("POSTED", "M8")

        done = tried(member, post_subsets=False)

        assert done.answers.get().kind == "less"
        assert done.figures["less"] == 1


class TestHarmless:
    def test_nothing_but_its_own_rows_changes(self, world):
        _entity, member, _invoices = world
        before = [
            list(model.objects.order_by("pk").values())
            for model in (Match, Allocation, OpenItem, JournalLine)
        ]

        tried(member, small_difference_minor=500, small_difference_bp=100)

        after = [
            list(model.objects.order_by("pk").values())
            for model in (Match, Allocation, OpenItem, JournalLine)
        ]
        assert before == after

    def test_stopped_and_started_again_it_tries_nothing_twice(self, world):
        _entity, member, _invoices = world
        done = tried(member, small_difference_minor=500, small_difference_bp=100)
        Simulation.objects.filter(pk=done.pk).update(state="RUNNING")

        simulate(simulation_id=done.pk, at=LATER)

        again = Simulation.objects.get(pk=done.pk)
        assert (again.figures, again.done) == (done.figures, done.done)
        assert SimulatedAnswer.objects.count() == 3

    def test_a_cancelled_one_stops(self, world):
        _entity, member, _invoices = world
        simulation = ask(member, post_subsets=False)
        cancel_simulation(simulation_id=simulation.pk, member=member, at=LATER)

        run_jobs(at=LATER)

        assert Simulation.objects.get().done == 0


class TestRefused:
    def test_it_wants_something_to_try_and_payments_to_try_it_on(self, world):
        _entity, member, _invoices = world
        with pytest.raises(SimulationRefused, match="at least one"):
            ask(member)
        asked = Asked(
            since=TODAY + timedelta(days=1),
            until=TODAY + timedelta(days=2),
            tolerances=Tolerances(post_subsets=False),
        )
        with pytest.raises(SimulationRefused, match="No payment"):
            ask_simulation(asked=asked, member=member, at=LATER)
