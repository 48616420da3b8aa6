"""The decision on a claim: what may be chosen, what each choice does, who signs, what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.eligibility import require_may_sign
from concilia.cases.core.people import RouteRefused
from concilia.cases.core.routes import Company, Route, RouteState
from concilia.cases.core.routes import Seat as RouteSeat
from concilia.cases.models import ApprovalOverride, ApprovalSeat
from concilia.cases.queries.approvers import principal_of, route_of
from concilia.cash.core.typed import amount_typed
from concilia.claims.actions.deciding import lines_to_decide, request_of
from concilia.claims.actions.overriding import may_override
from concilia.claims.core.decisions import Choice, Ground, LineToDecide, approved_by
from concilia.claims.core.states import ClaimState
from concilia.claims.models import Claim
from concilia.claims.queries.authority import company_for
from concilia.claims.queries.dossier import Dossier
from concilia.claims.queries.letters import Letter, letter_for
from concilia.claims.queries.outlook import PlannedRoute, asked_for, planned_route
from concilia.identity.models import Department, Membership
from concilia.interfaces.components.formats import format_amount
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import Seat
from concilia.interfaces.desk.claim_less import may_grant_less
from concilia.interfaces.desk.claim_words import GROUNDS, department_name, language
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.refusals import words_of
from concilia.kernel.reasons import UNIDENTIFIED
from concilia.ledger.ports import ERPS

Word = str | Promise
S = ClaimState
WORDS_MAX: Final = 4000
LETTER_MAX: Final = 20_000
ADDRESS_MAX: Final = 254
SUBJECT_MAX: Final = 400
AMOUNT_MAX: Final = 40
FOLDER: Final = "folder"

# What the panel offers in each state; the decision itself is offered while people check.
MODES: Final[Mapping[str, str]] = {
    S.INVESTIGATING: "decide",
    S.DECISION_PROPOSED: "decide",
    S.WAITING_CUSTOMER: "decide",
    S.WAITING_INTERNAL: "decide",
    S.WAITING_THIRD_PARTY: "decide",
    S.QUALIFYING: "reason",
    S.IN_APPROVAL: "signing",
    S.POSTING: "posting",
    S.POSTING_FAILED: "failed",
    S.POSTED: "posted",
    S.CUSTOMER_NOTIFIED: "answer",
    S.ACCEPTED: "posted",
    S.COLLECT_BACK: "collect",
    S.ESCALATED_LEGAL: "collect",
    S.REPAID: "posted",
    S.CLOSED: "closed",
    S.DUPLICATE: "duplicate",
    S.WITHDRAWN: "withdrawn",
}
TITLES: Final[Mapping[Choice, Word]] = {
    Choice.ACCEPT_VALID: _("Accept the valid part"),
    Choice.ACCEPT_ALL: _("Accept all"),
    Choice.REFUSE: _("Refuse all"),
    Choice.BY_LINE: _("Line by line"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a person has in the decision form; amounts in minor units by line number."""

    choice: Choice | None = None
    reason: str = ""
    ground: Ground | None = None
    amounts: Mapping[int, int | None] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    letter: Letter | None = None
    sends_letter: bool = True
    seen_verdict: int | None = None


@dataclass(frozen=True, slots=True)
class LineField:
    """One line of the line-by-line form."""

    line: LineToDecide
    name: str
    text: str
    is_wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPanel:
    """What the panel shows; `mode` names its template, the rest depends on it."""

    mode: str
    choices: Sequence[Mapping[str, Any]] = ()
    choice: Choice | None = None
    lines: Sequence[LineField] = ()
    approved: int = 0
    denied: int = 0
    reason: str = ""
    ground: Ground | None = None
    grounds: Sequence[tuple[str, Word]] = ()
    needs_ground: bool = False
    letter: Letter | None = None
    sends_letter: bool = True
    erp: str = ""
    route: PlannedRoute = field(default_factory=PlannedRoute)
    route_problem: str = ""
    error: str = ""
    may_decide: bool = False
    is_waiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPanel:
    """Whose turn it is, and whether this person may sign; `why_not` says it in a sentence."""

    seat: ApprovalSeat | None
    may_sign: bool
    is_my_turn: bool
    stands_in_for: str
    why_not: str
    others: Sequence[tuple[int, str]] = ()
    may_override: bool = False
    override: ApprovalOverride | None = None
    departments: Sequence[tuple[str, str]] = ()
    may_lower: bool = False
    held_until: datetime | None = None


