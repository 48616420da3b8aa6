"""The language model of a company: whether, where and about what it is asked; its key stays in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from concilia.documents.models import ModelAccess
from concilia.identity.models import Membership
from concilia.intake.actions import ModelDraft, change_model_access
from concilia.intake.actions.asking import try_model
from concilia.intake.actions.model_access import CALLS_MAX, KEY_CHARS_MAX, NAME_CHARS_MAX, USUAL
from concilia.intake.queries.proposals import access_of, calls_in, month_of
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.shapes import TEXT
from concilia.interfaces.components.rights import ADMINS

router = Router(tags=["settings"])
READ = Scope("settings:read", *ADMINS)
WRITE = Scope("settings:write", *ADMINS)


class ModelIn(Schema):
    """An empty `key` keeps the one there is, as long as the server stays the same."""

    on: bool
    url: str = Field("", pattern=TEXT, max_length=500)
    model: str = Field("", pattern=TEXT, max_length=NAME_CHARS_MAX)
    key: str = Field("", pattern=TEXT, max_length=KEY_CHARS_MAX)
    forget_key: bool = False
    kinds: list[str] = Field(default=[], max_length=50)
    calls_max: int = Field(500, ge=0, le=CALLS_MAX)
    connector: str = Field(USUAL, pattern=TEXT, max_length=40)


class ModelOut(Schema):
    """`allowed` is the installation's word, `calls` those of this month."""

    allowed: bool
    on: bool
    url: str
    model: str
    has_key: bool
    kinds: list[str]
    calls_max: int
    calls: int
    connector: str
    error: str
    asked_at: datetime | None

    @classmethod
    def of(cls, member: Membership, access: ModelAccess) -> ModelOut:
        """The settings as JSON, without the key."""
        month = month_of(entity=member.entity, at=timezone.now())
        return cls(
            allowed=settings.LANGUAGE_MODEL,
            on=access.is_on,
            url=access.url,
            model=access.model,
            has_key=bool(access.secret),
            kinds=access.kinds,
            calls_max=access.calls_max,
            calls=calls_in(entity_id=member.entity_id, first_date=month),
            connector=access.connector,
            error=access.error,
            asked_at=access.asked_at,
        )


class TriedOut(Schema):
    model: str
    seconds: float
    found: int
    of: int


@router.get("/model", response=ModelOut, auth=READ)
def get_model(request: HttpRequest) -> ModelOut:
    """Whether, where and about what a language model is asked."""
    member = caller(request)
    return ModelOut.of(member, access_of(entity_id=member.entity_id))


@router.post("/model", response=ModelOut, auth=WRITE)
def set_model(request: HttpRequest, body: ModelIn) -> ModelOut:
    """Set it; off by default."""
    member = caller(request)
    draft = ModelDraft(
        is_on=body.on,
        url=body.url,
        model=body.model,
        key=body.key,
        forgets_key=body.forget_key,
        kinds=body.kinds,
        calls_max=body.calls_max,
        connector=body.connector,
    )
    access = change_model_access(draft=draft, by=member, at=timezone.now())
    return ModelOut.of(member, access)


@router.post("/model/try", response=TriedOut, auth=WRITE)
def try_it(request: HttpRequest) -> TriedOut:
    """Ask about a letter of ours that says nothing of anybody; it counts as a question."""
    tried = try_model(by=caller(request), at=timezone.now())
    return TriedOut(
        model=tried.model, seconds=round(tried.seconds, 1), found=tried.found, of=tried.of
    )
