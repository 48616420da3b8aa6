"""Stripe Checkout: a page of the provider, begun by one call, told of by signed messages."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, ClassVar, Final, Self
from urllib.parse import urlencode

from django.conf import settings as installation

from concilia.dunning.ports import (
    HOOK_BYTES_MAX,
    CheckoutOrder,
    CheckoutStarted,
    CheckoutState,
    CheckoutTold,
    PaymentFailed,
    ProviderInvalid,
    ProviderSetting,
)
from concilia.foundation.calling import AddressRefused, NotAnswered, Patience, ask
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.money import Money

API: Final = "https://api.stripe.com"
VERSION: Final = "2024-06-20"
SESSIONS: Final = "/v1/checkout/sessions"
OLD_SECONDS: Final = 300
ANSWER_BYTES: Final = 256 * 1024
# Currencies without decimals whose amounts Stripe writes with two.
TWO_MORE: Final = frozenset({"ISK", "UGX"})
HUNDRED: Final = 100
STATES: Final[Mapping[str, CheckoutState]] = {
    "checkout.session.async_payment_succeeded": CheckoutState.PAID,
    "checkout.session.async_payment_failed": CheckoutState.FAILED,
    "checkout.session.expired": CheckoutState.EXPIRED,
}
COMPLETED: Final = "checkout.session.completed"
LANGUAGES: Final = frozenset({"en", "it", "fr", "es", "de"})


@dataclass(frozen=True, slots=True)
class StripeCheckout:
    """Stripe's hosted page. Card numbers are typed there and never here (PCI DSS SAQ A)."""

    key: str
    hook_secret: str
    api: str

    name: ClassVar[str] = "stripe"
    label: ClassVar[str] = "Stripe Checkout"
    settings: ClassVar[Sequence[ProviderSetting]] = (
        ProviderSetting("key", "Secret key", secret=True, help_text="sk_live_… or rk_live_…"),
        ProviderSetting("hook_secret", "Signing secret", secret=True, help_text="whsec_…"),
        ProviderSetting("api", "Address", required=False, default=API),
    )

    @classmethod
    def configured(cls, values: Mapping[str, object]) -> Self:
        """See `PaymentProvider.configured`."""
        key, secret = str(values.get("key") or ""), str(values.get("hook_secret") or "")
        if not key.startswith(("sk_", "rk_")) or not key.isascii() or not key.isprintable():
            raise ProviderInvalid("The secret key begins with sk_ or rk_.")
        if not secret.startswith("whsec_"):
            raise ProviderInvalid("The signing secret begins with whsec_.")
        return cls(key, secret, str(values.get("api") or API).rstrip("/"))

    def start(self, order: CheckoutOrder) -> CheckoutStarted:
        """See `PaymentProvider.start`."""
        asked = {
            "mode": "payment",
            "client_reference_id": order.reference,
            "metadata[reference]": order.reference,
            "payment_intent_data[metadata][reference]": order.reference,
            "payment_intent_data[description]": f"{order.reference} {order.description}"[:200],
            "success_url": order.success_url,
            "cancel_url": order.cancel_url,
            "locale": order.language if order.language in LANGUAGES else "auto",
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": order.amount.currency.lower(),
            "line_items[0][price_data][unit_amount]": str(_to_units(order.amount)),
            "line_items[0][price_data][product_data][name]": order.description[:200],
        }
        said = self._ask(SESSIONS, asked, once=order.once)
        url, external_id = said.get("url"), said.get("id")
        if not isinstance(url, str) or not isinstance(external_id, str) or not url:
            raise PaymentFailed("Stripe answered without a page to pay on.", permanent=True)
        if not url.startswith(("https://", f"{self.api}/")):
            raise PaymentFailed("Stripe answered with an address that is none.", permanent=True)
        return CheckoutStarted(external_id=external_id, url=url)

    def heard(
        self, body: bytes, headers: Mapping[str, str], *, at: datetime
    ) -> CheckoutTold | None:
        """See `PaymentProvider.heard`."""
        self._require_signed(body, headers.get("stripe-signature", ""), at)
        try:
            said = json.loads(body)
            kind, session = said["type"], said["data"]["object"]
        except (ValueError, KeyError, TypeError) as wrong:
            raise PaymentFailed("This is no event of Stripe.", permanent=True) from wrong
        state = _state_of(kind, session)
        if state is None or not isinstance(session, dict):
            return None
        return _told(session, state)

    def _ask(self, path: str, asked: Mapping[str, str], *, once: str) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Stripe-Version": VERSION,
            "Idempotency-Key": once,
        }
        try:
            answer = ask(
                self.api + path,
                urlencode(asked).encode(),
                headers,
                networks=installation.WEBHOOK_NETWORKS,
                patience=Patience(bytes_max=ANSWER_BYTES),
            )
        except AddressRefused as refusal:
            raise PaymentFailed("Stripe’s address may not be called.", permanent=True) from refusal
        except NotAnswered as refusal:
            raise PaymentFailed(f"Stripe did not answer: {refusal}", permanent=False) from refusal
        if answer.status != HTTPStatus.OK:
            raise _refused(answer.status, answer.body)
        try:
            said = json.loads(answer.body)
        except ValueError as wrong:
            raise PaymentFailed("Stripe answered with no JSON.", permanent=False) from wrong
        if not isinstance(said, dict):
            raise PaymentFailed("Stripe answered with no object.", permanent=True)
        return said

    def _require_signed(self, body: bytes, header: str, at: datetime) -> None:
        """`t=…,v1=…`: HMAC-SHA256 of moment and body; a moment long past is a replay."""
        if len(body) > HOOK_BYTES_MAX:
            raise PaymentFailed("This message is too long.", permanent=True)
        parts = [one.partition("=") for one in header.split(",")]
        moments = [value for name, _is, value in parts if name.strip() == "t"]
        signatures = [value for name, _is, value in parts if name.strip() == "v1"]
        moment = moments[0] if len(moments) == 1 else ""
        if not (moment.isascii() and moment.isdecimal()) or not signatures:
            raise PaymentFailed("This message is not signed.", permanent=True)
        wanted = hmac.new(
            self.hook_secret.encode(), moment.encode() + b"." + body, hashlib.sha256
        ).hexdigest()
        if not _is_one_of(wanted, signatures):
            raise PaymentFailed("The signature is not Stripe’s.", permanent=True)
        if abs(at.timestamp() - int(moment)) > OLD_SECONDS:
            raise PaymentFailed("This message is too old.", permanent=True)


