"""Claims about many short payments at once are what one after the other would have been."""

from __future__ import annotations

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_iban, an_invoice
from tests.world.jobs import run_jobs

from concilia.cash.models import Allocation, Match
from concilia.claims.actions import short_payments as short_payments_module
from concilia.claims.actions.papers import open_claim_for_deduction
from concilia.claims.actions.short_payments import TOGETHER_MIN, open_claims_for_deductions
from concilia.claims.models import Claim, ClaimDeduction
from concilia.foundation.audit import first_broken_link
from concilia.foundation.models import AuditEntry
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db


def short_payments(code: str, count: int, words: str = "MANCA 1 COLLO") -> list[int]:
    """Payments that each fell 10.00 short of an invoice; their matches."""
    entity = an_entity(code)
    a_member(entity)
    entries = []
    for n in range(count):
        customer = a_customer(entity, f"Kunde {n} {code} GmbH")
        iban = f"DE{n:010d}{len(code):010d}"
        an_iban(customer, iban)
        invoice = an_invoice(customer, [("A", "1", "500.00", 2200)])
        text = f"{invoice.number} {words}"
        entries.append(paid(60_000, text, payer_iban=iban, payer_name=customer.name, key=text))
    statement = a_loaded_statement(entity, *entries)
    matches = Match.objects.filter(bank_entry__statement=statement, state="POSTED")
    return list(matches.order_by("pk").values_list("pk", flat=True))


def deductions(match_ids) -> list[Allocation]:
    rows = Allocation.objects.filter(match__in=match_ids, deduction_item__isnull=False)
    return list(rows.select_related("match").order_by("pk"))


def one_by_one(match_ids) -> None:
    for row in deductions(match_ids):
        open_claim_for_deduction(
            item_id=row.deduction_item_id,
            bank_entry_id=row.match.bank_entry_id,
            reason=row.deduction_reason,
            text=row.deduction_text,
            at=NOON,
        )


def items_of(match_ids) -> list[int]:
    return [row.deduction_item_id for row in deductions(match_ids)]


def opens(match_ids) -> int:
    return open_claims_for_deductions(item_ids=items_of(match_ids), at=NOON)


@pytest.fixture
def alone(monkeypatch) -> list[int]:
    """The deductions that were looked at one by one."""
    looked: list[int] = []

    def look(**asked):
        looked.append(asked["item_id"])
        return open_claim_for_deduction(**asked)

    monkeypatch.setattr(short_payments_module, "open_claim_for_deduction", look)
    return looked


KEYS = {"id", "entity", "case", "customer", "invoice", "order", "delivery", "owner", "claim"}


def plain(row) -> dict[str, object]:
    return {k: v for k, v in model_to_dict(row).items() if k not in KEYS}


def picture(code: str) -> list[object]:
    claims = Claim.objects.filter(entity__code=code).select_related("case").order_by("pk")
    return [
        (
            plain(claim),
            plain(claim.case),
            [plain(line) for line in claim.lines.all()],
            claim.deductions.get().item.open_minor,
            [
                (act.act, act.actor_name, {**act.data, "item": "", "text": ""})
                for act in AuditEntry.objects.filter(
                    subject_type="case", subject_id=claim.case_id
                ).order_by("seq")
            ],
        )
        for claim in claims
    ]


def test_they_are_what_one_after_the_other_would_have_been(alone):
    first, many = short_payments("aa", 6), short_payments("bb", 6)
    assert len(deductions(many)) == 6

    one_by_one(first)

    assert opens(many) == 6
    assert alone == []
    assert [row[:1] + row[2:] for row in picture("aa")] == [
        row[:1] + row[2:] for row in picture("bb")
    ]
    numbers = Claim.objects.filter(entity__code="bb").values_list("case__number", flat=True)
    assert sorted(numbers) == [f"CLM-{n:04d}" for n in range(1, 7)]


def test_a_second_time_opens_nothing():
    matches = short_payments("aa", 6)
    assert opens(matches) == 6

    assert opens(matches) == 0
    one_by_one(matches)

    assert Claim.objects.count() == ClaimDeduction.objects.count() == 6


def test_what_nobody_explained_is_asked_about_one_by_one(alone):
    matches = short_payments("aa", 6)
    Allocation.objects.filter(match__in=matches).update(deduction_reason="")

    assert opens(matches) == 6
    assert alone == items_of(matches)


def test_what_may_be_a_twin_is_looked_at_by_itself(alone):
    matches = short_payments("aa", 7)
    first = deductions(matches)[0]
    one_by_one(matches[:1])
    ClaimDeduction.objects.filter(item=first.deduction_item).delete()

    assert opens(matches) == 7
    assert alone == [first.deduction_item_id]


def test_a_few_are_not_worth_it(alone):
    matches = short_payments("aa", TOGETHER_MIN - 1)

    assert opens(matches) == TOGETHER_MIN - 1
    assert alone == items_of(matches)


def test_one_that_cannot_be_opened_keeps_no_other_from_its_claim(monkeypatch):
    matches = short_payments("aa", TOGETHER_MIN - 1)
    bad = items_of(matches)[1]

    def look(**asked):
        if asked["item_id"] == bad:
            raise ValueError("no such reason")
        return open_claim_for_deduction(**asked)

    monkeypatch.setattr(short_payments_module, "open_claim_for_deduction", look)
    with pytest.raises(ValueError, match="no such reason"):
        opens(matches)
    monkeypatch.undo()

    assert Claim.objects.count() == TOGETHER_MIN - 2
    assert opens(matches) == 1


def test_the_statements_do_not_grow_with_the_claims():
    counts = []
    for code, count in (("aa", 25), ("bb", 60)):
        matches = short_payments(code, count)
        with CaptureQueriesContext(connection) as queries:
            opens(matches)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_after_a_statement_each_has_one_claim_and_the_books_hold():
    short_payments("aa", 8)

    run_jobs(at=NOON)

    assert Claim.objects.count() == ClaimDeduction.objects.count() == 8
    assert first_broken_link(entity_id=Claim.objects.first().entity_id) is None
    assert all(finding.holds for finding in check_invariants().values())
