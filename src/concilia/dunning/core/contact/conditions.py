"""Rules that no waiting meets: consent, content, who hears of it, what must have been said."""

from __future__ import annotations

from concilia.dunning.core.contact.policy import ContactPolicy
from concilia.dunning.core.contact.rule import Case, Condition, Values
from concilia.dunning.core.contact.terms import (
    ELECTRONIC,
    MAY_HEAR,
    TELLS_OF_DEBT,
    Ban,
    Channel,
    Content,
    ContentLimit,
    Disputed,
    Purpose,
)


class Forbidden(Condition):
    """Never by this channel."""

    topic = "forbidden"

    def holds(self, case: Case) -> bool:
        """Whether it goes by a channel that is not forbidden."""
        return case.contact.channel not in self.policy.channels


class OptedOut(Condition):
    """Not by a channel they opted out of. A notice that the law requires still goes by letter."""

    topic = "opted_out"

    def holds(self, case: Case) -> bool:
        """Whether they still take contacts by this channel."""
        contact = case.contact
        is_notice = contact.purpose is Purpose.LEGAL_NOTICE and contact.channel is Channel.LETTER
        return is_notice or contact.channel not in case.debtor.opted_out


class ConsentRequired(Condition):
    """Only by a channel they agreed to."""

    topic = "consent_required"

    def holds(self, case: Case) -> bool:
        """Whether they agreed."""
        return case.contact.channel in case.debtor.consents


class OptOutRequired(Condition):
    """An electronic message says how to have no more of them."""

    topic = "opt_out_required"

    def holds(self, case: Case) -> bool:
        """Whether it does, or is none."""
        contact = case.contact
        return contact.channel not in ELECTRONIC or Content.OPT_OUT_NOTICE in contact.content


class ContentLimits(Condition):
    """What the message must not say."""

    topic = "content_limits"

    def __init__(self, policy: ContactPolicy, limit: ContentLimit) -> None:
        super().__init__(policy, limit.lower())
        self.limit = limit

    def holds(self, case: Case) -> bool:
        """Whether it tells nothing of the debt, or may."""
        contact = case.contact
        if not contact.content & TELLS_OF_DEBT:
            return True
        if self.limit is ContentLimit.NO_AMOUNT:
            return contact.channel in case.debtor.details_agreed
        return not contact.voicemail

    def values(self, case: Case) -> Values:
        """The limit and the channel."""
        return {"channel": case.contact.channel, "limit": self.limit}


class Prerecorded(Condition):
    """No recorded voice, or only with consent."""

    topic = "prerecorded"

    def holds(self, case: Case) -> bool:
        """Whether a person speaks, or they agreed to a machine."""
        if not case.contact.prerecorded:
            return True
        return self.policy.prerecorded is Ban.IF_CONSENTED and case.debtor.recorded_agreed


class ThirdPartyDisclosure(Condition):
    """Nobody else hears of the debt."""

    topic = "third_party_disclosure"

    def holds(self, case: Case) -> bool:
        """Whether it reaches the debtor, or who stands in for them."""
        return case.contact.recipient in MAY_HEAR

    def values(self, case: Case) -> Values:
        """Whom it reaches."""
        return {"recipient": case.contact.recipient}


class Workplace(Condition):
    """Not at work, or only where they gave that address and nobody said no."""

    topic = "workplace"

    def holds(self, case: Case) -> bool:
        """Whether it goes elsewhere, or may go there."""
        if not case.contact.at_work:
            return True
        is_welcome = case.contact.address_provided and not case.debtor.workplace_forbidden
        return self.policy.workplace is Ban.IF_PROVIDED and is_welcome


class DisputedDebt(Condition):
    """Nobody is asked for what they dispute."""

    topic = "disputed"

    def holds(self, case: Case) -> bool:
        """Whether nothing disputed is asked for, or nothing is asked for at all."""
        return case.contact.purpose is not Purpose.COLLECT or not self._asked_for(case)

    def values(self, case: Case) -> Values:
        """The debts in dispute."""
        return {"debts": ", ".join(self._asked_for(case))}

    def _asked_for(self, case: Case) -> list[str]:
        """Name the debts; a part counts where the policy minds any, or the message asks for it."""
        part_counts = (
            self.policy.disputed is Ban.FORBID or Content.DISPUTED_AMOUNT in case.contact.content
        )
        refused = {Disputed.WHOLE, Disputed.PART} if part_counts else {Disputed.WHOLE}
        return [debt.id for debt in case.contact.debts if debt.disputed in refused]


class FirstContactChannel(Condition):
    """The first contact goes by letter, say."""

    topic = "first_contact_channel"

    def holds(self, case: Case) -> bool:
        """Whether it is not the first, or goes that way."""
        channels = self.policy.first_channels or frozenset()
        return is_informed(case) or case.contact.channel in channels

    def values(self, case: Case) -> Values:
        """The channels there are for it."""
        channels = tuple(sorted(self.policy.first_channels or ()))
        return {"channel": case.contact.channel, "channels": channels}


class FirstContactContent(Condition):
    """The first contact holds what the law wants said."""

    topic = "first_contact_content"

    def holds(self, case: Case) -> bool:
        """Whether it is not the first, or holds all of it."""
        return is_informed(case) or self.policy.first_content <= case.contact.content


def is_informed(case: Case) -> bool:
    """Whether what the law wants said first was said; an answer is no first contact."""
    return case.is_service or case.debtor.informed
