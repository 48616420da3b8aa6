"""Asking a language model: no transaction waits for its answer, and nobody acts on what it says."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_noop as _

from concilia.documents.models import Document, ModelAccess, Proposal
from concilia.foundation.plugins import UnknownPlugin
from concilia.foundation.secrets import SecretUnreadable, unseal
from concilia.identity.models import Entity, Membership, Role
from concilia.intake.actions.model_access import (
    FORBIDDEN,
    ModelRefused,
    note_asked,
    require_allowed,
    reserve_call,
)
from concilia.intake.actions.proposing import give_up_proposal, record_failure, record_proposal
from concilia.intake.core.proposals.answer import Answered, NotTheForm, parse_answer
from concilia.intake.core.proposals.checking import check
from concilia.intake.core.proposals.question import (
    SCHEMA,
    Source,
    document_for,
    instructions_for,
)
from concilia.intake.models import Arrival
from concilia.intake.ports import (
    LANGUAGE_MODELS,
    Failure,
    ModelFailed,
    ModelPlace,
    Question,
)
from concilia.intake.queries.proposals import access_of, month_of, sources_in

TRY_SECONDS_MAX: Final = 30  # somebody waits at a page
LETTER: Final = """\
Missing cartons

Good morning,
2 cartons of your invoice FT-2026/0001, our order 8812, did not arrive.
Please credit 43.20 EUR. Our claim is number RC-77.
"""
LETTER_SAYS: Final = frozenset({"kind", "claimed_amount", "references.invoice", "references.claim"})

LIMIT: Final = _("The questions of this month are used up.")
OFF: Final = _("Meanwhile it was switched off, or documents of this kind may not be sent.")
SETTLED: Final = _("It was settled before the model was asked.")
NO_TEXT: Final = _("There is no text in it to ask about.")
NOT_THE_FORM: Final = _("The model did not answer in the form it was asked for.")


@dataclass(frozen=True, slots=True)
class Asking:
    """What came back, and what the model calls itself."""

    answered: Answered
    model: str


@dataclass(frozen=True, slots=True)
class Tried:
    """How a question about a letter of ours went: seconds, and how many values were found."""

    seconds: float
    model: str
    found: int
    of: int


def ask_about(*, proposal: Proposal, at: datetime) -> None:
    """
    Ask a model about one document that waits for it, and keep how that went.

    Killed in the middle, the question waits still and is asked again; recorded once, it is not.
    """
    document, entity = proposal.document, proposal.entity
    access, sources = access_of(entity_id=entity.pk), sources_in(document=document)
    why = _why_not(document, access, sources) or _used_up(entity, access, at)
    if why:
        give_up_proposal(proposal_id=proposal.pk, why=why, at=at)
        return
    day = document.received_at.date()
    try:
        asking = _asked(entity, access, _Text(sources, day, settings.MODEL_SECONDS), at)
    except ModelFailed as failed:
        note_asked(entity_id=entity.pk, error=str(failed), at=at)
        record_failure(proposal_id=proposal.pk, failed=failed, at=at)
        return
    note_asked(entity_id=entity.pk, error="", at=at, takes_schema=access.takes_schema)
    checked = check(
        asking.answered,
        sources,
        received=day,
        currency=document.currency,
        corrected=document.values.get("corrected") or (),
    )
    record_proposal(proposal_id=proposal.pk, checked=checked, model=asking.model, at=at)


def try_model(*, by: Membership, at: datetime) -> Tried:
    """
    Ask about a letter of ours that says nothing of anybody; it counts like any other question.

    :raises ModelRefused: if the caller is no administrator, or there is no answer, in its words
    """
    if by.role != Role.ADMIN or not by.is_active:
        raise ModelRefused(_("Only an administrator changes this."))
    require_allowed()
    access = access_of(entity_id=by.entity_id)
    if not access.url or not access.model:
        raise ModelRefused(_("A language model needs an address and a name."))
    if why := _used_up(by.entity, access, at):
        raise ModelRefused(why)
    begun, seconds = time.monotonic(), min(settings.MODEL_SECONDS, TRY_SECONDS_MAX)
    text = _Text([Source(None, LETTER)], at.date(), seconds)
    try:
        asking = _asked(by.entity, access, text, at)
    except ModelFailed as failed:
        note_asked(entity_id=by.entity_id, error=str(failed), at=at)
        raise ModelRefused(str(failed)) from failed
    note_asked(entity_id=by.entity_id, error="", at=at, takes_schema=access.takes_schema)
    checked = check(asking.answered, text.sources, received=text.day, currency="", corrected=())
    found = LETTER_SAYS & {each.field for each in checked.fields}
    return Tried(time.monotonic() - begun, asking.model, len(found), len(LETTER_SAYS))


@dataclass(frozen=True, slots=True)
class _Text:
    """What a question is about, and how many seconds it may take."""

    sources: list[Source]
    day: date
    seconds: float


def _asked(entity: Entity, access: ModelAccess, text: _Text, at: datetime) -> Asking:
    """
    Ask once, and simply once more where the server refuses the form; that it then answers is
    learned with `access.takes_schema`.
    """
    try:
        return _ask(access, text, entity.language)
    except ModelFailed as failed:
        if failed.failure != Failure.SIMPLER:
            raise
    if why := _used_up(entity, access, at):
        raise ModelFailed(why, Failure.NEVER)
    access.takes_schema = False
    return _ask(access, text, entity.language)


def _why_not(document: Document, access: ModelAccess, sources: list[Source]) -> str:
    """Why a document that waits is not sent after all; empty if it is."""
    state = Arrival.objects.filter(document=document).values_list("state", flat=True).first()
    if not settings.LANGUAGE_MODEL:
        return FORBIDDEN
    if not access.is_on or document.kind not in access.kinds:
        return OFF
    if state != Arrival.State.WAITING or not document.needs_review:
        return SETTLED
    return "" if sources else NO_TEXT


def _used_up(entity: Entity, access: ModelAccess, at: datetime) -> str:
    month = month_of(entity=entity, at=at)
    is_left = reserve_call(entity_id=entity.pk, first_date=month, calls_max=access.calls_max)
    return "" if is_left else LIMIT


def _ask(access: ModelAccess, text: _Text, language: str) -> Asking:
    mark = secrets.token_hex(8)
    question = Question(
        instructions=instructions_for(mark=mark, language=language),
        document=document_for(text.sources, mark=mark, received=text.day),
        schema=SCHEMA,
    )
    try:
        model = LANGUAGE_MODELS[access.connector].placed(_place(access, text.seconds))
        said = model.answer(question)
        answered = parse_answer(said.content)
    except (UnknownPlugin, SecretUnreadable) as error:
        raise ModelFailed(str(error), Failure.NEVER) from error
    except NotTheForm as error:
        raise ModelFailed(NOT_THE_FORM, Failure.NONSENSE) from error
    return Asking(answered, _named(said.model) or access.model)


def _place(access: ModelAccess, seconds: float) -> ModelPlace:
    return ModelPlace(
        url=access.url,
        model=access.model,
        key=unseal(access.secret) if access.secret else "",
        networks=settings.MODEL_NETWORKS,
        seconds=seconds,
        is_simple=not access.takes_schema,
    )


def _named(model: str) -> str:
    """What a server calls its model: shown to people, so nothing unprintable."""
    return "".join(sign for sign in model if sign.isprintable())[:100]
