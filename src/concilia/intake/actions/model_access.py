"""Whether and how a company asks a language model, and how often it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop as _

from concilia.documents.models import ModelAccess, ModelMonth, Proposal
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.calling import require_address
from concilia.foundation.jobs import defer
from concilia.foundation.refusals import Refused
from concilia.foundation.secrets import seal
from concilia.identity.models import Membership, Role
from concilia.identity.queries import actor_of
from concilia.intake.core.proposals.question import SENDABLE
from concilia.intake.ports import LANGUAGE_MODELS

CALLS_MAX: Final = 1_000_000
USUAL: Final = "chat-completions"
KEY_CHARS_MAX: Final = 500
NAME_CHARS_MAX: Final = 100


class ModelRefused(Refused):
    """A language model cannot be set so, or not be asked; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDraft:
    """
    What an administrator wants.

    :param key: empty keeps the one there is, as long as the server stays the same
    :param kinds: kinds of documents that may be sent, as the built-in reader takes them
    :param calls_max: of a calendar month
    """

    is_on: bool
    url: str
    model: str
    key: str = ""
    forgets_key: bool = False
    kinds: Sequence[str] = ()
    calls_max: int = 500
    connector: str = USUAL


@transaction.atomic(durable=True)
def change_model_access(*, draft: ModelDraft, by: Membership, at: datetime) -> ModelAccess:
    """
    Set how a company asks a language model; what waits is asked at once, or given up if it is off.

    A key that is kept never goes to another server than the one it was typed for.

    :raises ModelRefused: if the caller is no administrator, or this cannot work
    :raises AddressRefused: if the address is none we call
    """
    _require_admin(by)
    _require_sense(draft)
    access = access_for_change(by.entity_id)
    if draft.forgets_key or server_of(access.url) != server_of(draft.url.strip()):
        access.secret = ""
    if draft.key.strip():
        access.secret = seal(draft.key.strip())
    access.is_on, access.connector = draft.is_on, draft.connector
    access.url, access.model = draft.url.strip(), draft.model.strip()
    access.kinds = [kind for kind in SENDABLE if kind in draft.kinds]
    access.calls_max, access.takes_schema, access.error = draft.calls_max, True, ""
    access.save()
    waiting = Proposal.objects.filter(entity_id=by.entity_id, state=Proposal.State.WAITING)
    if waiting.update(next_attempt_at=at):
        defer("concilia.ask_model", once="ask_model")
    # The rest of an address may be a password of its own: the log is read by more people.
    data = {
        "on": access.is_on,
        "host": urlsplit(access.url).hostname or "",
        "model": access.model,
        "kinds": access.kinds,
        "calls_max": access.calls_max,
        "has_key": bool(access.secret),
    }
    act = Act("model.changed", "entity", by.entity_id, data)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return access


@transaction.atomic(durable=True)
def reserve_call(*, entity_id: int, first_date: date, calls_max: int) -> bool:
    """
    Count a call before it is made; False, and nothing counted, when the month's are used up.

    What was counted stays counted, also when nobody answers: it may have cost money.
    """
    ModelMonth.objects.get_or_create(entity_id=entity_id, first_date=first_date)
    month = ModelMonth.objects.filter(entity_id=entity_id, first_date=first_date)
    return bool(month.filter(calls__lt=calls_max).update(calls=F("calls") + 1))


@transaction.atomic(durable=True)
def note_asked(
    *, entity_id: int, error: str, at: datetime, takes_schema: bool | None = None
) -> None:
    """
    Keep how the last question went, for the settings.

    :param error: empty when it was answered
    :param takes_schema: what was learned about the server; None for nothing
    """
    learned = {} if takes_schema is None else {"takes_schema": takes_schema}
    ModelAccess.objects.filter(entity_id=entity_id).update(
        error=error[:300], asked_at=at, **learned
    )


def access_for_change(entity_id: int) -> ModelAccess:
    """The entity's row, locked; made when it is first needed."""
    ModelAccess.objects.get_or_create(entity_id=entity_id)
    return ModelAccess.objects.select_for_update(no_key=True).get(entity_id=entity_id)


def server_of(url: str) -> tuple[str, str, int | None]:
    """Which server an address names: scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port


def require_allowed() -> None:
    """:raises ModelRefused: if this installation forbids language models"""
    if not settings.LANGUAGE_MODEL:
        raise ModelRefused(FORBIDDEN)


FORBIDDEN: Final = _("This installation forbids language models.")


def _require_sense(draft: ModelDraft) -> None:
    _require_place(draft)
    model, key = draft.model.strip(), draft.key.strip()
    if len(model) > NAME_CHARS_MAX or not model.isprintable():
        raise ModelRefused(_("That is no name of a model."))
    if len(key) > KEY_CHARS_MAX or not (key.isascii() and key.isprintable()):
        raise ModelRefused(_("That is no key: it has other signs than letters and digits."))
    if not 0 <= draft.calls_max <= CALLS_MAX:
        raise ModelRefused(_("Write a whole number of questions from 0 to {most}."), most=CALLS_MAX)
    unknown = sorted(set(draft.kinds) - set(SENDABLE))
    if unknown:
        raise ModelRefused(_("{value} is not on the list."), value=unknown[0][:40])
    if draft.connector not in LANGUAGE_MODELS:
        raise ModelRefused(_("{value} is not on the list."), value=draft.connector[:40])


def _require_place(draft: ModelDraft) -> None:
    url = draft.url.strip()
    if draft.is_on:
        require_allowed()
        if not url or not draft.model.strip():
            raise ModelRefused(_("A language model needs an address and a name."))
        if not draft.kinds:
            raise ModelRefused(_("Choose which kinds of documents may be sent."))
    if url:
        require_address(url, may_be_plain=bool(settings.MODEL_NETWORKS))


def _require_admin(by: Membership) -> None:
    if by.role != Role.ADMIN or not by.is_active:
        raise ModelRefused(_("Only an administrator changes this."))