def read_typed(form: QueryDict, currency: str) -> Typed:
    """Read the decision form; what is no number is None, so that the page can say so."""
    texts = {
        int(name.removeprefix("line-")): words_in(form, name, most=AMOUNT_MAX)
        for name in form
        if name.startswith("line-") and name.removeprefix("line-").isdecimal()
    }
    choice, ground = form.get("choice", ""), form.get("ground", "")
    seen = form.get("verdict", "")
    letter = None
    if form.get("letter_body") is not None:
        letter = Letter(
            to=words_in(form, "letter_to", most=ADDRESS_MAX),
            language=words_in(form, "letter_language", most=2),
            subject=words_in(form, "letter_subject", most=SUBJECT_MAX),
            body=words_in(form, "letter_body", most=LETTER_MAX),
        )
    return Typed(
        choice=Choice(choice) if choice in set(Choice) else None,
        reason=words_in(form, "reason", most=WORDS_MAX),
        ground=Ground(ground) if ground in set(Ground) else None,
        amounts={n: amount_typed(text, currency) if text else 0 for n, text in texts.items()},
        texts=texts,
        letter=letter,
        sends_letter=form.get("sends_letter") is not None or "choice" not in form,
        seen_verdict=int(seen) if seen.isdecimal() else None,
    )


def panel_of(
    dossier: Dossier, seat: Seat, typed: Typed, at: datetime, *, drafts: bool = False
) -> DecisionPanel:
    """
    The panel for a person at a moment.

    :param drafts: also draft the letter the choice would send
    """
    claim = dossier.claim
    mode = MODES.get(claim.state, "withdrawn")
    if mode == "decide" and claim.reason == UNIDENTIFIED:
        mode = "reason"
    if mode != "decide":
        return DecisionPanel(mode=mode, may_decide=seat.may(*WORKERS), erp=erp_name(claim))
    return _deciding(dossier, seat, typed, at, drafts=drafts)


def _deciding(
    dossier: Dossier, seat: Seat, typed: Typed, at: datetime, *, drafts: bool
) -> DecisionPanel:
    claim = dossier.claim
    lines = lines_to_decide(claim=claim)
    chosen = typed.choice or _most_likely(dossier)
    choice = chosen or Choice.BY_LINE  # nothing is chosen yet: who would sign is shown all the same
    approved = approved_by(lines, choice, typed.amounts)
    granted = sum(approved.values())
    denied = claim.claimed_minor - granted
    asked = asked_for(claim=claim, granted_minor=granted, choice=choice, member=seat.membership)
    may = seat.may(*WORKERS)
    route = planned_route(claim=claim, asked=asked, at=at)
    letter = typed.letter
    if drafts and typed.sends_letter and letter is None:
        letter = letter_for(claim, lines, approved, typed.reason, seat.membership, at)
    return DecisionPanel(
        mode="decide",
        choices=_choices(dossier, lines, chosen),
        choice=chosen,
        lines=[_line_field(line, approved, typed) for line in lines],
        approved=granted,
        denied=denied,
        reason=typed.reason,
        ground=typed.ground,
        grounds=list(GROUNDS.items()),
        needs_ground=granted == 0
        and chosen is not None
        and (denied > 0 or choice is Choice.REFUSE),
        letter=letter,
        sends_letter=typed.sends_letter,
        erp=erp_name(claim),
        route=route,
        route_problem=words_of(route.refusal) if route.refusal else "",
        may_decide=may,
        is_waiting=claim.state.startswith("WAITING"),
    )


def signing_of(dossier: Dossier, seat: Seat, at: datetime) -> SigningPanel | None:
    """Whether this person may sign now; None while nothing is put to signature."""
    decision = dossier.decision
    if dossier.claim.state != S.IN_APPROVAL or decision is None or decision.approval is None:
        return None
    if decision.approval.state != RouteState.OPEN:
        return None
    member = seat.membership
    company = company_for(dossier.claim, at, limits=decision.approval.matrix_version)
    request = request_of(claim=dossier.claim, decision=decision, at=at)
    route = route_of(decision.approval, request)
    rows = {row.n: row for row in dossier.seats}
    panels = [_signing(rows[turn.n], turn, route, company, member) for turn in route.open_seats]
    # Of several asked together: one's own, else one that one may sign, else the first.
    panels.sort(key=lambda one: (not (one.may_sign and one.is_my_turn), not one.may_sign))
    return panels[0] if panels else None


