"""Carriers and agents a company works with, by their names."""

from __future__ import annotations

from dataclasses import dataclass

from concilia.claims.models import Claim


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner of the settings, and where mail reaches them."""

    name: str
    email: str


def partner_of(claim: Claim) -> Partner | None:
    """Who carried what a claim is about; None where that, or their address, is not known."""
    delivery = claim.delivery or (claim.invoice.delivery if claim.invoice else None)
    carrier = delivery.carrier.strip().casefold() if delivery else ""
    if not carrier:
        return None
    for one in claim.entity.settings.get("partners", []):
        name, email = str(one.get("name", "")).strip(), str(one.get("email", "")).strip()
        if email and name.casefold() == carrier:
            return Partner(name, email)
    return None
