"""What holds for any ledger and any payments: INV-01 … INV-03, INV-12, INV-21, INV-25."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world.small_ledgers import DAY, IBAN, customer, item, payment

from concilia.matching.engine import match_payments
from concilia.matching.records import Match, Remittance, RemittanceLine, Status

CUSTOMERS = [
    customer(payer_group="G"),
    customer(customer_id="C2", name="Bianchi Distribuzione", payer_group="G", ibans=()),
    customer(customer_id="C3", name="Schulz Lebensmittel GmbH", ibans=("DE89370400440532013000",)),
]
NUMBERS = [f"FT2026/00{number}" for number in range(1230, 1250)]
WORDS = ["", "manca 1 collo", "acconto", "Skonto", "31/01/2026", "ORD 1234", "-5,00", "1234-1239"]

minors = st.one_of(st.sampled_from([10_000, 5_000, 15_000, 122_000]), st.integers(1, 200_000))


@st.composite
def items(draw):
    found = []
    for place in range(draw(st.integers(0, 12))):
        minor = draw(minors) * draw(st.sampled_from([1, 1, 1, 1, -1]))
        found.append(
            item(
                f"I{place:02}",
                minor,
                draw(st.sampled_from(NUMBERS)),
                customer_id=draw(st.sampled_from(["C1", "C2", "C3"])),
                currency=draw(st.sampled_from(["EUR", "EUR", "EUR", "USD"])),
                due_on=DAY + timedelta(days=draw(st.integers(-60, 30))),
                discount_bp=draw(st.sampled_from([0, 0, 200])),
                discount_until=DAY + timedelta(days=draw(st.integers(-5, 5))),
                disputed_minor=draw(st.sampled_from([0, 0, 0, 1])),
            )
        )
    return found


@st.composite
def payments(draw, ledger):
    found = []
    for place in range(draw(st.integers(1, 8))):
        chosen = draw(st.lists(st.sampled_from(ledger), max_size=4)) if ledger else []
        total = sum(one.open_minor for one in {one.item_id: one for one in chosen}.values())
        minor = draw(st.sampled_from([total, total - 500, total + 500])) if chosen else 0
        text = " ".join(
            [
                *(one.number for one in chosen[: draw(st.integers(0, 4))]),
                draw(st.sampled_from(WORDS)),
            ]
        )
        found.append(
            payment(
                minor if minor > 0 else draw(minors),
                text.strip(),
                payment_id=f"P{place}",
                booked_on=DAY + timedelta(days=draw(st.integers(0, 6))),
                payer_iban=draw(st.sampled_from([IBAN, IBAN, "DE89370400440532013000", ""])),
                payer_name=draw(st.sampled_from(["ROSSI ALIMENTARI", "SCHULZ LEBENSM.", "?"])),
                currency=draw(st.sampled_from(["EUR", "EUR", "USD"])),
            )
        )
    return found


@st.composite
def worlds(draw):
    ledger = draw(items())
    paid = draw(payments(ledger))
    advices = [
        Remittance(
            f"RA{place}",
            "Rossi Alimentari",
            IBAN,
            DAY,
            "EUR",
            draw(st.sampled_from(paid)).amount_minor,
            tuple(
                RemittanceLine(one.number, one.open_minor, 0, 0, "", one.open_minor)
                for one in draw(st.lists(st.sampled_from(ledger), max_size=3))
            )
            if ledger
            else (),
        )
        for place in range(draw(st.integers(0, 2)))
    ]
    return ledger, paid, advices


def money_of(found: Match) -> int:
    return sum(a.applied_minor for a in found.allocations) + found.on_account_minor


class TestMatchPayments:
    @settings(max_examples=300, deadline=None)
    @given(worlds())
    def test_every_cent_is_applied_or_on_account(self, world):
        ledger, paid, advices = world
        found = match_payments(paid, ledger, CUSTOMERS, advices)

        assert [one.payment_id for one in found] == [one.payment_id for one in paid]
        for one, answer in zip(paid, found, strict=True):
            assert money_of(answer) == one.amount_minor
            assert answer.on_account_minor >= 0
            for other in answer.alternatives:
                applied = sum(a.applied_minor for a in other.allocations)
                assert applied + other.on_account_minor == one.amount_minor

    @settings(max_examples=300, deadline=None)
    @given(worlds())
    def test_no_item_is_settled_beyond_what_is_open(self, world):
        ledger, paid, advices = world
        settled: dict[str, int] = defaultdict(int)
        for answer in match_payments(paid, ledger, CUSTOMERS, advices):
            for a in answer.allocations:
                settled[a.item_id] += a.applied_minor + a.discount_minor + a.writeoff_minor
            for deduction in answer.deductions:
                settled[deduction.item_id] += deduction.amount_minor
                assert deduction.amount_minor > 0

        for one in ledger:
            assert min(0, one.open_minor) <= settled[one.item_id] <= max(0, one.open_minor)

    @settings(max_examples=200, deadline=None)
    @given(worlds(), st.randoms(use_true_random=False))
    def test_the_order_of_rows_means_nothing(self, world, random):
        ledger, paid, advices = world
        straight = match_payments(paid, ledger, CUSTOMERS, advices)
        shuffled = [random.sample(part, len(part)) for part in (paid, ledger, CUSTOMERS, advices)]

        mixed = match_payments(*shuffled)

        assert {one.payment_id: one for one in mixed} == {one.payment_id: one for one in straight}

    @settings(max_examples=200, deadline=None)
    @given(worlds())
    def test_what_has_two_solutions_is_never_posted(self, world):
        ledger, paid, advices = world
        for answer in match_payments(paid, ledger, CUSTOMERS, advices):
            assert not (answer.status is Status.POSTED and answer.alternatives)

    @settings(max_examples=200, deadline=None)
    @given(worlds())
    def test_currencies_and_payer_groups_are_never_mixed(self, world):
        ledger, paid, advices = world
        by_id = {one.item_id: one for one in ledger}
        for one, answer in zip(paid, match_payments(paid, ledger, CUSTOMERS, advices), strict=True):
            touched = [by_id[a.item_id] for a in answer.allocations]
            assert {entry.currency for entry in touched} <= {one.currency}
            assert len({entry.customer_id == "C3" for entry in touched}) <= 1

    @settings(max_examples=100, deadline=None)
    @given(minor=minors, count=st.integers(2, 5))
    def test_equal_items_are_never_chosen_between(self, minor, count):
        ledger = [item(f"I{place}", minor, NUMBERS[place]) for place in range(count)]

        answer = match_payments([payment(minor)], ledger, [customer()])[0]

        assert answer.status is Status.PROPOSED
        assert answer.alternatives
