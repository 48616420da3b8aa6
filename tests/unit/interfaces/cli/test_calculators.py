from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from concilia.interfaces.cli import instalments, interest, kpi, sla

D1 = """\
invoice_id,customer_id,currency,issue_date,due_date,amount,settled_date,settled_amount,disputed
J1,C1,EUR,2025-07-10,2025-08-09,210000.00,,,60000.00
J2,C1,EUR,2025-07-10,2025-08-09,190000.00,2025-09-01,,
A1,C2,EUR,2025-08-20,2025-09-19,70000.00,,,no
A2,C2,EUR,2025-08-20,2025-10-19,190000.00,,,24000.00
A3,C2,EUR,2025-08-20,2025-09-19,40000.00,2025-09-19,40000.00,
S1,C3,EUR,2025-09-15,2025-10-15,430000.00,,,
S2,C3,EUR,2025-09-15,2025-10-15,70000.00,2025-09-30,70000.00,
OLD,C1,EUR,2025-06-01,2025-07-01,850000.00,2025-07-11,850000.00,
"""


class Called:
    """What a command printed and returned."""

    def __init__(self, command, words: str | list[str], capsys) -> None:
        parser = argparse.ArgumentParser(prog=command.__name__)
        command.configure(parser)
        parts = words.split() if isinstance(words, str) else words
        try:
            self.code = command.run(parser.parse_args(parts))
        except SystemExit as leaving:
            self.code = leaving.code
        captured = capsys.readouterr()
        self.answer = json.loads(captured.out) if captured.out else None
        self.complaint = captured.err.strip()


@pytest.fixture
def call(capsys):
    return lambda command, words: Called(command, words, capsys)


class TestInterest:
    ITALY = (
        "--country IT --kind b2b --amount 10000.00 --currency EUR --due 2025-05-31 "
        "--paid 2025-08-15"
    )

    def test_prints_the_documented_answer(self, call):
        called = call(interest, self.ITALY)

        assert called.code == 0
        assert called.answer == {
            "interest": "219.56",
            "compensation": "40.00",
            "currency": "EUR",
            "days": 76,
            "segments": [
                {
                    "from": "2025-06-01",
                    "to": "2025-06-30",
                    "days": 30,
                    "rate": "11.15",
                    "amount": "91.64",
                },
                {
                    "from": "2025-07-01",
                    "to": "2025-08-15",
                    "days": 46,
                    "rate": "10.15",
                    "amount": "127.92",
                },
            ],
            "sources": [
                "D.Lgs. 231/2002 arts. 3-6",
                "European Central Bank, main refinancing rate at the fixing date",
            ],
            "provisional": False,
        }

    def test_explains_itself(self, call):
        answer = call(interest, self.ITALY + " --explain").answer

        assert answer["rule"] == "L-IT-B2B"
        assert answer["segments"][0]["unrounded"] == "91.643836"
        assert answer["demandable"] is True

    def test_names_the_half_year_it_does_not_know(self, call):
        called = call(interest, self.ITALY.replace("2025-08-15", "2026-08-15"))

        assert called.code == 1
        assert called.answer["half_year"] == "2026 H2"
        assert "2026 H2 (2026-07-01 to 2026-12-31) is unknown" in called.complaint

    def test_estimates_only_when_asked(self, call):
        called = call(
            interest, self.ITALY.replace("2025-08-15", "2026-08-15") + " --provisional --explain"
        )

        assert called.code == 0
        assert (called.answer["provisional"], called.answer["demandable"]) == (True, False)

    def test_takes_payments_on_account(self, call):
        called = call(
            interest,
            "--country IT --amount 10000.00 --due 2025-01-31 --paid 2025-07-10 "
            "--reduced 2025-03-02=4000.00",
        )

        assert called.answer["interest"] == "328.27"

    def test_says_in_which_currency_the_compensation_is(self, call):
        called = call(interest, self.ITALY.replace("EUR", "USD"))

        assert called.answer["compensation_currency"] == "EUR"

    def test_leaves_open_what_needs_an_exchange_rate(self, call):
        assert call(interest, self.ITALY.replace("IT", "UK")).answer["compensation"] is None

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ("--country XX --amount 1.00 --due 2025-01-01 --paid 2025-02-01", "known: IT, FR"),
            ("--country IT --amount 1,00 --due 2025-01-01 --paid 2025-02-01", "'1,00'"),
            ("--country IT --amount 1.00 --due 2025-02-30 --paid 2025-02-01", "'2025-02-30'"),
            ("--country IT --amount 1.00 --due 2025-01-01 --paid 9999-12-31", "100 years"),
            (
                "--country IT --amount -1.00 --due 2025-01-01 --paid 2025-02-01",
                "above zero, not on -1.00",
            ),
            (
                "--country IT --kind b2c --amount 1.00 --due 2025-01-01 --paid 2025-02-01",
                "formal notice",
            ),
            (
                "--country IT --amount 1.00 --due 2025-01-01 --paid 2025-02-01 --reduced x",
                "'x' is not a date",
            ),
            (
                "--country IT --amount 1.00 --currency ABC --due 2025-01-01 --paid 2025-02-01",
                "ISO 4217",
            ),
        ],
    )
    def test_wrong_usage_is_one_sentence(self, call, words, why):
        called = call(interest, words)

        assert (called.code, called.answer) == (2, None)
        assert why in called.complaint

    def test_can_write_to_a_file(self, call, tmp_path: Path):
        called = call(interest, f"{self.ITALY} --out {tmp_path / 'a.json'}")

        assert called.answer is None
        assert json.loads((tmp_path / "a.json").read_text())["interest"] == "219.56"
        assert call(interest, f"{self.ITALY} --out {tmp_path}").code == 2


