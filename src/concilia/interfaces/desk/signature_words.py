"""Signatures in words: what is alike, and the way of a decision as one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from concilia.cases.core.authority import Act
from concilia.cases.core.people import Refusal
from concilia.cases.core.process.model import Who, WhoKind
from concilia.cases.core.sampling import band_ends
from concilia.claims.queries.outlook import PlannedRoute, PlannedSeat
from concilia.claims.queries.signatures import Group
from concilia.interfaces.components.formats import format_amount, group_thousands
from concilia.interfaces.components.people import initials_of
from concilia.interfaces.components.refusals import ROUTES
from concilia.interfaces.desk.claim_words import language
from concilia.interfaces.desk.limit_words import act_name, level_name
from concilia.interfaces.desk.process_words import who_words
from concilia.kernel.reasons import reason_name

Word = str | Promise
VERDICTS: Final[Mapping[str, Word]] = {
    "VALID": gettext_lazy("valid"),
    "PARTLY_VALID": gettext_lazy("partly valid"),
    "NOT_VALID": gettext_lazy("not valid"),
    "UNSUPPORTED": gettext_lazy("not supported"),
}


@dataclass(frozen=True, slots=True)
class GroupShown:
    """What is alike, as it is listed."""

    key: str
    title: str
    count: int
    sample: int
    total: str
    currency: str


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody on the way of a decision: initials in a circle, the whole for those who listen."""

    initials: str
    name: str
    note: str
    is_now: bool = False
    joins: bool = False


def group_shown(group: Group) -> GroupShown:
    """A group in the reader's words."""
    return GroupShown(
        key=group.alike.key,
        title=alike_words(group.alike.key),
        count=len(group.rows),
        sample=group.sample,
        total=str(format_amount(group.total_minor, group.currency, language())),
        currency=group.currency,
    )


def alike_words(key: str) -> str:
    """What is alike: `Shortage · valid · Accept a claim · 100 to 500`."""
    reason, verdict, act, band = key.split(".")
    start, end = band_ends(int(band))
    upto = group_thousands(end, language()) if end is not None else ""
    since = group_thousands(start, language())
    if end is None:
        amounts = gettext("above %(from)s") % {"from": since}
    else:
        amounts = gettext("%(from)s to %(to)s") % {"from": since, "to": upto}
    judged = str(VERDICTS.get(verdict, gettext("not judged")))
    return " · ".join([reason_name(reason, language()), judged, act_name(Act(act)), amounts])


def route_sentence(route: PlannedRoute) -> str:
    """
    The way of a decision in one sentence: `You, then Marta Conti, then Enzo Villa (CFO), because
    the customer's total of 30 days passes 5,000.` Empty where nobody would sign.
    """
    if not route.seats:
        return ""
    parts = [gettext("you"), *(_turn(turn) for turn in _turns(route.seats))]
    then = gettext(", then ")
    sentence = then.join(parts)
    why = _why(route)
    if why:
        sentence = gettext("%(who)s, because %(why)s") % {"who": sentence, "why": why}
    return f"{sentence[0].upper()}{sentence[1:]}."


def change_sentence(route: PlannedRoute) -> str:
    """What would change the way: how much less, or more. Empty where nothing would."""
    if route.amount is None:
        return ""
    currency, told = route.amount.currency, []
    if route.fewer_minor:
        amount = format_amount(route.fewer_minor, currency, language())
        told.append(gettext("Up to %(amount)s fewer people sign.") % {"amount": amount})
    return " ".join(told)


def faces(route: PlannedRoute, me: str) -> list[Face]:
    """The people of a way in order; those asked together stand together."""
    found = [Face(initials_of(me), gettext("You"), gettext("proposal"), is_now=True)]
    for turn in _turns(route.seats):
        for n, seat in enumerate(turn):
            found.append(Face(initials_of(seat.person.name), _name(seat), _role(seat), joins=n > 0))
    return found


def _turns(seats: Sequence[PlannedSeat]) -> list[list[PlannedSeat]]:
    found: list[list[PlannedSeat]] = []
    for seat in seats:
        if found and seat.turn and found[-1][0].turn == seat.turn:
            found[-1].append(seat)
        else:
            found.append([seat])
    return found


def _turn(turn: Sequence[PlannedSeat]) -> str:
    names = [f"{_name(seat)} ({_role(seat)})" for seat in turn]
    if len(names) == 1:
        return names[0]
    needed = turn[0].needed
    together = gettext(" and ").join([", ".join(names[:-1]), names[-1]])
    if needed >= len(names):
        return together
    text = ngettext("one of %(names)s", "%(n)s of %(names)s", needed)
    return text % {"n": needed, "names": together}


def _name(seat: PlannedSeat) -> str:
    if seat.stands_in_for is None:
        return seat.person.name
    return gettext("%(name)s for %(away)s") % {
        "name": seat.person.name,
        "away": seat.stands_in_for.name,
    }


def _role(seat: PlannedSeat) -> str:
    return who_asked(seat.asked_of) if seat.asked_of else level_name(seat.level)


def who_asked(asked_of: str) -> str:
    """Whom a step of the company's own asks, in words: `Logistics`."""
    kind, _space, name = asked_of.partition(" ")
    return who_words(Who(WhoKind(kind), name))


def left_out_words(code: str) -> str:
    """Why something was not signed together, in the reader's language."""
    return str(ROUTES[Refusal(code)]) if code in set(Refusal) else gettext(code)


def _why(route: PlannedRoute) -> str:
    """Why the highest of them signs: the amount itself, or the customer's total of 30 days."""
    if route.amount is None or route.passes_minor is None:
        return ""
    amount = format_amount(route.passes_minor, route.amount.currency, language())
    limit = amount.units if not amount.cents.strip(".,0") else str(amount)
    if route.amount.minor > route.passes_minor:
        return gettext("it is more than %(limit)s") % {"limit": limit}
    return gettext("the customer's total of 30 days passes %(limit)s") % {"limit": limit}
