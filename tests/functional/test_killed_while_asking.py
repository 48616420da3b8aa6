"""A real worker dies by SIGKILL while a language model thinks: nothing is lost or done twice."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from tests.world.builders import NOON, a_customer, a_member, an_entity
from tests.world.mails import a_mail
from tests.world.model_server import Asked, ModelServer, Reply, a_model, saying
from tests.world.workers import Fleet, wait_until

from concilia.documents.models import Document, ModelMonth, Proposal
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Entity
from concilia.intake.actions import Incoming, ModelDraft, change_model_access, receive
from concilia.intake.core.proposals.question import SENDABLE

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS_MAX = 240  # of a machine that has much else to do
BODY = """\
Buongiorno, sulla fattura 2026/{n} il reparto ortofrutta ha aperto la scheda verde.
Valore della scheda 47,58 EUR, pratica {n}-K.
Aspettiamo vostre notizie. Cordiali saluti
"""


@pytest.fixture
def entity(tmp_path) -> Entity:
    return a_customer(an_entity()).entity


def let_in(entity: Entity, n: int) -> None:
    content = a_mail(subject=f"Scheda verde {n}", body=BODY.format(n=n), message_id=f"<{n}@x>")
    incoming = Incoming(channel="pipe", filename=f"{n}.eml", content=content)
    receive(entity_id=entity.pk, incoming=incoming, at=NOON)


def switch_on(entity: Entity, model: ModelServer) -> None:
    draft = ModelDraft(is_on=True, url=model.url, model="marmotta", kinds=SENDABLE)
    admin = a_member(entity, "Sara Costa", role="admin")
    change_model_access(draft=draft, by=admin, at=NOON)


def test_asked_again_recorded_once_and_mails_are_read_meanwhile(entity, tmp_path: Path):
    may_answer = Event()

    def think(asked: Asked) -> Reply:
        may_answer.wait(SECONDS_MAX)
        return saying(("claimed_amount", "47.58", "47,58 EUR"))

    with a_model() as model:
        model.think = think
        switch_on(entity, model)
        let_in(entity, 1)
        fleet = Fleet(count=1, home=tmp_path)
        try:
            assert wait_until(lambda: model.asked, seconds=SECONDS_MAX), fleet.log()
            let_in(entity, 2)
            was_read = Document.objects.filter(state="READ")
            assert wait_until(lambda: was_read.count() == 2, seconds=SECONDS_MAX), fleet.log()
            assert Proposal.objects.filter(state="ANSWERED").count() == 0

            fleet.kill(0)
            may_answer.set()
            answered = Proposal.objects.filter(state="ANSWERED")
            assert wait_until(lambda: answered.count() == 2, seconds=SECONDS_MAX), fleet.log()
        finally:
            may_answer.set()
            fleet.stop()

    assert [each.attempts for each in answered] == [1, 1]
    assert len(model.asked) == ModelMonth.objects.get().calls == 3  # one of them for nobody
    acts = AuditEntry.objects.filter(act="document.proposed")
    assert acts.count() == acts.values("subject_id").distinct().count() == 2
