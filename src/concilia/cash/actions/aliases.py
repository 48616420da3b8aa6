"""Accounts and names of payers that a person writes down, or takes out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.posting import PostingRefused
from concilia.cash.core.aliases import IBAN, NAME, alias_name, is_iban
from concilia.customers.models import Customer, PayerAlias
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.matching.payers import tidy_iban


@transaction.atomic(durable=True)
def add_alias(
    *, customer_id: int, kind: str, value: str, member: Membership, at: datetime
) -> PayerAlias:
    """
    Write down that an account or a name pays for a customer; it counts at once.

    :param kind: `iban` or `name`
    :raises PostingRefused: for no valid IBAN, a name that tells nothing, or what is known already
    """
    customer = Customer.objects.filter(pk=customer_id, entity_id=member.entity_id).first()
    if customer is None:
        raise PostingRefused(_("There is no such customer."))
    alias, is_new = PayerAlias.objects.get_or_create(
        entity_id=member.entity_id,
        customer=customer,
        kind=kind,
        value=_tidy(kind, value),
        defaults={"is_stated": False, "written_by": member.user, "written_at": at, "seen_at": at},
    )
    if not is_new:
        if alias.is_stated or alias.written_by_id is not None:
            raise PostingRefused(_("This is known already."))
        alias.written_by, alias.written_at = member.user, at
        alias.save(update_fields=["written_by", "written_at"])
    _log(member, at, "alias.added", alias)
    return alias


@transaction.atomic(durable=True)
def remove_alias(*, alias_id: int, member: Membership, at: datetime) -> None:
    """
    Take out an account or a name that was learned or written down.

    :raises PostingRefused: for what the master data state
    """
    alias = PayerAlias.objects.select_for_update(no_key=True).get(
        pk=alias_id, entity_id=member.entity_id
    )
    if alias.is_stated:
        raise PostingRefused(_("The master data state this: change it there."))
    _log(member, at, "alias.removed", alias)
    alias.delete()


def _tidy(kind: str, value: str) -> str:
    if kind == IBAN and is_iban(iban := tidy_iban(value)):
        return iban
    if kind == NAME and (name := alias_name(value)):
        return name
    if kind == NAME:
        raise PostingRefused(_("A name needs a word that tells who it is."))
    raise PostingRefused(_("This is no IBAN: its check digits do not fit."))


def _log(member: Membership, at: datetime, what: str, alias: PayerAlias) -> None:
    data = {"name": alias.value, "kind": alias.kind, "hits": alias.hits}
    acts = [Act(what, "customer", alias.customer_id, data)]
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
