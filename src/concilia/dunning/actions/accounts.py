"""Opening a customer's account by the light check, sending its link, taking all links back."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from concilia.correspondence.actions import Outgoing, queue_message
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions.motives import require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.light_check import (
    ASKER_TRIES,
    LINK_TRIES,
    passes,
    tries_left,
    wait_until,
)
from concilia.dunning.models import AccountVisit, CustomerAccount
from concilia.dunning.queries.accounts import Account, known_of, place_of_account, with_way_out
from concilia.foundation import audit
from concilia.foundation.audit import Act, Actor
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of

ASKER_CHARS = 32


@dataclass(frozen=True, slots=True)
class Tried:
    """
    What came of a try to open an account.

    :param wait_until: from when on one may try again; None: now
    :param left: how many tries are left before a wait
    """

    passed: bool
    wait_until: datetime | None = None
    left: int = 0


def asker_of(address: str) -> str:
    """What is kept of a machine's address: enough to count its tries, too little to find it."""
    return hmac.digest(
        f"concilia.accounts.{settings.SECRET_KEY}".encode(), address.encode(), hashlib.sha256
    ).hex()[:ASKER_CHARS]


@transaction.atomic(durable=True)
def open_account(*, account: Account, answer: str, asker: str, at: datetime) -> Tried:
    """
    Try the light check. Tries are counted in the database, for the account and for who asks.

    While there were too many, nothing is compared and nothing counted: waiting is enough.
    """
    row = lock_account(account.customer)
    span = max(span for span, _most in (*LINK_TRIES, *ASKER_TRIES))
    tries = AccountVisit.objects.filter(passed=False, at__gt=at - span)
    of_link = list(tries.filter(account=row).values_list("at", flat=True))
    of_asker = list(tries.filter(asker=asker).values_list("at", flat=True))
    waits = [wait_until(of_link, LINK_TRIES, at), wait_until(of_asker, ASKER_TRIES, at)]
    until = max((one for one in waits if one), default=None)
    if until is not None:
        return Tried(passed=False, wait_until=until)
    passed = passes(answer, known_of(account.customer, at))
    AccountVisit.objects.create(
        account=row, contact=account.contact, asker=asker, passed=passed, at=at
    )
    if passed:
        return Tried(passed=True)
    left = min(
        tries_left([*of_link, at], LINK_TRIES, at), tries_left([*of_asker, at], ASKER_TRIES, at)
    )
    waits = [
        wait_until([*of_link, at], LINK_TRIES, at),
        wait_until([*of_asker, at], ASKER_TRIES, at),
    ]
    return Tried(passed=False, wait_until=max((w for w in waits if w), default=None), left=left)


def lock_account(customer: Customer) -> CustomerAccount:
    """The row of a customer's account, made if there is none, locked until the transaction ends."""
    assert connection.in_atomic_block, "an account is locked for an act"
    CustomerAccount.objects.get_or_create(
        customer=customer, defaults={"entity_id": customer.entity_id}
    )
    return CustomerAccount.objects.select_for_update(no_key=True).get(customer=customer)


@transaction.atomic(durable=True)
def revoke_account_links(*, customer_id: int, by: Membership, at: datetime) -> CustomerAccount:
    """
    Take all links to a customer's account back: those sent before open nothing any more.

    :raises CollectionRefused: for a role that may not, or another creditor's customer
    """
    require_collector(by)
    row = lock_account(_customer(customer_id, by))
    row.generation += 1
    row.revoked_at, row.revoked_by = at, by.user
    row.save(update_fields=["generation", "revoked_at", "revoked_by"])
    act = Act("account.links_revoked", "customer", customer_id, {"generation": row.generation})
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return row


@transaction.atomic(durable=True)
def send_account_link(
    *, customer_id: int, contact_id: int, by: Membership, at: datetime
) -> Message:
    """
    Send a contact the link to their account; the token is written in when the mail leaves.

    :raises CollectionRefused: for a role that may not, or a contact without an address
    """
    require_collector(by)
    customer = _customer(customer_id, by)
    contact = Contact.objects.filter(pk=contact_id, customer=customer).exclude(email="").first()
    if contact is None:
        raise CollectionRefused(_("Choose somebody with an e-mail address."))
    language = contact.language or customer.language
    with translation.override(language):
        subject = gettext("Your account with %(company)s") % {"company": customer.entity.name}
        body = _letter(customer, contact, by)
    outgoing = Outgoing(
        key=f"account:{customer.pk}:{uuid4()}",
        purpose=Purpose.PERSONAL,
        to=contact.email,
        subject=subject,
        body=with_way_out(body, customer=customer, language=language),
        language=language,
        author=by.user,
        template="account_link",
    )
    message = queue_message(entity=customer.entity, customer=customer, outgoing=outgoing, at=at)
    act = Act("account.link_sent", "customer", customer.pk, {"name": contact.name or contact.email})
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return message


def _letter(customer: Customer, contact: Contact, by: Membership) -> str:
    hello = (
        gettext("Hello %(name)s,") % {"name": contact.name} if contact.name else gettext("Hello,")
    )
    return "\n\n".join(
        [
            hello,
            gettext(
                "here you see your invoices with us, pay them, tell us when you will pay, "
                "or what is wrong:"
            ),
            place_of_account(),
            gettext(
                "You need no password. The page first asks for one thing that stands on any of "
                "our invoices, so that it tells nothing to others."
            ),
            gettext("Kind regards"),
            f"{by.user.name}\n{customer.entity.legal_name}",
        ]
    )


def _customer(customer_id: int, by: Membership) -> Customer:
    rows = Customer.objects.select_related("entity")
    customer = rows.filter(pk=customer_id, entity=by.entity_id).first()
    if customer is None:
        raise CollectionRefused(_("There is no such customer."))
    return customer


def customer_actor(account: Account) -> Actor:
    """Who acts on an account's page: the customer, by the name of the contact."""
    contact = account.contact
    name = (contact.name or contact.email) if contact else account.customer.name
    return Actor("customer", name, account.customer.pk)
