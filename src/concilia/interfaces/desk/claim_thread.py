"""The conversation of a claim: what came in, what went out, what stays inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

Word = str | Promise
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
    subject: str
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
    outsiders = _outsiders(dossier)
    return Thread(
        messages=[
            _said(placed.message, outsiders)
            for placed in dossier.thread
            if placed.message.lane in lanes
        ],
        filters=FILTERS,
        to=to,
        to_name=name or to,
    )


def _outsiders(dossier: Dossier) -> Mapping[int, Word]:
    """Messages that came in from others than the customer, and from whom: the carrier, say."""
    claim = dossier.claim
    came_in = [
        placed.message for placed in dossier.thread if placed.message.lane == Message.Lane.IN
    ]
    if not came_in:
        return {}
    addresses = claim.customer.contacts.exclude(email="").values_list("email", flat=True)
    homes = {_home(address) for address in addresses}
    carrier = claim.delivery.carrier.casefold() if claim.delivery else ""
    found: dict[int, Word] = {}
    for message in came_in:
        if carrier and message.sender_name.casefold() == carrier:
            found[message.pk] = _("From the carrier")
        elif homes and message.sender and _home(message.sender) not in homes:
            found[message.pk] = _("From somebody else")
    return found


def _home(address: str) -> str:
    return address.rpartition("@")[2].casefold()


def _said(message: Message, outsiders: Mapping[int, Word]) -> Said:
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
    is_out = message.lane == Message.Lane.OUT
    return Said(
        id=f"msg-{message.pk}",
        lane=message.lane,
        who=author or name,
        name=name,
        about=about,
        subject=message.subject if is_out else "",
        text=message.body,
        language=message.language,
        label=outsiders.get(message.pk, label),
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
