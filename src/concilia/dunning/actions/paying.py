"""Paying online: set up by an administrator, begun by a customer, told of by the provider."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.models import PaymentRequest
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.pay_to import FIELDS, SETTING, TEXT_MAX
from concilia.dunning.models import Checkout, PaymentAccess
from concilia.dunning.ports import (
    PROVIDERS,
    CheckoutOrder,
    CheckoutState,
    CheckoutTold,
    PaymentFailed,
    ProviderInvalid,
)
from concilia.dunning.queries.accounts import Account
from concilia.dunning.queries.payments import provider_of
from concilia.foundation import audit
from concilia.foundation.audit import Act, rule_actor
from concilia.foundation.secrets import SecretUnreadable, seal, unseal
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of
from concilia.kernel.money import Money

logger = logging.getLogger(__name__)
# What a provider says may come late, twice and in any order: money that came is not un-come.
FOLLOWS: Final[Mapping[str, frozenset[CheckoutState]]] = {
    Checkout.State.OPEN: frozenset(CheckoutState),
    Checkout.State.EXPIRED: frozenset({CheckoutState.PAID}),
    Checkout.State.FAILED: frozenset({CheckoutState.PAID}),
    Checkout.State.PAID: frozenset({CheckoutState.REFUNDED}),
    Checkout.State.REFUNDED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PayingDraft:
    """
    How customers shall pay; a secret that is left empty stays as it is.

    :param pay_to: the account for each currency, by the names of `FIELDS`
    """

    is_on: bool
    provider: str
    values: Mapping[str, str]
    pay_to: Mapping[str, Mapping[str, str]]


@transaction.atomic(durable=True)
def change_paying(*, draft: PayingDraft, by: Membership, at: datetime) -> PaymentAccess:
    """
    Let customers pay online by a provider from now on, or no more, and to these accounts.

    :raises CollectionRefused: by no administrator, or if the provider cannot work so
    """
    if by.role != Role.ADMIN or not by.is_active:
        raise CollectionRefused(_("Only an administrator changes this."))
    if draft.provider not in list(PROVIDERS):
        raise CollectionRefused(_("There is no such provider here."))
    access, _is_new = PaymentAccess.objects.select_for_update(no_key=True).get_or_create(
        entity_id=by.entity_id, defaults={"provider": draft.provider}
    )
    known = {one.name: one for one in PROVIDERS[draft.provider].settings}
    if access.provider != draft.provider:
        access.secrets = {}
    given = {name: value.strip() for name, value in draft.values.items() if name in known}
    plain = {name: value for name, value in given.items() if value and not known[name].secret}
    sealed = {name: seal(value) for name, value in given.items() if value and known[name].secret}
    access.is_on, access.provider, access.error = draft.is_on, draft.provider, ""
    access.values, access.secrets = plain, {**access.secrets, **sealed}
    if draft.is_on:
        _require_working(access)
    access.save()
    _keep_accounts(by.entity_id, draft.pay_to)
    data = {"provider": draft.provider, "on": draft.is_on, "currencies": sorted(draft.pay_to)}
    act = Act("paying.changed", "entity", by.entity_id, data)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return access


def begin_checkout(
    *, account: Account, request: PaymentRequest, back_to: str, at: datetime
) -> Checkout:
    """
    Begin a payment at the provider; no transaction waits for its answer.

    Who presses twice within the same payment gets the same one.

    :param back_to: the whole address of the request's page
    :raises CollectionRefused: if it is not set up, or the provider does not take it
    """
    known = Checkout.objects.filter(request=request, state=Checkout.State.OPEN).first()
    if known is not None:
        return known
    tries = Checkout.objects.filter(request=request).count()
    order = CheckoutOrder(
        reference=request.reference,
        amount=Money(request.amount_minor, request.currency),
        description=account.entity.legal_name,
        success_url=back_to,
        cancel_url=back_to,
        once=f"concilia-{request.reference}-{tries}",
        language=account.language,
    )
    try:
        provider = provider_of(entity=account.entity)
        started = provider.start(order)
    except ProviderInvalid as refusal:
        raise CollectionRefused(_("Paying online is not possible here.")) from refusal
    except PaymentFailed as refusal:
        _note(account.entity, str(refusal))
        words = _("The payment page does not answer: please pay by transfer, or try again later.")
        raise CollectionRefused(words) from refusal
    checkout, _is_new = Checkout.objects.get_or_create(
        provider=provider.name,
        external_id=started.external_id,
        defaults={
            "request": request,
            "url": started.url,
            "amount_minor": request.amount_minor,
            "began_at": at,
        },
    )
    return checkout


@transaction.atomic(durable=True)
def take_word(
    *, entity: Entity, provider: str, told: CheckoutTold, at: datetime
) -> Checkout | None:
    """
    Keep what a provider says of a payment; the same word again changes nothing.

    What does not fit what was begun (another amount, another company) is noted and not believed.

    :return: None if it is about nothing of ours
    """
    rows = Checkout.objects.select_for_update(of=("self",), no_key=True).select_related("request")
    row = rows.filter(
        provider=provider, external_id=told.external_id, request__entity=entity
    ).first()
    if row is None:
        return None
    fits = (told.amount.minor, told.amount.currency) == (row.amount_minor, row.request.currency)
    if not fits:
        logger.warning("checkout_amount_differs", extra={"checkout": row.pk})
        return row
    if told.state not in FOLLOWS[row.state] or told.state == row.state:
        return row
    row.state, row.told_at = told.state.value, at
    row.save(update_fields=["state", "told_at"])
    data = {"reference": row.request.reference, "state": row.state, "amount": row.amount_minor}
    act = Act("payment.told_by_provider", "customer", row.request.customer_id, data)
    audit.log(entity_id=entity.pk, actor=rule_actor(provider), at=at, acts=[act])
    return row


@transaction.atomic(durable=True)
def _note(entity: Entity, error: str) -> None:
    PaymentAccess.objects.filter(entity=entity).update(error=error[:300])


def _require_working(access: PaymentAccess) -> None:
    try:
        secrets = {name: unseal(sealed) for name, sealed in access.secrets.items()}
        PROVIDERS[access.provider].configured({**access.values, **secrets})
    except (ProviderInvalid, SecretUnreadable) as refusal:
        words = str(refusal).replace("{", "(").replace("}", ")")
        raise CollectionRefused(words) from refusal


def _keep_accounts(entity_id: int, pay_to: Mapping[str, Mapping[str, str]]) -> None:
    entity = Entity.objects.select_for_update(no_key=True).get(pk=entity_id)
    kept = {
        currency: {
            name: " ".join(value.split())[:TEXT_MAX]
            for name, value in fields.items()
            if name in FIELDS and value.strip()
        }
        for currency, fields in pay_to.items()
    }
    entity.settings = entity.settings | {SETTING: {**entity.settings.get(SETTING, {}), **kept}}
    entity.save(update_fields=["settings"])
