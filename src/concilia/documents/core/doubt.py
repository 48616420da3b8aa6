"""Whether a person must look at a reading before anything follows from it."""

from __future__ import annotations

from typing import Final

from concilia.documents.core.kinds import CLAIMING, SETTLING
from concilia.documents.core.parsed import RECOGNISED
from concilia.documents.core.readings import Reading
from concilia.documents.core.trust import NOTHING_SEEN, is_trusted

ACCEPTED: Final = 0.85  # domain.md: below, a person looks at the value


def needs_review(reading: Reading) -> bool:
    """
    Return whether a person must look before a case is opened or settled from this.

    What says itself what it is (a structured message) is taken at its word where it is whole;
    people's own words are, where such readings are right in every part (`trust`).
    """
    unread = reading.error is not None or RECOGNISED in reading.warnings
    if unread or reading.kind_confidence < ACCEPTED:
        return True
    if _is_unsure(reading):
        return True
    return reading.seen != NOTHING_SEEN and not is_trusted(reading)


def _is_unsure(reading: Reading) -> bool:
    """Whether something is missing or unsure without which no case can be opened or settled."""
    if reading.kind not in SETTLING:
        return False
    if reading.kind in CLAIMING:
        unsure = reading.reason is None or (reading.reason_confidence or 0.0) < ACCEPTED
        return unsure or not any(reading.references.values())
    if reading.kind == "remittance_advice":
        nameless = any(line.document is None for line in reading.lines)
        return reading.total_amount is None or nameless or _is_cut_for_no_reason(reading)
    return reading.non_payment_reason is None


def _is_cut_for_no_reason(reading: Reading) -> bool:
    """
    Whether something was taken off, and it is not sure why; lines say it each for itself. A reason
    in words without a cut means that the cut was overlooked.
    """
    if reading.claimed_amount is None:
        return reading.reason is not None and reading.seen != NOTHING_SEEN
    cut = [line for line in reading.lines if line.deducted]
    told = bool(cut) and all(line.reason for line in cut) and reading.reason is not None
    return not told and (reading.reason_confidence or 0.0) < ACCEPTED
