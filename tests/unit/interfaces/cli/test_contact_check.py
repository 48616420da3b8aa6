from __future__ import annotations

import json
import subprocess
import sys

import pytest

from concilia.interfaces.cli import main

SATURDAY = {
    "channel": "CALL",
    "at": "2026-11-28T15:01",
    "debts": ["R1"],
    "debtor": {"type": "CONSUMER", "country": "IT"},
}


@pytest.fixture
def check(tmp_path, capsys):
    """Write what is given to files, call the command, return code, answer and complaint."""

    def call(contact, *words, policy=None):
        path = tmp_path / "contact.json"
        path.write_text(contact if isinstance(contact, str) else json.dumps(contact))
        more = []
        if policy is not None:
            own = tmp_path / "policy.json"
            own.write_text(policy if isinstance(policy, str) else json.dumps(policy))
            more = ["--policy", str(own)]
        code = main(["contact-check", *words, *more, "--contact", str(path)])
        printed = capsys.readouterr()
        answer = json.loads(printed.out) if printed.out else None
        return code, answer, printed.err.replace(f"{tmp_path}/", "").strip()

    return call


def refusing(answer) -> list[str]:
    return [rule["id"] for rule in answer["rules"] if rule["verdict"] == "DENY"]


class TestAnswer:
    def test_refuses_with_the_moment_and_every_rule(self, check):
        code, answer, complaint = check(SATURDAY, "--pack", "IT")

        assert (code, complaint) == (0, "")
        assert list(answer) == ["allowed", "earliest", "rules"]
        assert answer["allowed"] is False
        assert answer["earliest"] == "2026-11-30T08:30:00+01:00"
        assert refusing(answer) == ["IT-UNIREC.windows"]
        assert {
            "id": "IT-UNIREC.windows",
            "verdict": "DENY",
            "why": "Sat 15:01 local time is outside the hours (Mon–Fri 08:30–21:00, "
            "Sat 08:30–15:00).",
        } in answer["rules"]
        assert {
            "id": "IT-UNIREC.holidays",
            "verdict": "ALLOW",
            "why": "28 November 2026 is no holiday (IT).",
        } in answer["rules"]

    def test_what_is_allowed_is_allowed_now(self, check):
        code, answer, _ = check(SATURDAY | {"at": "2026-11-28T13:00+00:00"}, "--pack", "it-b2c")

        assert code == 0
        assert (answer["allowed"], answer["earliest"]) == (True, "2026-11-28T14:00:00+01:00")

    def test_what_no_waiting_meets_has_no_moment(self, check):
        contact = SATURDAY | {"debtor": {"country": "IT", "flags": ["DECEASED"]}}

        code, answer, _ = check(contact, "--pack", "IT")

        assert code == 0
        assert (answer["allowed"], answer["earliest"]) == (False, None)

    def test_the_eighth_call_in_seven_days_is_withheld_with_the_name_of_the_rule(self, check):
        contact = {
            "channel": "CALL",
            "at": "2026-03-07T15:00",
            "actor": "AGENCY",
            "debts": ["R1"],
            "debtor": {"type": "CONSUMER", "country": "US", "time_zone": "America/Chicago"},
            "history": [
                {"at": f"2026-03-{n:02}T10:00", "channel": "CALL", "outcome": "NO_ANSWER"}
                for n in range(1, 8)
            ],
        }

        _, answer, _ = check(contact, "--pack", "US")

        assert refusing(answer) == ["US-REG-F.max_attempts.7_in_7"]
        assert answer["earliest"] == "2026-03-08T08:00:00-05:00"

    @pytest.mark.parametrize(
        ("language", "why"),
        [
            ("it", "sab 15:01 (ora locale) è fuori dagli orari"),
            ("fr", "sam 15:01 (heure locale) est hors des horaires"),
            ("es", "sáb 15:01 (hora local) está fuera del horario"),
            ("de", "Sa 15:01 (Ortszeit) liegt außerhalb der Zeiten"),
        ],
    )
    def test_speaks_five_languages(self, check, language, why):
        _, answer, _ = check(SATURDAY, "--pack", "IT", "--language", language)

        assert any(rule["why"].startswith(why) for rule in answer["rules"])

    def test_explains_where_rules_are_from(self, check):
        _, answer, _ = check(SATURDAY, "--pack", "US", "--pack", "IT", "--explain")

        assert answer is not None
        assert "error" in answer  # a debtor in Italy is nobody the American pack is for

        _, answer, _ = check(SATURDAY, "--pack", "IT", "--explain")

        assert answer["time_zones"] == ["Europe/Rome"]
        garante = next(row for row in answer["policies"] if row["id"] == "IT-GARANTE")
        assert (garante["strength"], garante["valid_from"]) == ("LAW", "2005-11-30")
        assert all(row["source"] and row["checked_on"] for row in answer["policies"])
        hours = next(rule for rule in answer["rules"] if rule["id"] == "IT-UNIREC.windows")
        assert hours["earliest"] == "2026-11-30T08:30:00+01:00"

    def test_writes_the_answer_to_a_file(self, check, tmp_path):
        code, answer, _ = check(SATURDAY, "--pack", "IT", "--out", str(tmp_path / "answer.json"))

        assert (code, answer) == (0, None)
        assert json.loads((tmp_path / "answer.json").read_text())["allowed"] is False

    def test_combines_countries_of_one_debtor(self, check):
        contact = SATURDAY | {
            "at": "2026-11-27T08:15",
            "debtor": {"country": ["IT", "DE"], "time_zone": "Europe/Rome"},
        }

        _, answer, _ = check(contact, "--pack", "DE", "--pack", "IT")

        assert refusing(answer) == ["IT-UNIREC.windows"]

    def test_needs_neither_django_nor_a_database(self, tmp_path):
        path = tmp_path / "contact.json"
        path.write_text(json.dumps(SATURDAY))
        words = ["contact-check", "--pack", "IT", "--contact", str(path)]
        program = (
            f"import sys; from concilia.interfaces.cli import main; main({words!r}); "
            "print([name for name in ('django', 'psycopg') if name in sys.modules])"
        )

        answer = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )

        assert answer.stdout.splitlines()[-1] == "[]"


