"""Mailboxes and folders we take in from: who connects them, and how far they have been read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.jobs import defer
from concilia.foundation.refusals import Refused
from concilia.foundation.secrets import seal
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.models import Mailbox, WatchedFolder

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PORT_MAX = 65_535


class SourceRefused(Refused):
    """A mailbox or folder cannot be connected so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxDraft:
    """
    An IMAP folder as a person enters it.

    :param security: `tls`, `starttls`, or `none` for a server on this machine
    :param password: empty keeps the one that is known
    """

    host: str
    username: str
    password: str = ""
    port: int = 993
    security: str = "tls"
    folder: str = "INBOX"


@transaction.atomic(durable=True)
def connect_mailbox(*, draft: MailboxDraft, member: Membership, at: datetime) -> Mailbox:
    """
    Read a mailbox: what is in its folder now, and what comes; connected again it goes on.

    The password is kept encrypted (`foundation.secrets`).

    :raises SourceRefused: if something is missing, or the password would travel in the clear
    """
    _require_safe(draft)
    mailbox, is_new = Mailbox.objects.select_for_update(no_key=True).get_or_create(
        entity_id=member.entity_id,
        host=draft.host.strip().lower(),
        username=draft.username.strip(),
        folder=draft.folder.strip() or "INBOX",
    )
    if not draft.password and not mailbox.secret:
        raise SourceRefused(_("Enter the password of the mailbox."))
    mailbox.port, mailbox.security = draft.port, draft.security
    mailbox.is_active, mailbox.error = True, ""
    if draft.password:
        mailbox.secret = seal(draft.password)
    mailbox.save()
    defer("concilia.poll_mailbox", once=f"mailbox:{mailbox.pk}", mailbox_id=mailbox.pk)
    data = {"mailbox": str(mailbox), "security": mailbox.security, "new": is_new}
    act = Act("mailbox.connected", "mailbox", mailbox.pk, data)
    audit.log(entity_id=mailbox.entity_id, actor=actor_of(member), at=at, acts=[act])
    return mailbox


@transaction.atomic(durable=True)
def disconnect_mailbox(*, mailbox_id: int, member: Membership, at: datetime) -> None:
    """Read a mailbox no more and forget its password; how far it was read is kept."""
    mailbox = Mailbox.objects.select_for_update(no_key=True).get(
        pk=mailbox_id, entity_id=member.entity_id
    )
    mailbox.is_active, mailbox.secret, mailbox.error = False, "", ""
    mailbox.save(update_fields=["is_active", "secret", "error"])
    act = Act("mailbox.disconnected", "mailbox", mailbox.pk, {"mailbox": str(mailbox)})
    audit.log(entity_id=mailbox.entity_id, actor=actor_of(member), at=at, acts=[act])


@transaction.atomic(durable=True)
def watch_folder(*, path: str, member: Membership, at: datetime) -> WatchedFolder:
    """
    Take in what is put into a folder of this machine from now on.

    :raises SourceRefused: if the path is not absolute, may not be watched, or no folder is there
    """
    folder = Path(path.strip())
    require_watchable(folder)
    if not folder.is_dir():
        raise SourceRefused(_("There is no such folder on the machine Concilia runs on."))
    watched, is_new = WatchedFolder.objects.update_or_create(
        entity_id=member.entity_id, path=str(folder), defaults={"is_active": True, "error": ""}
    )
    act = Act("folder.watched", "folder", watched.pk, {"path": watched.path, "new": is_new})
    audit.log(entity_id=watched.entity_id, actor=actor_of(member), at=at, acts=[act])
    return watched


@transaction.atomic(durable=True)
def unwatch_folder(*, folder_id: int, member: Membership, at: datetime) -> None:
    """Take in from a folder no more."""
    watched = WatchedFolder.objects.get(pk=folder_id, entity_id=member.entity_id)
    watched.is_active, watched.error = False, ""
    watched.save(update_fields=["is_active", "error"])
    act = Act("folder.unwatched", "folder", watched.pk, {"path": watched.path})
    audit.log(entity_id=watched.entity_id, actor=actor_of(member), at=at, acts=[act])


@transaction.atomic(durable=True)
def note_mailbox_position(*, mailbox_id: int, uid_validity: int, last_uid: int) -> None:
    """
    Keep how far a mailbox has been read.

    Only after what is there was received and committed: a worker that dies in between reads the
    last message again, and `receive` recognises it.
    """
    Mailbox.objects.filter(pk=mailbox_id).update(uid_validity=uid_validity, last_uid=last_uid)


@transaction.atomic(durable=True)
def note_mailbox_checked(*, mailbox_id: int, error: str, at: datetime) -> None:
    """Keep when a mailbox was looked at and what went wrong; empty if nothing did."""
    fields: dict[str, object] = {"error": error[:2000]}
    if not error:
        fields["checked_at"] = at
    Mailbox.objects.filter(pk=mailbox_id).update(**fields)


@transaction.atomic(durable=True)
def note_folder_checked(*, folder_id: int, error: str, at: datetime) -> None:
    """Keep when a folder was looked at and what went wrong; empty if nothing did."""
    WatchedFolder.objects.filter(pk=folder_id).update(error=error[:2000], checked_at=at)


def require_watchable(folder: Path) -> None:
    """
    Refuse folders whose files are nobody's post: taking them in would show them to people.

    An administrator of the desk need not be who runs the machine; that person names what may be
    watched (`CONCILIA_WATCHED_ROOTS`).

    :raises SourceRefused: with a sentence that says what to do
    """
    if not folder.is_absolute():
        raise SourceRefused(_("Give the whole path of the folder, from the root on."))
    real, home = folder.resolve(), settings.CONCILIA_HOME.resolve()
    if real.is_relative_to(home) and not real.is_relative_to(home / "inbox"):
        raise SourceRefused(_("That folder is Concilia's own."))
    roots = [Path(root).resolve() for root in settings.WATCHED_ROOTS]
    if roots and not any(real.is_relative_to(root) for root in roots):
        names = ", ".join(str(root) for root in roots)
        said = _("Only folders below {names} may be watched: ask who runs the machine.")
        raise SourceRefused(said, names=names)


def _require_safe(draft: MailboxDraft) -> None:
    if not draft.host.strip() or not draft.username.strip():
        raise SourceRefused(_("A mailbox needs a server and a user name."))
    if not 1 <= draft.port <= PORT_MAX:
        raise SourceRefused(_("A port is a number from 1 to {highest}."), highest=PORT_MAX)
    if draft.security not in {"tls", "starttls", "none"}:
        raise SourceRefused(_("Choose TLS, STARTTLS or none."))
    if draft.security == "none" and draft.host.strip().lower() not in LOOPBACK:
        raise SourceRefused(
            _("Without encryption the password could be read on its way: choose TLS.")
        )
