"""What the cash desk takes of a bank's file, and what it leaves out and says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cash.core.statements import EntryUnreadable, drafts_from, minor_of
from concilia.documents.core.banking import (
    Account,
    Adjustment,
    Balance,
    BankEntry,
    Party,
    ReferredDocument,
    Statement,
)

IBAN = "IT60X0542811101000000123456"


def an_entry(**changes: object) -> BankEntry:
    fields = {
        "sequence": 1,
        "amount": Decimal("1098.00"),
        "currency": "EUR",
        "direction": "in",
        "status": "BOOK",
        "booking_date": "2026-11-19",
        "value_date": "2026-11-18",
        "bank_reference": "B-1",
        "counterparty": Party(name="Frischmarkt Nord eG", iban="DE89370400440532013000"),
        "remittance_text": ("RE 3201",),
    }
    return BankEntry(**fields | changes)


def an_account(*entries: BankEntry, **changes: object) -> Account:
    fields = {
        "identification": IBAN,
        "iban": IBAN,
        "currency": "EUR",
        "owner": "Molino Aurora S.r.l.",
        "statement_id": "EC123456261119",
        "balances": (
            Balance("OPBD", Decimal("10.00"), "EUR", "2026-11-18"),
            Balance("CLBD", Decimal("1108.00"), "EUR", "2026-11-19"),
        ),
    }
    return Account(**fields | changes, entries=entries)


def draft(*entries: BankEntry, **changes: object):
    [found] = drafts_from(Statement("MSG-1", (an_account(*entries, **changes),)))
    return found


def taken(**changes: object):
    [entry] = draft(an_entry(**changes)).entries
    return entry


class TestDraftsFrom:
    def test_takes_account_balances_and_day(self):
        found = draft(an_entry())

        assert (found.iban, found.identification) == (IBAN, "EC123456261119")
        assert (found.opening_minor, found.closing_minor) == (1_000, 110_800)
        assert found.statement_date == date(2026, 11, 19)

    def test_takes_money_that_came(self):
        entry = taken(end_to_end_id="E2E", charges=Decimal("1.50"))

        assert entry.amount_minor == 109_800
        assert (entry.booking_date, entry.value_date) == (date(2026, 11, 19), date(2026, 11, 18))
        assert (entry.payer_name, entry.payer_iban) == (
            "Frischmarkt Nord eG",
            "DE89370400440532013000",
        )
        assert (entry.key, entry.end_to_end_id, entry.charges_minor) == ("B-1", "E2E", 150)
        assert not entry.is_return

    @pytest.mark.parametrize(
        "mark",
        [
            {"reversal": True},
            {"return_reason": "AC04"},
            {"transaction_code": "PMNT/IDDT/UPDD"},
        ],
    )
    def test_takes_money_the_bank_took_back(self, mark):
        entry = taken(direction="out", return_text="account closed", **mark)

        assert entry.is_return
        assert entry.amount_minor == 109_800
        assert "account closed" in entry.text

    def test_leaves_out_what_we_paid_and_what_is_not_booked(self):
        found = draft(an_entry(direction="out"), an_entry(status="PDNG"))

        assert (list(found.entries), list(found.left_out)) == ([], [])

    def test_money_that_came_back_to_us_is_money_that_came(self):
        assert not taken(direction="in", return_reason="AC04").is_return

    def test_names_what_it_cannot_read_and_takes_the_rest(self):
        found = draft(
            an_entry(amount=Decimal("1.234")),
            an_entry(bank_reference=None, currency="???"),
            an_entry(booking_date="soon", value_date=None),
            an_entry(amount=Decimal(0)),
            an_entry(),
        )

        assert len(found.entries) == 1
        assert list(found.left_out) == [
            "Entry 1 (B-1): 1.234 has more decimals than EUR has.",
            "Entry 2 (no reference): '???' is no currency.",
            "Entry 3 (B-1): it has no date.",
            "Entry 4 (B-1): its amount is zero.",
        ]

    def test_transactions_of_one_entry_have_keys_of_their_own(self):
        keys = [one.key for one in draft(an_entry(), an_entry(sequence=2)).entries]

        assert keys == ["B-1", "B-1/2"]

    def test_structured_remittance_becomes_lines(self):
        documents = (
            ReferredDocument(
                "CINV",
                "FT-2026/03201",
                due=Decimal("1220.00"),
                discount=Decimal("24.40"),
                remitted=Decimal("1073.60"),
                currency="EUR",
                adjustments=(Adjustment(Decimal("122.00"), "EUR", "01", "manca 1 collo"),),
            ),
            ReferredDocument("CREN", "NC-2026/0231", remitted=Decimal("148.80")),
            ReferredDocument("CINV", "OTHER", due=Decimal(5), currency="USD"),
        )

        lines = taken(documents=documents).remittance

        assert lines == [
            {
                "number": "FT-2026/03201",
                "gross": "1220.00",
                "discount": "24.40",
                "deduction": "122.00",
                "reason_text": "manca 1 collo 01",
                "net": "1073.60",
            },
            {
                "number": "NC-2026/0231",
                "gross": None,
                "discount": None,
                "deduction": None,
                "reason_text": "",
                "net": "-148.80",
            },
        ]

    def test_the_first_creditor_reference_counts_and_the_others_can_be_read(self):
        entry = taken(creditor_references=("RF18539007547034", "RF741"))

        assert entry.structured_reference == "RF18539007547034"
        assert "RF741" in entry.text

    def test_two_accounts_of_one_file_are_two_drafts_with_names_of_their_own(self):
        one, two = (an_account(an_entry(), statement_id=None) for _ in range(2))

        names = [each.identification for each in drafts_from(Statement("MSG-1", (one, two)))]

        assert names == ["MSG-1/1", "MSG-1/2"]

    def test_long_names_that_begin_alike_stay_two(self):
        names = {draft(an_entry(), statement_id="S" * 70 + end).identification for end in "ab"}

        assert len(names) == 2
        assert max(map(len, names)) <= 60

    def test_a_statement_without_any_date_is_left_out(self):
        account = an_account(balances=(), created=None)

        assert drafts_from(Statement("MSG-1", (account,))) == []


class TestMinorOf:
    @given(st.integers(0, 10**17), st.sampled_from([("EUR", 2), ("JPY", 0), ("KWD", 3)]))
    def test_is_exact(self, minor, currency):
        code, exponent = currency

        assert minor_of(Decimal(minor).scaleb(-exponent), code) == minor

    def test_trailing_zeros_are_no_decimals(self):
        assert minor_of(Decimal("8.85000"), "EUR") == 885

    def test_refuses_what_no_account_can_hold(self):
        with pytest.raises(EntryUnreadable, match="larger"):
            minor_of(Decimal("1e17"), "EUR")
