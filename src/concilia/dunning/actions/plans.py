"""An instalment plan: proposed, asked for by the customer, agreed on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.office import today_of
from concilia.cash.models import Allocation
from concilia.claims.queries.authority import in_company_currency
from concilia.customers.models import Customer
from concilia.dunning.actions.motives import NOTE_MAX, require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.instalments import Plan as Rows
from concilia.dunning.core.instalments import PlanRow as CoreRow
from concilia.dunning.core.plan_policy import Breach, breaches_of, breaches_of_new_date
from concilia.dunning.core.plans import PLAN_MACHINE, PlanAction, PlanState
from concilia.dunning.models import Plan, PlanItem, PlanRow
from concilia.dunning.queries.dunnable import dunnable_items
from concilia.dunning.queries.plan_authority import PlanAuthority, authority_over
from concilia.dunning.queries.plan_drafts import Draft, NewPlan, draft_plan, policy_of
from concilia.dunning.queries.plans import rows_of_plan
from concilia.foundation import audit
from concilia.foundation.audit import Act, Actor
from concilia.foundation.rows import insert_rows
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.kernel.numbers import BASIS_POINTS
from concilia.receivables.models import OpenItem

RULE_LEVEL = 0


@transaction.atomic(durable=True)
def propose_plan(
    *, new: NewPlan, by: Membership, at: datetime, customer_agrees: bool = False
) -> Plan:
    """
    Offer a plan; with the customer's yes, and within one's authority, it is in force at once.

    Beyond the authority of who proposes it waits for somebody with more; without the customer's
    yes it waits for that.

    :param customer_agrees: they said yes, to the person who writes it down
    :raises CollectionRefused: as `draft_plan`
    :raises NoRate: where the entity has no rate for the currency
    """
    require_collector(by)
    customer = locked_customer(new.customer_id, by.entity_id)
    row = _write(
        customer, new, draft_plan(customer=customer, new=new, today=_day(customer, at)), at
    )
    authority = _authority(row, at)
    row.proposed_by = by.user
    row.is_covered = authority.covers(by.level) and not authority.needs_two
    row.customer_at = at if customer_agrees else None
    acts = [_told(row, "plan.proposed")]
    if row.is_covered and customer_agrees:
        acts.append(_put_in_force(row, at, by))
    row.save()
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=acts)
    return row


@transaction.atomic(durable=True)
def ask_for_plan(*, new: NewPlan, entity_id: int, actor: Actor, at: datetime) -> Plan:
    """
    Take a plan a customer asks for: in force at once within the company's policy, else it waits.

    Nobody is refused by the program: beyond policy, or beyond what a rule may sign, a person looks
    at it (`breaches`).

    :param actor: the customer, as the log names them
    :raises CollectionRefused: as `draft_plan`, which is about what is no plan at all
    """
    customer = locked_customer(new.customer_id, entity_id)
    draft = draft_plan(customer=customer, new=new, today=_day(customer, at))
    row = _write(customer, new, draft, at)
    row.customer_at = at
    acts = [_told(row, "plan.asked_for")]
    if not _against(draft.breaches, _authority(row, at)):
        acts.append(_put_in_force(row, at, None))
    row.save()
    audit.log(entity_id=row.entity_id, actor=actor, at=at, acts=acts)
    return row


@transaction.atomic(durable=True)
def accept_plan(
    *, plan_id: int, customer_id: int, entity_id: int, actor: Actor, at: datetime
) -> Plan:
    """
    Take the customer's yes to a plan that was offered to them.

    It is in force at once if who offered it could, or if it lies within the company's policy; else
    it waits for a person.

    :raises CollectionRefused: if it is not offered any more, or its items changed meanwhile
    """
    locked_customer(customer_id, entity_id)
    row = locked_plan(plan_id, entity_id)
    if row.customer_id != customer_id:
        raise CollectionRefused(_("There is no such plan."))
    _require_proposed(row)
    row.customer_at = row.customer_at or at
    acts = [_told(row, "plan.accepted")]
    if row.is_covered or not _against(_breaches(row, at), _authority(row, at)):
        _require_unchanged(row, at)
        acts.append(_put_in_force(row, at, None))
    row.save()
    audit.log(entity_id=entity_id, actor=actor, at=at, acts=acts)
    return row


@transaction.atomic(durable=True)
def agree_plan(*, plan_id: int, by: Membership, at: datetime) -> Plan:
    """
    Agree on a proposed plan, the customer's yes being known to who agrees.

    From the level on that needs four eyes (SoD-7), who proposed it and who agrees are two people:
    the first to agree on what a customer asked for proposes it, the second puts it in force.

    :raises CollectionRefused: beyond their authority, by the one who proposed it where two are
        needed, if it is not proposed any more, or its items changed meanwhile
    """
    require_collector(by)
    plan = Plan.objects.filter(pk=plan_id, entity=by.entity_id).first()
    if plan is None:
        raise CollectionRefused(_("There is no such plan."))
    locked_customer(plan.customer_id, by.entity_id)
    row = locked_plan(plan_id, by.entity_id)
    _require_proposed(row)
    authority = _authority(row, at)
    if not authority.covers(by.level):
        raise CollectionRefused(_("This plan is beyond your authority."))
    _require_unchanged(row, at)
    # Who negotiates a settlement does not sign it (SoD-4).
    needs_two = authority.needs_two or row.kind == Plan.Kind.SETTLEMENT
    if needs_two and row.proposed_by_id == by.user_id:
        raise CollectionRefused(_("You proposed this plan: somebody else agrees on it."))
    if needs_two and row.proposed_by_id is None:
        row.proposed_by = by.user
        acts = [_told(row, "plan.proposed")]
    else:
        row.customer_at = row.customer_at or at
        acts = [_put_in_force(row, at, by)]
    row.save()
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=acts)
    return row


def locked_customer(customer_id: int, entity_id: int) -> Customer:
    """
    The customer, locked: two plans or promises made at once see each other.

    :raises CollectionRefused: if the entity has none such
    """
    customer = (
        Customer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity")
        .filter(pk=customer_id, entity=entity_id)
        .first()
    )
    if customer is None:
        raise CollectionRefused(_("There is no such customer."))
    return customer


def locked_plan(plan_id: int, entity_id: int) -> Plan:
    """
    A plan, locked, with its customer.

    :raises CollectionRefused: if the entity has none such
    """
    row = (
        Plan.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer__entity")
        .filter(pk=plan_id, entity=entity_id)
        .first()
    )
    if row is None:
        raise CollectionRefused(_("There is no such plan."))
    return row


def write_plan(
    *,
    customer: Customer,
    kind: str,
    rows: Rows,
    parts: Sequence[tuple[int, int, int]],
    at: datetime,
) -> Plan:
    """
    Write a proposed plan with its rows and items inside the caller's transaction.

    :param parts: of each item its key, what of it the rows pay, and what is given up once they are
    """
    terms = rows.terms
    row = Plan.objects.create(
        entity=customer.entity,
        customer=customer,
        kind=kind,
        state=Plan.State.PROPOSED,
        currency=terms.principal.currency,
        principal_minor=terms.principal.minor,
        down_payment_minor=terms.down_payment.minor if terms.down_payment else 0,
        count=terms.count,
        model=terms.model,
        rate_percent=terms.rate,
        start_date=terms.interest_start,
        first_date=terms.first_due,
        proposed_at=at,
        judged_at=at,
    )
    keys = [key for key, _minor, _waived in parts]
    list(OpenItem.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    insert_rows(
        [
            PlanItem(plan=row, item_id=key, amount_minor=minor, waived_minor=waived)
            for key, minor, waived in parts
        ]
    )
    insert_rows([_row(row, each) for each in rows.rows])
    return row


def _write(customer: Customer, new: NewPlan, draft: Draft, at: datetime) -> Plan:
    if len(new.note) > NOTE_MAX:
        raise CollectionRefused(_("A note has at most {most} characters."), most=NOTE_MAX)
    parts = [(item.id, minor, 0) for item, minor in draft.parts]
    row = write_plan(customer=customer, kind=new.kind, rows=draft.rows, parts=parts, at=at)
    row.note, row.document_id = new.note.strip(), new.document_id
    return row


def _row(plan: Plan, row: CoreRow) -> PlanRow:
    return PlanRow(
        plan=plan,
        n=row.n,
        due_date=row.due,
        collect_date=row.collect_on,
        days=row.days,
        principal_minor=row.principal.minor,
        interest_minor=row.interest.minor,
        interest_now_minor=row.interest.minor,
    )


def _put_in_force(row: Plan, at: datetime, by: Membership | None) -> Act:
    """Its items leave the chase; by a person, or by the customer's yes within policy."""
    row.state = Plan.State(PLAN_MACHINE.after(PlanState(row.state), PlanAction.AGREE).value)
    row.agreed_at, row.judged_at = at, at
    row.agreed_by = by.user if by else None
    row.after_allocation = Allocation.objects.aggregate(last=Max("pk"))["last"] or 0
    row.agreed_minor = in_company_currency(row.customer.entity, _signed(row), row.currency)
    return _told(row, "plan.agreed")


