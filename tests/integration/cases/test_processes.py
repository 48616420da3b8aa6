"""Processes under change control, and the cases that follow them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import (
    a_claim,
    a_proven_shortage,
    a_team,
    book_in_erp,
    pod,
    propose,
    sign,
)

from concilia.cases.actions import (
    ProcessRefused,
    begin_draft,
    drop_draft,
    edit_draft,
    publish_draft,
    roll_back,
    step_through_texts,
    submit_draft,
    write_draft,
)
from concilia.cases.core.process.editing import Add, Delete
from concilia.cases.core.process.model import Kind
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import Case, ProcessDefinition, ProcessReason, Step
from concilia.cases.queries.processes import (
    process_of,
    processes_of,
    shipped,
    standing_of,
    versions_of,
)
from concilia.claims.actions import (
    ClaimRefused,
    close_claim,
    compute_verdict,
    give_reason,
    withdraw_claim,
)
from concilia.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
LINES = [("PEN-500", "100", "21.60", 2200), ("FRO-350", "50", "27.00", 1000)]
SHORTAGE = shipped()["shortage"].text
QUICK = SHORTAGE.replace("  within: 2 working days\n  if late: escalate", "  within: 4 hours", 1)


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


@pytest.fixture
def admins(world):
    entity = world[0]
    return a_member(entity, "Anna Berti", role="admin"), a_member(entity, "Ugo Sala", role="admin")


def put_in_force(text, admins, at=NOON):
    writer, publisher = admins
    draft = write_draft(text=text, member=writer, at=at)
    submit_draft(key=draft.key, member=writer, at=at)
    return publish_draft(key=draft.key, seen_sha256=draft.sha256, member=publisher, at=at)


def place(claim):
    """Where a claim's case stands: its open steps, or how it ended."""
    standing = standing_of(Case.objects.select_related("process").get(pk=claim.case_id))
    return standing.state.ended or [one.step for one in standing.state.open]


