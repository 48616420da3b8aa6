"""The file of direct debits: its sums are exact, and no bank finds anything wrong with it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.direct_debits import (
    NAMESPACE,
    Collection,
    Creditor,
    DebitRefused,
    Stage,
    direct_debit_file,
    is_valid_creditor_id,
    sepa_text,
)

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
ON = date(2026, 12, 7)
OURS = Creditor(
    name="Molino Aurora S.r.l.",
    iban="IT60X0542811101000000123456",
    creditor_id="DE98ZZZ09999999999",
)
THEIRS = "DE89370400440532013000"
# The order in which the scheme has the elements of a collection.
ORDER = ["PmtId", "InstdAmt", "DrctDbtTx", "DbtrAgt", "Dbtr", "DbtrAcct", "RmtInf"]
BLOCK = ["PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdColltnDt",
         "Cdtr", "CdtrAcct", "CdtrAgt", "ChrgBr", "CdtrSchmeId"]  # fmt: skip


def a_collection(n=1, minor=10_000, **changes):
    fields = {
        "reference": f"RF{n:02d}REF",
        "minor": minor,
        "mandate": f"M-{n}",
        "signed_on": date(2026, 11, 1),
        "scheme": "CORE",
        "sequence": Stage.FIRST,
        "holder": "Bottega Bonfanti",
        "iban": THEIRS,
    }
    return Collection(**fields | changes)


def made(*collections, creditor=OURS):
    content = direct_debit_file(
        identification="DD-1", creditor=creditor, collections=collections, collection_date=ON, at=AT
    )
    return ElementTree.fromstring(content)


def tags(element):
    return [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]


def texts(root, name):
    return [one.text for one in root.iter(f"{{{NAMESPACE}}}{name}")]


COLLECTIONS = st.lists(
    st.builds(
        a_collection,
        minor=st.integers(1, 99_999_999),
        scheme=st.sampled_from(["CORE", "B2B"]),
        sequence=st.sampled_from(Stage),
        holder=st.text(min_size=1, max_size=90).filter(lambda text: sepa_text(text, 70)),
    ),
    min_size=1,
    max_size=30,
)


@given(COLLECTIONS)
def test_sums_are_exact_and_every_collection_is_there_once(collections):
    numbered = [replace(one, reference=f"RF{n:04d}") for n, one in enumerate(collections)]
    root = made(*numbered)
    amounts = [Decimal(text) for text in texts(root, "InstdAmt")]
    sums = [Decimal(text) for text in texts(root, "CtrlSum")]
    assert sums[0] == sum(amounts) == sum(sums[1:])
    assert sum(amounts) * 100 == sum(one.minor for one in numbered)
    counts = [int(text) for text in texts(root, "NbOfTxs")]
    assert counts[0] == len(numbered) == sum(counts[1:])
    assert sorted(texts(root, "EndToEndId")) == [one.reference for one in numbered]
    for name in texts(root, "Nm"):
        assert re.fullmatch(r"[A-Za-z0-9/\-?:().,'+ ]{1,70}", name)


def test_elements_stand_in_the_order_of_the_schema():
    root = made(a_collection(1), a_collection(2, sequence=Stage.RECURRENT))
    blocks = list(root.iter(f"{{{NAMESPACE}}}PmtInf"))
    assert [tags(block)[: len(BLOCK)] for block in blocks] == [BLOCK, BLOCK]
    for one in root.iter(f"{{{NAMESPACE}}}DrctDbtTxInf"):
        assert tags(one) == ORDER
    assert texts(root, "SeqTp") == ["FRST", "RCUR"]
    assert texts(root, "ReqdColltnDt") == ["2026-12-07", "2026-12-07"]
    assert len(set(texts(root, "PmtInfId"))) == 2


@pytest.mark.parametrize(
    "changes",
    [{"minor": 0}, {"minor": -1}, {"minor": 10**12}, {"iban": "DE88370400440532013000"},
     {"reference": ""}, {"reference": "x" * 36}, {"mandate": "M<1>"}, {"scheme": "COR1"},
     {"signed_on": date(2027, 1, 1)}, {"holder": "漢字"}],
)  # fmt: skip
def test_what_a_bank_would_refuse_is_refused_in_a_sentence(changes):
    with pytest.raises(DebitRefused) as refusal:
        made(a_collection(**changes))
    assert str(refusal.value).endswith(".")


def test_no_file_is_made_of_nothing_or_of_one_reference_twice():
    with pytest.raises(DebitRefused):
        made()
    with pytest.raises(DebitRefused):
        made(a_collection(), a_collection())


def test_the_creditor_s_own_numbers_are_checked():
    assert is_valid_creditor_id("DE98 ZZZ0 9999 9999 99")
    assert is_valid_creditor_id("DE98ABC09999999999")  # the business code does not count
    assert not is_valid_creditor_id("DE97ZZZ09999999999")
    assert not is_valid_creditor_id("")
    for changes in ({"creditor_id": "DE97ZZZ09999999999"}, {"iban": "X"}, {"name": "漢字"}):
        with pytest.raises(DebitRefused):
            made(a_collection(), creditor=Creditor(**{**ours(), **changes}))


def ours():
    return {"name": OURS.name, "iban": OURS.iban, "creditor_id": OURS.creditor_id}


def test_letters_no_bank_knows_become_letters_they_do():
    assert (
        sepa_text("Müller & Söhne GmbH, Weißenburg <x>", 70) == "Muller + Sohne GmbH, Weissenburg x"
    )
