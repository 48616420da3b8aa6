"""The second look at what a document is: what it adds to the classifier's answer, and its file."""

from __future__ import annotations

import numpy as np
import pytest

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.weighing import (
    Weighing,
    from_bytes,
    shipped_weighing,
    signs_of_kind,
    weighed_by,
    weighing,
)
from concilia.documents.core.scoring import Choice

UNDECIDED = [Choice("claim", 0.5), Choice("payment_reply", 0.5)]
MOTIVE = {
    "kind": UNDECIDED,
    "reason": [Choice("NC-01", 0.02)],
    "motive": [Choice("NR-08", 0.98)],
}
NOTHING = Features({}, {})


@pytest.fixture
def taught() -> Weighing:
    """Says what the classifier said, and that a certain motive speaks for an answer."""
    weights = np.asarray([[1, 0], [0, 1], [0, 2]], dtype=np.float32)
    signs = ("kind:claim", "kind:payment_reply", "motive:NR-08")
    return Weighing(("claim", "payment_reply"), signs, weights)


def test_a_certain_motive_decides_what_the_words_leave_open(taught):
    best = taught.kinds_of(MOTIVE, NOTHING)[0]

    assert best.label == "payment_reply"
    assert best.confidence == pytest.approx(np.exp(1.96) / (1 + np.exp(1.96)), abs=1e-3)


def test_what_it_knows_nothing_of_stays_as_the_classifier_said(taught):
    answers = {"kind": [Choice("claim", 0.7), Choice("payment_reply", 0.3)]}
    found = taught.kinds_of({**answers, "reason": [], "motive": []}, NOTHING)

    assert [(each.label, round(each.confidence, 3)) for each in found] == [
        ("claim", 0.7),
        ("payment_reply", 0.3),
    ]


def test_titles_and_form_are_signs_words_are_not():
    features = Features({"k:invoice": 1.5, "f:letter": 1.0, "w:invoice": 1.0, "z:paid": 1.0}, {})
    signs = signs_of_kind(MOTIVE, features)

    assert signs["k:invoice"] == 1.5
    assert {"f:letter", "best reason", "motive:NR-08"} <= signs.keys()
    assert not {"w:invoice", "z:paid"} & signs.keys()


def test_a_file_keeps_the_weighing(taught):
    again = from_bytes(taught.to_bytes())

    assert again.to_bytes() == taught.to_bytes()
    assert again.kinds_of(MOTIVE, NOTHING) == taught.kinds_of(MOTIVE, NOTHING)
    assert from_bytes(shipped_weighing().to_bytes()).kinds == shipped_weighing().kinds


def test_whoever_measures_puts_another_in_its_place(taught):
    shipped = weighing()
    with weighed_by(taught):
        assert weighing() is taught
    assert weighing() is shipped
