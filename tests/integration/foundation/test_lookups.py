"""`any_of` sends thousands of values as one array: the database reads what was meant."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.world.builders import an_entity

from concilia.foundation.lookups import array_of_keys, array_of_texts
from concilia.identity.models import Entity

pytestmark = pytest.mark.django_db

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


def read(kind, array):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [array])
        return cursor.fetchone()[0]


@given(st.lists(TEXTS, max_size=6))
@example(['a"b', "c\\d", "{e,f}", "NULL", "", " g ", "h%s", "it's"])
@example(["NULL", "", "{}", " i "])
@example([""])
@example(['","'])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_texts_arrive_as_they_are(texts):
    assert read("text", array_of_texts(texts)) == texts


@pytest.mark.parametrize("keys", [[], [7], [-1, 0, 2**62]])
def test_keys_arrive_as_they_are(keys):
    assert read("bigint", array_of_keys(keys)) == keys


def test_rows_are_found_by_keys_and_texts():
    rows = [an_entity(code) for code in ("one", 'tw"o', "three")]
    found = Entity.objects.order_by("pk")

    assert list(found.filter(pk__any_of=[rows[0].pk, rows[2].pk])) == [rows[0], rows[2]]
    assert list(found.filter(code__any_of={"one", "three"})) == [rows[0], rows[2]]
    assert list(found.filter(code__any_of=['tw"o'])) == [rows[1]]
    assert list(found.filter(pk__any_of=[])) == []
