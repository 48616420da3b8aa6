"""Why somebody does not pay: whose word counts, for how long nothing is chased, who acts next."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, TODAY
from tests.world.collecting import DAY, Debtor, state_of

from concilia.cash.actions import settle_return
from concilia.dunning.actions import (
    CollectionRefused,
    NewMotive,
    finish_next_act,
    note_bank_return,
    record_motive,
    withdraw_motive,
)
from concilia.dunning.models import Motive
from concilia.dunning.queries.work import next_customers
from concilia.receivables.models import BankEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def debtor():
    debtor = Debtor()
    debtor.item = debtor.owes(1000)
    return debtor


def says(debtor, code, source="agent", **changes):
    new = NewMotive(customer_id=debtor.customer.pk, code=code, source=source, **changes)
    return record_motive(new=new, by=debtor.clerk, at=NOON)


def returned(debtor, reason, n=1):
    """A debit paid and taken back, as the bank and the clerk do it."""
    row = debtor.pays(debtor.item, 100_000)
    back = paid(
        100_000, "RUECKLASTSCHRIFT", payer_name="INGROSSO LARIANO", is_return=True,
        return_reason=reason,
        end_to_end_id=f"BACK-{n}",
    )  # fmt: skip
    statement = a_loaded_statement(debtor.entity, back, name=f"R-{n}")
    entry = BankEntry.objects.get(statement=statement)
    settle_return(bank_entry_id=entry.pk, paid_entry_id=row.pk, member=debtor.clerk, at=NOON)
    debtor.judged_by_money(row)
    return entry, row, note_bank_return(bank_entry_id=entry.pk, paid_entry_id=row.pk, at=NOON)


class TestWhoseWord:
    def test_people_and_customers_beat_the_model_whenever_it_spoke(self, debtor):
        says(debtor, "NR-02")
        says(debtor, "NR-13", source="model")
        assert debtor.may_be_chased().motive == "NR-02"

    def test_the_newest_of_like_rank_counts_until_it_is_withdrawn(self, debtor):
        says(debtor, "NR-02", source="customer")
        later = says(debtor, "NR-05")
        assert debtor.may_be_chased().motive == "NR-05"

        withdraw_motive(motive_id=later.pk, by=debtor.clerk, at=NOON)

        assert debtor.may_be_chased().motive == "NR-02"
        with pytest.raises(CollectionRefused, match="withdrawn before"):
            withdraw_motive(motive_id=later.pk, by=debtor.clerk, at=NOON)

    def test_what_is_said_of_one_item_counts_for_it_alone(self, debtor):
        other = debtor.owes(300)
        says(debtor, "NR-08", item_id=other.pk)

        found = debtor.may_be_chased()

        assert (found.dunnable, found.ready) == (130_000, 100_000)


class TestProtocol:
    @pytest.mark.parametrize(
        ("code", "last_day_of_rest", "next_day"),
        [
            ("NR-02", date(2026, 11, 29), date(2026, 11, 20)),  # ten days; one working day
            ("NR-04", date(2026, 11, 24), date(2026, 11, 20)),
            ("NR-08", date(2026, 11, 26), date(2026, 11, 20)),  # five working days
            ("NR-10", date(2026, 12, 19), date(2026, 11, 26)),
        ],
    )
    def test_nothing_is_chased_for_its_days_and_no_longer(
        self, debtor, code, last_day_of_rest, next_day
    ):
        row = says(debtor, code)

        assert row.next_date == next_day
        assert debtor.may_be_chased(last_day_of_rest).why_not == "resting"
        assert debtor.may_be_chased(last_day_of_rest + DAY).why_not == ""

    @pytest.mark.parametrize("code", ["NR-13", "NR-14", "NR-17"])
    def test_some_reasons_stop_everything(self, debtor, code):
        says(debtor, code)
        found = debtor.may_be_chased(TODAY + 400 * DAY)
        assert (found.why_not, found.ready, found.dunnable) == ("stopped", 0, 100_000)

    @pytest.mark.parametrize("code", ["NR-00", "NR-01", "NR-06", "NR-07", "NR-15", "NR-21"])
    def test_others_stop_nothing(self, debtor, code):
        says(debtor, code)
        assert debtor.may_be_chased().ready == 100_000

    def test_what_was_to_be_done_is_done_once(self, debtor):
        row = says(debtor, "NR-08")
        finish_next_act(motive_id=row.pk, by=debtor.clerk, at=NOON)
        with pytest.raises(CollectionRefused, match="done before"):
            finish_next_act(motive_id=row.pk, by=debtor.clerk, at=NOON)

    def test_an_unknown_reason_or_item_is_refused(self, debtor):
        wrong = [({"code": "NR-99"}, "no such reason"), ({"item_id": 1}, "no such item")]
        for changes, said in wrong:
            with pytest.raises(CollectionRefused, match=said):
                says(debtor, **{"code": "NR-07"} | changes)


class TestBankCodes:
    def test_a_returned_debit_says_why_once(self, debtor):
        entry, row, motive = returned(debtor, "AM04")

        again = note_bank_return(bank_entry_id=entry.pk, paid_entry_id=row.pk, at=NOON)

        assert (motive.code, motive.source, motive.customer) == (
            "NR-09", "bank_code", debtor.customer,
        )  # fmt: skip
        assert again == motive
        assert Motive.objects.count() == 1

    def test_a_second_lack_of_funds_within_a_year_is_lasting(self, debtor):
        returned(debtor, "AM04")
        assert returned(debtor, "AM04", n=2)[2].code == "NR-10"

    def test_a_code_with_two_meanings_is_asked_about_and_displaces_nothing(self, debtor):
        says(debtor, "NR-05")
        motive = returned(debtor, "MS02")[2]
        assert (motive.code, motive.candidates) == ("NR-00", ["NR-11", "NR-15"])
        assert debtor.may_be_chased().motive == "NR-05"

    def test_a_fact_about_one_debit_displaces_no_word_and_is_done_something_about(self, debtor):
        says(debtor, "NR-12")
        motive = returned(debtor, "AC04")[2]
        assert debtor.may_be_chased().motive == "NR-12"
        page = next_customers(entity=debtor.entity, today=TODAY + 7 * DAY, kind="act")
        [row] = page.rows
        assert motive in row.motives
        finish_next_act(motive_id=motive.pk, by=debtor.clerk, at=NOON)
        [row] = next_customers(entity=debtor.entity, today=TODAY + 7 * DAY, kind="act").rows
        assert motive not in row.motives

    def test_a_death_the_bank_knows_of_stops_all_whoever_spoke(self, debtor):
        says(debtor, "NR-09")
        returned(debtor, "MD07")
        assert debtor.may_be_chased().why_not == "stopped"

    def test_a_code_that_says_nothing_says_nothing(self, debtor):
        assert returned(debtor, "XX99")[2] is None

    def test_a_promise_kept_by_the_debit_is_broken_again(self, debtor):
        promise = debtor.promises(1000)
        returned(debtor, "AM04")
        assert state_of(promise) == ("BROKEN", 0)
