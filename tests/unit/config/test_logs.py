from __future__ import annotations

from concilia.config.logs import leave_out_personal, leave_out_quoted


def test_what_names_a_person_is_left_out_whatever_its_case():
    event = {"event": "claim.opened", "claim": 7, "Email": "a@b.example", "iban": "IT60…"}

    assert leave_out_personal(None, "info", event) == {"event": "claim.opened", "claim": 7}


def test_what_the_database_quotes_from_a_row_is_left_out():
    told = "IntegrityError: duplicate key\nDETAIL:  Key (email)=(a@b.example) already exists.\nEnd"

    event = leave_out_quoted(None, "error", {"event": "job failed", "exception": told})

    assert event["exception"] == "IntegrityError: duplicate key\nDETAIL: (left out)\nEnd"
