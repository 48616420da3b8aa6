"""One at a time, also when the one is killed."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from concilia.foundation.locks import TRY, alone

pytestmark = pytest.mark.django_db


@pytest.fixture
def another() -> psycopg.Connection:
    """Another process, as the database sees it."""
    parameters = connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    wanted = {name: parameters[name] for name in names if parameters.get(name)}
    other = psycopg.connect(**wanted, autocommit=True)
    yield other
    other.close()


def test_who_comes_second_does_not_get_it(another):
    with alone("posting:7") as is_ours:
        assert is_ours
        assert another.execute(TRY, ["posting:7"]).fetchone() == (False,)
        assert another.execute(TRY, ["posting:8"]).fetchone() == (True,)


def test_it_is_free_afterwards_whatever_happened(another):
    with pytest.raises(ZeroDivisionError), alone("posting:7"):
        raise ZeroDivisionError

    assert another.execute(TRY, ["posting:7"]).fetchone() == (True,)


def test_the_dead_hold_nothing(another):
    another.execute(TRY, ["posting:7"])
    with alone("posting:7") as is_ours:
        assert not is_ours
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [another.info.backend_pid])

    with alone("posting:7") as is_ours:
        assert is_ours
