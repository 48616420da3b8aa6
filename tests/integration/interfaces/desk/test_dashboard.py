from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.world.builders import NOON, TODAY, a_member, an_entity

from concilia.claims.models import Claim
from concilia.interfaces.worker.figures import take_all_figures
from concilia.kernel.periods import Period
from concilia.ledger.models import JournalEntry
from concilia.receivables.models import OpenItem
from concilia.reporting.actions import take_figures
from concilia.reporting.core.days import FORMULAS, PERIODS
from concilia.reporting.models import CustomerFigures, DayFigures, FiguresTaken
from concilia.reporting.queries.dashboard import dashboard_of
from concilia.reporting.queries.day_figures import add_up, figures_of, kept_figures
from concilia.reporting.queries.figure_rows import all_rows, shown_rows

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PERIOD = Period.of_days(TODAY - timedelta(days=91), TODAY)


def open_page(client, member, **asked):
    client.force_login(member.user, backend=BACKEND)
    answer = client.get("/dashboard/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


class TestFigures:
    @pytest.mark.parametrize("currency", ["EUR", "GBP"])
    def test_receivables_and_their_age_are_what_the_items_say(self, day, currency):
        found = add_up(entity=day.entity, at=NOON).of(currency)

        items = OpenItem.objects.filter(entity=day.entity, currency=currency)
        receivables = sum(item.open_minor for item in items)
        assert found.book.stock("receivables", TODAY) == receivables
        assert sum(bucket.open_minor for bucket in found.ageing) == receivables, "INV-11"
        not_due = sum(item.open_minor for item in items if item.due_date >= TODAY)
        assert found.book.stock("not_due", TODAY) == not_due
        assert found.items == sum(item.open_minor != 0 for item in items)

    def test_what_is_contested_is_that_of_the_open_claims(self, day):
        book = add_up(entity=day.entity, at=NOON).of("EUR").book

        open_claims = Claim.objects.filter(entity=day.entity, currency="EUR", case__closed_at=None)
        assert book.stock("contested", TODAY) == sum(each.claimed_minor for each in open_claims)
        assert book.stock("claims_open", TODAY) == open_claims.count()

    def test_a_closed_claim_leaves_the_stock_on_its_day(self, day):
        case = day.claims["price"].case
        case.closed_at = NOON - timedelta(days=1)
        case.opened_at = NOON - timedelta(days=5)
        case.due_at = NOON
        case.save()
        Claim.objects.filter(case=case).update(received_at=NOON - timedelta(days=5))

        book = add_up(entity=day.entity, at=NOON).of("EUR").book
        yesterday = TODAY - timedelta(days=1)
        claimed = day.claims["price"].claimed_minor
        before, after = (
            book.stock("contested", each) for each in (TODAY - timedelta(days=2), yesterday)
        )
        assert before - after == claimed
        one = Period.of_days(yesterday, yesterday)
        assert (book.flow("claims_resolved", one), book.flow("in_time", one)) == (1, 1)

    def test_kept_figures_are_those_that_were_added_up(self, day):
        take_all_figures(at=NOON)

        kept, live = kept_figures(entity=day.entity), add_up(entity=day.entity, at=NOON)
        assert kept is not None
        assert kept.as_of == NOON
        assert set(kept.by_currency) == set(live.by_currency)
        for currency, found in live.by_currency.items():
            assert list(kept.of(currency).book.days) == list(found.book.days)
            assert kept.of(currency).ageing == found.ageing
            assert kept.of(currency).book.overdue_open == found.book.overdue_open

    def test_taking_again_replaces_what_was_taken(self, day):
        take_figures(entity_id=day.entity.pk, at=NOON)
        counts = [model.objects.count() for model in (DayFigures, CustomerFigures)]
        take_figures(entity_id=day.entity.pk, at=NOON + timedelta(minutes=15))

        assert [model.objects.count() for model in (DayFigures, CustomerFigures)] == counts
        assert FiguresTaken.objects.get(entity=day.entity).taken_at > NOON

    def test_only_a_company_that_takes_long_is_shown_what_was_taken(self, day):
        take_figures(entity_id=day.entity.pk, at=NOON)
        later = NOON + timedelta(minutes=5)

        FiguresTaken.objects.update(milliseconds=10)
        assert figures_of(entity=day.entity, at=later).as_of == later
        FiguresTaken.objects.update(milliseconds=5_000)
        assert figures_of(entity=day.entity, at=later).as_of == NOON

    def test_rows_add_up_to_their_figure(self, day):
        board = dashboard_of(entity=day.entity, currency="EUR", days=92, at=NOON)
        sums = {
            "dso": "receivables",
            "dso_in_dispute": "disputed",
            "contested": "contested",
            "deductions": "open_deductions",
        }

        for name, term in sums.items():
            rows = all_rows(entity=day.entity, name=name, currency="EUR", period=PERIOD)
            tile = board.tile(name)
            assert tile is not None
            terms = {each.name: each.value for each in tile.figure.rows}
            assert Decimal(sum(row.minor for row in rows)) / 100 == Decimal(terms[term]), name

    def test_payments_posted_by_a_rule_count_as_untouched(self, day):
        board = dashboard_of(entity=day.entity, currency="EUR", days=30, at=NOON)
        rows = list(
            all_rows(entity=day.entity, name="posted_untouched", currency="EUR", period=PERIOD)
        )

        tile = board.tile("posted_untouched")
        assert tile is not None
        terms = {each.name: int(each.value) for each in tile.figure.rows}
        assert terms["payments"] == len(rows)
        assert terms["posted_without_touch"] == sum(row.is_good for row in rows)

    def test_nothing_of_another_creditor_counts(self, day):
        other = an_entity("other", name="Other")
        board = dashboard_of(entity=other, currency="EUR", days=92, at=NOON)

        assert board.tile("dso").figure.value is None
        assert board.tile("contested").figure.value == 0
        for name in FORMULAS:
            assert not shown_rows(entity=other, name=name, currency="EUR", period=PERIOD)

    @pytest.mark.parametrize("days", PERIODS)
    def test_every_figure_has_twelve_points_and_a_formula_with_its_version(self, day, days):
        board = dashboard_of(entity=day.entity, currency="EUR", days=days, at=NOON)

        assert [tile.name for tile in board.tiles] == list(FORMULAS)
        assert all(len(tile.points) == 12 for tile in board.tiles)
        assert all("@" in tile.figure.formula_id for tile in board.tiles)
        assert len(board.weeks) == len(board.months) == 12

    def test_the_same_statements_whatever_the_number_of_rows(self, day, django_assert_num_queries):
        with django_assert_num_queries(11):
            dashboard_of(entity=day.entity, currency="EUR", days=92, at=NOON)
        take_figures(entity_id=day.entity.pk, at=NOON)
        FiguresTaken.objects.update(milliseconds=5_000)
        with django_assert_num_queries(4):
            dashboard_of(entity=day.entity, currency="EUR", days=92, at=NOON)

    def test_what_was_owed_before_the_ledger_began_is_unknown_not_nothing(self, day):
        board = dashboard_of(entity=day.entity, currency="EUR", days=92, at=NOON)
        first = JournalEntry.objects.order_by("pk").first()
        begun = first.booked_at.astimezone(ZoneInfo(day.entity.timezone)).date()

        assert {month.dso is None for month in board.months if month.day < begun} == {True}
        assert board.months[-1].dso is not None
        assert [point is None for point in board.tile("dso").points] == [
            month.dso is None for month in board.months
        ]
        assert board.tile("dso").change is None


class TestPage:
    def test_shows_six_figures_and_the_open_one_with_its_formula(self, client, day):
        page = open_page(client, day.giulia, open="contested")

        assert page.count('class="kpi"') == 6
        assert "contested_open v1" in page
        assert day.claims["rebate"].case.number in page

    def test_the_formula_is_written_with_its_numbers(self, client, day):
        page = open_page(client, day.giulia, open="dso")
        board = dashboard_of(entity=day.entity, currency="EUR", days=92, at=NOON)

        terms = {each.name: each.value for each in board.tile("dso").figure.rows}
        receivables = f"{Decimal(terms['receivables']):,}"
        assert f"receivables {receivables} ÷ credit sales" in page
        assert "× 92 days = <b>" in page

    @pytest.mark.parametrize("name", [*FORMULAS, "none", "…"])
    @pytest.mark.parametrize("currency", ["EUR", "GBP", "JPY", "xx"])
    def test_every_figure_opens_in_every_currency(self, client, day, name, currency):
        open_page(client, day.giulia, open=name, currency=currency, period="30")

    @pytest.mark.parametrize("period", ["0", "-1", "x", "9999999999999999999999"])
    def test_a_period_nobody_offers_gives_way_to_the_usual(self, client, day, period):
        assert "92 days" in open_page(client, day.giulia, period=period)

    def test_an_empty_company_sees_figures_without_values(self, client):
        member = a_member(an_entity("empty"))
        page = open_page(client, member, open="dso")

        assert "not defined" in page
        assert "Nobody owes anything" in page

    def test_all_rows_can_be_downloaded_and_run_no_formula(self, client, day):
        day.customers["Kornhaus"].name = "@SUM(A1)"
        day.customers["Kornhaus"].save()
        client.force_login(day.giulia.user, backend=BACKEND)

        rows = rows_of(client.get("/dashboard/rows/contested/?currency=EUR"))
        assert "'@SUM(A1)" in {row["customer"] for row in rows}
        found = Claim.objects.filter(entity=day.entity, currency="EUR", case__closed_at=None)
        assert len(rows) == found.count()

    def test_the_figures_can_be_downloaded_with_their_terms(self, client, day):
        client.force_login(day.giulia.user, backend=BACKEND)
        rows = rows_of(client.get("/dashboard/export/?period=30"))

        assert len(rows) == 6
        assert rows[0]["formula"] == "dso@1"
        assert "receivables=" in rows[0]["terms"]

    def test_rows_of_a_figure_that_is_none_are_not_there(self, client, day):
        client.force_login(day.giulia.user, backend=BACKEND)
        assert client.get("/dashboard/rows/salaries/").status_code == 404

    @pytest.mark.parametrize("language", ["it", "fr", "es", "de"])
    def test_is_there_in_every_language(self, client, day, language):
        day.giulia.user.language = language
        day.giulia.user.save()

        page = open_page(client, day.giulia, open="dso")
        assert "credit sales" not in page
        assert "Resolved in time" not in page
