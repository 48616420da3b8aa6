"""`concilia demo`: a working company in a database of its own, made by the production code."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

HELP = "build the demonstration company; --serve it, or --check it and end"
NEEDS_DJANGO = False  # it chooses its own database before the settings are read
SEED = 7
STAMP = "demo-built.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--serve", action="store_true", help="leave it on http://localhost:8000")
    parser.add_argument("--check", action="store_true", help="print what was done as JSON, and end")
    parser.add_argument("--port", type=int, default=8000, help="the port to serve on")
    parser.add_argument("--fresh", action="store_true", help="build it anew")
    parser.add_argument("--tell", action="store_true", help="say which acts were not needed")


def run(options: argparse.Namespace) -> int:
    """Build the company where it is not built yet, then serve it or check it."""
    if options.check:
        with tempfile.TemporaryDirectory(prefix="concilia-demo-") as folder:
            _choose(Path(folder))
            _build(Path(folder), tell=options.tell)
            return _check()
    home = Path(os.environ.get("CONCILIA_HOME", "var")).resolve() / "demo"
    if options.fresh:
        shutil.rmtree(home, ignore_errors=True)
    _choose(home)
    if not _is_built(home):
        _build(home, tell=options.tell)
        (home / STAMP).write_text(json.dumps({"version": _version()}))
    _print_log_ins()
    if not options.serve:
        return 0
    return _serve(options.port)


def _choose(home: Path) -> None:
    """The demonstration lives in a cluster of its own; nobody's data are near it."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["CONCILIA_HOME"] = str(home)
    os.environ.setdefault("CONCILIA_LOG_LEVEL", "warning")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")
    home.mkdir(parents=True, exist_ok=True)


def _is_built(home: Path) -> bool:
    """Whether the company is there, as this version builds it; else nothing is left of it."""
    try:
        kept = json.loads((home / STAMP).read_text())
    except (OSError, ValueError):
        kept = {}  # half built is not built
    if kept.get("version") == _version():
        return True
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return False


def _version() -> str:
    """Changes with the generator, so that a new release builds a new company."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("company/*.py"), *folder.glob("staging/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _build(home: Path, *, tell: bool) -> None:
    """
    Found the company and play what happened to it.

    No commit waits for the disk: a power cut here only means that it is built again. What is
    finished is on the disk.
    """
    started = time.monotonic()
    _start_django()
    os.environ["PGOPTIONS"] = "-c synchronous_commit=off"  # of connections that open from now on
    try:
        _fill(home, started, tell=tell)
    finally:
        os.environ.pop("PGOPTIONS")
    _write_to_disk()


def _write_to_disk() -> None:
    """Connections that open from now on wait for the disk again."""
    from django.db import connection, connections

    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    connections.close_all()


def _fill(home: Path, started: float, *, tell: bool) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    _say(started, "empty database ready")
    from concilia.dunning.actions import plan_run
    from concilia.interfaces.cli.company import build_company
    from concilia.interfaces.cli.staging.cast import perform
    from concilia.interfaces.cli.staging.chores import do_chores
    from concilia.interfaces.cli.staging.founding import found
    from concilia.interfaces.cli.staging.play import Stage, members_of, play

    now = datetime.now(UTC)
    company = build_company(SEED, (now - timedelta(days=1)).date())
    _say(started, f"{company.name}: papers written")
    for one in filter(None, (company, company.second_entity)):
        folder = home / "erp" / one.code
        opening = datetime.combine(one.window_start, datetime.min.time(), tzinfo=UTC)
        entity = found(one, erp_folder=folder, at=opening)
        stage = Stage(entity=entity, company=one, erp_folder=folder, members=members_of(entity))
        _say(started, f"{one.name}: data imported, {len(one.mails)} mails to come")
        play(stage, perform, do_chores)
        plan_run(entity=stage.entity, at=now)
        _say(
            started,
            f"{one.name}: {len(one.acts)} acts of people, {sum(stage.skipped.values())} not needed",
        )
        for line in stage.refusals if tell else ():
            print(" ", line, file=sys.stderr)


def _start_django() -> None:
    from concilia.foundation import embedded_postgres

    embedded_postgres.ensure()
    import django

    django.setup()


def _check() -> int:
    from concilia.interfaces.cli.staging.report import report

    figures = report()
    print(json.dumps(figures, indent=2))
    return int(bool(figures["invariants_broken"]))


def _print_log_ins() -> None:
    _start_django()
    from concilia.identity.models import Membership
    from concilia.interfaces.cli.staging.founding import PASSWORD

    rows = Membership.objects.select_related("user", "entity").order_by("entity__pk", "pk")
    print(f"\n  Log in with the password  {PASSWORD}\n", file=sys.stderr)
    for row in rows:
        seat = f"{row.entity.name}, {row.get_department_display()}, {row.role} L{row.level}"
        print(f"  {row.user.email:<42} {row.user.name:<16} {seat}", file=sys.stderr)
    print(file=sys.stderr)


def _serve(port: int) -> int:
    from concilia.interfaces.cli import main

    return main(["serve", "--with-worker", "--port", str(port)])


def _say(started: float, text: str) -> None:
    print(f"  {time.monotonic() - started:5.1f} s  {text}", file=sys.stderr, flush=True)
