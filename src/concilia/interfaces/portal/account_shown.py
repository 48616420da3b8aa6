"""What the pages of an account show: plain words for where each cent is, and who has the ball."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concilia.claims.models import Claim
from concilia.dunning.core.self_service import WHY_NOT, WRONG
from concilia.dunning.models import Promise as PromiseRow
from concilia.dunning.queries.account_home import HomeData, Watched, was_told
from concilia.dunning.queries.dunnable import Dunnable, DunnableItem
from concilia.interfaces.components.figures import Part
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.components.templatetags.concilia import weekday
from concilia.kernel.reason_words import DEPARTMENT_NAMES, EVIDENCE_NAMES, Department, Evidence
from concilia.kernel.reasons import reason_name
from concilia.receivables.models import OpenItem

Word = str | Promise
DONE, NOW, LATER = "ok", "now", ""

WRONG_WORDS: Final[Mapping[str, tuple[Word, Word]]] = {
    "missing": (_("Something is missing"), _("pieces, boxes, pallets")),
    "damaged": (_("Something arrived damaged"), _("a photo helps")),
    "quality": (_("The goods are not as they should be"), _("quality, date, smell, taste")),
    "other_goods": (_("We got something else than we ordered"), ""),
    "not_delivered": (_("It never arrived"), ""),
    "price": (_("The price is wrong"), _("other than agreed or ordered")),
    "discount": (_("A discount or promotion is missing"), ""),
    "twice": (_("This was invoiced twice"), ""),
    "returned": (_("We sent it back"), ""),
    "not_ours": (_("This invoice is not ours"), ""),
    "other": (_("Something else"), _("tell us in your words")),
}
WHY_WORDS: Final[Mapping[str, tuple[Word, Word]]] = {
    "not_received": (_("I never got the invoice"), _("we send it again")),
    "pay_run": (_("We pay on fixed days"), _("the due date does not fit")),
    "approval": (_("It waits for an approval here"), _("a signature, an order number")),
    "method": (_("The payment did not go through"), _("account, card, direct debit")),
    "third_party": (_("Somebody else pays this for us"), _("insurer, central payer, fund")),
    "bill": (_("The bill is too high to pay at once"), _("we explain it, and you may split it")),
    "short": (_("Not enough money just now"), _("we find a day that works")),
    "long": (_("It will be hard for longer"), _("we look for a plan together")),
    "hard_time": (_("I am going through a hard time"), _("one person will look after you")),
}
assert set(WRONG_WORDS) == set(WRONG)
assert set(WHY_WORDS) <= set(WHY_NOT)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen; `why` says what it means."""

    value: str
    label: Word
    why: Word = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPanel:
    """What is to pay now in one currency, and where the rest of what is open is."""

    sums: Dunnable
    items: Sequence[DunnableItem]
    promises: Sequence[PromiseRow]
    parts: Sequence[Part]

    @property
    def only(self) -> DunnableItem | None:
        """The one item that is due, if it is one."""
        return self.items[0] if len(self.items) == 1 else None

    @property
    def oldest(self) -> date | None:
        """Since when the oldest is due."""
        return min((one.due_date for one in self.items), default=None)

    @property
    def is_split(self) -> bool:
        """Whether some of what is open is not to be paid now."""
        return self.sums.open > self.sums.dunnable


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list of invoices."""

    number: str
    minor: int
    currency: str
    words: str
    good: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step on the way of a case, as its customer sees it."""

    label: Word
    note: str
    face: str

    @property
    def icon(self) -> str:
        """Its sign."""
        return {DONE: "check", NOW: "circle-dot"}.get(self.face, "circle")


def choices_of(words: Mapping[str, tuple[Word, Word]]) -> list[Choice]:
    """The answers somebody can choose from."""
    return [Choice(value, label, why) for value, (label, why) in words.items()]


def panels_of(home: HomeData) -> list[PayPanel]:
    """One panel for each currency, the largest sum to pay first."""
    found = []
    for sums in home.sums:
        items = [one for one in home.items if one.currency == sums.currency and one.dunnable]
        promises = [one for one in home.promises if one.currency == sums.currency]
        found.append(PayPanel(sums=sums, items=items, promises=promises, parts=list(_parts(sums))))
    return sorted(found, key=lambda one: -one.sums.dunnable)


