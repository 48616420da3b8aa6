"""Who speaks: a colleague at the desk, or a customer on their own page."""

from __future__ import annotations

from dataclasses import dataclass

from concilia.customers.models import Contact, Customer
from concilia.foundation.audit import Actor
from concilia.identity.models import Entity, Membership, User
from concilia.identity.queries import actor_of


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word is written down; `user` is None where it is the customer's own."""

    entity: Entity
    user: User | None
    actor: Actor


def voice_of(member: Membership) -> Voice:
    """A colleague's."""
    return Voice(member.entity, member.user, actor_of(member))


def customers_voice(customer: Customer, contact: Contact | None = None) -> Voice:
    """A customer's, by the name of the contact the link went to."""
    name = (contact.name or contact.email) if contact else customer.name
    return Voice(customer.entity, None, Actor("customer", name, customer.pk))
