"""The code of a transfer, the account to pay to, and the light check before a page opens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.epc import CodeRefused, epc_text, is_valid_iban
from concilia.dunning.core.light_check import (
    LINK_TRIES,
    Known,
    passes,
    tries_left,
    wait_until,
)
from concilia.dunning.core.pay_to import in_fours, pay_to
from concilia.kernel.money import Money

IBAN = "IT60 X054 2811 1010 0000 0123 456"
RF = "RF18539007547034"


def test_the_text_of_a_code_is_that_of_the_scheme():
    text = epc_text(
        name="Molino  Aurora S.r.l.", iban=IBAN, amount=Money(109_800, "EUR"), reference=RF
    )
    assert text == (
        "BCD\n002\n1\nSCT\n\nMolino Aurora S.r.l.\nIT60X0542811101000000123456\nEUR1098.00\n\n"
        "RF18539007547034"
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": Money(109_800, "GBP")},
        {"amount": Money(0, "EUR")},
        {"amount": Money(100_000_000_000, "EUR")},
        {"iban": "IT61X0542811101000000123456"},
        {"reference": "RF19539007547034"},
        {"name": "  "},
        {"bic": "ABC"},
    ],
)
def test_what_no_bank_would_read_is_refused(changed):
    fields = {"name": "Aurora", "iban": IBAN, "amount": Money(1, "EUR"), "reference": RF}
    with pytest.raises(CodeRefused):
        epc_text(**fields | changed)


@given(st.integers(1, 99_999_999_999), st.text(min_size=1, max_size=200))
def test_every_amount_is_in_the_code_to_the_cent(minor, name):
    try:
        text = epc_text(name=name, iban=IBAN, amount=Money(minor, "EUR"), reference=RF)
    except CodeRefused:
        return
    lines = text.split("\n")
    assert len(lines) == 10
    assert int(lines[7][3:].replace(".", "")) == minor
    assert len(text.encode()) <= 331


def test_an_iban_is_checked_as_a_whole():
    assert is_valid_iban(IBAN)
    assert not is_valid_iban("IT60X0542811101000000123457")
    assert not is_valid_iban("")
    assert not is_valid_iban("Ⅷ" * 20)


def test_a_british_account_is_shown_as_people_there_type_it():
    ours = pay_to(None, currency="GBP", holder="Aurora Ltd", iban="GB33BUKB20201555555555")
    assert (ours.sort_code, ours.account_number) == ("20-20-15", "55555555")
    assert not ours.has_code


def test_what_the_company_sets_counts_before_what_its_statements_say():
    kept = {
        "USD": {"account_number": "0123456789", "routing_number": "021000021", "holder": "A Inc"}
    }
    ours = pay_to(kept, currency="USD", holder="Aurora", iban="IT60X0542811101000000123456")
    assert (ours.holder, ours.account_number, ours.routing_number) == (
        "A Inc",
        "0123456789",
        "021000021",
    )
    assert ours.iban == ""
    assert pay_to({"EUR": 5}, currency="EUR", holder="Aurora", iban=IBAN).has_code
    assert in_fours("RF18539007547034") == "RF18 5390 0754 7034"


KNOWN = Known(
    customer_number="C-00417",
    invoices=["FT-2026/03140", "FT-2026/03188"],
    amounts=[(122_000, 2), (64_050, 2), (5_000, 0)],
)


@pytest.mark.parametrize(
    "typed",
    ["C-00417", "c00417", "3140", " 3188 ", "FT-2026/03140", "ft 2026 03140", "1220,00",
     "1.220,00 €", "1,220.00", "1 220.00", "1220", "640.50", "640,50", "5.000", "5000"],
)  # fmt: skip
def test_what_stands_on_their_papers_opens_the_page(typed):
    assert passes(typed, KNOWN)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "00417",
        "0417",
        "417",
        "140",
        "03189",
        "640",
        "640,5",
        "1220,01",
        "C-",
        "€",
        "²²²²",
        "x" * 500,
    ],
)
def test_what_does_not_stand_there_opens_nothing(typed):
    assert not passes(typed, KNOWN)


def test_four_digits_are_no_answer_where_many_would_fit():
    many = Known(customer_number="1", invoices=[f"FT-{n:05d}" for n in range(13000, 13030)])
    assert not passes("3005", many)
    assert passes("FT-13005", many)
    assert not passes("1", many)


@given(st.text(max_size=80))
def test_whatever_is_typed_breaks_nothing(typed):
    assert passes(typed, KNOWN) in {True, False}


def test_after_five_tries_one_waits_an_hour_and_after_ten_a_day():
    at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    failed = [at - timedelta(minutes=n) for n in range(5)]
    assert wait_until(failed[:4], LINK_TRIES, at) is None
    assert tries_left(failed[:4], LINK_TRIES, at) == 1
    assert wait_until(failed, LINK_TRIES, at) == at - timedelta(minutes=4) + timedelta(hours=1)
    day = [at - timedelta(hours=2 * n) for n in range(10)]
    assert wait_until(day, LINK_TRIES, at) == at - timedelta(hours=18) + timedelta(days=1)
