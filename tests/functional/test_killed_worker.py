"""
Nothing is lost and nothing is done twice, however often the workers are killed.

Five hundred inputs (a mailbox, a folder, bank files) and twenty signed credit notes; two workers,
one or both of which die by SIGKILL at random moments, over and over; then everything is counted.
The moments are random in the work, not in time: however fast the machine is, something is cut off.
"""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from tests.world import dovecot, smtp
from tests.world.builders import NOON, a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team, books_hold, propose, sign
from tests.world.inputs import CREDITS_A_FILE, Input, customers_with_invoices, some_post
from tests.world.smtp import MailServer
from tests.world.workers import Fleet, wait_until

from concilia.cases.models import NoticeDelivery
from concilia.cash.models import Match
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.documents.models import Document, Reading
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Entity
from concilia.intake.actions import MailboxDraft, connect_mailbox, watch_folder
from concilia.intake.models import Arrival
from concilia.interfaces.worker.tasks import ROUNDS
from concilia.ledger.models import Posting
from concilia.receivables.models import BankEntry

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 20_261_119
INPUTS = 500
CREDIT_NOTES = 20
KILLS = 8
# Each input is work twice: it is received, and it is read. Killing ends before the work does.
STEPS_BETWEEN_MAX = INPUTS * 2 // KILLS
PATIENCE_SECONDS = 20.0  # with workers that start, or wait for what died workers held
SECONDS_MAX = 600  # of a machine that has much else to do; alone it takes one or two minutes
BUSY = """
    SELECT count(*) FROM procrastinate_jobs
    WHERE status IN ('todo', 'doing') AND task_name <> ALL(%s)
    AND task_name NOT IN ('concilia.poll_mailbox', 'concilia.poll_folder')
"""


@dataclass
class OtherSystem:
    """Takes the files out of the ERP's folder, answers each, and counts what it was given."""

    folder: Path
    handed_over: Counter[str] = field(default_factory=Counter)
    is_over: bool = False

    def work(self) -> None:
        """This will take and answer until it is over."""
        while not self.is_over:
            for path in list((self.folder / "out").glob("*.json")):
                self.handed_over[path.stem] += 1
                for each in (self.folder / "out").glob(f"{path.stem}.*"):
                    each.unlink()
            time.sleep(0.05)

    def answer_beforehand(self, reference: str) -> None:
        """This will have the answer lie there already when the question comes."""
        (self.folder / "ack").mkdir(exist_ok=True)
        path = self.folder / "ack" / f"{reference}.ack.json"
        path.write_text(f'{{"status": "posted", "number": "NC-{reference[-6:]}"}}')


@dataclass
class World:
    """Who and what takes part."""

    entity: Entity
    post: list[Input]
    erp: OtherSystem
    mail_server: MailServer
    home: Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    if dovecot.available() is None:
        pytest.skip("no Dovecot on this machine")
    erp_folder = tmp_path / "erp"
    erp_folder.mkdir()
    with ExitStack() as stack:
        entity = an_entity(erp_settings={"folder": str(erp_folder)})
        erp = OtherSystem(erp_folder)
        _sign_credit_notes(entity, erp)
        post = some_post(customers_with_invoices(entity, 25, 17), INPUTS)
        _deliver(entity, post, stack.enter_context(dovecot.running()), tmp_path / "post")
        thread = threading.Thread(target=erp.work)
        thread.start()
        try:
            mail_server = stack.enter_context(smtp.running())
            home = tmp_path / "home"
            home.mkdir()
            yield World(entity=entity, post=post, erp=erp, mail_server=mail_server, home=home)
        finally:
            erp.is_over = True
            thread.join()


def _sign_credit_notes(entity: Entity, erp: OtherSystem) -> None:
    team = a_team(entity)
    for n in range(CREDIT_NOTES):
        customer = a_customer(entity, f"Supermercati Alfa {n} S.p.A.")
        claim = a_claim(team["giulia"], an_invoice(customer))
        sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])
    for posting in Posting.objects.all():
        erp.answer_beforehand(posting.external_ref)


def _deliver(entity: Entity, post: list[Input], server: dovecot.ImapServer, folder: Path) -> None:
    """Mails into two mailboxes, some into both; files into the folder, some of them twice."""
    member = a_team(entity)["carla"]
    folder.mkdir()
    for n, each in enumerate(post):
        if each.is_mail:
            server.deliver(f"credit{n % 2}", each.content)
            if n % 20 == 0:
                server.deliver(f"credit{1 - n % 2}", each.content)
        else:
            (folder / each.filename).write_bytes(each.content)
            if n % 20 == 1:
                shutil.copy(folder / each.filename, folder / f"again-{each.filename}")
    for user in ("credit0", "credit1"):
        draft = MailboxDraft(
            host=server.host,
            port=server.plain_port,
            security="none",
            username=user,
            password=dovecot.PASSWORD,
        )
        connect_mailbox(draft=draft, member=member, at=NOON)
    watch_folder(path=str(folder), member=member, at=NOON)


