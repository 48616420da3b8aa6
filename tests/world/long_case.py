"""
A company whose own process takes a shortage through fourteen steps, and the people who walk them.

Supermercati Rossi claim twelve cartons. Giulia has the case, Marco the loading papers; Luca sells
to them and is away (Nora stands in); Marta signs by the limits, Enzo, the CFO, what is granted.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone
from PIL import Image, ImageDraw
from tests.world import dovecot, smtp
from tests.world.builders import a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_team
from tests.world.dovecot import ImapServer
from tests.world.inbox import a_pdf
from tests.world.jobs import run_jobs
from tests.world.mails import a_mail
from tests.world.own_process import put_in_force
from tests.world.smtp import MailServer

from concilia.cases.models import Case
from concilia.customers.models import Customer
from concilia.identity.models import Absence, Entity, Membership
from concilia.intake.actions import MailboxDraft, connect_mailbox
from concilia.interfaces.worker.clocks import run_clocks
from concilia.interfaces.worker.housekeeping import take_up_due_postings
from concilia.interfaces.worker.mailboxes import poll_mailboxes
from concilia.interfaces.worker.notices import deliver_notices
from concilia.ledger.models import Posting
from concilia.receivables.models import Invoice

MAILBOX = "reclami"
WRITER = "p.rinaldi@supermercatirossi.example"
RESERVE = "mancano 8 cartoni PEN-500"
NUMBER_IN_ERP = "NC-2026-017"
STEPS = 14
PROCESS = """\
process shortage
title en: Shortage, the long way
title it: Ammanco, la via lunga
for NC-01, NC-02, NC-31

step check: qualify
  who: department CRD
  within: 1 working day
  skip if: qualified
  done -> test

step test: verdict
  who: system
  done -> together-ask

together together-ask
  branch
    step pod: evidence POD
      title en: The signed delivery note
      title it: La bolla firmata
      who: person {marco}
      within: 2 working days
      skip if: not missing("POD")
      done -> next
    step tally: form
      title en: How many cartons were loaded?
      title it: Quanti cartoni sono stati caricati?
      who: person {marco}
      within: 2 working days
      done -> next
  branch
    step promise: form
      title en: Did we promise them anything?
      title it: Abbiamo promesso qualcosa al cliente?
      who: account-owner
      within: 2 working days
      done -> next
    step receipt: ask-customer
      title en: Ask for their goods receipt
      title it: Chiedere il loro documento di ricezione
      who: owner
      within: 3 working days
      clock: customer
      done -> next
  join: all
    met -> tell

step tell: inform
  title en: A shortage of your customer is checked
  title it: Un ammanco del tuo cliente è verificato
  who: department SAL
  done -> propose

step propose: propose
  who: owner
  within: 1 working day
  done -> sign

step sign: approval
  who: matrix
  within: 2 working days
  if late: escalate
  skip if: signatures = 0
  approved -> chief
  returned -> propose, at most 9 times
  rejected -> propose, at most 9 times

step chief: approval
  who: person {enzo}
  within: 2 working days
  skip if: verdict = "NOT_VALID"
  approved -> post
  returned -> propose, at most 9 times
  rejected -> propose, at most 9 times

step post: post
  who: system
  within: 1 working day
  skip if: not money
  done -> answer

step answer: notify
  who: department CUS
  within: 1 working day
  done -> cause

step cause: root-cause
  who: owner
  within: 5 working days
  done -> over

step over: inform
  title en: The case is closed
  title it: Il caso è chiuso
  who: person {marco}
  done -> end
