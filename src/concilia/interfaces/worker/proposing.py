"""Language models are asked one question at a time, after the reading and beside all other work."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_noop as _

from concilia.documents.models import Proposal
from concilia.foundation.jobs import defer
from concilia.foundation.locks import alone
from concilia.intake.actions import record_failure, want_proposal
from concilia.intake.actions.asking import ask_about
from concilia.intake.events import DocumentRead
from concilia.intake.ports import Failure, ModelFailed
from concilia.intake.queries.proposals import has_due, next_due

NAME: Final = "ask_model"
FAULT: Final = _("The program could not handle the answer: see its log.")


def propose(event: DocumentRead, at: datetime) -> None:
    """This will have a model asked about what the reader left for review, if the company wants."""
    want_proposal(arrival_id=event.arrival_id, at=at)


def ask_model(*, at: datetime) -> None:
    """
    This will ask the question that waits longest, and queue itself for the next one.

    One at a time in the whole installation: a model that hangs holds one place of the worker, and
    mails that came meanwhile are read before the next question.
    """
    with alone(NAME) as is_ours:
        if not is_ours:
            return  # the holder goes on with what waits
        proposal = next_due(at=at)
        if proposal is not None:
            _ask(proposal, at)
    take_up_questions(at=at)


def _ask(proposal: Proposal, at: datetime) -> None:
    try:
        ask_about(proposal=proposal, at=at)
    except Exception:  # a fault of ours must not hold up the questions behind it
        failed = ModelFailed(FAULT, Failure.NONSENSE)
        record_failure(proposal_id=proposal.pk, failed=failed, at=at)
        raise


def take_up_questions(*, at: datetime) -> None:
    """This will queue the asking where a question waits whose moment has come."""
    if has_due(at=at):
        defer("concilia.ask_model", once=NAME)
