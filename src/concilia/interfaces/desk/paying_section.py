"""How customers pay, on the settings page: the accounts they see, and a provider to pay online."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.dunning.core.pay_to import FIELDS, SETTING
from concilia.dunning.ports import PROVIDERS
from concilia.dunning.queries.payments import payment_access
from concilia.interfaces.desk.access import DeskRequest
from concilia.receivables.models import BankAccount

LABELS: Final[Mapping[str, str | Promise]] = {
    "holder": _("Account holder"),
    "iban": _("IBAN"),
    "bic": _("BIC"),
    "bank": _("Bank"),
    "sort_code": _("Sort code"),
    "account_number": _("Account number"),
    "routing_number": _("Routing number"),
    "creditor_id": _("Creditor identifier (SEPA)"),
    "Secret key": _("Secret key"),
    "Signing secret": _("Signing secret"),
    "Address": _("Address"),
}


def paying_section(request: DeskRequest) -> dict[str, object]:
    """What the section shows."""
    entity, typed = request.seat.entity, request.POST
    access = payment_access(entity_id=entity.pk)
    kept = access.provider if access else next(iter(PROVIDERS), "")
    return {
        "paying_on": typed.get("on") == "1" if typed else bool(access and access.is_on),
        "paying_error": access.error if access else "",
        "chosen_provider": typed.get("provider", kept),
        "providers": [_provider(request, name, access) for name in PROVIDERS],
        "pay_accounts": [_account(request, currency) for currency in currencies_of(request)],
    }


def currencies_of(request: DeskRequest) -> list[str]:
    """The currencies in which somebody could pay: the entity's, and those of its accounts."""
    entity = request.seat.entity
    known = BankAccount.objects.filter(entity=entity).values_list("currency", flat=True)
    kept = entity.settings.get(SETTING, {})
    return sorted({entity.currency, *known, *kept}, key=lambda one: (one != entity.currency, one))


def _account(request: DeskRequest, currency: str) -> dict[str, object]:
    entity, typed = request.seat.entity, request.POST
    kept = entity.settings.get(SETTING, {}).get(currency, {})
    known = BankAccount.objects.filter(entity=entity, currency=currency).order_by("-pk").first()
    usual = {"holder": entity.legal_name, "iban": known.iban if known else ""}
    return {
        "currency": currency,
        "fields": [
            {
                "name": f"{currency}-{name}",
                "label": LABELS[name],
                "value": typed.get(f"{currency}-{name}", kept.get(name, "")),
                "usual": usual.get(name, ""),
            }
            for name in FIELDS
        ],
    }


def _provider(request: DeskRequest, name: str, access: object) -> dict[str, object]:
    typed = request.POST
    is_kept = getattr(access, "provider", None) == name
    values = getattr(access, "values", {}) if is_kept else {}
    secrets = getattr(access, "secrets", {}) if is_kept else {}
    return {
        "name": name,
        "label": PROVIDERS[name].label,
        "hook": f"{settings.BASE_URL}/hooks/payments/{request.seat.entity.code}/{name}",
        "fields": [
            {
                "name": f"{name}-{one.name}",
                "label": LABELS.get(one.label, one.label),
                "help": one.help_text,
                "secret": one.secret,
                "is_kept": one.secret and one.name in secrets,
                "value": ""
                if one.secret
                else typed.get(f"{name}-{one.name}", values.get(one.name, one.default)),
            }
            for one in PROVIDERS[name].settings
        ],
    }
