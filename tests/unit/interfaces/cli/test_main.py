from __future__ import annotations

import os
import subprocess
import sys

from concilia.interfaces import cli


class TestUsage:
    def test_without_a_command_prints_what_there_is_and_fails(self, capsys):
        assert cli.main([]) == 2

        assert "serve" in capsys.readouterr().out

    def test_asked_for_help_succeeds(self, capsys):
        assert cli.main(["--help"]) == 0

        assert "usage: concilia COMMAND" in capsys.readouterr().out

    def test_names_an_unknown_command_on_standard_error(self, capsys):
        assert cli.main(["sreve"]) == 2

        said = capsys.readouterr()
        assert said.out == ""
        assert "there is no command “sreve”" in said.err

    def test_tells_its_version(self, capsys):
        assert cli.main(["--version"]) == 0

        assert capsys.readouterr().out.startswith("concilia 0.")

    def test_help_lists_only_commands_that_exist(self, capsys):
        cli.main(["--help"])

        listed = {line.split()[0] for line in capsys.readouterr().out.splitlines()[2:] if line[:2]}
        assert {card.name for card in map(cli.find, cli.COMMANDS) if card} <= listed


class TestFind:
    def test_knows_a_command_without_importing_it(self):
        card = cli.find("serve")

        assert card is not None
        assert card.needs_django is True
        assert card.module == "concilia.interfaces.cli.serve"

    def test_takes_no_module_for_a_command_that_is_none(self):
        assert cli.find("supervision") is None
        assert cli.find("../serve") is None


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "concilia.interfaces.cli", *words],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


class TestSettingsThatMakeNoSense:
    def test_end_the_command_with_one_sentence(self):
        answer = run("migrate", CONCILIA_SMTP_PORT="many", DATABASE_URL="postgresql://nowhere/x")

        assert answer.returncode == 2
        assert answer.stderr == (
            "concilia: CONCILIA_SMTP_PORT is “many”; write a whole number from 1 to 65535.\n"
        )

    def test_a_public_installation_needs_a_key(self):
        answer = run(
            "migrate",
            CONCILIA_ALLOWED_HOSTS="claims.example.com",
            CONCILIA_SECRET_KEY="",
            DATABASE_URL="postgresql://nowhere/x",
        )

        assert answer.returncode == 2
        assert "CONCILIA_SECRET_KEY must be set" in answer.stderr


class TestWrongOptions:
    def test_are_wrong_usage(self):
        answer = run("check", "--quickly", DATABASE_URL="postgresql://nowhere/x")

        assert answer.returncode == 2
        assert "unrecognized arguments" in answer.stderr
