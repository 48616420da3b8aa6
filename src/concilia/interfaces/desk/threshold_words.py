"""The engine's thresholds in words, each with its unit and what it is where nothing is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.cash.core.thresholds import (
    NO,
    THRESHOLDS,
    YES,
    Kind,
    Threshold,
    default_of,
    written,
)
from concilia.identity.models import Entity
from concilia.interfaces.components.formats import SEPARATORS, format_amount

Word = str | Promise

NAMES: Final[Mapping[str, tuple[Word, Word]]] = {
    "small_difference_minor": (
        _("Small difference, at most"),
        _("What is missing is written off without a person up to this amount …"),
    ),
    "small_difference_bp": (
        _("Small difference, share at most"),
        _("… and up to this share of the payment; both must hold."),
    ),
    "small_difference_month_minor": (
        _("Small differences of a customer in a month"),
        _("What one customer may keep in small differences before a person looks."),
    ),
    "bank_charge_minor": (
        _("Bank charges, at most"),
        _("What banks may take out of a payment from abroad, or where the payer says so."),
    ),
    "bank_charge_bp": (
        _("Bank charges, share at most"),
        _("… and up to this share of the payment, unless the payer says that it was the bank."),
    ),
    "discount_grace_days": (
        _("Days of grace for the cash discount"),
        _("Days after its date on which a discount still counts as earned."),
    ),
    "part_payment_bp": (
        _("Part payment, from a missing share of"),
        _("Who keeps more and gives no reason pays in parts; who keeps less has made a deduction."),
    ),
    "overpayment_bp": (
        _("Overpayment, share at most"),
        _("Who pays more than this too much is asked; up to it the rest stands on account."),
    ),
    "post_subsets": (
        _("Post the only combination"),
        _("Exactly one combination of the payer's items makes the amount (M8)."),
    ),
    "post_statements": (
        _("Post whole balances"),
        _("All items of the payer up to a day make the amount (M9)."),
    ),
    "coincidence_max": (
        _("Coincidence, at most"),
        _("A combination is posted only if chance would hit the amount more rarely than this."),
    ),
    "name_similarity": (
        _("Names are alike from"),
        _("How alike a payer's name must be to a customer's to propose it (M11)."),
    ),
    "remittance_days": (
        _("Remittance advices, days apart"),
        _("How far the date of an advice may be from the payment's."),
    ),
    "habit_confirmations_min": (
        _("Habits post from so many confirmations"),
        _("How often people must have decided as a payer's habit says before it posts (M12)."),
    ),
    "habit_probability_bp": (
        _("Habits post from a probability of"),
        _("The lower bound of how surely the habit holds; 50 of 50 give 98.03 %."),
    ),
    "habit_late_days": (
        _("Late discounts, days at most"),
        _("How long after its date a discount may still be a payer's habit."),
    ),
    "subset_work_max": (
        _("Search for combinations, at most"),
        _("Then the search gives up and a person looks: it never guesses."),
    ),
    "country": (
        _("Country of our bank"),
        _("A payer's account in another country makes a payment cross-border."),
    ),
    "reason_codes": (
        _("Deduction codes of customers"),
        _("One line for each: 4471 = NC-01"),
    ),
}
GROUPS: Final[Mapping[Word, tuple[str, ...]]] = {
    _("Differences"): (
        "small_difference_minor",
        "small_difference_bp",
        "small_difference_month_minor",
        "bank_charge_minor",
        "bank_charge_bp",
        "discount_grace_days",
        "part_payment_bp",
        "overpayment_bp",
    ),
    _("Matching by amount"): (
        "post_subsets",
        "post_statements",
        "coincidence_max",
        "name_similarity",
        "remittance_days",
        "subset_work_max",
    ),
    _("What was learned"): (
        "habit_confirmations_min",
        "habit_probability_bp",
        "habit_late_days",
    ),
    _("Where we bank, and codes"): ("country", "reason_codes"),
}
UNITS: Final[Mapping[Kind, Word]] = {
    Kind.SHARE: "%",
    Kind.PERCENT: "%",
    Kind.CHANCE: "%",
    Kind.DAYS: _("days"),
    Kind.TIMES: _("times"),
    Kind.MILLIONS: _("million steps"),
}
SWITCHES: Final[Mapping[str, Word]] = {YES: _("yes"), NO: _("no")}


@dataclass(frozen=True, slots=True)
class ThresholdField:
    """A threshold as the settings show it; `value` and `default` as the reader writes numbers."""

    name: str
    label: str
    help: str
    kind: str
    unit: str
    value: str
    default: str
    is_own: bool


def threshold_fields(
    entity: Entity, typed: Mapping[str, str], language: str
) -> list[tuple[str, list[ThresholdField]]]:
    """All thresholds by group; what was typed and refused stays."""
    return [
        (str(words), [_field(entity, name, typed, language) for name in names])
        for words, names in GROUPS.items()
    ]


def unit_of(name: str, currency: str) -> str:
    """The unit a threshold is typed in."""
    kind = THRESHOLDS[name].kind
    return currency if kind is Kind.AMOUNT else str(UNITS.get(kind, ""))


def value_words(name: str, value: object, currency: str, language: str) -> str:
    """A threshold's value in words, with its unit."""
    shown = _shown(THRESHOLDS[name], value, currency, language)
    return f"{SWITCHES.get(shown, shown)} {unit_of(name, currency)}".rstrip()


def _field(entity: Entity, name: str, typed: Mapping[str, str], language: str) -> ThresholdField:
    threshold = THRESHOLDS[name]
    own = entity.settings.get("matching", {})
    default = default_of(name, entity.country)
    label, help_text = NAMES[name]
    kind = threshold.kind
    unit = unit_of(name, entity.currency)
    kept = _shown(threshold, own.get(name, default), entity.currency, language)
    usual = _shown(threshold, default, entity.currency, language)
    return ThresholdField(
        name=name,
        label=str(label),
        help=str(help_text),
        kind=str(kind),
        unit=unit,
        value=typed.get(name, kept),
        default=str(SWITCHES.get(usual, usual)),
        is_own=name in own,
    )


def _shown(threshold: Threshold, value: object, currency: str, language: str) -> str:
    """A value as the reader writes it: amounts with their cents, shares with their decimal sign."""
    if threshold.kind is Kind.AMOUNT:
        return str(format_amount(int(str(value)), currency, language))
    text = written(threshold, value, currency)
    if threshold.kind in {Kind.SHARE, Kind.CHANCE, Kind.MILLIONS}:
        return text.replace(".", SEPARATORS[language][1])
    return text