class TestInstalments:
    def test_prints_the_rows(self, call):
        called = call(
            instalments,
            "--amount 1200.00 --currency EUR --count 12 --first-due 2026-01-31 --model annuity "
            "--rate 6.00 --calendar IT",
        )

        assert called.code == 0
        assert called.answer["interest_total"] == "39.32"
        assert called.answer["rows"][1] == {
            "n": 2,
            "due": "2026-02-28",
            "collect_on": "2026-03-02",
            "principal": "97.77",
            "interest": "5.51",
            "payment": "103.28",
            "balance": "1004.95",
        }

    @pytest.mark.parametrize("down", ["200.00", "20%"])
    def test_opens_with_a_down_payment(self, call, down):
        called = call(
            instalments, f"--amount 1000.00 --count 7 --first-due 2026-01-31 --down {down}"
        )

        assert [row["payment"] for row in called.answer["rows"]] == [
            "200.00",
            *["114.29"] * 4,
            *["114.28"] * 3,
        ]
        assert called.answer["interest_total"] == "0.00"

    def test_a_rate_alone_means_simple_interest(self, call):
        called = call(
            instalments,
            "--amount 900.00 --count 3 --first-due 2026-02-15 --rate 10.15 --explain",
        )

        assert called.answer["interest_total"] == "15.02"
        assert called.answer["model"] == "linear"
        assert [row["days"] for row in called.answer["rows"]] == [31, 28, 31]

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ("--amount 1.00 --count 0 --first-due 2026-01-31", "1 to 600"),
            ("--amount 1.00 --count x --first-due 2026-01-31", "'x' is not a whole number"),
            ("--amount 1.00 --count 3 --first-due 2026-01-31 --down 2.00", "must lie between"),
            ("--amount 1.00 --count 3 --first-due 2026-01-31 --down x%", "'x' is not a number"),
            (
                "--amount 1.00 --count 3 --first-due 2026-01-31 --calendar XX",
                "no business calendar",
            ),
            (
                "--amount 1.00 --count 3 --first-due 2026-01-31 --rate 6 --model equal",
                "no interest",
            ),
            ("--amount 1.00 --count 3 --first-due 2026-01-31 --rate NaN", "'NaN'"),
            ("--amount 1.00 --count 3 --first-due 9999-12-31", "leaves the years"),
        ],
    )
    def test_wrong_usage_is_one_sentence(self, call, words, why):
        called = call(instalments, words)

        assert (called.code, called.answer) == (2, None)
        assert why in called.complaint


