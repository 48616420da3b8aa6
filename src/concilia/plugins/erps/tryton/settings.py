"""What a person sets to connect a Tryton database, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.ports import ConfigurationInvalid, Setting
from concilia.plugins.erps.tryton.rpc import ANSWER_SECONDS, Endpoint

SETTINGS: Final = (
    Setting(name="url", label="Address", help_text="https://tryton.example.com"),
    Setting(name="database", label="Database"),
    Setting(name="user", label="User", help_text="A user of its own, in the group Accounting"),
    Setting(name="password", label="Password", secret=True),
    Setting(
        name="accounts",
        label="Accounts by role",
        lines=True,
        help_text="One line for each: PRICE_ALLOWANCE = 4.3.1",
    ),
    Setting(
        name="taxes",
        label="Taxes by VAT code or rate",
        required=False,
        lines=True,
        help_text="One line for each: 22 = IVA 22%",
    ),
    Setting(
        name="journal",
        label="Sales journal (code)",
        required=False,
        help_text="REV if left empty",
    ),
    Setting(
        name="general_journal",
        label="Journal for other entries (code)",
        required=False,
        help_text="MISC if left empty",
    ),
    Setting(
        name="apply_to_invoice",
        label="Apply credits to the original invoice (yes or no)",
        required=False,
        help_text="yes if left empty",
    ),
)
YES_OR_NO: Final = {"": True, "yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrytonSettings:
    """
    A connection and its mapping.

    :param accounts: the code of the Tryton account for each role we post on
    :param taxes: the name of the Tryton tax for each VAT code, or rate in percent as text
    """

    endpoint: Endpoint
    accounts: Mapping[AccountRole, str]
    taxes: Mapping[str, str] = field(default_factory=dict)
    journal: str = "REV"
    general_journal: str = "MISC"
    apply_to_invoice: bool = True


def read_settings(values: Mapping[str, Any]) -> TrytonSettings:
    """
    This will read the values of `SETTINGS`; mappings are accepted as such, or as lines of text.

    :raises ConfigurationInvalid: with the first setting that is missing or cannot be right
    """
    unknown = sorted(set(values) - {setting.name for setting in SETTINGS} - {"answer_seconds"})
    if unknown:
        raise ConfigurationInvalid(f"there is no setting {unknown[0]!r}")
    for setting in SETTINGS:
        if setting.required and not values.get(setting.name):
            raise ConfigurationInvalid(f"{setting.label} is missing")
    return TrytonSettings(
        endpoint=Endpoint(
            url=_url(str(values["url"])),
            database=str(values["database"]),
            user=str(values["user"]),
            password=str(values["password"]),
            answer_seconds=float(values.get("answer_seconds") or ANSWER_SECONDS),
        ),
        accounts=_accounts(_mapping(values["accounts"], "Accounts by role")),
        taxes=_mapping(values.get("taxes") or {}, "Taxes by VAT code or rate"),
        journal=str(values.get("journal") or "REV"),
        general_journal=str(values.get("general_journal") or "MISC"),
        apply_to_invoice=_yes_or_no(values.get("apply_to_invoice")),
    )


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigurationInvalid(f"Address: {text!r} is not an address like https://example.com")
    if parts.username or parts.password:
        raise ConfigurationInvalid("Address: user and password have settings of their own")
    return text


def _mapping(value: object, label: str) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {str(key).strip(): str(each).strip() for key, each in value.items()}
    pairs = {}
    for number, line in enumerate(str(value).splitlines(), start=1):
        if not line.strip():
            continue
        key, sign, each = line.partition("=")
        if not (sign and key.strip() and each.strip()):
            raise ConfigurationInvalid(
                f"{label}, line {number}: {line.strip()!r} is not NAME = VALUE"
            )
        pairs[key.strip()] = each.strip()
    return pairs


def _accounts(pairs: Mapping[str, str]) -> dict[AccountRole, str]:
    roles = {str(role) for role in AccountRole}
    for name in pairs:
        if name not in roles:
            raise ConfigurationInvalid(f"Accounts by role: {name!r} is not a role")
    return {AccountRole(name): code for name, code in pairs.items()}


def _yes_or_no(value: object) -> bool:
    text = "" if value is None else str(value).strip().lower()
    if text not in YES_OR_NO:
        raise ConfigurationInvalid(
            f"Apply credits to the original invoice: yes or no, not {value!r}"
        )
    return YES_OR_NO[text]
