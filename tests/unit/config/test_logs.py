from __future__ import annotations

from concilia.config.logs import leave_out_personal


def test_what_names_a_person_is_left_out_whatever_its_case():
    event = {"event": "claim.opened", "claim": 7, "Email": "a@b.example", "iban": "IT60…"}

    assert leave_out_personal(None, "info", event) == {"event": "claim.opened", "claim": 7}