def _require_proposed(row: Plan) -> None:
    if not PLAN_MACHINE.allows(PlanState(row.state), PlanAction.AGREE):
        raise CollectionRefused(_("This plan is not proposed any more."))


def _require_unchanged(row: Plan, at: datetime) -> None:
    """What was paid, contested or promised since makes another plan of it."""
    today = _day(row.customer, at)
    keys = row.items.values("item")
    list(OpenItem.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    if row.first_date < today:
        raise CollectionRefused(_("The first day {day} has passed."), day=row.first_date)
    open_now = {
        item.id: 0 if item.promised else item.open - item.disputed - item.planned
        for item in dunnable_items(
            entity=row.customer.entity, customers=[row.customer_id], today=today
        )
    }
    parts = row.items.values_list("item", "amount_minor", "waived_minor")
    if any(open_now.get(item, 0) < minor + waived for item, minor, waived in parts):
        raise CollectionRefused(_("Its items changed since: propose a new plan."))


def _breaches(row: Plan, at: datetime) -> Sequence[Breach]:
    if row.kind == Plan.Kind.SETTLEMENT:
        return [Breach.AUTHORITY]  # what is given up a person signs
    against = breaches_of_new_date if row.kind == Plan.Kind.NEW_DATE else breaches_of
    return against(
        rows_of_plan(row, list(row.rows.order_by("n"))),
        policy_of(row.customer.entity),
        today=_day(row.customer, at),
        is_business=bool(row.customer.vat_number),
    )


def _against(breaches: Sequence[Breach], authority: PlanAuthority) -> list[Breach]:
    beyond = [] if authority.covers(RULE_LEVEL) else [Breach.AUTHORITY]
    return [*breaches, *beyond]


def _authority(row: Plan, at: datetime) -> PlanAuthority:
    is_settlement = row.kind == Plan.Kind.SETTLEMENT
    return authority_over(
        customer=row.customer,
        minor=_signed(row),
        currency=row.currency,
        rows=0 if is_settlement else row.count + bool(row.down_payment_minor),
        share_bp=_share_given_up(row) if is_settlement else 0,
        at=at,
    )


def _signed(row: Plan) -> int:
    """What is signed for: what is paid later, or what is given up."""
    return row.settlement.waived_minor if row.kind == Plan.Kind.SETTLEMENT else row.principal_minor


def _share_given_up(row: Plan) -> int:
    """Which share of the debt a settlement gives up, in basis points, rounded up."""
    waived = row.settlement.waived_minor
    return -(-waived * BASIS_POINTS // (waived + row.principal_minor))


def _day(customer: Customer, at: datetime) -> date:
    return today_of(customer.entity, at)


def _told(row: Plan, act: str) -> Act:
    """An act about a plan, as the log keeps it."""
    data = {
        "plan": row.pk,
        "currency": row.currency,
        "amount": row.principal_minor,
        "rows": row.count + bool(row.down_payment_minor),
        "state": row.state,
    }
    return Act(act, "customer", row.customer_id, data)
