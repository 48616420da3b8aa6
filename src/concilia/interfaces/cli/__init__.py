"""
The command line: `concilia COMMAND …` (interfaces.md).

Each command is a module of this package with four names: `HELP` (one line) and `NEEDS_DJANGO`, both
written as plain constants, `configure(parser)` and `run(options) -> int`. A module is imported only
when its command is called, after Django is ready if it needs it: `concilia read` starts without
Django, and a command may import models at its top.

Exit codes: 0 success, 1 some input could not be read or something is not as it should be, 2 wrong
usage or wrong settings.
"""

from __future__ import annotations

import argparse
import ast
import keyword
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from concilia.foundation.threads import keep_to_one_thread

FAILED, MISUSED, INTERRUPTED = 1, 2, 130

# In the order of the help page.
COMMANDS = (
    "demo",
    "serve",
    "worker",
    "migrate",
    "check",
    "import",
    "intake",
    "read",
    "evaluate",
    "match",
    "bank-results",
    "interest",
    "instalments",
    "contact-check",
    "sla",
    "kpi",
)


@dataclass(frozen=True, kw_only=True)
class Card:
    """What is known of a command before it is imported."""

    name: str
    module: str
    help: str
    needs_django: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """This will run one command and return its exit code."""
    keep_to_one_thread()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0 if words else MISUSED
    if words[0] == "--version":
        from importlib.metadata import version

        print(f"concilia {version('concilia')}")
        return 0
    card = find(words[0])
    if card is None:
        print(f"concilia: there is no command “{words[0]}”.\n\n{_overview()}", file=sys.stderr)
        return MISUSED
    return _run(card, words[1:])


def find(name: str) -> Card | None:
    """This will look a command up; None if it does not exist."""
    if name not in COMMANDS:
        return None
    stem = name.replace("-", "_")
    here = Path(__file__).parent
    if keyword.iskeyword(stem):
        stem += "_"  # `import` is a word of Python: that command lives in import_.py
    homes = [here / f"{stem}.py", here / stem / "__init__.py"]
    path = next((home for home in homes if home.exists()), None)
    if path is None:
        return None
    constants = _constants(path)
    return Card(
        name=name,
        module=f"{__name__}.{stem}",
        help=str(constants["HELP"]),
        needs_django=bool(constants["NEEDS_DJANGO"]),
    )


def _constants(path: Path) -> dict[str, object]:
    """Read, not run: the help page must not import what fifteen commands need."""
    found: dict[str, object] = {}
    for node in ast.parse(path.read_text()).body:
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        for target in targets:
            if isinstance(target, ast.Name) and target.id in {"HELP", "NEEDS_DJANGO"}:
                assert isinstance(node, ast.Assign | ast.AnnAssign)
                assert node.value is not None
                found[target.id] = ast.literal_eval(node.value)
    return found


def _overview() -> str:
    cards = [card for card in map(find, COMMANDS) if card]
    width = max(len(card.name) for card in cards)
    lines = [f"  {card.name:{width}}  {card.help}" for card in cards]
    return "\n".join(
        ["usage: concilia COMMAND …", "", *lines, "", "`concilia COMMAND --help` tells more."]
    )


def _run(card: Card, words: list[str]) -> int:
    from concilia.foundation.embedded_postgres.binaries import Unavailable
    from concilia.foundation.environment import SettingUnreadable

    try:
        if card.needs_django:
            _prepare_django()
        command = import_module(card.module)
        parser = argparse.ArgumentParser(prog=f"concilia {card.name}", description=card.help)
        command.configure(parser)
        return int(command.run(parser.parse_args(words)))
    except SettingUnreadable as problem:
        print(f"concilia: {problem}", file=sys.stderr)
        return MISUSED
    except Unavailable as problem:
        print(f"concilia: {problem}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader (`… | head`) has enough. Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


def _prepare_django() -> None:
    import django

    from concilia.foundation import embedded_postgres

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")
    embedded_postgres.ensure()
    django.setup()
