"""The VAT inside an amount: split by rate, never more than the invoice charged (INV-22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from concilia.kernel.money import Money, vat_split
from concilia.ledger.core.entries import EntryRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class VatShare:
    """An amount at one VAT rate, in minor units; `net + vat = gross` by construction."""

    vat_bp: int
    net_minor: int
    vat_minor: int
    tax_code: str | None = None

    @property
    def gross_minor(self) -> int:
        """Net and VAT together, in minor units."""
        return self.net_minor + self.vat_minor

    def plus(self, other: VatShare | None) -> VatShare:
        """This will be both shares of one rate together."""
        if other is None:
            return self
        return replace(
            self,
            net_minor=self.net_minor + other.net_minor,
            vat_minor=self.vat_minor + other.vat_minor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VatRoom:
    """
    What of an invoice can still be credited at one rate: invoiced minus credited, in minor units.

    :raises EntryRefused: if an amount is negative or the VAT is larger than the gross
    """

    vat_bp: int
    gross_minor: int
    vat_minor: int
    tax_code: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.vat_minor <= self.gross_minor:
            raise EntryRefused(
                f"VAT of {self.vat_minor} in an amount of {self.gross_minor} is impossible"
            )

    def less(self, share: VatShare | None) -> VatRoom:
        """This will be what is left after a share of it was credited."""
        if share is None:
            return self
        return replace(
            self,
            gross_minor=self.gross_minor - share.gross_minor,
            vat_minor=self.vat_minor - share.vat_minor,
        )


def split_gross(gross: Money, vat_bp: int, tax_code: str | None = None) -> VatShare:
    """This will split a gross amount at one rate into net and VAT (TV-7.1, TV-7.2)."""
    split = vat_split(gross, percent_of(vat_bp))
    return VatShare(
        vat_bp=vat_bp, net_minor=split.net.minor, vat_minor=split.vat.minor, tax_code=tax_code
    )


def split_over_invoice(gross: Money, rooms: Sequence[VatRoom]) -> tuple[VatShare, ...]:
    """
    This will split a gross amount over the rates of an invoice, pro rata of what is left of each.

    The VAT of a share is clamped to what its rate has left, so that many partial credits end at
    exactly the VAT of the invoice and never beyond it (INV-22, P-7). Rates that get nothing are
    left out.

    :param gross: between zero and the sum of the rooms
    :raises EntryRefused: if more is asked for than is left to credit (INV-10)
    """
    left = sum(room.gross_minor for room in rooms)
    if not 0 <= gross.minor <= left:
        raise EntryRefused(f"{gross.minor} cannot be credited: {left} of the invoice are left")
    if gross.is_zero:
        return ()
    shares = gross.split([room.gross_minor for room in rooms])
    return tuple(_share(each, room) for each, room in zip(shares, rooms, strict=True) if each)


def split_by_rate(
    parts: Sequence[tuple[Money, int | None]], rooms: Sequence[VatRoom]
) -> tuple[VatShare, ...]:
    """
    This will split amounts whose rate is known at that rate, and the others over the invoice.

    What a rate has no room for any more goes over the other rates, pro rata of what they have left.

    :param parts: amounts with the rate of what they are for; None where that is not known
    :raises EntryRefused: if more is asked for than is left to credit (INV-10)
    """
    left = {room.vat_bp: room for room in rooms}
    found: dict[int, VatShare] = {}

    def take(gross: Money, among: Sequence[VatRoom]) -> None:
        for share in split_over_invoice(gross, among):
            left[share.vat_bp] = left[share.vat_bp].less(share)
            found[share.vat_bp] = share.plus(found.get(share.vat_bp))

    for gross, vat_bp in sorted(parts, key=lambda part: part[1] is None):
        own = [room for rate, room in left.items() if rate == vat_bp]
        fits = Money(min(gross.minor, sum(room.gross_minor for room in own)), gross.currency)
        take(fits, own)
        take(gross - fits, list(left.values()))
    return tuple(found[room.vat_bp] for room in rooms if room.vat_bp in found)


def percent_of(vat_bp: int) -> Decimal:
    """This will be a rate of basis points in percent: 2200 is 22 %."""
    return Decimal(vat_bp).scaleb(-2)


def _share(gross: Money, room: VatRoom) -> VatShare:
    computed = vat_split(gross, percent_of(room.vat_bp)).vat.minor
    # What stays behind must itself be possible: its VAT neither negative nor above its gross.
    least = max(0, room.vat_minor - (room.gross_minor - gross.minor))
    vat = min(max(computed, least), room.vat_minor, gross.minor)
    return VatShare(
        vat_bp=room.vat_bp, net_minor=gross.minor - vat, vat_minor=vat, tax_code=room.tax_code
    )
