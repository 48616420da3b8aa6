"""What every test may count on: a real PostgreSQL, and no silence about tests that did not run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import hypothesis
import pytest

# Before Django reads its settings: tests must not depend on the machine's configuration.
os.environ.setdefault("CONCILIA_LOG_LEVEL", "error")
# Two test processes have two processors: more threads for matrices only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from concilia.foundation import embedded_postgres

REQUIRE_ALL = os.environ.get("CONCILIA_REQUIRE_ALL") == "1"


def pytest_configure(config: pytest.Config) -> None:
    """No property of the program fails because a machine is busy."""
    hypothesis.settings.register_profile("whatever the clock says", deadline=None)
    hypothesis.settings.load_profile("whatever the clock says")
    # Slow by design, the real hash of passwords would be most of the time of many tests.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # What a test wrote need not outlive the machine: a commit does not wait for the disk.
    settings.DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
    TransactionTestCase._fixture_teardown = _empty_database


def _empty_database(_case: TransactionTestCase) -> None:
    """After a test that committed, instead of Django's own way."""
    from tests.world.emptied import empty_database  # here: the file alone is a plugin, too

    empty_database()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: pytest.FixtureRequest
) -> None:
    """One server for all test processes, started by the first test that touches a database."""
    from tests.world.template import template  # here as well

    embedded_postgres.ensure()
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Threads of servers and programs just stopped may still hold on to what is dropped next."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


# ── A test that was skipped has not passed ───────────────────────────────────────────────────────

skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collects the reasons, also those that other processes report to this one."""
    if report.skipped and not hasattr(report, "wasxfail"):
        note_skipped(report.nodeid, report.longrepr)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A whole module may be skipped before its tests are known."""
    if report.skipped:
        note_skipped(report.nodeid, report.longrepr)


def note_skipped(name: str, reason: object) -> None:
    words = reason[2] if isinstance(reason, tuple) else str(reason)
    skipped.append(f"{name}: {words.removeprefix('Skipped: ')}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With CONCILIA_REQUIRE_ALL=1 a run in which anything was skipped fails."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["skipped"] = skipped
    elif REQUIRE_ALL and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """A module skipped while it was collected is known only to the process that collected it."""
    skipped.extend(getattr(node, "workeroutput", {}).get("skipped", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which and why."""
    if REQUIRE_ALL and skipped:
        terminalreporter.section("CONCILIA_REQUIRE_ALL=1, but these were skipped", red=True)
        for line in sorted(set(skipped)):
            terminalreporter.line(line)


if sys.platform != "linux":
    collect_ignore_glob = ["integration/foundation/test_embedded_postgres*"]
