"""What an administrator sets: people, ERP, mailboxes, folders, tokens; no secret leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.cash.actions import change_payment_export, goes_to_erp
from concilia.identity.actions import (
    NewPerson,
    Seating,
    add_member,
    change_member,
    issue_token,
    revoke_token,
)
from concilia.identity.models import ApiToken, Membership
from concilia.intake.actions.sources import (
    MailboxDraft,
    connect_mailbox,
    disconnect_mailbox,
    unwatch_folder,
    watch_folder,
)
from concilia.intake.models import Mailbox, WatchedFolder
from concilia.interfaces.api.access import ApiRequest, Scope, caller
from concilia.interfaces.api.once import keep_sealed
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import TEXT
from concilia.interfaces.components.rights import ADMINS
from concilia.ledger.actions import use_connector
from concilia.ledger.queries.connectors import Connector, connectors_of

router = Router(tags=["settings"])
READ = Scope("settings:read", *ADMINS)
WRITE = Scope("settings:write", *ADMINS)


class SeatIn(Schema):
    role: str = Field(pattern=TEXT, max_length=10)
    department: str = Field(pattern=TEXT, max_length=3)
    level: int = Field(1, ge=1, le=6)


class PersonIn(SeatIn):
    """An address known here already keeps its name and password."""

    email: str = Field(pattern=TEXT, max_length=254)
    name: str = Field(pattern=TEXT, max_length=120)
    password: str = Field("", pattern=TEXT, max_length=200)
    language: str = Field("en", pattern=TEXT, max_length=2)


class SeatChange(SeatIn):
    active: bool = True


class PersonOut(Schema):
    id: int
    email: str
    name: str
    language: str
    role: str
    department: str
    level: int
    active: bool

    @classmethod
    def of(cls, row: Membership) -> PersonOut:
        """A member as JSON; needs the user."""
        return cls(
            id=row.pk,
            email=row.user.email,
            name=row.user.name,
            language=row.user.language,
            role=row.role,
            department=row.department,
            level=row.level,
            active=row.is_active,
        )


class ConnectorField(Schema):
    """`is_set` is all that is told of a secret."""

    name: str
    label: str
    required: bool
    secret: bool
    is_set: bool
    value: str


class ConnectorOut(Schema):
    name: str
    label: str
    is_used: bool
    fields: list[ConnectorField]

    @classmethod
    def of(cls, shown: Connector) -> ConnectorOut:
        """A connector as JSON, without its secrets."""
        return cls(
            name=shown.name,
            label=shown.label,
            is_used=shown.is_used,
            fields=[
                ConnectorField(
                    name=each.setting.name,
                    label=each.setting.label,
                    required=each.setting.required,
                    secret=each.setting.secret,
                    is_set=each.is_kept,
                    value=each.value,
                )
                for each in shown.fields
            ],
        )


class PaymentExport(Schema):
    """Whether posted payments go to the ERP, from the next one on."""

    is_on: bool


class ErpIn(Schema):
    """Values that are left out stay as they are."""

    erp: str = Field(pattern=TEXT, max_length=40)
    values: dict[str, str] = {}


class MailboxIn(Schema):
    """An empty password keeps the one that is known."""

    host: str = Field(pattern=TEXT, max_length=255)
    port: int = Field(993, ge=1, le=65_535)
    security: Literal["tls", "starttls", "none"] = "tls"
    username: str = Field(pattern=TEXT, max_length=255)
    password: str = Field("", pattern=TEXT, max_length=500)
    folder: str = Field("INBOX", pattern=TEXT, max_length=120)


class MailboxOut(Schema):
    id: int
    host: str
    port: int
    security: str
    username: str
    folder: str
    active: bool
    checked_at: datetime | None
    error: str

    @classmethod
    def of(cls, row: Mailbox) -> MailboxOut:
        """A mailbox as JSON, without its password."""
        return cls(
            id=row.pk,
            host=row.host,
            port=row.port,
            security=row.security,
            username=row.username,
            folder=row.folder,
            active=row.is_active,
            checked_at=row.checked_at,
            error=row.error,
        )


class FolderIn(Schema):
    path: str = Field(pattern=TEXT, max_length=500)


class FolderOut(Schema):
    id: int
    path: str
    active: bool
    checked_at: datetime | None
    error: str

    @classmethod
    def of(cls, row: WatchedFolder) -> FolderOut:
        """A watched folder as JSON."""
        return cls(
            id=row.pk,
            path=row.path,
            active=row.is_active,
            checked_at=row.checked_at,
            error=row.error,
        )


class TokenIn(Schema):
    """`acts_as` is the e-mail address of a member."""

    name: str = Field(pattern=TEXT, max_length=80)
    acts_as: str = Field(pattern=TEXT, max_length=254)
    scopes: list[str] = Field(max_length=50)


class TokenOut(Schema):
    id: int
    name: str
    acts_as: str
    scopes: list[str]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: ApiToken) -> TokenOut:
        """A token as JSON, without its secret; needs the member's user."""
        return cls(
            id=row.pk,
            name=row.name,
            acts_as=row.member.user.email,
            scopes=row.scopes,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            revoked_at=row.revoked_at,
        )


