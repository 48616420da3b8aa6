"""The pages of those who sign: what waits, what is alike, whom one leaves it to, emergencies."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity
from tests.world.claims import a_proven_shortage, a_team, propose

from concilia.cases.models import ApprovalBatch, ApprovalOverride, ApprovalSeat
from concilia.claims.actions.bulk_signing import lay_together
from concilia.claims.actions.overriding import OverrideRefused, override_approval
from concilia.claims.core.decisions import Outcome
from concilia.claims.models import Claim
from concilia.claims.queries.authority import Asked
from concilia.claims.queries.outlook import planned_route
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Delegation
from concilia.interfaces.desk.signature_words import change_sentence, route_sentence

pytestmark = pytest.mark.django_db
PAGE = reverse("desk:signatures")


@pytest.fixture
def entity():
    return an_entity()


@pytest.fixture
def team(entity):
    return dict(a_team(entity))


@pytest.fixture
def claim(entity, team):
    return a_proven_shortage(a_customer(entity), team)


@pytest.fixture
def desk(client, team):
    client.force_login(team["marta"].user)
    return client


def says(answer):
    return " ".join(answer.content.decode().split())


class TestWaiting:
    def test_is_listed_alone_and_alike(self, desk, entity, team, claim):
        assert "Nothing waits for your signature." in says(desk.get(PAGE))
        propose(claim, team["giulia"])
        page = says(desk.get(PAGE))
        assert claim.case.number in page
        assert "Lay together" not in page
        for n in range(6):
            more = a_proven_shortage(a_customer(entity, f"Payer {n}"), team)
            propose(more, team["giulia"])
        page = says(desk.get(PAGE))
        assert "7 wait for you" in page
        assert "100 to 500" in page
        key = ApprovalSeat.objects.first()
        assert key is not None
        alike = "NC-01.PARTLY_VALID.APPROVE_CLAIM.1"
        laid = desk.post(reverse("desk:signatures-lay"), {"alike": alike})
        batch = ApprovalBatch.objects.get()
        assert laid.url == reverse("desk:batch", args=[batch.pk])
        shown = says(desk.get(laid.url))
        assert "0 of 5 judged" in shown
        sample = batch.items.filter(is_sample=True).first().seat
        judged = desk.post(
            reverse("desk:claim-sign", args=[Claim.objects.get(case=sample.request.case_id).pk]),
            {"seat": sample.pk, "outcome": "APPROVE", "batch": batch.pk},
        )
        assert judged.url == laid.url
        assert "1 of 5 judged" in says(desk.get(laid.url))
        too_soon = desk.post(reverse("desk:batch-sign", args=[batch.pk]), follow=True)
        assert "Judge the sample first: 4 are left." in says(too_soon)

    def test_a_batch_is_its_maker_s_alone(self, client, entity, team):
        batch = ApprovalBatch.objects.create(
            entity=entity, member=team["marta"], alike="NC-01.VALID.APPROVE_CLAIM.1",
            seed="x", made_at=NOON,
        )  # fmt: skip
        client.force_login(team["davide"].user)
        assert client.get(reverse("desk:batch", args=[batch.pk])).status_code == 404
        assert client.post(reverse("desk:batch-sign", args=[batch.pk])).status_code == 404
        client.force_login(team["giulia"].user)
        assert client.get(PAGE).status_code == 403


class TestLeaving:
    def test_is_told_to_both_and_taken_back(self, desk, client, team):
        fields = {
            "delegate": team["davide"].pk,
            "starts": TODAY.isoformat(),
            "ends": TODAY.replace(year=TODAY.year + 1).isoformat(),
            "reason": "Fair in Parma",
        }
        refused = desk.post(reverse("desk:signature-leave"), fields)
        assert refused.status_code == 422
        assert "At most 60 days" in says(refused)
        assert 'value="Fair in Parma"' in says(refused)
        bad = desk.post(reverse("desk:signature-leave"), fields | {"limit": "much"})
        assert "“much” is no amount." in says(bad)
        row = Delegation.objects.create(
            entity=team["marta"].entity, member=team["marta"], delegate=team["davide"],
            starts_date=TODAY, ends_date=TODAY.replace(year=TODAY.year), reason="Fair",
            given_at=NOON,
        )  # fmt: skip
        Delegation.objects.update(ends_date=TODAY)
        assert desk.post(reverse("desk:signature-back", args=[row.pk])).status_code == 302
        row.refresh_from_db()
        assert row.ended_at
        client.force_login(team["carla"].user)
        assert client.post(reverse("desk:signature-back", args=[row.pk])).status_code == 404


class TestTheWayInWords:
    def way(self, claim, team, granted):
        asked = Asked(
            outcome=Outcome.APPROVED,
            approved_minor=granted,
            denied_minor=0,
            requester=team["giulia"].pk,
        )
        return planned_route(claim=claim, asked=asked, at=NOON)

    def test_says_who_and_why(self, claim, team):
        route = self.way(claim, team, claim.claimed_minor)
        assert route_sentence(route) == "You, then Marta Conti (Team lead)."
        big = self.way(claim, team, 400_000)
        assert route_sentence(big) == (
            "You, then Marta Conti (Team lead), then Davide Rossi (Department head), "
            "because it is more than 2,500."
        )
        assert change_sentence(big) == "Up to 2,500.00 fewer people sign."

    def test_is_on_the_page_before_anybody_is_asked(self, client, claim, team):
        client.force_login(team["giulia"].user)
        page = says(client.get(reverse("desk:claim", args=[claim.pk])))
        assert "You, then Marta Conti (Team lead)." in page
        assert "Who signs, in order" in page


class TestPastTheRules:
    def test_takes_two_of_level_five_and_is_reported(self, client, entity, team, claim):
        enzo = a_member(entity, "Enzo Villa", role="approver", level=5)
        rita = a_member(entity, "Rita Sala", role="approver", level=6)
        decision = propose(claim, team["giulia"])
        told = {"claim_id": claim.pk, "reason": "The customer stops the line", "at": NOON}
        with pytest.raises(OverrideRefused, match="level 5"):
            override_approval(member=team["carla"], **told)
        with pytest.raises(OverrideRefused, match="cannot wait"):
            override_approval(member=enzo, **told | {"reason": "now"})
        override_approval(member=enzo, **told)
        with pytest.raises(OverrideRefused, match="second person"):
            override_approval(member=enzo, **told)
        claim.refresh_from_db()
        assert claim.decided_at is None
        client.force_login(rita.user)
        page = says(client.get(reverse("desk:claim", args=[claim.pk])))
        assert "Enzo Villa asks for it:" in page
        client.post(reverse("desk:claim-override", args=[claim.pk]))
        claim.refresh_from_db()
        decision.refresh_from_db()
        assert (claim.decided_at is not None, decision.state) == (True, "APPROVED")
        entry = AuditEntry.objects.get(act="decision.overridden")
        assert (entry.data["first"], entry.data["second"]) == ("Enzo Villa", "Rita Sala")
        assert ApprovalOverride.objects.get().second_by == rita
        client.force_login(a_member(entity, "Aldo Bo", role="auditor").user)
        report = says(client.get(reverse("desk:overrides")))
        assert "The customer stops the line" in report
        assert not ApprovalSeat.objects.filter(is_open=True).exists()

    def test_a_batch_needs_enough_that_are_alike(self, team, claim):
        propose(claim, team["giulia"])
        with pytest.raises(Exception, match="Too few"):
            lay_together(alike="NC-01.PARTLY_VALID.APPROVE_CLAIM.1", member=team["marta"], at=NOON)