def _is_all_done() -> bool:
    if Arrival.objects.count() < INPUTS or Arrival.objects.filter(state="RECEIVED").exists():
        return False
    if Posting.objects.exclude(state="POSTED").exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute(BUSY, [list(ROUNDS)])
        return cursor.fetchone()[0] == 0


def _kill_and_wait(world: World) -> Fleet:
    chance = random.Random(SEED)
    fleet = Fleet(
        count=2,
        home=world.home,
        CONCILIA_SMTP_HOST=world.mail_server.host,
        CONCILIA_SMTP_PORT=str(world.mail_server.port),
        CONCILIA_SMTP_SECURITY="none",
    )
    started = time.monotonic()
    try:
        for _ in range(KILLS):
            _wait_for_some_work(chance)
            for which in chance.choice(([0], [1], [0, 1])):
                fleet.kill(which)
        left = SECONDS_MAX - (time.monotonic() - started)
        assert wait_until(_is_all_done, seconds=left), _what_is_missing(fleet)
    finally:
        fleet.stop()
    return fleet


def _wait_for_some_work(chance: random.Random) -> None:
    wanted = _steps_done() + chance.randrange(1, STEPS_BETWEEN_MAX)
    wait_until(lambda: _steps_done() >= wanted, seconds=PATIENCE_SECONDS, look_every=0.05)
    time.sleep(chance.uniform(0, 0.3))


def _steps_done() -> int:
    return Arrival.objects.count() + Arrival.objects.exclude(state="RECEIVED").count()


def _what_is_missing(fleet: Fleet) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2"
        )
        jobs = cursor.fetchall()
    arrivals = Counter(Arrival.objects.values_list("state", "outcome"))
    postings = Counter(Posting.objects.values_list("state", flat=True))
    return f"{arrivals}\n{postings}\n{jobs}\n{fleet.log()[-3000:]}"


def test_killed_workers_lose_nothing_and_do_nothing_twice(world):
    fleet = _kill_and_wait(world)

    assert fleet.kills >= KILLS
    _every_input_is_one_document(world)
    _every_claim_has_one_cause(world)
    _money_moved_once(world)
    _letters_left_once(world)
    books_hold(world.entity)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'failed'")
        assert cursor.fetchall() == [], fleet.log()[-3000:]


def _every_input_is_one_document(world: World) -> None:
    assert Arrival.objects.count() == Document.objects.filter(parent=None).count() == INPUTS
    assert not Arrival.objects.filter(document=None).exists()
    assert not Arrival.objects.filter(state__in=["RECEIVED", "FAILED"]).exists()
    assert Reading.objects.count() == Document.objects.count()
    mails = sum(each.is_mail for each in world.post)
    assert Message.objects.filter(lane="in").count() == mails
    for act in ("arrival.stored", "document.read"):
        subjects = AuditEntry.objects.filter(act=act).values_list("subject_id", flat=True)
        assert len(subjects) == len(set(subjects)) == INPUTS, act


def _every_claim_has_one_cause(world: World) -> None:
    opened = Arrival.objects.filter(outcome="claim_opened").count()
    assert opened > INPUTS // 4
    assert Claim.objects.exclude(document=None).count() == opened
    cases = AuditEntry.objects.filter(act="claim.opened").values_list("subject_id", flat=True)
    assert len(cases) == len(set(cases)) == Claim.objects.count()


def _money_moved_once(world: World) -> None:
    files = sum(each.kind == "bank_file" for each in world.post)
    assert BankEntry.objects.count() == CREDITS_A_FILE * files
    live = Match.objects.filter(state__in=["POSTED", "PROPOSED", "OPEN"])
    assert live.count() == live.values("bank_entry").distinct().count() == CREDITS_A_FILE * files
    assert Posting.objects.filter(state="POSTED").count() == CREDIT_NOTES
    references = set(Posting.objects.values_list("external_ref", flat=True))
    assert world.erp.handed_over == Counter(dict.fromkeys(references, 1))


def _letters_left_once(world: World) -> None:
    """A worker killed at the wrong moment sends a letter again, under the same Message-ID."""
    written = Message.objects.filter(lane__in=["out", "team"]).exclude(state="WITHHELD")
    assert not written.exclude(state="SENT").exists()
    arrived = {str(mail["Message-ID"]) for mail in world.mail_server.mails}
    notices = {each for each in arrived if each.startswith("<notice.")}
    assert arrived - notices == set(written.values_list("message_id", flat=True))
    told = NoticeDelivery.objects.filter(channel="email")
    assert not told.exclude(state="SENT").exists()
    assert len(notices) == told.count()
    assert len(world.mail_server.mails) <= len(arrived) + KILLS * 4
