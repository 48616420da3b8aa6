"""
Damaged files, a few hundred for each parser: every one is read or refused, soon and in words.

`tests/bench/bench_fuzz.py` does the same with as many as one likes.
"""

from __future__ import annotations

import pytest
from tests.world.fuzzing import examine, formats, inputs
from tests.world.samples import SAMPLES

from concilia.documents.ports import PARSERS, parser_for

BEGINS = {
    "eml": b"Subject: x\n\n",
    "edifact": b"UNA:+.? 'UNB+UNOC:3+a+b'UNH+1+REMADV:D'FTX+AAI+++",
    "x12": b"ST*820*1~NTE**",
}
INPUTS = 140  # for each parser, shared among its formats


@pytest.mark.parametrize("name", formats())
def test_damage_is_read_or_refused(name):
    parser = parser_for(name)
    count = max(INPUTS // len(parser.formats), INPUTS // 5)
    found = [
        f"input {number}: {finding.problem} at {finding.place}"
        for number, content in enumerate(inputs(name, count, seed=1))
        if (finding := examine(name, content, number)) is not None
    ]
    assert found == []


WALLS = ("\n", " ", " \n", "a", "1", ".", "@", "-", "> ", "<?a?>", "<!--a-->", "a@", "1/", "on ")


@pytest.mark.parametrize("name", ["txt", "eml", "csv", "xml", "edifact", "x12"])
def test_walls_of_one_character_take_no_time(name):
    found = [
        f"{wall!r}: {finding.problem} at {finding.place}"
        for wall in WALLS
        if (finding := examine(name, BEGINS.get(name, b"") + wall.encode() * 20_000, seconds=4.0))
    ]
    assert found == []


def test_messages_in_messages_without_end_are_refused():
    nested = b"Content-Type: message/rfc822\n\n" * 3_000

    assert examine("eml", nested + b"Subject: x\n\nhello") is None


def test_every_parser_has_a_sample_to_damage():
    unsampled = [name for name in PARSERS if not set(PARSERS[name].formats) & set(SAMPLES)]
    assert unsampled == []


def test_the_same_seed_makes_the_same_inputs():
    assert list(inputs("eml", 20, seed=3)) == list(inputs("eml", 20, seed=3))
    assert list(inputs("eml", 20, seed=3)) != list(inputs("eml", 20, seed=4))
