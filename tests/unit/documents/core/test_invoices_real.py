"""
Real invoices of many sellers as plain text and PDF: how many fields agree with those beside them.

The expected fields are another program's; the count is in the report (`--junitxml`).
"""

from __future__ import annotations

import datetime as dt
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from concilia.documents.core.dates import find_dates
from concilia.documents.queries.reading import read_bytes

ROOT = Path(__file__).parents[4]
REAL = Path(os.environ.get("CONCILIA_REAL_DATA", ROOT.parent / "shared/data/real"))
PAPERS = sorted(
    path
    for path in (REAL / "05-pdf/invoice-x+invoice2data").glob("**/*")
    if path.suffix in {".pdf", ".txt"}
)
# What the other program expects there is a letter of the number that is printed.
UNUSABLE = {("Orlen.txt", "number")}


def fields_of(path: Path) -> dict[str, tuple[Any, Any]]:
    """What is expected and what was read, by field."""
    expected = json.loads(path.with_suffix(".json").read_text())[0]
    answer = read_bytes(path.read_bytes(), filename=path.name, with_contents=True)
    reading, text = answer["reading"], answer["texts"][0]["text"]
    day = dt.date.fromisoformat(expected["date"])
    fields = {
        "kind": ("invoice", reading["kind"]),
        "number": (expected["invoice_number"], (reading["references"]["invoice"] or [None])[0]),
        "date": (day, next((each.date for each in find_dates(text) if each.date == day), None)),
        "currency": (expected["currency"], reading["currency"]),
    }
    if "amount" in expected:
        amount = reading["total_amount"]
        fields["total"] = (
            Decimal(str(expected["amount"])).normalize(),
            Decimal(amount).normalize() if amount else None,
        )
    return {name: pair for name, pair in fields.items() if (path.name, name) not in UNUSABLE}


@pytest.mark.skipif(not PAPERS, reason="no real invoices: set CONCILIA_REAL_DATA")
def test_what_the_papers_print_is_read(record_property):
    fields = {(path.name, name): pair for path in PAPERS for name, pair in fields_of(path).items()}
    wrong = {key: pair for key, pair in fields.items() if pair[0] != pair[1]}
    agreeing = f"{len(fields) - len(wrong)} of {len(fields)} fields agree"
    record_property("agreement", agreeing)

    assert len(PAPERS) >= 11
    assert wrong == {}, agreeing
