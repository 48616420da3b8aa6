"""What every test may count on: a real PostgreSQL, and no silence about tests that did not run."""

from __future__ import annotations

import os

import pytest

# Before Django reads its settings: tests must not depend on the machine's configuration.
os.environ.setdefault("CONCILIA_LOG_LEVEL", "error")

from concilia.foundation import embedded_postgres


def pytest_configure(config: pytest.Config) -> None:
    """The same server for all test processes; each of them has its own database on it."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Tests that touch no database start no server."""
    embedded_postgres.ensure()
