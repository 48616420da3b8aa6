"""The list of claims: which ones, in which order, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Least
from django.db.models.lookups import GreaterThan

from concilia.cases.core.worth import AMOUNT_MAX_MINOR, PERCENT, Weights
from concilia.cases.models import ApprovalSeat, ClockStop, Step, Watch
from concilia.cases.queries.office import today_of, weights_of
from concilia.claims.core.states import STOPS_THE_CLOCK, ClaimState
from concilia.claims.core.work import (
    ANSWERED,
    DAY_SECONDS,
    ODDS_UNKNOWN_BP,
    OTHERS_READY_PERCENT,
    OTHERS_TOUCHES,
    READY_PERCENT,
    RESTING,
    TOUCHES,
    UNPROVEN,
    WITH_OTHERS,
)
from concilia.claims.models import Claim, MergeProposal
from concilia.claims.models.claims import CLOSED_STATES
from concilia.claims.queries.named import named_among_all, named_among_open
from concilia.identity.models import Entity, Membership
from concilia.kernel.numbers import BASIS_POINTS

S = ClaimState
DECIDABLE: Final = (S.DECISION_PROPOSED, S.INVESTIGATING, S.QUALIFYING)
VIEWS: Final = (
    *("mine", "open", "late", "customer", "approval", "resting", "watched", "closed", "all"),
    *("asked", "sign", "waiting"),
)
# What is over has no worth any more: these lists begin with the newest.
LONG_VIEWS: Final = ("closed", "all")
SORTS: Final = ("worth", "due", "answer", "newest", "amount", "customer")
LATE_WITHIN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    What a person asks of the list; empty members ask nothing.

    :param typed: a case, an invoice, a customer, the customer's own reference, or an amount
    :param minor: the typed amount in minor units, if it is one
    :param is_free: in nobody's name
    :param due: `past`, `today` or `week`: ended already, ends today, or within seven days from now
    """

    view: str = "open"
    sort: str = "worth"
    typed: str = ""
    minor: int | None = None
    countries: Sequence[str] = ()
    reasons: Sequence[str] = ()
    states: Sequence[str] = ()
    currency: str = ""
    owner_id: int | None = None
    is_free: bool = False
    due: str = ""
    customer_id: int | None = None
    since: date | None = None
    until: date | None = None
    late_likely: bool = False
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Contested:
    """What open claims of one currency add up to."""

    currency: str
    count: int
    claimed_minor: int
    valid_minor: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims each view holds, and what is contested by currency."""

    counts: Mapping[str, int]
    sums: Sequence[Contested]


@dataclass(frozen=True, slots=True)
class Row:
    """A claim and what else its line shows: since when it rests, who holds it, a twin."""

    claim: Claim
    paused_at: datetime | None
    holder: Membership | None
    outsider: str
    has_twin: bool

    @property
    def is_answered(self) -> bool:
        """The customer has their answer: no deadline runs any more."""
        return self.claim.state in ANSWERED

    @property
    def valid_minor(self) -> int | None:
        """What was granted, else what the rules found valid; None while nobody could judge."""
        if self.claim.decided_at:
            return self.claim.approved_minor
        nothing_proven = not self.claim.valid_minor and self.claim.state in UNPROVEN
        return None if nothing_proven else self.claim.valid_minor


def claims_wanted(
    *,
    entity: Entity,
    member: Membership,
    wanted: Wanted,
    at: datetime,
    weights: Weights | None = None,
) -> QuerySet[Claim]:
    """
    The claims of a list, in its order; one statement when it is read.

    :param weights: how work is ordered; as the entity has set it if None

    Words among all claims are looked up first, in one or two statements more.
    """
    rows = Claim.objects.filter(_view(wanted.view, member, at), entity=entity)
    if wanted.view not in LONG_VIEWS:
        # An open claim has an open case, and an index holds what these lists are sorted by.
        rows = rows.filter(case__entity=entity, case__closed_at=None)
    rows = _narrowed(rows, wanted, entity).filter(_due(wanted, entity, at))
    if wanted.sort == "worth" and wanted.view not in LONG_VIEWS:
        score = _score(entity, at, weights or weights_of(entity))
        rows = rows.annotate(score=score, ends=_ends(entity))
        return rows.order_by("-score", "ends", "pk")
    return _sorted(rows, wanted)


def keys_and_count(*, claims: QuerySet[Claim], first: int, most: int) -> tuple[list[int], int]:
    """
    The keys of a page of a list and how many the whole list has: what is looked for in words is
    looked for once. Beyond the end both are nothing.
    """
    counted = claims.annotate(whole=Window(Count("*"))).values_list("pk", "whole")
    rows = list(counted[first : first + most])
    return [pk for pk, _ in rows], rows[0][1] if rows else 0


def with_all_shown(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """The same claims with the records a line or a file shows of them."""
    return claims.select_related(
        "case__owner__user", "case__clock", "customer", "invoice", "delivery"
    )


def rows_of(*, keys: Sequence[int]) -> list[Row]:
    """
    The lines of a page, in the order of their keys; four statements however many.

    Read apart from the list, so that only the page's claims are joined with what they show.
    """
    found = with_all_shown(Claim.objects.filter(pk__in=keys)).in_bulk()
    return _rows([found[key] for key in keys if key in found])


def _rows(claims: Sequence[Claim]) -> list[Row]:
    cases = [claim.case_id for claim in claims]
    keys = [claim.pk for claim in claims]
    paused = dict(
        ClockStop.objects.filter(case__in=cases, ended_at=None).values_list("case", "started_at")
    )
    seats: dict[int, Membership | None] = {}
    waiting = ApprovalSeat.objects.filter(
        request__case__in=cases, request__state="OPEN", is_open=True
    )
    for seat in waiting.select_related("expected__user", "request").order_by("n"):
        seats.setdefault(seat.request.case_id, seat.expected)
    twins = {
        key
        for pair in MergeProposal.objects.filter(
            Q(claim__in=keys) | Q(twin__in=keys), state=MergeProposal.State.OPEN
        ).values_list("claim", "twin")
        for key in pair
    }
    return [
        Row(
            claim,
            paused.get(claim.case_id),
            seats.get(claim.case_id) or claim.case.owner,
            _outsider(claim),
            claim.pk in twins and claim.state in _BEFORE_DECISION,
        )
        for claim in claims
    ]


def tally_of(*, entity: Entity, member: Membership, at: datetime) -> Tally:
    """Counts and sums over all open claims. Three statements."""
    rows = (
        Claim.objects.filter(entity=entity)
        .exclude(state__in=CLOSED_STATES)
        .values("currency")
        .annotate(
            n=Count("pk"),
            claimed=Sum("claimed_minor"),
            valid=Sum(_found_valid()),
            customer=Count("pk", filter=Q(state=S.WAITING_CUSTOMER)),
            approval=Count("pk", filter=Q(state=S.IN_APPROVAL)),
        )
        .order_by("-claimed")
    )
    found: list[dict[str, Any]] = [dict(row) for row in rows]
    counts = {view: sum(row[view] for row in found) for view in ("customer", "approval")}
    counts["open"] = sum(row["n"] for row in found)
    counts["late"] = Claim.objects.filter(_view("late", member, at), entity=entity).count()
    counts["mine"] = count_mine(member=member, at=at)
    sums = [
        Contested(row["currency"], row["n"], row["claimed"], row["valid"] or 0) for row in found
    ]
    return Tally(counts, sums)


def count_mine(*, member: Membership, at: datetime) -> int:
    """How many claims wait for this member. One statement over two indexes."""
    own = Claim.objects.filter(_owned(member, at)).values("pk")
    # What is mine to work on is in no approval, so that no claim is counted twice.
    to_sign = seats_of(member).values("pk")
    return own.union(to_sign, all=True).count()


_BEFORE_DECISION: Final = frozenset(
    {*DECIDABLE, S.RECEIVED, S.WAITING_CUSTOMER, S.WAITING_INTERNAL, S.WAITING_THIRD_PARTY}
)


def _view(name: str, member: Membership, at: datetime) -> Q:
    """The claims of a view, as a condition over claim and case."""
    is_open = ~Q(state__in=CLOSED_STATES)
    own = Claim.objects.filter(_owned(member, at)).values("pk")
    signing = Q(case__in=seats_of(member).values("request__case"))
    clocks_run = ~Q(state__in=[*STOPS_THE_CLOCK, *ANSWERED, *CLOSED_STATES])
    ends = Q(case__closed_at=None, case__due_at__lte=at + LATE_WITHIN)
    return {
        "mine": is_open & (Q(pk__in=own) | signing),
        "late": clocks_run & ends & Q(case__entity=member.entity_id),
        "customer": Q(state=S.WAITING_CUSTOMER),
        "approval": Q(state=S.IN_APPROVAL),
        "resting": is_open & Q(case__snoozed_until_at__gt=at),
        "asked": Q(case__closed_at=None, case__in=steps_of(member).values("case")),
        "sign": Q(case__closed_at=None) & signing,
        "waiting": is_open & Q(case__owner=member, state__in=WITH_OTHERS),
        "watched": is_open & Q(case__in=Watch.objects.filter(member=member).values("case")),
        "closed": Q(state__in=CLOSED_STATES),
        "all": Q(),
    }.get(name, is_open)


def _owned(member: Membership, at: datetime) -> Q:
    """Open cases of a member that are theirs to move on, and are not resting."""
    awake = Q(case__snoozed_until_at=None) | Q(case__snoozed_until_at__lte=at)
    return awake & Q(
        entity=member.entity_id,
        case__entity=member.entity_id,
        case__owner=member,
        case__closed_at=None,
        state__in=[*DECIDABLE, S.POSTING_FAILED],
    )


def seats_of(member: Membership) -> QuerySet[ApprovalSeat]:
    """The signatures whose turn it is and that are expected of this member."""
    return ApprovalSeat.objects.filter(expected=member, is_open=True, request__state="OPEN")


def _due(wanted: Wanted, entity: Entity, at: datetime) -> Q:
    if wanted.is_free:
        return Q(case__owner=None) & _due(replace(wanted, is_free=False), entity, at)
    runs = ~Q(state__in=WITH_OTHERS)
    tonight = datetime.combine(
        today_of(entity, at) + timedelta(days=1), time(), ZoneInfo(entity.timezone)
    )
    return {
        "past": runs & Q(case__due_at__lt=at),
        "today": runs & Q(case__due_at__gte=at, case__due_at__lt=tonight),
        "week": runs & Q(case__due_at__gte=at, case__due_at__lt=tonight + timedelta(days=6)),
    }.get(wanted.due, Q())


def steps_of(member: Membership) -> QuerySet[Step]:
    """What is asked of this member, in their own cases and in those of others."""
    return Step.objects.filter(state=Step.State.OPEN, holder="us", assignee=member)


def _narrowed(rows: QuerySet[Claim], wanted: Wanted, entity: Entity) -> QuerySet[Claim]:
    conditions: dict[str, Any] = {
        "customer__country__in": wanted.countries,
        "reason__in": wanted.reasons,
        "state__in": wanted.states,
        "currency": wanted.currency,
        "case__owner": wanted.owner_id,
        "customer": wanted.customer_id,
        "received_at__date__gte": wanted.since,
        "received_at__date__lte": wanted.until,
        "case__clock__is_late_likely": wanted.late_likely,
        "answer_by_date__lte": wanted.answer_by,
    }
    rows = rows.filter(**{name: value for name, value in conditions.items() if value})
    if wanted.typed.strip():
        is_long = wanted.view in LONG_VIEWS
        named = named_among_all if is_long else named_among_open
        rows = rows.filter(named(entity_id=entity.pk, typed=wanted.typed, minor=wanted.minor))
    return rows


def _sorted(rows: QuerySet[Claim], wanted: Wanted) -> QuerySet[Claim]:
    orders: Mapping[str, tuple[Any, ...]] = {
        "due": (F("case__due_at").asc(nulls_last=True), "pk"),
        "answer": (F("answer_by_date").asc(nulls_last=True), "case__due_at", "pk"),
        "newest": ("-received_at", "-pk"),
        "amount": ("-claimed_minor", "pk"),
        "customer": ("customer__name", "-received_at", "pk"),
    }
    return rows.order_by(*orders.get(wanted.sort, orders["newest"]))


def _score(entity: Entity, at: datetime, weights: Weights) -> ExpressionWrapper[Any]:
    """
    What `worth_of` answers for each claim, by the same arithmetic of integers.

    Other currencies count at the rate of the settings, one to one without it.
    """
    ready = _by_state(READY_PERCENT, OTHERS_READY_PERCENT)
    recovered, granted = Value(weights.recovered_percent), Value(weights.granted_percent)
    share = _valid_share()
    counted = share * granted + (Value(BASIS_POINTS) - share) * recovered
    chance = _whole(counted * ready / Value(PERCENT * PERCENT))
    amount = Least(_in_own(entity), Value(AMOUNT_MAX_MINOR), output_field=BigIntegerField())
    expected = (amount * chance + Value(BASIS_POINTS // 2)) / Value(BASIS_POINTS)
    cost = _by_state(TOUCHES, OTHERS_TOUCHES) * Value(weights.touch_minor)
    net = _whole(expected - cost)
    grown = _used_percent(entity, at) * Value(weights.deadline_percent - PERCENT) / Value(PERCENT)
    urgency = Least(Value(weights.late_percent), _whole(Value(PERCENT) + grown))
    return ExpressionWrapper(
        Case(
            When(state__in=RESTING, then=Value(0)),
            When(GreaterThan(net, Value(0)), then=(net * urgency + Value(50)) / Value(PERCENT)),
            default=net,
            output_field=BigIntegerField(),
        ),
        output_field=BigIntegerField(),
    )


def _whole(expression: Combinable) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(expression, output_field=BigIntegerField())


def _by_state(values: Mapping[str, int], default: int) -> Case:
    return Case(
        *(When(state=state, then=Value(value)) for state, value in values.items()),
        default=Value(default),
        output_field=BigIntegerField(),
    )


def _valid_share() -> Case:
    """As judged, else as history expects it; in basis points."""
    judged = Q(decided_at__isnull=False) | Q(valid_minor__gt=0)
    judged |= Q(valid_minor__isnull=False) & ~Q(state__in=UNPROVEN)
    found = _found_valid() * Value(BASIS_POINTS) / F("claimed_minor")
    return Case(
        When(
            judged & Q(claimed_minor__gt=0),
            then=Least(_whole(found), Value(BASIS_POINTS), output_field=BigIntegerField()),
        ),
        default=Coalesce(F("odds_bp"), Value(ODDS_UNKNOWN_BP), output_field=BigIntegerField()),
        output_field=BigIntegerField(),
    )


def _ends(entity: Entity) -> Combinable:
    """The deadline, or the end of the last day to answer where that comes first."""
    day_after = Func(
        F("answer_by_date"),
        template="(%(expressions)s + 1)::timestamp",
        output_field=DateTimeField(),
    )
    end = Func(Value(entity.timezone), day_after, function="TIMEZONE", output_field=DateTimeField())
    answer = Case(When(decided_at=None, then=end), output_field=DateTimeField())
    return Least(F("case__due_at"), answer, output_field=DateTimeField())


def _used_percent(entity: Entity, at: datetime) -> ExpressionWrapper[Any]:
    allowed = Greatest(_seconds(_ends(entity) - F("case__opened_at")), Value(DAY_SECONDS))
    used = Greatest(_seconds(Value(at) - F("case__opened_at")), Value(0))
    return _whole(Coalesce(used * Value(PERCENT) / allowed, Value(0)))


def _in_own(entity: Entity) -> Combinable:
    rates = entity.settings.get("rates", {})
    claimed = F("claimed_minor")
    if not rates:
        return claimed
    return Case(
        *(
            When(
                currency=currency,
                then=Func(
                    claimed * Value(Decimal(str(rate))),
                    function="FLOOR",
                    template="FLOOR(%(expressions)s)::bigint",
                    output_field=BigIntegerField(),
                ),
            )
            for currency, rate in sorted(rates.items())
        ),
        default=claimed,
        output_field=BigIntegerField(),
    )


def _seconds(span: object) -> Func:
    return Func(
        span,
        function="EXTRACT",
        template="FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint",
        output_field=BigIntegerField(),
    )


def _found_valid() -> Case:
    return Case(
        When(decided_at__isnull=False, then=F("approved_minor")),
        default=F("valid_minor"),
        output_field=BigIntegerField(),
    )


def _outsider(claim: Claim) -> str:
    """Who outside has the ball, by name."""
    if claim.state == S.WAITING_CUSTOMER:
        return claim.customer.name
    if claim.state == S.WAITING_THIRD_PARTY:
        return claim.delivery.carrier if claim.delivery else ""
    return ""
