"""Notes of calls: judgements and health are found in every language, plain facts pass."""

from __future__ import annotations

import pytest

from concilia.dunning.core.contact_notes import lint_note


@pytest.mark.parametrize(
    "fact",
    [
        "IBAN invalid, sends the right one on Monday",
        "Kunde sucht den Beleg, faule Kartoffeln laut Lieferschein",
        "Chiede scuse per il ritardo, paga venerdì",
        "L’opération bancaire passe demain",
        "La operación salió ayer del banco",
        "Spoke to accounts payable of the Hospital Clínic",
    ],
)
def test_facts_pass(fact):
    assert lint_note(fact).is_clean


@pytest.mark.parametrize(
    ("text", "judging", "health"),
    [
        ("He is a liar", ("liar",), ()),
        ("Cliente moroso", ("moroso",), ()),
        ("Il est malade", (), ("malade",)),
        ("Frau Weber ist krank", (), ("ist krank",)),
        ("È ricoverata", (), ("ricoverata",)),
        ("está hospitalizado", (), ("hospitalizado",)),
    ],
)
def test_what_does_not_belong_is_named(text, judging, health):
    found = lint_note(text)
    assert (found.judging, found.health) == (judging, health)
