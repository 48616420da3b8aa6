from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world.builders import (
    NOON,
    TODAY,
    a_customer,
    a_member,
    an_entity,
    an_invoice,
    an_open_item,
)

from concilia.customers.models import Contact
from concilia.identity.models import SavedView
from concilia.receivables.models import OpenItem
from concilia.reporting.actions import take_figures
from concilia.reporting.models import FiguresTaken
from concilia.reporting.queries.customer import Shown, items_of, may_ask
from concilia.reporting.queries.customers import Wanted, customers_of, with_amounts

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def open_page(client, member, path, **asked):
    client.force_login(member.user, backend=BACKEND)
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def names(entity, **wanted):
    found = customers_of(entity=entity, wanted=Wanted(**wanted), today=TODAY)
    return [customer.name.split()[0] for customer in found]


class TestList:
    def test_is_found_by_part_of_the_name_by_number_and_by_country(self, day):
        number = day.customers["Maison"].number

        assert names(day.entity, text="dorv") == ["Maison"]
        assert names(day.entity, text=number) == ["Maison"]
        assert names(day.entity, countries=("ES", "GB")) == ["Distribuciones", "Hartley"]

    def test_says_what_is_open_past_due_and_contested_in_each_currency(self, day):
        row = with_amounts([day.customers["Hartley"]], entity=day.entity, today=TODAY)[0]

        items = OpenItem.objects.filter(customer=day.customers["Hartley"])
        assert [each.currency for each in row.owed] == ["GBP"]
        assert row.owed[0].open_minor == sum(item.open_minor for item in items)
        assert row.owed[0].contested_minor == day.claims["pounds"].claimed_minor

    def test_narrows_to_those_past_due_and_those_who_contest(self, day):
        assert names(day.entity, show="overdue") == ["Consorzio"]
        assert "Kornhaus" in names(day.entity, show="contested")

    def test_who_owes_more_than_the_limit_is_found(self, day):
        day.customers["Kornhaus"].credit_limit_minor = 1_000
        day.customers["Kornhaus"].save()

        assert names(day.entity, show="limit") == ["Kornhaus"]

    @pytest.mark.parametrize("is_large", [False, True])
    @pytest.mark.parametrize("order", ["-open", "-overdue", "-contested"])
    def test_is_ordered_by_amount_for_small_and_large_companies_alike(self, day, order, is_large):
        if is_large:
            take_figures_now(day.entity)
        found = list(customers_of(entity=day.entity, wanted=Wanted(order=order), today=TODAY))
        rows = with_amounts(found, entity=day.entity, today=TODAY)
        column = {
            "-open": "open_minor",
            "-overdue": "overdue_minor",
            "-contested": "contested_minor",
        }[order]
        amounts = [getattr(row.owed[0], column) for row in rows]
        assert amounts == sorted(amounts, reverse=True)
        assert any(amounts)

    def test_page_shows_names_sums_and_the_way_to_each(self, client, day):
        page = open_page(client, day.giulia, "/customers/")

        assert "Vereinigte Großhandelsgesellschaft" in page
        assert f'href="/customers/{day.customers["Kornhaus"].pk}/"' in page
        assert "Hartley &amp; Sons" in page

    def test_a_view_is_kept_by_name_and_forgotten_again(self, client, day):
        client.force_login(day.giulia.user, backend=BACKEND)
        client.post("/customers/view/", {"name": "German", "query": "country=DE&sort=-open&x=1"})

        view = SavedView.objects.get(user=day.giulia.user, page="customers")
        assert (view.name, view.query) == ("German", "country=DE&sort=-open")
        assert "German" in client.get("/customers/").content.decode()
        client.post("/customers/view/", {"act": "forget", "view": view.pk})
        assert not SavedView.objects.filter(pk=view.pk).exists()

    def test_the_download_has_every_customer_and_no_formula(self, client, day):
        a_customer(day.entity, "=HYPERLINK(1)")
        client.force_login(day.giulia.user, backend=BACKEND)

        rows = rows_of(client.get("/customers/export/", {"sort": "-open"}))
        assert {"'=HYPERLINK(1)", "Kornhaus Bio GmbH"} <= {row["name"] for row in rows}

    @pytest.mark.parametrize(
        "query",
        ["page=x", "page=99999", "sort=;drop", "show=%00", "q=%00%25", "country=IT&country=xxxx"],
    )
    def test_nonsense_in_the_address_is_left_out(self, client, day, query):
        client.force_login(day.giulia.user, backend=BACKEND)
        assert client.get(f"/customers/?{query}").status_code == 200

    def test_nothing_of_another_creditor_is_listed(self, client, day):
        stranger = a_member(an_entity("other", name="Other"))

        assert "No customers yet" in open_page(client, stranger, "/customers/")
        assert rows_of(client.get("/customers/export/")) == []

    def test_thirty_customers_cost_no_more_statements_than_three(self, client, day):
        client.force_login(day.giulia.user, backend=BACKEND)
        few = statements(client, "/customers/")
        for n in range(24):
            an_open_item(a_customer(day.entity, f"More {n}"), 100)
        assert statements(client, "/customers/") == few


