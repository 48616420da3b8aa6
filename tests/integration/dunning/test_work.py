"""Who is next among many: what the hourly round keeps is what would be summed at once."""

from __future__ import annotations

import pytest
from tests.world.builders import TODAY, a_customer, an_invoice
from tests.world.collecting import DAY, Debtor, an_answer, noon_of

from concilia.dunning.actions import sum_owing
from concilia.dunning.models import Owing
from concilia.dunning.queries.work import KINDS, next_customers
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def debtor():
    """One who promised, and five who owe, of whom one owes too little to be asked."""
    debtor = Debtor()
    debtor.owes(900)
    debtor.promises(400, days=0)
    for n, euros in enumerate((120, 9, 3000, 70, 450)):
        issued = TODAY - (60 + n) * DAY
        other = a_customer(debtor.entity, f"Bottega {n}")
        an_invoice(other, [("PEN-500", "1", f"{euros}.00", 0)], issue_date=issued)
    return debtor


def seen(debtor, **asked):
    page = next_customers(entity=debtor.entity, today=TODAY, **asked)
    rows = [(row.customer.name, row.kind, list(row.kinds)) for row in page.rows]
    return rows, page.found, dict(page.counts)


def test_the_kept_list_is_the_list_summed_at_once(debtor):
    an_answer(debtor, code="NR-08")
    sum_owing(entity=debtor.entity, at=noon_of(TODAY))
    assert Owing.objects.count() == 5
    for kind in ("", *KINDS):
        assert seen(debtor, kind=kind, at_once=0) == seen(debtor, kind=kind)
    for skip in range(6):
        assert seen(debtor, skip=skip, per_page=2, at_once=0) == seen(debtor, skip=skip, per_page=2)
    assert [name for name, _kind, _kinds in seen(debtor, kind="owes", at_once=0)[0]] == [
        debtor.customer.name,
        *["Bottega 2", "Bottega 4", "Bottega 0", "Bottega 3"],
    ]


def test_who_owes_nothing_any_more_is_forgotten_by_the_next_round(debtor):
    sum_owing(entity=debtor.entity, at=noon_of(TODAY))
    debtor.pays(OpenItem.objects.get(customer=debtor.customer), 90_000)
    sum_owing(entity=debtor.entity, at=noon_of(TODAY))
    names = Owing.objects.values_list("customer__name", flat=True)
    assert set(names) == {"Bottega 0", "Bottega 2", "Bottega 3", "Bottega 4"}
