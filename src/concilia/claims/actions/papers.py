"""Claims that open by themselves: from a paper that is sure, from a payment that fell short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import Addressee, NewStep, add_to_thread, close_case, open_step
from concilia.claims.actions.laying import add_papers
from concilia.claims.actions.link_mails import LinkedQuestion, mail_question
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimDraft, ClaimRefused, DraftLine, write_claim
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.events import ClaimFactsChanged
from concilia.claims.models import Claim, ClaimDeduction
from concilia.claims.queries.drafts import lines_from
from concilia.claims.queries.letters import about, recipient_of
from concilia.claims.queries.links import Links, find_links
from concilia.claims.queries.recognition import UNDECIDED
from concilia.correspondence.core.letters import Template
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.core.templates import write_letter
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.foundation import audit, events
from concilia.foundation.audit import Act, Actor, rule_actor
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions import settle_arrival
from concilia.intake.core import reading
from concilia.intake.models import Arrival
from concilia.kernel.money import Money
from concilia.kernel.reasons import UNIDENTIFIED
from concilia.receivables.models import BankEntry, Invoice, OpenItem

CLAIM_KINDS = reading.CLAIM_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsWord:
    """What a person in the inbox adds to a reading; None leaves what was found."""

    member: Membership
    customer_id: int | None = None
    invoice_id: int | None = None


@transaction.atomic(durable=True)
def open_claim_from_document(
    *, arrival_id: int, at: datetime, word: PersonsWord | None = None
) -> Claim | None:
    """
    Open the claim a document states, once; or join it to the short payment it explains.

    Without a person's word only what is sure opens by itself: a kind and a reason above their
    thresholds, one customer, a record of theirs, an amount. All else waits, saying why.

    :return: None if it waits
    :raises ClaimRefused: if a person confirms a document that lacks a customer, reason or amount
    """
    arrival = (
        Arrival.objects.select_for_update(of=("self",), no_key=True)
        .select_related("message")
        .get(pk=arrival_id)
    )
    if arrival.document is None:
        raise ClaimRefused(_("This has not been read yet."))
    document = Document.objects.select_for_update(of=("self",), no_key=True).get(
        pk=arrival.document.pk
    )
    known = Claim.objects.filter(document=document).first()
    if known:
        return known
    links = links_of(arrival, document, word)
    missing = why_not(document, links, word)
    draft = None if missing else draft_of(arrival, document, links, word)
    if not missing and draft is None:
        missing = "no_amount"
    if missing or draft is None:
        if word:
            raise ClaimRefused(SENTENCES[missing])
        keep_customer(document, links)
        settle_arrival(arrival_id=arrival.pk, state=Arrival.State.WAITING, outcome=missing, at=at)
        return None
    keep_customer(document, links)
    actor = actor_of(word.member) if word else rule_actor("reading")
    claim = _joined(draft, document, actor, at) or write_claim(draft=draft, actor=actor, at=at)
    add_papers(claim=claim, document=document, member=word.member if word else None, at=at)
    if arrival.message:
        arrival.message.customer_id = claim.customer_id
        arrival.message.save(update_fields=["customer"])
        add_to_thread(case=claim.case, message=arrival.message)
    outcome = "joined" if claim.origin == Claim.Origin.SHORT_PAYMENT else "claim_opened"
    state = Arrival.State.DONE
    if document.values.get("further_claims"):
        state, outcome = Arrival.State.WAITING, "further_claims"
    settle_arrival(arrival_id=arrival.pk, state=state, outcome=outcome, at=at)
    return claim


SENTENCES = {
    "unsure": _("Confirm what this is before a claim is opened."),
    "not_a_claim": _("This is no claim: correct what it is first."),
    "unknown_customer": _("Say which customer this is from."),
    "no_reason": _("Say why they claim it."),
    "foreign_number": _("It names a number of another customer."),
    "unknown_record": _("None of its numbers is known here."),
    "no_amount": _("Say how much they claim."),
}


@transaction.atomic(durable=True)
def open_claim_for_deduction(
    *, item_id: int, bank_entry_id: int, reason: str, text: str, at: datetime
) -> Claim:
    """
    Give a deduction its claim: the open one about the same money, else a new one.

    Without a reason (FI-16) the customer is asked for the details of their payment, by rule.
    """
    item = (
        OpenItem.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer__entity", "invoice__delivery", "invoice__order", "origin_item")
        .get(pk=item_id)
    )
    known = ClaimDeduction.objects.filter(item=item).select_related("claim").first()
    if known:
        return known.claim
    entry = BankEntry.objects.get(pk=bank_entry_id)
    twin = _claim_about(item)
    if twin:
        return _join_deduction(twin, item, entry, at)
    draft = draft_for_deduction(item, reason, text, at)
    claim = write_claim(draft=draft, actor=rule_actor("short payment"), at=at)
    ClaimDeduction.objects.create(claim=claim, item=item, bank_entry=entry)
    if claim.reason == UNIDENTIFIED:
        _ask_for_details(claim, item, entry, at)
    return claim


def draft_for_deduction(item: OpenItem, reason: str, text: str, at: datetime) -> ClaimDraft:
    """The claim about what a payment fell short of; needs the item's customer and invoice."""
    return ClaimDraft(
        customer=item.customer,
        origin=Claim.Origin.SHORT_PAYMENT,
        channel="bank",
        reason=reason or UNIDENTIFIED,
        currency=item.currency,
        lines=[DraftLine(claimed_minor=item.original_minor, description=text)],
        received_at=at,
        invoice=item.invoice,
        order=item.invoice.order if item.invoice else None,
        delivery=item.invoice.delivery if item.invoice else None,
        deduction=item,
        facts={"text": text, "item": item.document_number},
    )


