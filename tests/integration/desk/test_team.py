"""The team's pages and the order of work, as the server answers them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice, today_here
from tests.world.claim_page import enter
from tests.world.claims import a_claim, a_team, an_amount_claim

from concilia.cases.actions import hand_over_many, watch
from concilia.cases.core.worth import SHIPPED
from concilia.cases.models import Case, HandOver, Notice
from concilia.cases.queries.office import weights_of
from concilia.identity.models import Absence, Entity, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


def at(name, *keys):
    return reverse(f"desk:{name}", args=keys)


class TestTheBoard:
    def test_lanes_cards_and_giving_with_undo(self, client, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        Case.objects.filter(pk=claim.case_id).update(owner=None, department="CRD")
        enter(client, team["marta"])

        page = client.get(at("team"), {"team": "all"}).content.decode()
        assert "With nobody" in page
        assert claim.case.number in page
        given = client.post(
            at("team-give"),
            {"case": claim.case_id, "to": team["giulia"].pk, "team": "all"},
            headers={"HX-Request": "true"},
        )

        assert "Giulia Ferri now" in given.headers["HX-Trigger"]
        assert "With nobody" not in given.content.decode()
        handed = HandOver.objects.get()
        back = client.post(at("team-undo", handed.pk), headers={"HX-Request": "true"})
        assert back.headers["HX-Refresh"] == "true"
        assert Case.objects.get(pk=claim.case_id).owner is None

    def test_counts_open_into_as_many_rows(self, client, world):
        _, customer, team = world
        for days in (-2, 0, 3):
            claim = a_claim(team["giulia"], an_invoice(customer))
            due = timezone.now() + timedelta(days=days, minutes=2)
            Case.objects.filter(pk=claim.case_id).update(owner=team["giulia"], due_at=due)
            type(claim).objects.filter(pk=claim.pk).update(state="INVESTIGATING")
        enter(client, team["giulia"])

        strip = client.get(at("home")).context["mine"]
        for word, count, _tone, href in strip:
            assert client.get(href).context["page"].paginator.count == count, word
        assert ("late", 1) in [(word, count) for word, count, _tone, _href in strip]

    def test_workload_and_its_file(self, client, world):
        _, customer, team = world
        a_claim(team["giulia"], an_invoice(customer))
        enter(client, team["marta"])

        assert "Giulia Ferri" in client.get(at("team-load")).content.decode()
        text = b"".join(client.get(at("team-load"), {"as": "csv"}).streaming_content).decode()
        assert "Giulia Ferri" in text

    def test_nobody_sees_another_company_or_moves_its_cases(self, client, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        handed = hand_over_many(
            cases=[claim.case_id], to_id=team["marta"].pk, note="", member=team["giulia"], at=NOON
        )
        stranger = a_team(an_entity("other"))["marta"]
        enter(client, stranger)

        assert claim.case.number not in client.get(at("team"), {"team": "all"}).content.decode()
        sent = {"case": claim.case_id, "to": stranger.pk}
        assert client.post(at("team-give"), sent).status_code == 404
        for name in ("team-handed", "team-undo"):
            answer = client.get if name == "team-handed" else client.post
            assert answer(at(name, handed.pk)).status_code == 404
        assert client.get(at("team-hand-over"), {"of": team["giulia"].pk}).status_code == 404
        assert client.get(at("claim-worth", claim.pk)).status_code == 404


class TestAbsences:
    def test_planned_shown_and_ended(self, client, world):
        _, _, team = world
        enter(client, team["giulia"])
        today = today_here()
        asked = {
            "member": team["giulia"].pk,
            "delegate": team["marta"].pk,
            "starts": today.isoformat(),
            "ends": (today + timedelta(days=5)).isoformat(),
            "reason": "Holiday",
        }

        refused = client.post(at("absence-plan"), asked | {"delegate": team["giulia"].pk})
        assert refused.status_code == 422
        assert "Nobody stands in for themselves" in refused.content.decode()
        shown = client.get(client.post(at("absence-plan"), asked).url).content.decode()
        assert "Marta Conti stands in for Giulia Ferri" in shown
        row = Absence.objects.get()
        client.post(at("absence-end", row.pk))
        assert not Absence.objects.exists()

    def test_nonsense_is_answered_in_one_sentence(self, client, world):
        _, _, team = world
        enter(client, team["giulia"])

        for sent in ({}, {"member": "x", "starts": "never"}, {"starts": "2026-01-01", "ends": "y"}):
            assert client.post(at("absence-plan"), sent).status_code == 422
        assert client.get(at("team-absences"), {"month": "9999-99", "team": "X"}).status_code == 200


class TestHandingOver:
    def test_everything_of_who_left_is_shown_then_goes(self, client, world):
        _, customer, team = world
        claim = an_amount_claim(team["giulia"], customer, 5_000, "NC-23", an_invoice(customer))
        Membership.objects.filter(pk=team["giulia"].pk).update(is_active=False)
        enter(client, team["marta"])

        page = client.get(at("team-hand-over"), {"of": team["giulia"].pk}).content.decode()
        assert claim.case.number in page
        sent = {"of": team["giulia"].pk, "to": team["marco"].pk, "note": "Bye"}
        done = client.post(at("team-hand-over-do"), sent, follow=True).content.decode()

        assert "1 case to Marco Bellini" in done
        enter(client, team["marco"])
        home = client.get(at("home")).content.decode()
        assert "Marta Conti handed 1 case over to you" in home
        client.post(at("notices-seen"), {"notice": Notice.objects.get().pk})
        assert Notice.objects.get().seen_at is not None


class TestTheOrderOfWork:
    def test_each_row_says_why_it_stands_there(self, client, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        watch(cases=[claim.case_id], member=team["giulia"], at=NOON)
        enter(client, team["giulia"])

        said = client.get(at("claim-worth", claim.pk)).content.decode()
        assert "Worth today" in said
        for view in ("watched", "resting", "asked", "sign", "waiting"):
            assert client.get(at("claims"), {"view": view}).status_code == 200

    def test_weights_are_previewed_kept_and_refused(self, client, world):
        entity, customer, team = world
        a_claim(team["giulia"], an_invoice(customer))
        enter(client, a_member(entity, "Sara Costa", role="admin"))

        assert client.get(at("settings"), {"section": "work"}).status_code == 200
        assert client.post(at("settings-work-preview"), {"granted_percent": "0"}).status_code == 200
        assert weights_of(Entity.objects.get(pk=entity.pk)) == SHIPPED
        for wrong in ({"granted_percent": "101"}, {"touch_minor": "much"}, {"prior_cases": "-1"}):
            assert client.post(at("settings-work"), wrong).status_code == 422
        client.post(at("settings-work"), {"granted_percent": "10", "touch_minor": "3.50"})
        kept = weights_of(Entity.objects.get(pk=entity.pk))
        assert (kept.granted_percent, kept.touch_minor) == (10, 350)
        enter(client, team["giulia"])
        assert client.post(at("settings-work"), {}).status_code == 403
