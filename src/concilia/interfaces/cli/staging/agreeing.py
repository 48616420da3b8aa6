"""What is agreed with late payers: plans kept and not, settlements, and what an agency collects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from concilia.customers.models import Customer, PayerAlias
from concilia.dunning.actions import (
    CollectionRefused,
    NewMotive,
    NewPaper,
    NewPlacement,
    NewPlan,
    NewSettlement,
    PlacementTerms,
    add_partner,
    agree_plan,
    ask_to_place,
    draft_placement,
    finish_step,
    judge_plans,
    lay_paper,
    load_results,
    offer_settlement,
    propose_plan,
    record_motive,
    say_terms,
    sign_placement,
    sign_waiver,
)
from concilia.dunning.core.motives import Source
from concilia.dunning.models import Placement, Plan
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_of
from concilia.dunning.queries.plans import plan_shown
from concilia.identity.models import Membership, Role
from concilia.intake.actions import Incoming, receive
from concilia.intake.models import Arrival
from concilia.interfaces.cli.company.camt import Account, BankDay, write_statement
from concilia.interfaces.cli.company.registers import iban_of
from concilia.interfaces.cli.company.shapes import Entry
from concilia.interfaces.cli.staging.collecting import unpaid_items
from concilia.interfaces.cli.staging.jobs import work_off
from concilia.interfaces.cli.staging.play import Stage
from concilia.kernel.money import Money

LEAST_MINOR: Final = 60_000
SIGNS_FROM: Final = 4  # the level of those who sign what clerks agree
PLACED_BEFORE: Final = 30  # days before the visitor comes
REPORTED_BEFORE: Final = 9
AGENCY: Final = "Recuperi Tanaro S.r.l."
ROW: Final = {"it": "RATA", "de": "RATE", "fr": "ECHEANCE", "es": "CUOTA", "en": "INSTALMENT"}
SUM: Final = {
    "it": "SALDO E STRALCIO", "de": "VERGLEICH", "fr": "TRANSACTION", "es": "ACUERDO",
    "en": "SETTLEMENT",
}  # fmt: skip
PAPERS: Final = ("INVOICE", "INVOICE_XML", "DELIVERY", "ORDER", "NOTICE", "NOTICE_PROOF")


@dataclass(frozen=True, slots=True)
class Deal:
    """
    One agreement: made so many days before the visitor comes, its first row due days after that.

    :param pays: how many of its rows they pay
    :param offer: per cent of the debt a settlement asks for; 0 for an instalment plan
    :param is_signed: whether what a settlement gives up is written off when the visitor comes
    """

    key: str
    before: int
    first_in: int
    pays: int
    count: int = 1
    offer: int = 0
    is_signed: bool = False
    note: str = ""


DEALS: Final = (
    Deal("broken", 76, 4, 1, count=3, note="Three instalments, the second did not come"),
    Deal("completed", 64, 5, 2, count=2, note="Half now, half next month"),
    Deal("running", 44, 5, 2, count=4, note="Four instalments from the end of the month"),
    Deal("written-off", 38, 9, 1, offer=75, is_signed=True, note="Closes the shop"),
    Deal("at-risk", 26, 5, 0, count=3, note="Waits for its own customers"),
    Deal("settled", 13, 6, 1, offer=80, note="Wants an end to it"),
    Deal("agreed", 8, 12, 0, count=6, note="Six instalments, agreed on the telephone"),
)


def agree(stage: Stage, clerk: Membership, at: datetime) -> None:
    """What was agreed goes on: made, paid in rows, judged, signed, handed over."""
    signers = signers_of(stage)
    if len(signers) <= 1:
        return
    before = (stage.ends_at - at).days
    for deal in DEALS:
        if before <= deal.before and deal.key not in stage.agreed:
            stage.agreed[deal.key] = _made(stage, deal, clerk, at)
        plan = Plan.objects.filter(pk=stage.agreed.get(deal.key, 0)).first()
        if plan is not None:
            _pay(stage, deal, plan, at)
    judge_plans(entity=stage.entity, at=at)
    _sign(stage, signers, at)
    if before <= PLACED_BEFORE and "placed" not in stage.agreed:
        stage.agreed["placed"] = _place(stage, clerk, signers[-1], at)
    if before <= REPORTED_BEFORE and "reported" not in stage.agreed:
        stage.agreed["reported"] = _report(stage, clerk, at)


def signers_of(stage: Stage) -> list[Membership]:
    """Approvers who may sign what clerks agree, the lowest first."""
    found = [
        one
        for one in stage.members.values()
        if one.role == Role.APPROVER and one.level >= SIGNS_FROM
    ]
    return sorted(found, key=lambda one: one.level)


def _made(stage: Stage, deal: Deal, clerk: Membership, at: datetime) -> int:
    """The number of the plan; 0 where nobody could be found for it."""
    today = at.date()
    for item in unpaid_items(stage, today, least_minor=LEAST_MINOR):
        if deal.offer and _owes_more(stage, item, today):
            continue
        try:
            plan = _offer(deal, item, clerk, today, at)
            for signer in signers_of(stage):
                if not plan.is_in_force:
                    plan = agree_plan(plan_id=plan.pk, by=signer, at=at)
        except CollectionRefused as refusal:
            stage.refusals.append(f"{item.document_number} {deal.key}: {refusal}")
            continue
        return plan.pk
    return 0


def _owes_more(stage: Stage, item: DunnableItem, today: date) -> bool:
    """Whether a settlement of all that is due would be about more than this item."""
    found = dunnable_of(entity=stage.entity, customers=[item.customer_id], today=today)
    return any(one.dunnable != item.dunnable for one in found)


def _offer(deal: Deal, item: DunnableItem, clerk: Membership, today: date, at: datetime) -> Plan:
    first = today + timedelta(days=deal.first_in)
    if deal.offer:
        offer = NewSettlement(
            customer_id=item.customer_id,
            currency=item.currency,
            offer_minor=item.dunnable * deal.offer // 100,
            pay_by=first,
            probability_bp=5_000,
            note=deal.note,
        )
        return offer_settlement(new=offer, by=clerk, at=at)
    new = NewPlan(
        customer_id=item.customer_id,
        currency=item.currency,
        items=[item.id],
        count=deal.count,
        first_date=first,
        note=deal.note,
    )
    return propose_plan(new=new, by=clerk, at=at, customer_agrees=True)


def _pay(stage: Stage, deal: Deal, plan: Plan, at: datetime) -> None:
    """A row that is due is paid, if the story says so: the bank tells of it tonight."""
    shown = plan_shown(plan, at.date())
    row = shown.next_row
    if row is None or row.n > deal.pays or row.due_date > at.date() or not plan.is_in_force:
        return
    language = plan.customer.language
    words = f"{SUM[language]} {plan.pk}" if deal.offer else f"{ROW[language]} {row.n}"
    tell_bank(stage, plan.customer, row.open_minor, words, at)


def tell_bank(stage: Stage, payer: Customer, minor: int, text: str, at: datetime) -> None:
    """A transfer arrives on the account for instalments, and is matched like any other."""
    account = Account(
        iban=iban_of("IT", 8832),
        bic="BMVZITZZXXX",
        bank="Banca del Monviso S.p.A.",
        owner="MOLINO AURORA S.R.L.",
        currency=payer.currency,
    )
    stage.transfers += 1
    known = PayerAlias.objects.filter(customer=payer, kind=PayerAlias.Kind.IBAN).first()
    entry = Entry(
        ref=f"INC{stage.transfers:06d}",
        booking_date=at.date(),
        amount=minor,
        is_credit=True,
        name=payer.name.upper(),
        iban=known.value if known else "",
        text=(text,),
    )
    day = BankDay(at.date(), stage.transfers, stage.received, (entry,))
    incoming = Incoming(
        channel=Arrival.Channel.FOLDER,
        filename=f"EC_{account.iban[-6:]}_{stage.transfers:04d}.xml",
        content=write_statement(account, day),
        source="bank",
    )
    receive(entity_id=stage.entity.pk, incoming=incoming, at=at)
    stage.received += minor
    work_off(at)


def _sign(stage: Stage, signers: Sequence[Membership], at: datetime) -> None:
    """What a settlement gave up is written off, where the story says that it was."""
    keys = [stage.agreed[deal.key] for deal in DEALS if deal.is_signed and deal.key in stage.agreed]
    waiting = Plan.objects.filter(pk__in=keys, state="COMPLETED", settlement__booked_at=None)
    for plan in waiting:
        for signer in signers:
            try:
                if sign_waiver(plan_id=plan.pk, by=signer, at=at).booked_at is not None:
                    break
            except CollectionRefused as refusal:
                stage.refusals.append(f"write-off of {plan.pk}: {refusal}")


def _place(stage: Stage, clerk: Membership, signer: Membership, at: datetime) -> int:
    """Who will not pay is handed to an agency, with all papers; 0 where nobody is."""
    agency = add_partner(name=AGENCY, email="pratiche@tanaro.example", by=clerk, at=at)
    today = at.date()
    for item in unpaid_items(stage, today, least_minor=LEAST_MINOR):
        motive = NewMotive(
            customer_id=item.customer_id,
            code="NR-15",
            source=Source.CUSTOMER,
            note="Says that nothing will be paid",
        )
        new = NewPlacement(customer_id=item.customer_id, route="AGENCY", currency=item.currency)
        terms = PlacementTerms(
            delivered=today - timedelta(days=24),
            until=today - timedelta(days=9),
            partner_id=agency.pk,
        )
        try:
            record_motive(new=motive, by=clerk, at=at)
            row = draft_placement(new=new, by=clerk, at=at)
            say_terms(placement_id=row.pk, terms=terms, by=clerk, at=at)
            for kind in PAPERS:
                paper = NewPaper(kind=kind, upload=(f"{kind.lower()}.txt", _paper(item, kind)))
                lay_paper(placement_id=row.pk, new=paper, by=clerk, at=at)
            ask_to_place(placement_id=row.pk, by=clerk, at=at)
            return sign_placement(placement_id=row.pk, by=signer, at=at).pk
        except CollectionRefused as refusal:
            stage.refusals.append(f"{item.document_number} hand-over: {refusal}")
    return 0


def _paper(item: DunnableItem, kind: str) -> bytes:
    return f"{kind} {item.document_number}\n".encode()


def _report(stage: Stage, clerk: Membership, at: datetime) -> int:
    """The agency tells what it collected, and the customer's transfer arrives."""
    row = Placement.objects.filter(pk=stage.agreed.get("placed", 0)).first()
    if row is None:
        return 0
    paid = Money(row.amount_minor * 2 // 5, row.currency)
    day, nothing = at.date(), "0.00"
    spoke = (row.name, f"{row.name}-1", day - timedelta(days=5), "CONTACTED", nothing, nothing)
    came = (row.name, f"{row.name}-2", day, "PARTLY_PAID", paid.to_decimal_string(), nothing)
    lines = [
        "mandate;reference;date;status;paid;cost;currency;note",
        ";".join(map(str, (*spoke, row.currency, "Spoke with the owner"))),
        ";".join(map(str, (*came, row.currency, "First payment"))),
    ]
    found = load_results(content="\n".join(lines).encode(), by=clerk, at=at)
    for bad in found.bad:
        stage.refusals.append(f"result of {row.name}: {bad}")
    for step in row.steps.filter(done_date=None, due_date__lte=day).order_by("n"):
        finish_step(placement_id=row.pk, key=step.key, on=step.due_date or day, by=clerk, at=at)
    first = row.items.select_related("item").order_by("item__due_date").first()
    assert first is not None
    words = f"ACCONTO {first.item.document_number} {row.name}"
    tell_bank(stage, row.customer, paid.minor, words, at)
    return found.new
