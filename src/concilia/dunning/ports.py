"""What a payment provider must do for us, and the values that cross the border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Protocol, Self, runtime_checkable

from concilia.foundation.plugins import Registry
from concilia.kernel.money import Money

HOOK_BYTES_MAX: Final = 256 * 1024


class PaymentFailed(Exception):
    """
    A provider did not do what was asked; the text is one sentence for a person.

    :param permanent: trying the same again cannot help
    """

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class ProviderInvalid(ValueError):
    """A provider cannot work with these settings; the message says which and why."""


@dataclass(frozen=True, slots=True)
class ProviderSetting:
    """One value a provider wants from the person who sets it up."""

    name: str
    label: str
    required: bool = True
    secret: bool = False
    default: str = ""
    help_text: str = ""


class CheckoutState(StrEnum):
    """How a payment at a provider stands."""

    OPEN = "OPEN"
    PAID = "PAID"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    REFUNDED = "REFUNDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutOrder:
    """
    A payment about to begin. Nothing of a card ever passes us: the provider has a page for it.

    :param reference: ours, ISO 11649; it comes back with everything the provider says
    :param once: names the act: the same one again begins nothing twice
    """

    reference: str
    amount: Money
    description: str
    success_url: str
    cancel_url: str
    once: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutStarted:
    """A payment that has begun: the provider's name for it, and where the payer goes."""

    external_id: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutTold:
    """What a provider says of a payment."""

    external_id: str
    state: CheckoutState
    amount: Money
    reference: str = ""


@runtime_checkable
class PaymentProvider(Protocol):
    """One way to pay online."""

    name: ClassVar[str]
    label: ClassVar[str]
    settings: ClassVar[Sequence[ProviderSetting]]

    @classmethod
    def configured(cls, values: Mapping[str, object]) -> Self:
        """
        The provider with these settings.

        :raises ProviderInvalid: if it cannot work with them
        """
        ...

    def start(self, order: CheckoutOrder) -> CheckoutStarted:
        """
        Begin a payment; with the same `once` again it is the same payment.

        :raises PaymentFailed: if the provider does not take it
        """
        ...

    def heard(
        self, body: bytes, headers: Mapping[str, str], *, at: datetime
    ) -> CheckoutTold | None:
        """
        What a message to our address says, proven by its signature; None: nothing we care about.

        :param headers: by their names in small letters
        :raises PaymentFailed: if it is not from the provider, or too old
        """
        ...


PROVIDERS: Registry[PaymentProvider] = Registry("concilia.payments")
