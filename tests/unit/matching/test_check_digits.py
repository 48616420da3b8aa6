from __future__ import annotations

import pytest
from tests.world.small_ledgers import IBAN, customer, item, payment

from concilia.matching.check_digits import common_schemes, schemes_of
from concilia.matching.engine import match_payments
from concilia.matching.records import Match, Status


class TestSchemes:
    @pytest.mark.parametrize(
        ("reference", "scheme"),
        [
            ("RF18539007547034", "iso11649"),  # TV-6.1
            ("090933755493", "belgian"),
            ("1232", "finnish"),
            ("210000000003139471430009017", "swiss"),
            ("79927398713", "luhn"),
        ],
    )
    def test_each_country_has_its_own(self, reference, scheme):
        assert scheme in schemes_of(reference)

    @pytest.mark.parametrize("reference", ["RF17539007547034", "12", "AB1234", ""])
    def test_neither_wrong_nor_short_ones_have_any(self, reference):
        assert schemes_of(reference) == frozenset()

    def test_ours_is_what_all_have(self):
        assert common_schemes(["79927398713", "1232"]) <= {"luhn", "finnish"}
        assert common_schemes([]) == frozenset()


class TestMistypedReference:
    ITEMS = [
        item(name, minor, structured_reference=reference)
        for name, minor, reference in [
            ("A", 4_510, "RF18539007547034"),
            ("B", 4_620, "RF27INV2025001234"),
            ("C", 4_730, "RF741"),
            ("D", 4_840, "RF332348236"),
            ("E", 4_950, "RF712348231"),
        ]
    ]

    def match(self, amount: int, reference: str, **changes) -> Match:
        one = payment(amount, structured_reference=reference, **changes)
        return match_payments([one], self.ITEMS, [customer()])[0]

    def test_one_wrong_digit_is_forgiven_where_the_sum_agrees(self):
        found = self.match(4_510, "RF18539007547035")

        assert (found.rule, found.status) == ("M1", Status.POSTED)
        assert found.allocations[0].item_id == "A"

    def test_not_where_the_payer_is_unknown(self):
        stranger = {"payer_name": "Verdi", "payer_iban": ""}

        assert self.match(4_510, "RF18539007547035", **stranger).status is not Status.POSTED

    def test_a_whole_reference_that_is_not_open_was_settled_before(self):
        assert self.match(4_510, "RF45539007547033").status is not Status.POSTED

    def test_another_customers_reference_must_agree_to_the_cent(self):
        others = [customer(), customer(customer_id="C2", name="Verdi", ibans=("DE00",))]
        one = payment(2_000, structured_reference="RF18539007547034", payer_iban="DE00")
        found = match_payments([one], self.ITEMS, others)[0]

        assert (found.status, found.allocations[0].item_id) == (Status.PROPOSED, "A")
        assert IBAN != "DE00"
