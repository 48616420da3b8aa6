from __future__ import annotations

import datetime as dt

import pytest

from concilia.documents.core.dates import find_dates, parse_date

FRIDAY = dt.date(2026, 11, 20)


def first(text, base=FRIDAY):
    dates = find_dates(text, base)
    return dates[0].date.isoformat() if dates else None


class TestPrinted:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2026-03-12", "2026-03-12"),
            ("12/03/2026", "2026-03-12"),
            ("12.03.26", "2026-03-12"),
            ("3/25/2026", "2026-03-25"),
            ("12. März 2026", "2026-03-12"),
            ("12 de marzo de 2026", "2026-03-12"),
            ("le 1er mars 2026", "2026-03-01"),
            ("March 5th, 2026", "2026-03-05"),
            ("20260312", "2026-03-12"),
        ],
    )
    def test_is_read_without_knowing_when_it_was_written(self, text, day):
        assert first(text, base=None) == day

    def test_a_cell_holds_a_date_or_none(self):
        assert parse_date("12/03/2026") == dt.date(2026, 3, 12)
        assert parse_date("INV-12") is None

    def test_no_such_day_is_no_date(self):
        assert first("31/02/2026") is None


class TestRelative:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("next Friday", "2026-11-27"),
            ("entro venerdì", "2026-11-27"),
            ("lundi", "2026-11-23"),
            ("mañana", "2026-11-21"),
            ("wir zahlen morgen", "2026-11-21"),
            ("dopodomani", "2026-11-22"),
            ("within 10 days", "2026-11-30"),
            ("entro due settimane", "2026-12-04"),
            ("fin de mois", "2026-11-30"),
            ("zum Monatsende", "2026-11-30"),
            ("end of next month", "2026-12-31"),
            ("finales de enero", "2027-01-31"),
            ("next week", "2026-11-27"),
            ("by the 15th", "2026-12-15"),
            ("il 10 dicembre", "2026-12-10"),
            ("31/12", "2026-12-31"),
            ("5 January", "2027-01-05"),
        ],
    )
    def test_counts_from_the_day_it_was_written(self, text, day):
        assert first(text) == day

    def test_is_left_out_where_that_day_is_unknown(self):
        assert first("tomorrow", base=None) is None
