"""The classifier's file is made from the material that lies beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from concilia.documents.core.classifier.material import read_material
from concilia.documents.core.classifier.model import NONE, pack, unpack
from concilia.documents.core.classifier.shipped import shipped_model
from concilia.intake.core.reading import DOCUMENT_KINDS
from concilia.kernel.non_payment import NON_PAYMENT_REASONS
from concilia.kernel.reasons import REASONS

MATERIAL = Path(__file__).parents[2] / "training"


def test_the_model_is_that_of_the_material():
    """`make reader` makes it anew; the digest is that of tools/train_reader.py."""
    whole = hashlib.sha256()
    for path in sorted(MATERIAL.rglob("*.txt")):
        whole.update(path.relative_to(MATERIAL).as_posix().encode() + b"\0" + path.read_bytes())

    assert shipped_model().about["digest"] == whole.hexdigest()


def test_every_text_says_what_it_is():
    known = {*REASONS, *NON_PAYMENT_REASONS, ""}
    for path in sorted(MATERIAL.glob("*/*.txt")):
        if path.name != "frames.txt":
            for text in read_material(path.read_text(), path.name):
                assert text.body or text.subject, text.origin
                assert text.kind in DOCUMENT_KINDS, text.origin
                assert text.label in known, text.origin


def test_the_model_answers_with_known_labels_only():
    questions = shipped_model().questions

    assert set(questions["kind"].labels) <= set(DOCUMENT_KINDS)
    assert set(questions["reason"].labels) == {*REASONS, NONE}
    assert set(questions["motive"].labels) == set(NON_PAYMENT_REASONS)


def test_a_model_comes_out_of_its_file_as_it_went_in():
    again = unpack(pack(shipped_model()))

    assert again.version == shipped_model().version
    assert pack(again) == pack(shipped_model())
