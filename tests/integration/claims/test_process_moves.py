"""Running cases go over to another version: seen before, done in parts, taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.integration.cases.test_processes import LINES, place, put_in_force
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_proven_shortage, a_team, pod, propose, sign

from concilia.cases.actions import ProcessRefused
from concilia.cases.core.process.editing import Add, Delete, edit
from concilia.cases.core.process.migrating import Signatures, Why
from concilia.cases.core.process.model import Kind
from concilia.cases.models import Case, MovedCase, Step
from concilia.cases.queries.process_moves import preview
from concilia.cases.queries.processes import shipped
from concilia.claims.actions import ask_move, ask_move_back, move_cases
from concilia.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
SHORTAGE = shipped()["shortage"].text
POD = "who: department LOG\n      within: 2 working days\n      if late: delegate\n"
SKIP = '      skip if: not missing("POD")'
QUICK = SHORTAGE.replace(POD + SKIP, "who: department QUA\n      within: 4 working days\n" + SKIP)


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


@pytest.fixture
def admins(world):
    entity = world[0]
    return a_member(entity, "Anna Berti", role="admin"), a_member(entity, "Ugo Sala", role="admin")


def moved(source, target, admin, choices=None, seen=1):
    row = ask_move(source_id=source.pk, target_id=target.pk, choices=choices or {}, seen=seen,
                   member=admin, at=NOON)  # fmt: skip
    move_cases(move_id=row.pk, at=NOON)
    row.refresh_from_db()
    return row


def version_of(claim):
    return Case.objects.select_related("process").get(pk=claim.case_id).process.version


class TestMoving:
    def test_seen_moved_and_taken_back(self, world, admins):
        _entity, customer, team = world
        assert QUICK != SHORTAGE
        claim = a_claim(team["giulia"], an_invoice(customer, LINES))
        source = claim.case.process
        asked = Step.objects.get(case=claim.case_id, evidence="POD")
        target = put_in_force(QUICK, admins)
        [crowd] = preview(source=source, target=target, choices={}, at=NOON)
        assert (crowd.n, crowd.why, [one.step.id for one in crowd.lands]) == (1, None, ["pod"])
        assert (crowd.lands[0].was.who.name, crowd.lands[0].step.who.name) == ("LOG", "QUA")

        move = moved(source, target, admins[0])
        assert (move.state, move.moved, move.stayed) == ("DONE", 1, 0)
        assert (version_of(claim), place(claim)) == (1, ["pod"])
        now = Step.objects.get(pk=asked.pk)
        assert (now.state, now.department, asked.department) == ("OPEN", "QUA", "LOG")
        assert now.due_at > asked.due_at
        assert AuditEntry.objects.filter(act="case.moved").count() == 1
        move_cases(move_id=move.pk, at=NOON)  # a job may run twice
        assert MovedCase.objects.count() == 1

        ask_move_back(move_id=move.pk, member=admins[0], at=NOON)
        move_cases(move_id=move.pk, at=NOON)
        move.refresh_from_db()
        assert (move.state, move.returned, version_of(claim)) == ("UNDONE", 1, 0)
        back = Step.objects.get(pk=asked.pk)
        assert (back.department, back.due_at) == ("LOG", asked.due_at)

    def test_what_went_on_since_does_not_go_back(self, world, admins):
        _entity, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer, LINES))
        source = claim.case.process
        move = moved(source, put_in_force(QUICK, admins), admins[0])
        claim.case.refresh_from_db()
        pod(claim, team["marco"])
        ask_move_back(move_id=move.pk, member=admins[0], at=NOON)
        move_cases(move_id=move.pk, at=NOON)
        assert (version_of(claim), place(claim)) == (1, ["propose"])
        assert MovedCase.objects.get().why == "went-on"

    def test_what_cannot_be_found_again_stays_or_goes_where_it_is_told(self, world, admins):
        _entity, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer, LINES))
        source = claim.case.process
        target = put_in_force(edit(SHORTAGE, Delete("pod")).text, admins)
        move = moved(source, target, admins[0])
        assert (move.moved, move.stayed, version_of(claim)) == (0, 1, 0)
        assert MovedCase.objects.get().why == Why.STEP_GONE
        moved(source, target, admins[0], {"pod": "propose"})
        assert (version_of(claim), place(claim)) == (1, ["propose"])
        assert not Step.objects.filter(case=claim.case_id, state="OPEN", evidence="POD").exists()

    def test_signatures_for_something_else_fall_and_it_is_proposed_again(self, world, admins):
        _entity, customer, team = world
        claim = a_proven_shortage(customer, team)
        source = claim.case.process
        propose(claim, team["giulia"])
        target = put_in_force(edit(SHORTAGE, Add(Kind.PROPOSE, "", "propose")).text, admins)
        [crowd] = preview(source=source, target=target, choices={}, at=NOON)
        assert crowd.signatures is Signatures.FALL
        moved(source, target, admins[0])

        claim.refresh_from_db()
        assert (claim.state, place(claim), version_of(claim)) == (
            "INVESTIGATING",
            ["propose"],
            1,
        )
        assert not claim.case.approvals.filter(state="OPEN").exists()

    def test_signatures_for_the_same_stay(self, world, admins):
        _entity, customer, team = world
        claim = a_proven_shortage(customer, team)
        source = claim.case.process
        decision = propose(claim, team["giulia"])
        moved(source, put_in_force(edit(SHORTAGE, Delete("cause")).text, admins), admins[0])
        claim.refresh_from_db()
        assert (claim.state, place(claim)) == ("IN_APPROVAL", ["sign"])
        sign(decision, team["marta"])
        assert place(claim) == ["post"]

    def test_only_administrators_and_only_what_was_seen(self, world, admins):
        _entity, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer, LINES))
        source, target = claim.case.process, put_in_force(QUICK, admins)
        with pytest.raises(ProcessRefused, match="Only administrators"):
            moved(source, target, team["davide"])
        with pytest.raises(ProcessRefused, match="other cases now"):
            moved(source, target, admins[0], seen=2)
        with pytest.raises(ProcessRefused, match="in force"):
            moved(target, source, admins[0])


class TestPages:
    def test_it_is_looked_at_chosen_and_done(self, world, admins, client):
        _entity, customer, team = world
        a_claim(team["giulia"], an_invoice(customer, LINES))
        put_in_force(edit(SHORTAGE, Delete("pod")).text, admins)
        client.force_login(admins[0].user)
        page = reverse("desk:process-move", args=["shortage"])
        seen = client.get(page).content.decode()
        assert "its step is not in the new version" in seen
        assert 'name="choose-pod"' in seen
        assert "1 case moves" in client.get(page + "?choose-pod=propose").content.decode()
        done = client.post(page, {"seen": "1", "choose-pod": "propose"})
        assert client.get(done["Location"]).status_code == 200
        assert client.post(page, {"seen": "7", "choose-pod": "\x00" * 50}).status_code == 200
        client.force_login(team["davide"].user)
        assert client.get(page).status_code == 403
