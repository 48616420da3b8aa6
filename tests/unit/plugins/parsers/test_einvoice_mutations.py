"""E-invoices that somebody got wrong: nodes gone, doubled, moved, filled with anything."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.world.einvoices import (
    BEFORE,
    CORRECTIVE,
    ORDER,
    RECEIPT,
    REFUSED,
    REMT,
    SIMPLIFIED,
    cdar,
    characteristic,
    cii,
    facturae,
    fatturapa,
    response,
    sdi,
    ubl,
)

from concilia.documents.core.decoding import tidy
from concilia.documents.core.formats import detect
from concilia.documents.queries.reading import read_bytes

SAMPLES = (
    ubl(),
    ubl("CreditNote", code="381", extra=BEFORE),
    ubl(code="383", extra=BEFORE),
    response("RE", why="QTY", text="two missing"),
    cii("381"),
    fatturapa("TD01", "TD04"),
    SIMPLIFIED,
    facturae(total="-121.00", kind="OR", corrective=CORRECTIVE),
    cdar("206", motive="QTE_ERR", amounts=characteristic("MNATTC", "12.00")),
    sdi("NotificaEsito", REFUSED),
    REMT,
    ORDER,
    RECEIPT,
)
ODD = """
    0 -0 NaN 1e9999 1e999999999 1e-999999999 9999999999999999999999999999999999999999 1,50 1.234,50
    -1 2026-13-45 20261 381 389 TD04 RE PD 213 XXXXX CRDT
"""
VALUES = st.one_of(
    st.text(max_size=30).filter(lambda text: all(c.isprintable() for c in text)),
    st.sampled_from(["", "\u0301x", "a\u200bb", "\u00ad", *ODD.split()]),
)


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_ends_in_a_reading_or_in_one_sentence(data):
    top = etree.fromstring(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 8))):
        nodes = list(top.iter())
        node = nodes[data.draw(st.integers(0, len(nodes) - 1))]
        mutate(node, data)
    content = etree.tostring(top, encoding=data.draw(st.sampled_from(["utf-8", "utf-16"])))

    answer = read_bytes(content, filename="x.xml", with_contents=True)

    reading = answer["reading"]
    assert "not read (" not in (reading["error"] or "")
    if reading["error"] is not None:
        return
    text = answer["texts"][0]["text"]
    assert text == tidy(text)
    assert len(text) < 100_000
    assert reading["format"] == detect(content, "x.xml")
    for each in reading["evidence"]:
        assert text[each["start"] : each["end"]] == each["text"]


def mutate(node: etree._Element, data: st.DataObject) -> None:
    parent = node.getparent()
    act = data.draw(st.sampled_from(["fill", "fill", "drop", "double", "rename", "attribute"]))
    if act == "fill":
        node.text = data.draw(VALUES)
    elif act == "attribute":
        node.set(
            data.draw(st.sampled_from(["currencyID", "unitCode", "listID"])), data.draw(VALUES)
        )
    elif parent is None:
        return
    elif act == "drop":
        parent.remove(node)
    elif act == "double":
        parent.append(copy.deepcopy(node))
    else:
        node.tag = data.draw(st.sampled_from(["Unknown", "ID", "Amount", "{urn:x}TypeCode"]))