@transaction.atomic(durable=True)
def withdraw_deduction(*, item_id: int, at: datetime) -> None:
    """The payment behind a deduction was taken back: a claim about nothing else ends."""
    link = ClaimDeduction.objects.filter(item=item_id).first()
    if link is None:
        return
    claim = lock_claim(claim_id=link.claim_id)
    if claim.origin != Claim.Origin.SHORT_PAYMENT or claim.state not in UNDECIDED:
        return
    if claim.document_id is None and claim.deductions.count() == 1:
        act = move(claim=claim, action=ClaimAction.WITHDRAW, at=at)
        close_case(case=claim.case, at=at)
        actor = rule_actor("payment reversed")
        audit.log(entity_id=claim.entity_id, actor=actor, at=at, acts=[act])


def links_of(arrival: Arrival, document: Document, word: PersonsWord | None) -> Links:
    """The records a document names, with what a person says of them."""
    sender = arrival.message.sender if arrival.message else ""
    links = find_links(
        entity_id=arrival.entity_id,
        values=document.values,
        sender=sender,
        customer=_customer_said(document, word),
    )
    if word and word.invoice_id:
        rows = Invoice.objects.filter(pk=word.invoice_id, entity_id=arrival.entity_id)
        links.invoices = list(rows.select_related("customer", "order", "delivery"))
        for invoice in links.invoices:
            links.customer = links.customer or invoice.customer
            links.order, links.delivery = invoice.order, invoice.delivery
    return links


def _customer_said(document: Document, word: PersonsWord | None) -> Customer | None:
    """Whom a person says this is from: now, or when they corrected the reading."""
    if word and word.customer_id:
        rows = Customer.objects.filter(pk=word.customer_id, entity_id=document.entity_id)
        return rows.first()
    is_said = "customer" in (document.values.get("corrected") or [])
    return document.customer if is_said else None


def why_not(document: Document, links: Links, word: PersonsWord | None) -> str:
    """Why no claim can be opened yet; empty if it can. A person's word stands for doubt."""
    reasons = (
        (document.kind not in CLAIM_KINDS, "not_a_claim"),
        (links.customer is None, "unknown_customer"),
        (not document.reason, "no_reason"),
        (word is None and document.needs_review, "unsure"),
        (word is None and bool(links.foreign), "foreign_number"),
        (word is None and not links.are_sure, "unknown_record"),
    )
    return next((why for applies, why in reasons if applies), "")


def draft_of(
    arrival: Arrival, document: Document, links: Links, word: PersonsWord | None
) -> ClaimDraft | None:
    """The claim a document states; None where nobody says how much."""
    assert links.customer is not None
    currency = document.currency or links.customer.currency
    lines = lines_from(document=document, links=links, currency=currency)
    if not lines:
        return None
    references: dict[str, Any] = document.values.get("references") or {}
    return ClaimDraft(
        customer=links.customer,
        origin=Claim.Origin.MESSAGE,
        channel=arrival.channel,
        reason=document.reason,
        confirmed=word is not None,
        currency=currency,
        lines=[
            DraftLine(
                claimed_minor=line.claimed_minor,
                reason=line.reason,
                invoice=line.invoice,
                invoice_line=line.invoice_line,
                description=line.description,
                quantity=line.quantity,
                unit_price=line.unit_price,
            )
            for line in lines
        ],
        received_at=arrival.received_at,
        their_reference=", ".join(references.get("claim") or [])[:80],
        invoice=links.invoice,
        order=links.order,
        delivery=links.delivery,
        document=document,
        owner=word.member if word else None,
        facts={"file": document.filename},
    )


