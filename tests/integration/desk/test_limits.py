"""The limits of an entity: four eyes, versions that stand, what a change would do."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.world.builders import NOON, a_customer, a_member, an_entity
from tests.world.claims import a_proven_shortage, a_team, propose, sign

from concilia.cases.actions import (
    LimitsRefused,
    publish_limits,
    submit_limits,
    write_limits,
)
from concilia.cases.core.authority import Level
from concilia.cases.core.limits import Subject
from concilia.cases.core.previewing import Effect
from concilia.cases.models import ApprovalRequest, LimitVersion
from concilia.cases.queries.limits import limits_in_use, table_for, try_on_requests
from concilia.claims.actions.deciding import request_of
from concilia.claims.queries.authority import company_for
from concilia.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
PAGE = reverse("desk:limits")


@pytest.fixture
def entity():
    return an_entity()


@pytest.fixture
def admins(entity):
    return a_member(entity, "Anna Berti", role="admin"), a_member(entity, "Ugo Sala", role="admin")


@pytest.fixture
def desk(client, admins):
    client.force_login(admins[0].user)
    return client


def sheet_with(entity, **cells):
    """The sheet in force with other cells for accepting a claim, such as `L2="1000"`."""
    lines = limits_in_use(entity).sheet.splitlines()
    n = next(n for n, line in enumerate(lines) if line.startswith("APPROVE_CLAIM"))
    told = lines[n].split(",")
    for level, cell in cells.items():
        told[4 + Level[level]] = cell
    return "\n".join([*lines[:n], ",".join(told), *lines[n + 1 :]]) + "\n"


def in_force(entity, admins, sheet, at=NOON):
    anna, ugo = admins
    draft = write_limits(sheet=sheet, why="Board of Monday", member=anna, at=at)
    submit_limits(member=anna, at=at)
    return publish_limits(seen_sha256=draft.sha256, member=ugo, at=at)


class TestFourEyes:
    def test_one_writes_another_puts_in_force(self, entity, admins):
        first = in_force(entity, admins, sheet_with(entity, L2="1000"))
        second = in_force(entity, admins, sheet_with(entity, L2="2000"))

        first.refresh_from_db()
        assert (first.state, second.state) == ("RETIRED", "PUBLISHED")
        assert limits_in_use(entity).version == 2
        acts = AuditEntry.objects.filter(act__startswith="limits.").values_list("act", flat=True)
        assert list(acts.order_by("seq"))[:3] == [
            "limits.written",
            "limits.submitted",
            "limits.published",
        ]

    def test_nobody_confirms_what_they_wrote(self, entity, admins):
        anna, ugo = admins
        draft = write_limits(sheet=sheet_with(entity, L2="9"), why="", member=anna, at=NOON)
        with pytest.raises(LimitsRefused, match="still being written"):
            publish_limits(seen_sha256=draft.sha256, member=ugo, at=NOON)
        with pytest.raises(LimitsRefused, match="put right"):
            submit_limits(member=anna, at=NOON)
        draft = write_limits(sheet=sheet_with(entity, L2="900"), why="", member=anna, at=NOON)
        submit_limits(member=anna, at=NOON)
        with pytest.raises(LimitsRefused, match="somebody else"):
            publish_limits(seen_sha256=draft.sha256, member=anna, at=NOON)
        with pytest.raises(LimitsRefused, match="changed since"):
            publish_limits(seen_sha256="0" * 64, member=ugo, at=NOON)
        lead = a_member(entity, "Marta Conti", role="approver", level=4)
        with pytest.raises(LimitsRefused, match="CFO or the board"):
            publish_limits(seen_sha256=draft.sha256, member=lead, at=NOON)
        cfo = a_member(entity, "Enzo Villa", role="approver", level=5)
        assert publish_limits(seen_sha256=draft.sha256, member=cfo, at=NOON).version == 1

    def test_the_database_holds_it_whoever_calls(self, entity, admins):
        row = in_force(entity, admins, sheet_with(entity, L2="1000"))
        rows = LimitVersion.objects.filter(pk=row.pk)
        for change in ({"sheet": "other"}, {"state": "DRAFT"}, {"published_by": row.written_by}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            LimitVersion.objects.create(
                entity=entity, version=7, state="PUBLISHED", sheet="", written_at=NOON,
                written_by=admins[0], published_by=admins[0], published_at=NOON,
            )  # fmt: skip


@pytest.fixture
def shortage(entity):
    team = a_team(entity)
    return team, a_proven_shortage(a_customer(entity), team)


class TestRequestsKeepTheirLimits:
    def test_of_the_day_they_were_asked(self, entity, admins, shortage):
        team, claim = shortage
        decision = propose(claim, team["giulia"])
        row = ApprovalRequest.objects.get()
        assert (row.matrix_version, row.about["reason"]) == ("shipped-1", claim.reason)
        assert row.asked[0][:2] == [row.act, row.amount_minor]
        stricter = sheet_with(entity, L0="0", L1="1", L2="2", L3="3", L4="4")

        told = try_on_requests(entity=entity, table=table_for(entity), at=NOON)
        assert [one.effect for _row, one in told.open] == [Effect.SAME]
        in_force(entity, admins, stricter)
        claim.refresh_from_db()
        asked_then = company_for(claim, NOON, limits=row.matrix_version).matrix
        asked_now = company_for(claim, NOON).matrix
        assert asked_then.limits != asked_now.limits
        sign(decision, team["marta"])
        row.refresh_from_db()
        assert row.state == "APPROVED"

    def test_a_row_for_the_country_counts(self, entity, admins):
        sheet = sheet_with(entity) + "APPROVE_CLAIM,NC-01,,DE,0,1,2,3,4,5,any\n"
        in_force(entity, admins, sheet)
        matrix = table_for(entity).matrix_for(Subject("NC-01", "LOG", "DE"))
        assert {limit.minor for (act, _), limit in matrix.limits.items() if "APPROVE" in act} == {
            0, 100, 200, 300, 400, 500, None,
        }  # fmt: skip


class TestRateOfTheDay:
    def test_is_frozen_with_the_request(self, entity):
        entity.settings = {"rates": {"CHF": "1.05"}}
        entity.save()
        team = a_team(entity)
        claim = a_proven_shortage(a_customer(entity, "Käserei AG", currency="CHF"), team)
        decision = propose(claim, team["giulia"])
        row = ApprovalRequest.objects.get()
        assert (row.rate, row.currency) == (Decimal("1.05"), "EUR")
        assert row.amount_minor == round(decision.approved_minor * 1.05)
        claim.entity.settings = {"rates": {"CHF": "2.10"}}
        claim.entity.save()
        asked = request_of(claim=claim, decision=decision, at=NOON)
        assert asked.amount.minor == row.amount_minor


class TestPage:
    def test_shows_every_cell_and_takes_a_form(self, desk, entity, admins, client):
        page = desk.get(PAGE).content.decode()
        assert page.count('<th scope="row"') == 9
        assert "10 % and 500" in page
        form = desk.get(PAGE, {"as": "form"}).content.decode()
        assert 'name="L2-0"' in form
        assert 'value="2,500"' in form
        answer = desk.post(reverse("desk:limits-save"), _form_of(entity, L2="1.000,50"))
        assert answer.status_code == 302
        assert "1000.50" in LimitVersion.objects.get().sheet
        page = desk.get(PAGE).content.decode()
        assert "1,000.50 instead of 2,500" in page
        desk.post(reverse("desk:limits-act"), {"act": "submit"})
        client.force_login(admins[1].user)
        sha = LimitVersion.objects.get().sha256
        desk.post(reverse("desk:limits-act"), {"act": "publish", "sha256": sha})
        assert limits_in_use(entity).version == 1
        assert "1000.50" in desk.get(reverse("desk:limits-export")).content.decode()

    def test_a_wrong_cell_is_named_and_not_put_in_force(self, desk, entity):
        desk.post(reverse("desk:limits-save"), _form_of(entity, L2="twelve"))
        page = desk.get(PAGE).content.decode()
        assert "“twelve” is no limit." in page
        desk.post(reverse("desk:limits-act"), {"act": "submit"})
        assert LimitVersion.objects.get().submitted_at is None

    def test_a_narrower_row_is_added_and_a_file_imported(self, desk, entity):
        blank = {"act-9": "APPROVE_CLAIM", "reasons-9": "NC-01, CO", "countries-9": "DE"}
        cells = {f"L{n}-9": "5" for n in range(7)}
        desk.post(reverse("desk:limits-save"), _form_of(entity) | blank | cells)
        assert "APPROVE_CLAIM,NC-01 CO,,DE,5,5" in LimitVersion.objects.get().sheet
        file = SimpleUploadedFile("limits.csv", sheet_with(entity, L1="444").encode())
        desk.post(reverse("desk:limits-save"), {"file": file})
        assert ",444," in LimitVersion.objects.get().sheet
        bad = SimpleUploadedFile("limits.csv", b"\xff\xfe\x00")
        assert desk.post(reverse("desk:limits-save"), {"file": bad}).status_code == 302

    def test_is_closed_to_clerks(self, client, entity):
        clerk = a_member(entity)
        client.force_login(clerk.user)
        assert client.get(PAGE).status_code == 403
        assert client.post(reverse("desk:limits-save"), {}).status_code == 403

    def test_an_approver_reads_it_and_writes_nothing(self, client, entity):
        client.force_login(a_member(entity, "Marta Conti", role="approver", level=3).user)
        assert "Export" in client.get(PAGE).content.decode()
        assert client.post(reverse("desk:limits-save"), _form_of(entity)).status_code == 403


def _form_of(entity, **cells):
    """The form as the page shows it, with other cells for accepting a claim."""
    told = {"rows": "10", "seen": ""}
    for n, line in enumerate(sheet_with(entity).splitlines()[1:]):
        act, _reasons, _departments, _countries, *limits = line.split(",")
        told[f"act-{n}"] = act
        told |= {f"L{level}-{n}": limit for level, limit in enumerate(limits)}
    return told | {f"{level}-0": cell for level, cell in cells.items()}


def test_an_old_version_is_taken_up_again(desk, entity, admins):
    in_force(entity, admins, sheet_with(entity, L2="1000"))
    in_force(entity, admins, sheet_with(entity, L2="2000"), NOON + timedelta(days=1))
    desk.post(reverse("desk:limits-act"), {"act": "again", "version": "1"})
    draft = LimitVersion.objects.get(state="DRAFT")
    assert (draft.version, ",1000," in draft.sheet) == (3, True)