class TestFourEyes:
    def test_written_by_one_published_by_another_and_in_force(self, world, admins):
        entity = world[0]
        row = put_in_force(QUICK, admins)

        assert (row.state, row.version, row.text) == ("PUBLISHED", 1, QUICK)
        assert (row.written_by, row.published_by) == admins
        spoken = ProcessReason.objects.filter(entity=entity).values_list("reason", flat=True)
        assert sorted(spoken) == ["NC-01", "NC-02", "NC-31"]
        acts = AuditEntry.objects.filter(entity_id=entity.pk, subject_type="process").order_by(
            "seq"
        )
        assert [entry.act for entry in acts] == [
            "process.written", "process.submitted", "process.published",
        ]  # fmt: skip

    def test_who_wrote_the_draft_cannot_publish_it(self, admins):
        writer, _publisher = admins
        draft = write_draft(text=QUICK, member=writer, at=NOON)
        submit_draft(key="shortage", member=writer, at=NOON)
        with pytest.raises(ProcessRefused, match="somebody else publishes"):
            publish_draft(key="shortage", seen_sha256=draft.sha256, member=writer, at=NOON)

        with pytest.raises(IntegrityError, match="process_four_eyes"), transaction.atomic():
            ProcessDefinition.objects.filter(pk=draft.pk).update(
                state="PUBLISHED", published_by=writer, published_at=NOON
            )

    def test_nobody_s_draft_is_replaced_unseen(self, admins):
        first, second = admins
        draft = write_draft(text=QUICK, member=first, at=NOON, seen_sha256="")
        newer = write_draft(
            text=QUICK + "# hers\n", member=second, at=NOON, seen_sha256=draft.sha256
        )
        for seen in ("", draft.sha256):
            with pytest.raises(ProcessRefused, match="changed the draft meanwhile"):
                write_draft(text=QUICK + "# his\n", member=first, at=NOON, seen_sha256=seen)
        assert ProcessDefinition.objects.get(state="DRAFT").text.endswith("# hers\n")

        write_draft(text=QUICK + "# his\n", member=first, at=NOON, seen_sha256=newer.sha256)
        assert ProcessDefinition.objects.get(state="DRAFT").text.endswith("# his\n")

    def test_what_is_published_is_what_was_looked_at(self, admins):
        writer, publisher = admins
        draft = write_draft(text=QUICK, member=writer, at=NOON)
        with pytest.raises(ProcessRefused, match="still being written"):
            publish_draft(key="shortage", seen_sha256=draft.sha256, member=publisher, at=NOON)
        submit_draft(key="shortage", member=writer, at=NOON)
        write_draft(text=QUICK + "# one more word\n", member=writer, at=NOON)
        submit_draft(key="shortage", member=writer, at=NOON)
        with pytest.raises(ProcessRefused, match="changed since you opened"):
            publish_draft(key="shortage", seen_sha256=draft.sha256, member=publisher, at=NOON)

    def test_a_draft_with_something_to_put_right_goes_nowhere(self, admins):
        writer, _publisher = admins
        write_draft(
            text=QUICK.replace("skip if: signatures = 0", "skip if: amount < 500.00"),
            member=writer, at=NOON,
        )  # fmt: skip
        with pytest.raises(ProcessRefused, match="1 things"):
            submit_draft(key="shortage", member=writer, at=NOON)

    def test_a_signature_nobody_would_be_asked_for_is_not_published(self, admins):
        writer, _publisher = admins
        own = "  who: department LOG\n  within: 2 working days\n  if late: escalate\n  skip if: sig"
        text = SHORTAGE.replace(own.replace("department LOG", "matrix"), own)
        assert text != SHORTAGE
        write_draft(text=text, member=writer, at=NOON)
        with pytest.raises(ProcessRefused, match="2 things"):
            submit_draft(key="shortage", member=writer, at=NOON)

    def test_only_those_who_may(self, world, admins):
        team = world[2]
        draft = write_draft(text=QUICK, member=admins[0], at=NOON)
        submit_draft(key="shortage", member=admins[0], at=NOON)
        # Who sets the rules signs nothing by them (SoD-6): approvers of no level publish.
        for name in ("giulia", "marco", "marta", "davide"):
            with pytest.raises(ProcessRefused, match="Only administrators write"):
                write_draft(text=QUICK, member=team[name], at=NOON)
            with pytest.raises(ProcessRefused, match="Only administrators publish"):
                publish_draft(key="shortage", seen_sha256=draft.sha256, member=team[name], at=NOON)

    def test_who_wrote_part_of_it_does_not_publish_it(self, admins):
        first, second = admins
        write_draft(text=QUICK, member=second, at=NOON)
        draft = write_draft(text=SHORTAGE + "# mine\n", member=first, at=NOON)
        submit_draft(key="shortage", member=first, at=NOON)
        with pytest.raises(ProcessRefused, match="You wrote part"):
            publish_draft(key="shortage", seen_sha256=draft.sha256, member=second, at=NOON)

    def test_an_older_version_comes_back_by_two_people(self, admins):
        writer, publisher = admins
        put_in_force(QUICK, admins)
        put_in_force(SHORTAGE + "# two\n", admins)
        with pytest.raises(ProcessRefused, match="in force already"):
            roll_back(key="shortage", version=2, member=writer, at=NOON)
        draft = roll_back(key="shortage", version=1, member=writer, at=NOON)
        assert (draft.text, draft.restores, draft.version) == (QUICK, 1, 3)
        with pytest.raises(ProcessRefused, match="somebody else publishes"):
            publish_draft(key="shortage", seen_sha256=draft.sha256, member=writer, at=NOON)
        publish_draft(key="shortage", seen_sha256=draft.sha256, member=publisher, at=NOON)
        roll_back(key="shortage", version=0, member=writer, at=NOON)
        assert ProcessDefinition.objects.get(state="DRAFT").text == SHORTAGE

    def test_what_was_changed_is_taken_back_and_done_again(self, admins):
        writer, other = admins
        draft = begin_draft(key="shortage", version=None, member=writer, at=NOON)
        seen = draft.sha256
        for anchor in ("propose", "answer"):
            draft, step = edit_draft(
                key="shortage", change=Add(Kind.FORM, "", anchor), seen_sha256=draft.sha256,
                member=writer, at=NOON,
            )  # fmt: skip
        assert (step, draft.text_n) == ("form-2", 2)
        with pytest.raises(ProcessRefused, match="changed the draft meanwhile"):
            edit_draft(
                key="shortage", change=Delete("form"), seen_sha256=seen, member=other, at=NOON
            )
        for by, n in ((-1, 1), (-1, 0), (1, 1)):
            draft = step_through_texts(
                key="shortage", by=by, seen_sha256=draft.sha256, member=writer, at=NOON
            )
            assert draft.text_n == n
        assert ("step form:" in draft.text, "step form-2:" in draft.text) == (True, False)
        draft, _step = edit_draft(
            key="shortage", change=Delete("form"), seen_sha256=draft.sha256, member=writer, at=NOON
        )
        assert draft.text == SHORTAGE
        with pytest.raises(ProcessRefused, match="nothing more"):
            step_through_texts(
                key="shortage", by=1, seen_sha256=draft.sha256, member=writer, at=NOON
            )

    def test_another_companys_draft_is_not_seen(self, admins):
        draft = write_draft(text=QUICK, member=admins[0], at=NOON)
        stranger = a_member(an_entity("OTHER"), "Eva Stein", role="admin")
        with pytest.raises(ProcessRefused, match="no draft"):
            publish_draft(key="shortage", seen_sha256=draft.sha256, member=stranger, at=NOON)
        with pytest.raises(ProcessRefused, match="no draft"):
            drop_draft(key="shortage", member=stranger, at=NOON)

    @pytest.mark.parametrize("text", ["", "step a: form", "process Über", "x" * 300_000])
    def test_a_text_that_names_no_process(self, admins, text):
        with pytest.raises(ProcessRefused):
            write_draft(text=text, member=admins[0], at=NOON)