class TestSla:
    def test_prints_the_documented_answer(self, call):
        called = call(sla, "--country IT --start 2026-12-23T16:30 --business-days 5")

        assert called.code == 0
        assert called.answer == {
            "due": "2026-12-31T17:00+01:00",
            "skipped": [
                {"date": "2026-12-25", "why": "Christmas Day"},
                {"date": "2026-12-26", "why": "St Stephen's Day"},
                {"date": "2026-12-27", "why": "Sunday"},
            ],
        }

    @pytest.mark.parametrize(
        ("words", "due"),
        [
            ("--country UK --start 2026-12-23 --business-days 5", "2027-01-04T17:00+00:00"),
            ("--country US --start 2026-12-23T20:00Z --business-days 1", "2026-12-24T17:00-05:00"),
            ("--country IT --start 2026-09-14T10:00 --calendar-days 7", "2026-09-21T17:00+02:00"),
            ("--country IT --start 2026-09-14T16:00 --hours 4", "2026-09-15T11:00+02:00"),
            (
                "--country IT --start 2026-09-14T12:00 --business-days 1 --cutoff 11:00",
                "2026-09-16T11:00+02:00",
            ),
            (
                "--country IT --start 2026-12-04 --business-days 1 --day-off 2026-12-07=St.Ambrose",
                "2026-12-09T17:00+01:00",
            ),
            (
                (
                    "--country IT --start 2026-09-14T10:00 --business-days 1 "
                    "--stopped 2026-09-14T12:00/2026-09-16T12:00"
                ),
                "2026-09-17T17:00+02:00",  # eighteen working hours later than without the pause
            ),
        ],
    )
    def test_counts_what_it_is_asked_to(self, call, words, due):
        assert call(sla, words).answer["due"] == due

    def test_explains_itself(self, call):
        answer = call(sla, "--country IT --start 2026-12-23 --business-days 5 --explain").answer

        assert (answer["unit"], answer["count"], answer["time_zone"]) == ("BD", 5, "Europe/Rome")

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ("--country IT --start 2026-12-23", "one of the arguments"),
            ("--country IT --start soon --hours 1", "'soon' is not a time"),
            ("--country XX --start 2026-12-23 --hours 1", "no business calendar for 'XX'"),
            ("--country IT --start 2026-12-23 --hours 99999", "not between 0 and 10000"),
            ("--country IT --start 9999-12-31 --hours 1", "the year 9999"),
            ("--country IT --start 2026-12-23 --hours 1 --tz Mars/Base", "not a time zone"),
            ("--country IT --start 2026-12-23 --hours 1 --tz Europe", "not a time zone"),
            ("--country IT --start 2026-12-23 --hours 1 --cutoff late", "not a time of day"),
            ("--country IT --start 2026-12-23 --hours 1 --stopped now", "not a span"),
            ("--country IT --start 2026-12-23 --hours 1 --day-off x", "'x' is not a date"),
        ],
    )
    def test_wrong_usage_is_one_sentence(self, call, words, why):
        called = call(sla, words)

        assert (called.code, called.answer) == (2, None)
        assert why in called.complaint


