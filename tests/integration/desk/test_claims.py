"""The list of claims: what a person sees, finds, keeps and does with many at once."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claim_page import enter
from tests.world.claims import a_claim, a_short_payment, a_team, an_amount_claim, pod, propose, sign

from concilia.cases.models import Case, HandOver
from concilia.claims.core.decisions import Choice
from concilia.claims.models import BulkRun, Claim
from concilia.claims.queries import named
from concilia.customers.models import Customer
from concilia.identity.models import Entity, SavedView
from concilia.interfaces.worker.bulk import go_on_bulk

pytestmark = pytest.mark.django_db
LIST = reverse("desk:claims")


@pytest.fixture
def world():
    entity = an_entity(settings={"rates": {"GBP": "1.17"}})
    return entity, a_customer(entity), a_team(entity)


def numbers(response) -> list[str]:
    return [row.claim.case.number for row in response.context["rows"]]


def judged(member, customer, minor: int = 5_000) -> Claim:
    """A claim whose whole amount the rules found not valid: ready for a decision."""
    return an_amount_claim(member, customer, minor, "NC-23", an_invoice(customer))


def with_clause(entity) -> None:
    settings = {**entity.settings, "clauses": [{"agreed": False, "where": "art. 9"}]}
    Entity.objects.filter(pk=entity.pk).update(settings=settings)


class TestTheList:
    def test_a_claim_with_its_customer_reason_state_and_amount(self, client, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        enter(client, team["giulia"])

        page = client.get(LIST).content.decode()

        assert claim.case.number in page
        assert "Frischmarkt Nord eG" in page
        assert "Shortage noted at delivery" in page
        assert "With colleagues" in page
        assert "259<i>.20</i>" in page
        assert "1 open" in page

    def test_another_companys_claims_are_not_there(self, client, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        stranger = a_team(an_entity("other"))["giulia"]
        enter(client, stranger)

        assert numbers(client.get(LIST)) == []
        assert client.get(reverse("desk:claim", args=[claim.pk])).status_code == 404

    def test_without_claims_it_says_how_they_come(self, client, world):
        _, _, team = world
        enter(client, team["giulia"])

        page = client.get(LIST).content.decode()

        assert "They open by themselves" in page

    def test_currencies_are_never_added_up(self, client, world):
        entity, customer, team = world
        british = a_customer(entity, "Hartley & Sons Foods Ltd", country="GB", currency="GBP")
        an_amount_claim(team["giulia"], customer, 10_000, "NC-21", an_invoice(customer))
        an_amount_claim(team["giulia"], british, 20_000, "NC-21", an_invoice(british))
        enter(client, team["giulia"])

        response = client.get(LIST)

        assert response.context["page_total"] == "100.00\xa0EUR · 200.00\xa0GBP"
        sums = {one.currency: one.claimed_minor for one in response.context["tally"].sums}
        assert sums == {"EUR": 10_000, "GBP": 20_000}

    def test_as_many_statements_for_thirty_rows_as_for_three(
        self, client, world, django_assert_max_num_queries
    ):
        _, customer, team = world
        enter(client, team["giulia"])
        invoice = an_invoice(customer)
        counts = []
        for more in (3, 22):
            for _ in range(more):
                an_amount_claim(team["giulia"], customer, 100, "NC-21", invoice)
            client.get(LIST)
            with django_assert_max_num_queries(40) as asked:
                assert client.get(LIST).status_code == 200
            counts.append(len(asked))

        assert counts[0] == counts[1]


class TestViews:
    def test_what_waits_for_my_decision_and_my_signature(self, client, world):
        entity, customer, team = world
        with_clause(entity)
        mine = judged(team["giulia"], customer)
        signing = judged(team["giulia"], customer)
        propose(signing, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed")
        enter(client, team["giulia"])
        assert numbers(client.get(LIST, {"view": "mine"})) == [mine.case.number]

        enter(client, team["marta"])
        assert numbers(client.get(LIST, {"view": "mine"})) == [signing.case.number]

    def test_a_resting_case_is_not_mine_to_decide(self, client, world):
        entity, customer, team = world
        with_clause(entity)
        claim = judged(team["giulia"], customer)
        Case.objects.filter(pk=claim.case_id).update(
            snoozed_until_at=timezone.now() + timedelta(days=2)
        )
        enter(client, team["giulia"])

        assert numbers(client.get(LIST, {"view": "mine"})) == []
        assert numbers(client.get(LIST)) == [claim.case.number]

    def test_late_waiting_in_approval_and_closed(self, client, world):
        entity, customer, team = world
        with_clause(entity)
        late, signing, over = (judged(team["giulia"], customer) for _ in range(3))
        Case.objects.filter(pk=late.case_id).update(due_at=timezone.now() - timedelta(days=1))
        Case.objects.exclude(pk=late.case_id).update(due_at=timezone.now() + timedelta(days=9))
        propose(signing, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed")
        Claim.objects.filter(pk=over.pk).update(state="WITHDRAWN")
        enter(client, team["giulia"])

        assert numbers(client.get(LIST, {"view": "late"})) == [late.case.number]
        assert numbers(client.get(LIST, {"view": "approval"})) == [signing.case.number]
        assert numbers(client.get(LIST, {"view": "closed"})) == [over.case.number]
        tabs = {tab.label: tab.count for tab in client.get(LIST).context["tabs"]}
        assert tabs["All open"] == 2
        assert tabs["In approval"] == 1

    def test_a_person_keeps_a_view_and_drops_it(self, client, world):
        _, _, team = world
        enter(client, team["giulia"])
        query = "country=DE&reason=NC-01&junk=1"

        client.post(reverse("desk:claims-view"), {"name": "German shortages", "query": query})

        view = SavedView.objects.get()
        assert view.query == "country=DE&reason=NC-01"
        page = client.get(f"{LIST}?{view.query}")
        tab = page.context["tabs"][-1]
        assert (tab.label, tab.is_current) == ("German shortages", True)
        enter(client, team["marta"])
        drop = reverse("desk:claims-view-drop", args=[view.pk])
        assert client.post(drop).status_code == 404
        enter(client, team["giulia"])
        client.post(drop)
        assert not SavedView.objects.exists()


class TestFilters:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"country": "FR"}, ["french"]),
            ({"country": "de, fr"}, ["french", "german"]),
            ({"reason": "NC-08"}, ["french"]),
            ({"q": "dorval"}, ["french"]),
            ({"q": "BA-77"}, ["german"]),
            ({"q": "123,45"}, ["french"]),
            ({"state": "WAITING_INTERNAL", "country": "DE"}, ["german"]),
            ({"currency": "GBP"}, []),
            ({"since": "2026-11-19"}, ["french", "german"]),
            ({"since": "2026-11-20"}, []),
            ({"until": "2026-11-18"}, []),
        ],
    )
    def test_each_narrows_the_list(self, client, world, asked, found):
        entity, customer, team = world
        dorval = a_customer(entity, "Maison Dorval SAS", country="FR")
        german = a_claim(team["giulia"], an_invoice(customer))
        Claim.objects.filter(pk=german.pk).update(their_reference="BA-77120")
        french = an_amount_claim(team["giulia"], dorval, 12_345, "NC-08", an_invoice(dorval))
        numbers_of = {"german": german.case.number, "french": french.case.number}
        enter(client, team["giulia"])

        assert sorted(numbers(client.get(LIST, asked))) == sorted(numbers_of[one] for one in found)

    @pytest.mark.parametrize("few", [500, 1])
    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("dorval", ["french"]),
            ("ba-77", ["german"]),
            ("CLM", ["french", "german"]),
            ("123,45", ["french"]),
            ("invoice", ["german"]),
            ("nobody", []),
        ],
    )
    def test_words_find_closed_claims_however_many_have_them(
        self, client, world, monkeypatch, typed, found, few
    ):
        entity, customer, team = world
        other = an_entity("other")
        stranger = a_customer(other, "Dorval of others")
        a_claim(a_team(other)["giulia"], an_invoice(stranger))
        dorval = a_customer(entity, "Maison Dorval SAS", country="FR")
        german = a_claim(team["giulia"], an_invoice(customer))
        french = an_amount_claim(team["giulia"], dorval, 12_345, "NC-08", an_invoice(dorval))
        a_claim(team["giulia"], an_invoice(dorval))  # still open
        Claim.objects.filter(pk=german.pk).update(their_reference="BA-77120")
        kept = Claim.objects.exclude(pk__in=[german.pk, french.pk])
        Claim.objects.exclude(pk__in=kept.filter(entity=entity)).update(state="CLOSED")
        monkeypatch.setattr(named, "FEW", few)
        monkeypatch.setattr(named, "CUSTOMERS_MAX", few)
        enter(client, team["giulia"])

        words = german.invoice.number.replace("/", " ").lower() if typed == "invoice" else typed
        asked = client.get(LIST, {"view": "closed", "q": words})
        numbers_of = {"german": german.case.number, "french": french.case.number}
        assert sorted(numbers(asked)) == sorted(numbers_of[one] for one in found)
        assert asked.context["page"].paginator.count == len(found)

    def test_an_invoice_number_as_people_type_it(self, client, world):
        _, customer, team = world
        invoice = an_invoice(customer)
        claim = a_claim(team["giulia"], invoice)
        enter(client, team["giulia"])

        typed = invoice.number.replace("/", " ").lower()
        assert numbers(client.get(LIST, {"q": typed})) == [claim.case.number]

    @pytest.mark.parametrize(
        "asked",
        [
            {"country": "germany'--"},
            {"reason": "DROP"},
            {"owner": "999999999999999999999999"},
            {"owner": "x"},
            {"since": "yesterday"},
            {"sort": "nothing", "view": "nothing", "page": "zero"},
            {"currency": "€"},
            {"q": "\x00"},
        ],
    )
    def test_what_makes_no_sense_is_as_if_not_said(self, client, world, asked):
        _, customer, team = world
        a_claim(team["giulia"], an_invoice(customer))
        enter(client, team["giulia"])

        assert client.get(LIST, asked).status_code == 200

    def test_filters_are_sentences_that_can_be_taken_away(self, client, world):
        _, _, team = world
        enter(client, team["giulia"])

        page = client.get(LIST, {"country": "DE", "q": "Korn", "view": "open"})

        chips = {str(chip.name): chip for chip in page.context["chips"]}
        assert chips["Country"].value == "DE"
        assert "country" not in chips["Country"].without
        assert "q=Korn" in chips["Country"].without
        assert "No claim fits these filters" in page.content.decode()


class TestOrder:
    def test_worth_puts_the_judged_and_large_first_and_the_resting_last(self, client, world):
        entity, customer, team = world
        with_clause(entity)
        small, large = (
            judged(team["giulia"], customer, 4_000),
            judged(team["giulia"], customer, 90_000),
        )
        away = judged(team["giulia"], customer, 500_000)
        Claim.objects.filter(pk=away.pk).update(state="WAITING_CUSTOMER")
        Case.objects.update(due_at=timezone.now() + timedelta(days=5))
        enter(client, team["giulia"])

        order = numbers(client.get(LIST))
        assert order == [large.case.number, small.case.number, away.case.number]

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("amount", ["b", "a"]),
            ("newest", ["b", "a"]),
            ("due", ["a", "b"]),
            ("customer", ["a", "b"]),
        ],
    )
    def test_other_orders(self, client, world, sort, order):
        entity, _, team = world
        first, second = a_customer(entity, "Alfa S.r.l."), a_customer(entity, "Beta S.r.l.")
        claims = {
            "a": an_amount_claim(team["giulia"], first, 100, "NC-21", an_invoice(first)),
            "b": an_amount_claim(team["giulia"], second, 200, "NC-21", an_invoice(second)),
        }
        Case.objects.filter(pk=claims["a"].case_id).update(due_at=NOON)
        enter(client, team["giulia"])

        found = numbers(client.get(LIST, {"sort": sort}))
        assert found == [claims[name].case.number for name in order]


class TestExport:
    def test_all_pages_and_no_formula(self, client, world):
        _, customer, team = world
        Customer.objects.filter(pk=customer.pk).update(name='=HYPERLINK("http://x")')
        for _ in range(30):
            an_amount_claim(team["giulia"], customer, 12_345, "NC-21", an_invoice(customer))
        enter(client, team["giulia"])

        response = client.get(reverse("desk:claims-export"))

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(text.splitlines()))
        assert len(rows) == 31
        assert rows[1][1].startswith("'=")
        assert rows[1][10] == "123.45"


class TestManyAtOnce:
    def test_settling_is_shown_first_and_says_of_each_what_became_of_it(self, client, world):
        entity, customer, team = world
        with_clause(entity)
        proven = a_claim(team["giulia"], an_invoice(customer, [("PEN-500", "100", "21.60", 0)]))
        pod(proven, team["marco"])
        refused = judged(team["giulia"], customer)
        enter(client, team["giulia"])
        asked = {"act": "settle", "all": "1", "query": "view=open"}

        shown = client.post(reverse("desk:claims-bulk"), asked).content.decode()
        assert proven.case.number in shown
        assert not proven.decisions.exists()
        page = client.post(reverse("desk:claims-bulk"), asked | {"confirmed": "yes"}).url
        assert "0 of 2 claims" in client.get(page).content.decode()
        go_on_bulk(run_id=BulkRun.objects.get().pk, at=timezone.now())

        page = client.get(page).content.decode()
        assert "2 of 2 claims" in page
        assert refused.case.number in page
        proven.refresh_from_db()
        decision = proven.decisions.get()
        assert (proven.state, decision.approved_minor) == ("IN_APPROVAL", 17_280)
        assert decision.letter_body
        refused.refresh_from_db()
        assert refused.state == "DECISION_PROPOSED"

    def test_handing_over_asks_to_whom_and_does_it(self, client, world):
        _, customer, team = world
        claims = [a_claim(team["giulia"], an_invoice(customer)) for _ in range(2)]
        enter(client, team["giulia"])
        sent = {"act": "hand-over", "claim": [one.pk for one in claims], "query": "view=open"}

        form = client.post(reverse("desk:claims-bulk"), sent)
        assert "Marta Conti" in form.content.decode()
        done = client.post(
            reverse("desk:claims-bulk"), sent | {"confirmed": "yes", "to": team["marta"].pk}
        )

        assert done.url == reverse("desk:team-handed", args=[HandOver.objects.get().pk])
        assert set(Case.objects.values_list("owner", flat=True)) == {team["marta"].pk}

    def test_claims_of_others_are_left_alone(self, client, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        stranger = a_team(an_entity("other"))["giulia"]
        enter(client, stranger)

        client.post(
            reverse("desk:claims-bulk"),
            {"act": "snooze", "claim": [claim.pk], "confirmed": "yes", "until": "2027-01-01"},
        )

        assert Case.objects.get(pk=claim.case_id).snoozed_until_at is None

    @pytest.mark.parametrize("role", ["auditor", "resolver"])
    def test_who_only_reads_or_helps_cannot_settle(self, client, world, role):
        entity, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        enter(client, a_member(entity, "Rita Sala", role=role))

        assert client.get(LIST).status_code == 200
        answer = client.post(reverse("desk:claims-bulk"), {"act": "settle", "claim": [claim.pk]})
        assert answer.status_code == 403


class TestTwinsInTheList:
    def test_a_possible_twin_is_shown_while_it_waits(self, client, world):
        _, customer, team = world
        invoice = an_invoice(customer)
        a_claim(team["giulia"], invoice, "NC-08")
        a_claim(team["giulia"], invoice, "NC-08")
        enter(client, team["giulia"])

        assert [row.has_twin for row in client.get(LIST).context["rows"]] == [True, True]

    def test_a_refused_deduction_says_what_was_granted(self, client, world):
        _, customer, team = world
        claim = a_short_payment(team["giulia"], an_invoice(customer), 12_200, "NC-23")
        sign(propose(claim, team["giulia"], Choice.REFUSE, reason="No"), team["marta"])
        enter(client, team["giulia"])

        row = client.get(LIST).context["rows"][0]
        assert (row.valid_minor, row.is_answered) == (0, True)
