"""The rules of domain.md §6.3 and §6.5, through the one function that `cash` calls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.world.small_ledgers import DAY, customer, item, payment

from concilia.matching.engine import match_payments
from concilia.matching.explanations import render
from concilia.matching.policy import Policy
from concilia.matching.records import Deduction, Match, PayerHabit, Payment, RemittanceLine, Status

INVOICE = item("A", 122_000, "FT2026/001234")
FIVE = [
    item(name, minor)
    for name, minor in zip("ABCDE", [120_000, 87_550, 45_025, 33_010, 12_000], strict=True)
]


def match(one: Payment, items, customers=None, remittances=(), **policy) -> Match:
    found = match_payments([one], items, customers or [customer()], remittances, Policy(**policy))
    return found[0]


def applied(found: Match) -> dict[str, int]:
    return {allocation.item_id: allocation.applied_minor for allocation in found.allocations}


class TestNamedDocuments:
    def test_a_structured_reference_is_certain(self):
        items = [INVOICE._replace(structured_reference="RF18539007547034"), item("B", 122_000)]

        found = match(payment(122_000, structured_reference="RF18 5390 0754 7034"), items)

        assert (found.rule, found.status, applied(found)) == ("M1", Status.POSTED, {"A": 122_000})

    def test_a_reference_with_wrong_check_digits_is_none(self):
        items = [INVOICE._replace(structured_reference="RF17539007547034"), item("B", 122_000)]

        found = match(payment(122_000, structured_reference="RF17539007547034"), items)

        assert found.rule != "M1"

    def test_our_own_end_to_end_reference(self):
        found = match(
            payment(122_000, end_to_end_id="FT2026/001234"), [INVOICE, item("B", 122_000)]
        )

        assert (found.rule, applied(found)) == ("M2", {"A": 122_000})

    def test_numbers_in_the_text(self):
        items = [INVOICE, item("B", 122_000, "FT2026/001240")]

        found = match(payment(122_000, "saldo ft 2026/1240"), items)

        assert (found.rule, found.status, applied(found)) == ("M4", Status.POSTED, {"B": 122_000})

    def test_an_order_number(self):
        items = [INVOICE._replace(order_number="4500012345"), item("B", 122_000)]

        found = match(payment(122_000, "PO 4500012345"), items)

        assert (found.rule, found.status, applied(found)) == ("M5", Status.POSTED, {"A": 122_000})

    def test_the_banks_structured_remittance(self):
        lines = (RemittanceLine("FT2026/001234", 122_000, 0, 12_200, "manca 1 collo", 109_800),)

        found = match(payment(109_800, lines=lines), [INVOICE])

        assert (found.rule, found.status) == ("M3", Status.POSTED)
        assert found.deductions == (Deduction("A", 12_200, "NC-01", "manca 1 collo"),)

    def test_another_customers_number_is_for_a_person(self):
        stranger = customer(customer_id="C2", name="Verdi", ibans=("IT11",))
        foreign = item("X", 50_000, "FT2026/007777", customer_id="C2")

        found = match(payment(50_000, "FT2026/007777"), [INVOICE, foreign], [customer(), stranger])

        assert found.status is Status.PROPOSED

    def test_an_unknown_payer_who_names_the_document_and_pays_it(self):
        found = match(
            payment(122_000, "FT2026/001234", payer_iban="", payer_name="Zia Pina"), [INVOICE]
        )

        assert (found.status, found.customer_id) == (Status.POSTED, "C1")

    def test_an_unknown_payer_who_pays_another_amount(self):
        found = match(
            payment(90_000, "FT2026/001234", payer_iban="", payer_name="Zia Pina"), [INVOICE]
        )

        assert found.status is Status.PROPOSED

    def test_currencies_never_meet(self):
        found = match(payment(122_000, currency="USD"), [INVOICE])

        assert (found.status, found.on_account_minor) == (Status.UNMATCHED, 122_000)

    def test_what_is_named_in_another_currency_is_shown_with_the_rate(self):
        found = match(payment(131_760, "FT2026/001234", currency="USD"), [INVOICE])

        assert (found.status, found.customer_id) == (Status.PROPOSED, "C1")
        assert (found.allocations, found.on_account_minor) == ((), 131_760)
        assert "FT2026/001234, where 1220.00 EUR are open" in render(found.explanation)
        assert "1.0800" in render(found.explanation)

    def test_what_was_settled_in_its_own_currency_is_not_shown_again(self):
        paid = [
            payment(122_000, "FT2026/001234"),
            payment(131_760, "FT2026/001234", payment_id="P2", currency="USD"),
        ]
        found = match_payments(paid, [INVOICE], [customer()])

        assert [one.status for one in found] == [Status.POSTED, Status.UNMATCHED]


class TestDifferences:
    def test_short_with_a_reason(self):
        found = match(payment(109_800, "FT 2026/1234 manca 1 collo"), [INVOICE])  # TV-6.6

        assert (found.status, applied(found)) == (Status.POSTED, {"A": 109_800})
        assert found.deductions == (Deduction("A", 12_200, "NC-01", "MANCA"),)

    def test_short_without_a_reason(self):
        found = match(payment(109_800, "FT 2026/1234"), [INVOICE])

        assert found.deductions == (Deduction("A", 12_200, "FI-16", ""),)

    @pytest.mark.parametrize(
        ("day", "discount", "deductions"),
        [(9, 4_840, ()), (20, 0, (Deduction("A", 4_840, "FI-02", ""),))],
    )
    def test_cash_discount_in_time_and_late(self, day, discount, deductions):  # TV-6.7
        issued = date(2026, 3, 1)
        terms = {"discount_bp": 200, "discount_until": issued + timedelta(days=10)}
        invoice = item("A", 242_000, "FV-2026-00412", issued_on=issued, **terms)
        on = issued + timedelta(days=day)

        found = match(payment(237_160, "FRA FV-2026-00412", booked_on=on, valued_on=on), [invoice])

        assert found.status is Status.POSTED
        assert found.allocations[0].applied_minor == 237_160
        assert found.allocations[0].discount_minor == discount
        assert found.deductions == deductions

    def test_a_few_cents(self):
        found = match(payment(121_950, "FT 2026/1234"), [INVOICE])  # TV-6.8

        assert found.allocations[0].writeoff_minor == 50
        assert found.allocations[0].writeoff_reason == "FI-05"

    def test_too_many_few_cents(self):
        items = [item(f"I{n}", 50_000, f"FT2026/00{n}") for n in range(4000, 4030)]
        payments = [payment(49_920, f"FT2026/00{n}", payment_id=f"P{n}") for n in range(4000, 4030)]

        found = match_payments(payments, items, [customer()])

        kept = sum(
            a.writeoff_minor for one in found if one.status == "posted" for a in one.allocations
        )
        assert kept <= Policy().small_difference_month_minor

    def test_too_much(self):
        found = match(payment(130_000, "FT 2026/1234"), [INVOICE])  # TV-6.9

        assert (found.status, applied(found)) == (Status.POSTED, {"A": 122_000})
        assert found.on_account_minor == 8_000

    def test_bank_charges_from_abroad(self):
        abroad = customer(ibans=("US64SVBKUS6S3300958879",))

        found = match(
            payment(120_750, "FT 2026/1234", payer_iban="US64SVBKUS6S3300958879"),
            [INVOICE],
            [abroad],
            country="IT",
        )

        assert found.allocations[0].writeoff_reason == "FI-03"

    @pytest.mark.parametrize(("kept", "reason"), [(20_000, "FI-06"), (22_000, "FI-07")])
    def test_italian_withholding_and_split_vat(self, kept, reason):
        found = match(payment(122_000 - kept, "FT 2026/1234"), [INVOICE])

        assert found.deductions == (Deduction("A", kept, reason, ""),)

    def test_an_unnamed_credit_note_that_fits(self):
        items = [INVOICE, item("N", -5_500, "NC2026/000077")]

        found = match(payment(116_500, "FT 2026/1234"), items)

        assert (found.status, applied(found)) == (Status.POSTED, {"A": 122_000, "N": -5_500})

    def test_a_part_payment_opens_no_deduction(self):
        found = match(payment(60_000, "acconto FT 2026/1234"), [INVOICE])

        assert (found.status, applied(found), found.deductions) == ("posted", {"A": 60_000}, ())

    def test_two_parts_of_one_invoice(self):
        payments = [
            payment(100_000, "FT 2026/1234"),
            payment(22_000, "FT 2026/1234", payment_id="P2", booked_on=DAY + timedelta(days=9)),
        ]

        found = match_payments(payments, [INVOICE], [customer()])

        assert [one.status for one in found] == ["posted", "posted"]
        assert not any(one.deductions for one in found)

    def test_whose_reason_it_is_where_several_are_named(self):
        items = [INVOICE, item("B", 50_000, "FT2026/001235")]

        told = match(payment(160_000, "FT2026/001234 -120,00 manca 1 collo, FT2026/001235"), items)
        untold = match(payment(160_000, "FT2026/001234 FT2026/001235 manca 1 collo"), items)

        assert (told.status, told.deductions[0].item_id) == (Status.POSTED, "A")
        assert untold.status is Status.PROPOSED

    def test_customers_own_codes(self):
        found = match(
            payment(109_800, "FT 2026/1234 D24"), [INVOICE], reason_codes={"D24": "NC-08"}
        )

        assert found.deductions[0].reason == "NC-08"


class TestAmountsAlone:
    @pytest.mark.parametrize(
        ("minor", "items"),
        [(132_575, "BC"), (153_010, "AD"), (165_025, "AC"), (207_550, "AB")],
    )
    def test_the_only_combination(self, minor, items):  # TV-6.4
        found = match(payment(minor), FIVE)

        assert (found.rule, found.status, set(applied(found))) == ("M8", "posted", set(items))

    def test_two_combinations(self):  # TV-6.5
        items = [item("A", 10_000), item("B", 10_000), item("C", 5_000)]

        found = match(payment(15_000), items)

        assert found.status is Status.PROPOSED
        assert {a.item_id for a in found.alternatives[0].allocations} == {"B", "C"}

    def test_one_item_of_this_amount(self):
        found = match(payment(45_025), FIVE)

        assert (found.rule, found.status, applied(found)) == ("M6", "posted", {"C": 45_025})

    def test_two_items_of_this_amount(self):
        found = match(payment(45_025), [*FIVE, item("F", 45_025)])

        assert (found.status, len(found.alternatives)) == (Status.PROPOSED, 1)

    def test_one_item_or_two_others_together(self):
        found = match(payment(45_000), [item("A", 45_000), item("B", 30_000), item("C", 15_000)])

        assert found.status is Status.PROPOSED

    def test_an_item_less_its_discount(self):
        terms = {"discount_bp": 200, "discount_until": DAY}
        found = match(payment(98_000), [item("A", 100_000, **terms), item("B", 77_777)])

        assert (found.rule, found.status) == ("M7", Status.POSTED)
        assert found.allocations[0].discount_minor == 2_000

    def test_a_whole_statement_among_many_items(self):
        items = [
            item(f"I{n:03}", 10_007 + n * 1_311, due_on=date(2026, 1, 1) + timedelta(days=n // 3))
            for n in range(60)
        ]
        minor = sum(one.open_minor for one in items[:45])

        found = match(payment(minor, "saldo estratto conto"), items)

        assert (found.rule, found.status, len(found.allocations)) == ("M9", Status.POSTED, 45)

    def test_options_can_be_switched_off(self):
        assert match(payment(132_575), FIVE, post_subsets=False).status is Status.PROPOSED

    def test_the_oldest_are_only_proposed(self):
        items = [item(n, 10_000, due_on=date(2026, 1, d)) for d, n in enumerate("ABCDEFG", 1)]

        assert match(payment(30_000), items).status is Status.PROPOSED

    @pytest.mark.parametrize("change", [{"disputed_minor": 100}, {"hold": "insolvency"}])
    def test_contested_items_are_the_last_choice(self, change):
        contested = INVOICE._replace(**change)

        assert match(payment(122_000), [contested]).status is Status.PROPOSED
        both = match(payment(122_000), [contested, item("B", 122_000)])
        assert applied(both) == {"B": 122_000}

    def test_a_held_item_is_never_posted_even_if_named(self):
        found = match(payment(122_000, "FT2026/001234"), [INVOICE._replace(hold="factor")])

        assert found.status is Status.PROPOSED

    def test_an_invoice_of_the_future_is_not_meant(self):
        found = match(payment(122_000), [INVOICE._replace(issued_on=DAY + timedelta(days=5))])

        assert found.status is Status.UNMATCHED

    def test_a_number_that_is_not_open_stops_the_arithmetic(self):
        found = match(payment(122_000, "FT2026/009999"), [INVOICE])

        assert found.status is Status.PROPOSED
        assert "9999" in render(found.explanation)

    def test_a_name_alike_is_for_a_person(self):
        found = match(payment(122_000, payer_iban="", payer_name="ROSI ALIMENTARI"), [INVOICE])

        assert (found.rule, found.status) == ("M11", Status.PROPOSED)

    def test_nobody(self):
        found = match(payment(122_000, payer_iban="", payer_name="Qwertz Holding"), [INVOICE])

        assert (found.rule, found.status, found.customer_id) == ("M13", Status.UNMATCHED, None)
        assert found.on_account_minor == 122_000


class TestWhatIsKnownBesides:
    def test_what_is_disputed_already_is_not_deducted_again(self):
        disputed = INVOICE._replace(disputed_minor=22_000)

        found = match(payment(100_000, "FT 2026/1234"), [disputed])

        assert (found.status, applied(found), found.deductions) == ("posted", {"A": 100_000}, ())

    def test_a_reference_that_is_not_open_stops_the_arithmetic(self):
        found = match(payment(122_000, structured_reference="RF18539007547034"), [INVOICE])

        assert found.status is Status.PROPOSED

    def test_leading_zeros_of_a_reference_do_not_matter(self):
        items = [INVOICE._replace(structured_reference="000000123456789"), item("B", 122_000)]

        found = match(payment(122_000, structured_reference="123456789"), items)

        assert (found.rule, applied(found)) == ("M1", {"A": 122_000})

    def test_a_number_where_only_the_end_to_end_reference_has_one(self):
        items = [INVOICE, item("B", 122_000, "FT2026/001240")]

        found = match(payment(122_000, end_to_end_id="2026001240"), items)

        assert (found.status, applied(found)) == (Status.POSTED, {"B": 122_000})

    @pytest.mark.parametrize(
        ("confirmations", "status"), [(49, Status.PROPOSED), (50, Status.POSTED)]
    )
    def test_a_habit_that_people_confirmed_often(self, confirmations, status):
        items = [item(n, 10_000, due_on=date(2026, 1, d)) for d, n in enumerate("ABCDEFG", 1)]
        habit = PayerHabit("C1", "oldest", confirmations, 9_900)

        found = match_payments([payment(30_000)], items, [customer()], lessons=[habit])[0]

        assert found.status is status
        if status is Status.POSTED:
            assert (found.rule, set(applied(found))) == ("M12", set("ABC"))

    def test_a_payer_who_rounds(self):
        habit = PayerHabit("C1", "rounds", 80, 9_900)

        found = match_payments(
            [payment(121_900)], [item("A", 121_950)], [customer()], lessons=[habit]
        )[0]

        assert (found.rule, found.status) == ("M12", Status.POSTED)
        assert found.allocations[0].writeoff_minor == 50


class TestGroups:
    def test_a_centre_pays_for_its_members_only(self):
        centre = customer(payer_group="G")
        member = customer(customer_id="C2", name="Markt", payer_group="G", ibans=())
        outside = customer(customer_id="C3", name="Fremd", ibans=())
        items = [
            item("A", 10_000, "FT2026/001234"),
            item("B", 20_000, "FT2026/001235", customer_id="C2"),
            item("X", 20_000, "FT2026/001236", customer_id="C3"),
        ]

        found = match(
            payment(30_000, "FT2026/001234 FT2026/001235"), items, [centre, member, outside]
        )

        assert applied(found) == {"A": 10_000, "B": 20_000}
        assert found.customer_id == "C1"


class TestSeveralDifferences:
    """Discount in time, discount too late and a shortage in one payment (mock-up of the bank)."""

    WORDS = "RE 1673 1706 U 1717 ABZGL 2% SKONTO UND BELASTUNG 4471 FEHLM"

    def items(self, *amounts: int):
        found = []
        for name, number, amount, until in zip(
            "ABC", (1673, 1706, 1717), amounts, (-3, 4, 6), strict=True
        ):
            one = item(name, amount, f"FT2026/0{number}")
            found.append(one._replace(discount_bp=200, discount_until=DAY + timedelta(until)))
        return found

    def test_each_is_told_apart_and_a_person_confirms(self):
        found = match(payment(1_486_165, self.WORDS), self.items(618_000, 408_250, 520_000))

        assert found.status is Status.PROPOSED
        assert applied(found) == {"A": 605_640, "B": 400_085, "C": 480_440}
        assert {one.item_id: one.discount_minor for one in found.allocations} == {
            "A": 0,
            "B": 8_165,
            "C": 10_400,
        }
        assert {(one.item_id, one.amount_minor, one.reason) for one in found.deductions} == {
            ("A", 12_360, "FI-02"),
            ("C", 29_160, "NC-01"),
        }
        said = render(found.explanation, "en")
        for amount in ("185.65 EUR in time", "123.60 EUR after its date", "291.60 EUR kept"):
            assert amount in said

    def test_words_of_discount_alone_split_nothing(self):
        words = self.WORDS.partition(" UND")[0]
        found = match(payment(1_486_165, words), self.items(618_000, 408_250, 520_000))

        assert [(one.amount_minor, one.reason) for one in found.deductions] == [(60_085, "FI-02")]

    def test_where_no_item_can_hold_the_rest_nothing_is_split(self):
        late = [one._replace(discount_until=DAY - timedelta(3)) for one in self.items(1, 1, 1)]
        items = [
            one._replace(original_minor=amount, open_minor=amount)
            for one, amount in zip(late, (618_000, 408_250, 520_000), strict=True)
        ]

        found = match(payment(1_486_165, self.WORDS), items)

        assert [one.reason for one in found.deductions] == ["FI-02"]
