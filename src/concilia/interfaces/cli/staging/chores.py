"""What the staff does every evening without anybody telling a story about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from concilia.cases.actions import snooze
from concilia.cases.models import ApprovalSeat
from concilia.cash.actions import post_match, settle_return
from concilia.cash.models import Match
from concilia.cash.queries.second_looks import origins_of
from concilia.claims.actions.by_hand import give_reason
from concilia.claims.actions.following import withdraw_claim
from concilia.claims.actions.merging import keep_apart, merge
from concilia.claims.models import Claim, MergeProposal
from concilia.identity.models import Membership
from concilia.intake.actions import set_aside
from concilia.intake.models import Arrival
from concilia.interfaces.cli.company import Act
from concilia.interfaces.cli.company.shapes import JsonValue
from concilia.interfaces.cli.staging.agreeing import agree, signers_of
from concilia.interfaces.cli.staging.cast import claim_of, perform
from concilia.interfaces.cli.staging.collecting import collect, confirm_reply
from concilia.interfaces.cli.staging.play import Stage
from concilia.interfaces.cli.staging.refusals import REFUSALS
from concilia.interfaces.cli.staging.talking import talk

A_DAY: Final = timedelta(days=1)
# An answer with a paper settles these: nothing is contested once it was sent.
WANT_A_PAPER: Final = ("NC-24", "NC-25", "NC-26", "NC-27")
STILL_CHECKED: Final = ("INVESTIGATING", "WAITING_INTERNAL", "DECISION_PROPOSED")
LEAVE_FOR_THE_VISITOR: Final = timedelta(hours=30)
ASKED_AFTER: Final = timedelta(days=2)
ANSWER_AWAITED: Final = timedelta(days=18)
ACCEPTED_AFTER: Final = timedelta(days=7)
# The customer was asked what it is for, or to pay the rest: the case comes back in two weeks.
REST_WHEN_LATE: Final = ("QUALIFYING", "COLLECT_BACK", "ACCEPTED")
LONG_LATE: Final = timedelta(days=10)
SIGNED_AFTER: Final = timedelta(days=2)
RESTS: Final = timedelta(days=14)


def do_chores(stage: Stage, at: datetime) -> None:
    """Set aside what asks nothing, look at twins, send papers: whatever waits since yesterday."""
    if at > stage.ends_at - LEAVE_FOR_THE_VISITOR:
        return
    clerk = stage.members[stage.company.staff[0].email]
    _empty_the_inbox(stage, clerk, at)
    _look_at_twins(stage, clerk, at)
    _send_papers(stage, clerk, at)
    _confirm_payments(stage, clerk, at)
    _settle_returns(stage, clerk, at)
    _go_on_with_the_rest(stage, at)
    _keep_in_time(stage, clerk, at)
    collect(stage, clerk, at)
    agree(stage, clerk, at)
    talk(stage, clerk, signers_of(stage), at)


def _empty_the_inbox(stage: Stage, clerk: Membership, at: datetime) -> None:
    in_a_story = {
        stage.arrivals[key]
        for story in stage.company.stories
        for key in story.mail_keys
        if key in stage.arrivals
    }
    waiting = Arrival.objects.filter(
        entity=stage.entity,
        state__in=[Arrival.State.WAITING, Arrival.State.FAILED],
        received_at__lt=at - A_DAY,
    ).exclude(pk__in=in_a_story)
    for arrival in waiting.select_related("document__customer"):
        kind = arrival.document.kind if arrival.document else ""
        if kind == "payment_reply" and confirm_reply(arrival, clerk, at):
            continue
        set_aside(
            arrival_id=arrival.pk, outcome=OUTCOMES.get(kind, "not_a_claim"), member=clerk, at=at
        )


OUTCOMES: Final = {"payment_reply": "answered", "remittance_advice": "remittance"}


def _look_at_twins(stage: Stage, clerk: Membership, at: datetime) -> None:
    waiting = MergeProposal.objects.filter(
        claim__entity=stage.entity, state=MergeProposal.State.OPEN, proposed_at__lt=at - A_DAY
    )
    for proposal in waiting.order_by("pk"):
        try:
            merge(proposal_id=proposal.pk, member=clerk, at=at)
        except REFUSALS:
            _keep_apart(proposal, clerk, at)


def _keep_apart(proposal: MergeProposal, clerk: Membership, at: datetime) -> None:
    proposal.refresh_from_db()
    if proposal.state == MergeProposal.State.OPEN:
        keep_apart(proposal_id=proposal.pk, member=clerk, at=at)


def _send_papers(stage: Stage, clerk: Membership, at: datetime) -> None:
    claims = Claim.objects.filter(
        entity=stage.entity,
        reason__in=WANT_A_PAPER,
        state__in=STILL_CHECKED,
        received_at__lt=at - A_DAY,
    )
    for claim in claims.order_by("pk"):
        try:
            withdraw_claim(claim_id=claim.pk, reason="document sent", member=clerk, at=at)
        except REFUSALS as refusal:
            stage.refusals.append(f"{claim.pk} paper: {refusal}")


def _confirm_payments(stage: Stage, clerk: Membership, at: datetime) -> None:
    """What the engine proposed and nobody has confirmed for days."""
    waiting = Match.objects.filter(
        bank_entry__entity=stage.entity,
        state="PROPOSED",
        bank_entry__booking_date__lt=(at - 3 * A_DAY).date(),
    )
    for match in waiting.order_by("pk"):
        try:
            post_match(match_id=match.pk, member=clerk, at=at)
        except REFUSALS as refusal:
            stage.refusals.append(f"match {match.pk}: {refusal}")


def _settle_returns(stage: Stage, clerk: Membership, at: datetime) -> None:
    """Debits that came back a week ago, and of which it is plain which payment they were."""
    waiting = Match.objects.filter(
        bank_entry__entity=stage.entity,
        bank_entry__is_return=True,
        state="OPEN",
        bank_entry__booking_date__lt=(at - 7 * A_DAY).date(),
    )
    for match in waiting.select_related("bank_entry").order_by("pk"):
        back = match.bank_entry
        paid = origins_of(entity_id=stage.entity.pk, returns=[back])[back.pk]
        if len(paid) == 1:
            settle_return(bank_entry_id=back.pk, paid_entry_id=paid[0].pk, member=clerk, at=at)


def _go_on_with_the_rest(stage: Stage, at: datetime) -> None:
    """Claims no story speaks of: asked about, decided as the rules say, and ended."""
    told = _told(stage)
    rows = Claim.objects.filter(entity=stage.entity, case__closed_at=None)
    for claim in rows.select_related("case").order_by("pk"):
        acts = _next_acts(claim, at)
        key = _key_of(stage, claim) if acts else ""
        if not key or key in told or any(one in key for one in told - set(stage.arrivals)):
            continue
        if claim_of(stage, key) != claim:  # one of several that came with one payment
            continue
        if claim.state == "QUALIFYING":
            _name_the_reason(stage, claim, at)
        for verb, args in acts:
            perform(stage, Act(at, "", verb, key, args))


def _keep_in_time(stage: Stage, clerk: Membership, at: datetime) -> None:
    """Whatever is late, in a story or not, goes on as people would have it, or rests."""
    rows = Claim.objects.filter(entity=stage.entity, case__closed_at=None, case__due_at__lt=at)
    for claim in rows.select_related("case__owner").order_by("pk"):
        if claim.state in REST_WHEN_LATE:
            _let_rest(stage, claim, clerk, at)
        elif key := _key_of(stage, claim):
            for verb, args in _acts_when_late(claim, at):
                perform(stage, Act(at, "", verb, key, args))
    seats = ApprovalSeat.objects.filter(
        request__case__entity=stage.entity,
        request__state="OPEN",
        signed_by=None,
        due_at__lt=at - SIGNED_AFTER,
    )
    for case_id in sorted(set(seats.values_list("request__case", flat=True))):
        if key := _key_of(stage, Claim.objects.get(case=case_id)):
            perform(stage, Act(at, "", "approve", key, {"last": True}))
            perform(stage, Act(at, "", "confirm_posting", key, {}))


def _acts_when_late(claim: Claim, at: datetime) -> list[tuple[str, dict[str, JsonValue]]]:
    if claim.state == "POSTED":
        return [("close", {})]
    is_long_late = claim.case.due_at is not None and claim.case.due_at < at - LONG_LATE
    return _settled(claim) if claim.state == "INVESTIGATING" and is_long_late else []


def _let_rest(stage: Stage, claim: Claim, clerk: Membership, at: datetime) -> None:
    if claim.case.snoozed_until_at is None:
        snooze(
            case_id=claim.case_id,
            until=stage.ends_at + RESTS,
            reason="",
            past_deadline=True,
            member=claim.case.owner or clerk,
            at=at,
        )


def _told(stage: Stage) -> set[str]:
    """Mails and bank entries whose claims a story takes further; those of twins it leaves."""
    stories = stage.company.stories
    return {story.subject_key for story in stories if not story.key.endswith("/twin")}


def _name_the_reason(stage: Stage, claim: Claim, at: datetime) -> None:
    clerk = stage.members[stage.company.staff[0].email]
    try:
        give_reason(claim_id=claim.pk, reason="FI-17", member=clerk, at=at)
    except REFUSALS as refusal:
        stage.refusals.append(f"{claim.pk} reason: {refusal}")


def _next_acts(claim: Claim, at: datetime) -> list[tuple[str, dict[str, JsonValue]]]:
    if claim.state == "QUALIFYING" and claim.received_at < at - ASKED_AFTER:
        return [("ask_customer", {"text": WHAT_IS_IT.get(claim.case.language, WHAT_IS_IT["en"])})]
    unanswered = claim.state == "WAITING_CUSTOMER" and claim.received_at < at - ANSWER_AWAITED
    waits_for_us = claim.state in {"INVESTIGATING", "DECISION_PROPOSED"}
    due = claim.case.due_at if waits_for_us else None
    if unanswered or (due is not None and due < at + 2 * A_DAY):
        return _settled(claim)
    is_over = claim.decided_at is not None and claim.decided_at < at - ACCEPTED_AFTER
    return [("close", {})] if claim.state in {"POSTED", "CUSTOMER_NOTIFIED"} and is_over else []


def _settled(claim: Claim) -> list[tuple[str, dict[str, JsonValue]]]:
    is_twin = MergeProposal.objects.filter(Q(claim=claim) | Q(twin=claim)).exists()
    if is_twin or not claim.valid_minor:
        refused: dict[str, JsonValue] = {"outcome": "refuse", "reason": "not_proven"}
        return [("submit", refused), ("approve", {"last": True})]
    granted: dict[str, JsonValue] = {"outcome": "part", "approved": claim.valid_minor}
    return [("submit", granted), ("approve", {"last": True}), ("confirm_posting", {})]


WHAT_IS_IT: Final = {
    "it": "Nel pagamento manca un importo che non riusciamo a spiegare: a che cosa si riferisce?",
    "fr": "Une somme manque dans votre règlement : à quoi correspond-elle ?",
    "es": "En su pago falta un importe que no sabemos explicar: ¿a qué corresponde?",
    "de": "In Ihrer Zahlung fehlt ein Betrag, den wir nicht zuordnen können: Worum geht es?",
    "en": "Your payment is short by an amount we cannot explain: what is it for?",
}


def _key_of(stage: Stage, claim: Claim) -> str:
    """What the play calls the mail or the bank entry a claim came with."""
    link = claim.deductions.exclude(bank_entry=None).select_related("bank_entry").first()
    if link and link.bank_entry:
        return link.bank_entry.entry_key
    arrivals = Arrival.objects.filter(document=claim.document_id) if claim.document_id else None
    arrival = arrivals.first() if arrivals else None
    keys = {pk: key for key, pk in stage.arrivals.items()}
    return keys.get(arrival.pk, "") if arrival else ""