def _signing(
    row: ApprovalSeat, turn: RouteSeat, route: Route, company: Company, member: Membership
) -> SigningPanel:
    principal, why_not = principal_of(row, member, company, route.request), ""
    try:
        signers = (
            company.person(member.pk),
            company.person(principal) if principal is not None else None,
        )
        require_may_sign(route, turn, signers, company)
    except RouteRefused as refusal:
        why_not = words_of(refusal)
    return SigningPanel(
        seat=row,
        may_sign=not why_not,
        is_my_turn=row.expected_id == member.pk or principal is not None,
        stands_in_for=company.people[principal].name if principal is not None else "",
        why_not=why_not,
        others=_others(company, route, row),
        may_override=may_override(member) and member.pk != route.request.requester,
        override=ApprovalOverride.objects.filter(request=row.request_id)
        .select_related("first_by__user")
        .first(),
        departments=[(code, department_name(code)) for code in Department.values],
        may_lower=may_grant_less(route, turn),
        held_until=route.request.held_until,
    )


def _others(company: Company, route: Route, row: ApprovalSeat) -> list[tuple[int, str]]:
    """To whom a signature could be handed, or who could sign, too."""
    taken = {number for one in route.seats for number in one.people()}
    able = (
        person
        for person in company.people.values()
        if person.level > 0 and person.id not in {*taken, route.request.requester}
    )
    return sorted(((person.id, person.name) for person in able), key=lambda one: one[1])


def erp_name(claim: Claim) -> str:
    """What the ERP of the entity is called, else its code."""
    if claim.entity.erp == FOLDER:
        return gettext("ERP folder")
    if claim.entity.erp in set(ERPS):
        return ERPS[claim.entity.erp].label
    return claim.entity.erp


def _most_likely(dossier: Dossier) -> Choice | None:
    """What the rules found valid; where they found nothing it is for a person to say what."""
    if dossier.claim.claimed_minor == 0:
        return Choice.ACCEPT_ALL
    verdict = dossier.verdict
    judged = verdict is not None and not verdict.needs_person and verdict.valid_minor > 0
    return Choice.ACCEPT_VALID if judged else None


def _choices(
    dossier: Dossier, lines: Sequence[LineToDecide], chosen: Choice | None
) -> list[dict[str, Any]]:
    claim = dossier.claim
    valid = sum(line.valid_minor for line in lines)
    held = sum(link.item.open_minor for link in claim.deductions.select_related("item"))
    rows = []
    for choice in Choice:
        granted = sum(approved_by(lines, choice, {}).values())
        why, needs = _why(claim, choice, granted, valid, held)
        rows.append(
            {
                "value": choice.value,
                "title": TITLES[choice],
                "minor": None if choice is Choice.BY_LINE else granted,
                "why": why,
                "checked": choice is chosen,
                "needs_reason": needs,
            }
        )
    if valid == 0:  # nothing is found valid: there is no valid part to accept
        rows = [row for row in rows if row["value"] != Choice.ACCEPT_VALID]
    elif valid == claim.claimed_minor and chosen is not Choice.ACCEPT_ALL:
        # All of it is valid: accepting the valid part and accepting all are the same act.
        rows = [row for row in rows if row["value"] != Choice.ACCEPT_ALL]
        rows[0]["title"] = TITLES[Choice.ACCEPT_ALL]
    return rows


def _why(claim: Claim, choice: Choice, granted: int, valid: int, held: int) -> tuple[str, bool]:
    """What a choice does, and whether it needs words."""
    if choice is Choice.BY_LINE:
        return gettext("Change the amount of each line"), False
    if choice is Choice.REFUSE:
        against = gettext("Against the evidence, needs a reason") if valid else ""
        return against or gettext("Needs a ground and words for the customer"), True
    if choice is Choice.ACCEPT_ALL and granted > valid:
        more = str(format_amount(granted - valid, claim.currency, language()))
        return gettext("%(more)s more than proven, needs a reason") % {"more": more}, True
    return _effect(claim, granted, held), False


def _effect(claim: Claim, granted: int, held: int) -> str:
    """What is credited, and what becomes of the rest."""
    if claim.claimed_minor == 0:
        return gettext("Answer without money")
    rest = claim.claimed_minor - granted
    words = {
        "credit": str(format_amount(granted, claim.currency, language())),
        "rest": str(format_amount(rest, claim.currency, language())),
    }
    if not rest:
        return gettext("Credit %(credit)s") % words
    if held:
        return gettext("Credit %(credit)s, collect %(rest)s back") % words
    return gettext("Credit %(credit)s, refuse %(rest)s") % words


def _line_field(line: LineToDecide, approved: Mapping[int, int], typed: Typed) -> LineField:
    text = typed.texts.get(line.n)
    amount = typed.amounts.get(line.n, 0)
    wrong = text is not None and (amount is None or not 0 <= amount <= line.claimed_minor)
    if text is None:
        text = str(format_amount(approved[line.n], line.currency, language()))
    return LineField(line=line, name=f"line-{line.n}", text=text, is_wrong=wrong)
