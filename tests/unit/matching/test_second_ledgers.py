"""The engine against ledgers made without knowing it. Speed is measured in tests/bench."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.world.second_ledgers.book import Book
from tests.world.second_ledgers.score import Score, score
from tests.world.second_ledgers.worlds import make_trade_ledger, make_utility_ledger, write_files

from concilia.interfaces.cli import main


def answered(book: Book, folder: Path) -> Score:
    files = write_files(book, folder)
    out = folder / "out.jsonl"
    words = [f"--{name.replace('_', '-')}={path}" for name, path in files.items()]
    assert main(["match", f"--out={out}", *words]) == 0
    return score(book, map(json.loads, out.read_text().splitlines()))


# Each seed has another manner of numbering documents.
@pytest.fixture(scope="module", params=[1, 2, 7, 9])
def traded(request, tmp_path_factory) -> Score:
    return answered(make_trade_ledger(request.param, 700), tmp_path_factory.mktemp("trade"))


@pytest.fixture(scope="module", params=[1, 2])
def supplied(request, tmp_path_factory) -> Score:
    book = make_utility_ledger(request.param, 800, homes=4000)
    return answered(book, tmp_path_factory.mktemp("utility"))


def mistakes(found: Score) -> list[str]:
    return [
        f"{each.payment.truth.behaviour}: {each.payment.text!r} {each.answer['explanation']}"
        for each in found.judged
        if each.is_posted and not each.is_right
    ]


class TestTrade:
    def test_most_of_what_can_be_known_is_posted(self, traded):
        assert traded.posted_rightly >= 0.97

    def test_nothing_is_posted_wrongly(self, traded):
        assert traded.wrong <= 0.001, mistakes(traded)

    def test_what_nobody_can_know_waits_for_a_person(self, traded):
        assert traded.unknowable_posted == 0, mistakes(traded)

    def test_short_payments_become_the_right_deductions(self, traded):
        assert traded.right_deductions >= 0.95
        assert traded.right_reasons >= 0.9
        assert traded.false_deductions <= 0.01

    def test_another_currency_is_shown_to_a_person(self, traded):
        counts = traded.per_behaviour["other currency"]

        assert counts["proposed, right"] == counts["all"]


class TestUtility:
    def test_most_of_what_can_be_known_is_posted(self, supplied):
        assert supplied.posted_rightly >= 0.98

    def test_nothing_is_posted_wrongly(self, supplied):
        assert supplied.wrong <= 0.001, mistakes(supplied)

    def test_what_nobody_can_know_waits_for_a_person(self, supplied):
        assert supplied.unknowable_posted == 0, mistakes(supplied)
        assert supplied.false_deductions <= 0.01


class TestLedgers:
    def test_one_seed_makes_one_ledger(self, tmp_path):
        for folder in ("first", "second"):
            (tmp_path / folder).mkdir()
            write_files(make_trade_ledger(3, 60), tmp_path / folder)
        for file in (tmp_path / "first").iterdir():
            assert file.read_text() == (tmp_path / "second" / file.name).read_text()

    @pytest.mark.parametrize("make", [make_trade_ledger, make_utility_ledger])
    def test_the_truth_spends_every_payment_and_no_item_twice(self, make):
        book = make(5, 400)
        left = {item.id: item.open for item in book.items}
        for payment in book.payments:
            truth = payment.truth
            if truth.verdict != "knowable":
                continue
            assert sum(truth.applied.values()) + truth.on_account == payment.amount
            for item, applied in truth.applied.items():
                kept = truth.discounts.get(item, 0)
                kept += sum(lack.amount for lack in truth.lacks if lack.item == item)
                left[item] -= applied + kept
                assert left[item] == 0 or (left[item] > 0) == (applied > 0)
