"""What holds of every contact policy, whatever the contact, the history and the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concilia.dunning.core.contact.cases import (
    Debt,
    Debtor,
    PastContact,
    PlannedContact,
    Raised,
)
from concilia.dunning.core.contact.clock import day_begins, is_open, next_open
from concilia.dunning.core.contact.deciding import decide
from concilia.dunning.core.contact.hours import week
from concilia.dunning.core.contact.packs import PACKS
from concilia.dunning.core.contact.policy import MINUTES_OF_A_DAY, Cap, ContactPolicy
from concilia.dunning.core.contact.terms import (
    Actor,
    Ban,
    Channel,
    Content,
    DebtorType,
    Direction,
    Disputed,
    Flag,
    Outcome,
    Per,
    Purpose,
    Recipient,
    Strength,
    Verdict,
)

ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Rome",
        "Europe/London",
        "Atlantic/Canary",
        "America/New_York",
        "America/Los_Angeles",
        "America/Havana",  # its clocks jump at midnight
        "Australia/Lord_Howe",  # by half an hour
        "Asia/Kolkata",
        "Pacific/Apia",
    )
]
# Around the jumps of 2026, and around holidays.
BEGINNINGS = [
    datetime(2026, 3, 5, tzinfo=UTC),
    datetime(2026, 3, 27, tzinfo=UTC),
    datetime(2026, 4, 2, tzinfo=UTC),
    datetime(2026, 10, 23, tzinfo=UTC),
    datetime(2026, 10, 30, tzinfo=UTC),
    datetime(2026, 12, 23, tzinfo=UTC),
]
SECOND = timedelta(seconds=1)


moments = st.builds(
    lambda begin, seconds: begin + timedelta(seconds=seconds),
    st.sampled_from(BEGINNINGS),
    st.integers(0, 6 * 24 * 3600),
)
debts = st.builds(
    Debt,
    st.sampled_from("AB"),
    st.sampled_from(Disputed),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
contacts = st.builds(
    PlannedContact,
    channel=st.sampled_from(Channel),
    at=moments,
    purpose=st.sampled_from([Purpose.COLLECT, Purpose.COLLECT, *Purpose]),
    actor=st.sampled_from(Actor),
    recipient=st.sampled_from([Recipient.DEBTOR, Recipient.DEBTOR, *Recipient]),
    person=st.none() | st.sampled_from(["Anna", "Bruno"]),
    debts=st.lists(debts, max_size=2, unique_by=lambda debt: debt.id).map(tuple),
    content=st.frozensets(st.sampled_from(Content)),
    prerecorded=st.booleans(),
    at_work=st.booleans(),
    requested_on=st.none() | st.dates(date(2026, 3, 1), date(2026, 3, 31)),
)
weeks = st.dictionaries(
    st.sampled_from(["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]),
    st.lists(
        st.sampled_from(
            ["00:00-24:00", "00:20-00:40", "01:30-02:15", "02:30-09:00", "18:00-20:00"]
        ),
        max_size=2,
    ),
).map(week)
debtors = st.builds(
    Debtor,
    type=st.sampled_from(DebtorType),
    zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=2).map(tuple),
    opted_out=st.frozensets(st.sampled_from(Channel), max_size=1),
    informed=st.booleans(),
    flags=st.dictionaries(
        st.sampled_from(Flag),
        st.builds(
            Raised,
            st.none() | st.dates(date(2026, 3, 1), date(2026, 12, 1)),
            st.none() | st.dates(date(2026, 3, 1), date(2027, 3, 1)),
        ),
        max_size=1,
    ),
    windows=st.none() | weeks,
)
histories = st.lists(
    st.builds(
        lambda begin, hours, **fields: PastContact(at=begin + timedelta(hours=hours), **fields),
        st.sampled_from(BEGINNINGS),
        st.integers(-72, 200),
        channel=st.sampled_from(Channel),
        direction=st.sampled_from(Direction),
        outcome=st.sampled_from(Outcome),
        person=st.none() | st.sampled_from(["Anna", "Bruno"]),
        debts=st.frozensets(st.sampled_from("AB")),
    ),
    max_size=30,
)
caps = st.lists(
    st.builds(Cap, st.integers(0, 4), st.integers(1, 10), st.sampled_from(Per)), max_size=2
).map(tuple)
own_policies = st.builds(
    ContactPolicy,
    id=st.uuids().map(str),
    source=st.just("drawn"),
    strength=st.just(Strength.COMPANY),
    valid_from=st.none() | st.dates(date(2026, 3, 1), date(2026, 4, 10)),
    valid_to=st.none() | st.dates(date(2026, 3, 1), date(2026, 12, 31)),
    channels=st.frozensets(st.sampled_from(Channel), min_size=4),
    windows=st.none() | weeks,
    no_holidays=st.booleans(),
    calendar=st.sampled_from(["IT", "US", "UK"]),
    max_attempts=caps,
    max_conversations=caps,
    cool_off_days=st.none() | st.integers(1, 10),
    consent_required=st.booleans(),
    stops=st.dictionaries(st.sampled_from(Flag), st.none() | st.integers(1, 90), max_size=2),
    disputed=st.sampled_from([Ban.ALLOW, Ban.FORBID, Ban.DISPUTED_PART]),
    on_request=st.booleans(),
)
policies = st.one_of(
    st.sampled_from(list(PACKS.values())).map(list),
    st.lists(own_policies, min_size=1, max_size=3),
    st.tuples(st.sampled_from(list(PACKS.values())), own_policies).map(
        lambda both: [*both[0], both[1]]
    ),
)


class TestDecisions:
    @settings(max_examples=80)
    @given(policies, contacts, debtors, histories)
    def test_the_earliest_moment_is_allowed_and_a_second_earlier_is_not(
        self, rules, contact, debtor, history
    ):
        earliest = decide(rules, contact, debtor, history).earliest
        if earliest is None:
            return

        assert earliest >= contact.at
        assert decide(rules, replace(contact, at=earliest), debtor, history).allowed
        if earliest > contact.at:
            before = replace(contact, at=max(contact.at, earliest - SECOND))
            assert not decide(rules, before, debtor, history).allowed

    @settings(max_examples=80)
    @given(policies, contacts, debtors, histories, st.lists(st.integers(0, 40 * 24 * 3600)))
    def test_nothing_between_the_contact_and_the_earliest_moment_is_allowed(
        self, rules, contact, debtor, history, tries
    ):
        earliest = decide(rules, contact, debtor, history).earliest
        for seconds in tries:
            tried = contact.at + timedelta(seconds=seconds)
            if earliest is None or tried < earliest:
                assert not decide(rules, replace(contact, at=tried), debtor, history).allowed

    @settings(max_examples=80)
    @given(policies, own_policies, contacts, debtors, histories)
    def test_one_rule_more_allows_nothing_that_was_refused(
        self, rules, one_more, contact, debtor, history
    ):
        fewer = decide(rules, contact, debtor, history)
        more = decide([*rules, one_more], contact, debtor, history)

        assert fewer.allowed or not more.allowed
        assert more.earliest is None or (
            fewer.earliest is not None and fewer.earliest <= more.earliest
        )

    @settings(max_examples=60)
    @given(policies, contacts, debtors, histories, histories)
    def test_a_longer_history_allows_nothing_that_was_refused(
        self, rules, contact, debtor, history, further
    ):
        shorter = decide(rules, contact, debtor, history)
        longer = decide(rules, contact, debtor, history + further)

        assert shorter.allowed or not longer.allowed
        assert longer.earliest is None or (
            shorter.earliest is not None and shorter.earliest <= longer.earliest
        )

    @settings(max_examples=50)
    @given(policies, contacts, debtors, st.data())
    def test_the_order_of_history_and_policies_does_not_matter(self, rules, contact, debtor, data):
        history = data.draw(histories)
        mixed, turned = data.draw(st.permutations(history)), data.draw(st.permutations(rules))

        one = decide(rules, contact, debtor, history)
        other = decide(turned, contact, debtor, mixed)

        assert (one.allowed, one.earliest) == (other.allowed, other.earliest)

    @settings(max_examples=50)
    @given(policies, contacts, debtors, histories)
    def test_the_zone_a_time_is_written_in_does_not_matter(self, rules, contact, debtor, history):
        tokyo = ZoneInfo("Asia/Tokyo")
        elsewhere = [replace(past, at=past.at.astimezone(tokyo)) for past in history]

        one = decide(rules, contact, debtor, history)
        other = decide(rules, replace(contact, at=contact.at.astimezone(tokyo)), debtor, elsewhere)

        assert (one.allowed, one.earliest) == (other.allowed, other.earliest)

    @settings(max_examples=50)
    @given(policies, contacts, debtors, histories)
    def test_every_rule_says_why_in_five_languages(self, rules, contact, debtor, history):
        decision = decide(rules, contact, debtor, history)

        assert decision.allowed == (not decision.refusals)
        for ruling in decision.rulings:
            assert ruling.verdict in Verdict
            said = [ruling.why(language) for language in ("en", "it", "fr", "es", "de")]
            assert len(set(said)) == len(said), said
            assert all(text.endswith(".") and "{" not in text for text in said)


class TestClock:
    @settings(max_examples=60)
    @given(weeks, st.sampled_from(ZONES), moments)
    def test_the_next_opening_is_the_first_open_minute(self, hours, zone, moment):
        found = next_open(hours, zone, moment)

        def open_at(when: datetime) -> bool:
            local = when.astimezone(zone)
            return is_open(hours[local.weekday()], local)

        # Walked minute by minute, as somebody with a watch would.
        start = moment.replace(second=0, microsecond=0)
        walked = (start + timedelta(minutes=ahead) for ahead in range(3 * MINUTES_OF_A_DAY))
        first = next((max(when, moment) for when in walked if open_at(when)), None)
        if first is not None:
            assert found == first
        else:
            assert found is None or found > start + timedelta(days=2)

    @pytest.mark.parametrize(
        ("at", "earliest"),
        [
            # Rome skips 02:00 to 03:00 on 29 March 2026, and has it twice on 25 October.
            ("2026-03-29T01:59:59+01:00", "2026-03-29T03:00+02:00"),
            ("2026-10-25T02:59:59+02:00", "2026-10-25T02:59:59+02:00"),
            ("2026-10-25T02:10+01:00", "2026-10-25T02:30+01:00"),
            ("2026-10-25T02:10+02:00", "2026-10-25T02:30+02:00"),
        ],
    )
    def test_follows_the_clock_where_it_jumps(self, at, earliest):
        hours = week({"SUN": ["02:30-04:00"]})

        found = next_open(hours, ZONES[0], datetime.fromisoformat(at).astimezone(UTC))

        assert found == datetime.fromisoformat(earliest)

    def test_opens_where_a_clock_skips_the_beginning_of_a_day(self):
        """Havana goes from midnight to one o'clock on 8 March 2026."""
        hours = week({"SUN": ["00:30-02:00"]})
        saturday = datetime.fromisoformat("2026-03-07T20:00-05:00")

        found = next_open(hours, ZoneInfo("America/Havana"), saturday.astimezone(UTC))

        assert found == datetime.fromisoformat("2026-03-08T01:00-04:00")

    @settings(max_examples=50)
    @given(st.dates(date(2000, 1, 2), date(2040, 12, 30)), st.sampled_from(ZONES))
    def test_a_day_begins_where_its_date_begins(self, day, zone):
        begin = day_begins(day, zone)

        assert begin.astimezone(zone).date() >= day
        assert (begin - SECOND).astimezone(zone).date() < day
