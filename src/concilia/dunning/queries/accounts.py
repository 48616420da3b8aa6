"""Links to customers' accounts: made for messages, read again, and whom they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from django.conf import settings

from concilia.correspondence.core.numbers import NUMBER, international
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.dunning.core import account_links
from concilia.dunning.core.account_links import AccountLink, Purpose
from concilia.dunning.core.contact.content import wants_way_out
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.light_check import Known
from concilia.dunning.core.texts.way_out import way_out
from concilia.dunning.models import AccountVisit, CustomerAccount
from concilia.identity.models import Entity
from concilia.kernel.currencies import exponent_of
from concilia.receivables.models import Invoice

LOOKED_BACK: Final = timedelta(days=365)
INVOICES_MAX: Final = 500
FIRST_GENERATION: Final = 1
LAST_VISITS: Final = 5


class Standing(StrEnum):
    """What its holder finds behind a link."""

    READY = "ready"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose account a link opens; `contact` is who it was sent to, while they are known."""

    link: AccountLink
    customer: Customer
    entity: Entity
    contact: Contact | None
    standing: Standing

    @property
    def language(self) -> str:
        """The language its reader is written to in."""
        own = self.contact.language if self.contact else ""
        return own or self.customer.language


def find_account(token: str, *, at: datetime) -> Account | None:
    """
    The account a token opens; None where it is none of ours.

    A forged one is refused before the database is asked anything.
    """
    link = account_links.account_link(token, key=_key())
    if link is None:
        return None
    rows = Customer.objects.select_related("entity")
    customer = rows.filter(pk=link.customer, entity=link.entity).first()
    if customer is None:
        return None
    contact = Contact.objects.filter(pk=link.contact, customer=customer).first()
    generation = generations([customer.pk])[customer.pk]
    standing = Standing.READY
    if link.generation != generation:
        standing = Standing.REVOKED
    elif not link.stands(generation=generation, at=at):
        standing = Standing.EXPIRED
    return Account(
        link=link, customer=customer, entity=customer.entity, contact=contact, standing=standing
    )


def generations(customers: Sequence[int]) -> dict[int, int]:
    """Which generation of links opens each of these customers' accounts now; one statement."""
    rows = CustomerAccount.objects.filter(customer__any_of=customers)
    known = dict(rows.values_list("customer", "generation"))
    return {key: known.get(key, FIRST_GENERATION) for key in customers}


def account_addresses(
    *,
    entity_id: int,
    contacts: Mapping[int, int],
    at: datetime,
    purpose: Purpose = Purpose.ACCOUNT,
) -> Iterator[tuple[int, str]]:
    """
    The whole address of each customer's account, for messages as they leave; it is kept nowhere.

    One statement, whatever their number.

    :param contacts: the contact a message goes to, by the customer's key; 0 where there is none
    """
    ends, current = account_links.expiry(at), generations(list(contacts))
    for customer, contact in contacts.items():
        link = AccountLink(
            entity=entity_id,
            customer=customer,
            contact=contact,
            generation=current[customer],
            expires_at=ends,
            purpose=purpose,
        )
        token = account_links.account_token(link, key=_key())
        yield customer, f"{settings.BASE_URL}{account_links.account_path(token)}"


def address_of_account(
    *, customer: Customer, contact: Contact | None, at: datetime, purpose: Purpose = Purpose.ACCOUNT
) -> str:
    """The whole address of one customer's account."""
    contacts = {customer.pk: contact.pk if contact else 0}
    made = account_addresses(
        entity_id=customer.entity_id, contacts=contacts, at=at, purpose=purpose
    )
    return next(address for _customer, address in made)


def place_of_account() -> str:
    """The address of an account as a message keeps it: without its token."""
    return f"{settings.BASE_URL}{account_links.LEFT_OUT}"


def place_of_way_out() -> str:
    """Where a mail may be refused, as a message keeps it: without its token."""
    return f"{place_of_account()}{account_links.WAY_OUT}"


def with_way_out(body: str, *, customer: Customer, language: str) -> str:
    """
    The words of a mail to a customer, with how to have no more of them below.

    Where no policy wants it, nothing is added: they say it on their page.
    """
    is_business = bool(customer.vat_number)
    if not wants_way_out(Channel.EMAIL, customer.country, is_business=is_business):
        return body
    return f"{body.rstrip()}\n\n{way_out(language, link=place_of_way_out())}\n"


def way_out_of(*, message: Message, at: datetime) -> str:
    """The address at which whoever gets a message refuses further ones; empty if it names none."""
    customer = message.customer
    if customer is None or place_of_way_out() not in message.body:
        return ""
    address = address_of_account(customer=customer, contact=_recipient(message), at=at)
    return f"{address}{account_links.WAY_OUT}"


def with_account_address(*, message: Message, body: str, at: datetime) -> str:
    """The words of a message as they leave: with the address of its customer's account, if any."""
    if message.customer is None or place_of_account() not in body:
        return body
    contact = _recipient(message)
    address = address_of_account(customer=message.customer, contact=contact, at=at)
    return body.replace(place_of_account(), address)


def _recipient(message: Message) -> Contact | None:
    """Who of its customer a message goes to, by mail address or telephone number."""
    customer = message.customer
    assert customer is not None, "it goes to somebody at a customer"
    rows = Contact.objects.filter(customer=customer).order_by("pk")
    if not NUMBER.fullmatch(message.recipient):
        return rows.filter(email__iexact=message.recipient).first()
    return next(
        (one for one in rows if international(one.phone, customer.country) == message.recipient),
        None,
    )


def known_of(customer: Customer, at: datetime) -> Known:
    """What of a customer's papers passes the light check: invoices of the last year."""
    rows = Invoice.objects.filter(
        customer=customer, issue_date__gte=(at - LOOKED_BACK).date(), kind=Invoice.Kind.INVOICE
    ).order_by("-issue_date")[:INVOICES_MAX]
    found = list(rows.values_list("number", "gross_minor", "currency"))
    return Known(
        customer_number=customer.number,
        invoices=[number for number, _minor, _currency in found],
        amounts={(minor, exponent_of(currency)) for _number, minor, currency in found},
    )


def last_visits(customer: Customer) -> Sequence[AccountVisit]:
    """When a customer's account was opened last, newest first."""
    rows = AccountVisit.objects.filter(account__customer=customer).select_related("contact")
    return list(rows.order_by("-at")[:LAST_VISITS])


def _key() -> bytes:
    return _key_of(settings.SECRET_KEY)


@cache
def _key_of(secret: str) -> bytes:
    return account_links.key_of(secret)
