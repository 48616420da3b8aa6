"""What is signed by a link: amount, reason, verdict, evidence, who signed before, the limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, gettext

from concilia.cases.core.authority import Level
from concilia.cases.core.people import RouteRefused
from concilia.cases.models import ActionLink, ApprovalSeat, CaseDocument
from concilia.claims.actions.deciding import request_of
from concilia.claims.core import codec
from concilia.claims.core.facts import ClaimFacts
from concilia.claims.core.findings import LineVerdict, Verdict
from concilia.claims.core.messages import render
from concilia.claims.models import Claim, ClaimLine, Decision
from concilia.claims.queries.authority import NoRate, company_for
from concilia.claims.queries.dossier import count_facts, papers_of
from concilia.interfaces.components.figures import Part
from concilia.interfaces.components.formats import base_language, format_number
from concilia.kernel.currencies import exponent_of
from concilia.kernel.reason_words import EVIDENCE_NAMES, Evidence
from concilia.kernel.reasons import reason_name

SAYS_MAX = 120
PICTURES = frozenset({"jpg", "jpeg", "png", "tiff", "heic", "webp", "gif"})


@dataclass(frozen=True, slots=True)
class SignLine:
    """One line of the decision: what of it is granted, the arithmetic, and why."""

    title: str
    why: str
    calc: str
    granted: int
    claimed: int


@dataclass(frozen=True, slots=True)
class SignPaper:
    """A paper of the case, by name and by what it says."""

    id: int
    name: str
    says: str
    says_language: str
    is_photo: bool


@dataclass(frozen=True, slots=True)
class SignLimit:
    """The customer's 30-day total with this decision against the signer's own limit."""

    parts: Sequence[Part]
    currency: str
    total: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """A decision as its page shows it; amounts in minor units of `currency`."""

    claim: Claim
    decision: Decision
    is_refusal: bool
    amount: int
    currency: str
    lines: Sequence[SignLine]
    rules: int
    facts: int
    papers: Sequence[SignPaper]
    signed: Sequence[ApprovalSeat]
    seat: ApprovalSeat
    limit: SignLimit | None
    reason: str


def to_sign(link: ActionLink, claim: Claim, at: datetime) -> ToSign:
    """The decision a link asks to sign."""
    seat = link.seat
    assert seat is not None, "an answer is asked for on a page of its own"
    decision = claim.decisions.select_related("proposed_by__user").get(approval=seat.request_id)
    is_refusal = not decision.approved_minor
    verdict, facts = _judged(claim)
    judged = {line.n: line for line in verdict.lines} if verdict else {}
    before = seat.request.seats.exclude(signed_by=None).select_related("signed_by__user")
    return ToSign(
        claim=claim,
        decision=decision,
        is_refusal=is_refusal,
        amount=decision.denied_minor if is_refusal else decision.approved_minor,
        currency=decision.currency,
        lines=list(_lines(claim, decision, judged)),
        rules=len({line.rule for line in judged.values()}),
        facts=count_facts(facts) if facts else 0,
        papers=[_paper(row) for row in papers_of(claim).order_by("added_at", "pk")],
        signed=list(before.order_by("n")),
        seat=seat,
        limit=_limit(link, claim, decision, at),
        reason=reason_name(claim.reason, _language()),
    )


def paper_of(claim: Claim, paper_id: int) -> CaseDocument | None:
    """A paper of the case; None if it has no such one."""
    return papers_of(claim).filter(pk=paper_id).first()


def _judged(claim: Claim) -> tuple[Verdict | None, ClaimFacts | None]:
    stored = claim.verdicts.order_by("-version").first()
    if stored is None:
        return None, None
    verdict = codec.from_data(Verdict, stored.result)
    return verdict, codec.from_data(ClaimFacts, stored.facts)


def _lines(claim: Claim, decision: Decision, judged: dict[int, LineVerdict]) -> Iterator[SignLine]:
    rows = {line.n: line for line in claim.lines.all()}
    for decided in decision.lines:
        row, found = rows.get(decided["n"]), judged.get(decided["n"])
        if row is None:
            continue
        said = [found.proven, *found.why][:2] if found else []
        yield SignLine(
            title=row.description or row.sku or reason_name(row.reason, _language()),
            why=". ".join(
                dict.fromkeys(render(one, _language(), decision.currency) for one in said)
            ),
            calc=_calc(row),
            granted=decided["approved_minor"],
            claimed=row.claimed_minor,
        )


def _calc(row: ClaimLine) -> str:
    if row.quantity is None or row.unit_price is None:
        return ""
    price = row.unit_price.normalize()
    places = max(exponent_of(row.currency), -int(price.as_tuple().exponent))
    each = format_number(row.unit_price, _language(), places=places)
    return f"{format_number(row.quantity.normalize(), _language())} × {each}"


def _paper(row: CaseDocument) -> SignPaper:
    name = row.evidence
    if row.evidence in set(Evidence):
        name = EVIDENCE_NAMES[Evidence(row.evidence)].in_language(_language())
    form = row.document.format or row.document.filename.rpartition(".")[2].lower()
    return SignPaper(
        id=row.pk,
        name=name,
        says=row.says[:SAYS_MAX] or row.document.filename,
        says_language=row.says_language if row.says else "",
        is_photo=form in PICTURES,
    )


def _limit(link: ActionLink, claim: Claim, decision: Decision, at: datetime) -> SignLimit | None:
    assert link.member is not None, "only members sign"
    company = company_for(claim, at)
    try:
        request = request_of(claim=claim, decision=decision, at=at)
    except (RouteRefused, NoRate):
        return None
    limit = company.matrix.limit(request.act, Level(link.member.level))
    if limit is None or limit.minor is None:
        return None
    amount = request.amount
    left = max(0, limit.minor - amount.total_minor)
    parts = [
        Part("paid", amount.rolling_minor, gettext("Decided before")),
        Part("accent", amount.minor, gettext("This claim")),
        Part("none", left, gettext("Left")),
    ]
    return SignLimit(parts, amount.currency, amount.total_minor, limit.minor)


def _language() -> str:
    return base_language(get_language())