def _joined(draft: ClaimDraft, document: Document, actor: Actor, at: datetime) -> Claim | None:
    """The claim a short payment opened for the same money: the paper explains it (R-2.1)."""
    total = sum(line.claimed_minor for line in draft.lines)
    if draft.invoice is None:
        return None
    rows = Claim.objects.select_for_update(of=("self",), no_key=True).filter(
        entity_id=draft.customer.entity_id,
        origin=Claim.Origin.SHORT_PAYMENT,
        invoice=draft.invoice,
        claimed_minor=total,
        currency=draft.currency,
        document=None,
        state__in=UNDECIDED,
    )
    found = list(rows.select_related("case__entity", "customer", "entity")[:2])
    if len(found) != 1 or found[0].reason not in {UNIDENTIFIED, draft.reason}:
        return None
    claim = found[0]
    claim.document = document
    claim.reason, claim.reason_is_confirmed = draft.reason, draft.confirmed
    claim.their_reference = claim.their_reference or draft.their_reference
    claim.save(update_fields=["document", "reason", "reason_is_confirmed", "their_reference"])
    _explain_lines(claim, draft)
    acts = [Act("claim.joined", "case", claim.case_id, {"file": document.filename})]
    if claim.state == ClaimState.QUALIFYING:
        acts.append(move(claim=claim, action=ClaimAction.INVESTIGATE, at=at))
    if claim.state == ClaimState.WAITING_CUSTOMER:
        acts.append(move(claim=claim, action=ClaimAction.RESUME, at=at))
    claim.case.steps.filter(state="OPEN", kind="qualify").update(state="DONE", done_at=at)
    events.record(ClaimFactsChanged(claim.pk))
    audit.log(entity_id=claim.entity_id, actor=actor, at=at, acts=acts)
    return claim


def _explain_lines(claim: Claim, draft: ClaimDraft) -> None:
    """The paper's lines replace the bank's one line: same total, now with articles."""
    claim.lines.all().delete()
    for n, line in enumerate(draft.lines, start=1):
        billed = line.invoice_line
        claim.lines.create(
            n=n,
            reason=line.reason or draft.reason,
            invoice=line.invoice or draft.invoice,
            invoice_line=billed,
            sku=billed.sku if billed else "",
            description=(line.description or (billed.description if billed else ""))[:200],
            quantity=line.quantity,
            unit_price=line.unit_price,
            vat_bp=billed.vat_bp if billed else 0,
            currency=draft.currency,
            claimed_minor=line.claimed_minor,
        )


def _claim_about(item: OpenItem) -> Claim | None:
    """The only open claim that contests exactly the money a deduction holds."""
    if item.invoice_id is None:
        return None
    rows = Claim.objects.select_for_update(of=("self",), no_key=True).filter(
        entity_id=item.entity_id,
        invoice=item.invoice_id,
        claimed_minor=item.original_minor,
        currency=item.currency,
        deductions=None,
        state__in=UNDECIDED,
    )
    found = list(rows.select_related("case__entity", "customer", "entity")[:2])
    return found[0] if len(found) == 1 else None


def _join_deduction(claim: Claim, item: OpenItem, entry: BankEntry, at: datetime) -> Claim:
    ClaimDeduction.objects.create(claim=claim, item=item, bank_entry=entry)
    claim.disputed_items.filter(released_at=None).update(released_at=at)
    data = {"amount": item.original_minor, "currency": item.currency, "item": item.document_number}
    act = Act("claim.short_payment_joined", "case", claim.case_id, data)
    events.record(ClaimFactsChanged(claim.pk))
    audit.log(entity_id=claim.entity_id, actor=rule_actor("short payment"), at=at, acts=[act])
    return claim


def _ask_for_details(claim: Claim, item: OpenItem, entry: BankEntry, at: datetime) -> None:
    """Nobody knows why money is missing: the customer is asked, politely and once."""
    step = NewStep(kind="qualify", holder="customer", department="CRD", days=5)
    opened = open_step(case=claim.case, step=step, at=at)
    if not claim.entity.settings.get("ask_for_remittances", True):
        return
    to, name = recipient_of(claim)
    if not to:
        return
    values: dict[str, Any] = {
        "claim": claim.case.number,
        "sender": claim.entity.name,
        "company": claim.entity.legal_name,
        "paid": Money(entry.amount_minor, entry.currency),
        "paid_on": entry.value_date,
        "difference": Money(item.original_minor, item.currency),
        "about": about(claim),
        "until": (opened.due_at or at).date(),
    } | ({"name": name} if name else {})
    letter = write_letter(Template.REMITTANCE_REQUEST, claim.customer.language, values)
    question = LinkedQuestion(
        step=opened,
        to=Addressee(address=to, name=name, language=claim.customer.language),
        subject=letter.subject,
        body=letter.body,
        by=None,
        template=letter.template,
        purpose=Purpose.ASK_REMITTANCE,
        key=f"claim:{claim.pk}:remittance_request",
    )
    mail_question(claim=claim, question=question, at=at)


def keep_customer(document: Document, links: Links) -> None:
    """Note on a document whose it is."""
    if links.customer and document.customer_id != links.customer.pk:
        document.customer = links.customer
        document.save(update_fields=["customer"])
