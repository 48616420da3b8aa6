"""What people write down about texts: kept in versions, proposed after three equal decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.posting import PostingRefused
from concilia.cash.core.rules import LABEL_MAX, RuleDraft, RuleProblem, key_of, problem_of
from concilia.cash.models import TextRule
from concilia.customers.models import Customer
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership, User
from concilia.identity.queries import actor_of
from concilia.matching.payers import tidy_iban
from concilia.matching.rules import Meaning, telling_word

WORDS: Final[Mapping[RuleProblem, str]] = {
    RuleProblem.NO_WORDS: _("Write the words the text must contain."),
    RuleProblem.TOO_MANY_WORDS: _("A rule has at most twelve words."),
    RuleProblem.NO_MEANING: _("Say what the words mean."),
    RuleProblem.NO_CUSTOMER: _("Choose the customer first."),
    RuleProblem.NO_LABEL: _("Say what the money is for, such as rent."),
    RuleProblem.NO_REASON: _("Choose the reason of the deduction."),
}
LIVING: Final = (TextRule.State.PROPOSED, TextRule.State.ACTIVE)


@transaction.atomic(durable=True)
def write_rule(*, draft: RuleDraft, member: Membership, at: datetime) -> TextRule:
    """
    Keep a rule about texts; it holds from the next payment that is matched.

    :raises PostingRefused: if something is missing, or these words have a rule already
    """
    row = _row(draft, member)
    row.state, row.written_by, row.written_at = TextRule.State.ACTIVE, member.user, at
    keep_rule(row)
    _log(member, at, "rule.written", row)
    return row


@transaction.atomic(durable=True)
def change_rule(*, rule_id: int, draft: RuleDraft, member: Membership, at: datetime) -> TextRule:
    """
    Put another version in the place of a rule, or accept a proposed one with changes.

    :raises PostingRefused: as `write_rule`, or if the version is not the latest
    """
    before = lock_rule(rule_id, member, LIVING)
    row = _row(draft, member)
    row.number, row.version = before.number, before.version + 1
    row.state, row.written_by, row.written_at = TextRule.State.ACTIVE, member.user, at
    _end(before, TextRule.State.ENDED, member.user, at)
    keep_rule(row)
    _log(member, at, "rule.changed", row)
    return row


@transaction.atomic(durable=True)
def accept_rule(*, rule_id: int, member: Membership, at: datetime) -> TextRule:
    """Put a proposed rule in force as it is."""
    row = lock_rule(rule_id, member, (TextRule.State.PROPOSED,))
    row.state, row.written_by, row.written_at = TextRule.State.ACTIVE, member.user, at
    row.save(update_fields=["state", "written_by", "written_at"])
    _log(member, at, "rule.accepted", row)
    return row


@transaction.atomic(durable=True)
def end_rule(*, rule_id: int, member: Membership, at: datetime) -> TextRule:
    """Take a rule out of force, or refuse a proposed one for good; what it did stays."""
    row = lock_rule(rule_id, member, LIVING)
    was_proposed = row.state == TextRule.State.PROPOSED
    state = TextRule.State.DISMISSED if was_proposed else TextRule.State.ENDED
    _end(row, state, member.user, at)
    _log(member, at, "rule.dismissed" if was_proposed else "rule.ended", row)
    return row


@transaction.atomic(durable=True)
def restore_rule(*, rule_id: int, member: Membership, at: datetime) -> TextRule:
    """
    Put an ended or refused version in force again, as a new version.

    :raises PostingRefused: if another version, or another rule for these words, is in force
    """
    ended = lock_rule(rule_id, member, (TextRule.State.ENDED, TextRule.State.DISMISSED))
    last = TextRule.objects.filter(number=ended.number).order_by("-version").first() or ended
    row = TextRule(
        **{name: getattr(ended, name) for name in COPIED},
        version=last.version + 1,
        state=TextRule.State.ACTIVE,
        written_by=member.user,
        written_at=at,
    )
    keep_rule(row)
    _log(member, at, "rule.restored", row)
    return row


COPIED: Final = (
    *("entity_id", "number", "meaning", "words", "key_word", "payer_iban", "payer_name"),
    *("customer_id", "label", "reason", "key", "decisions"),
)


def keep_rule(row: TextRule) -> None:
    """
    Insert a version in the caller's transaction; the first one gives the rule its number.

    :raises PostingRefused: if these words of this payer have a rule already
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise PostingRefused(_("These words of this payer have a rule already.")) from error
    if row.number is None:
        row.number = row.pk
        row.save(update_fields=["number"])


def lock_rule(rule_id: int, member: Membership, states: tuple[str, ...]) -> TextRule:
    """The rule of the member's entity, held until the transaction ends."""
    row = TextRule.objects.select_for_update(no_key=True).get(
        pk=rule_id, entity_id=member.entity_id
    )
    if row.state not in states:
        raise PostingRefused(_("This rule has changed meanwhile: load the page again."))
    return row


def unsaved_rule(draft: RuleDraft, entity_id: int) -> TextRule:
    """A version with what the draft says, nothing yet of who and when."""
    words = draft.words
    return TextRule(
        entity_id=entity_id,
        meaning=draft.meaning,
        words=" ".join(words),
        key_word=telling_word(words),
        payer_iban=draft.payer_iban,
        payer_name=draft.payer_name,
        customer_id=draft.customer_id,
        label=draft.label.strip()[:LABEL_MAX] if draft.meaning == Meaning.ELSEWHERE else "",
        reason=draft.reason if draft.meaning == Meaning.REASON else "",
        key=key_of(draft),
    )


def tidy_draft(draft: RuleDraft) -> RuleDraft:
    """The draft with only what its meaning needs."""
    is_reason = draft.meaning == Meaning.REASON
    return RuleDraft(
        meaning=draft.meaning,
        text=draft.text,
        payer_iban="" if is_reason else tidy_iban(draft.payer_iban)[:40],
        payer_name="" if is_reason else draft.payer_name.strip()[:160],
        customer_id=None if draft.meaning == Meaning.ELSEWHERE else draft.customer_id,
        label=draft.label,
        reason=draft.reason,
    )


def _row(draft: RuleDraft, member: Membership) -> TextRule:
    tidy = tidy_draft(draft)
    problem = problem_of(tidy)
    if problem is not None:
        raise PostingRefused(WORDS[problem])
    customer_id = tidy.customer_id
    if customer_id is not None:
        own = Customer.objects.filter(pk=customer_id, entity_id=member.entity_id)
        if not own.exists():
            raise PostingRefused(_("There is no such customer."))
    return unsaved_rule(tidy, member.entity_id)


def _end(row: TextRule, state: str, user: User, at: datetime) -> None:
    row.state, row.ended_by, row.ended_at = state, user, at
    row.save(update_fields=["state", "ended_by", "ended_at"])


def _log(member: Membership, at: datetime, what: str, row: TextRule) -> None:
    data = {
        "name": row.words,
        "meaning": row.meaning,
        "version": row.version,
        "customer": row.customer_id,
        "label": row.label,
        "reason_code": row.reason,
        "payer": row.payer_iban or row.payer_name,
    }
    acts = [Act(what, "text_rule", row.number or row.pk, data)]
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
