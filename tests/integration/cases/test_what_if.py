"""What if, with the database: asked for, done by a job, stopped, begun anew, read as figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.world.builders import NOON, a_customer, a_member, an_entity
from tests.world.jobs import run_jobs
from tests.world.past_cases import past_cases

from concilia.cases.actions import (
    Tried,
    WhatIfRefused,
    ask_what_if,
    cancel_what_if,
    run_what_if,
    write_draft,
)
from concilia.cases.core.limit_sheets import write_sheet
from concilia.cases.core.limits import shipped_table
from concilia.cases.core.process.editing import Delete, edit
from concilia.cases.models import LimitVersion, WhatIf, WhatIfCase
from concilia.cases.queries.processes import shipped
from concilia.cases.queries.whatif import limits_shown
from concilia.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
SHORTAGE = shipped()["shortage"].text
SINCE, UNTIL = (NOON - timedelta(days=90)).date(), NOON.date()
CASES = 60


@pytest.fixture
def admin():
    entity = an_entity()
    member = a_member(entity, "Anna Berti", role="admin")
    past_cases(entity, [a_customer(entity)], member, CASES, NOON)
    return member


def tried(admin, **values):
    wanted = Tried(**{"since": SINCE, "until": UNTIL, "text": SHORTAGE} | values)
    row = ask_what_if(tried=wanted, member=admin, at=NOON)
    run_what_if(what_if_id=row.pk, at=NOON)
    row.refresh_from_db()
    return row


class TestFigures:
    def test_what_is_in_force_gives_what_happened(self, admin):
        row = tried(admin)
        assert (row.state, row.done) == ("DONE", row.total)
        assert row.figures["before"] == row.figures["after"]
        assert row.figures["before"]["holders"]["department LOG"]["steps"] > 0
        assert AuditEntry.objects.filter(act="what_if.asked").count() == 1

    def test_a_step_less_is_less_load_and_less_time(self, admin):
        text = edit(edit(SHORTAGE, Delete("cause")).text, Delete("answer")).text
        row = tried(admin, text=text)
        before, after = row.figures["before"], row.figures["after"]

        assert (
            after["holders"]["department LOG"]["steps"]
            < before["holders"]["department LOG"]["steps"]
        )
        assert after["late"] <= before["late"]
        for one in WhatIfCase.objects.filter(what_if=row):
            assert one.minutes_after <= one.minutes_before

    def test_other_limits_are_other_signatures(self, admin):
        limits = {"APPROVE_CLAIM": {"1": 100, "4": None}}
        row = tried(admin, text="", limits=limits)
        assert row.total == CASES
        assert set(row.figures["after"]["levels"]) == {"4"}
        assert row.figures["after"]["signatures"] == 2 * CASES

    def test_narrower_rows_count_and_are_tried_by_their_name(self, admin):
        entity = admin.entity
        sheet = write_sheet(shipped_table("EUR"))
        sheet += "APPROVE_CLAIM,NC CO FI,,,,any,any,any,any,any,any\n"
        LimitVersion.objects.create(
            entity=entity, version=1, state="PUBLISHED", sheet=sheet, sha256="0" * 64,
            written_at=NOON, published_at=NOON,
        )  # fmt: skip
        shown = {row.name: row.cells for row in limits_shown(entity)}
        assert shown["APPROVE_CLAIM|CO FI NC||"][1] == "*"
        assert shown["APPROVE_CLAIM"][1] == "500.00"

        broad = tried(admin, text="", limits={"APPROVE_CLAIM": {"4": None}})
        narrow = tried(admin, text="", limits={"APPROVE_CLAIM|CO FI NC||": {"4": None}})

        # All of these cases are of such reasons: the broad row speaks of none of them.
        assert set(broad.figures["after"]["levels"]) == {"1"}
        assert set(narrow.figures["after"]["levels"]) == {"4"}

    def test_the_same_again_is_the_same_also_after_a_kill(self, admin):
        row = tried(admin)
        rows = WhatIfCase.objects.filter(what_if=row).order_by("case")
        first, figures = list(rows.values_list("case", "minutes_after")), row.figures
        WhatIf.objects.filter(pk=row.pk).update(state="RUNNING")
        run_what_if(what_if_id=row.pk, at=NOON)
        row.refresh_from_db()
        assert list(rows.values_list("case", "minutes_after")) == first
        assert row.figures == figures


class TestRefused:
    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"text": ""}, "Choose a draft"),
            ({"text": SHORTAGE.replace("-> papers", "-> moon")}, "put right first"),
            ({"since": UNTIL, "until": SINCE}, "after the last"),
            (
                {"since": SINCE - timedelta(days=900), "until": SINCE - timedelta(days=800)},
                "No such",
            ),
        ],
    )
    def test_with_one_sentence(self, admin, values, says):
        with pytest.raises(WhatIfRefused, match=says):
            tried(admin, **values)

    def test_stopped_it_stays_stopped_and_another_company_does_not_see_it(self, admin, client):
        wanted = Tried(since=SINCE, until=UNTIL, text=SHORTAGE)
        row = ask_what_if(tried=wanted, member=admin, at=NOON)
        cancel_what_if(what_if_id=row.pk, member=admin, at=NOON)
        run_what_if(what_if_id=row.pk, at=NOON)
        row.refresh_from_db()
        assert (row.state, row.done) == ("CANCELLED", 0)
        client.force_login(a_member(an_entity("other"), "Eva Stein", role="admin").user)
        for page in ("what-if", "what-if-export"):
            assert client.get(reverse(f"desk:{page}", args=[row.pk])).status_code == 404


class TestPages:
    def test_asked_read_opened_and_exported(self, admin, client):
        client.force_login(admin.user)
        write_draft(text=edit(SHORTAGE, Delete("cause")).text, member=admin, at=NOON)
        asked = client.post(reverse("desk:what-if-ask"), {"key": "shortage", "months": "12"})
        row = WhatIf.objects.get()
        assert asked["Location"] == reverse("desk:what-if", args=[row.pk])
        run_jobs()
        page = client.get(asked["Location"]).content.decode()
        assert "Median, working days" in page
        assert "Logistics" in page
        for query in (
            "?changed=faster",
            "?holder=department%20LOG",
            "?level=1",
            "?changed=x&page=z",
        ):
            assert client.get(asked["Location"] + query).status_code == 200
        table = b"".join(
            client.get(reverse("desk:what-if-export", args=[row.pk])).streaming_content
        )
        assert table.decode().count("\n") == row.total + 1

    def test_strangers_values(self, admin, client):
        client.force_login(admin.user)
        for form in ({}, {"key": "moon"}, {"APPROVE_CLAIM-1": "much"}, {"months": "999"}):
            answer = client.post(reverse("desk:what-if-ask"), form)
            assert answer.status_code == 422
        client.force_login(a_member(admin.entity, "Eva Pini", role="clerk").user)
        assert client.post(reverse("desk:what-if-ask"), {}).status_code == 403
