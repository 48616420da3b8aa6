"""The letter a decision would send: drafted from the templates, changed by people if they like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from concilia.cases.models import CaseMessage
from concilia.claims.models import Claim
from concilia.correspondence.core.letters import Template
from concilia.correspondence.core.templates import Value, line_of_decision, write_letter
from concilia.correspondence.models import Message
from concilia.customers.models import Contact
from concilia.identity.models import Membership
from concilia.kernel.money import Money
from concilia.kernel.reasons import reason_name

ANSWER_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What goes to the customer once a decision is approved; empty `body` sends nothing."""

    to: str = ""
    language: str = ""
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A decision as it would be: per line number approved and denied cents, and the reason."""

    lines: Sequence[Mapping[str, Any]]
    reason: str = ""


def draft_letter(*, claim: Claim, outlook: Outlook, member: Membership, on: date) -> Letter:
    """
    Draft the answer to a claim in the customer's language, to whoever wrote to us about it.

    :param on: today in the entity's calendar; an answer is asked for within 14 days
    """
    to, name = recipient_of(claim)
    language = claim.customer.language
    approved = sum(line["approved_minor"] for line in outlook.lines)
    denied = sum(line["denied_minor"] for line in outlook.lines)
    values: dict[str, Value] = {
        "claim": claim.case.number,
        "about": about(claim),
        "sender": member.user.name,
        "company": claim.entity.name,
    }
    if name:
        values["name"] = name
    template = Template.DECISION_ACCEPTED
    if denied:
        template = Template.DECISION_PARTLY if approved else Template.DECISION_REFUSED
        values |= {
            "claimed": Money(claim.claimed_minor, claim.currency),
            "until": on + ANSWER_WITHIN,
            "holder": member.user.name,
            "lines": _lines(claim, outlook, language),
        }
    if not denied or approved:
        values["approved"] = Money(approved, claim.currency)
    if denied and approved:
        values["denied"] = Money(denied, claim.currency)
    if template is Template.DECISION_REFUSED:
        values["reason"] = outlook.reason or reason_name(claim.reason, language)
    written = write_letter(template, language, values)
    return Letter(to=to, language=language, subject=written.subject, body=written.body)


def recipient_of(claim: Claim) -> tuple[str, str]:
    """The address and name of whoever wrote of a claim last; else the customer's first contact."""
    placed = (
        CaseMessage.objects.filter(case=claim.case_id, message__lane=Message.Lane.IN)
        .select_related("message")
        .order_by("-message__written_at")
        .first()
    )
    if placed and placed.message.sender:
        return placed.message.sender, placed.message.sender_name
    contact = Contact.objects.filter(customer=claim.customer_id).exclude(email="")
    first = contact.order_by("pk").first()
    return (first.email, first.name) if first else ("", "")


def about(claim: Claim) -> str:
    """What a claim is about, by the number the customer knows."""
    if claim.invoice:
        return claim.invoice.number
    return claim.their_reference or claim.case.number


def _lines(claim: Claim, outlook: Outlook, language: str) -> list[str]:
    decided = {line["n"]: line for line in outlook.lines}
    return [
        line_of_decision(
            language,
            line.description or line.sku or reason_name(line.reason, language),
            claimed=Money(line.claimed_minor, claim.currency),
            approved=Money(decided[line.n]["approved_minor"], claim.currency),
        )
        for line in claim.lines.all()
        if line.n in decided
    ]
