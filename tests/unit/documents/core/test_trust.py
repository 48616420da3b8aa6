"""How far a reading as a whole can be trusted, from the signs of its parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from concilia.documents.core.readings import Reading
from concilia.documents.core.trust import Seen, chance, signs_of

CLAIM = Reading(
    source="x",
    sha256="0",
    format="eml",
    kind="claim",
    kind_confidence=0.98,
    reason="NC-01",
    reason_confidence=0.97,
    references={"invoice": ("26-118",)},
    claimed_amount="12.00",
    seen=Seen(amounts=1, words=30),
)


def trusted(reading):
    return chance(signs_of(reading))


def test_the_whole_is_as_sure_as_all_its_parts_together():
    signs = signs_of(replace(CLAIM, seen=replace(CLAIM.seen, numbers_sure=-0.5, claim_sure=-0.2)))

    assert signs["whole"] == pytest.approx(0.98 * 0.97 * 2.718281828 ** (-0.7), rel=1e-6)
    assert signs["whole: claim"] == signs["whole"]


@pytest.mark.parametrize(
    "doubtful",
    [
        replace(CLAIM, reason_confidence=0.5),
        replace(CLAIM, kind_confidence=0.6),
        replace(CLAIM, seen=replace(CLAIM.seen, numbers_sure=-1.5)),
        replace(CLAIM, seen=replace(CLAIM.seen, claim_sure=-1.5)),
        replace(CLAIM, seen=replace(CLAIM.seen, unlabelled=1, numbers_sure=-0.7)),
    ],
)
def test_doubt_about_any_part_is_doubt_about_the_whole(doubtful):
    assert trusted(doubtful) < trusted(CLAIM)


@pytest.mark.parametrize(
    "kind", ["claim", "payment_reply", "remittance_advice", "other", "delivery_note"]
)
def test_a_sign_counts_for_its_group_of_kinds(kind):
    group = "paper" if kind == "delivery_note" else kind
    signs = signs_of(replace(CLAIM, kind=kind, references={}))

    assert signs[f"no numbers: {group}"] == 1.0
    assert not [name for name in signs if ": " in name and not name.endswith(f": {group}")]
    assert not [name for name in signs if name.startswith("is ") and ": " in name]
