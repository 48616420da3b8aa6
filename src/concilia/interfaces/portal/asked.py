"""What somebody is asked by a link, in their words: the question, its answers, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.links import Purpose
from concilia.cases.core.process.model import Step as ProcessStep
from concilia.cases.models import ActionLink, Step
from concilia.cases.queries.processes import standing_of
from concilia.claims.models import Claim
from concilia.interfaces.components.formats import (
    base_language,
    format_day,
    format_number,
    money_text,
)
from concilia.interfaces.components.outcomes import outcome_words
from concilia.kernel.reason_words import EVIDENCE_NAMES, Evidence
from concilia.kernel.reasons import reason_name
from concilia.receivables.models import Delivery

Word = str | Promise
HAVE, NONE, SETTLED = "have", "none", "settled"
CLEAN, RESERVE = "clean", "reserve"
COUNT_MAX: Final = 9_999_999
LINES_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen; `why` says what it means."""

    value: str
    label: Word
    why: Word = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    A question as its page shows it.

    :param context: what it is about, as few pairs as make it clear
    :param choices: none where words are the answer; then they are needed
    :param count: what is counted, if something is; it goes with the choice `counted`
    :param fields: what a form of the process asks for, by name
    """

    title: str
    more: str
    context: Sequence[tuple[Word, str]]
    legend: Word
    choices: Sequence[Choice]
    count: Word = ""
    counted: str = ""
    fields: Sequence[str] = ()
    photo: Word = ""
    outcomes: Sequence[str] = ()

    @property
    def needs_words(self) -> bool:
        """Whether words are the only answer."""
        return not self.choices and not self.fields

    def choice(self, value: str) -> Choice | None:
        """The choice of this value; None if it is not among them."""
        return next((one for one in self.choices if one.value == value), None)


def asked_of(link: ActionLink, claim: Claim) -> Asked:
    """The question of a link that asks for an answer."""
    step = link.step
    assert step is not None, "a signature is asked for on a page of its own"
    place = _place(step)
    title, more = _title(link, step, claim)
    choices, legend = _choices(link, step, claim, place)
    is_proof = step.evidence == Evidence.POD
    return Asked(
        title=title,
        more=more,
        context=list(_context(link, claim)),
        legend=legend,
        choices=choices,
        count=_("Pieces missing or damaged") if is_proof and choices else "",
        counted=RESERVE if is_proof and choices else "",
        fields=place.fields if place else (),
        outcomes=place.choices if place else (),
        photo=_("Photo of the paper") if step.evidence else _("Photos or papers"),
    )


def answer_words(asked: Asked, choice: Choice | None, count: int | None, words: str) -> str:
    """What was answered, as it is kept: the choice, the count, the words."""
    parts = [str(choice.label)] if choice else []
    if choice and count is not None and choice.value == asked.counted:
        parts.append(f"{asked.count}: {format_number(count, _language())}")
    return "\n".join(part for part in (*parts, words.strip()) if part)


def about(claim: Claim) -> str:
    """The number people know a claim by: its invoice, else their own, else the case."""
    if claim.invoice:
        return claim.invoice.number
    return claim.their_reference or claim.case.number


def delivery_of(claim: Claim) -> Delivery | None:
    """The delivery a claim speaks of."""
    return claim.delivery or (claim.invoice.delivery if claim.invoice else None)


def _title(link: ActionLink, step: Step, claim: Claim) -> tuple[str, str]:
    words = [line.strip() for line in step.question.splitlines() if line.strip()]
    if words and not (step.evidence and link.purpose == Purpose.RESOLVE):
        first, *rest = words
        return first, "\n".join(rest)
    more = "\n".join(words)
    delivery = delivery_of(claim)
    if step.evidence == Evidence.POD and delivery:
        return gettext("Has %(delivery)s come back signed?") % {"delivery": delivery.number}, more
    if step.evidence in set(Evidence):
        name = EVIDENCE_NAMES[Evidence(step.evidence)].in_language(_language())
        return gettext("Do you have this paper: %(paper)s?") % {"paper": name}, more
    if step.kind == "qualify":
        return gettext("Which invoices did you pay, and is there a reason for the difference?"), ""
    return gettext("What can you tell us about %(about)s?") % {"about": about(claim)}, more


def _choices(
    link: ActionLink, step: Step, claim: Claim, place: ProcessStep | None
) -> tuple[Sequence[Choice], Word]:
    if link.purpose == Purpose.TELL:
        first = _("My answer") if not step.evidence else _("Here it is")
        more = [Choice(NONE, _("I do not have it"), _("we look for another way"))]
        return (
            [
                Choice(HAVE, first, _("in your words, with papers or photos")),
                *(more if step.evidence else ()),
                Choice(SETTLED, _("It is settled"), _("nothing is left to do for us")),
            ],
            _("Your answer"),
        )
    if step.evidence == Evidence.POD and delivery_of(claim):
        return _PROOF[Purpose(link.purpose)], _("What does the paper say?")
    if step.evidence:
        return [
            Choice(HAVE, _("Yes, here it is")),
            Choice(NONE, _("I do not have it"), _("we look for another way")),
        ], _("Your answer")
    outcomes = place.choices if place else ()
    return [Choice(one, outcome_words(one)) for one in outcomes], _("Your answer")


_PROOF: Final = {
    Purpose.RESOLVE: (
        Choice(CLEAN, _("Signed, without reserve"), _("they took everything")),
        Choice(RESERVE, _("Signed, with a reserve"), _("the driver or the customer wrote on it")),
        Choice(NONE, _("I do not have it"), _("we ask the carrier for it")),
    ),
    Purpose.PROVE: (
        Choice(CLEAN, _("Signed, without reserve"), _("they took everything")),
        Choice(RESERVE, _("Signed, with a reserve"), _("the driver or the customer wrote on it")),
        Choice(NONE, _("It cannot be found"), _("tell us below what you know")),
    ),
}


def _context(link: ActionLink, claim: Claim) -> Iterator[tuple[Word, str]]:
    """What it is about: to a carrier the transport, to the customer their own claim."""
    delivery = delivery_of(claim)
    if link.purpose == Purpose.RESOLVE:
        yield _("Customer"), claim.customer.name
    if link.purpose != Purpose.PROVE:
        yield _("About"), about(claim)
    if delivery:
        day = format_day(delivery.shipped_date, localtime().date(), _language())
        yield _("Delivery"), f"{delivery.number}, {day}"
        if delivery.carrier and link.purpose != Purpose.TELL:
            yield _("Carrier"), delivery.carrier
    if link.purpose == Purpose.PROVE:
        return
    says = _("They say") if link.purpose == Purpose.RESOLVE else _("You say")
    yield says, reason_name(claim.reason, _language())
    yield from _lines(claim)


def _lines(claim: Claim) -> Iterator[tuple[Word, str]]:
    total = money_text(claim.claimed_minor, claim.currency, _language())
    lines = list(claim.lines.all()[: LINES_SHOWN + 1])
    if len(lines) <= LINES_SHOWN:
        for line in lines:
            what = line.description or line.sku
            amount = money_text(line.claimed_minor, claim.currency, _language())
            if what and line.quantity is not None:
                yield what, f"{format_number(line.quantity.normalize(), _language())} · {amount}"
                continue
            yield what or _("Amount"), amount
        return
    yield _("Amount"), total


def _place(step: Step) -> ProcessStep | None:
    """The step of the process behind a question; None for what people asked."""
    standing = standing_of(step.case) if step.place else None
    if standing is None:
        return None
    return next((one for one in standing.definition.steps if one.id == step.place), None)


def _language() -> str:
    return base_language(get_language())
