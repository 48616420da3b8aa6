"""The figures under the bank desk, opened into their rows."""

from __future__ import annotations

import pytest
from tests.world.bank_day import BankDay, a_bank_day, a_loaded_statement, paid
from tests.world.bank_page import do
from tests.world.builders import an_entity
from tests.world.kept import fresh, kept

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


built_day = kept(a_bank_day)


@pytest.fixture
def day(db, built_day) -> BankDay:
    return fresh(built_day)


@pytest.fixture
def clerk(client, day):
    client.force_login(day.clerk.user, backend=BACKEND)
    return client


class TestTheStrip:
    def test_the_desk_asks_for_its_figures_when_it_stands(self, clerk, day):
        text = clerk.get("/bank/", {"statement": day.statement.pk}).text

        assert f'hx-get="/bank/figures/?statement={day.statement.pk}"' in text
        assert f'href="/bank/figures/payments/?statement={day.statement.pk}"' in text

    def test_they_are_those_of_the_statement(self, clerk, day):
        text = clerk.get("/bank/figures/", {"statement": day.statement.pk}).text

        assert text.count("<b>50.0\xa0%</b>") == 2  # three of six payments, five of ten lines
        assert "16,721" in text
        assert "hx-trigger" not in text

    def test_of_all_statements_they_are_those_of_the_last_days(self, clerk, day):
        text = clerk.get("/bank/figures/?statement=all").text

        assert 'href="/bank/figures/payments/?statement=all"' in text
        assert "16,721" in text

    def test_another_companys_statement_has_none(self, clerk, day):
        other = a_loaded_statement(an_entity("other"), paid(1, "X"), name="ST-9")

        assert clerk.get("/bank/figures/", {"statement": other.pk}).status_code == 404


class TestFigures:
    @pytest.mark.parametrize("name", ["payments", "lines", "amount", "reversed"])
    def test_every_figure_opens_into_its_rows(self, clerk, day, name):
        text = clerk.get(f"/bank/figures/{name}/", {"statement": day.statement.pk}).text

        assert "How it is computed" in text
        if name != "reversed":
            assert "Maison Dorval" in text

    def test_three_definitions_in_numbers(self, clerk, day):
        def figure(name: str) -> str:
            query = {"statement": day.statement.pk}
            return clerk.get(f"/bank/figures/{name}/", query).text

        assert "<b>3</b> ÷ <b>6</b>" in figure("payments")
        assert "<b>5</b> ÷ <b>10</b>" in figure("lines")
        assert "56.40" in figure("amount")

    def test_unapplied_cash_is_aged_and_adds_up(self, clerk, day):
        text = clerk.get("/bank/figures/unapplied/").text

        assert "16,721" in text
        assert text.count("waits for a person") == 3
        assert "0-30" in text

    def test_reversals_are_counted(self, clerk, day):
        do(clerk, day.entry("VIR"), "reverse", {"reason": "wrong"})

        text = clerk.get("/bank/figures/reversed/").text

        assert "<b>1</b> ÷ <b>3</b>" in text
        assert "taken back" in text

    def test_as_csv_without_formulas(self, clerk, day):
        a_loaded_statement(day.entity, paid(5, "X", payer_name="=cmd()"), name="ST-2")
        for path in (
            "/bank/figures/payments/?format=csv",
            "/bank/figures/unapplied/?format=csv",
            "/bank/export/?statement=all",
        ):
            content = b"".join(clerk.get(path).streaming_content).decode()
            assert "'=cmd()" in content, path

    def test_an_unknown_figure_is_not_there(self, clerk, day):
        assert clerk.get("/bank/figures/nothing/").status_code == 404
