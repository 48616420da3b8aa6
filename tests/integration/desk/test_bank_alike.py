"""Proposals alike: grouped by rule and payer, seen, and posted each by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_iban, an_invoice

from concilia.cash.actions import PersonsLine, PersonsSplit, post_split
from concilia.cash.models import Match
from concilia.cash.queries.alike import groups_alike
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SEEN_FIRST = {"post_subsets": False, "coincidence_max": "10"}
PRICES = (100, 201, 403, 807, 1611, 3217)
IBAN = "DE89370400440532013000"


@pytest.fixture
def member():
    return a_member(an_entity(settings={"matching": SEEN_FIRST}))


@pytest.fixture
def matches(member):
    """Three payments of one payer, each the sum of two invoices: proposed alike."""
    customer = a_customer(member.entity)
    an_iban(customer, IBAN)
    for price in PRICES:
        an_invoice(customer, [("A", "1", f"{price}.00", 0)])
    entries = [
        paid(100 * sum(PRICES[n : n + 2]), f"ABSCHLAG {n}", payer_iban=IBAN, key=f"K{n}")
        for n in range(0, len(PRICES), 2)
    ]
    a_loaded_statement(member.entity, *entries)
    rows = list(Match.objects.filter(state="PROPOSED").order_by("pk"))
    assert len({row.rule for row in rows}) == 1
    assert len(rows) == 3
    return rows


@pytest.fixture
def clerk(client, member):
    client.force_login(member.user, backend=BACKEND)
    return client


def address(match, name="bank-alike-group") -> str:
    said = {"rule": match.rule, "customer": match.customer_id, "currency": match.currency}
    return reverse(f"desk:{name}", query=said)


class TestGroups:
    def test_a_group_tells_what_its_payments_would_do(self, member, matches):
        [group] = groups_alike(entity_id=member.entity_id)

        assert (group.rule, group.payments, group.paid_minor) == ("M8", 3, 633_900)
        assert group.on_account_minor == sum(match.on_account_minor for match in matches)
        assert group.items == sum(match.allocations.count() for match in matches)

    def test_it_opens_into_its_payments(self, clerk, matches):
        assert "Proposals alike" in clerk.get("/bank/").text
        assert address(matches[0]).replace("&", "&amp;") in clerk.get("/bank/alike/").text

        text = clerk.get(address(matches[0])).text

        assert "ABSCHLAG 0" in text
        assert "ABSCHLAG 4" in text

    def test_the_same_statements_for_more_groups(self, clerk, member, matches):
        counts = []
        for more in (0, 6):
            for n in range(more):
                other = a_customer(member.entity)
                an_iban(other, f"DE0000000000000000{n:04d}")
                for k in range(2):
                    Match.objects.filter(pk=matches[k].pk).update(customer=other)
            with CaptureQueriesContext(connection) as queries:
                clerk.get("/bank/alike/")
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_what_is_no_group_leads_back(self, clerk, matches):
        for said in ("", "?rule=M4&customer=x&currency=EUR", "?customer=99999999999999999999"):
            answer = clerk.get("/bank/alike/group/" + said)
            assert answer.url == "/bank/alike/"


class TestPosting:
    def test_each_is_posted_and_what_is_refused_is_told(self, clerk, member, matches):
        changed = matches[1]
        entry = changed.bank_entry_id
        split = PersonsSplit(customer_id=changed.customer_id)
        post_split(bank_entry_id=entry, split=split, member=member, at=NOON)

        answer = clerk.post(
            address(matches[0], "bank-alike-post"),
            {"match": [match.pk for match in matches]},
            follow=True,
        )

        assert "2 payments posted." in answer.text
        assert "This is no proposal any more" in answer.text
        states = [Match.objects.get(pk=match.pk).state for match in matches]
        assert states == ["POSTED", "REPLACED", "POSTED"]

    def test_another_entitys_are_not_posted(self, client, matches):
        client.force_login(a_member(an_entity("other")).user, backend=BACKEND)

        client.post(
            address(matches[0], "bank-alike-post"), {"match": [match.pk for match in matches]}
        )

        assert set(Match.objects.values_list("state", flat=True)) == {"PROPOSED"}

    def test_an_auditor_posts_nothing(self, client, member, matches):
        auditor = a_member(member.entity, "Paolo Neri", role="auditor")
        client.force_login(auditor.user, backend=BACKEND)

        assert client.post("/bank/alike/post/").status_code == 403
        assert "Post what is ticked" not in client.get(address(matches[0])).text


def test_a_settled_item_is_refused_and_the_others_go_on(clerk, member, matches):
    item = matches[0].allocations.first()
    a_loaded_statement(member.entity, paid(50_000, "X", payer_name="?"), name="ST-2")
    entry = Match.objects.latest("pk").bank_entry_id
    left = OpenItem.objects.get(pk=item.item_id).open_minor
    line = PersonsLine(item_id=item.item_id, applied_minor=left)
    split = PersonsSplit(customer_id=matches[0].customer_id, lines=[line])
    post_split(bank_entry_id=entry, split=split, member=member, at=NOON)

    answer = clerk.post(
        address(matches[0], "bank-alike-post"),
        {"match": [match.pk for match in matches]},
        follow=True,
    )

    assert "An item has changed meanwhile" in answer.text
