"""A document's features are looked up once for all tables of a model."""

from __future__ import annotations

from concilia.documents.core.classifier.lookup import Lookup, found_in

KIND = {"w:less": 0, "w:paid": 1}
MOTIVE = {"w:paid": 0, "w:later": 1}


def test_each_vocabulary_gets_its_own_rows_in_the_order_of_the_features():
    values = {"w:later": 0.5, "w:never seen": 3.0, "w:paid": 1.5, "w:less": 2.0}

    found = Lookup({"kind": KIND, "motive": MOTIVE}).find(values, ["kind", "motive"])

    said = {name: (rows.tolist(), weights.tolist()) for name, (rows, weights) in found.items()}
    assert said == {"kind": ([1, 0], [1.5, 2.0]), "motive": ([1, 0], [0.5, 1.5])}


def test_together_is_found_what_is_found_alone():
    values = {"w:paid": 1.0, "w:less": 2.0}

    rows, weights = Lookup({"kind": KIND, "motive": MOTIVE}).find(values, ["kind"])["kind"]
    alone = found_in(KIND, values)

    assert (rows.tolist(), weights.tolist()) == (alone[0].tolist(), alone[1].tolist())
