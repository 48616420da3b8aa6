"""Real workers die by SIGKILL while a released run goes out: everybody hears once, or is named."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.world import carrier as carriers
from tests.world import smtp
from tests.world.builders import a_customer, a_member, an_entity, an_open_item
from tests.world.workers import Fleet, wait_until

from concilia.correspondence.actions import TextDraft, change_texting
from concilia.correspondence.models import Delivery, Message
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions import (
    NewContactTerms,
    plan_run,
    publish_strategy,
    set_contact_terms,
    sign_run,
    write_strategy_draft,
)
from concilia.dunning.models import ContactMade, Run, RunTouch
from concilia.identity.models import Entity, Membership
from concilia.interfaces.cli.worker import JOBS_AT_A_TIME

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS_MAX = 300  # of a machine that has much else to do
CUSTOMERS, KILLS = 60, 4


def test_everybody_hears_once_by_mail(transactional_db: None, tmp_path: Path, monkeypatch):
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


def test_nobody_hears_twice_by_short_message(transactional_db: None, tmp_path: Path, monkeypatch):
    """Carriers send twice what they take twice: what was in hand as a worker died is named."""
    monkeypatch.setattr("concilia.dunning.actions.run_sending.CHUNK", 7)
    entity = an_entity()
    marta = a_member(entity, "Marta Conti", role="approver", level=2)
    due = timezone.localdate() - timedelta(days=20)
    with carriers.running() as carrier:
        _send_by(carrier, entity, marta)
        for n in range(CUSTOMERS):
            customer = a_customer(entity, f"Ms {n}", country="US", language="en", vat_number="")
            Contact.objects.filter(customer=customer).update(phone=f"+1202555{n:04}")
            _lives_where_it_is_noon(customer, marta)
            an_open_item(customer, 50_000, due_date=due)
        run = plan_run(entity=entity, at=timezone.now())
        assert run.touches.count() == CUSTOMERS
        fleet = Fleet(count=2, home=tmp_path)
        try:
            sign_run(run_id=run.pk, by=marta, at=timezone.now())
            for n in range(KILLS):
                seen = len(carrier.texts)
                wait_until(lambda seen=seen: len(carrier.texts) > seen, seconds=60, look_every=0.02)
                time.sleep(0.2 * n)
                fleet.kill(n % 2)
            assert wait_until(lambda: _is_over(run), seconds=SECONDS_MAX), fleet.log()[-3000:]
        finally:
            fleet.stop()

    _everybody_is_accounted_for(run, Counter(text["To"] for text in carrier.texts))


def _everybody_is_accounted_for(run: Run, heard: Counter[str]) -> None:
    entity = run.entity
    assert RunTouch.objects.filter(run=run, way="sms", state="QUEUED").count() == CUSTOMERS
    assert ContactMade.objects.filter(entity=entity, channel="SMS").count() == CUSTOMERS
    assert max(heard.values()) == 1
    named = Message.objects.filter(entity=entity, state="FAILED")
    assert all("not sent twice" in message.error for message in named)
    assert named.count() <= KILLS * JOBS_AT_A_TIME
    sent = Message.objects.filter(entity=entity, state="SENT")
    assert sent.count() + named.count() == CUSTOMERS
    assert {message.recipient for message in sent} <= set(heard)
    assert Delivery.objects.exclude(reference="").count() == sent.count()


def _send_by(carrier: carriers.Carrier, entity: Entity, marta: Membership) -> None:
    admin, at = a_member(entity, "Anna Villa", role="admin"), timezone.now()
    values = {name: str(value) for name, value in carrier.values.items()}
    texts = TextDraft(is_on=True, gateway="twilio", values=values)
    change_texting(draft=texts, by=admin, at=at)
    sheet = "name Short\nrule all -> b2b\nplan b2b\n  3 sms T1 reminder\n"
    draft = write_strategy_draft(sheet=sheet, why="", by=marta, at=at)
    publish_strategy(seen_sha256=draft.sha256, by=admin, at=at)


def _lives_where_it_is_noon(customer: Customer, by: Membership) -> None:
    """American consumers may be written to on every day of the week, from eight to nine."""
    now = timezone.now()
    ahead = 12 - now.astimezone(UTC).hour
    zone = f"Etc/GMT{-ahead:+d}"
    terms = NewContactTerms(customer_id=customer.pk, time_zone=zone)
    set_contact_terms(new=terms, by=by, at=now)


def _is_over(run: Run) -> bool:
    over = Message.objects.filter(entity=run.entity, lane="out", state__in=["SENT", "FAILED"])
    return over.count() == CUSTOMERS


def _is_done(run: Run) -> bool:
    sent = Message.objects.filter(entity=run.entity, lane="out", state="SENT").count()
    return sent == CUSTOMERS and Run.objects.filter(pk=run.pk, state="DONE").exists()
