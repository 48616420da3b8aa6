"""Rows written in sets are what the ORM would have written one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, an_entity

from concilia.cash.models import Match
from concilia.foundation.models import AuditEntry
from concilia.foundation.rows import COPY_MIN, insert_rows, update_rows

pytestmark = pytest.mark.django_db
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def an_entry(entity_id, n: int, text: str = "", data: object = None) -> AuditEntry:
    return AuditEntry(
        entity_id=entity_id,
        seq=n,
        at=NOON + timedelta(seconds=n),
        actor_kind="system",
        actor_name="Concilia",
        act="test",
        subject_type="row",
        subject_id=n,
        data={"said": data},
        reason=text,
        previous_hash="0" * 64,
        hash="0" * 64,
    )


class TestInsert:
    @given(said=st.lists(st.tuples(TEXTS, JSON), min_size=COPY_MIN, max_size=COPY_MIN + 5))
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_every_value_is_read_back_as_it_was_given(self, db, said):
        unused = AuditEntry.objects.count() + 1

        rows = insert_rows(
            [an_entry(unused, n, text, data) for n, (text, data) in enumerate(said, start=1)]
        )

        stored = AuditEntry.objects.in_bulk([row.pk for row in rows])
        assert [(stored[row.pk].reason, stored[row.pk].data["said"]) for row in rows] == said
        assert all(stored[row.pk].at == row.at for row in rows)

    @pytest.mark.parametrize("count", [0, 1, COPY_MIN - 1, COPY_MIN, 3 * COPY_MIN])
    def test_they_get_their_keys_in_order(self, count):
        rows = insert_rows([an_entry(1, n) for n in range(1, count + 1)])

        assert [row.pk for row in rows] == sorted({row.pk for row in rows})
        assert AuditEntry.objects.count() == count

    def test_a_constraint_refuses_them_all(self):
        twins = [an_entry(1, 1) for _ in range(COPY_MIN)]

        with pytest.raises(IntegrityError):
            insert_rows(twins)


class TestUpdate:
    def test_only_the_fields_named_change(self):
        entity = an_entity()
        a_loaded_statement(entity, *(paid(n * 100, f"N{n}") for n in range(1, 4)))
        rows = list(Match.objects.order_by("pk"))
        for row in rows:
            row.rule, row.confidence_bp = "own", 7

        update_rows(rows[:2], ["rule", "customer"])

        assert list(Match.objects.order_by("pk").values_list("rule", "confidence_bp")) == [
            ("own", 0),
            ("own", 0),
            ("M13", 0),
        ]

    def test_nothing_is_no_statement(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            update_rows([], ["rule"])
