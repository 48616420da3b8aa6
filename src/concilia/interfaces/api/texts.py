"""The texts of collections in force, and letters on paper with what proves that they arrived."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.texts import Key, ways_of, wording_of
from concilia.dunning.models import Letter
from concilia.dunning.queries.texts import own_wordings
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import TEXT

router = Router(tags=["collections"])
READ = Scope("collections:read")


class WordingOut(Schema):
    """A text as it is written now; `own`: in the company's own words."""

    key: str
    way: str
    language: str
    own: bool
    subject: str
    body: str


class WordingFilter(Schema):
    key: str = Field("", pattern=TEXT, max_length=24)
    way: str = Field("", pattern=TEXT, max_length=8)
    language: str = Field("", pattern=TEXT, max_length=2)


class LetterOut(Schema):
    """A letter on paper; `proof_sha256` is the digest of the file that proves its delivery."""

    id: int
    customer: str
    text: str
    language: str
    subject: str
    registered: bool
    state: str
    written_at: datetime
    printed_at: datetime | None
    posted: date | None
    number: str
    delivered: date | None
    proof_sha256: str

    @classmethod
    def of(cls, row: Letter) -> LetterOut:
        """A letter as JSON; needs its customer."""
        return cls(
            id=row.pk,
            customer=row.customer.number,
            text=row.text_key,
            language=row.language,
            subject=row.subject,
            registered=row.is_registered,
            state=row.state,
            written_at=row.written_at,
            printed_at=row.printed_at,
            posted=row.posted_date,
            number=row.registered_number,
            delivered=row.delivered_date,
            proof_sha256=row.proof_sha256,
        )


class LetterFilter(ListFilter):
    state: str = Field("", pattern=TEXT, max_length=9)


@router.get("/texts", response=list[WordingOut], auth=READ)
def list_texts(request: HttpRequest, asked: Query[WordingFilter]) -> list[dict[str, Any]]:
    """The texts in force, as they are written: the company's own where it has published some."""
    own = own_wordings(entity=caller(request).entity)
    wanted = [
        (key, way, language)
        for key in Key
        for way in ways_of(key)
        for language in Language
        if asked.key in {"", key} and asked.way in {"", way} and asked.language in {"", language}
    ]
    return [
        {
            "key": place[0],
            "way": place[1],
            "language": place[2],
            "own": place in own,
            "subject": (wording := own.get(place) or wording_of(*place)).subject,
            "body": wording.body,
        }
        for place in wanted
    ]


@router.get("/letters", response=Page[LetterOut], auth=READ)
def list_letters(request: HttpRequest, asked: Query[LetterFilter]) -> dict[str, Any]:
    """Letters on paper, the newest first."""
    rows = Letter.objects.filter(entity=caller(request).entity_id).defer("content")
    if asked.state:
        rows = rows.filter(state=asked.state)
    return listed(rows.select_related("customer"), LetterOut.of, order="written_at", asked=asked)