def _parts(sums: Dunnable) -> Iterator[Part]:
    slices = (
        ("accent", sums.dunnable, gettext("To pay now")),
        ("open", sums.disputed, gettext("In dispute")),
        ("soft", sums.promised, gettext("Promised")),
        ("soft", sums.planned, gettext("In a plan")),
        ("none", sums.placed, gettext("With an agency or a court")),
        ("none", sums.not_due, gettext("Not due yet")),
        ("good", sums.held, gettext("Covered by credits")),
    )
    return (Part(kind, minor, label) for kind, minor, label in slices if minor)


def rows_of(home: HomeData, root: str) -> list[Row]:
    """Their invoices: what is open first, then credits, then what they paid lately."""
    rows = [_open_row(one, root) for one in home.items]
    rows += [
        Row(
            number=one.document_number,
            minor=one.open_minor,
            currency=one.currency,
            words=gettext("credit in your favour"),
            good=True,
        )
        for one in home.credits
    ]
    return rows + [_paid_row(one, root) for one in home.paid]


def _open_row(one: DunnableItem, root: str) -> Row:
    return Row(
        number=one.document_number,
        minor=one.open,
        currency=one.currency,
        words=where_it_is(one),
        href=f"{root}/invoice/{one.id}",
    )


def _paid_row(one: OpenItem, root: str) -> Row:
    return Row(
        number=one.document_number,
        minor=one.original_minor,
        currency=one.currency,
        words=gettext("settled, thank you"),
        good=True,
        href=f"{root}/invoice/{one.pk}",
    )


def where_it_is(one: DunnableItem) -> str:
    """In a few words, what becomes of an open item."""
    due = {"day": _day(one.due_date)}
    places = (
        (one.disputed == one.open, gettext("in dispute: we do not ask for it")),
        (one.disputed > 0, gettext("part of it is in dispute")),
        (one.promised == one.open, gettext("promised")),
        (one.planned > 0, gettext("in your plan")),
        (one.placed > 0, gettext("with an agency or a court")),
        (one.not_due > 0, gettext("due on %(day)s") % due),
        (one.held == one.open, gettext("covered by your credits")),
    )
    return next((words for holds, words in places if holds), gettext("was due on %(day)s") % due)


def how_it_stands(claim: Claim) -> str:
    """In a few words, what becomes of what they contest."""
    if was_told(claim):
        return gettext("decided: see our answer")
    if claim.case.due_at:
        return gettext("our answer by %(day)s") % {"day": _day(claim.case.due_at)}
    return claim.case.number


def steps_of(watched: Watched) -> list[CaseStep]:
    """The way of a case in four steps; what is decided shows only once it was told."""
    case = watched.claim.case
    files = gettext("with %(n)s files") % {"n": watched.files} if watched.files else ""
    received = ", ".join(filter(None, [_day(watched.claim.received_at), files]))
    looks = gettext("we wait for you") if watched.missing else ""
    looks = looks or (gettext("we wait for a third party") if watched.waits_for_others else "")
    until = gettext("by %(day)s") % {"day": _day(case.due_at)} if case.due_at else ""
    if watched.is_told:
        faces = (DONE, DONE, DONE)
    elif watched.is_decided:
        faces = (DONE, NOW, LATER)
    else:
        faces = (NOW, LATER, LATER)
    return [
        CaseStep(_("Received"), received, DONE),
        CaseStep(_("Being checked"), looks, faces[0]),
        CaseStep(_("Decision"), "", faces[1]),
        CaseStep(_("Our answer"), _told(watched) if watched.is_told else until, faces[2]),
    ]


def _told(watched: Watched) -> str:
    return _day(watched.claim.decided_at) if watched.claim.decided_at else ""


def holder_of(watched: Watched) -> tuple[str, str]:
    """Who has the case with us: a first name, and the department."""
    owner = watched.claim.case.owner
    first = owner.user.name.split()[0] if owner and owner.user.name else ""
    department = DEPARTMENT_NAMES[Department(watched.claim.case.department)]
    return first, department.in_language(base_language(get_language()))


def missing_of(watched: Watched) -> list[str]:
    """What we wait for from them."""
    language = base_language(get_language())
    return [
        one.question
        or (
            EVIDENCE_NAMES[Evidence(one.evidence)].in_language(language)
            if one.evidence in set(Evidence)
            else gettext("Your answer to our question")
        )
        for one in watched.missing
    ]


def title_of(reason: str) -> str:
    """What a case is about: in the words they chose it by, where they did."""
    for wrong, code in WRONG.items():
        if code == reason and wrong != "other":
            return str(WRONG_WORDS[wrong][0])
    return reason_name(reason, base_language(get_language()))


def _day(value: date | datetime) -> str:
    return weekday(localtime(value) if isinstance(value, datetime) else value)
