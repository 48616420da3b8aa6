"""The conversation of a claim: what came in, what went out, what stays inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.cases.models import CaseMessage, NoteFile, Reaction
from concilia.cases.queries.thread import Around, around, mark_of_talk
from concilia.claims.queries.answers import Filled, answers_for
from concilia.claims.queries.dossier import Dossier
from concilia.claims.queries.letters import recipient_of
from concilia.correspondence.models import Message
from concilia.identity.models import Membership, Role, User
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


SIGNS: Final[Sequence[tuple[str, str | Promise, str]]] = (
    ("agreed", _("Agreed"), "thumb-up"),
    ("seen", _("Seen"), "eye"),
    ("done", pgettext_lazy("sign", "Done"), "check"),
    ("doubt", _("I doubt it"), "question-mark"),
)
NAMES_SHOWN: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A sign on a message: how many put it, who, and whether the reader is one of them."""

    sign: str
    word: str | Promise
    icon: str
    count: int
    names: str
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    One message as the thread shows it; `label` says what became of it.

    `is_first_new` opens what came since the reader was here last. `readers` have read up to here.
    """

    entry_id: int
    id: str
    lane: str
    who: User | str
    name: str
    about: str
    subject: str
    html: SafeString
    language: str
    label: str | Promise
    tone: str
    marks: Sequence[Marked]
    files: Sequence[NoteFile]
    readers: Sequence[User]
    redacted: str
    may_redact: bool
    is_first_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The messages in the chosen lane, whom an answer goes to, and what can be chosen."""

    messages: Sequence[Said]
    filters: Sequence[tuple[str, str | Promise, str]]
    signs: Sequence[tuple[str, str | Promise, str]]
    to: str
    to_name: str
    mark: str
    since: int
    newest: int
    is_unread: bool
    answers: Sequence[Filled]


def thread_of(
    dossier: Dossier,
    lane: str,
    member: Membership,
    *,
    since: int | None = None,
    with_answers: bool = True,
) -> Thread:
    """
    The conversation, oldest first; an unknown lane shows all.

    :param since: the last entry read when the page was opened; what came after it is new
    """
    lanes = LANES.get(lane, LANES[""])
    to, name = recipient_of(dossier.claim)
    outsiders = _outsiders(dossier)
    case_id = dossier.claim.case_id
    beside = around(case_id=case_id, member=member)
    seen = beside.upto if since is None else since
    shown = [placed for placed in dossier.thread if placed.message.lane in lanes]
    is_new = [
        placed.pk > seen > 0 and placed.message.author_id != member.user_id for placed in shown
    ]
    first = is_new.index(True) if True in is_new else None
    newest = max((placed.pk for placed in dossier.thread), default=0)
    return Thread(
        messages=[
            _said(placed, outsiders, beside, member, is_first_new=n == first)
            for n, placed in enumerate(shown)
        ],
        filters=FILTERS,
        signs=SIGNS,
        to=to,
        to_name=name or to,
        mark=mark_of_talk(case_id=case_id),
        since=seen,
        newest=newest,
        is_unread=newest > beside.upto,
        answers=answers_for(claim=dossier.claim, member=member) if with_answers else (),
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


def _said(
    placed: CaseMessage,
    outsiders: Mapping[int, Word],
    beside: Around,
    member: Membership,
    *,
    is_first_new: bool,
) -> Said:
    message = placed.message
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
        entry_id=placed.pk,
        id=f"msg-{placed.pk}",
        lane=message.lane,
        who=author or name,
        name=name,
        about=about,
        subject=message.subject if is_out else "",
        html=words_html(message.body, beside.mentioned.get(placed.pk, ())),
        language=message.language,
        label=outsiders.get(message.pk, label),
        tone=tone,
        marks=list(_marks(beside.reactions.get(placed.pk, ()), member)),
        files=beside.files.get(placed.pk, ()),
        readers=beside.readers.get(placed.pk, ()),
        redacted=_redacted(message),
        may_redact=_may_redact(message, member),
        is_first_new=is_first_new,
    )


def words_html(text: str, mentioned: Sequence[str] = ()) -> SafeString:
    """A message's words as safe HTML, with the names of those it asks set apart."""
    html = linebreaks(text, autoescape=True)
    names = {name for full in mentioned for name in (full, full.split()[0])}
    if names:
        said = "|".join(re.escape(escape(name)) for name in sorted(names, key=len, reverse=True))
        html = re.sub(rf"(?i)@({said})(?!\w)", r'<span class="at">@\1</span>', html)
    return mark_safe(html)  # noqa: S308 - escaped above, only our own spans were added


def _marks(reactions: Sequence[Reaction], member: Membership) -> Iterator[Marked]:
    for sign, word, icon in SIGNS:
        put = [each for each in reactions if each.sign == sign]
        if put:
            names = [each.member.user.name for each in put]
            yield Marked(
                sign=sign,
                word=word,
                icon=icon,
                count=len(put),
                names=", ".join(names[:NAMES_SHOWN]) + (" …" if names[NAMES_SHOWN:] else ""),
                is_mine=any(each.member_id == member.pk for each in put),
            )


def _redacted(message: Message) -> str:
    if not message.redacted_at or not message.redacted_by:
        return ""
    return gettext("%(name)s took these words away: %(why)s") % {
        "name": message.redacted_by.name,
        "why": message.redacted_why,
    }


def _may_redact(message: Message, member: Membership) -> bool:
    if message.redacted_at or message.state == Message.State.QUEUED:
        return False
    is_own = message.author_id == member.user_id
    return is_own or member.role in {Role.APPROVER, Role.ADMIN}


def _label(message: Message) -> tuple[str | Promise, str]:
    if message.lane != Message.Lane.OUT:
        return "", ""
    label = STATES.get(message.state, "")
    if message.state == Message.State.WITHHELD:
        why = WITHHELD.get(message.withheld_why, message.withheld_why)
        return f"{label}: {why}", "bad"
    return label, "bad" if message.state == Message.State.FAILED else ""
