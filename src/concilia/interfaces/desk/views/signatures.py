"""What waits for one's signature: one by one, what is alike together; and whom one leaves it to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.core.authority import Act
from concilia.cases.models import ApprovalBatch, ApprovalOverride
from concilia.cash.core.typed import amount_typed
from concilia.claims.actions.bulk_signing import (
    BatchRefused,
    drop_batch,
    lay_together,
    sign_together,
)
from concilia.claims.models import Claim
from concilia.claims.queries.authority import today_of
from concilia.claims.queries.signatures import (
    alike_groups,
    is_for_less,
    judged_of,
    seats_waiting,
    waiting_for,
)
from concilia.dunning.queries.waivers import WaiverWaiting, waivers_waiting
from concilia.identity.actions import (
    DelegationRefused,
    Leaving,
    leave_signature,
    take_signature_back,
)
from concilia.identity.models import Delegation, Membership, Role
from concilia.interfaces.components.rights import SIGNERS
from concilia.interfaces.desk.access import DeskRequest, Seat, desk_page
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.limit_words import ACTS
from concilia.interfaces.desk.navigation import count_with
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.signature_words import alike_words, group_shown, left_out_words

ROWS_SHOWN: Final = 100
REST_SHOWN: Final = 50
KEY_MAX: Final = 80
REASON_MAX: Final = 200
TOLD_MAX: Final = 5
NUMBER_MAX: Final = 18


@require_GET
@desk_page(allow=SIGNERS)
def signatures(request: DeskRequest) -> HttpResponse:
    """What waits, what is alike, and whom one has left one's signature to."""
    return _page(request)