class NewToken(TokenOut):
    """With its secret: it is shown this once."""

    secret: str


@router.get("/people", response=Page[PersonOut], auth=READ)
def list_people(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, Any]:
    """Who has a seat here, the newest first."""
    rows = Membership.objects.filter(entity_id=caller(request).entity_id).select_related("user")
    return listed(rows, PersonOut.of, order="pk", asked=asked)


@router.post("/people", response={201: PersonOut}, auth=WRITE)
def add_person(request: HttpRequest, body: PersonIn) -> Status[PersonOut]:
    """Give somebody a seat."""
    person = NewPerson(
        email=body.email, name=body.name, password=body.password, language=body.language
    )
    row = add_member(person=person, seating=_seating(body), by=caller(request), at=timezone.now())
    return Status(201, PersonOut.of(row))


@router.post("/people/{member_id}", response=PersonOut, auth=WRITE)
def change_person(request: HttpRequest, member_id: int, body: SeatChange) -> PersonOut:
    """Change somebody's role, department and level, or let them go."""
    row = change_member(
        member_id=member_id,
        seating=_seating(body),
        is_active=body.active,
        by=caller(request),
        at=timezone.now(),
    )
    return PersonOut.of(row)


@router.get("/erp", response=list[ConnectorOut], auth=READ)
def list_connectors(request: HttpRequest) -> list[ConnectorOut]:
    """The connectors there are, and how the one in use is set."""
    return [ConnectorOut.of(each) for each in connectors_of(entity=caller(request).entity)]


@router.post("/erp", response=list[ConnectorOut], auth=WRITE)
def choose_connector(request: HttpRequest, body: ErpIn) -> list[ConnectorOut]:
    """Choose the connector and its values; they are tried before they are kept."""
    entity = use_connector(erp=body.erp, values=body.values, by=caller(request), at=timezone.now())
    return [ConnectorOut.of(each) for each in connectors_of(entity=entity)]


@router.get("/erp/payments", response=PaymentExport, auth=READ)
def get_payment_export(request: HttpRequest) -> PaymentExport:
    """Whether posted payments are handed over to the ERP as journals."""
    return PaymentExport(is_on=goes_to_erp(caller(request).entity))


@router.post("/erp/payments", response=PaymentExport, auth=WRITE)
def set_payment_export(request: HttpRequest, body: PaymentExport) -> PaymentExport:
    """Hand posted payments over from the next one on, or no more."""
    entity = change_payment_export(is_wanted=body.is_on, by=caller(request), at=timezone.now())
    return PaymentExport(is_on=goes_to_erp(entity))


