"""Payments of what was agreed, from the bank's own file to the rows of a plan, and back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world.accounts import the_account
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.bank_files import Credit, a_camt
from tests.world.builders import NOON, TODAY, a_contact, a_member
from tests.world.collecting import DAY, Debtor, noon_of
from tests.world.kept import fresh, kept

from concilia.cash.actions import drafts_from, load_statement, match_statement, reverse_match
from concilia.cash.models import Match
from concilia.cash.queries.requests import requested_by
from concilia.dunning.actions import agree_plan, offer_settlement
from concilia.dunning.actions.self_service import request_plan_row
from concilia.dunning.models import Plan, PlanRow
from concilia.dunning.queries.settlements import NewSettlement
from concilia.documents.core.parsed import Source
from concilia.documents.ports import parser_for
from concilia.foundation.blobs import store_blob
from concilia.identity.models import Role
from concilia.matching.explanations import from_json, render
from concilia.receivables.models import BankEntry, OpenItem
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db


def a_debtor():
    debtor = Debtor()
    debtor.old, debtor.new = debtor.owes(600, 40), debtor.owes(300, 20)
    debtor.chief = a_member(debtor.entity, "Chiara Capo", role=Role.APPROVER, level=4)
    a_contact(debtor.customer, "amministrazione@lariano.example")
    return debtor


built = kept(a_debtor)


@pytest.fixture
def debtor(built):
    return fresh(built)


def came(debtor, amount, text="", structured="", on=TODAY, name="ST-1"):
    """A transfer as the bank's file brings it: taken in, matched, and the plans judged."""
    credit = Credit(
        amount=amount, text=text, structured=structured, payer="INGROSSO LARIANO",
        iban=debtor.iban,
    )  # fmt: skip
    content = a_camt(credit, name=name, day=on)
    blob = store_blob(content=content, at=NOON)
    source = Source(content=content, name=f"{name}.xml")
    found = parser_for("camt").parse(source)
    [draft] = drafts_from(found)
    statement = load_statement(entity_id=debtor.entity.pk, sha256=blob.sha256, draft=draft, at=NOON)
    match_statement(statement_id=statement.pk, at=NOON)
    entry = BankEntry.objects.get(statement=statement)
    debtor.judged_by_money(entry, on)
    return Match.objects.get(bank_entry=entry, state__in=["POSTED", "PROPOSED", "OPEN"])


def opens(debtor):
    return [OpenItem.objects.get(pk=one.pk).open_minor for one in (debtor.old, debtor.new)]


def rows(plan):
    found = PlanRow.objects.filter(plan=plan).order_by("n")
    return [(row.payment_minor, row.paid_minor) for row in found]


def told(match, language="it"):
    return render(from_json(match.explanation["parts"]), language)


def state(plan):
    return Plan.objects.get(pk=plan.pk).state
