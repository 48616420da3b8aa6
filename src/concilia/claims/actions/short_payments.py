"""Claims about what many payments fell short of, opened together where each stands for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Final

from django.db import transaction
from django.db.models import Q

from concilia.cases.actions import create_cases
from concilia.cash.models import Allocation
from concilia.claims.actions.opening import (
    ClaimDraft,
    case_for,
    claim_of,
    lines_of,
    opened,
    owner_in,
)
from concilia.claims.actions.papers import draft_for_deduction, open_claim_for_deduction
from concilia.claims.actions.twins import OVER_WITHOUT_MONEY, WINDOW
from concilia.claims.actions.windows import begin_windows
from concilia.claims.core.states import ClaimAction, ClaimState, advance
from concilia.claims.events import ClaimOpened
from concilia.claims.models import Claim, ClaimDeduction
from concilia.claims.queries.recognition import UNDECIDED
from concilia.foundation import audit, events
from concilia.foundation.audit import Act, rule_actor
from concilia.foundation.memory import collector_rests
from concilia.foundation.rows import insert_rows
from concilia.kernel.reasons import UNIDENTIFIED
from concilia.receivables.models import OpenItem

TOGETHER_MIN: Final = 5
CHUNK: Final = 500
STEPS: Final = (ClaimAction.QUALIFY, ClaimAction.INVESTIGATE)


def open_claims_for_deductions(*, item_ids: Sequence[int], at: datetime) -> int:
    """
    Give what payments fell short of its claims, some hundreds in one transaction.

    Together go those that stand for themselves: with a reason, so that nobody is asked, and no
    recent or undecided claim about the invoice, order or delivery, so that they are no twins. All
    others are looked at one by one. Can be stopped anywhere and started again.

    :return: how many of them had no claim before
    :raises Exception: what went wrong with the first that got none; the others have theirs
    """
    rows = {
        row.deduction_item_id or 0: row
        for row in Allocation.objects.filter(deduction_item__any_of=item_ids)
        .select_related("match")
        .order_by("deduction_item")
    }
    unexplained = {"", UNIDENTIFIED}
    plain = [key for key, row in rows.items() if row.deduction_reason not in unexplained]
    opened = 0
    if len(plain) >= TOGETHER_MIN:
        for start in range(0, len(plain), CHUNK):
            opened += _open_together(keys=plain[start : start + CHUNK], rows=rows, at=at)
    return opened + _open_the_rest(rows, at)


def _open_the_rest(rows: Mapping[int, Allocation], at: datetime) -> int:
    known = set(
        ClaimDeduction.objects.filter(item__any_of=list(rows)).values_list("item", flat=True)
    )
    troubles: list[Exception] = []
    rest = [(key, row) for key, row in rows.items() if key not in known]
    for key, row in rest:
        try:
            open_claim_for_deduction(
                item_id=key,
                bank_entry_id=row.match.bank_entry_id,
                reason=row.deduction_reason,
                text=row.deduction_text,
                at=at,
            )
        except Exception as trouble:  # noqa: BLE001 - told below; keeps no other from its claim
            troubles.append(trouble)
    if troubles:
        raise troubles[0]
    return len(rest)


@collector_rests()
@transaction.atomic(durable=True)
def _open_together(*, keys: Sequence[int], rows: Mapping[int, Allocation], at: datetime) -> int:
    items = list(
        OpenItem.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "customer__entity",
            "customer__account_manager",
            "invoice__delivery",
            "invoice__order",
        )
        .filter(pk__any_of=keys)
        .order_by("pk")
    )
    alone = _standing_alone(items, at)
    if not alone:
        return 0
    drafts = [
        draft_for_deduction(item, rows[item.pk].deduction_reason, rows[item.pk].deduction_text, at)
        for item in alone
    ]
    claims = _write(drafts, at)
    insert_rows(
        [
            ClaimDeduction(
                claim_id=claim.pk, item_id=key, bank_entry_id=rows[key].match.bank_entry_id
            )
            for claim, key in zip(claims, [item.pk for item in alone], strict=True)
        ]
    )
    return len(claims)


def _standing_alone(items: Sequence[OpenItem], at: datetime) -> list[OpenItem]:
    """Those without a claim yet that share no record with another one or with a claim."""
    keys = [item.pk for item in items]
    known = set(ClaimDeduction.objects.filter(item__any_of=keys).values_list("item", flat=True))
    fresh = [item for item in items if item.pk not in known and item.invoice_id is not None]
    about = Counter(key for item in fresh for key in set(_about(item)))
    claimed = _claimed(about, at)
    return [
        item for item in fresh if not any(about[key] > 1 or key in claimed for key in _about(item))
    ]


def _about(item: OpenItem) -> list[tuple[str, int]]:
    """The records a deduction speaks of: its invoice, and that one's order and delivery."""
    invoice = item.invoice
    assert invoice is not None, "only what was kept from an invoice is looked at"
    keys = (
        ("invoice", invoice.pk),
        ("order", invoice.order_id),
        ("delivery", invoice.delivery_id),
    )
    return [(name, key) for name, key in keys if key is not None]


def _claimed(about: Iterable[tuple[str, int]], at: datetime) -> set[tuple[str, int]]:
    """The records that claims speak of which may be the same event: recent ones, or undecided."""
    wanted: dict[str, list[int]] = {"invoice": [], "order": [], "delivery": []}
    for name, key in about:
        wanted[name].append(key)
    speaking = Q(pk__in=[])
    for name, keys in wanted.items():
        speaking |= Q(**{f"{name}__any_of": keys})
    may_be_twin = Q(received_at__range=(at - WINDOW, at + WINDOW)) | Q(state__in=UNDECIDED)
    rows = Claim.objects.filter(speaking & may_be_twin).exclude(state__in=OVER_WITHOUT_MONEY)
    return {
        (name, key)
        for values in rows.values_list(*wanted)
        for name, key in zip(wanted, values, strict=True)
        if key is not None
    }


def _write(drafts: Sequence[ClaimDraft], at: datetime) -> list[Claim]:
    owner_of = cache(owner_in)
    entity_id = drafts[0].customer.entity_id
    cases = create_cases(
        entity_id=entity_id, cases=[case_for(draft, owner_of) for draft in drafts], at=at
    )
    claims = [claim_of(case, draft) for case, draft in zip(cases, drafts, strict=True)]
    begin_windows(claims)
    moved = [_moved(claim, at) for claim in claims]
    insert_rows(claims)
    insert_rows(
        [
            line
            for claim, draft in zip(claims, drafts, strict=True)
            for line in lines_of(claim, draft)
        ]
    )
    acts = [
        act
        for claim, draft, steps in zip(claims, drafts, moved, strict=True)
        for act in (opened(claim, draft), *steps)
    ]
    events.record(*(ClaimOpened(claim.pk) for claim in claims))
    audit.log(entity_id=entity_id, actor=rule_actor("short payment"), at=at, acts=acts)
    return claims


def _moved(claim: Claim, at: datetime) -> list[Act]:
    """Bring a claim that is not saved yet to where its checking begins; returns the log."""
    acts = []
    for action in STEPS:
        before = ClaimState(claim.state)
        after = advance(before, action, appeals=0, closed_at=None, at=at)
        claim.state = after
        data = {"from": before.value, "to": after.value, "action": action.value}
        acts.append(Act("claim.moved", "case", claim.case_id, data))
    return acts
