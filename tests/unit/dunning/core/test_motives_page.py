"""The page on reasons for non-payment lists what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest

from concilia.dunning.core.protocols import PROTOCOLS, Protocol
from concilia.kernel.non_payment import NON_PAYMENT_REASONS

PAGE = (Path(__file__).parents[4] / "docs/reference/motives.md").read_text()


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=lambda protocol: protocol.code)
def test_every_protocol_is_listed_as_it_is(protocol: Protocol):
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{protocol.code}`"))
    name, acts, claims, reminders, offers, days, ends = row.strip("| ").split(" | ")

    reason = NON_PAYMENT_REASONS[protocol.code]
    assert name == f"`{protocol.code}` {reason.names.en}"
    assert acts.split() == list(protocol.acts)
    assert (claims.split() if claims != "–" else []) == list(protocol.claims)
    assert reminders.startswith(protocol.dunning)
    assert ("no interest" in reminders, "no visits" in reminders) == (
        protocol.no_charges,
        protocol.no_visits,
    )
    assert protocol.hold_days is None or f" {protocol.hold_days} " in reminders
    assert (offers.split() if offers != "–" else []) == sorted(protocol.offers)
    assert days == f"{reason.next_action_business_days} business days"
    assert ends == protocol.ends_with
