"""
A batch of payments is one transaction: whoever dies in it leaves nothing, and the next does it all.

The moment is chosen, not waited for: the process hangs on a row somebody else holds, has written
what comes before it, and dies by SIGKILL.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter

import psycopg
import pytest
from django.db import connection
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, a_customer, an_entity, an_iban, an_open_item
from tests.world.workers import environment_for, wait_until

from concilia.cash.actions import match_statement
from concilia.cash.models import Allocation, Match
from concilia.foundation.audit import first_broken_link
from concilia.foundation.models import AuditEntry
from concilia.ledger.models import JournalEntry
from concilia.receivables.models import BankEntry, OpenItem
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db(transaction=True)

IBAN = "DE89370400440532013000"
PAYMENTS = 60
MATCHING = """
import sys
import django
from datetime import datetime
django.setup()
from concilia.cash.actions import match_statement
match_statement(statement_id=int(sys.argv[1]), at=datetime.fromisoformat(sys.argv[2]))
"""
# What the batch asks for when: the items before anything is written, the chain when all is.
HELD = {
    "before it writes": "SELECT 1 FROM receivables_openitem FOR UPDATE",
    "when all is written": "SELECT 1 FROM foundation_audithead FOR UPDATE",
}
HANGS = """
SELECT 1 FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'
"""


@pytest.fixture
def statement():
    entity = an_entity()
    customer = a_customer(entity)
    an_iban(customer, IBAN)
    entries = []
    for n in range(PAYMENTS):
        item = an_open_item(customer, 100_000 + n)
        short = 5_000 if n % 4 == 0 else 0
        text = f"{item.document_number} MANCA MERCE" if short else item.document_number
        entries.append(paid(100_000 + n - short, text, payer_iban=IBAN, payer_name=customer.name))
    return a_loaded_statement(entity, *entries, match=False)


@pytest.fixture
def holder():
    """Another process, as the database sees it."""
    parameters = connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    wanted = {name: parameters[name] for name in names if parameters.get(name)}
    with psycopg.connect(**wanted) as other:
        yield other


def state_of_books() -> tuple[int, ...]:
    tables = (Match, Allocation, JournalEntry, AuditEntry, OpenItem)
    return tuple(table.objects.count() for table in tables)


def hangs() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(HANGS)
        return cursor.fetchone() is not None


@pytest.mark.parametrize("moment", HELD)
def test_who_dies_in_a_batch_leaves_no_hole_and_no_double(statement, holder, tmp_path, moment):
    before = state_of_books()
    holder.execute(HELD[moment])
    command = [sys.executable, "-c", MATCHING, str(statement.pk), NOON.isoformat()]
    worker = subprocess.Popen(command, env=environment_for(tmp_path))
    assert wait_until(hangs, seconds=120, look_every=0.05)

    worker.send_signal(signal.SIGKILL)
    worker.wait()
    holder.rollback()
    assert wait_until(lambda: not hangs(), seconds=60, look_every=0.05)

    assert state_of_books() == before
    assert match_statement(statement_id=statement.pk, at=NOON) == PAYMENTS
    assert match_statement(statement_id=statement.pk, at=NOON) == 0
    answers = Counter(Match.objects.values_list("bank_entry", flat=True))
    assert set(answers.values()) == {1}
    assert len(answers) == BankEntry.objects.count() == PAYMENTS
    assert set(Match.objects.values_list("state", flat=True)) == {"POSTED"}
    assert first_broken_link(entity_id=statement.entity_id) is None
    assert all(finding.holds for finding in check_invariants().values())