def _page(request: DeskRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    member, at = request.seat.membership, timezone.now()
    rows = waiting_for(member=member, at=at)
    groups = [group_shown(group) for group in alike_groups(rows) if group.may_batch]
    waivers = _waivers(member)
    waiting = len(rows) + len(waivers)
    request.counted["signatures"] = waiting
    context = {
        "rows": rows[:ROWS_SHOWN],
        "more": max(0, len(rows) - ROWS_SHOWN),
        "count": waiting,
        "waivers": waivers,
        "groups": groups,
        "open_batches": _open_batches(member),
        "left": _left(member),
        "colleagues": _colleagues(member),
        "acts": [(act.value, words) for act, words in ACTS.items()],
        "today": today_of(request.seat.entity, at).isoformat(),
        "error": error,
        "given": request.POST.dict() if error else {},
        "at": at,
    }
    return render(request, "desk/signatures/list.html", context, status=status)


@require_GET
@desk_page(allow=(Role.AUDITOR, Role.APPROVER))
def overrides(request: DeskRequest) -> HttpResponse:
    """What two of level 5 carried out past the rules, week by week."""
    rows = (
        ApprovalOverride.objects.filter(entity=request.seat.entity)
        .select_related(
            "request__case__customer",
            "first_by__user",
            "second_by__user",
            "requested_by__user",
        )
        .order_by("-first_at")[:ROWS_SHOWN]
    )
    weeks: dict[date, list[ApprovalOverride]] = {}
    for row in rows:
        day = today_of(request.seat.entity, row.second_at or row.first_at)
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(row)
    return render(request, "desk/signatures/overrides.html", {"weeks": list(weeks.items())})


@require_POST
@desk_page(allow=SIGNERS)
def lay(request: DeskRequest) -> HttpResponse:
    """Lay what is alike together and draw the sample."""
    alike = words_in(request.POST, "alike", most=KEY_MAX)
    try:
        batch = lay_together(alike=alike, member=request.seat.membership, at=timezone.now())
    except BatchRefused as refused:
        messages.error(request, words_of(refused))
        return redirect("desk:signatures")
    return redirect("desk:batch", batch.pk)


@require_GET
@desk_page(allow=SIGNERS)
def batch(request: DeskRequest, batch_id: int) -> HttpResponse:
    """The sample of a batch, how far it has come, and the rest."""
    found = _batch(request, batch_id)
    items = list(
        found.items.select_related(
            "seat__request__case__customer", "seat__signed_by__user"
        ).order_by("-is_sample", "seat__due_at", "pk")
    )
    claims = dict(
        Claim.objects.filter(case__in=[item.seat.request.case_id for item in items]).values_list(
            "case", "pk"
        )
    )
    sample = [
        (item, claims[item.seat.request.case_id], is_for_less(item.seat))
        for item in items
        if item.is_sample
    ]
    rest = [item for item in items if not item.is_sample]
    told = judged_of(found)
    context = {
        "batch": found,
        "title": alike_words(found.alike),
        "sample": sample,
        "next": next((claim for item, claim, _less in sample if item.seat.is_open), None),
        "rest": rest[:REST_SHOWN],
        "rest_count": len(rest),
        "rest_minor": sum(item.seat.request.amount_minor for item in rest if not item.left_out),
        "left_out": [
            (item.seat.request.case.number, left_out_words(item.left_out))
            for item in rest
            if item.left_out
        ],
        "currency": request.seat.entity.currency,
        "judged": told,
        "is_open": found.state == ApprovalBatch.State.OPEN,
    }
    return render(request, "desk/signatures/batch.html", context)


@require_POST
@desk_page(allow=SIGNERS)
def sign_batch(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Sign the rest of a batch whose sample was judged right."""
    found = _batch(request, batch_id)
    member = request.seat.membership
    try:
        done = sign_together(batch_id=found.pk, member=member, at=timezone.now())
    except BatchRefused as refused:
        messages.error(request, words_of(refused))
        return redirect("desk:batch", batch_id)
    if done.batch.state == ApprovalBatch.State.STOPPED:
        messages.error(
            request, gettext("One of the sample was wrong: nothing was signed together.")
        )
        return redirect("desk:batch", batch_id)
    text = ngettext("%(n)s signed together.", "%(n)s signed together.", done.signed)
    messages.success(request, text % {"n": done.signed})
    if done.left_out:
        told = " ".join(
            f"{number}: {left_out_words(why)}" for number, why in done.left_out[:TOLD_MAX]
        )
        messages.warning(request, gettext("Left out: %(told)s") % {"told": told})
    return redirect("desk:batch", batch_id)


@require_POST
@desk_page(allow=SIGNERS)
def drop(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Take a batch apart; what was judged stays judged."""
    found = _batch(request, batch_id)
    try:
        drop_batch(batch_id=found.pk, member=request.seat.membership, at=timezone.now())
    except BatchRefused as refused:
        messages.error(request, words_of(refused))
        return redirect("desk:batch", batch_id)
    messages.success(request, gettext("Taken apart: sign the others one by one."))
    return redirect("desk:signatures")


@require_POST
@desk_page(allow=SIGNERS)
def leave(request: DeskRequest) -> HttpResponse:
    """Leave one's signature to a colleague for some days."""
    given = request.POST
    currency = request.seat.entity.currency
    limit = given.get("limit", "").strip()
    try:
        minor = _amount(limit, currency)
        leaving = Leaving(
            delegate_id=_whole(given.get("delegate", "")),
            starts=_day(given.get("starts", "")),
            ends=_day(given.get("ends", "")),
            reason=words_in(given, "reason", most=REASON_MAX),
            way=Delegation.Way.WHEN_LATE if given.get("late") else Delegation.Way.MANUAL,
            acts=tuple(act for act in given.getlist("acts") if act in set(Act)),
            limit_minor=minor,
        )
        row = leave_signature(leaving=leaving, member=request.seat.membership, at=timezone.now())
    except DelegationRefused as refused:
        return _page(request, error=words_of(refused), status=422)
    told = gettext("%(name)s may sign for you.") % {"name": row.delegate.user.name}
    messages.success(request, told)
    return redirect("desk:signatures")


@require_POST
@desk_page(allow=SIGNERS)
def take_back(request: DeskRequest, delegation_id: int) -> HttpResponse:
    """Take one's signature back."""
    try:
        take_signature_back(
            delegation_id=delegation_id, member=request.seat.membership, at=timezone.now()
        )
    except Delegation.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, gettext("Your signature is yours alone again."))
    return redirect("desk:signatures")


def _batch(request: DeskRequest, batch_id: int) -> ApprovalBatch:
    found = ApprovalBatch.objects.filter(
        pk=batch_id, member=request.seat.membership, entity=request.seat.entity
    ).first()
    if found is None:
        raise Http404
    return found


def _open_batches(member: Membership) -> list[tuple[ApprovalBatch, str]]:
    rows = ApprovalBatch.objects.filter(member=member, state=ApprovalBatch.State.OPEN)
    return [(row, alike_words(row.alike)) for row in rows.order_by("pk")]


def _left(member: Membership) -> list[Delegation]:
    rows = Delegation.objects.filter(entity=member.entity_id, ended_at=None)
    rows = rows.filter(member=member) | rows.filter(delegate=member)
    today = today_of(member.entity, timezone.now())
    return list(
        rows.filter(ends_date__gte=today)
        .select_related("member__user", "delegate__user")
        .order_by("starts_date", "pk")
    )


def _colleagues(member: Membership) -> list[Membership]:
    rows = Membership.objects.filter(
        entity=member.entity_id, role=Role.APPROVER, is_active=True
    ).exclude(pk=member.pk)
    return list(rows.select_related("user").order_by("user__name"))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < NUMBER_MAX else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DelegationRefused(gettext("Say from which day to which.")) from error


def _amount(text: str, currency: str) -> int | None:
    if not text:
        return None
    minor = amount_typed(text, currency)
    if minor is None:
        raise DelegationRefused(gettext("“%(text)s” is no amount.") % {"text": text[:20]})
    return minor


def _count(seat: Seat) -> int:
    if not seat.may(*SIGNERS) or seat.role == Role.ADMIN:
        return 0
    waiting = seats_waiting(member=seat.membership, at=timezone.now()).count()
    return waiting + len(_waivers(seat.membership))


def _waivers(member: Membership) -> list[WaiverWaiting]:
    """What paid settlements give up, as far as this person may sign it."""
    rows = waivers_waiting(by=member, at=timezone.now())
    return [row for row in rows if row.why_not is None]


count_with("signatures", _count)
