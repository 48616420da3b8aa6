"""A customer's account as they get to it: a link, the light check, the session of a browser."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from concilia.customers.models import Contact, Customer
from concilia.dunning.queries.accounts import Account, address_of_account, find_account
from concilia.interfaces.portal.human import SOONEST_SECONDS, stamp_of


def an_account_link(
    customer: Customer, contact: Contact | None = None, at: datetime | None = None
) -> str:
    """The path of a customer's account, as the mail has it."""
    known = contact or customer.contacts.first()
    address = address_of_account(customer=customer, contact=known, at=at or timezone.now())
    return "/" + address.split("/", 3)[3]


def the_account(customer: Customer, at: datetime | None = None) -> Account:
    """A customer's account behind a fresh link."""
    moment = at or timezone.now()
    path = an_account_link(customer, at=moment)
    found = find_account(path.rpartition("/")[2], at=moment)
    assert found is not None
    return found


def check_form(customer: Customer, answer: str) -> dict[str, str]:
    """What a person sends who has read the page of the light check."""
    opened = timezone.now() - timedelta(seconds=SOONEST_SECONDS + 5)
    return {"stamp": stamp_of(-customer.pk, opened), "leave_empty": "", "answer": answer}


def opened_account(client: Client, customer: Customer) -> str:
    """A browser that has passed the light check; returns the account's path."""
    path = an_account_link(customer)
    answer = client.post(path, check_form(customer, customer.number))
    assert answer.status_code == 303, answer.content
    return path
