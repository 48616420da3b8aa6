"""The law packs: the vectors of domain.md §4.5, and what each country says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.world.contacts import (
    CHICAGO,
    A,
    a_call,
    a_debtor,
    called,
    chicago,
    refused_by,
    rome,
)

from concilia.dunning.core.contact.cases import (
    Debt,
    Debtor,
    Raised,
)
from concilia.dunning.core.contact.deciding import Decision, decide
from concilia.dunning.core.contact.packs import PACKS
from concilia.dunning.core.contact.terms import (
    Actor,
    Channel,
    Content,
    DebtorType,
    Direction,
    Disputed,
    Flag,
    Outcome,
    Purpose,
    Recipient,
)


class TestRegF:
    """TV-4.10: March 2026 starts on a Sunday; day n is the nth."""

    HISTORY = [called(chicago(f"2026-03-{n:02}T10:00")) for n in range(1, 8)]

    def decide(self, at: str, history, actor=Actor.AGENCY, **changes) -> Decision:
        contact = a_call(chicago(at), actor=actor, **changes)
        return decide(PACKS["US"], contact, a_debtor(CHICAGO), history)

    def test_refuses_the_eighth_call_within_seven_days(self):
        decision = self.decide("2026-03-07T15:00", self.HISTORY)

        assert refused_by(decision) == ["US-REG-F.max_attempts.7_in_7"]
        # On the eighth the clocks of Chicago go forward: eight in the morning is 13:00 UTC.
        assert decision.earliest == chicago("2026-03-08T08:00")

    def test_allows_it_again_on_day_eight(self):
        assert self.decide("2026-03-08T08:00", self.HISTORY).allowed

    @pytest.mark.parametrize(("day", "allowed"), [(3, False), (9, False), (10, True)])
    @pytest.mark.parametrize("direction", Direction)
    def test_waits_seven_days_after_a_conversation_whoever_began(self, day, allowed, direction):
        spoken = [called(chicago("2026-03-03T10:00"), Outcome.CONVERSATION, direction=direction)]

        decision = self.decide(f"2026-03-{day:02}T11:00", spoken)

        assert decision.allowed == allowed
        if not allowed:
            assert refused_by(decision) == ["US-REG-F.cool_off_after_conversation_days"]
            assert decision.earliest == chicago("2026-03-10T08:00")

    def test_counts_neither_what_they_began_nor_what_reached_no_line_nor_other_debts(self):
        days = [chicago(f"2026-03-{n:02}T10:00") for n in range(1, 8)]
        for history in (
            [called(at, direction=Direction.IN) for at in days],
            [called(at, Outcome.NOT_CONNECTED) for at in days],
            [called(at, debts=frozenset({"B"})) for at in days],
            [called(at, channel=Channel.LETTER) for at in days],
        ):
            assert self.decide("2026-03-07T15:00", history).allowed

    def test_counts_what_names_no_debt_for_every_debt(self):
        history = [replace(past, debts=frozenset()) for past in self.HISTORY]

        assert not self.decide("2026-03-07T15:00", history).allowed

    def test_refuses_if_one_of_two_debts_has_had_its_calls(self):
        assert not self.decide("2026-03-07T15:00", self.HISTORY, debts=(Debt("B"), A)).allowed

    def test_is_the_house_limit_for_own_debts(self):
        decision = self.decide("2026-03-07T15:00", self.HISTORY, actor=Actor.CREDITOR)

        assert refused_by(decision) == ["US-OWN-DEBTS.max_attempts.7_in_7"]

    def test_a_call_they_asked_for_does_not_wait(self):
        asked = {"requested_on": date(2026, 3, 5)}

        assert self.decide("2026-03-07T15:00", self.HISTORY, **asked).allowed
        assert not self.decide(
            "2026-03-07T15:00", self.HISTORY, requested_on=date(2026, 2, 28)
        ).allowed

    def test_an_answer_is_no_dunning(self):
        assert self.decide("2026-03-07T15:00", self.HISTORY, purpose=Purpose.SERVICE).allowed

    def test_electronic_messages_say_how_to_opt_out(self):
        told = {"channel": Channel.EMAIL, "content": frozenset({Content.OPT_OUT_NOTICE})}

        assert self.decide("2026-03-07T15:00", [], **told).allowed
        refused = self.decide("2026-03-07T15:00", [], channel=Channel.EMAIL)
        assert refused_by(refused) == ["US-REG-F-ELECTRONIC.opt_out_required"]
        assert refused.earliest is None

    def test_a_message_on_a_machine_tells_of_no_debt(self):
        told = {"voicemail": True, "content": frozenset({Content.AMOUNT})}

        assert refused_by(self.decide("2026-03-07T15:00", [], **told)) == [
            "US-REG-F-VOICEMAIL.content_limits.limited_content"
        ]
        assert self.decide("2026-03-07T15:00", [], voicemail=True).allowed

    @pytest.mark.parametrize("disputed", [Disputed.PART, Disputed.WHOLE])
    def test_stops_for_a_dispute_of_any_part(self, disputed):
        decision = self.decide("2026-03-07T15:00", [], debts=(Debt("A", disputed),))

        assert "US-REG-F-DISPUTE.disputed" in refused_by(decision)

    def test_does_not_bind_business_debts(self):
        debtor = a_debtor(CHICAGO, type=DebtorType.COMPANY)
        history = self.HISTORY[:6]

        # Saturday the seventh: the offices are closed, and only that.
        decision = decide(PACKS["US"], a_call(chicago("2026-03-07T15:00")), debtor, history)

        assert refused_by(decision) == ["US-B2B-HOURS.windows"]
        assert decision.earliest == chicago("2026-03-09T09:00")


class TestItaly:
    """TV-4.11."""

    def decide(self, at: str, history=(), debtor: Debtor | None = None, **changes) -> Decision:
        contact = a_call(rome(at), **changes)
        return decide(PACKS["IT"], contact, debtor or a_debtor(), list(history))

    @pytest.mark.parametrize(
        ("at", "earliest"),
        [
            ("2026-11-28T15:01", "2026-11-30T08:30"),
            ("2026-11-28T15:00", "2026-11-30T08:30"),
            ("2026-04-04T15:01", "2026-04-07T08:30"),  # Easter Monday between
            ("2026-11-29T12:00", "2026-11-30T08:30"),
            ("2026-12-24T21:00", "2026-12-28T08:30"),  # 25 and 26 are holidays, then Sunday
            ("2026-10-03T16:00", "2026-10-05T08:30"),
        ],
    )
    def test_waits_for_the_next_hours(self, at, earliest):
        decision = self.decide(at)

        assert not decision.allowed
        assert decision.earliest == rome(earliest)

    @pytest.mark.parametrize("at", ["2026-11-28T14:59:59", "2026-11-30T08:30", "2026-11-30T20:59"])
    def test_allows_what_is_within_them(self, at):
        decision = self.decide(at)

        assert decision.allowed
        assert decision.earliest == rome(at)
        assert decision.refusals == ()

    def test_speaks_with_somebody_once_a_day_and_three_times_a_week(self):
        spoken = [
            called(rome(at), Outcome.CONVERSATION, debts=frozenset({"B"}))
            for at in ("2026-11-23T09:00", "2026-11-24T09:00", "2026-11-26T09:00")
        ]

        decision = self.decide("2026-11-26T15:00", spoken)

        assert refused_by(decision) == [
            "IT-UNIREC.max_conversations.1_in_1",
            "IT-UNIREC.max_conversations.3_in_7",
        ]
        assert decision.earliest == rome("2026-11-30T08:30")

    def test_visits_only_old_debts(self):
        visit = {"channel": Channel.VISIT, "debts": (Debt("A", due=date(2026, 9, 1)),)}

        decision = self.decide("2026-11-27T10:00", **visit)

        assert refused_by(decision) == ["IT-UNIREC-VISIT.min_days_past_due"]
        assert decision.earliest == rome("2026-11-30T08:30")
        assert self.decide("2026-11-27T10:00", channel=Channel.VISIT).earliest is None

    def test_tells_of_debts_by_message_only_if_agreed(self):
        told = {"channel": Channel.EMAIL, "content": frozenset({Content.AMOUNT})}

        assert refused_by(self.decide("2026-11-27T10:00", **told)) == [
            "IT-UNIREC-DETAILS.content_limits.no_amount"
        ]
        agreed = a_debtor(details_agreed=frozenset({Channel.EMAIL}))
        assert self.decide("2026-11-27T10:00", debtor=agreed, **told).allowed

    def test_no_recorded_voice_and_nobody_else(self):
        recorded = self.decide("2026-11-27T10:00", channel=Channel.IVR, prerecorded=True)
        overheard = self.decide("2026-11-27T10:00", recipient=Recipient.RELATIVE)

        assert refused_by(recorded) == ["IT-GARANTE.prerecorded"]
        assert refused_by(overheard) == [
            "ALL-PRIVACY.third_party_disclosure",
            "IT-GARANTE.third_party_disclosure",
        ]


class TestOtherCountries:
    def test_france_wants_a_letter_first_from_an_agency(self):
        paris = ZoneInfo("Europe/Paris")
        at = datetime(2026, 11, 27, 10, tzinfo=paris)
        call = a_call(at, actor=Actor.AGENCY)
        letter = replace(
            call, channel=Channel.LETTER, content=frozenset({Content.STATUTORY_INFORMATION})
        )

        refused = decide(PACKS["FR"], call, a_debtor(paris), [])

        assert refused_by(refused) == [
            "FR-CPCE.first_contact_channel",
            "FR-CPCE.first_contact_content",
        ]
        assert decide(PACKS["FR"], letter, a_debtor(paris), []).allowed
        assert decide(PACKS["FR"], call, a_debtor(paris, informed=True), []).allowed
        assert decide(PACKS["FR"], replace(call, actor=Actor.CREDITOR), a_debtor(paris), []).allowed

    def test_britain_waits_for_an_adviser_and_for_breathing_space(self):
        london = ZoneInfo("Europe/London")
        call = a_call(datetime(2026, 11, 27, 10, tzinfo=london))
        breathing = a_debtor(
            london, flags={Flag.BREATHING_SPACE: Raised(date(2026, 11, 1), date(2026, 12, 30))}
        )

        decision = decide(PACKS["UK"], call, breathing, [])

        assert "UK-BREATHING-SPACE.stops.breathing_space" in refused_by(decision)
        assert decision.earliest == datetime(2026, 12, 31, 8, tzinfo=london)

    def test_spain_rests_on_saturdays(self):
        madrid = ZoneInfo("Europe/Madrid")
        call = a_call(datetime(2026, 11, 28, 10, tzinfo=madrid))

        decision = decide(PACKS["ES"], call, a_debtor(madrid), [])

        assert decision.earliest == datetime(2026, 11, 30, 9, tzinfo=madrid)

    @pytest.mark.parametrize(("country", "zone"), [("IT", "Europe/Rome"), ("DE", "Europe/Berlin")])
    def test_companies_are_called_once_a_day_in_business_hours(self, country, zone):
        place = ZoneInfo(zone)
        at = datetime(2026, 11, 27, 17, 59, tzinfo=place)
        debtor = a_debtor(place, type=DebtorType.COMPANY)
        before = called(at - timedelta(hours=3), person="Anna")

        again = decide(PACKS[country], a_call(at, person="Anna"), debtor, [before])
        other = decide(PACKS[country], a_call(at, person="Bruno"), debtor, [before])

        assert refused_by(again) == [f"{country}-B2B-CALLS.max_attempts.1_in_1"]
        assert again.earliest == datetime(2026, 11, 30, 9, tzinfo=place)
        assert other.allowed
