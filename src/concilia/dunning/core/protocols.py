"""
What follows from why somebody does not pay: one protocol for each reason (domain.md §3.1).

What is done and in which order, what becomes of reminders meanwhile, what may be offered, what
ends it. Names and days to the next act are in `concilia.kernel.non_payment`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from concilia.dunning.core.protocol_terms import Act, Dunning, Exit, Offer
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.non_payment import NON_PAYMENT_REASONS

EVERY_OFFER_TO_THE_VULNERABLE: Final = frozenset(Offer) - {
    Offer.ESTATE_PLAN,
    Offer.SETTLEMENT_BY_LEGAL,
    Offer.NET_SETTLEMENT,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Protocol:
    """
    What follows from one reason.

    :param acts: in their order
    :param claims: the reasons of claims that may be opened
    :param hold_days: for how long reminders rest at least, where `dunning` is HOLD or the like
    :param hold_in_business_days: whether those are business days
    :param no_charges: neither fees nor interest are asked for
    :param no_visits: nobody comes to the door
    """

    code: str
    acts: tuple[Act, ...]
    dunning: Dunning
    offers: frozenset[Offer] = frozenset()
    ends_with: Exit
    claims: tuple[str, ...] = ()
    hold_days: int | None = None
    hold_in_business_days: bool = False
    no_charges: bool = False
    no_visits: bool = False

    def hold_until(self, since: date, calendar: BusinessCalendar) -> date | None:
        """Return the last day on which reminders rest; None where no number of days says it."""
        if self.hold_days is None:
            return None
        if self.hold_in_business_days:
            return calendar.add_business_days(since, self.hold_days)
        return since + timedelta(days=self.hold_days)

    def next_act_by(self, since: date, calendar: BusinessCalendar) -> date:
        """Return the day until which the next act follows."""
        days = NON_PAYMENT_REASONS[self.code].next_action_business_days
        return calendar.add_business_days(since, days)


_ROWS: Final = (
    Protocol(
        code="NR-00",
        acts=(Act.ASK_WHY,),
        dunning=Dunning.REMINDER_ONLY,
        offers=frozenset({Offer.PAY_LINK}),
        ends_with=Exit.REASON_KNOWN,
    ),
    Protocol(
        code="NR-01",
        acts=(Act.OPEN_CLAIM, Act.SEND_INVOICE_COPY, Act.EXPLAIN_BILL),
        claims=("NC-08", "NC-09", "NC-10", "NC-17", "NC-20", "NC-34"),
        dunning=Dunning.PART_SUSPENDED,
        offers=frozenset({Offer.PAY_UNDISPUTED}),
        ends_with=Exit.CLAIM_CLOSED,
    ),
    Protocol(
        code="NR-02",
        acts=(Act.RESEND_WITH_PROOF, Act.CORRECT_MASTER_DATA),
        dunning=Dunning.HOLD,
        hold_days=10,
        offers=frozenset({Offer.NEW_DATE}),
        ends_with=Exit.RECEIPT_PROVEN,
    ),
    Protocol(
        code="NR-03",
        acts=(Act.CHECK_CONTRACT, Act.OFFER_DATE_CHANGE),
        claims=("NC-28",),
        dunning=Dunning.HOLD_UNTIL_AGREED,
        offers=frozenset({Offer.NEW_DATE}),
        ends_with=Exit.NEW_DUE_DATE,
    ),
    Protocol(
        code="NR-04",
        acts=(Act.REPAIR_PAYMENT_METHOD, Act.SEND_OTHER_LINK),
        dunning=Dunning.HOLD,
        hold_days=5,
        offers=frozenset({Offer.OTHER_METHOD, Offer.RETRY_DIRECT_DEBIT}),
        ends_with=Exit.PAID,
    ),
    Protocol(
        code="NR-05",
        acts=(Act.REPAIR_OUR_DEFECT, Act.APOLOGISE),
        dunning=Dunning.SUSPENDED,
        offers=frozenset({Offer.GOODWILL}),
        ends_with=Exit.DEFECT_REPAIRED,
        no_charges=True,
    ),
    Protocol(
        code="NR-06",
        acts=(Act.SUPPLY_DATA, Act.GET_APPROVER_AND_PAY_RUN),
        dunning=Dunning.SOFT,
        offers=frozenset({Offer.PROMISE_AT_PAY_RUN}),
        ends_with=Exit.PROMISE_MADE,
    ),
    Protocol(
        code="NR-07",
        acts=(Act.REMIND_KINDLY,),
        dunning=Dunning.FIRST_LEVEL,
        offers=frozenset({Offer.PAY_LINK, Offer.ACTIVATE_DIRECT_DEBIT}),
        ends_with=Exit.PAID,
    ),
    Protocol(
        code="NR-08",
        acts=(Act.TRACE_PAYMENT, Act.APPLY_CASH),
        dunning=Dunning.HOLD,
        hold_days=5,
        hold_in_business_days=True,
        ends_with=Exit.APPLIED_OR_DISPROVED,
    ),
    Protocol(
        code="NR-09",
        acts=(Act.LISTEN, Act.CHECK_AFFORDABILITY, Act.AGREE_PROMISE_OR_PLAN),
        dunning=Dunning.HOLD_WHILE_KEPT,
        offers=frozenset({Offer.PROMISE, Offer.SHORT_PLAN}),
        ends_with=Exit.KEPT_OR_BROKEN,
    ),
    Protocol(
        code="NR-10",
        acts=(Act.FILL_IN_INCOME_FORM, Act.AGREE_PLAN_OR_SETTLEMENT, Act.REFER_TO_DEBT_ADVICE),
        dunning=Dunning.HOLD,
        hold_days=30,
        offers=frozenset({Offer.PLAN, Offer.SETTLEMENT, Offer.FEE_WAIVER, Offer.DEBT_ADVICE}),
        ends_with=Exit.PLAN_OR_INSOLVENCY,
    ),
    Protocol(
        code="NR-11",
        acts=(Act.OPEN_CLAIM,),
        dunning=Dunning.PART_SUSPENDED,
        offers=frozenset({Offer.PAY_UNDISPUTED}),
        ends_with=Exit.CLAIM_CLOSED,
    ),
    Protocol(
        code="NR-12",
        acts=(
            Act.HAND_TO_SPECIALISTS,
            Act.NAME_ONE_AGENT,
            Act.ASK_PREFERRED_CHANNEL,
            Act.GRANT_BREATHING_SPACE,
        ),
        dunning=Dunning.HOLD,
        hold_days=30,
        offers=EVERY_OFFER_TO_THE_VULNERABLE,
        ends_with=Exit.SPECIALIST_DECIDED,
        no_charges=True,
        no_visits=True,
    ),
    Protocol(
        code="NR-13",
        acts=(Act.STOP_CONTACTS, Act.WRITE_CONDOLENCES, Act.FIND_HEIRS),
        dunning=Dunning.STOP,
        offers=frozenset({Offer.ESTATE_PLAN}),
        ends_with=Exit.ESTATE_SETTLED,
        no_visits=True,
    ),
    Protocol(
        code="NR-14",
        acts=(
            Act.STOP_CONTACTS,
            Act.CHECK_SET_OFF,
            Act.FILE_PROOF_OF_CLAIM,
            Act.CLAIM_VAT_RELIEF,
            Act.RAISE_PROVISION,
        ),
        dunning=Dunning.STOP,
        ends_with=Exit.DIVIDEND_OR_WRITE_OFF,
        no_visits=True,
    ),
    Protocol(
        code="NR-15",
        acts=(
            Act.STATE_FACTS_FIRMLY,
            Act.PROPOSE_CREDIT_HOLD,
            Act.SEND_FORMAL_NOTICE,
            Act.HAND_TO_LEGAL,
        ),
        dunning=Dunning.ESCALATE,
        offers=frozenset({Offer.SETTLEMENT_BY_LEGAL}),
        ends_with=Exit.PAID_OR_LEGAL,
    ),
    Protocol(
        code="NR-16",
        acts=(Act.TRACE_ADDRESS, Act.SEND_LETTER, Act.SEND_REGISTERED_LETTER),
        dunning=Dunning.IN_WRITING,
        offers=frozenset({Offer.PAY_LINK}),
        ends_with=Exit.REACHED,
    ),
    Protocol(
        code="NR-17",
        acts=(Act.OPEN_CLAIM, Act.STOP_CONTACTS, Act.ASK_FOR_POLICE_REPORT),
        claims=("NC-35",),
        dunning=Dunning.STOP,
        ends_with=Exit.DECIDED,
    ),
    Protocol(
        code="NR-18",
        acts=(Act.OPEN_CLAIM, Act.NET_ACCOUNTS),
        claims=("FI-09",),
        dunning=Dunning.PART_SUSPENDED,
        offers=frozenset({Offer.NET_SETTLEMENT}),
        ends_with=Exit.NETTED,
    ),
    Protocol(
        code="NR-19",
        acts=(Act.EXPLAIN_BILL, Act.CHECK_METER, Act.AGREE_PLAN_OR_SETTLEMENT),
        claims=("NC-33",),
        dunning=Dunning.SUSPENDED,
        offers=frozenset({Offer.PLAN, Offer.BUDGET_BILLING}),
        ends_with=Exit.PLAN_AGREED,
    ),
    Protocol(
        code="NR-20",
        acts=(Act.OPEN_CLAIM, Act.FIND_LIABLE_PARTY),
        claims=("NC-18", "NC-35"),
        dunning=Dunning.SUSPENDED,
        ends_with=Exit.REASSIGNED,
    ),
    Protocol(
        code="NR-21",
        acts=(Act.CONTACT_PAYER, Act.ASK_FOR_CERTIFICATION),
        dunning=Dunning.SOFT,
        ends_with=Exit.PAID,
    ),
)

PROTOCOLS: Final[Mapping[str, Protocol]] = MappingProxyType({row.code: row for row in _ROWS})