@router.get("/mailboxes", response=Page[MailboxOut], auth=READ)
def list_mailboxes(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, Any]:
    """Mailboxes that are or were read, the newest first."""
    rows = Mailbox.objects.filter(entity_id=caller(request).entity_id)
    return listed(rows, MailboxOut.of, order="pk", asked=asked)


@router.post("/mailboxes", response={201: MailboxOut}, auth=WRITE)
def add_mailbox(request: HttpRequest, body: MailboxIn) -> Status[MailboxOut]:
    """Read an IMAP mailbox from now on."""
    draft = MailboxDraft(**body.model_dump())
    row = connect_mailbox(draft=draft, member=caller(request), at=timezone.now())
    return Status(201, MailboxOut.of(row))


@router.post("/mailboxes/{mailbox_id}/end", response=MailboxOut, auth=WRITE)
def end_mailbox(request: HttpRequest, mailbox_id: int) -> MailboxOut:
    """Read a mailbox no more and forget its password."""
    member = caller(request)
    disconnect_mailbox(mailbox_id=mailbox_id, member=member, at=timezone.now())
    return MailboxOut.of(Mailbox.objects.get(pk=mailbox_id, entity_id=member.entity_id))


@router.get("/folders", response=Page[FolderOut], auth=READ)
def list_folders(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, Any]:
    """Folders that are or were watched, the newest first."""
    rows = WatchedFolder.objects.filter(entity_id=caller(request).entity_id)
    return listed(rows, FolderOut.of, order="pk", asked=asked)


@router.post("/folders", response={201: FolderOut}, auth=WRITE)
def add_folder(request: HttpRequest, body: FolderIn) -> Status[FolderOut]:
    """Take in what is put into a folder of the server."""
    row = watch_folder(path=body.path, member=caller(request), at=timezone.now())
    return Status(201, FolderOut.of(row))


@router.post("/folders/{folder_id}/end", response=FolderOut, auth=WRITE)
def end_folder(request: HttpRequest, folder_id: int) -> FolderOut:
    """Watch a folder no more."""
    member = caller(request)
    unwatch_folder(folder_id=folder_id, member=member, at=timezone.now())
    return FolderOut.of(WatchedFolder.objects.get(pk=folder_id, entity_id=member.entity_id))


@router.get("/tokens", response=Page[TokenOut], auth=READ)
def list_tokens(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, Any]:
    """Tokens, the newest first."""
    rows = ApiToken.objects.filter(entity_id=caller(request).entity_id)
    rows = rows.select_related("member__user")
    return listed(rows, TokenOut.of, order="created_at", asked=asked)


@router.post("/tokens", response={201: NewToken}, auth=WRITE)
def add_token(request: HttpRequest, response: HttpResponse, body: TokenIn) -> Status[NewToken]:
    """
    Issue a token; the answer holds its secret, this once.

    A program gives no scope it lacks itself, and `approvals:sign` only for whom it acts as.
    """
    keep_sealed(response)
    member = caller(request)
    acts_as = Membership.objects.get(
        entity_id=member.entity_id, user__email=body.acts_as.strip().lower()
    )
    row, secret = issue_token(
        member_id=acts_as.pk,
        name=body.name,
        scopes=body.scopes,
        by=member,
        at=timezone.now(),
        within=cast("ApiRequest", request).auth.scopes,
    )
    return Status(201, NewToken(**TokenOut.of(row).model_dump(), secret=secret))


@router.post("/tokens/{token_id}/revoke", response=TokenOut, auth=WRITE)
def end_token(request: HttpRequest, token_id: int) -> TokenOut:
    """End a token: the next call with it is refused."""
    return TokenOut.of(revoke_token(token_id=token_id, by=caller(request), at=timezone.now()))


def _seating(body: SeatIn) -> Seating:
    return Seating(role=body.role, department=body.department, level=body.level)
