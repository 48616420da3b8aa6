from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.claims.core.amounts import (
    AmountsDisagree,
    ClaimBuckets,
    ItemBuckets,
    add_claims,
    allocate,
    price_of,
    require_parts,
)

cents = st.integers(0, 10**9)


class TestClaimBuckets:
    @given(cents, cents, cents)
    def test_deciding_keeps_every_cent(self, approved, denied, rest):
        fresh = ClaimBuckets.fresh(approved + denied + rest, "EUR")

        decided = fresh.decide(approved=approved, denied=denied)

        assert decided.approved + decided.denied + decided.undecided == fresh.claimed
        assert decided.undecided == rest

    def test_cannot_be_built_with_a_cent_missing(self):
        with pytest.raises(AmountsDisagree, match="make 99"):
            ClaimBuckets(100, 50, 30, 19, "EUR")

    @pytest.mark.parametrize(("approved", "denied"), [(101, 0), (60, 41), (-1, 0), (0, -1)])
    def test_refuses_to_decide_more_than_is_open_or_backwards(self, approved, denied):
        with pytest.raises(AmountsDisagree):
            ClaimBuckets.fresh(100, "EUR").decide(approved=approved, denied=denied)

    def test_lines_add_up_to_the_claim(self):
        lines = [ClaimBuckets(25_920, 17_280, 8_640, 0, "EUR"), ClaimBuckets.fresh(100, "EUR")]

        assert add_claims(lines) == ClaimBuckets(26_020, 17_280, 8_640, 100, "EUR")

    def test_currencies_never_mix(self):
        with pytest.raises(AmountsDisagree, match=r"EUR.*GBP"):
            add_claims([ClaimBuckets.fresh(1, "EUR"), ClaimBuckets.fresh(1, "GBP")])

    def test_nothing_has_no_currency(self):
        with pytest.raises(AmountsDisagree, match="no currency"):
            add_claims([])


class TestItemBuckets:
    def test_frischmarkts_invoice(self):
        invoice = ItemBuckets.fresh(894_600, "EUR").settle(paid=822_960).settle(credited=55_080)

        assert invoice == ItemBuckets(894_600, 16_560, 822_960, 55_080, 0, 0, "EUR")

    @given(st.sampled_from([1, -1]), st.lists(cents, min_size=5, max_size=5))
    def test_settling_keeps_every_cent_of_debits_and_credits(self, sign, parts):
        paid, credited, cleared, written_off, rest = (sign * part for part in parts)
        fresh = ItemBuckets.fresh(paid + credited + cleared + written_off + rest, "EUR")

        item = fresh.settle(paid=paid, credited=credited, cleared=cleared, written_off=written_off)

        assert item.open == rest
        assert item.settle(paid=-paid).open == rest + paid

    def test_never_crosses_zero(self):
        with pytest.raises(AmountsDisagree, match="other sign"):
            ItemBuckets.fresh(100, "EUR").settle(paid=101)
        with pytest.raises(AmountsDisagree, match="other sign"):
            ItemBuckets.fresh(-100, "EUR").settle(credited=-101)


class TestParts:
    def test_a_split_claim_is_still_the_same(self):
        require_parts(71_640, [25_920, 37_800, 7_920])
        require_parts(-100, [-40, -60])

    @pytest.mark.parametrize("parts", [[50, 49], [100, 0], [110, -10]])
    def test_a_cent_lost_or_made_up_is_refused(self, parts):
        with pytest.raises(AmountsDisagree):
            require_parts(100, parts)


class TestAllocate:
    @given(st.lists(cents, min_size=1, max_size=20), st.data())
    def test_spreads_to_the_cent_and_no_line_beyond_its_claim(self, claimed, data):
        amount = data.draw(st.integers(0, sum(claimed)))

        shares = allocate(amount, claimed, "EUR")

        assert sum(shares) == amount
        assert all(0 <= share <= most for share, most in zip(shares, claimed, strict=True))
        total = sum(claimed) or 1
        assert all(
            abs(Fraction(amount * most, total) - share) < 1
            for share, most in zip(shares, claimed, strict=True)
        )

    def test_more_than_claimed_cannot_be_spread(self):
        with pytest.raises(AmountsDisagree):
            allocate(101, [50, 50], "EUR")


class TestPrice:
    @pytest.mark.parametrize(
        ("quantity", "price", "currency", "vat_bp", "minor"),
        [
            ("8", "21.60", "EUR", 0, 17_280),
            ("12", "21.60", "EUR", 0, 25_920),
            ("8", "21.60", "EUR", 2_200, 21_082),
            ("3", "1.05", "EUR", 2_200, 384),
            ("2.5", "0.0333", "EUR", 0, 8),
            ("0.5", "0.01", "EUR", 0, 1),
            ("3", "100", "JPY", 1_000, 330),
            ("1", "1.2345", "KWD", 0, 1_235),
        ],
    )
    def test_is_rounded_once_half_up(self, quantity, price, currency, vat_bp, minor):
        assert price_of(Decimal(quantity), Decimal(price), currency, vat_bp=vat_bp) == minor