class TestKpi:
    @pytest.fixture
    def of(self, call, tmp_path: Path):
        def run(text: str | bytes, words: str = "--as-of 2025-09-30") -> Called:
            path = tmp_path / "invoices.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            return call(kpi, ["--invoices", str(path), *words.split()])

        return run

    def test_prints_every_figure_with_its_formula(self, of):
        called = of(D1)

        assert called.code == 0
        assert called.answer["dso"] == {
            "value": "69.00",
            "unit": "days",
            "formula_id": "dso@1",
            "rows": [
                {"name": "receivables", "value": "900000.00", "count": 4},
                {"name": "credit_sales", "value": "1200000.00", "count": 7},
                {"name": "days", "value": "92"},
            ],
        }
        values = {name: each["value"] for name, each in called.answer.items()}
        assert values["best_possible_dso"] == "47.53"
        assert values["average_days_delinquent"] == "21.47"
        assert values["dso_in_dispute"] == "6.44"
        assert values["collection_effectiveness"] == "55.56"
        assert values["dso_count_back"] == "68.75"

    def test_opens_into_the_invoices(self, of):
        answer = of(D1, "--as-of 2025-09-30 --explain").answer

        assert answer["dso"]["rows"][0]["invoices"] == ["J1", "A1", "A2", "S1"]

    def test_takes_another_period(self, of):
        answer = of(D1, "--as-of 2025-09-30 --period-start 2025-09-01").answer

        assert answer["dso"]["rows"][2] == {"name": "days", "value": "30"}

    def test_undefined_is_null(self, of):
        answer = of(D1.splitlines()[0]).answer

        assert answer["dso"]["value"] is None

    @pytest.mark.parametrize("flag", ["true", "YES", "1", "x"])
    def test_a_flag_disputes_all_that_is_open(self, of, flag):
        answer = of(D1.replace("60000.00", flag)).answer

        assert answer["dso_in_dispute"]["rows"][0]["value"] == "234000.00"

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ("Z,C1,EUR,2025-07-10,2025-08-09,1,5", "is not a date"),
            ("Z,C1,EUR,10/07/2025,2025-08-09,1", "'10/07/2025' is not a date"),
            ("Z,C1,EUR,2025-07-10,2025-08-09,abc", "'abc' is not an amount"),
            ("Z,C1,EUR,2025-07-10,2025-08-09,1.00,,1.00", "settled_date is empty"),
            ("Z,C1,XYZ,2025-07-10,2025-08-09,1.00", "ISO 4217"),
            (",C1,EUR,2025-07-10,2025-08-09,1.00", "invoice_id is empty"),
            ("J1,C1,EUR,2025-07-10,2025-08-09,1.00", "'J1' appears twice"),
        ],
    )
    def test_a_bad_line_is_named_and_the_others_are_answered(self, of, line, why):
        called = of(D1 + line + "\n")

        assert called.code == 1
        assert called.answer["dso"]["value"] == "69.00"
        [error] = called.answer["errors"]
        assert (error["line"], why in error["error"]) == (10, True)
        assert f"line 10: {error['error']}" == called.complaint

    def test_never_mixes_currencies(self, of):
        mixed = D1 + "U1,C1,USD,2025-07-10,2025-08-09,100.00,,,\n"

        refused = of(mixed)
        assert (refused.code, refused.answer) == (2, None)
        assert "EUR, USD: choose one with --currency" in refused.complaint
        chosen = of(mixed, "--as-of 2025-09-30 --currency USD").answer
        assert chosen["ageing"]["value"] == "100.00"

    @pytest.mark.parametrize(
        ("text", "words", "code", "why"),
        [
            ("a,b\n1,2\n", "--as-of 2025-09-30", 2, "lacks the columns invoice_id"),
            ("", "--as-of 2025-09-30", 2, "lacks the columns"),
            (D1, "--as-of 2025-09-30 --currency USD", 2, "no invoice is in USD; there are EUR"),
            (D1, "--as-of 2025-09-30 --period-start 2025-10-01", 2, "cannot start on"),
        ],
    )
    def test_wrong_usage_is_one_sentence(self, of, text, words, code, why):
        called = of(text, words)

        assert (called.code, called.answer) == (code, None)
        assert why in called.complaint

    def test_an_unreadable_file_is_an_error(self, of, call):
        assert "cannot be read: it is not text in UTF-8" in of(b"\xff\xfe\x00").answer["error"]
        missing = call(kpi, "--invoices nowhere/x.csv --as-of 2025-09-30")
        assert missing.code == 1
        assert missing.answer == {
            "error": "nowhere/x.csv cannot be read: No such file or directory"
        }
        assert missing.complaint == missing.answer["error"]

    def test_reads_files_that_spreadsheets_wrote(self, of):
        assert of("\ufeff" + D1.replace("\n", "\r\n")).answer["dso"]["value"] == "69.00"


class TestCards:
    @pytest.mark.parametrize("command", [interest, instalments, sla, kpi])
    def test_every_calculator_works_without_a_database(self, command):
        assert command.NEEDS_DJANGO is False
        assert command.HELP

    def test_dates_have_one_form(self, call):
        assert call(kpi, "--invoices x --as-of 20250930").code == 2
