"""`concilia contact-check`: whether a contact is allowed, when it will be, and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.choosing import Chosen, choose, why_not_for
from concilia.dunning.core.contact.deciding import Decision, Ruling, decide
from concilia.dunning.core.contact.fields import Unreadable
from concilia.dunning.core.contact.packs import PackUnknown
from concilia.dunning.core.contact.policy import ContactPolicy, PolicyRefused
from concilia.dunning.core.contact.reading_contacts import ContactFile, read_contact
from concilia.dunning.core.contact.reading_policies import PolicyFile, read_policies
from concilia.interfaces.cli.answers import UNREADABLE, add_output_options, misused, write_answer
from concilia.kernel.languages import LANGUAGES

HELP = "decide whether and when a debtor may be contacted"
NEEDS_DJANGO = False


def configure(parser: argparse.ArgumentParser) -> None:
    """This will declare the options."""
    parser.add_argument(
        "--policy",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a company's own policies, JSON; may be repeated",
    )
    parser.add_argument(
        "--pack",
        action="append",
        default=[],
        metavar="NAME",
        help="a law pack: IT FR ES DE UK US, also IT-B2C or IT-B2B; may be repeated",
    )
    parser.add_argument(
        "--contact", type=Path, required=True, metavar="FILE", help="the planned contact, JSON"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the sentences")
    add_output_options(parser)


def run(options: argparse.Namespace) -> int:
    """This will print the decision and every rule behind it as one JSON object."""
    if not options.policy and not options.pack:
        return misused("say --policy FILE or --pack NAME, or both")
    try:
        files = [_read_policies(path) for path in options.policy]
        chosen = _choose(options.pack, files)
        read = _read_contact(options.contact, chosen)
    except PackUnknown as problem:
        return misused(problem.args[0])
    except (Unreadable, PolicyRefused) as problem:
        misused(problem)
        write_answer({"error": str(problem)}, options)
        return UNREADABLE
    decision = decide(chosen.policies, read.contact, read.debtor, read.history)
    write_answer(_answer(decision, read, options), options)
    return 0


def _choose(names: Sequence[str], files: Sequence[PolicyFile]) -> Chosen:
    packs = [*names, *(name for file in files for name in file.packs)]
    own = [policy for file in files for policy in file.policies]
    return choose(packs, own)


def _read_policies(path: Path) -> PolicyFile:
    try:
        return read_policies(_load(path))
    except Unreadable as problem:
        raise Unreadable(f"{path}: {problem}") from None


def _read_contact(path: Path, chosen: Chosen) -> ContactFile:
    try:
        read = read_contact(_load(path), debtor_type=chosen.debtor_type, countries=chosen.countries)
    except Unreadable as problem:
        raise Unreadable(f"{path}: {problem}") from None
    sentence = why_not_for(chosen, read.debtor.countries)
    if sentence:
        raise Unreadable(f"{path}: {sentence}")
    return read


def _load(path: Path) -> object:
    """Read JSON that a stranger may have written."""
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=_once)
    except Unreadable:
        raise
    except OSError as problem:
        raise Unreadable(f"it cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise Unreadable("it is not text in UTF-8") from None
    except json.JSONDecodeError as problem:
        raise Unreadable(f"it is not JSON: {problem}") from None
    except (RecursionError, ValueError):
        raise Unreadable("it is not JSON one can read: too deep, or a number too long") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that says the same member twice: nobody knows which one is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(f"it says {twice[:40]!r} twice in one object")
    return found


def _answer(
    decision: Decision, read: ContactFile, options: argparse.Namespace
) -> dict[str, object]:
    zone = read.debtor.zones[0]
    rules = [
        _rule(ruling, zone, options.language, explain=options.explain)
        for ruling in decision.rulings
    ]
    answer: dict[str, object] = {
        "allowed": decision.allowed,
        "earliest": _local(decision.earliest, zone),
        "rules": rules,
    }
    if options.explain:
        answer["time_zones"] = [each.key for each in read.debtor.zones]
        answer["policies"] = list(_policies(decision))
    return answer


def _rule(ruling: Ruling, zone: ZoneInfo, language: str, *, explain: bool) -> dict[str, object]:
    answer: dict[str, object] = {
        "id": ruling.rule.id,
        "verdict": ruling.verdict,
        "why": ruling.why(language),
    }
    if explain:
        answer["policy"] = ruling.rule.policy.id
        answer["earliest"] = _local(ruling.earliest, zone)
    return answer


def _policies(decision: Decision) -> Iterator[dict[str, object]]:
    """Where each rule is from, once for each policy."""
    policies: dict[str, ContactPolicy] = {
        ruling.rule.policy.id: ruling.rule.policy for ruling in decision.rulings
    }
    for policy in policies.values():
        yield {
            "id": policy.id,
            "strength": policy.strength,
            "source": policy.source,
            "valid_from": policy.valid_from.isoformat() if policy.valid_from else None,
            "valid_to": policy.valid_to.isoformat() if policy.valid_to else None,
            "checked_on": policy.checked_on.isoformat() if policy.checked_on else None,
        }


def _local(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat()