class TestOwnPolicies:
    OWN = {
        "id": "ACME",
        "channel": ["CALL"],
        "windows": {"MON..THU": ["10:00-12:00"], "FRI": [], "SAT": ["10:00-12:00"]},
        "holidays": "FORBID",
        "calendar": "IT",
        "max_attempts": [{"n": 2, "days": 7, "per": "PERSON"}],
        "max_conversations": {"n": 1, "days": 30},
        "cool_off_after_conversation_days": 5,
    }
    CALL = SATURDAY | {"debtor": {"type": "B2C", "time_zone": "Europe/Rome"}}

    def test_is_a_policy_by_itself(self, check):
        _, answer, _ = check(self.CALL, policy=self.OWN)

        assert refusing(answer) == ["ACME.windows"]
        assert answer["earliest"] == "2026-11-30T10:00:00+01:00"

    def test_stands_beside_the_law(self, check):
        contact = SATURDAY | {"at": "2026-11-28T10:30"}

        _, answer, _ = check(contact, "--pack", "IT", policy=self.OWN)
        assert answer["allowed"] is True

        all_day = self.OWN | {"windows": {"MON..SUN": ["00:00-24:00"]}, "holidays": "ALLOW"}
        _, answer, _ = check(SATURDAY, policy={"packs": ["IT"], "policies": [all_day]})
        assert refusing(answer) == ["IT-UNIREC.windows"]

    def test_takes_the_place_of_a_default_and_not_of_a_law(self, check):
        contact = {
            "channel": "CALL",
            "at": "2026-11-28T21:30",
            "debtor": {"country": "DE"},
        }
        late = {"id": "LATE", "windows": {"MON..SAT": ["08:00-22:00"]}}

        _, answer, _ = check(contact, "--pack", "DE", policy=late | {"replaces": ["DE-HOURS"]})
        assert answer["allowed"] is True

        code, answer, complaint = check(
            SATURDAY, "--pack", "IT", policy=late | {"replaces": ["IT-UNIREC"]}
        )
        assert code == 1
        assert complaint == "IT-UNIREC is of strength CODE: a company can only be stricter"
        assert answer == {"error": complaint}

    @pytest.mark.parametrize(
        ("policy", "sentence"),
        [
            ({"windows": {}}, "policy[0].id is missing"),
            (
                {"id": "A", "max_atempts": []},
                "has a member 'max_atempts' that nobody knows",
            ),
            ({"id": "A", "windows": {"MO": []}}, "policy[0].windows: 'MO' is no day like MON"),
            ({"id": "A", "windows": {"MON": ["22:00-06:00"]}}, "is no span of hours like"),
            ({"id": "A", "windows": {"MON": [8]}}, "policy[0].windows: dict is no week"),
            ({"id": "A", "windows": {"MON": [], "MON..TUE": []}}, "MON are given twice"),
            ({"id": "A", "holidays": "FORBID"}, "names no calendar"),
            ({"id": "A", "holidays": "IF_PROVIDED"}, "is no word of ALLOW, FORBID"),
            ({"id": "A", "max_attempts": [{"n": 7}]}, "a limit needs n and days"),
            ({"id": "A", "max_attempts": [{"n": -1, "days": 7}]}, "whole number from 0"),
            ({"id": "A", "max_attempts": [{"n": True, "days": 7}]}, "whole number from 0"),
            ({"id": "A", "jurisdiction": "XX"}, "'XX' is no country we know rules of"),
            ({"id": "A", "jurisdiction": "TARGET"}, "is no country we know rules of"),
            ({"id": "A", "valid_from": "1.1.2026"}, "is no date like 2026-01-31"),
            ({"id": "A", "consent_required": "yes"}, "is no true or false"),
            ({"id": "A", "channel": "FAX"}, "'FAX' is no word of CALL, SMS"),
            ({"id": "A", "stops": {"SAD": 3}}, "'SAD' is no word of DECEASED"),
            ({"id": "A", "days_off": ["Monday"]}, "is no date like"),
            ([{"id": "A"}, {"id": "A"}], "there are two policies 'A'"),
            ({"id": "A", "replaces": ["B"]}, "there is no policy 'B' to replace"),
            ([], "the policy file says nothing"),
            ("[1]", "policy[0] is not an object"),
            ('{"id": "A", "id": "B"}', "it says 'id' twice"),
        ],
    )
    def test_says_in_one_sentence_what_cannot_be_read(self, check, policy, sentence):
        code, answer, complaint = check(self.CALL, policy=policy)

        assert code == 1
        assert sentence in complaint
        assert "\n" not in complaint
        assert sentence in answer["error"]


