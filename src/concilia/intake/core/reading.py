"""A reading (docs/reference/reading.md): its amounts, its numbers, what a person should check."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from concilia.kernel.currencies import UnknownCurrency
from concilia.kernel.money import AmountUnreadable, Money
from concilia.kernel.references import normalise_reference

# Everything a document can be (docs/reference/reading.md).
DOCUMENT_KINDS: Final = (
    "claim",
    "credit_request",
    "debit_note",
    "promotion_invoice",
    "remittance_advice",
    "payment_reply",
    "proof_of_delivery",
    "delivery_note",
    "order",
    "invoice",
    "credit_note",
    "bank_statement",
    "receiving_advice",
    "auto_reply",
    "bounce",
    "other",
)
# What contests something or asks for money back: such a document opens a claim.
CLAIM_KINDS: Final = frozenset({"claim", "credit_request", "debit_note", "promotion_invoice"})
# Why a person says that something asks nothing of us.
ASIDE_OUTCOMES: Final = ("no_claim", "duplicate", "answered_elsewhere", "newsletter")
# Numbers of ours: they must be found in our records. Others are the sender's own.
CHECKED_REFERENCES: Final = ("invoice", "order", "delivery")
SURE_FROM: Final = 0.85
# Reasons that want a paper or a correction, not money.
WITHOUT_MONEY: Final = frozenset({"NC-17", "NC-24", "NC-25", "NC-26", "NC-27", "NC-28"})


def amount_in(values: Mapping[str, Any], name: str, currency: str) -> int | None:
    """An amount of a reading in minor units; None where there is none or no currency for it."""
    text = values.get(name)
    if not text or not currency:
        return None
    try:
        return Money.parse(str(text), currency).minor
    except (AmountUnreadable, UnknownCurrency):
        return None


def doubts_in(values: Mapping[str, Any]) -> tuple[str, ...]:
    """
    The fields of a reading that are missing or below 85 % and that nobody has corrected yet.

    Numbers are another matter: see `unknown_references`.
    """
    contests = values.get("kind") in CLAIM_KINDS
    reason = values.get("reason")
    wants_money = contests and reason not in WITHOUT_MONEY
    doubtful = {
        "kind": _is_low(values.get("kind_confidence")),
        "reason": contests and (not reason or _is_low(values.get("reason_confidence"))),
        "claimed_amount": wants_money and not (values.get("claimed_amount") or values.get("lines")),
        "total_amount": values.get("kind") == "remittance_advice"
        and not values.get("total_amount"),
    }
    corrected = set(values.get("corrected") or ())
    return tuple(name for name, is_so in doubtful.items() if is_so and name not in corrected)


def unknown_references(values: Mapping[str, Any], known: Collection[str]) -> tuple[str, ...]:
    """
    The numbers of ours in a reading that no record has, as printed.

    :param known: bare numbers (`kernel.references.normalise_reference`) of the records found
    """
    corrected = set(values.get("corrected") or ())
    return tuple(
        text
        for name, texts in references_in(values).items()
        if f"references.{name}" not in corrected
        for text in texts
        if normalise_reference(text) not in known
    )


def references_in(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The numbers of ours a reading names, by what they are numbers of."""
    references = values.get("references") or {}
    return {name: [str(text) for text in references.get(name) or ()] for name in CHECKED_REFERENCES}


def _is_low(confidence: object) -> bool:
    return isinstance(confidence, int | float) and confidence < SURE_FROM
