"""The conversation of claims: read, marked, searched; and what their customers may see of it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.cases.actions import react, read_thread, redact
from concilia.cases.models import CaseMessage, Reaction
from concilia.cases.queries.talk_search import MOST, find_talk
from concilia.cases.queries.thread import customer_lane
from concilia.claims.models import Claim
from concilia.claims.queries.answers import Answer, answers_for, answers_of
from concilia.correspondence.actions import keep_answer, reset_answer
from concilia.identity.actions import OUTSIDE
from concilia.identity.models import Membership
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.claim_shapes import MessageOut
from concilia.interfaces.api.claims import claim_of
from concilia.interfaces.api.shapes import TEXT, Reason
from concilia.interfaces.components.rights import ADMINS, HELPERS

router = Router(tags=["conversation"])
search = Router(tags=["conversation"])
outside = Router(tags=["conversation"])
answers = Router(tags=["conversation"])
READ = Scope("claims:read")
HELP = Scope("claims:write", *HELPERS)
PLACE_MAX = 2**62


class SignIn(Schema):
    """`agreed`, `seen`, `done` or `doubt`; the same sign again takes it off."""

    sign: str = Field(pattern=TEXT, max_length=10)


class UptoIn(Schema):
    """An entry of the thread: it and what came before is read."""

    upto: int = Field(ge=1, le=PLACE_MAX)


class MarkOut(Schema):
    sign: str
    by: str
    at: datetime

    @classmethod
    def of(cls, mark: Reaction) -> MarkOut:
        """A sign on a message as JSON; needs the member with their user."""
        return cls(sign=mark.sign, by=mark.member.user.email, at=mark.at)


class TalkedOut(Schema):
    """A message found: the case and customer it is about, and the words around what was asked."""

    entry: int
    claim: str
    customer: str
    lane: str
    side: str
    who: str
    language: str
    written_at: datetime
    excerpt: str


class TalkFilter(Schema):
    """`lane` is `in`, `out` or `note`; `before` pages on, with the last `written_at` there was."""

    q: str = Field(pattern=TEXT, min_length=3, max_length=100)
    lane: str = Field("", pattern="^(in|out|note)?$")
    before: datetime | None = None
    limit: int = Field(MOST, ge=1, le=100)


class OutsideOut(Schema):
    """A message between us and the customer of a claim, as the customer may see it."""

    id: int
    lane: str
    sender: str
    subject: str
    body: str
    language: str
    written_at: datetime
    is_redacted: bool


class FilledOut(Schema):
    """A quick answer filled in for one claim; `open` names the fields nobody knows yet."""

    code: str
    title: str
    text: str
    language: str
    open: list[str]


class AnswerIn(Schema):
    """Titles and texts by language (`en`, `it`, `fr`, `es`, `de`)."""

    titles: dict[str, str] = Field(max_length=5)
    texts: dict[str, str] = Field(max_length=5)
    is_active: bool = True


class AnswerOut(AnswerIn):
    code: str
    is_own: bool

    @classmethod
    def of(cls, answer: Answer) -> AnswerOut:
        """A quick answer as JSON."""
        return cls(
            code=answer.code,
            titles=dict(answer.titles),
            texts=dict(answer.texts),
            is_active=answer.is_active,
            is_own=answer.is_own,
        )


@router.post("/{number}/thread/{entry}/signs", response=list[MarkOut], auth=HELP)
def put_sign(request: HttpRequest, number: str, entry: int, body: SignIn) -> list[MarkOut]:
    """Put a sign on a message, or take it off; answers with all signs on it. They stay inside."""
    member = caller(request)
    place = _entry(member, number, entry)
    react(entry_id=place.pk, sign=body.sign, member=member, at=timezone.now())
    marks = Reaction.objects.filter(case_message=place).select_related("member__user")
    return [MarkOut.of(mark) for mark in marks.order_by("pk")]


@router.post("/{number}/thread/{entry}/redaction", response=MessageOut, auth=HELP)
def take_away(request: HttpRequest, number: str, entry: int, body: Reason) -> MessageOut:
    """Take the words of a message away for good; that it was said stays, with the reason."""
    member = caller(request)
    place = _entry(member, number, entry)
    redact(entry_id=place.pk, reason=body.reason, member=member, at=timezone.now())
    return MessageOut.of_thread(CaseMessage.objects.select_related("message").get(pk=place.pk))


@router.post("/{number}/thread/read", response={204: None}, auth=Scope("claims:write"))
def have_read(request: HttpRequest, number: str, body: UptoIn) -> Status[None]:
    """Keep that the person has read the thread up to an entry; mentions of them there are read."""
    member = caller(request)
    claim = claim_of(member, number)
    read_thread(case_id=claim.case_id, upto=body.upto, member=member, at=timezone.now())
    return Status(204, None)


@router.get("/{number}/quick-answers", response=list[FilledOut], auth=READ)
def quick_answers(request: HttpRequest, number: str) -> list[FilledOut]:
    """The texts the company sends often, filled in for this claim in its customer's language."""
    member = caller(request)
    return [
        FilledOut(
            code=one.code,
            title=one.title,
            text=one.text,
            language=one.language,
            open=list(one.open),
        )
        for one in answers_for(claim=claim_of(member, number), member=member)
    ]


