from __future__ import annotations

import datetime as dt

import pytest

from concilia.documents.core.context import Context
from concilia.documents.core.dates import find_dates
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.replies import find_promise, implied_promise

WRITTEN = dt.date(2026, 11, 18)  # a Wednesday


def context(text):
    return Context(ParsedDocument(format="txt", text=text), WRITTEN)


@pytest.mark.parametrize(
    ("text", "day", "amount"),
    [
        ("The bill due on 30 November will be paid on 4 December.", "2026-12-04", None),
        (
            "We transfer 310.00 EUR on Friday, the other 240.00 on 15 December.",
            "2026-11-20",
            "310.00",
        ),
        ("Half of the 2,420.00, i.e. 1,210.00 EUR, goes out tomorrow.", "2026-11-19", "1210.00"),
        ("Bill 7719 over 317.40 EUR was mislaid. We pay it on Monday.", "2026-11-23", "317.40"),
        ("La 4472 di 617,00 euro è nella distinta di martedì.", "2026-11-24", "617.00"),
        ("La comptable revient lundi, le virement partira jeudi en huit.", "2026-11-26", None),
        ("Os transferimos 290 euros el viernes y el resto en enero.", "2026-11-20", "290.00"),
        (
            "Von den 1.210,00 EUR können wir 610,00 EUR am 4. Dezember überweisen.",
            "2026-12-04",
            "610.00",
        ),
    ],
)
def test_the_day_and_the_amount_are_those_of_paying(text, day, amount):
    promise, _ = find_promise(context(text))
    assert promise is not None
    assert (promise.date, promise.amount) == (day, amount)


@pytest.mark.parametrize(
    "text",
    [
        "No payment can be made before the court decides on Friday.",
        "Nous ne pouvons plus payer vendredi.",
        "Il bonifico di 120,00 euro è stato fatto oggi.",
        "Der Betrag wurde heute überwiesen.",
    ],
)
def test_what_is_over_or_refused_is_none(text):
    assert find_promise(context(text))[0] is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ok, all of it by Friday", "2026-11-20"),
        ("tutto entro metà dicembre", "2026-12-15"),
        ("La première mardi.", "2026-11-24"),
        ("Todo el día 27, saludos", "2026-11-27"),
        ("Alles bis Monatsende", "2026-11-30"),
    ],
)
def test_answers_need_no_verb(text, day):
    promise, _ = implied_promise(context(text))
    assert promise is not None
    assert promise.date == day


@pytest.mark.parametrize("text", ["Back in the office on Monday.", "Fällig am 30.11.", "Il 27?"])
def test_a_day_of_something_else_is_none(text):
    assert implied_promise(context(text))[0] is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday week", "2026-12-01"),
        ("within a fortnight", "2026-12-02"),
        ("giovedì della settimana prossima", "2026-11-26"),
        ("il primo dicembre", "2026-12-01"),
        ("entro due settimane", "2026-12-02"),
        ("mardi en huit", "2026-12-01"),
        ("début décembre", "2026-12-01"),
        ("a mediados de diciembre", "2026-12-15"),
        ("antes de Navidad", "2026-12-24"),
        ("in vierzehn Tagen", "2026-12-02"),
        ("nächste Woche Dienstag", "2026-11-24"),
        ("Donnerstag, den 26.", "2026-11-26"),
        ("bis Jahresende", "2026-12-31"),
        ("VENERDI' 27", "2026-11-27"),
    ],
)
def test_days_in_other_words(text, day):
    assert [each.date.isoformat() for each in find_dates(f"we pay {text} then", WRITTEN)] == [day]
