"""A company that asks a language model, and what came of its questions."""

from __future__ import annotations

from django.db import connection
from tests.world.builders import NOON
from tests.world.jobs import run_jobs
from tests.world.mails import a_mail
from tests.world.model_server import ModelServer

from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.documents.models import Correction, ModelAccess, Proposal
from concilia.identity.models import Membership
from concilia.intake.actions import (
    Incoming,
    ModelDraft,
    change_model_access,
    receive,
)
from concilia.intake.core.proposals.question import SENDABLE
from concilia.intake.models import Arrival
from concilia.interfaces.worker.proposing import take_up_questions
from concilia.interfaces.worker.tasks import react
from concilia.ledger.models import Posting

SUBJECT = "Scheda verde 81"
BODY = """\
Buongiorno, sulla fattura 2026/81 il reparto ortofrutta ha aperto la scheda verde.
Valore della scheda 47,58 EUR, pratica 81-K.
Aspettiamo vostre notizie. Cordiali saluti
"""
TRUE = (
    ("kind", "claim", "ha aperto la scheda verde"),
    ("reason", "NC-01", "scheda verde"),
    ("claimed_amount", "47.58", "47,58 EUR"),
    ("references.claim", "81-K", "pratica 81-K"),
)


def switch(admin: Membership, served: ModelServer, **changes) -> ModelAccess:
    fields = {
        "is_on": True,
        "url": served.url,
        "model": "marmotta",
        "key": "sk-una-chiave-9",
        "kinds": SENDABLE,
    }
    return change_model_access(draft=ModelDraft(**fields | changes), by=admin, at=NOON)


def a_letter(body: str = BODY, **more) -> bytes:
    return a_mail(subject=SUBJECT, body=body, sender="magazzino@bottega-lari.example", **more)


def proposed() -> dict:
    return {each["field"]: each["value"] for each in Proposal.objects.get().values["fields"]}


def dropped() -> list[tuple[str, str]]:
    return [(each["field"], each["why"]) for each in Proposal.objects.get().values["dropped"]]


def the_one() -> Proposal:
    return Proposal.objects.get()


def killed(**_: object) -> None:
    raise SystemExit


def an_incoming(content: bytes) -> Incoming:
    return Incoming(channel="pipe", filename="mail.eml", content=content)


def take_without_asking(member: Membership, content: bytes) -> Arrival:
    """Let something arrive and be read; the question waits."""
    arrival = receive(entity_id=member.entity_id, incoming=an_incoming(content), at=NOON)
    for event, ids in (("ArrivalStored", {}), ("DocumentRead", {"document_id": 0})):
        payload = {"arrival_id": arrival.pk, **ids}
        react(event=event, payload=payload, at=NOON, key=event)
    drop_reactions()
    arrival.refresh_from_db()
    return arrival


def drop_reactions() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'concilia.react'")


def the_round(at) -> None:
    take_up_questions(at=at)
    run_jobs(at=at)


def everything_but(entity_id: int) -> dict[str, object]:
    """What a model must never touch."""
    claims = Claim.objects.filter(case__entity=entity_id).order_by("pk")
    return {
        "claims": list(claims.values("pk", "state", "claimed_minor", "approved_minor")),
        "postings": Posting.objects.count(),
        "letters": Message.objects.exclude(lane=Message.Lane.IN).count(),
        "corrections": Correction.objects.count(),
    }
