"""What customers do on their own page: pay, promise, say why not, dispute, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import add_to_thread
from concilia.cases.models import Case
from concilia.cases.queries.office import today_of
from concilia.cash.actions.requesting import PlanRowAsked, keep_request
from concilia.cash.models import PaymentRequest
from concilia.claims.actions.opening import ClaimDraft, DraftLine, write_claim
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions.account_papers import File, keep_files
from concilia.dunning.actions.accounts import lock_account
from concilia.dunning.actions.motives import NewMotive, keep_motive, recorded
from concilia.dunning.actions.promises import NewPromise, keep_promise, promised
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.voices import Voice, customers_voice
from concilia.dunning.core.motives import Source
from concilia.dunning.core.self_service import FILES_MAX, WHY_NOT, WORDS_MAX, WRONG
from concilia.dunning.models import Motive, Plan, Promise
from concilia.dunning.queries.accounts import Account
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items, least_of
from concilia.dunning.queries.plans import plans_of
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Language
from concilia.kernel.money import Money
from concilia.receivables.models import OpenItem

CHANNEL = "portal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """
    What is wrong with an invoice, as the customer says it.

    :param wrong: one of `WRONG`
    :param amount_minor: what they contest; None for all of it that is not disputed yet
    :param lines: contested amounts, gross in minor units, by the key of the invoice's line
    :param files: photos and papers as they came: name and bytes
    """

    item_id: int
    wrong: str
    words: str = ""
    amount_minor: int | None = None
    lines: Mapping[int, int] = field(default_factory=dict)
    files: Sequence[File] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWish:
    """
    When somebody wants to pay.

    :param amount_minor: None for all that is due, or all of the items
    """

    currency: str
    due_date: date
    amount_minor: int | None = None
    items: Sequence[int] = ()


@transaction.atomic(durable=True)
def request_payment(
    *, account: Account, currency: str, at: datetime, items: Sequence[int] = ()
) -> PaymentRequest:
    """
    Make the reference under which a customer pays: all that is due, or the items they chose.

    Of chosen items everything may be paid that is neither disputed nor held back by credits.

    :raises RequestRefused: if there is nothing to pay
    """
    customer = account.customer
    today = today_of(account.entity, at)
    rows = dunnable_items(entity=account.entity, customers=[customer.pk], today=today)
    mine = [row for row in rows if row.currency == currency]
    if items:
        parts = {row.id: payable_of(row) for row in mine if row.id in set(items)}
    else:
        parts = {row.id: row.dunnable for row in mine}
    lock_account(customer)  # who presses twice gets one reference
    parts = {key: minor for key, minor in parts.items() if minor > 0}
    least = min(sum(parts.values()), least_of(currency)) if parts else None
    return keep_request(customer=customer, currency=currency, parts=parts, at=at, least_minor=least)


@transaction.atomic(durable=True)
def request_plan_row(*, account: Account, plan_id: int, at: datetime) -> PaymentRequest:
    """
    Make the reference under which the next row of a customer's plan is paid.

    :raises CollectionRefused: if there is no such plan of theirs, or nothing of it is open
    :raises RequestRefused: if its items changed meanwhile
    """
    customer = account.customer
    today = today_of(account.entity, at)
    found = [one for one in plans_of(customer=customer, today=today) if one.plan.pk == plan_id]
    row = found[0].next_row if found else None
    if row is None or found[0].plan.state not in {Plan.State.ACTIVE, Plan.State.AT_RISK}:
        raise CollectionRefused(_("There is no such plan."))
    lock_account(customer)
    left, parts = row.principal_minor - row.principal_paid_minor, {}
    for one in sorted(found[0].items, key=lambda one: (one.item.due_date, one.item_id)):
        share = min(left, one.amount_minor - one.paid_minor, one.item.open_minor)
        if share > 0:
            parts[one.item_id] = share
        left -= max(share, 0)
    asked = PlanRowAsked(plan_id, row.interest_now_minor - row.interest_paid_minor)
    currency = found[0].plan.currency
    return keep_request(customer=customer, currency=currency, parts=parts, at=at, row=asked)


def payable_of(row: DunnableItem) -> int:
    """What of an item may be paid by choice: all but what is disputed, or held by credits."""
    return row.open - row.disputed - row.held


@transaction.atomic(durable=True)
def promise_by_customer(*, account: Account, wish: PromiseWish, at: datetime) -> Promise:
    """
    Take a promise a customer makes on their page, by the same rules as on the phone.

    :raises CollectionRefused: as `record_promise`; for less than the least that is chased, too
    """
    voice, least = _voice(account), least_of(wish.currency)
    if wish.amount_minor is not None and wish.amount_minor < least:
        words = _("Please promise at least {least}.")
        raise CollectionRefused(words, least=_money(least, wish.currency))
    new = NewPromise(
        customer_id=account.customer.pk,
        currency=wish.currency,
        due_date=wish.due_date,
        amount_minor=wish.amount_minor,
        items=wish.items,
        channel=Promise.Channel.PORTAL,
    )
    row = keep_promise(new=new, by=voice, at=at)
    audit.log(entity_id=account.entity.pk, actor=voice.actor, at=at, acts=[promised(row)])
    return row


@transaction.atomic(durable=True)
def say_why_not(
    *, account: Account, why: str, at: datetime, words: str = "", files: Sequence[File] = ()
) -> Motive:
    """
    Write down why a customer does not pay, in their own word; nobody needs to confirm it.

    :raises CollectionRefused: if nothing was chosen, or too much was written or sent
    """
    if why not in WHY_NOT:
        raise CollectionRefused(_("Choose what fits best."))
    _require_little(words, files)
    voice = _voice(account)
    new = NewMotive(
        customer_id=account.customer.pk,
        code=WHY_NOT[why],
        source=Source.CUSTOMER,
        note=" ".join(words.split())[:500],
    )
    row = keep_motive(new=new, by=voice, at=at)
    _keep_files(account, None, files, at)
    audit.log(entity_id=account.entity.pk, actor=voice.actor, at=at, acts=[recorded(row)])
    return row


@transaction.atomic(durable=True)
def dispute_by_customer(*, account: Account, dispute: Dispute, at: datetime) -> Claim:
    """
    Open one claim for what a customer says is wrong; the rest of the invoice stays payable.

    Files are kept raw before anything looks at them, then read, then papers of the claim.

    :raises CollectionRefused: if nothing was chosen, or more is contested than is open
    """
    if dispute.wrong not in WRONG:
        raise CollectionRefused(_("Choose what is wrong."))
    _require_little(dispute.words, dispute.files)
    voice = _voice(account)
    rows = OpenItem.objects.select_for_update(of=("self",), no_key=True).select_related(
        "invoice__order", "invoice__delivery", "customer__entity", "customer__account_manager"
    )
    item = rows.filter(
        pk=dispute.item_id, customer=account.customer, entity=account.entity, open_minor__gt=0
    ).first()
    if item is None:
        raise CollectionRefused(_("This invoice is settled: write to us instead."))
    invoice = item.invoice
    draft = ClaimDraft(
        customer=item.customer,
        origin=Claim.Origin.PORTAL,
        channel=CHANNEL,
        reason=WRONG[dispute.wrong],
        confirmed=True,
        currency=item.currency,
        lines=_lines(dispute, item),
        received_at=at,
        invoice=invoice,
        order=invoice.order if invoice else None,
        delivery=invoice.delivery if invoice else None,
    )
    claim = write_claim(draft=draft, actor=voice.actor, at=at)
    _say(account, claim.case, dispute.words, at)
    _keep_files(account, claim.case, dispute.files, at)
    return claim


@transaction.atomic(durable=True)
def write_by_customer(
    *, account: Account, words: str, at: datetime, case_id: int | None = None,
    files: Sequence[File] = (),
) -> None:  # fmt: skip
    """
    Take what a customer writes: into the thread of their case, or into our inbox.

    :raises CollectionRefused: if there is nothing in it, too much, or no such case of theirs
    """
    _require_little(words, files)
    if not words.strip() and not files:
        raise CollectionRefused(_("Write a word, or add a photo."))
    case = None
    if case_id is not None:
        case = Case.objects.filter(
            pk=case_id, customer=account.customer, entity=account.entity
        ).first()
        if case is None:
            raise CollectionRefused(_("There is no such case of yours."))
    if case is None and words.strip():
        text = f"{account.customer.number} {account.customer.name}\n\n{words.strip()}\n"
        files = [(f"message-{at:%Y%m%d-%H%M%S}.txt", text.encode()), *files]
    elif case is not None:
        _say(account, case, words, at)
    _keep_files(account, case, files, at)
    data = {"files": len(files), "case": case.number if case else None}
    act = Act("account.wrote", "customer", account.customer.pk, data)
    actor = _voice(account).actor
    audit.log(entity_id=account.entity.pk, actor=actor, at=at, acts=[act])


@transaction.atomic(durable=True)
def set_preferences(*, account: Account, language: str, wants_mail: bool, at: datetime) -> Contact:
    """
    Keep in which language and whether at all a contact is written to by e-mail.

    :raises CollectionRefused: if the link was sent to nobody we know any more
    """
    if account.contact is None:
        raise CollectionRefused(_("We do not know who you are here: write to us instead."))
    contact = Contact.objects.select_for_update(no_key=True).get(pk=account.contact.pk)
    before = {"language": contact.language, "mail": contact.opted_out_at is None}
    if language in Language.values:
        contact.language = language
    if wants_mail != (contact.opted_out_at is None):
        contact.opted_out_at = None if wants_mail else at
    contact.save(update_fields=["language", "opted_out_at"])
    after = {"language": contact.language, "mail": contact.opted_out_at is None}
    act = Act(
        "account.preferences_set",
        "customer",
        account.customer.pk,
        {"before": before, "after": after},
    )
    audit.log(entity_id=account.entity.pk, actor=_voice(account).actor, at=at, acts=[act])
    return contact


@transaction.atomic(durable=True)
def refuse_mail(*, account: Account, at: datetime) -> None:
    """
    Keep that whoever got a mail wants no more of them at their address; twice is once.

    It shows nothing and opens nothing, so a link whose time is over does as well.

    :raises CollectionRefused: if the link was sent to nobody we know any more
    """
    rows = Contact.objects.select_for_update(no_key=True)
    contact = rows.filter(pk=account.contact.pk).first() if account.contact else None
    if contact is None:
        raise CollectionRefused(_("We do not know who you are here: write to us instead."))
    if contact.opted_out_at is not None:
        return
    contact.opted_out_at = at
    contact.save(update_fields=["opted_out_at"])
    act = Act("account.mail_refused", "customer", account.customer.pk, {"contact": contact.pk})
    audit.log(entity_id=account.entity.pk, actor=_voice(account).actor, at=at, acts=[act])


def _voice(account: Account) -> Voice:
    return customers_voice(account.customer, account.contact)


def _require_little(words: str, files: Sequence[File]) -> None:
    if len(words) > WORDS_MAX:
        raise CollectionRefused(_("This is longer than {most} characters."), most=WORDS_MAX)
    if len(files) > FILES_MAX:
        raise CollectionRefused(_("These are more than {most} files."), most=FILES_MAX)


def _lines(dispute: Dispute, item: OpenItem) -> list[DraftLine]:
    """What is contested: of lines, an amount, or all that is not disputed already."""
    free = item.open_minor - item.disputed_minor
    if dispute.lines:
        billed = {line.pk: line for line in item.invoice.lines.all()} if item.invoice else {}
        chosen = {key: minor for key, minor in dispute.lines.items() if minor > 0}
        if chosen.keys() - billed.keys():
            raise CollectionRefused(_("There is no such line on this invoice."))
        for key, minor in chosen.items():
            if minor > billed[key].net_minor + billed[key].vat_minor:
                raise CollectionRefused(_("A line is contested for more than it costs."))
        lines = [
            DraftLine(claimed_minor=minor, invoice_line=billed[key])
            for key, minor in chosen.items()
        ]
    else:
        amount = free if dispute.amount_minor is None else dispute.amount_minor
        lines = [DraftLine(claimed_minor=amount, description=" ".join(dispute.words.split())[:200])]
    total = sum(line.claimed_minor for line in lines)
    if not 0 < total <= free:
        raise CollectionRefused(
            _("Write an amount between nothing and {most}."), most=_money(free, item.currency)
        )
    return lines


def _money(minor: int, currency: str) -> str:
    return str(Money(minor, currency))


def _say(account: Account, case: Case, words: str, at: datetime) -> None:
    """Their words join the thread of the case, where colleagues and they themselves read them."""
    if not words.strip():
        return
    contact = account.contact
    message = Message.objects.create(
        entity=account.entity,
        customer=account.customer,
        lane=Message.Lane.IN,
        channel=CHANNEL,
        state=Message.State.RECEIVED,
        sender=contact.email if contact else _an_address(account.customer),
        sender_name=(contact.name if contact else "") or account.customer.name,
        subject=case.number,
        body=words.strip(),
        language=account.language,
        key=f"portal:{account.customer.pk}:{uuid4()}",
        written_at=at,
    )
    add_to_thread(case=case, message=message)


def _an_address(customer: Customer) -> str:
    """Without a contact, an address of theirs: so that the thread knows whose words these are."""
    known = customer.contacts.exclude(email="").order_by("pk").first()
    return known.email if known else ""


def _keep_files(account: Account, case: Case | None, files: Sequence[File], at: datetime) -> None:
    who = account.contact.name if account.contact else account.customer.name
    keep_files(entity_id=account.entity.pk, source=who, case=case, files=files, at=at)
