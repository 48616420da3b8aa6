"""Real workers die by SIGKILL while a released run goes out: everybody hears once, by real mail."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.world import smtp
from tests.world.builders import a_customer, a_member, an_entity, an_open_item
from tests.world.workers import Fleet, wait_until

from concilia.correspondence.models import Message
from concilia.dunning.actions import plan_run, sign_run
from concilia.dunning.models import ContactMade, Run, RunTouch

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS_MAX = 300  # of a machine that has much else to do
CUSTOMERS, KILLS = 60, 4


def test_everybody_hears_once(transactional_db: None, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("concilia.dunning.actions.run_sending.CHUNK", 7)
    entity = an_entity()
    marta = a_member(entity, "Marta Conti", role="approver", level=2)
    due = timezone.localdate() - timedelta(days=20)
    for n in range(CUSTOMERS):
        an_open_item(a_customer(entity, f"Bottega {n}", vat_number="IT1"), 50_000, due_date=due)
    run = plan_run(entity=entity, at=timezone.now())
    with smtp.running() as post:
        fleet = Fleet(
            count=2,
            home=tmp_path,
            CONCILIA_SMTP_HOST=post.host,
            CONCILIA_SMTP_PORT=str(post.port),
            CONCILIA_SMTP_SECURITY="none",
        )
        try:
            sign_run(run_id=run.pk, by=marta, at=timezone.now())
            for n in range(KILLS):
                seen = len(post.mails)
                wait_until(lambda seen=seen: len(post.mails) > seen, seconds=60, look_every=0.02)
                time.sleep(0.2 * n)
                fleet.kill(n % 2)
            assert wait_until(lambda: _is_done(run), seconds=SECONDS_MAX), fleet.log()[-3000:]
        finally:
            fleet.stop()

    assert RunTouch.objects.filter(run=run, state="QUEUED").count() == CUSTOMERS
    assert Message.objects.filter(entity=entity, lane="out").count() == CUSTOMERS
    assert ContactMade.objects.filter(entity=entity).count() == CUSTOMERS
    names = {(mail["To"], mail["Message-ID"]) for mail in post.mails}
    # A mail whose receipt was lost with the worker leaves again under its own name, and no other.
    assert Counter(to for to, _name in names).most_common(1)[0][1] == 1
    assert len(names) == CUSTOMERS
    assert all("500,00" in mail.get_body(("plain",)).get_content() for mail in post.mails)
    assert all("/k/" in mail.get_body(("plain",)).get_content() for mail in post.mails)


def _is_done(run: Run) -> bool:
    sent = Message.objects.filter(entity=run.entity, lane="out", state="SENT").count()
    return sent == CUSTOMERS and Run.objects.filter(pk=run.pk, state="DONE").exists()
