"""The route of a claim: who has done what, whose turn it is, who comes next, up to which limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import gettext

from concilia.cases.core.authority import Amount, Level
from concilia.cases.core.people import RouteRefused
from concilia.cases.models import ApprovalSeat, Step
from concilia.claims.actions.deciding import request_of
from concilia.claims.core.states import ClaimState
from concilia.claims.models import Decision
from concilia.claims.queries.authority import NoRate, company_for
from concilia.claims.queries.dossier import Dossier
from concilia.claims.queries.outlook import PlannedRoute
from concilia.interfaces.components.figures import Part
from concilia.interfaces.components.formats import format_amount, format_day
from concilia.interfaces.desk.access import Seat
from concilia.interfaces.desk.claim_decision import DecisionPanel, erp_name
from concilia.interfaces.desk.claim_process import ProcessShown, Turn, process_shown
from concilia.interfaces.desk.claim_words import department_name, evidence_name, language
from concilia.interfaces.desk.signature_words import (
    Face,
    change_sentence,
    faces,
    route_sentence,
    who_asked,
)

S = ClaimState
OUTCOMES_SHOWN: Final = {"APPROVE": "ok", "REJECT": "bad", "RETURN": "bad"}
BOOKED: Final = frozenset(
    {S.POSTED, S.CUSTOMER_NOTIFIED, S.ACCEPTED, S.COLLECT_BACK, S.REPAID, S.CLOSED}
)
STEPS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStep:
    """One pin of the chain; `status` is ok, now or nothing."""

    status: str
    title: str
    note: str
    when: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The customer's 30-day total against the limit that brings one more signature."""

    parts: Sequence[Part]
    currency: str
    spent: int
    total: int
    beyond: str
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The chain with its limit; `is_planned` while nobody has been asked to sign."""

    steps: Sequence[RouteStep]
    limit: Limit | None
    is_planned: bool
    sentence: str = ""
    changes: str = ""
    faces: Sequence[Face] = ()
    process: ProcessShown | None = None

    @property
    def has_people(self) -> bool:
        """Somebody has done something, or will have to: there is a route to show."""
        return len(self.steps) > 1


def route_shown(dossier: Dossier, seat: Seat, panel: DecisionPanel, at: datetime) -> Route:
    """The route as it stands; while a decision is prepared, as the choice would make it."""
    is_planned = panel.mode == "decide"
    process = process_shown(dossier.claim.case)
    steps = list(_evidence(dossier))
    steps += [_turn(one) for one in process.turns] if process else []
    steps += _planned(panel, seat) if is_planned else _real(dossier, seat)
    steps.append(_last(dossier))
    if process and process.cause and (process.cause.is_open or process.cause.is_done):
        steps.append(_turn(process.cause))
    limit = _planned_limit(panel) if is_planned else _real_limit(dossier, at)
    told = panel.route if is_planned else PlannedRoute()
    return Route(
        steps=steps,
        limit=limit,
        is_planned=is_planned,
        sentence=route_sentence(told),
        changes=change_sentence(told),
        faces=faces(told, seat.user.name) if told.seats else (),
        process=process,
    )


def _turn(turn: Turn) -> RouteStep:
    """A step of the process that waits for somebody, or is done."""
    until = gettext("until %(day)s") % {"day": _day(turn.due_at)} if turn.due_at else ""
    return RouteStep(
        status="ok" if turn.is_done else "now" if turn.is_open else "",
        title=turn.title,
        note=turn.who,
        when=until,
        icon="" if turn.is_done else turn.icon,
    )


def _evidence(dossier: Dossier) -> Iterator[RouteStep]:
    """Who brought the papers, the last few of them."""
    done = [step for step in dossier.steps if step.state == Step.State.DONE and step.done_by]
    for step in done[-STEPS_SHOWN:]:
        assert step.done_by is not None
        assert step.done_at is not None
        what = evidence_name(step.evidence) if step.evidence else gettext("answer")
        yield RouteStep(
            status="ok",
            title=step.done_by.user.name,
            note=f"{department_name(step.done_by.department)}, {what}",
            when=_day(step.done_at),
        )


def _planned(panel: DecisionPanel, seat: Seat) -> Iterator[RouteStep]:
    yield RouteStep(
        status="now",
        title=gettext("You") if panel.may_decide else gettext("Proposal"),
        note=gettext("%(department)s, proposal")
        % {"department": department_name(seat.membership.department)},
        when=gettext("now"),
    )
    for one in panel.route.seats:
        note = who_asked(one.asked_of) if one.asked_of else _level(one.level)
        if one.limit_minor is not None and panel.route.amount:
            upto = format_amount(one.limit_minor, panel.route.amount.currency, language())
            note = gettext("%(level)s, up to %(limit)s") % {"level": note, "limit": upto}
        elif one.is_unlimited:
            note = gettext("%(level)s, any amount") % {"level": note}
        if one.stands_in_for:
            away = one.stands_in_for.name
            note = gettext("%(note)s, for %(name)s") % {"note": note, "name": away}
        yield RouteStep(status="", title=one.person.name, note=note)


def _real(dossier: Dossier, seat: Seat) -> Iterator[RouteStep]:
    decision = dossier.decision
    if decision is None or decision.state == Decision.State.RETURNED:
        return
    yield RouteStep(
        status="ok",
        title=_name(
            decision.proposed_by.user.name, mine=decision.proposed_by_id == seat.membership.pk
        ),
        note=gettext("%(department)s, proposal")
        % {"department": department_name(decision.proposed_by.department)},
        when=_day(decision.proposed_at),
    )
    is_open = decision.state == Decision.State.IN_APPROVAL
    now = _asked_now(dossier.seats) if is_open else set()
    for one in dossier.seats:
        yield _seat_step(one, seat, is_now=one.pk in now)


def _asked_now(seats: Sequence[ApprovalSeat]) -> set[int]:
    """The seats whose turn it is: of the first turn in which too few have approved."""
    turns: dict[object, list[ApprovalSeat]] = {}
    for one in seats:
        turns.setdefault(one.turn or ("own", one.n), []).append(one)
    for turn in turns.values():
        if sum(one.outcome == "APPROVE" for one in turn) < min(len(turn), turn[0].needed):
            return {one.pk for one in turn if one.signed_by_id is None}
    return set()


def _seat_step(one: ApprovalSeat, seat: Seat, *, is_now: bool) -> RouteStep:
    note = who_asked(one.asked_of) if one.asked_of else _level(_level_of(one))
    if one.signed_by:
        if one.signed_for:
            away = one.signed_for.user.name
            note = gettext("%(note)s, for %(name)s") % {"note": note, "name": away}
        if one.comment:
            note = f"{note} · “{one.comment}”"
        return RouteStep(
            status="ok",
            title=_name(one.signed_by.user.name, mine=one.signed_by_id == seat.membership.pk),
            note=note,
            when=_day(one.signed_at) if one.signed_at else "",
            icon="" if one.outcome == "APPROVE" else "arrow-back-up",
        )
    name = one.expected.user.name if one.expected else gettext("Somebody with the authority")
    mine = one.expected_id == seat.membership.pk
    when = gettext("now") if is_now else ""
    if is_now and one.due_at:
        when = gettext("until %(day)s") % {"day": _day(one.due_at)}
    return RouteStep(
        status="now" if is_now else "", title=_name(name, mine=mine), note=note, when=when
    )


def _last(dossier: Dossier) -> RouteStep:
    """The ERP and the customer: nothing reaches them before all have signed."""
    claim = dossier.claim
    done = claim.state in BOOKED
    numbers = [one.posting.erp_number for one in dossier.settlements if one.posting]
    note = ", ".join(number for number in numbers if number)
    if claim.state == S.POSTING_FAILED:
        note = gettext("did not book it")
    return RouteStep(
        status="ok" if done else "now" if claim.state == S.POSTING else "",
        title=gettext("%(erp)s and customer") % {"erp": erp_name(claim)},
        note=note or gettext("posting and letter"),
        when="" if done or claim.state == S.POSTING_FAILED else gettext("same hour"),
        icon="" if done else "building-bank",
    )


def _planned_limit(panel: DecisionPanel) -> Limit | None:
    route = panel.route
    if route.amount is None or route.limit_minor is None:
        return None
    return _limit(route.amount, route.limit_minor, route.beyond)


def _real_limit(dossier: Dossier, at: datetime) -> Limit | None:
    """Against the limit of the highest seat, with today's total."""
    decision = dossier.decision
    if dossier.claim.state != S.IN_APPROVAL or decision is None:
        return None
    limits = decision.approval.matrix_version if decision.approval else ""
    company = company_for(dossier.claim, at, limits=limits)
    try:
        request = request_of(claim=dossier.claim, decision=decision, at=at)
    except (RouteRefused, NoRate):
        return None
    level = max((_level_of(one) for one in dossier.seats), default=Level.L1)
    limit = company.matrix.limit(request.act, level)
    if limit is None or limit.minor is None:
        return None
    return _limit(request.amount, limit.minor, "")


def _limit(amount: Amount, limit_minor: int, beyond: str) -> Limit:
    left = max(0, limit_minor - amount.total_minor)
    return Limit(
        parts=[
            Part("paid", amount.rolling_minor, gettext("Decided before")),
            Part("accent", amount.minor, gettext("This claim")),
            Part("none", left, gettext("Left")),
        ],
        currency=amount.currency,
        spent=amount.total_minor,
        total=limit_minor,
        beyond=beyond,
        left=left,
    )


def _level_of(seat: ApprovalSeat) -> Level:
    """Of who signs, or is expected to: a seat says only which level is needed at least."""
    who = seat.signed_by or seat.expected
    return max(Level(seat.level), Level(who.level)) if who else Level(seat.level)


def _level(level: Level) -> str:
    return gettext("Level %(n)s") % {"n": int(level)}


def _name(name: str, *, mine: bool) -> str:
    return gettext("You") if mine else name


def _day(at: datetime) -> str:
    today = localtime().date()
    return format_day(localtime(at).date(), today, language())