@search.get("", response=list[TalkedOut], auth=READ)
def find(request: HttpRequest, asked: Query[TalkFilter]) -> list[TalkedOut]:
    """
    Search all conversations, the newest first: words in five languages, numbers letter by letter.

    Words that were taken away are never found.
    """
    found = find_talk(
        entity_id=caller(request).entity_id,
        text=asked.q,
        most=asked.limit,
        lanes=[asked.lane] if asked.lane else [],
        until=asked.before,
    )
    return [
        TalkedOut(
            entry=one.entry_id,
            claim=one.number,
            customer=one.customer,
            lane=one.lane,
            side=one.side,
            who=one.who,
            language=one.language,
            written_at=one.written_at,
            excerpt=one.excerpt,
        )
        for one in found
    ]


@outside.get("/{number}", response=list[OutsideOut], auth=Scope(OUTSIDE))
def seen_by_customer(request: HttpRequest, number: str) -> list[OutsideOut]:
    """
    What went between us and the customer of a claim, oldest first, as the customer may see it.

    For programs that show it to customers: this scope reads nothing else, and never a note.
    """
    member = caller(request)
    claim = Claim.objects.get(entity_id=member.entity_id, case__number=number.replace("\x00", ""))
    return [
        OutsideOut(
            id=one.id,
            lane=one.lane,
            sender=one.sender_name,
            subject=one.subject,
            body=one.body,
            language=one.language,
            written_at=one.written_at,
            is_redacted=one.is_redacted,
        )
        for one in customer_lane(entity_id=member.entity_id, case_id=claim.case_id)
    ]


@answers.get("", response=list[AnswerOut], auth=Scope("settings:read", *ADMINS))
def list_answers(request: HttpRequest) -> list[AnswerOut]:
    """The quick answers of the company, shipped and own."""
    return [AnswerOut.of(one) for one in answers_of(entity_id=caller(request).entity_id)]


@answers.put("/{code}", response=AnswerOut, auth=Scope("settings:write", *ADMINS))
def keep(request: HttpRequest, code: str, body: AnswerIn) -> AnswerOut:
    """Write a quick answer of the company's own, or over a shipped one."""
    member = caller(request)
    keep_answer(
        code=code.replace("\x00", ""),
        titles=body.titles,
        texts=body.texts,
        is_active=body.is_active,
        member=member,
        at=timezone.now(),
    )
    kept = answers_of(entity_id=member.entity_id)
    return AnswerOut.of(next(one for one in kept if one.code == code))


@answers.delete("/{code}", response={204: None}, auth=Scope("settings:write", *ADMINS))
def drop(request: HttpRequest, code: str) -> Status[None]:
    """Drop the company's own text; the shipped one with this code speaks again."""
    member = caller(request)
    reset_answer(code=code.replace("\x00", "")[:40], member=member, at=timezone.now())
    return Status(204, None)


def _entry(member: Membership, number: str, entry: int) -> CaseMessage:
    claim = claim_of(member, number)
    return CaseMessage.objects.get(pk=min(entry, PLACE_MAX), case=claim.case_id)
