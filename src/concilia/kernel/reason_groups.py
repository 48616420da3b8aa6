"""Reasons that may name one event: a customer calls it one thing, their bank line another."""

from __future__ import annotations

from typing import Final

REASON_GROUPS: Final = (
    frozenset({"NC-01", "NC-02", "NC-03", "NC-25", "NC-31"}),
    frozenset({"NC-05", "NC-06", "NC-14", "NC-16", "CO-14"}),
    frozenset({"NC-08", "NC-09", "NC-10", "CO-01", "CO-10", "CO-15"}),
    frozenset({"NC-11", "NC-12", "NC-13"}),
    frozenset({"NC-17", "NC-18", "NC-19", "FI-08"}),
    frozenset({"NC-21", "NC-23", "CO-13"}),
    frozenset({"CO-02", "CO-03", "CO-04", "CO-08"}),
    frozenset({"FI-01", "FI-02", "FI-14"}),
)


def are_one_event(one: str, two: str) -> bool:
    """Whether two reasons may be two names of the same event."""
    return one == two or any({one, two} <= group for group in REASON_GROUPS)
