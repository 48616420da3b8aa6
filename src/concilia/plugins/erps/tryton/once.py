"""
How a document comes to stand in Tryton once, whatever dies on the way.

Tryton cannot create and post in one call, and has no key that refuses a second document. And a call
may be carried out long after its caller was killed. So the reference is looked up before each
create and again after it, and before one draft is posted all others are deleted, by calls that are
waited for. A dead poster's late call then finds the document it wanted to post gone, or posted; so
however many calls come true late, one document is booked.
`docs/decisions/0040-posting-once.md` says why this is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
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
        """This will book a draft; Tryton refuses one that is booked already."""
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
    held = before or shelf.held(reference)
    chosen = choose(held, reference)
    if not chosen.is_booked and chosen.totals != request.totals:
        shelf.adjust(chosen, request)
        held = shelf.held(reference)
        chosen = choose(held, reference)
    if not chosen.is_booked:
        _book(shelf, held, request)
    return _conclude(shelf, request, already=any(each.is_booked for each in before))


def find_booked(shelf: Shelf, external_ref: str) -> PostingResult | None:
    """This will be the booked document of a reference, or `None`; it changes nothing."""
    held = shelf.held(external_ref)
    if not any(each.is_booked for each in held):
        return None
    return as_result(choose(held, external_ref), external_ref, PostingStatus.POSTED)


def choose(held: Sequence[Held], external_ref: str) -> Held:
    """
    This will be the one document that counts: the booked one, else the newest draft.

    The newest, because a poster makes a document only if it sees none: of several, the others came
    late, from posters that had died, and the newest may be on its way into the books already.

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
    return max(held, key=lambda each: each.id)


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


def _book(shelf: Shelf, held: Sequence[Held], request: PostingRequest) -> None:
    """Post one draft, after all others are certainly gone."""
    external_ref = request.external_ref
    draft = choose(held, external_ref)
    if draft.totals != request.totals:
        shelf.delete([draft])
        raise differing(draft, request)
    try:
        shelf.delete([each for each in held if each.is_draft and each.id != draft.id])
        shelf.post(draft)
    except PostingFailed as failure:
        # The call of a poster that died may have been faster; then there is nothing to refuse.
        if failure.lost or not choose(shelf.held(external_ref), external_ref).is_booked:
            raise


def _conclude(shelf: Shelf, request: PostingRequest, *, already: bool) -> PostingResult:
    held = shelf.held(request.external_ref)
    chosen = choose(held, request.external_ref)
    if not chosen.is_booked:
        raise PostingFailed(
            f"Tryton left {request.external_ref} in the state {chosen.state}",
            permanent=False,
            code="not_booked",
        )
    # The document stands: a draft that cannot be removed now is removed at the next look.
    with suppress(PostingFailed):
        shelf.delete([each for each in held if each.is_draft])
    if chosen.totals != request.totals:
        raise differing(chosen, request)
    status = PostingStatus.DUPLICATE if already else PostingStatus.POSTED
    return as_result(chosen, request.external_ref, status)
