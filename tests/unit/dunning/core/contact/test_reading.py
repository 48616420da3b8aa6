"""Whatever a file holds, it is read or refused in one sentence."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concilia.dunning.core.contact.choosing import choose, why_not_for
from concilia.dunning.core.contact.deciding import decide
from concilia.dunning.core.contact.fields import Unreadable
from concilia.dunning.core.contact.packs import PACKS, PackUnknown
from concilia.dunning.core.contact.policy import PolicyRefused, combine
from concilia.dunning.core.contact.reading_contacts import read_contact
from concilia.dunning.core.contact.reading_policies import read_policies
from concilia.dunning.core.contact.terms import DebtorType, Strength

CONTACT = {
    "channel": "CALL",
    "at": "2026-11-27T10:00",
    "purpose": "COLLECT",
    "actor": "AGENCY",
    "recipient": "DEBTOR",
    "person": "Anna",
    "debts": [{"id": "R1", "disputed": "PART", "due": "2026-09-30"}, "R2"],
    "content": ["AMOUNT"],
    "prerecorded": False,
    "requested_on": "2026-11-26",
    "debtor": {
        "type": "CONSUMER",
        "country": ["IT", "FR"],
        "time_zone": "Europe/Rome",
        "opted_out": ["SMS"],
        "flags": [{"flag": "VULNERABLE", "since": "2026-11-01", "until": "2026-12-31"}],
        "windows": {"MON..FRI": ["18:00-20:00"]},
    },
    "history": [{"at": "2026-11-26T10:00+01:00", "channel": "CALL", "debts": ["R1"]}],
}
POLICY = {
    "packs": ["IT"],
    "policies": [
        {
            "id": "ACME",
            "jurisdiction": "IT",
            "channel": ["CALL"],
            "windows": {"MON..FRI": ["09:00-12:00"]},
            "holidays": "FORBID",
            "days_off": {"2026-12-07": "Sant'Ambrogio"},
            "max_attempts": [{"n": 2, "days": 7, "per": "PERSON"}],
            "stops": {"DEBT_ADVISER": 30},
            "valid_from": "2026-01-01",
        }
    ],
}
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["CALL", "IT", "2026-11-27", "9999-12-31T23:59:59", "MON", "Europe/Rome"]),
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


def places(data: object, path: tuple = ()) -> list[tuple]:
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


def with_at(data: object, path: tuple, value: object) -> object:
    changed = copy.deepcopy(data)
    if not path:
        return value
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def assert_is_one_sentence(problem: Exception) -> None:
    assert "\n" not in str(problem)
    assert len(str(problem)) < 250


class TestReading:
    @settings(max_examples=80)
    @given(st.sampled_from(places(CONTACT)), anything)
    def test_any_value_anywhere_in_a_contact_is_read_or_refused(self, path, value):
        try:
            read = read_contact(with_at(CONTACT, path, value))
        except Unreadable as problem:
            assert_is_one_sentence(problem)
        else:
            for ruling in decide(PACKS["IT"], read.contact, read.debtor, read.history).rulings:
                ruling.why("it").encode()

    @settings(max_examples=80)
    @given(st.sampled_from(places(POLICY)), anything)
    def test_any_value_anywhere_in_a_policy_is_read_or_refused(self, path, value):
        try:
            file = read_policies(with_at(POLICY, path, value))
            chosen = choose(file.packs, file.policies)
        except (Unreadable, PolicyRefused, PackUnknown) as problem:
            assert_is_one_sentence(problem)
        else:
            read = read_contact(CONTACT)
            decide(chosen.policies, read.contact, read.debtor, read.history)

    def test_reads_what_is_written(self):
        read = read_contact(CONTACT)

        assert read.debtor.countries == {"IT", "FR"}
        assert [debt.id for debt in read.contact.debts] == ["R1", "R2"]
        assert str(read.contact.at) == "2026-11-27 10:00:00+01:00"
        assert read_policies(POLICY).packs == ("IT",)

    def test_words_may_be_small_and_stand_alone(self):
        read = read_contact({"channel": "call", "at": "2026-11-27", "debtor": {"country": "uk"}})

        assert read.debtor.countries == {"GB"}
        assert read.debtor.zones[0].key == "Europe/London"
        assert read.debtor.type is DebtorType.CONSUMER

    def test_spain_without_a_zone_is_two_clocks(self):
        read = read_contact({"channel": "CALL", "at": "2026-11-27", "debtor": {"country": "ES"}})

        assert [zone.key for zone in read.debtor.zones] == ["Europe/Madrid", "Atlantic/Canary"]


class TestCombining:
    def test_only_company_rows_can_be_replaced(self):
        for policy in (policy for pack in PACKS.values() for policy in pack):
            own = read_policies({"id": "OWN", "replaces": policy.id}).policies
            law = [one for pack in PACKS.values() for one in pack]
            if policy.strength is Strength.COMPANY:
                kept = combine(law, own)
                assert policy not in kept
                assert len(kept) == len(law)
            else:
                with pytest.raises(PolicyRefused, match="can only be stricter"):
                    combine(law, own)

    def test_a_pack_named_twice_counts_once(self):
        assert choose(["IT", "it-b2c", "IT"], []).policies == choose(["IT"], []).policies

    def test_says_which_pack_is_for_another_country(self):
        chosen = choose(["IT", "UK"], [])

        assert why_not_for(chosen, frozenset({"IT", "GB"})) is None
        assert "the pack of GB is not for a debtor in IT" in why_not_for(chosen, frozenset({"IT"}))
