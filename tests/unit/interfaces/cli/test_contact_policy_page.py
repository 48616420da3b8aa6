"""The page on contact policies says what the program knows, and its examples answer as printed."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from concilia.dunning.core.contact import terms
from concilia.dunning.core.contact.everywhere import EVERYWHERE
from concilia.dunning.core.contact.packs import PACKS
from concilia.interfaces.cli import main

PAGE = (Path(__file__).parents[4] / "docs/reference/contact-policy.md").read_text()
CONTACT, POLICY = re.findall(r"```json\n(.*?)```", PAGE, re.S)
CONSOLE = re.findall(r"```console\n\$ concilia (.+)\n(.*)```", PAGE)
POLICIES = [policy for pack in PACKS.values() for policy in pack] + list(EVERYWHERE)
WORDS = [
    terms.Channel,
    terms.DebtorType,
    terms.Actor,
    terms.Strength,
    terms.Purpose,
    terms.Recipient,
    terms.Content,
    terms.Flag,
    terms.Disputed,
    terms.Direction,
    terms.Outcome,
    terms.Per,
    terms.Ban,
    terms.ContentLimit,
]


@pytest.mark.parametrize(("command", "printed"), CONSOLE)
def test_examples_answer_as_printed(command, printed, capsys, tmp_path, monkeypatch):
    (tmp_path / "contact.json").write_text(CONTACT)
    (tmp_path / "policy.json").write_text(POLICY if "--policy" in command else "{}")
    contact = json.loads(CONTACT)
    if "--policy" in command:
        contact["debtor"]["country"] = "DE"
        (tmp_path / "contact.json").write_text(json.dumps(contact))
    monkeypatch.chdir(tmp_path)

    assert main(shlex.split(command)) == 0

    answer = json.loads(capsys.readouterr().out)
    refused = [rule for rule in answer["rules"] if rule["verdict"] == "DENY"]
    if printed:
        shown = json.loads(printed.replace(", …", ""))
        assert shown == answer | {"rules": refused}
    else:
        assert [rule["id"] for rule in refused] == ["ACME.windows"]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_every_policy_is_listed_with_strength_and_has_a_source(policy):
    name = re.sub(r"^(IT|FR|ES|DE|UK|US)-B2B", "XX-B2B", policy.id)
    row = next((line for line in PAGE.splitlines() if line.startswith(f"| `{name}`")), None)
    if row is None:
        assert policy.id.startswith("US-OWN-DEBTS-")
        row = next(line for line in PAGE.splitlines() if line.startswith("| `US-OWN-DEBTS`"))
        assert policy.id.removeprefix("US-OWN-DEBTS") in row

    assert policy.strength in row.split("|")[2]
    assert policy.source
    assert policy.checked_on
    if policy.strength is terms.Strength.LAW and policy.jurisdiction:
        assert policy.valid_from


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.__name__)
def test_every_word_stands_on_the_page(words):
    assert [word for word in words if not re.search(rf"\b{word}\b", PAGE)] == []


@pytest.mark.parametrize("module", ["reading_contacts", "reading_policies"])
def test_every_member_stands_on_the_page(module):
    source = Path(terms.__file__).with_name(f"{module}.py").read_text()
    members = set(re.findall(r"(?:fields\.\w+|_ban|_caps)\((?:fields, )?\"(\w+)\"", source))

    assert len(members) > 15
    assert sorted(name for name in members if not re.search(rf"\b{name}\b", PAGE)) == []