def _is_one_of(wanted: str, signatures: Iterable[str]) -> bool:
    found = False
    for one in signatures:
        found |= hmac.compare_digest(wanted.encode(), one.encode())
    return found


def _state_of(kind: object, session: object) -> CheckoutState | None:
    """A session that is complete may wait for its money: then it is paid later, or fails."""
    if kind == COMPLETED:
        is_paid = isinstance(session, dict) and session.get("payment_status") == "paid"
        return CheckoutState.PAID if is_paid else None
    return STATES.get(kind) if isinstance(kind, str) else None


def _told(session: Mapping[str, Any], state: CheckoutState) -> CheckoutTold:
    currency, units = str(session.get("currency") or "").upper(), session.get("amount_total")
    external_id = session.get("id")
    if currency not in EXPONENTS or type(units) is not int or not isinstance(external_id, str):
        raise PaymentFailed("This event says no amount.", permanent=True)
    return CheckoutTold(
        external_id=external_id,
        state=state,
        amount=Money(_from_units(units, currency), currency),
        reference=str(session.get("client_reference_id") or ""),
    )


def _to_units(amount: Money) -> int:
    return amount.minor * HUNDRED if amount.currency in TWO_MORE else amount.minor


def _from_units(units: int, currency: str) -> int:
    return units // HUNDRED if currency in TWO_MORE else units


def _refused(status: int, body: bytes) -> PaymentFailed:
    try:
        told = json.loads(body)["error"]["message"]
    except (ValueError, KeyError, TypeError):
        told = f"status {status}"
    again = status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.CONFLICT}
    again = again or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return PaymentFailed(f"Stripe refused: {str(told)[:200]}", permanent=not again)
