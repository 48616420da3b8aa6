"""What became of payments, for other programs: as rows that add up, as postings for the ERP."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world.bank_day import a_bank_day, a_loaded_statement, paid
from tests.world.builders import NOON, a_member, an_entity
from tests.world.jobs import run_jobs
from tests.world.kept import fresh, kept

from concilia.cash.actions import order_payments, reverse_match
from concilia.cash.models import Match
from concilia.cash.queries.bank_figures import Scope
from concilia.cash.queries.results import HEAD, Results
from concilia.interfaces.cli import main
from concilia.ledger.models import Posting

pytestmark = pytest.mark.django_db


built_day = kept(a_bank_day)


@pytest.fixture
def day(db, built_day):
    return fresh(built_day)


def rows_of(day):
    return list(Results(entity_id=day.entity.pk, scope=Scope(statement_id=day.statement.pk)))


class TestRows:
    def test_the_columns_of_a_statement_add_up(self, day):
        rows = rows_of(day)
        placed = [row for row in rows if row.state != "OPEN"]

        paid_in = sum(row.paid or 0 for row in placed)
        put = sum((row.applied or 0) + (row.on_account or 0) for row in placed)
        assert paid_in == put == Decimal("37718.75")
        assert {row.payment for row in rows} == set(
            Match.objects.values_list("bank_entry", flat=True)
        )

    def test_a_page_says_the_same_as_the_whole(self, day):
        whole = rows_of(day)
        results = Results(entity_id=day.entity.pk, scope=Scope(statement_id=day.statement.pk))

        paged = [row for skip in range(0, len(whole), 2) for row in results.page(skip, 2)]

        assert paged == whole

    def test_it_is_one_query_however_many_there_are(self, day):
        counts = []
        for more in (0, 40):
            entries = [paid(n, f"T{n}", key=f"T{n}") for n in range(1, more + 1)]
            if entries:
                a_loaded_statement(day.entity, *entries, name="ST-2")
            with CaptureQueriesContext(connection) as queries:
                list(Results(entity_id=day.entity.pk, scope=Scope()))
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestFiles:
    def test_the_desk_sends_a_file_of_a_statement(self, client, day):
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(day.clerk.user, backend=backend)

        answer = client.get(f"/bank/results.csv?statement={day.statement.pk}")

        table = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
        assert len(table) == len(rows_of(day))
        assert sum(Decimal(row["paid"] or 0) for row in table) == Decimal("38358.75")

    def test_no_formula_leaves_it(self, client, day):
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(day.clerk.user, backend=backend)
        a_loaded_statement(day.entity, paid(1, "=1+1", payer_name="@SUM(A1)"), name="ST-2")

        text = client.get("/bank/results.csv?from=2026-11-01&to=2026-11-30").getvalue().decode()

        assert "'=1+1" in text
        assert ",=1+1" not in text

    def test_another_entitys_statement_is_not_there(self, client, day):
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(a_member(an_entity("other")).user, backend=backend)

        assert client.get(f"/bank/results.csv?statement={day.statement.pk}").status_code == 404
        assert client.get("/bank/results.csv?from=2000-01-01").getvalue().count(b"\n") == 1

    def test_the_command_line_writes_one(self, day, tmp_path):
        out = tmp_path / "results.csv"

        assert main(["bank-results", "--statement", "ST-1", "--out", str(out)]) == 0

        table = list(csv.reader(io.StringIO(out.read_text())))
        assert tuple(table[0]) == HEAD
        assert len(table) == 1 + len(rows_of(day))
        assert main(["bank-results", "--statement", "?"]) == 2


class TestErp:
    @pytest.fixture
    def folder(self, day, tmp_path):
        entity = day.entity
        entity.erp, entity.erp_settings = "folder", {"folder": str(tmp_path)}
        entity.settings = {"post_payments": True}
        entity.save()
        return tmp_path / "out"

    def handed_over(self, folder):
        return [json.loads(path.read_text()) for path in sorted(folder.glob("PA*.json"))]

    def test_posted_payments_are_handed_over_once(self, day, folder):
        run_jobs(at=NOON)
        matches = list(Match.objects.filter(state="POSTED").values_list("pk", flat=True))
        order_payments(match_ids=matches, at=NOON)
        run_jobs(at=NOON)

        documents = self.handed_over(folder)

        assert len(documents) == Posting.objects.count() == len(matches) == 3
        dorval = next(one for one in documents if "DORVAL" in one["text"])
        assert dorval["document_type"] == "JOURNAL"
        lines = {(line["role"], line["ref_item"]): line for line in dorval["lines"]}
        assert lines["SUSPENSE", None]["debit"] == "2766.30"
        assert lines["AR", "FT-2026/03099"]["credit"] == "2900.10"

    def test_what_is_taken_back_is_taken_back_there(self, day, folder):
        run_jobs(at=NOON)
        match = Match.objects.filter(state="POSTED").first()

        reverse_match(match_id=match.pk, reason="falsch", member=day.clerk, at=NOON)
        run_jobs(at=NOON)

        documents = self.handed_over(folder)
        assert len(documents) == 4
        total: dict[str, Decimal] = {}
        for document in documents:
            if match.bank_entry.payer_name in document["text"]:
                for line in document["lines"]:
                    net = Decimal(line["debit"]) - Decimal(line["credit"])
                    total[line["role"]] = total.get(line["role"], Decimal(0)) + net
        assert set(total.values()) == {Decimal(0)}

    def test_nothing_leaves_a_company_that_does_not_want_it(self, day):
        run_jobs(at=NOON)

        assert not Posting.objects.exists()
