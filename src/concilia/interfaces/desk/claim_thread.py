"""The conversation of a claim: what came in, what went out, what stays inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concilia.claims.queries.dossier import Dossier
from concilia.claims.queries.letters import recipient_of
from concilia.correspondence.models import Message
from concilia.identity.models import User
from concilia.interfaces.components.formats import format_clock, format_day
from concilia.interfaces.desk.claim_words import WITHHELD, language

LANES: Final = {"": ("in", "out", "note"), "customer": ("in", "out"), "internal": ("note",)}
FILTERS: Final[Sequence[tuple[str, str | Promise, str]]] = (
    ("", _("All"), ""),
    ("customer", _("With customer"), "world"),
    ("internal", _("Internal"), "lock"),
)
STATES: Final[dict[str, str | Promise]] = {
    "QUEUED": _("On its way to the customer"),
    "SENT": _("Sent to the customer"),
    "FAILED": _("Could not be sent"),
    "WITHHELD": _("Held back, never sent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message as the thread shows it; `label` says what became of it."""

    id: str
    lane: str
    who: User | str
    name: str
    about: str
    text: str
    language: str
    label: str | Promise
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The messages in the chosen lane, whom an answer goes to, and what can be chosen."""

    messages: Sequence[Said]
    filters: Sequence[tuple[str, str | Promise, str]]
    to: str
    to_name: str


def thread_of(dossier: Dossier, lane: str) -> Thread:
    """The conversation, oldest first; an unknown lane shows all."""
    lanes = LANES.get(lane, LANES[""])
    to, name = recipient_of(dossier.claim)
    return Thread(
        messages=[
            _said(placed.message) for placed in dossier.thread if placed.message.lane in lanes
        ],
        filters=FILTERS,
        to=to,
        to_name=name or to,
    )


def _said(message: Message) -> Said:
    at = localtime(message.written_at)
    when = (
        f"{format_day(at.date(), localtime().date(), language())}, {format_clock(at, language())}"
    )
    author = message.author
    name = author.name if author else message.sender_name or message.sender or gettext("Concilia")
    about = when
    if message.lane == Message.Lane.OUT:
        to = message.recipient or gettext("nobody")
        about = gettext("to %(to)s · %(when)s") % {"to": to, "when": when}
    label, tone = _label(message)
    return Said(
        id=f"msg-{message.pk}",
        lane=message.lane,
        who=author or name,
        name=name,
        about=about,
        text="\n\n".join(part for part in (message.subject, message.body) if part)
        if message.lane == Message.Lane.OUT
        else message.body,
        language=message.language,
        label=label,
        tone=tone,
    )


def _label(message: Message) -> tuple[str | Promise, str]:
    if message.lane != Message.Lane.OUT:
        return "", ""
    label = STATES.get(message.state, "")
    if message.state == Message.State.WITHHELD:
        why = WITHHELD.get(message.withheld_why, message.withheld_why)
        return f"{label}: {why}", "bad"
    return label, "bad" if message.state == Message.State.FAILED else ""
