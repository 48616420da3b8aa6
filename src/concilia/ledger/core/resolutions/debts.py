"""Late, doubtful and lost debts, and accruals: A17 to A22 and §7.3 of domain.md."""

from __future__ import annotations

from dataclasses import dataclass

from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, EntryRefused, Line
from concilia.ledger.core.resolutions.items import Item, credit, debit, positive


def interest_invoiced(item: Item, *, interest_minor: int, compensation_minor: int = 0) -> Entry:
    """
    This will charge late interest and the fixed recovery compensation, outside VAT (A17).

    :param item: the open item of the debit note
    """
    if min(interest_minor, compensation_minor) < 0:
        raise EntryRefused("interest and compensation are not negative")
    return Entry(
        kind=EntryKind.INTEREST_INVOICED,
        currency=item.currency,
        lines=(
            item.increased_by(interest_minor + compensation_minor),
            *credit(AccountRole.LATE_INTEREST_INC, interest_minor),
            *credit(AccountRole.RECOVERY_COMP_INC, compensation_minor),
        ),
    )


def settled(item: Item, *, paid_minor: int, waived_minor: int, provided_minor: int = 0) -> Entry:
    """
    This will close an item by agreement: a part is paid, the rest is waived (A18).

    The VAT of the waived part is not touched: a waiver is an agreement (domain.md §7.5).

    :param provided_minor: what was already provided for this item; used up before the expense
    """
    positive(waived_minor, "what is waived")
    positive(paid_minor, "what is paid")
    return Entry(
        kind=EntryKind.SETTLEMENT,
        currency=item.currency,
        lines=(
            Line(role=AccountRole.BANK, debit_minor=paid_minor),
            *_loss(waived_minor, provided_minor),
            item.reduced_by(paid_minor + waived_minor),
        ),
    )


def waived(item: Item, *, waived_minor: int, provided_minor: int = 0) -> Entry:
    """
    This will close what a paid settlement gives up, its money being booked already (A18).

    :param provided_minor: what was already provided for this item; used up before the expense
    """
    positive(waived_minor, "what is waived")
    return Entry(
        kind=EntryKind.SETTLEMENT,
        currency=item.currency,
        lines=(*_loss(waived_minor, provided_minor), item.reduced_by(waived_minor)),
    )


def allowance_adjusted(*, currency: str, change_minor: int) -> Entry:
    """
    This will raise the allowance for expected losses, or lower it by a negative change (A19).

    :raises EntryRefused: if nothing changes
    """
    if change_minor == 0:
        raise EntryRefused("an unchanged allowance needs no entry")
    return Entry(
        kind=EntryKind.ALLOWANCE_ADJUSTED,
        currency=currency,
        lines=(
            *debit(AccountRole.BAD_DEBT_EXP, change_minor),
            *credit(AccountRole.ECL_ALLOWANCE, change_minor),
        ),
    )


def debt_written_off(
    item: Item, *, amount_minor: int, provided_minor: int, relief_vat_minor: int = 0
) -> Entry:
    """
    This will write off a lost debt from its allowance, and expense what was not provided (A20).

    :param relief_vat_minor: output VAT taken back, only where the law of §7.5 allows it
    """
    if not 0 <= relief_vat_minor < amount_minor:
        raise EntryRefused(
            f"VAT relief of {relief_vat_minor} does not fit a loss of {amount_minor}"
        )
    return Entry(
        kind=EntryKind.DEBT_WRITTEN_OFF,
        currency=item.currency,
        lines=(
            *_loss(amount_minor - relief_vat_minor, provided_minor),
            *debit(AccountRole.VAT_OUT, relief_vat_minor),
            item.reduced_by(positive(amount_minor, "a write-off")),
        ),
    )


def recovered(*, currency: str, amount_minor: int, relief_vat_minor: int = 0) -> Entry:
    """
    This will book money that came in after the write-off (A21).

    :param relief_vat_minor: VAT relief that must be given back, of the amount
    """
    positive(amount_minor, "a recovery")
    if not 0 <= relief_vat_minor <= amount_minor:
        raise EntryRefused(f"VAT of {relief_vat_minor} is not a part of {amount_minor}")
    return Entry(
        kind=EntryKind.RECOVERY,
        currency=currency,
        lines=(
            Line(role=AccountRole.BANK, debit_minor=amount_minor),
            *credit(AccountRole.BAD_DEBT_EXP, amount_minor - relief_vat_minor),
            *credit(AccountRole.VAT_OUT, relief_vat_minor),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyStatement:
    """What an agency collected, kept and paid over, in minor units; collected = all the others."""

    collected_minor: int
    fee_minor: int
    fee_vat_minor: int
    remitted_minor: int

    def __post_init__(self) -> None:
        if min(self.fee_minor, self.fee_vat_minor, self.remitted_minor) < 0:
            raise EntryRefused("the amounts of an agency statement are not negative")
        if self.collected_minor != self.remitted_minor + self.fee_minor + self.fee_vat_minor:
            raise EntryRefused(
                f"collected {self.collected_minor} is not remitted {self.remitted_minor} plus "
                f"fee {self.fee_minor} plus VAT {self.fee_vat_minor}"
            )


def remitted_by_agency(item: Item, *, statement: AgencyStatement) -> Entry:
    """This will book what an agency collected on an item and set off its fee (A22)."""
    return Entry(
        kind=EntryKind.AGENCY_REMITTANCE,
        currency=item.currency,
        lines=(
            *debit(AccountRole.BANK, statement.remitted_minor),
            *debit(AccountRole.AGENCY_FEES_EXP, statement.fee_minor),
            *debit(AccountRole.VAT_IN, statement.fee_vat_minor),
            item.reduced_by(statement.collected_minor),
        ),
    )


def accrued(*, currency: str, amount_minor: int) -> Entry:
    """This will accrue trade spend of a deal at the time of the sale (§7.3)."""
    positive(amount_minor, "an accrual")
    return Entry(
        kind=EntryKind.ACCRUAL,
        currency=currency,
        lines=(
            Line(role=AccountRole.TRADE_SPEND_EXPENSE, debit_minor=amount_minor),
            Line(role=AccountRole.TRADE_ACCRUAL, credit_minor=amount_minor),
        ),
    )


def accrual_released(*, currency: str, amount_minor: int) -> Entry:
    """This will release what is left of an accrual after the deal's claim window (§7.3)."""
    positive(amount_minor, "a release")
    return Entry(
        kind=EntryKind.ACCRUAL_RELEASED,
        currency=currency,
        lines=(
            Line(role=AccountRole.TRADE_ACCRUAL, debit_minor=amount_minor),
            Line(role=AccountRole.TRADE_SPEND_EXPENSE, credit_minor=amount_minor),
        ),
    )


def _loss(amount_minor: int, provided_minor: int) -> tuple[Line, ...]:
    used = min(max(provided_minor, 0), amount_minor)
    return (
        *debit(AccountRole.ECL_ALLOWANCE, used),
        *debit(AccountRole.BAD_DEBT_EXP, amount_minor - used),
    )
