"""Handing over: the gate names all that is missing, dates follow courts, packs are stable."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.placement.gate import (
    BARRED,
    EVIDENCE,
    Condition,
    Facts,
    ItemFacts,
    limitation_date,
    missing,
    papers_wanted,
)
from concilia.dunning.core.placement.mandate import (
    MandateLine,
    ResultsUnreadable,
    mandate_csv,
    mandate_json,
    read_results,
)
from concilia.dunning.core.placement.pack import Paper, digest, pack
from concilia.dunning.core.placement.terms import PaperKind, Route
from concilia.dunning.core.placement.timetables import (
    HANDED,
    TIMETABLES,
    due_dates,
    timetable_of,
)
from concilia.kernel.money import Money

TODAY = date(2026, 11, 19)
ITEM = ItemFacts("FT-1", asked=100_000, dunnable=100_000, disputed=0, due=date(2026, 6, 1))


def ready(country="IT", route=Route.COURT, **changes):
    papers = {
        kind
        for wanted in papers_wanted(route, country)
        for kind in (wanted if isinstance(wanted, tuple) else (wanted,))
    }
    facts = Facts(
        route=route, country=country, today=TODAY, items=[ITEM], reasons=["NR-15"], unit=100,
        has_partner=True, notice_delivered=date(2026, 10, 1), notice_until=date(2026, 10, 31),
        papers=papers, is_approved=True,
    )  # fmt: skip
    return replace(facts, **changes)


def said(facts):
    return [each.condition for each in missing(facts)]


class TestGate:
    @pytest.mark.parametrize("country", [*EVIDENCE, "PL"])
    @pytest.mark.parametrize("route", Route)
    def test_with_everything_there_nothing_is_missing(self, country, route):
        assert missing(ready(country, route)) == ()

    @pytest.mark.parametrize(
        ("changes", "condition"),
        [
            ({"reasons": []}, Condition.REASON_UNKNOWN),
            ({"reasons": ["NR-00"]}, Condition.REASON_UNKNOWN),
            ({"reasons": ["NR-12"]}, Condition.BARRED),
            ({"items": []}, Condition.NOTHING),
            ({"items": [replace(ITEM, disputed=1)]}, Condition.DISPUTED),
            ({"items": [replace(ITEM, dunnable=99_999)]}, Condition.DISPUTED),
            ({"items": [replace(ITEM, asked=14_999)]}, Condition.TOO_LITTLE),
            ({"items": [replace(ITEM, due=date(2017, 1, 10))]}, Condition.LIMITATION),
            ({"notice_delivered": None}, Condition.NOTICE_NOT_PROVEN),
            ({"notice_until": TODAY}, Condition.NOTICE_RUNS),
            ({"without_invoice": ["FT-1"]}, Condition.INVOICE_MISSING),
            ({"papers": EVIDENCE["DE"]}, Condition.PAPER_MISSING),
            ({"is_approved": False}, Condition.NOT_APPROVED),
        ],
    )
    def test_each_condition_stops_it_by_name(self, changes, condition):
        assert condition in said(ready(**changes))

    def test_an_agency_is_needed_only_where_one_collects(self):
        assert said(ready(has_partner=False)) == []
        assert said(ready(route=Route.AGENCY, has_partner=False)) == [Condition.PARTNER_MISSING]

    def test_urgency_lets_a_close_limitation_pass_and_an_unknown_reason_with_it(self):
        close = ready(items=[replace(ITEM, due=date(2017, 1, 10))], reasons=[])
        assert Condition.LIMITATION in said(close)
        assert said(replace(close, is_urgent=True)) == []

    @given(st.lists(st.sampled_from(sorted(BARRED)), min_size=1, unique=True), st.booleans())
    def test_nobody_who_is_vulnerable_dead_insolvent_or_robbed_ever_passes(self, codes, urgent):
        facts = ready(reasons=["NR-15", *codes], is_urgent=urgent, exhausted=True)
        found = [each for each in missing(facts) if each.condition is Condition.BARRED]
        assert [each.values["code"] for each in found] == sorted(codes)

    def test_all_that_is_missing_is_named_at_once(self):
        nothing = ready(reasons=[], papers=(), notice_delivered=None, is_approved=False)
        assert len(missing(nothing)) >= 8

    def test_limitation_by_country(self):
        due = date(2024, 2, 29)
        assert limitation_date("IT", due, is_business=True) == date(2034, 2, 28)
        assert limitation_date("DE", due, is_business=True) == date(2027, 12, 31)
        assert limitation_date("FR", due, is_business=False) == date(2026, 2, 28)


class TestTimetables:
    @pytest.mark.parametrize("key", TIMETABLES)
    def test_every_step_counts_from_one_before_it(self, key):
        known = {HANDED}
        for step in TIMETABLES[key].steps:
            assert step.after in known
            assert step.law
            known.add(step.key)

    def test_the_italian_clock_stands_still_in_august(self):
        events = {HANDED: TODAY, "FILE": TODAY, "ORDER": TODAY, "SERVE": date(2026, 7, 20)}
        # 11 days of July, none of August, 29 of September; that is a Tuesday.
        assert due_dates(TIMETABLES["IT"], events)["OPPOSITION"] == date(2026, 9, 29)

    def test_spain_counts_twenty_working_days_and_none_between_the_years(self):
        events = {HANDED: TODAY, "SERVE": date(2026, 12, 18)}
        # 21, 22, 23 December, then from 7 January on.
        assert due_dates(TIMETABLES["ES"], events)["OPPOSITION"] == date(2027, 1, 29)

    def test_a_french_order_is_served_within_three_months_since_september_2026(self):
        for order, due in (
            (date(2026, 8, 31), date(2027, 3, 1)),
            (date(2026, 9, 1), date(2026, 12, 1)),
        ):
            events = {HANDED: order, "FILE": order, "ORDER": order}
            assert due_dates(TIMETABLES["FR"], events)["SERVE"] == due

    def test_a_german_objection_has_two_weeks_and_the_second_order_six_months(self):
        found = due_dates(TIMETABLES["DE"], {HANDED: TODAY, "SERVE": date(2026, 11, 16)})
        assert found["OPPOSITION"] == date(2026, 11, 30)
        assert found["ENFORCE_ORDER"] == date(2027, 5, 18)  # after Whit Sunday and Whit Monday

    def test_what_has_not_happened_gives_no_date(self):
        found = due_dates(timetable_of(Route.COURT, "PL"), {HANDED: TODAY})
        assert [key for key, day in found.items() if day] == ["FILE"]

    @given(st.sampled_from(sorted(TIMETABLES)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
    def test_no_date_lies_before_what_it_counts_from(self, key, day):
        table = TIMETABLES[key]
        events = {step.after: day for step in table.steps}
        assert all(due > day for due in due_dates(table, events).values() if due)


class TestPack:
    PAPERS = (
        Paper(PaperKind.INVOICE, "../../etc/Fattura n° 1.pdf", b"one", "FT-1"),
        Paper(PaperKind.NOTICE, "=cmd|' /C calc'!A0.pdf", b"two"),
        Paper(PaperKind.STATEMENT, "statement.csv", b"three"),
    )

    def test_the_same_papers_are_the_same_bytes_in_any_order(self):
        assert pack(self.PAPERS, {"a": 1}) == pack(tuple(reversed(self.PAPERS)), {"a": 1})

    def test_the_manifest_names_every_file_with_its_digest(self):
        archive = ZipFile(io.BytesIO(pack(self.PAPERS, {"mandate": "MAN-000001"})))
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["about"] == {"mandate": "MAN-000001"}
        for each in manifest["files"]:
            assert digest(archive.read(each["path"])) == each["sha256"]
            assert "/" not in each["path"]
        assert len(manifest["files"]) == len(archive.namelist()) - 1 == 3


class TestMandate:
    LINE = MandateLine("=FT-1", date(2026, 5, 1), date(2026, 6, 1), Money(123_456, "EUR"))

    def test_it_is_told_as_json_and_csv_and_no_cell_is_a_formula(self):
        about = {"mandate": "MAN-000001", "name": "=HYPERLINK(1)"}
        found = json.loads(mandate_json(about, [self.LINE]))
        assert found["items"][0]["amount"] == "1234.56"
        assert "'=HYPERLINK(1)" in mandate_csv(about, [self.LINE]).decode("utf-8-sig")

    def test_good_rows_are_read_and_bad_ones_named(self):
        text = (
            "mandate;reference;date;status;paid;cost;note\n"
            "MAN-000001;A1;2026-11-02;PAID;100.00;12.50;thanks\n"
            "MAN-000001;A2;02/11/2026;PAID;;;\n"
            "MAN-000001;A3;2026-11-02;HUH;;;\n"
            "MAN-000001;A4;2026-11-02;PAID;1,00;;\n"
            ";A5;2026-11-02;PAID;;;\n"
            "MAN-000001;A6;2026-11-02;COST;;-3.00;\n"
        )
        good, bad = read_results(text.encode(), "EUR")
        assert [(row.reference, row.paid.minor, row.cost.minor) for row in good] == [
            ("A1", 10_000, 1_250)
        ]
        assert [(row.line, row.why) for row in bad] == [
            (3, "date"), (4, "status"), (5, "paid"), (6, "mandate"), (7, "cost"),
        ]  # fmt: skip

    @given(st.binary(max_size=400))
    def test_whatever_comes_is_read_or_refused(self, content):
        with suppress(ResultsUnreadable):
            read_results(content, "EUR")
