from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.money import Money
from concilia.ledger.core.entries import EntryRefused
from concilia.ledger.core.vat import (
    VatRoom,
    VatShare,
    split_by_rate,
    split_gross,
    split_over_invoice,
)

rates = st.sampled_from([0, 210, 400, 550, 1000, 2000, 2100, 2200])


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


@st.composite
def rooms(draw) -> list[VatRoom]:
    found = []
    for rate in draw(st.lists(rates, min_size=1, max_size=4, unique=True)):
        gross = draw(st.integers(0, 10**7))
        computed = split_gross(euros(gross), rate).vat_minor
        # An invoice that rounds line by line may be some cents away from the formula.
        vat = min(max(computed + draw(st.integers(-3, 3)), 0), gross)
        found.append(VatRoom(vat_bp=rate, gross_minor=gross, vat_minor=vat))
    return found


class TestSplitGross:
    @pytest.mark.parametrize(
        ("gross", "rate", "net", "vat"),
        [
            (12200, 2200, 10000, 2200),
            (10000, 2200, 8197, 1803),
            (4840, 2100, 4000, 840),
            (-12200, 2200, -10000, -2200),
            (500, 0, 500, 0),
        ],
    )
    def test_follows_the_vectors(self, gross, rate, net, vat):
        assert split_gross(euros(gross), rate) == VatShare(
            vat_bp=rate, net_minor=net, vat_minor=vat
        )

    @given(gross=st.integers(-(10**12), 10**12), rate=rates)
    def test_net_and_vat_make_the_gross(self, gross, rate):
        assert split_gross(euros(gross), rate).gross_minor == gross


class TestSplitOverInvoice:
    def test_follows_the_weight_of_each_rate(self):
        shares = split_over_invoice(
            euros(6100),
            [
                VatRoom(vat_bp=2200, gross_minor=12200, vat_minor=2200),
                VatRoom(vat_bp=1000, gross_minor=12200, vat_minor=1109),
            ],
        )

        assert [(share.vat_bp, share.gross_minor, share.vat_minor) for share in shares] == [
            (2200, 3050, 550),
            (1000, 3050, 277),
        ]

    @given(invoice=rooms(), data=st.data())
    def test_many_credits_end_at_exactly_the_invoice(self, invoice, data):
        left = {room.vat_bp: room for room in invoice}
        for _ in range(6):
            total = sum(room.gross_minor for room in left.values())
            gross = data.draw(st.integers(0, total))
            left = self.credit(left, gross)
        left = self.credit(left, sum(room.gross_minor for room in left.values()))

        assert all((room.gross_minor, room.vat_minor) == (0, 0) for room in left.values())

    def credit(self, left: dict[int, VatRoom], gross: int) -> dict[int, VatRoom]:
        shares = split_over_invoice(euros(gross), list(left.values()))
        assert sum(share.gross_minor for share in shares) == gross
        rest = dict(left)
        for share in shares:
            assert share.net_minor >= 0
            assert share.vat_minor >= 0
            room = left[share.vat_bp]
            # VatRoom refuses what is impossible: less than no gross, less than no VAT.
            rest[share.vat_bp] = VatRoom(
                vat_bp=room.vat_bp,
                gross_minor=room.gross_minor - share.gross_minor,
                vat_minor=room.vat_minor - share.vat_minor,
            )
        return rest

    def test_refuses_more_than_is_left(self):
        with pytest.raises(EntryRefused):
            split_over_invoice(euros(101), [VatRoom(vat_bp=2200, gross_minor=100, vat_minor=18)])

    def test_of_nothing_is_nothing(self):
        assert split_over_invoice(euros(0), []) == ()


PENNE = VatRoom(vat_bp=400, gross_minor=224_640, vat_minor=8_640)
BISCUITS = VatRoom(vat_bp=1000, gross_minor=148_500, vat_minor=13_500)


def split(*parts: tuple[int, int | None]) -> list[tuple[int, int, int]]:
    asked = [(euros(minor), vat_bp) for minor, vat_bp in parts]
    shares = split_by_rate(asked, [PENNE, BISCUITS])
    return [(share.vat_bp, share.net_minor, share.vat_minor) for share in shares]


class TestSplitByRate:
    def test_goods_are_credited_at_the_rate_they_were_billed_at(self):
        assert split((17_971, 400)) == [(400, 17_280, 691)]

    def test_what_has_no_rate_of_its_own_goes_over_the_invoice(self):
        both = split_over_invoice(euros(5_000), [PENNE, BISCUITS])
        assert split((5_000, None)) == [(s.vat_bp, s.net_minor, s.vat_minor) for s in both]

    def test_several_of_one_rate_are_one_share(self):
        assert split((10_400, 400), (2_080, 400)) == [(400, 12_000, 480)]

    def test_what_a_rate_has_no_room_for_goes_to_the_others(self):
        assert split((PENNE.gross_minor + 11_000, 400)) == [
            (400, 216_000, 8_640),
            (1000, 10_000, 1_000),
        ]

    @given(invoice=rooms(), data=st.data())
    def test_the_whole_invoice_ends_at_its_vat(self, invoice, data):
        parts, left = [], {room.vat_bp: room.gross_minor for room in invoice}
        for vat_bp, gross in left.items():
            known = data.draw(st.integers(0, gross))
            parts += [(euros(known), vat_bp), (euros(gross - known), None)]

        shares = split_by_rate(parts, invoice)

        assert sum(share.vat_minor for share in shares) == sum(room.vat_minor for room in invoice)
        assert {share.vat_bp: share.gross_minor for share in shares} == {
            vat_bp: gross for vat_bp, gross in left.items() if gross
        }
