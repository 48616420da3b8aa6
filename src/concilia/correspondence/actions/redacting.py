from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_noop as _

from concilia.correspondence.models import REASON_LENGTH_MAX, Message
from concilia.foundation.refusals import Refused
from concilia.identity.models import User


class RedactionRefused(Refused):
    """Words cannot be taken away so; the message says why."""


def redact_message(*, message_id: int, reason: str, by: User, at: datetime) -> None:
    """
    Take a message's words away for good, inside the caller's transaction; the fact stays.

    :raises RedactionRefused: without a reason
    """
    assert connection.in_atomic_block, "words go with the act that logs why"
    reason = reason.strip()[:REASON_LENGTH_MAX]
    if not reason:
        raise RedactionRefused(_("Say why these words must go."))
    Message.objects.filter(pk=message_id, redacted_at=None).update(
        body="", subject="", redacted_at=at, redacted_by=by, redacted_why=reason
    )