def statements(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def take_figures_now(entity):
    """As a company that takes long to add up would have it."""
    take_figures(entity_id=entity.pk, at=NOON)
    FiguresTaken.objects.update(milliseconds=5_000)


class TestMayAsk:
    @pytest.fixture
    def customer(self):
        return a_customer(an_entity("borea"))

    def test_every_cent_is_in_one_slice(self, customer):
        late = an_open_item(customer, 10_000, due_date=TODAY - timedelta(days=5))
        an_open_item(customer, 4_000, due_date=TODAY)
        an_open_item(customer, 700, kind="deduction", due_date=TODAY - timedelta(days=1))
        an_open_item(customer, -1_500)
        OpenItem.objects.filter(pk=late.pk).update(disputed_minor=3_000)

        may = may_ask(customer=customer, today=TODAY)[0]
        assert (may.open, may.credits) == (14_700, 1_500)
        assert (may.ask, may.held, may.disputed, may.not_due) == (5_500, 1_500, 3_700, 4_000)
        assert may.ask + may.held + may.disputed + may.not_due == may.open

    def test_credits_hold_back_the_oldest_and_never_more_than_is_due(self, customer):
        old = an_open_item(customer, 1_000, due_date=TODAY - timedelta(days=30))
        new = an_open_item(customer, 1_000, due_date=TODAY - timedelta(days=3))
        an_open_item(customer, -1_200)

        rows = items_of(
            customer=customer, shown=Shown(show="all", currency="EUR"), today=TODAY
        ).rows
        asked = {row.id: (row.held, row.ask) for row in rows}
        assert asked[old.pk] == (1_000, 0)
        assert asked[new.pk] == (200, 800)

        an_open_item(customer, -9_000)
        may = may_ask(customer=customer, today=TODAY)[0]
        assert (may.held, may.ask) == (2_000, 0)

    def test_items_add_up_to_the_slices_in_every_view(self, day):
        for customer in day.customers.values():
            for may in may_ask(customer=customer, today=TODAY):
                shown = {
                    show: items_of(
                        customer=customer,
                        shown=Shown(show=show, currency=may.currency, per_page=500),
                        today=TODAY,
                    )
                    for show in ("all", "ask", "held", "disputed", "not_due", "credits")
                }
                every = [row for row in shown["all"].rows if row.open_minor > 0]
                assert sum(row.open_minor for row in every) == may.open
                assert all(row.open_minor == row.kept_out + row.ask for row in every)
                assert sum(row.ask for row in shown["ask"].rows) == may.ask
                assert sum(row.held for row in shown["held"].rows) == may.held
                assert sum(row.disputed for row in shown["disputed"].rows) == may.disputed
                assert sum(row.not_due for row in shown["not_due"].rows) == may.not_due
                assert -sum(row.open_minor for row in shown["credits"].rows) == may.credits

    def test_two_currencies_are_never_added(self, customer):
        an_open_item(customer, 100)
        an_open_item(customer, 900, currency="GBP")

        found = may_ask(customer=customer, today=TODAY)
        assert [(may.currency, may.open) for may in found] == [("EUR", 100), ("GBP", 900)]

    def test_a_disputed_item_names_its_claim(self, day):
        claim = day.claims["price"]
        rows = items_of(
            customer=claim.customer, shown=Shown(show="disputed", currency="EUR"), today=TODAY
        ).rows

        named = {number for row in rows for _pk, number, _minor in row.claims}
        assert claim.case.number in named


class TestCustomer:
    def test_shows_slices_items_contacts_terms_and_who_pays_together(self, client, day):
        customer = day.customers["Consorzio"]
        Contact.objects.create(customer=customer, name="Paolo Neri", phone="+39 055 555 0163")

        page = open_page(client, day.giulia, f"/customers/{customer.pk}/")
        assert "What may be asked for" in page
        assert "held for credits" in page
        assert "Paolo Neri" in page
        assert "Kornhaus Bio GmbH" in page
        assert "Weighted days late" in page

    def test_claims_payments_and_conversation_have_their_pages(self, client, day):

        peralta, dorval = day.customers["Distribuciones"], day.customers["Maison"]

        claims = open_page(client, day.giulia, f"/customers/{peralta.pk}/claims/")
        assert day.claims["short"].case.number in claims
        payments = open_page(
            client, day.giulia, f"/customers/{day.customers['Consorzio'].pk}/payments/"
        )
        assert "Posted" in payments
        talk = open_page(client, day.giulia, f"/customers/{dorval.pk}/talk/")
        assert "the driver was alone" in talk
        assert "Internal, never leaves" in talk

    @pytest.mark.parametrize("page", ["", "claims/", "payments/", "talk/", "export/"])
    def test_the_customer_of_another_creditor_is_not_there(self, client, day, page):
        stranger = a_member(an_entity("other", name="Other"))
        client.force_login(stranger.user, backend=BACKEND)

        path = f"/customers/{day.customers['Maison'].pk}/{page}"
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("page", ["", "claims/", "payments/", "talk/"])
    def test_a_new_customer_has_pages_that_say_what_will_be_there(self, client, day, page):
        newcomer = a_customer(day.entity, "Newcomer")

        assert 'class="blank"' in open_page(client, day.giulia, f"/customers/{newcomer.pk}/{page}")

    @pytest.mark.parametrize("query", ["show=x&currency=%00&page=-1", "page=99", "q=%00%27"])
    def test_nonsense_in_the_address_is_left_out(self, client, day, query):
        client.force_login(day.giulia.user, backend=BACKEND)
        path = f"/customers/{day.customers['Consorzio'].pk}/?{query}"
        assert client.get(path).status_code == 200

    def test_the_download_says_of_each_item_where_its_cents_are(self, client, day):
        client.force_login(day.giulia.user, backend=BACKEND)
        path = f"/customers/{day.customers['Consorzio'].pk}/export/"

        for row in rows_of(client.get(path)):
            parts = ("disputed", "not due", "held for credits", "to ask for")
            if float(row["open"]) > 0:
                kept = sum(round(float(row[part]) * 100) for part in parts)
                assert kept == round(float(row["open"]) * 100)

    def test_an_auditor_reads_it_too(self, client, day):
        auditor = a_member(day.entity, "Ada Rossi", role="auditor")
        open_page(client, auditor, f"/customers/{day.customers['Maison'].pk}/")

    def test_thirty_items_cost_no_more_statements_than_three(self, client, day):
        client.force_login(day.giulia.user, backend=BACKEND)
        customer = day.customers["Maison"]
        path = f"/customers/{customer.pk}/"
        few = statements(client, path)
        for _ in range(30):
            an_invoice(customer)
        assert statements(client, path) == few
