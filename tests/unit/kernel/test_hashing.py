from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.hashing import (
    GENESIS,
    NotCanonical,
    as_json,
    canonical_json,
    chained,
    idempotency_key,
    sha256_of,
)
from concilia.kernel.money import Money

SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False)
VALUES = st.recursive(
    SCALARS.filter(lambda value: not isinstance(value, Decimal) or value.is_finite()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Verdict:
    colour: Colour
    amount: Money


class TestCanonicalJson:
    def test_sorts_keys_and_leaves_no_blanks(self):
        assert canonical_json({"b": [1, 2], "a": None}) == '{"a":null,"b":[1,2]}'

    def test_writes_every_value_we_use(self):
        facts = {
            "rate": Decimal("10.150"),
            "tiny": Decimal("1E-7"),
            "on": date(2026, 1, 2),
            "hour": time(17, 0),
            "at": datetime(2026, 1, 2, 13, 0, tzinfo=timezone(timedelta(hours=1))),
            "id": UUID(int=1),
            "verdict": Verdict(Colour.RED, Money(5, "EUR")),
            Colour.RED: "ò",
        }

        assert json.loads(canonical_json(facts)) == {
            "rate": "10.150",
            "tiny": "0.0000001",
            "on": "2026-01-02",
            "hour": "17:00:00",
            "at": "2026-01-02T12:00:00+00:00",
            "id": "00000000-0000-0000-0000-000000000001",
            "verdict": {"colour": "red", "amount": {"minor": 5, "currency": "EUR"}},
            "red": "ò",
        }

    @pytest.mark.parametrize(
        "value",
        [
            datetime(2026, 1, 2),  # noqa: DTZ001
            float("nan"),
            Decimal("Infinity"),
            {1: "key"},
            {1, 2},
            b"bytes",
            Verdict,
        ],
    )
    def test_refuses_what_can_be_written_in_two_ways(self, value):
        with pytest.raises(NotCanonical):
            canonical_json([value])

    @given(VALUES)
    def test_survives_being_stored_as_json(self, value):
        stored = json.loads(json.dumps(as_json(value)))

        assert canonical_json(stored) == canonical_json(value)

    @given(st.dictionaries(st.text(), st.integers(), min_size=2))
    def test_does_not_depend_on_the_order_of_keys(self, facts):
        assert canonical_json(dict(reversed(facts.items()))) == canonical_json(facts)


class TestDigests:
    def test_are_sha256_of_the_canonical_text(self):
        assert sha256_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"

    def test_a_chain_depends_on_everything_before(self):
        first = chained(GENESIS, {"event": 1})

        assert chained(first, {"event": 2}) != chained(GENESIS, {"event": 2})

    def test_idempotency_keys_do_not_confuse_their_parts(self):
        assert idempotency_key("a|b", "c", 1) != idempotency_key("a", "b|c", 1)
        assert idempotency_key("a", 1) == idempotency_key("a", 1)

    def test_times_are_the_same_in_every_zone(self):
        noon = datetime(2026, 1, 2, 12, tzinfo=UTC)

        assert sha256_of(noon) == sha256_of(noon.astimezone(timezone(timedelta(hours=9))))
