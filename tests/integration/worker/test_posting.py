"""Settlements on their way into the ERP, through the folder connector and a worker that dies."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.world.builders import NOON, a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team, books_hold, propose, sign
from tests.world.jobs import jobs_waiting, run_jobs

from concilia.claims.core.decisions import Choice
from concilia.claims.models import Claim
from concilia.foundation.jobs import defer
from concilia.identity.models import Entity
from concilia.interfaces.worker.housekeeping import take_up_due_postings
from concilia.ledger.actions import mark_sent
from concilia.ledger.models import Posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity(tmp_path: Path) -> Entity:
    return an_entity(erp_settings={"folder": str(tmp_path)})


@pytest.fixture
def posting(entity: Entity) -> Posting:
    """A claim granted and signed; its credit note waits to be posted."""
    team = a_team(entity)
    claim = a_claim(team["giulia"], an_invoice(a_customer(entity)))
    sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])
    return Posting.objects.get()


def acknowledge(folder: Path, posting: Posting, **answer: str) -> None:
    path = folder / "ack" / f"{posting.external_ref}.ack.json"
    path.write_text(json.dumps({"status": "posted", "number": "NC-17"} | answer))


def handed_over(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "out").iterdir())


class TestPosting:
    def test_the_files_are_handed_over_and_the_answer_waited_for(self, posting, tmp_path):
        run_jobs(at=NOON)

        posting.refresh_from_db()
        assert (posting.state, posting.error) == ("SENT", "")
        assert posting.next_attempt_at == NOON + timedelta(minutes=1)
        assert f"{posting.external_ref}.json" in handed_over(tmp_path)

    def test_the_answer_is_found_and_the_claim_goes_on(self, posting, tmp_path, entity):
        run_jobs(at=NOON)
        acknowledge(tmp_path, posting)
        later = NOON + timedelta(minutes=1)

        take_up_due_postings(at=later)
        run_jobs(at=later)

        posting.refresh_from_db()
        assert (posting.state, posting.erp_number, posting.posted_at) == ("POSTED", "NC-17", later)
        assert Claim.objects.get().state != "POSTING"
        books_hold(entity)

    def test_a_refusal_waits_for_a_person(self, posting, tmp_path):
        run_jobs(at=NOON)
        acknowledge(tmp_path, posting, status="rejected", reason="The period is closed")
        later = NOON + timedelta(minutes=1)

        take_up_due_postings(at=later)
        run_jobs(at=later)

        posting.refresh_from_db()
        assert (posting.state, posting.error) == ("REJECTED", "The period is closed")
        assert Claim.objects.get().state == "POSTING_FAILED"

    def test_not_due_yet_is_left_alone(self, posting):
        run_jobs(at=NOON)

        take_up_due_postings(at=NOON + timedelta(seconds=59))

        assert jobs_waiting() == []


class TestDeath:
    def test_killed_before_the_call_it_is_looked_up_and_sent(self, posting, tmp_path):
        mark_sent(posting_id=posting.pk)  # and the worker died

        run_jobs(at=NOON)

        posting.refresh_from_db()
        assert posting.state == "SENT"
        assert len(handed_over(tmp_path)) == 3

    def test_killed_after_the_call_it_is_not_sent_again(self, posting, tmp_path):
        run_jobs(at=NOON)
        for path in (tmp_path / "out").iterdir():
            path.unlink()  # the other system took the files

        defer("concilia.post_to_erp", posting_id=posting.pk)
        run_jobs(at=NOON)

        assert handed_over(tmp_path) == []


class TestTrouble:
    def test_an_unmounted_folder_is_tried_again(self, posting, tmp_path):
        gone = tmp_path.with_name(f"{tmp_path.name}-gone")
        tmp_path.rename(gone)
        run_jobs(at=NOON)
        posting.refresh_from_db()
        assert (posting.state, posting.next_attempt_at) == ("PENDING", NOON + timedelta(minutes=1))
        assert "there is no such folder" in posting.error
        gone.rename(tmp_path)
        later = NOON + timedelta(minutes=1)

        take_up_due_postings(at=later)
        run_jobs(at=later)

        assert len(handed_over(tmp_path)) == 3

    def test_settings_that_cannot_work_wait_for_a_person(self, posting, entity):
        Entity.objects.update(erp_settings={})

        run_jobs(at=NOON)

        posting.refresh_from_db()
        assert (posting.state, posting.next_attempt_at) == ("REJECTED", None)
        assert posting.error.startswith("Folder: ")

    def test_settings_that_break_while_it_is_in_doubt_leave_the_doubt(self, posting, entity):
        mark_sent(posting_id=posting.pk)  # and the worker died
        Entity.objects.update(erp_settings={})

        run_jobs(at=NOON)

        posting.refresh_from_db()
        assert posting.state == "UNKNOWN"
