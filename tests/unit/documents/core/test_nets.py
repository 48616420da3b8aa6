"""Networks beside the linear questions: what they say together, and that a file keeps them."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.lookup import found_in
from concilia.documents.core.classifier.model import Model, pack, rounded, unpack
from concilia.documents.core.classifier.nets import Nets, log_share

sys.path.insert(0, str(Path(__file__).parents[4] / "tools"))

from net_training import NOT_ASKED, Lessons, NetPlan, train_nets

VOCABULARY = {"w:less": 0, "w:because": 1, "w:paid": 2}
LABELS = {"kind": ("claim", "other"), "a motive": ("NR-01", "NR-02")}


def seen(*words: str) -> Features:
    return Features({f"w:{word}": 1.0 for word in words}, {})


@pytest.fixture(scope="module")
def nets() -> Nets:
    """Only `less` without `because`, or `because` without `less`, is a claim: no sum of signs."""
    rows = [(0, 0, 1), (1, 0, 0), (0, 1, 0), (1, 1, 1)] * 1_600
    signs = np.asarray([[less, because, 1] for less, because, _ in rows], dtype=np.float32)
    truth = np.asarray([[other, NOT_ASKED] for _, _, other in rows])
    weight = np.ones(truth.shape, dtype=np.float32)
    return train_nets(Lessons(csr_matrix(signs), VOCABULARY, LABELS, truth, weight), NetPlan())


def said_by(nets: Nets, text: Features) -> dict[str, np.ndarray]:
    return nets.shares_of(*found_in(nets.vocabulary, text.values), [*nets.labels])


def linear(bias: tuple[float, float]) -> Model:
    nothing = np.zeros((len(VOCABULARY), 2), dtype=np.float32)
    start = np.asarray(bias, dtype=np.float32)
    questions = {
        name: rounded(labels, VOCABULARY, nothing, start) for name, labels in LABELS.items()
    }
    return Model(questions, {"name": "reader", "digest": "abc"})


def test_what_signs_mean_together_is_learned(nets: Nets):
    shares = {
        words: said_by(nets, seen("paid", *words))["kind"]
        for words in ((), ("less",), ("because",), ("less", "because"))
    }

    assert [int(each.argmax()) for each in shares.values()] == [1, 0, 0, 1]


def test_the_same_lessons_give_the_same_networks(nets: Nets):
    rows = csr_matrix(np.eye(3, dtype=np.float32).repeat(60, axis=0))
    truth = np.zeros((180, 2), dtype=np.int64)
    lessons = Lessons(rows, VOCABULARY, LABELS, truth, np.ones((180, 2), dtype=np.float32))
    first, second = (
        train_nets(lessons, NetPlan(members=1)).members[0],
        train_nets(lessons, NetPlan(members=1)).members[0],
    )

    assert np.array_equal(first.vectors, second.vectors)
    assert all(map(np.array_equal, first.layers, second.layers))


def test_all_voices_count_alike(nets: Nets):
    alone = linear((1.0, 0.0))
    together = Model(alone.questions, alone.about, nets)
    text = seen("paid", "less", "because")

    said = together.log_shares(text)["kind"]

    expected = (log_share(np.float32([1.0, 0.0])) + 2 * said_by(nets, text)["kind"]) / 3
    assert np.allclose(said, expected)
    assert together.choose(text, "kind")[0].label == "other"
    assert alone.choose(text, "kind")[0].label == "claim"


def test_a_text_of_unknown_words_is_answered(nets: Nets):
    shares = said_by(nets, Features({"w:never seen": 1.0}, {}))

    assert {name: len(each) for name, each in shares.items()} == {"kind": 2, "a motive": 2}
    assert np.isfinite(shares["kind"]).all()


def test_a_file_keeps_the_networks(nets: Nets):
    model = Model(linear((0.0, 0.0)).questions, {"name": "reader", "digest": "abc"}, nets)

    again = unpack(pack(model))

    assert pack(again) == pack(model)
    assert [*again.nets.labels] == [*LABELS]  # in the order of the answers, which is no other
    text = seen("less")
    assert np.allclose(again.log_shares(text)["kind"], model.log_shares(text)["kind"])
    assert unpack(pack(linear((0.0, 0.0)))).nets is None
