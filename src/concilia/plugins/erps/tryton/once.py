"""
How a document comes to stand in Tryton once, whatever dies on the way.

Tryton cannot create and post in one call, and has no key that refuses a second document. So the
reference is looked up before each create and again after it; of all documents that carry it at
most one is posted, always the same one whoever asks: what is posted already, else the oldest
draft. Posting a posted document changes nothing in Tryton. Drafts that lost are deleted.
`docs/decisions/0040-posting-once.md` says why this is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from concilia.ledger.ports import (
    AmountsDiffer,
    PostingFailed,
    PostingRequest,
    PostingResult,
    PostingStatus,
    Totals,
)

DRAFT_STATES = frozenset({"draft", "validated"})
BOOKED_STATES = frozenset({"posted", "paid"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A document Tryton holds for our reference."""

    id: int
    state: str
    number: str
    period: str | None
    totals: Totals

    @property
    def is_booked(self) -> bool:
        """Whether it stands in the books."""
        return self.state in BOOKED_STATES

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed or deleted."""
        return self.state in DRAFT_STATES


class Shelf(Protocol):
    """One kind of document in Tryton: customer invoices, or account moves."""

    def held(self, external_ref: str) -> list[Held]:
        """This will be what carries the reference, oldest first, cancelled ones left out."""
        ...

    def create(self, request: PostingRequest) -> None:
        """This will make a draft."""
        ...

    def adjust(self, draft: Held, request: PostingRequest) -> None:
        """This will correct a rounding difference of Tryton's in a draft, if there is one."""
        ...

    def post(self, draft: Held) -> None:
        """This will book a draft; a booked one stays as it is."""
        ...

    def delete(self, drafts: Sequence[Held]) -> None:
        """This will remove drafts."""
        ...


def post_once(shelf: Shelf, request: PostingRequest) -> PostingResult:
    """
    This will make sure that exactly one booked document carries the request's reference.

    :raises AmountsDiffer: if Tryton makes other amounts of the request; nothing was booked then,
        unless `lost` says that the booked document is the wrong one
    """
    reference = request.external_ref
    before = shelf.held(reference)
    if not before:
        shelf.create(request)
    chosen = choose(before or shelf.held(reference), reference)
    if not chosen.is_booked and chosen.totals != request.totals:
        shelf.adjust(chosen, request)
        chosen = choose(shelf.held(reference), reference)
    if not chosen.is_booked:
        if chosen.totals != request.totals:
            shelf.delete([chosen])
            raise differing(chosen, request)
        shelf.post(chosen)
    return _conclude(shelf, request, already=any(each.is_booked for each in before))


def find_booked(shelf: Shelf, external_ref: str) -> PostingResult | None:
    """This will be the booked document of a reference, or `None`; it changes nothing."""
    held = shelf.held(external_ref)
    if not any(each.is_booked for each in held):
        return None
    return as_result(choose(held, external_ref), external_ref, PostingStatus.POSTED)


def choose(held: Sequence[Held], external_ref: str) -> Held:
    """
    This will be the one document that counts: the booked one, else the oldest draft.

    :raises PostingFailed: if two are booked, or the document vanished between two calls
    """
    booked = [each for each in held if each.is_booked]
    if len(booked) > 1:
        numbers = ", ".join(each.number for each in booked)
        raise PostingFailed(
            f"Tryton holds {external_ref} {len(booked)} times: {numbers}; cancel all but one",
            permanent=True,
            lost=True,
            code="twice",
        )
    if booked:
        return booked[0]
    if not held:
        raise PostingFailed(
            f"the draft of {external_ref} vanished from Tryton", permanent=False, code="vanished"
        )
    return min(held, key=lambda each: each.id)


def as_result(held: Held, external_ref: str, status: PostingStatus) -> PostingResult:
    """This will be what Tryton holds, in the words of the posting contract."""
    return PostingResult(
        external_ref=external_ref,
        status=status,
        erp_document=str(held.id),
        erp_number=held.number,
        erp_period=held.period,
        totals=held.totals,
    )


def differing(held: Held, request: PostingRequest) -> AmountsDiffer:
    """This will be the failure that says which amounts differ (P-5)."""
    wanted, found = request.totals, held.totals
    return AmountsDiffer(
        f"{request.external_ref}: Tryton makes net {found.net_minor} and VAT {found.vat_minor} "
        f"(minor units, {found.currency}) of net {wanted.net_minor} and VAT {wanted.vat_minor} "
        f"({wanted.currency}); see the taxes of the mapped accounts",
        posted=held.is_booked,
    )


def _conclude(shelf: Shelf, request: PostingRequest, *, already: bool) -> PostingResult:
    held = shelf.held(request.external_ref)
    chosen = choose(held, request.external_ref)
    if not chosen.is_booked:
        raise PostingFailed(
            f"Tryton left {request.external_ref} in the state {chosen.state}",
            permanent=False,
            code="not_booked",
        )
    shelf.delete([each for each in held if each.is_draft])
    if chosen.totals != request.totals:
        raise differing(chosen, request)
    status = PostingStatus.DUPLICATE if already else PostingStatus.POSTED
    return as_result(chosen, request.external_ref, status)
