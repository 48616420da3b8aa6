"""The engine against ledgers whose truth is known. Speed is measured in tests/bench."""

from __future__ import annotations

import json

import pytest
from tests.world.ledger_score import Score, score
from tests.world.ledgers import make_world

from concilia.interfaces.cli import main


@pytest.fixture(scope="module", params=[11, 12, 13])
def counted(request, tmp_path_factory) -> Score:
    folder = tmp_path_factory.mktemp("world")
    world = make_world(seed=request.param, customers=700, items=7_000, payments=900)
    world.write(folder)
    words = ["match", "--out", str(folder / "out.jsonl")]
    for name in ("customers", "open_items", "payments", "remittances"):
        words += [f"--{name.replace('_', '-')}", str(folder / f"{name}.csv")]
    assert main(words) == 0
    answers = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    assert [answer["payment_id"] for answer in answers] == list(world.truths)
    return score(world.truths, answers)


class TestWorlds:
    def test_most_of_what_can_be_known_is_posted(self, counted):
        assert counted.knowable_right >= 0.95 * counted.knowable

    def test_hardly_anything_is_posted_wrongly(self, counted):
        assert counted.wrong <= 0.002 * counted.posted, counted.mistakes

    def test_short_payments_become_the_right_deductions(self, counted):
        assert counted.short_right >= 0.95 * counted.short
        assert counted.reason_right >= 0.85 * counted.short
        assert counted.false_deductions <= 0.01 * counted.deductions

    def test_what_nobody_can_know_waits_for_a_person(self, counted):
        assert counted.unknowable_posted <= 0.005 * counted.unknowable
