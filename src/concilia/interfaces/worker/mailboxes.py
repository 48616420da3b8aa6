"""
Reading IMAP mailboxes: every message received once, the mailbox itself left as it is.

Messages are looked at without being marked as read. Each is received in a transaction of its own
before `last_uid` moves, so that a worker may die anywhere.
"""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

from imap_tools.errors import ImapToolsError, MailboxFolderSelectError
from imap_tools.mailbox import BaseMailBox

from concilia.foundation.jobs import defer
from concilia.foundation.locks import alone
from concilia.foundation.secrets import SecretUnreadable, unseal
from concilia.intake.actions import (
    ArrivalRefused,
    Incoming,
    note_mailbox_checked,
    note_mailbox_position,
    receive,
)
from concilia.intake.actions.arrivals import SIZE_MAX
from concilia.intake.actions.sources import LOOPBACK
from concilia.intake.models import Arrival, Mailbox

TIMEOUT_SECONDS: Final = 60.0
BATCH: Final = 200
LOOK_BACK: Final = timedelta(days=3)


class MailboxFailed(Exception):
    """A mailbox cannot be read; the message is one sentence for a person."""


def poll_mailboxes(*, at: datetime) -> None:
    """This will have every active mailbox looked at, each in a job of its own."""
    for key in Mailbox.objects.filter(is_active=True).values_list("pk", flat=True):
        defer("concilia.poll_mailbox", once=f"mailbox:{key}", mailbox_id=key)


def poll_mailbox(*, mailbox_id: int, at: datetime) -> None:
    """
    This will receive what is new in a mailbox; what goes wrong is kept with it in one sentence.

    At most 200 messages at a time: with more the job queues itself again.
    """
    with alone(f"mailbox:{mailbox_id}") as is_ours:
        mailbox = Mailbox.objects.filter(pk=mailbox_id, is_active=True).first()
        if not is_ours or mailbox is None:
            return
        try:
            with _opened(mailbox) as box:
                is_done, error = _receive_new(mailbox, box, at)
        except MailboxFailed as failure:
            is_done, error = True, str(failure)
        except (ImapToolsError, imaplib.IMAP4.error, OSError) as failure:
            is_done, error = True, f"The connection to {mailbox.host} broke: {_said(failure)}"
        note_mailbox_checked(mailbox_id=mailbox_id, error=error, at=at)
    if not is_done:
        defer("concilia.poll_mailbox", once=f"mailbox:{mailbox_id}", mailbox_id=mailbox_id)


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    """The folder, selected read-only."""
    box = _connected(mailbox)
    try:
        _log_in(mailbox, box)
        yield box
    finally:
        with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
            box.logout()


def _connected(mailbox: Mailbox) -> BaseMailBox:
    host, port = mailbox.host, mailbox.port
    if mailbox.security == "none" and host not in LOOPBACK:
        raise MailboxFailed("Without encryption only a server on this machine is read.")
    try:
        return _Box(host, port, mailbox.security)
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", "") or error.reason or str(error)
        raise MailboxFailed(f"{host} cannot prove who it is: {why}") from error
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise MailboxFailed(f"{host}:{port} cannot be reached: {_said(error)}") from error


class _Box(BaseMailBox):
    """A connection that is closed also where its encryption cannot be agreed on."""

    def __init__(self, host: str, port: int, security: str) -> None:
        self.host, self.port, self.security = host, port, security
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        trust = ssl.create_default_context()
        if self.security == "tls":
            return imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=trust, timeout=TIMEOUT_SECONDS
            )
        client = imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT_SECONDS)
        if self.security == "starttls":
            try:
                client.starttls(trust)
            except (imaplib.IMAP4.error, OSError):
                with suppress(OSError):
                    client.shutdown()
                raise
        return client


