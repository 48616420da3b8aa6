"""What holds everywhere, and what each key of a policy says of one contact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.world.contacts import (
    a_call,
    a_debtor,
    a_policy,
    called,
    refused_by,
    rome,
)

from concilia.dunning.core.contact.cases import (
    Debt,
    Raised,
)
from concilia.dunning.core.contact.deciding import decide
from concilia.dunning.core.contact.hours import week
from concilia.dunning.core.contact.packs import PACKS
from concilia.dunning.core.contact.policy import Cap
from concilia.dunning.core.contact.terms import (
    Actor,
    Ban,
    Channel,
    Content,
    ContentLimit,
    DebtorType,
    Disputed,
    Flag,
    Per,
    Purpose,
    Recipient,
)


class TestEverywhere:
    AT = rome("2026-11-27T10:00")

    @pytest.mark.parametrize("flag", Flag)
    def test_every_flag_stops_a_reminder_until_it_is_lifted(self, flag):
        decision = decide([], a_call(self.AT), a_debtor(flags={flag: Raised()}), [])

        assert refused_by(decision) == [f"ALL-STOPS.stops.{flag.lower()}"]
        assert decision.earliest is None

    def test_a_flag_with_a_last_day_ends_as_the_next_begins(self):
        flags = {Flag.VULNERABLE: Raised(until=date(2026, 12, 31))}

        assert decide([], a_call(self.AT), a_debtor(flags=flags), []).earliest == rome(
            "2027-01-01T00:00"
        )

    @pytest.mark.parametrize(
        ("flag", "recipient"),
        [
            (Flag.DECEASED, Recipient.EXECUTOR),
            (Flag.INSOLVENT, Recipient.ADMINISTRATOR),
            (Flag.REPRESENTED, Recipient.LAWYER),
        ],
    )
    def test_who_stands_in_may_be_contacted(self, flag, recipient):
        debtor = a_debtor(flags={flag: Raised()})

        assert decide([], a_call(self.AT, recipient=recipient), debtor, []).allowed

    def test_a_complaint_is_answered_and_law_may_require_a_notice(self):
        debtor = a_debtor(flags={Flag.COMPLAINT: Raised()})

        for purpose in (Purpose.SERVICE, Purpose.LEGAL_NOTICE):
            assert decide([], a_call(self.AT, purpose=purpose), debtor, []).allowed

    def test_an_opt_out_counts_for_its_channel_and_not_for_notices_by_letter(self):
        debtor = a_debtor(opted_out=frozenset({Channel.CALL, Channel.LETTER}))
        letter = a_call(self.AT, channel=Channel.LETTER)

        assert refused_by(decide([], a_call(self.AT), debtor, [])) == ["ALL-OWN-WISH.opted_out"]
        assert decide([], a_call(self.AT, channel=Channel.SMS), debtor, []).allowed
        assert not decide([], letter, debtor, []).allowed
        assert decide([], replace(letter, purpose=Purpose.LEGAL_NOTICE), debtor, []).allowed

    def test_keeps_to_the_hours_they_asked_for(self):
        debtor = a_debtor(windows=week({"SAT": ["18:00-20:00"]}))

        assert decide([], a_call(self.AT), debtor, []).earliest == rome("2026-11-28T18:00")
        assert decide([], a_call(self.AT, channel=Channel.LETTER), debtor, []).allowed

    @pytest.mark.parametrize(
        ("disputed", "content", "allowed"),
        [
            (Disputed.NONE, {Content.AMOUNT}, True),
            (Disputed.PART, {Content.AMOUNT}, True),
            (Disputed.PART, {Content.DISPUTED_AMOUNT}, False),
            (Disputed.WHOLE, {Content.AMOUNT}, False),
        ],
    )
    def test_asks_for_nothing_disputed(self, disputed, content, allowed):
        contact = a_call(self.AT, debts=(Debt("A", disputed),), content=frozenset(content))

        assert decide([], contact, a_debtor(), []).allowed == allowed

    def test_never_in_public(self):
        contact = a_call(self.AT, channel=Channel.SOCIAL)

        assert refused_by(decide([], contact, a_debtor(), [])) == ["ALL-NO-PUBLIC.forbidden"]


class TestPolicies:
    AT = rome("2026-11-27T10:00")  # a Friday

    @pytest.mark.parametrize(
        ("policy", "changes", "rule"),
        [
            ({"consent_required": True}, {}, "P.consent_required"),
            ({"prerecorded": Ban.IF_CONSENTED}, {"prerecorded": True}, "P.prerecorded"),
            ({"workplace": Ban.FORBID}, {"at_work": True}, "P.workplace"),
            ({"workplace": Ban.IF_PROVIDED}, {"at_work": True}, "P.workplace"),
            (
                {"content_limits": (ContentLimit.NO_AMOUNT,)},
                {"content": frozenset({Content.DEBT_DETAILS})},
                "P.content_limits.no_amount",
            ),
            ({"max_attempts": (Cap(0, 1),)}, {}, "P.max_attempts.0_in_1"),
            ({"windows": week({})}, {}, "P.windows"),
        ],
    )
    def test_what_no_waiting_meets_has_no_earliest_moment(self, policy, changes, rule):
        decision = decide([a_policy(**policy)], a_call(self.AT, **changes), a_debtor(), [])

        assert refused_by(decision) == [rule]
        assert decision.earliest is None

    def test_agreement_meets_it(self):
        agreed = a_debtor(consents=frozenset({Channel.CALL}), recorded_agreed=True)
        asks = a_policy(consent_required=True, prerecorded=Ban.IF_CONSENTED)

        assert decide([asks], a_call(self.AT, prerecorded=True), agreed, []).allowed
        at_work = a_call(self.AT, at_work=True, address_provided=True)
        work = a_policy(workplace=Ban.IF_PROVIDED)
        assert decide([work], at_work, a_debtor(), []).allowed
        assert not decide([work], at_work, a_debtor(workplace_forbidden=True), []).allowed

    def test_counts_over_all_channels_debts_and_persons_as_it_says(self):
        history = [
            called(self.AT - timedelta(hours=1), channel=Channel.SMS, person="Anna"),
            called(self.AT - timedelta(hours=2), debts=frozenset({"B"}), person="Bruno"),
        ]
        contact = a_call(self.AT, person="Anna")
        allowed = {
            per: decide([a_policy(max_attempts=(Cap(2, 1, per),))], contact, a_debtor(), history)
            for per in Per
        }

        assert {per: each.allowed for per, each in allowed.items()} == {
            Per.DEBT_PERSON: True,
            Per.PERSON: True,
            Per.DEBTOR: False,
        }

    def test_what_names_no_person_counts_for_everybody(self):
        policy = a_policy(max_attempts=(Cap(1, 1, Per.PERSON),))
        nameless = called(self.AT - timedelta(hours=1))
        somebody = called(self.AT - timedelta(hours=1), person="Bruno")

        assert not decide([policy], a_call(self.AT, person="Anna"), a_debtor(), [nameless]).allowed
        assert not decide([policy], a_call(self.AT), a_debtor(), [somebody]).allowed

    def test_hours_are_found_after_years_of_waiting(self):
        flags = {Flag.VULNERABLE: Raised(until=date(2029, 12, 31))}

        decision = decide(PACKS["IT"], a_call(self.AT), a_debtor(flags=flags), [])

        # 1 January 2030, a Tuesday, is a holiday.
        assert decision.earliest == rome("2030-01-02T08:30")

    def test_the_strictest_of_several_countries_wins(self):
        # 08:15 on a Friday: too early in Italy, not in Germany.
        call = a_call(rome("2026-11-27T08:15"))

        decision = decide([*PACKS["DE"], *PACKS["IT"]], call, a_debtor(), [])

        assert refused_by(decision) == ["IT-UNIREC.windows"]
        assert decision.earliest == rome("2026-11-27T08:30")

    def test_hours_that_never_meet_are_never(self):
        early = a_policy(windows=week({"MON..SUN": ["08:00-10:00"]}))
        late = a_policy(id="Q", windows=week({"MON..SUN": ["18:00-20:00"]}))

        assert decide([early, late], a_call(self.AT), a_debtor(), []).earliest is None

    def test_several_zones_must_all_agree(self):
        both = a_debtor(zones=(ZoneInfo("Europe/Madrid"), ZoneInfo("Atlantic/Canary")))
        call = a_call(datetime(2026, 11, 27, 9, 30, tzinfo=ZoneInfo("Europe/Madrid")))

        decision = decide(PACKS["ES"], call, both, [])

        assert refused_by(decision) == ["ES-HOURS.windows"]
        assert decision.earliest == datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("Atlantic/Canary"))
        assert "Fri 08:30" in decision.refusals[0].why("en")

    def test_counts_only_while_it_is_in_force(self):
        until = a_policy(
            channels=frozenset({Channel.CALL}), forbidden=True, valid_to=date(2026, 11, 30)
        )
        after = replace(until, valid_from=date(2026, 12, 1), valid_to=None)

        assert decide([until], a_call(self.AT), a_debtor(), []).earliest == rome("2026-12-01T00:00")
        assert decide([after], a_call(self.AT), a_debtor(), []).allowed
        assert (
            decide([until, replace(after, id="Q")], a_call(self.AT), a_debtor(), []).earliest
            is None
        )

    def test_own_days_off_are_holidays(self):
        patron = a_policy(days_off={date(2026, 11, 27): "patron saint"})

        assert decide([patron], a_call(self.AT), a_debtor(), []).earliest == rome(
            "2026-11-28T00:00"
        )

    def test_is_for_its_channel_debtor_actor_and_country_only(self):
        for changes in (
            {"channels": frozenset({Channel.SMS})},
            {"debtor_types": frozenset({DebtorType.COMPANY})},
            {"actors": frozenset({Actor.AGENCY})},
            {"jurisdiction": "FR"},
        ):
            policy = a_policy(windows=week({}), **changes)
            debtor = a_debtor(countries=frozenset({"IT"}))

            assert decide([policy], a_call(self.AT), debtor, []).allowed

    def test_a_time_without_zone_is_refused(self):
        with pytest.raises(ValueError, match="no time with a zone"):
            decide([], a_call(datetime(2026, 11, 27, 10)), a_debtor(), [])  # noqa: DTZ001

    def test_answers_in_utc(self):
        earliest = decide(PACKS["IT"], a_call(rome("2026-11-29T12:00")), a_debtor(), []).earliest

        assert earliest.tzinfo is UTC