class TestVersions:
    def test_a_published_text_stands(self, admins):
        row = put_in_force(QUICK, admins)
        rows = ProcessDefinition.objects.filter(pk=row.pk)
        for change in ({"text": "x"}, {"version": 9}, {"state": "DRAFT"}, {"written_by": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)
        ProcessReason.objects.filter(process=row).delete()
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            rows.delete()

    def test_a_new_version_retires_the_old_and_reasons_it_leaves_go_back(self, world, admins):
        entity = world[0]
        first = put_in_force(QUICK, admins)
        second = put_in_force(QUICK.replace("NC-01, NC-02, NC-31", "NC-01"), admins)

        first.refresh_from_db()
        assert (first.state, second.version) == ("RETIRED", 2)
        spoken = ProcessReason.objects.filter(entity=entity).values_list("reason", "process")
        assert list(spoken) == [("NC-01", second.pk)]
        assert [row.version for row in versions_of(entity, "shortage")] == [2, 1]

    def test_a_draft_may_be_thrown_away(self, world, admins):
        write_draft(text=QUICK, member=admins[0], at=NOON)
        drop_draft(key="shortage", member=admins[0], at=NOON)

        assert process_of(world[0], "shortage").draft is None

    def test_the_list_counts_the_cases_under_way_by_version(self, world, admins):
        entity, customer, team = world
        a_claim(team["giulia"], an_invoice(customer, LINES))
        put_in_force(QUICK, admins)
        a_claim(team["giulia"], an_invoice(customer, LINES))

        [used] = [one for one in processes_of(entity) if one.cases]
        assert (used.key, used.open_cases) == ("shortage", {0: 1, 1: 1})
        assert len(processes_of(entity)) == len(shipped())


class TestRunning:
    def test_a_case_keeps_the_version_it_began_with(self, world, admins):
        _entity, customer, team = world
        old = a_claim(team["giulia"], an_invoice(customer, LINES))
        put_in_force(QUICK, admins)
        new = a_claim(team["giulia"], an_invoice(customer, LINES))

        assert (old.case.process.version, new.case.process.version) == (0, 1)
        pod(old, team["marco"])
        old.case.refresh_from_db()
        assert old.case.process.version == 0
        assert place(old) == ["propose"]

    def test_the_whole_road(self, world):
        _entity, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer, LINES))
        assert place(claim) == ["pod"]
        pod(claim, team["marco"])
        assert place(claim) == ["propose"]
        decision = propose(claim, team["giulia"])
        assert place(claim) == ["sign"]
        sign(decision, team["marta"])
        assert place(claim) == ["post"]
        book_in_erp(claim)
        assert place(claim) in (["answer"], ["cause"])
        close_claim(claim_id=claim.pk, root_cause="order", member=team["giulia"], at=NOON)
        assert place(claim) == "closed"

    def test_sent_back_proposed_again_and_withdrawn(self, world):
        _entity, customer, team = world
        claim = a_proven_shortage(customer, team)
        assert place(claim) == ["propose"]
        sign(propose(claim, team["giulia"]), team["marta"], SignOutcome.RETURN, "Ask the carrier")
        assert place(claim) == ["propose"]
        propose(claim, team["giulia"])
        assert place(claim) == ["sign"]
        withdraw_claim(claim_id=claim.pk, reason="Found it", member=team["giulia"], at=NOON)
        assert place(claim) == "withdrawn"

    def test_sent_back_once_too_often_is_refused_and_the_signature_still_waits(self, world, admins):
        _entity, customer, team = world
        once = "returned -> papers, at most 1 time\n"
        put_in_force(SHORTAGE.replace("returned -> papers, at most 9 times\n", once), admins)
        claim = a_proven_shortage(customer, team)
        sign(propose(claim, team["giulia"]), team["marta"], SignOutcome.RETURN, "Ask the carrier")
        decision = propose(claim, team["giulia"])
        with pytest.raises(ClaimRefused, match="as often as the process allows"):
            sign(decision, team["marta"], SignOutcome.RETURN, "And again")

        claim.refresh_from_db()
        assert (claim.state, place(claim)) == ("IN_APPROVAL", ["sign"])

    def test_a_paper_that_comes_while_people_sign_brings_it_back(self, world):
        _entity, customer, team = world
        claim = a_proven_shortage(customer, team)
        propose(claim, team["giulia"])
        pod(claim, team["marco"], received="90")

        assert place(claim) == ["propose"]

    def test_another_reason_is_another_process(self, world):
        _entity, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer, LINES))
        give_reason(claim_id=claim.pk, reason="NC-06", member=team["giulia"], at=NOON)
        claim.case.refresh_from_db()
        compute_verdict(claim_id=claim.pk, at=NOON)
        claim.case.refresh_from_db()
        assert claim.case.process.key == "quality"

    def test_a_company_s_own_step_is_in_somebody_s_list_and_its_answer_goes_on(self, world, admins):
        _entity, customer, team = world
        own = (
            "step call: form\n  title en: Call the warehouse\n  who: person marco@example.com\n"
            "  within: 4 hours\n  ask for: pallets\n  done -> test\n\n"
        )
        text = SHORTAGE.replace(
            "  skip if: qualified\n  done -> test", "  skip if: qualified\n  done -> call"
        )
        member = team["marco"]
        member.user.email = "marco@example.com"
        member.user.save()
        put_in_force(text.replace("step test:", own + "step test:"), admins)

        claim = a_claim(team["giulia"], an_invoice(customer, LINES))
        step = Step.objects.get(case=claim.case_id, place="call")
        assert (step.kind, step.assignee, step.question) == (
            "question", member, "Call the warehouse\npallets",
        )  # fmt: skip

    def test_who_is_asked_for_a_paper_is_as_the_process_says(self, world, admins):
        _entity, customer, team = world
        old = "    step pod: evidence POD\n      who: department LOG\n      within: 2 working days"
        assert old in SHORTAGE
        put_in_force(
            SHORTAGE.replace(
                old, old.replace("department LOG", "least-loaded QUA").replace("2", "5")
            ),
            admins,
        )
        claim = a_claim(team["giulia"], an_invoice(customer, LINES))

        step = Step.objects.get(case=claim.case_id, evidence="POD")
        assert step.department == "QUA"
        assert step.due_at - step.opened_at > timedelta(days=4)
