"""
Worlds that are built once for all tests of a module.

Building a company takes longer than most of what is tried on it. `kept` builds it in a transaction
that stays open for the module; each test works in a savepoint of its own, which is rolled back as
always, so no test sees what another one did. Not for modules with tests that commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeVar

import pytest
from django.db import transaction

World = TypeVar("World")


def kept(build: Callable[[], World]) -> Any:
    """
    This will make a fixture, for one module, of what `build` returns and writes to the database.

    Take it through a fixture of the test that returns `fresh(…)` of it: rows are as they were built
    for every test, and so must be the objects in memory.
    """

    @pytest.fixture(scope="module")
    def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
        with django_db_blocker.unblock():
            around = transaction.atomic()
            around._from_testcase = True  # as Django's own: actions insist on being the outermost
            with around:
                made = build()
                with django_db_blocker.block():
                    yield made
                transaction.set_rollback(True)

    return built


def fresh(built: World) -> World:
    """This will copy a world with all its objects, so that a test may change them."""
    return deepcopy(built)