def _log_in(mailbox: Mailbox, box: BaseMailBox) -> None:
    try:
        password = unseal(mailbox.secret)
        if (mailbox.username + password).isascii():
            box.login(mailbox.username, password, initial_folder=None)
        else:
            box.login_utf8(mailbox.username, password, initial_folder=None)
        box.folder.set(mailbox.folder, readonly=True)
    except SecretUnreadable as error:
        raise MailboxFailed(str(error)) from error
    except MailboxFolderSelectError as error:
        raise MailboxFailed(f"There is no folder “{mailbox.folder}” in this mailbox.") from error
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        raise MailboxFailed(f"{mailbox.host} refused the log-in: {_said(error)}") from error


def _receive_new(mailbox: Mailbox, box: BaseMailBox, at: datetime) -> tuple[bool, str]:
    """Receive message by message; says whether none is left, and which had to be left out."""
    validity, next_uid = _numbering(box)
    waiting = _waiting(mailbox, box, validity)
    if not waiting and mailbox.uid_validity != validity:
        note_mailbox_position(
            mailbox_id=mailbox.pk, uid_validity=validity, last_uid=max(next_uid - 1, 0)
        )
    left_out = []
    for uid in waiting[:BATCH]:
        problem = _receive_one(mailbox, box, uid, at)
        if problem:
            left_out.append(problem)
        note_mailbox_position(mailbox_id=mailbox.pk, uid_validity=validity, last_uid=uid)
    return len(waiting) <= BATCH, " · ".join(left_out)


def _numbering(box: BaseMailBox) -> tuple[int, int]:
    """UIDVALIDITY and UIDNEXT, as the server said them when the folder was selected."""
    found = [box.client.response(name)[1][0] for name in ("UIDVALIDITY", "UIDNEXT")]
    if found[0] is None:
        raise MailboxFailed("The mail server does not number its messages (no UIDVALIDITY).")
    return int(found[0]), int(found[1] or 1)


def _waiting(mailbox: Mailbox, box: BaseMailBox, validity: int) -> list[int]:
    """
    The numbers (UIDs) of messages we may not have seen, in their order.

    A new UIDVALIDITY means that the server has numbered its messages anew: then whatever came since
    shortly before the last look is read again, and what is known is recognised by its content.
    """
    if mailbox.uid_validity in {None, validity}:
        found = box.uids(f"UID {mailbox.last_uid + 1}:*", charset=None)
        # `n:*` always names the last message, even one below n.
        return sorted(uid for uid in map(int, found) if uid > mailbox.last_uid)
    if mailbox.checked_at is None:
        return sorted(map(int, box.uids("ALL", charset=None)))
    since = mailbox.checked_at - LOOK_BACK
    month = MONTHS[since.month - 1]
    found = box.uids(f"SINCE {since.day:02d}-{month}-{since.year}", charset=None)
    return sorted(map(int, found))


# IMAP wants English months, whatever the machine's language.
MONTHS: Final = tuple(
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - a list is 12 lines
)


def _receive_one(mailbox: Mailbox, box: BaseMailBox, uid: int, at: datetime) -> str:
    """Receive one message; returns why it could not be, if so."""
    content = _fetch(box, uid)
    if content is None:
        return ""  # deleted since we asked what is there
    incoming = Incoming(
        channel=Arrival.Channel.MAILBOX,
        filename=f"mail-{uid}.eml",
        content=content,
        source=str(mailbox),
    )
    try:
        receive(entity_id=mailbox.entity_id, incoming=incoming, at=at)
    except ArrivalRefused as refusal:
        return f"Message {uid} was left out: {refusal}"
    return ""


def _fetch(box: BaseMailBox, uid: int) -> bytes | None:
    """The bytes of a message, without marking it as read; cut at the size `receive` refuses."""
    status, answer = box.client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{SIZE_MAX + 1}>)")
    if status != "OK":
        raise MailboxFailed(f"Message {uid} could not be fetched: {status}")
    parts = [part[1] for part in answer if isinstance(part, tuple)]
    return bytes(parts[0]) if parts else None


def _said(error: Exception) -> str:
    """A server's words on one line, without the library's wrapping."""
    if isinstance(error, ImapToolsError):
        result = getattr(error, "command_result", ("", [str(error)]))
        words = b" ".join(part for part in result[1] if isinstance(part, bytes))
        error = Exception(words.decode("utf-8", "replace"))
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(text.split())[:300] or type(error).__name__
