"""The container files, as far as they can be checked without an engine."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml

from concilia.interfaces.cli import find

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())


def instructions(word: str) -> list[str]:
    return re.findall(rf"^{word} (.+)$", DOCKERFILE, re.M)


class TestDockerfile:
    def test_copies_only_what_exists_and_is_let_in(self):
        let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line}
        for line in instructions("COPY"):
            *sources, _target = shlex.split(line)
            if sources[0].startswith("--from"):
                continue
            for source in sources:
                assert (ROOT / source).exists(), source
                assert source in let_in, f"{source} is kept out by .dockerignore"

    def test_brings_everything_the_bootstrap_reads(self):
        copied = {word for line in instructions("COPY") for word in shlex.split(line)[:-1]}

        assert {
            "pyproject.toml",
            "requirements.lock",
            "package-lock.json",
            "tools",
            "src",
        } <= copied

    def test_starts_a_command_that_exists_as_somebody_without_rights(self):
        program, command, *_ = json.loads(instructions("CMD")[-1])

        assert program == "concilia"
        assert find(command)
        assert instructions("USER") == ["concilia"]


class TestCompose:
    def test_runs_the_three_things_an_installation_needs(self):
        assert set(SERVICES) == {"database", "web", "worker"}

    @pytest.mark.parametrize("name", ["web", "worker"])
    def test_starts_commands_that_exist(self, name):
        program, command, *_ = SERVICES[name]["command"]

        assert program == "concilia"
        assert find(command)

    @pytest.mark.parametrize("name", ["web", "worker"])
    def test_waits_for_the_database(self, name):
        assert SERVICES[name]["depends_on"]["database"]["condition"] == "service_healthy"

    def test_names_every_volume_it_uses(self):
        used = {
            mount.split(":")[0] for service in SERVICES.values() for mount in service["volumes"]
        }

        assert used == set(COMPOSE["volumes"])

    def test_opens_the_web_server_to_this_machine_only(self):
        assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]
        assert "ports" not in SERVICES["database"]

    def test_every_value_it_asks_for_is_in_the_example(self):
        asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
        example = (ROOT / "compose.env.example").read_text().splitlines()

        assert asked == {line.partition("=")[0] for line in example}

    def test_secrets_have_no_default(self):
        text = (ROOT / "compose.yaml").read_text()
        for name in ("POSTGRES_PASSWORD", "CONCILIA_SECRET_KEY"):
            assert set(re.findall(rf"\${{{name}(.)", text)) == {":"}
            assert f"${{{name}:-" not in text