"""
PAPER = (
    "SUPERMERCATI ROSSI S.r.l.",
    "NOTA DI ADDEBITO N. NA-4471",
    "Vostra fattura {invoice}",
    "Merce mancante alla consegna: 12 cartoni PEN-500 a 21,60 EUR",
    "Importo totale: 259,20 EUR",
    "Vi preghiamo di emettere nota di credito.",
)
# The moments of a case that its clocks look at, by table.
PUT_BACK = {
    "cases_clockstop": ("case_id", ("started_at", "ended_at")),
    "cases_step": ("case_id", ("opened_at", "due_at", "done_at")),
    "cases_actionlink": ("case_id", ("issued_at", "expires_at", "ended_at")),
    "cases_case": ("id", ("opened_at", "due_at", "restarted_at")),
}


@dataclass(frozen=True, kw_only=True)
class Company:
    """Who takes part, the servers around them, and the worker, which runs when it is told to."""

    entity: Entity
    team: Mapping[str, Membership]
    customer: Customer
    invoice: Invoice
    mailbox: ImapServer
    post_office: MailServer
    folder: Path

    def work(self) -> None:
        """This will do what a worker does until nothing is left: mail, jobs, notices, the ERP."""
        for _ in range(3):
            poll_mailboxes(at=timezone.now())
            run_jobs()
            deliver_notices(at=timezone.now())
        take_up_due_postings(at=timezone.now())

    def write(self, body: str, **more: object) -> None:
        """This will have the customer write a mail, and the worker take it."""
        mail = a_mail(sender=f"Paola Rinaldi <{WRITER}>", body=body, **more)
        self.mailbox.deliver(MAILBOX, mail)
        self.work()

    def reply(
        self,
        to: EmailMessage,
        body: str,
        *,
        by: str,
        attachments: Mapping[str, bytes] | None = None,
    ) -> None:
        """This will have somebody reply to a mail of ours, and the worker take it."""
        mail = a_mail(
            sender=by,
            subject=f"R: {to['Subject'].strip()}",
            body=body,
            attachments=dict(attachments or {}),
            In_Reply_To=to["Message-ID"],
        )
        self.mailbox.deliver(MAILBOX, mail)
        self.work()

    def mails_to(self, whom: Membership | str) -> list[EmailMessage]:
        """This will be what left for somebody, in order."""
        address = whom if isinstance(whom, str) else whom.user.email
        return [mail for mail in self.post_office.mails if address in mail["To"]]

    def let_pass(self, case: Case, by: timedelta) -> None:
        """This will let so much time pass for a case, and the clocks of the house run."""
        with connection.cursor() as cursor:
            for table, (key, columns) in PUT_BACK.items():
                earlier = ", ".join(f"{column} = {column} - %(by)s" for column in columns)
                statement = f"UPDATE {table} SET {earlier} WHERE {key} = %(case)s"
                cursor.execute(statement, {"by": by, "case": case.pk})
        fresh = Case.objects.get(pk=case.pk)
        state = dict(fresh.process_state or {})
        state["open"] = [
            [name, (datetime.fromisoformat(at) - by).isoformat(), late]
            for name, at, late in state["open"]
        ]
        Case.objects.filter(pk=case.pk).update(process_state=state)
        run_clocks(at=timezone.now())
        self.work()

    def erp_answers(self) -> Posting:
        """This will have the ERP read the one credit note handed to it, and book it."""
        (posting,) = Posting.objects.filter(entity=self.entity)
        path = self.folder / "ack" / f"{posting.external_ref}.ack.json"
        path.write_text(json.dumps({"status": "posted", "number": NUMBER_IN_ERP}))
        Posting.objects.filter(pk=posting.pk).update(next_attempt_at=timezone.now())
        take_up_due_postings(at=timezone.now())
        self.work()
        posting.refresh_from_db()
        return posting

    def debit_note(self) -> dict[str, bytes]:
        """This will be the paper they claim with; its slip in a number wants a person."""
        slip = self.invoice.number + self.invoice.number[-1]
        return {"NA-4471.pdf": a_pdf([line.format(invoice=slip) for line in PAPER])}


def a_photo(words: str = "") -> bytes:
    """This will be a picture of a paper, as a telephone takes it."""
    picture = Image.new("RGB", (900, 1200), "#f4f1e8")
    pen = ImageDraw.Draw(picture)
    for row in range(9):
        pen.rectangle((90, 120 + row * 90, 90 + 60 * (9 - row), 140 + row * 90), fill="#44413a")
    pen.text((90, 60), words, fill="#44413a")
    kept = io.BytesIO()
    picture.save(kept, "JPEG")
    return kept.getvalue()


@contextmanager
def a_company(folder: Path, settings: Any) -> Iterator[Company]:
    """
    This will run both mail servers for as long as the block runs.

    :param settings: those of the test, which end with it
    """
    with smtp.running() as post_office, dovecot.running() as mailbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = post_office.host, post_office.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        entity = an_entity(erp_settings={"folder": str(folder)})
        team = _people(entity)
        addresses = {name: member.user.email for name, member in team.items()}
        put_in_force(PROCESS.format(**addresses), entity)
        customer = _a_customer(entity, team["luca"])
        draft = MailboxDraft(
            host=mailbox.host,
            port=mailbox.plain_port,
            security="none",
            username=MAILBOX,
            password=dovecot.PASSWORD,
        )
        connect_mailbox(draft=draft, member=team["sara"], at=timezone.now())
        on = timezone.now().date() - timedelta(days=20)
        yield Company(
            entity=entity,
            team=team,
            customer=customer,
            invoice=an_invoice(customer, issue_date=on),
            mailbox=mailbox,
            post_office=post_office,
            folder=folder,
        )


def _people(entity: Entity) -> dict[str, Membership]:
    team = {
        **a_team(entity),
        "sara": a_member(entity, "Sara Costa", role="admin"),
        "luca": a_member(entity, "Luca Serra", role="clerk", department="SAL"),
        "nora": a_member(entity, "Nora Villa", role="clerk", department="SAL"),
        "enzo": a_member(entity, "Enzo Fabbri", role="approver", level=5),
    }
    for name in ("marco", "nora"):
        team[name].user.language = "it"
        team[name].user.save(update_fields=["language"])
    today = timezone.now().date()
    Absence.objects.create(
        entity=entity,
        member=team["luca"],
        delegate=team["nora"],
        starts_date=today - timedelta(days=2),
        ends_date=today + timedelta(days=20),
    )
    return team


def _a_customer(entity: Entity, seller: Membership) -> Customer:
    customer = a_customer(
        entity,
        "Supermercati Rossi S.r.l.",
        country="IT",
        language="it",
        email_domains=["supermercatirossi.example"],
        account_manager=seller,
    )
    customer.contacts.update(name="Paola Rinaldi", email=WRITER, language="it")
    return customer
