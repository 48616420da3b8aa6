from __future__ import annotations

from decimal import Decimal

import pytest

from concilia.dunning.core.settlement import (
    Prospect,
    discount_max,
    expected_value,
    is_worth_taking,
)
from concilia.kernel.money import Money


def a_prospect(**changes) -> Prospect:
    fields = {
        "claim": Money(200_000, "EUR"),
        "probability": Decimal("0.45"),
        "rate": Decimal(8),
        "years": Decimal("1.5"),
        "cost": Money(18_000, "EUR"),
    }
    return Prospect(**fields | changes)


class TestSettlement:
    def test_is_worth_what_going_on_promises(self):  # TV-3.8
        assert expected_value(a_prospect()) == Money(62_188, "EUR")
        assert discount_max(a_prospect()) == Decimal("68.91")

    def test_takes_an_offer_that_is_as_good(self):
        assert is_worth_taking(Money(62_188, "EUR"), a_prospect())
        assert not is_worth_taking(Money(62_187, "EUR"), a_prospect())

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"probability": Decimal("1.1")}, "probability between 0 and 1"),
            ({"claim": Money(0, "EUR")}, "claim above zero"),
            ({"years": Decimal(-1)}, "cannot be discounted"),
            ({"rate": Decimal(-100)}, "cannot be discounted"),
        ],
    )
    def test_refuses_a_prospect_that_cannot_be(self, changes, why):
        with pytest.raises(ValueError, match=why):
            a_prospect(**changes)
