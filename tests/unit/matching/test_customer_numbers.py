from __future__ import annotations

from datetime import date

import pytest
from tests.world.small_ledgers import item, payment

from concilia.matching.engine import match_payments
from concilia.matching.records import Customer, Match, Payment, Status

MOTHER = Customer("30031811", "Maria Rossi", ibans=("IT11X0000000000000000000001",))
DAUGHTER = Customer("30044327", "Anna Bianchi", ibans=("IT11X0000000000000000000002",))
BILL = item("M1", 4_500, "B1001", customer_id=MOTHER.customer_id)
OLDER = item("M2", 4_500, "B0901", customer_id=MOTHER.customer_id, issued_on=date(2026, 1, 1))
DAUGHTERS = item("D1", 4_500, "B1002", customer_id=DAUGHTER.customer_id)
STRANGER = {"payer_name": "Paolo Verdi", "payer_iban": "IT11X0000000000000000000009"}


def match(one: Payment, items=(BILL,)) -> Match:
    return match_payments([one], items, [MOTHER, DAUGHTER])[0]


class TestByCustomer:
    @pytest.mark.parametrize(
        "text",
        ["cod. cliente 30031811", "client n° 30031811", "Kd.-Nr. 30031811", "utenza 30031811"],
    )
    def test_whoever_pays_the_number_and_the_sum_tell_what_for(self, text):
        found = match(payment(4_500, text, **STRANGER))

        assert (found.rule, found.status, found.customer_id) == ("M5", Status.POSTED, "30031811")
        assert [one.item_id for one in found.allocations] == ["M1"]

    def test_another_sum_is_for_a_person(self):
        assert match(payment(4_600, "cliente 30031811", **STRANGER)).status is not Status.POSTED

    def test_a_number_that_nobody_calls_so_proves_nothing(self):
        assert match(payment(4_500, "tel 30031811", **STRANGER)).status is not Status.POSTED

    def test_of_two_equal_bills_a_person_chooses(self):
        found = match(payment(4_500, "cliente 30031811", **STRANGER), (BILL, OLDER))

        assert (found.status, len(found.alternatives)) == (Status.PROPOSED, 1)

    def test_of_two_equal_bills_the_month_tells(self):
        text = "cliente 30031811 febbraio 2026"
        found = match(payment(4_500, text, **STRANGER), (BILL, OLDER))

        assert (found.status, found.allocations[0].item_id) == (Status.POSTED, "M1")

    def test_all_that_the_customer_owes(self):
        found = match(payment(9_000, "cliente 30031811", **STRANGER), (BILL, OLDER))

        assert (found.rule, found.status, len(found.allocations)) == ("M5", Status.POSTED, 2)

    def test_a_customer_who_names_another_one_is_asked(self):
        daughter = {"payer_name": "Anna Bianchi", "payer_iban": DAUGHTER.ibans[0]}
        found = match(payment(4_500, "cliente 30031811", **daughter), (BILL, DAUGHTERS))

        assert found.status is Status.PROPOSED
