"""Money nobody has applied: the list in pages, its ages, and what they add up to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import TODAY, a_customer, an_entity, an_iban, an_open_item

from concilia.cash.queries.unapplied import (
    AGES,
    BUCKETS,
    OLDER,
    UnappliedRows,
    unapplied_totals,
)

pytestmark = pytest.mark.django_db
# On both sides of every border, and a value date that is still to come.
DAYS = (-1, 0, 30, 31, 60, 61, 90, 91, 180, 181, 365, 366, 900)


@pytest.fixture
def entity():
    """A creditor with a payment, a returned debit and an amount on account of each age."""
    entity = an_entity()
    customer = a_customer(entity, "Bottega Rossi")
    an_iban(customer, "IT28W8000000292100645211")
    entries = []
    for n, days in enumerate(DAYS):
        day = TODAY - timedelta(days=days)
        entries += [
            paid(1_000 + n, f"WHO {n}", key=f"p{n}", value_date=day, payer_name="NOBODY"),
            paid(7 + n, f"BACK {n}", key=f"r{n}", value_date=day, is_return=True),
        ]
        an_open_item(customer, -(50 + n), kind="on_account", issue_date=day, due_date=day)
    a_loaded_statement(entity, *entries)
    an_open_item(customer, -99, kind="credit_note")
    return entity


def rows_of(entity, age=""):
    return UnappliedRows(entity_id=entity.pk, as_of=TODAY, age=age)


def bucket_of(row):
    return next((name for days, name in AGES if row.age_days <= days), OLDER)


def test_everything_is_there_the_oldest_first(entity):
    rows = list(rows_of(entity))

    assert [row.day for row in rows] == sorted(row.day for row in rows)
    assert len(rows) == 3 * len(DAYS)
    by_kind = {
        kind: sorted(row.amount_minor for row in rows if row.kind == kind)
        for kind in ("waiting", "return", "account")
    }
    assert by_kind == {
        "waiting": [1_000 + n for n in range(len(DAYS))],
        "return": sorted(-7 - n for n in range(len(DAYS))),
        "account": [50 + n for n in range(len(DAYS))],
    }
    assert {row.customer for row in rows if row.kind == "account"} == {"Bottega Rossi"}
    assert {row.payer for row in rows if row.kind == "waiting"} == {"NOBODY"}
    assert rows[-1].age_days == 0


def test_pages_are_the_list_cut_in_pieces(entity):
    rows = rows_of(entity)

    pieces = [row for first in range(0, 3 * len(DAYS), 4) for row in rows[first : first + 4]]

    assert pieces == list(rows)


def test_each_age_has_its_rows_and_its_sum(entity):
    everything = list(rows_of(entity))
    sums = rows_of(entity).sums()["EUR"]

    for age in BUCKETS:
        found = list(rows_of(entity, age))
        assert found == [row for row in everything if bucket_of(row) == age], age
        assert sums.rows[age] == len(found) > 0, age
        assert sums.minor[age] == sum(row.amount_minor for row in found), age
    assert {"EUR": sum(sums.minor.values())} == unapplied_totals(entity_id=entity.pk)
    assert list(rows_of(entity, "7-9")) == []


def test_currencies_are_not_added_up(entity):
    a_loaded_statement(
        entity,
        paid(500, "USD", currency="USD", payer_name="NOBODY"),
        name="ST-2",
        currency="USD",
        iban="IT60X0542811101000000124418",
    )

    sums = rows_of(entity).sums()

    assert list(sums) == ["EUR", "USD"]
    assert sum(sums["USD"].minor.values()) == 500
    assert unapplied_totals(entity_id=entity.pk)["USD"] == 500


def test_another_creditors_money_is_not_there(entity):
    assert list(rows_of(an_entity("other"))) == []
    assert rows_of(an_entity("third")).sums() == {}


def test_a_page_takes_one_statement_and_the_sums_two(entity):
    rows = rows_of(entity)
    for read, most in ((lambda: rows[10:20], 1), (rows.sums, 2)):
        with CaptureQueriesContext(connection) as queries:
            read()
        assert len(queries) <= most
