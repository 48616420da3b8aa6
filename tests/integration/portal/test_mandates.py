"""Direct debits: a mandate signed on the page, a file for the bank, the money found by itself."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from defusedxml import ElementTree
from django.utils import timezone
from tests.world.accounts import opened_account
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import a_customer, a_member, an_entity, an_invoice

from concilia.cash.models import Match
from concilia.dunning.actions.mandates import make_direct_debits
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.direct_debits import NAMESPACE
from concilia.dunning.models import DirectDebitFile, Mandate
from concilia.foundation.blobs import read_blob

DAY = timedelta(days=1)
OURS = {"iban": "IT60X0542811101000000123456", "creditor_id": "DE98ZZZ09999999999"}
SIGNED = {"holder": "Bottega Bonfanti", "iban": "DE89 3704 0044 0532 0130 00", "name": "Chiara B.",
          "agree": "1"}  # fmt: skip


@pytest.fixture
def entity(db):
    return an_entity(settings={"pay_to": {"EUR": OURS}})


@pytest.fixture
def customer(entity):
    found = a_customer(entity, "Bottega Bonfanti", language="en")
    issued = timezone.localdate() - 50 * DAY
    an_invoice(found, [("PEN-500", "1", "1220.00", 0)], issue_date=issued)
    return found


def make(entity, days=5, **member):
    by = a_member(entity, **member)
    on = timezone.localdate() + days * DAY
    return make_direct_debits(by=by, collection_date=on, at=timezone.now())


def texts(row, name):
    root = ElementTree.fromstring(read_blob(sha256=row.blob_id))
    return [one.text for one in root.iter(f"{{{NAMESPACE}}}{name}")]


def test_signed_collected_and_found_by_its_reference(client, customer):
    path = opened_account(client, customer)
    assert client.post(f"{path}/mandate", SIGNED).status_code == 303
    mandate = Mandate.objects.get()
    page = client.get(f"{path}/mandate").content.decode()
    assert mandate.reference in page
    assert "DE89370400440532013000" not in page
    row = make(customer.entity)
    assert (row.count, row.total_minor) == (1, 122_000)
    assert [Decimal(text) for text in texts(row, "CtrlSum")] == [Decimal(1220), Decimal(1220)]
    assert texts(row, "MndtId") == [mandate.reference]
    assert texts(row, "SeqTp") == ["FRST"]
    [reference] = texts(row, "EndToEndId")
    a_loaded_statement(customer.entity, paid(122_000, end_to_end_id=reference))
    match = Match.objects.get()
    assert (match.rule, match.state) == ("M2", "POSTED")


def test_nothing_is_collected_twice(client, customer):
    path = opened_account(client, customer)
    client.post(f"{path}/mandate", SIGNED)
    make(customer.entity)
    with pytest.raises(CollectionRefused):
        make(customer.entity)
    assert DirectDebitFile.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"iban": "DE88370400440532013000"}, {"iban": ""}, {"holder": " "}, {"name": ""}]
)
def test_what_no_bank_would_take_is_said(client, customer, wrong):
    path = opened_account(client, customer)
    assert client.post(f"{path}/mandate", SIGNED | wrong).status_code == 422
    unticked = {name: value for name, value in SIGNED.items() if name != "agree"}
    assert client.post(f"{path}/mandate", unticked).status_code == 422
    assert not Mandate.objects.exists()


def test_a_mandate_taken_back_collects_nothing(client, customer):
    path = opened_account(client, customer)
    client.post(f"{path}/mandate", SIGNED)
    client.post(f"{path}/mandate", {"end": "1"})
    with pytest.raises(CollectionRefused):
        make(customer.entity)
    client.post(f"{path}/mandate", SIGNED)
    client.post(f"{path}/mandate", SIGNED)
    assert Mandate.objects.filter(ended_at=None).count() == 1


def test_only_where_the_company_can_collect_is_it_offered(client, db):
    other = a_customer(an_entity(), language="en")
    path = opened_account(client, other)
    assert client.get(f"{path}/mandate").status_code == 404
    assert client.post(f"{path}/mandate", SIGNED).status_code == 404


@pytest.mark.parametrize(("days", "member"), [(0, {}), (90, {}), (5, {"role": "auditor"})])
def test_no_file_for_a_day_that_is_none_or_by_who_may_not(client, customer, days, member):
    path = opened_account(client, customer)
    client.post(f"{path}/mandate", SIGNED)
    with pytest.raises(CollectionRefused):
        make(customer.entity, days=days, **member)


def test_the_desk_writes_it_and_fetches_it(client, customer):
    path = opened_account(client, customer)
    client.post(f"{path}/mandate", SIGNED)
    clerk = a_member(customer.entity)
    client.force_login(clerk.user, backend="django.contrib.auth.backends.ModelBackend")
    day = (timezone.localdate() + 5 * DAY).isoformat()
    client.post("/collections/direct-debits/", {"day": day})
    row = DirectDebitFile.objects.get()
    page = client.get("/collections/").content.decode()
    assert row.identification in page
    answer = client.get(f"/collections/direct-debits/{row.pk}/")
    assert answer.content.startswith(b"<?xml")
    stranger = a_member(an_entity("borea"))
    client.force_login(stranger.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/collections/direct-debits/{row.pk}/").status_code == 404