class TestContactsThatCannotBeRead:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"debtor": {"country": "XX"}}, "debtor.country: 'XX' is no country we know rules of"),
            ({"debtor": {"time_zone": "Mars/Olympus"}}, "is no time zone like Europe/Rome"),
            ({"debtor": {"time_zone": "../../etc/passwd"}}, "is no time zone like Europe/Rome"),
            ({"debtor": {"country": "FR"}}, "the pack of IT is not for a debtor in FR"),
            ({"debtor": {"type": "PERSON"}}, "'PERSON' is no word of CONSUMER"),
            ({"debtor": {"opt_out": ["SMS"]}}, "debtor has a member 'opt_out' that nobody knows"),
            ({"debtor": {"flags": ["DECEASED", "DECEASED"]}}, "has the flag DECEASED twice"),
            ({"debtor": []}, "debtor is not an object"),
            ({"channel": None}, "the contact says no channel"),
            ({"channel": "FAX"}, "the contact.channel: 'FAX' is no word of"),
            ({"at": None}, "the contact.at is missing"),
            ({"at": "tomorrow"}, "'tomorrow' is no time like"),
            ({"at": "9999-12-31T23:59"}, "is no time like"),
            ({"debts": ["R1", "R1"]}, "the contact names a debt twice"),
            ({"debts": ["\ud800"]}, "is no line of 1 to 300 characters"),
            ({"debts": [{"id": "R1", "disputed": True}]}, "True is no word of NONE"),
            ({"history": [{"channel": "CALL"}]}, "history[0].at is missing"),
            ({"history": [{"at": "2026-11-27T10:00"}]}, "an entry of the history says no channel"),
            ({"history": ["called"]}, "history[0] is not an object"),
            ({"requested_on": "2026-12-01"}, "was requested on 2026-12-01, after its own day"),
        ],
    )
    def test_says_what_is_wrong_in_one_sentence(self, check, changes, sentence):
        code, answer, complaint = check(SATURDAY | changes, "--pack", "IT")

        assert code == 1
        assert sentence in complaint
        assert "\n" not in complaint
        assert sentence in answer["error"]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("{", "contact.json: it is not JSON"),
            ("", "it is not JSON"),
            ("[" * 100_000, "it is not JSON"),
            ('{"n": ' + "9" * 5_000 + "}", "it is not JSON"),
            ("[]", "the contact is not an object"),
            ("null", "the contact is not an object"),
        ],
    )
    def test_bad_json_is_one_sentence(self, check, text, sentence):
        code, answer, complaint = check(text, "--pack", "IT")

        assert code == 1
        assert sentence in complaint
        assert "\n" not in complaint
        assert answer == {"error": answer["error"]}

    def test_a_missing_time_zone_is_one_sentence(self, check):
        own = {"id": "A"}
        contact = SATURDAY | {"debtor": {}}

        assert check(contact, policy=own)[2] == (
            "contact.json: the debtor's time zone is missing, and no country to take it from: "
            'say "time_zone": "Europe/Rome"'
        )
        code, _, complaint = check(contact, "--pack", "US")
        assert code == 1
        assert "time zone is missing, and US has several" in complaint

    def test_a_file_that_is_not_there(self, capsys):
        assert main(["contact-check", "--pack", "IT", "--contact", "no-such.json"]) == 1
        assert capsys.readouterr().err.startswith("no-such.json: it cannot be read: No such file")

    def test_bytes_that_are_no_text(self, tmp_path, capsys):
        (tmp_path / "c.json").write_bytes(b"\xff\xfe\x00")

        assert main(["contact-check", "--pack", "IT", "--contact", str(tmp_path / "c.json")]) == 1
        assert "it is not text in UTF-8" in capsys.readouterr().err


class TestUsage:
    def test_wants_a_policy_or_a_pack(self, check):
        assert check(SATURDAY)[0] == 2

    @pytest.mark.parametrize("name", ["XX", "IT-B2X", ""])
    def test_names_the_packs_there_are(self, check, name):
        code, answer, complaint = check(SATURDAY, "--pack", name)

        assert (code, answer) == (2, None)
        assert "there are IT, FR, ES, DE, UK, US" in complaint

    def test_packs_for_different_debtors_contradict_each_other(self, check):
        assert check(SATURDAY, "--pack", "IT-B2B", "--pack", "IT-B2C")[0] == 1

    def test_a_pack_for_companies_is_not_for_a_consumer(self, check):
        _, _, complaint = check(SATURDAY, "--pack", "IT-B2B")

        assert "the pack is for a COMPANY and the debtor is a CONSUMER" in complaint
