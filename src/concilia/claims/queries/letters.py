"""The letter a decision would send: drafted from the templates, changed by people if they like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from concilia.cases.models import CaseMessage
from concilia.claims.core.decisions import LineToDecide
from concilia.claims.models import Claim
from concilia.claims.queries.authority import today_of
from concilia.correspondence.actions import Outgoing
from concilia.correspondence.core.letters import Template
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.core.templates import Value, line_of_decision, write_letter
from concilia.correspondence.models import Message
from concilia.customers.models import Contact
from concilia.identity.models import Membership
from concilia.kernel.money import Money
from concilia.kernel.reason_words import EVIDENCE_NAMES, Evidence
from concilia.kernel.reasons import reason_name

ANSWER_WITHIN = timedelta(days=14)
PAPER_WITHIN = timedelta(days=7)


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


def letter_for(
    claim: Claim,
    lines: Sequence[LineToDecide],
    approved: Mapping[int, int],
    reason: str,
    member: Membership,
    at: datetime,
) -> Letter:
    """The letter a choice would send, in the customer's language."""
    decided = [
        {
            "n": line.n,
            "approved_minor": approved[line.n],
            "denied_minor": line.claimed_minor - approved[line.n],
        }
        for line in lines
    ]
    outlook = Outlook(lines=decided, reason=reason)
    return draft_letter(claim=claim, outlook=outlook, member=member, on=today_of(claim.entity, at))


def own_words(*, claim: Claim, member: Membership, body: str, to: str, subject: str) -> Outgoing:
    """
    What a person writes to the customer in their own words.

    :param to: empty takes whoever wrote to us about it
    """
    return Outgoing(
        key=f"claim:{claim.pk}:{uuid4()}",
        purpose=Purpose.PERSONAL,
        to=to or recipient_of(claim)[0],
        subject=subject,
        body=body,
        language=claim.customer.language,
        author=member.user,
    )


def draft_question(
    *, claim: Claim, holder: str, evidence: str, member: Membership, on: date
) -> Letter:
    """
    Draft the request for a paper, to whoever has it, in their language.

    Empty where there is no such letter: then a person finds their own words.

    :param holder: `customer`, `us` or `third`
    :param on: today in the entity's calendar; an answer is asked for within a week
    """
    if evidence not in set(Evidence):
        return Letter()
    values: dict[str, Value] = {
        "claim": claim.case.number,
        "until": on + PAPER_WITHIN,
        "sender": member.user.name,
        "company": claim.entity.name,
    }
    if holder == "customer":
        return _ask_customer(claim, Evidence(evidence), values)
    return _ask_for_proof(claim, holder, values) if evidence == Evidence.POD else Letter()


def _ask_customer(claim: Claim, evidence: Evidence, values: dict[str, Value]) -> Letter:
    to, name = recipient_of(claim)
    language = claim.customer.language
    paper = EVIDENCE_NAMES[evidence].in_language(language)
    values |= {"about": about(claim), "papers": [paper]} | ({"name": name} if name else {})
    written = write_letter(Template.EVIDENCE_REQUEST, language, values)
    return Letter(to=to, language=language, subject=written.subject, body=written.body)


def _ask_for_proof(claim: Claim, holder: str, values: dict[str, Value]) -> Letter:
    """The carrier has the signed paper; a colleague can get it from them."""
    delivery = claim.delivery or (claim.invoice.delivery if claim.invoice else None)
    if delivery is None:
        return Letter()
    language = claim.entity.language
    values |= {"delivery": delivery.number}
    template, to = Template.POD_REQUEST_COLLEAGUE, ""
    if holder == "third":
        template, to = Template.POD_REQUEST_CARRIER, _partner(claim, delivery.carrier)
        values |= {"shipped_on": delivery.shipped_date}
    else:
        values |= {"customer": claim.customer.name}
    written = write_letter(template, language, values)
    return Letter(to=to, language=language, subject=written.subject, body=written.body)


def _partner(claim: Claim, name: str) -> str:
    """The address of a carrier among the entity's partners, by its name."""
    for partner in claim.entity.settings.get("partners", []):
        if str(partner.get("name", "")).casefold() == name.casefold():
            return str(partner.get("email", ""))
    return ""


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


def name_of_address(*, claim: Claim, address: str) -> str:
    """Who reads mail at an address, by our own records; empty where they do not say."""
    to = address.strip().lower()
    for partner in claim.entity.settings.get("partners", []):
        if str(partner.get("email", "")).lower() == to:
            return str(partner.get("name", ""))
    contact = Contact.objects.filter(customer=claim.customer_id, email__iexact=to).first()
    return contact.name if contact else ""


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
