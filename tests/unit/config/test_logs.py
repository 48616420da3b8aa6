from __future__ import annotations

from concilia.config.logs import leave_out_links, leave_out_personal, leave_out_quoted


def test_what_names_a_person_is_left_out_whatever_its_case():
    event = {"event": "claim.opened", "claim": 7, "Email": "a@b.example", "iban": "IT60…"}

    assert leave_out_personal(None, "info", event) == {"event": "claim.opened", "claim": 7}


def test_what_the_database_quotes_from_a_row_is_left_out():
    told = "IntegrityError: duplicate key\nDETAIL:  Key (email)=(a@b.example) already exists.\nEnd"

    event = leave_out_quoted(None, "error", {"event": "job failed", "exception": told})

    assert event["exception"] == "IntegrityError: duplicate key\nDETAIL: (left out)\nEnd"


def test_the_address_of_a_link_is_left_out_wherever_it_stands():
    token = "EAAAAA0AAAAAAAAADgAAAAAAAAAOAAAAAQAHooBq6CXj761ueCX1bNHHSuXO"
    event = {"event": f"Not Found: /k/{token}/pay", "about": f"https://c.example/a/{token[:43]}"}

    assert leave_out_links(None, "error", event) == {
        "event": "Not Found: /k/…/pay",
        "about": "https://c.example/a/…",
    }
