"""Real workers die by SIGKILL while they mail what a process asks: everybody is asked once."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from pathlib import Path

import pytest
from django.utils import timezone
from tests.world import smtp
from tests.world.builders import a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.own_process import put_in_force
from tests.world.smtp import MailServer
from tests.world.workers import Fleet, wait_until

from concilia.cases.models import ActionLink, Notice, Step
from concilia.correspondence.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS_MAX = 240  # of a machine that has much else to do
CASES, KILLS = 5, 4  # no address gets more than five mails a day that no person wrote
CARRIER = "pod@alpe.example"
LINK = re.compile(r"/a/[\w-]{43}")
PROCESS = """\
process shortage
for NC-01

together ask
  branch
    step tally: form
      title en: How many cartons were loaded?
      who: person {marco}
      within: 2 working days
      done -> next
  branch
    step carrier: ask-third
      title en: Who drove?
      who: owner
      within: 3 working days
      clock: third
      done -> next
  join: all
    met -> propose

step propose: propose
  who: owner
  within: 1 working day
  done -> sign

step sign: approval
  who: matrix
  within: 2 working days
  skip if: signatures = 0
  approved -> post
  returned -> propose, at most 9 times

step post: post
  who: system
  done -> end
"""


def test_everybody_is_asked_once(transactional_db: None, tmp_path: Path):
    partners = [{"name": "Trasporti Alpe Nord", "email": CARRIER}]
    entity = an_entity(settings={"partners": partners})
    team, customer = a_team(entity), a_customer(entity)
    marco = team["marco"].user.email
    put_in_force(PROCESS.format(marco=marco), entity)
    for _ in range(CASES):
        a_claim(team["giulia"], an_invoice(customer), at=timezone.now())
    with smtp.running() as post:
        fleet = Fleet(
            count=2,
            home=tmp_path,
            CONCILIA_SMTP_HOST=post.host,
            CONCILIA_SMTP_PORT=str(post.port),
            CONCILIA_SMTP_SECURITY="none",
        )
        try:
            for n in range(KILLS):
                # At the first sign of work, and again and again while there is some.
                wait_until(lambda: post.mails, seconds=60, look_every=0.02)
                time.sleep(0.3 * n)
                fleet.kill(n % 2)
            assert wait_until(lambda: _all_were_asked(post, marco), seconds=SECONDS_MAX), (
                fleet.log()[-3000:]
            )
        finally:
            fleet.stop()

    steps = Step.objects.filter(case__entity=entity, kind="question")
    assert steps.count() == 2 * CASES
    tallies = ActionLink.objects.filter(step__in=steps.filter(place="tally"))
    assert tallies.filter(member=team["marco"]).count() == CASES
    assert ActionLink.objects.filter(step__in=steps.filter(place="carrier")).count() == CASES
    assert Message.objects.filter(entity=entity, recipient=CARRIER).count() == CASES
    assert Notice.objects.filter(person=team["marco"], kind="step").count() == CASES
    for address in (marco, CARRIER):
        carried = _links_by_mail(post, address)
        assert len(carried) == CASES
        # A mail whose receipt was lost leaves again under its own name; no other carries the link.
        assert all(len(names) == 1 for names in carried.values()), carried


def _all_were_asked(post: MailServer, marco: str) -> bool:
    return all(len(_links_by_mail(post, who)) >= CASES for who in (marco, CARRIER))


def _links_by_mail(post: MailServer, address: str) -> dict[str, set[str]]:
    """In which mails, by Message-ID, each link went to somebody."""
    found: dict[str, set[str]] = defaultdict(set)
    for mail in list(post.mails):
        body = mail.get_body(("plain",))
        if address in mail["To"] and body is not None:
            for link in LINK.findall(body.get_content()):
                found[link].add(mail["Message-ID"])
    return found
