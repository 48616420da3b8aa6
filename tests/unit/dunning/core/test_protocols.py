from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.motives import (
    Asked,
    Motive,
    Rank,
    Source,
    Tone,
    are_exhausted,
    highest_tone,
    next_tone,
    rank_of,
    reason_in_force,
)
from concilia.dunning.core.protocol_terms import Act, Dunning, Exit, Offer
from concilia.dunning.core.protocols import PROTOCOLS
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.non_payment import NON_PAYMENT_REASONS
from concilia.kernel.reasons import REASONS

ITALY = BusinessCalendar("IT")
codes = st.sampled_from(sorted(NON_PAYMENT_REASONS))
motives = st.builds(
    Motive,
    codes,
    st.sampled_from(Source),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)


class TestProtocols:
    def test_there_is_one_for_each_reason(self):
        assert list(PROTOCOLS) == list(NON_PAYMENT_REASONS)

    def test_every_word_is_used(self):
        rows = PROTOCOLS.values()

        assert {act for row in rows for act in row.acts} == set(Act)
        assert {row.dunning for row in rows} == set(Dunning)
        assert {offer for row in rows for offer in row.offers} == set(Offer)
        assert {row.ends_with for row in rows} == set(Exit)

    def test_claims_are_of_reasons_that_exist(self):
        assert {code for row in PROTOCOLS.values() for code in row.claims} <= set(REASONS)

    def test_a_hold_says_how_long(self):
        for row in PROTOCOLS.values():
            assert (row.hold_days is not None) == (row.dunning is Dunning.HOLD), row.code

    @pytest.mark.parametrize(
        ("code", "until"),
        [
            ("NR-02", date(2026, 12, 31)),
            ("NR-04", date(2026, 12, 26)),
            ("NR-08", date(2026, 12, 29)),  # five business days, Christmas between
            ("NR-12", date(2027, 1, 20)),
            ("NR-09", None),
        ],
    )
    def test_holds_for_its_days(self, code, until):
        assert PROTOCOLS[code].hold_until(date(2026, 12, 21), ITALY) == until

    def test_the_next_act_follows_in_time(self):
        assert PROTOCOLS["NR-08"].next_act_by(date(2026, 12, 24), ITALY) == date(2026, 12, 28)

    def test_nothing_is_charged_for_our_own_defects_or_to_the_vulnerable(self):
        assert [code for code, row in PROTOCOLS.items() if row.no_charges] == ["NR-05", "NR-12"]


class TestReasonInForce:
    def at(self, day: int) -> datetime:
        return datetime(2026, 11, day, tzinfo=UTC)

    def test_nobody_said_anything(self):
        assert reason_in_force([]) == "NR-00"

    def test_people_beat_the_bank_and_the_bank_a_model(self):
        customer = Motive("NR-09", Source.CUSTOMER, self.at(1))
        agent = Motive("NR-12", Source.AGENT, self.at(2))
        bank = Motive("NR-04", Source.BANK_CODE, self.at(3))
        model = Motive("NR-15", Source.MODEL, self.at(4), confidence=9_900)

        assert reason_in_force([model]) == "NR-15"
        assert reason_in_force([model, bank]) == "NR-04"
        assert reason_in_force([model, customer, bank]) == "NR-09"
        assert reason_in_force([agent, model, customer, bank]) == "NR-12"

    @given(st.lists(motives, max_size=8), motives)
    def test_no_model_changes_what_people_said(self, history, later):
        words = [one for one in history if rank_of(one.code, one.source) is Rank.WORD]
        guess = Motive(later.code, Source.MODEL, later.at)

        if words:
            assert reason_in_force([*history, guess]) == reason_in_force(words)

    @given(st.lists(motives, min_size=1, max_size=8))
    def test_the_newest_of_what_weighs_most_counts(self, history):
        best = max(rank_of(one.code, one.source) for one in history)
        ours = [one for one in history if rank_of(one.code, one.source) == best]
        newest = max(one.at for one in ours)
        assert reason_in_force(history) in {one.code for one in ours if one.at == newest}

    @pytest.mark.parametrize(
        ("code", "source", "rank"),
        [
            ("NR-00", Source.AGENT, Rank.WORD),
            ("NR-07", Source.CUSTOMER, Rank.WORD),
            ("NR-04", Source.BANK_CODE, Rank.FACT),
            ("NR-00", Source.BANK_CODE, Rank.GUESS),
            ("NR-13", Source.BANK_CODE, Rank.WORD),  # a death stops all, whoever says so
            ("NR-13", Source.MODEL, Rank.GUESS),
        ],
    )
    def test_whose_word_weighs_how_much(self, code, source, rank):
        assert rank_of(code, source) is rank

    def test_refuses_a_code_that_is_none(self):
        with pytest.raises(ValueError, match="NR-99"):
            Motive("NR-99", Source.AGENT, self.at(1))


class TestTones:
    FIRST = date(2026, 11, 2)

    def asked(self, *days: int, channels: str = "CE") -> list[Asked]:
        return [
            Asked(self.FIRST + timedelta(days=n), channels[index % len(channels)])
            for index, n in enumerate(days)
        ]

    @pytest.mark.parametrize(
        ("days", "channels", "after", "exhausted"),
        [
            ((0, 5, 10, 14), "CE", 15, True),
            ((0, 5, 10, 14), "CE", 14, False),
            ((0, 5, 10), "CE", 20, False),
            ((0, 5, 10, 14), "C", 20, False),
            ((0, 5, 10, 30), "CE", 20, False),
        ],
    )
    def test_asking_is_exhausted_after_four_by_two_over_fifteen(
        self, days, channels, after, exhausted
    ):
        attempts = self.asked(*days, channels=channels)

        assert are_exhausted(attempts, self.FIRST + timedelta(days=after)) is exhausted

    def test_no_formal_notice_while_the_reason_is_unknown(self):
        assert highest_tone("NR-00") is Tone.QUESTION
        assert highest_tone("NR-00", exhausted=True) is Tone.LEGAL
        assert highest_tone("NR-00", forced=True) is Tone.LEGAL

    @given(codes, st.booleans(), st.booleans())
    def test_only_an_unknown_reason_yields_to_time(self, code, exhausted, forced):
        if code != "NR-00":
            assert highest_tone(code, exhausted=exhausted, forced=forced) == highest_tone(code)

    @pytest.mark.parametrize("code", ["NR-05", "NR-08", "NR-12", "NR-13", "NR-14", "NR-17"])
    def test_some_reasons_leave_no_reminder(self, code):
        assert highest_tone(code) is None

    @given(st.none() | st.sampled_from(Tone), st.sampled_from(Tone), st.booleans())
    def test_the_ladder_is_climbed_one_step_at_a_time(self, last, wanted, paused):
        tone = next_tone(last, wanted, paused_since=paused)

        assert tone <= wanted
        if last is None:
            assert tone <= Tone.REMINDER
        else:
            assert tone <= last + (0 if paused else 1)
