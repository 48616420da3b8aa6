"""`concilia check`: is everything this installation needs in place? One line for each thing."""

from __future__ import annotations

import argparse
import shutil
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import mail
from django.db import DatabaseError, connection

from concilia.foundation import embedded_postgres
from concilia.foundation.plugins import UnknownPlugin
from concilia.identity.models import Entity
from concilia.identity.queries import founding_code
from concilia.interfaces.cli.migrate import count_missing
from concilia.ledger.ports import ERPS, ConfigurationInvalid, PostingFailed

HELP = "say whether everything this installation needs is in place"
NEEDS_DJANGO = True

FREE_BYTES_MIN = 1024**3
VERSION_MIN = 150_000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line: what was looked at, whether it is well, and a sentence for people."""

    about: str
    is_well: bool
    text: str


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add no options."""


def run(options: argparse.Namespace) -> int:
    """This will print all findings and return 1 if one of them is not well."""
    findings = list(find_all())
    for finding in findings:
        print(f"{'ok  ' if finding.is_well else 'FAIL'}  {finding.about:12}  {finding.text}")
    return 0 if all(finding.is_well for finding in findings) else 1


def find_all() -> Iterator[Finding]:
    """This will look at one thing after the other; what needs the database waits for it."""
    database = look_at_database()
    yield database
    looks: list[Callable[[], Finding]] = [look_at_mail, look_at_disk, look_at_pages]
    if database.is_well:
        looks = [look_at_migrations, look_at_worker, *looks]
    for look in looks:
        yield look()
    if database.is_well and not count_missing():
        yield look_at_company()
        yield from look_at_erps()


def look_at_database() -> Finding:
    """This will say which PostgreSQL answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
            cursor.execute("SHOW server_version_num")
            number = int(cursor.fetchone()[0])
    except DatabaseError as error:
        return Finding(about="database", is_well=False, text=f"does not answer: {error}".strip())
    whose = "of DATABASE_URL" if embedded_postgres.is_external() else "embedded"
    text = f"PostgreSQL {version}, {whose}"
    if number < VERSION_MIN:
        return Finding(about="database", is_well=False, text=f"{text}; 15 or newer is needed")
    return Finding(about="database", is_well=True, text=text)


def look_at_migrations() -> Finding:
    """This will say whether the database has the shape this version needs."""
    missing = count_missing()
    text = f"{missing} not applied; run `concilia migrate`" if missing else "all applied"
    return Finding(about="migrations", is_well=not missing, text=text)


def look_at_worker() -> Finding:
    """This will say whether jobs are done, by the heartbeats workers leave in the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_workers "
                "WHERE last_heartbeat > now() - interval '1 minute'"
            )
            alive = cursor.fetchone()[0]
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
            waiting = cursor.fetchone()[0]
    except DatabaseError:
        return Finding(about="worker", is_well=False, text="has no tables; run `concilia migrate`")
    if not alive and waiting:
        text = f"none is running and {waiting} jobs wait; run `concilia worker`"
        return Finding(about="worker", is_well=False, text=text)
    return Finding(about="worker", is_well=True, text=f"{alive} running, {waiting} jobs waiting")


def look_at_mail() -> Finding:
    """This will log in to the mail server and send nothing."""
    if not settings.EMAIL_HOST:
        text = f"no CONCILIA_SMTP_HOST: letters are kept in {settings.EMAIL_FILE_PATH}"
        return Finding(about="mail", is_well=True, text=text)
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with mail.get_connection(timeout=10):
            return Finding(about="mail", is_well=True, text=f"{server} answers")
    except (OSError, smtplib.SMTPException) as error:
        return Finding(about="mail", is_well=False, text=f"{server}: {error}")


def look_at_company() -> Finding:
    """This will say whose books these are, or how the first person comes in."""
    names = list(Entity.objects.order_by("name").values_list("name", flat=True))
    text = ", ".join(names) or f"none yet; open /begin/ in a browser, the code is {founding_code()}"
    return Finding(about="company", is_well=bool(names), text=text)


def look_at_erps() -> Iterator[Finding]:
    """This will try the connector of every entity, by its code; it posts nothing."""
    for entity in Entity.objects.order_by("code"):
        about = f"ERP {entity.code}"
        try:
            health = ERPS[entity.erp].configured(entity.erp_settings).check()
        except (UnknownPlugin, ConfigurationInvalid, PostingFailed) as problem:
            yield Finding(about=about, is_well=False, text=f"{entity.erp}: {problem}")
            continue
        text = "; ".join(health.problems) or "answers"
        yield Finding(about=about, is_well=health.ready, text=f"{entity.erp}: {text}")


def look_at_disk() -> Finding:
    """This will say how much room is left where everything is kept."""
    settings.CONCILIA_HOME.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.CONCILIA_HOME).free
    text = f"{free / 1024**3:.1f} GB free in {settings.CONCILIA_HOME}"
    return Finding(about="disk", is_well=free >= FREE_BYTES_MIN, text=text)


def look_at_pages() -> Finding:
    """This will say whether the files that pages need and the translations have been made."""
    missing = [name for name in ("vendor/tabler.min.css",) if not finders.find(name)]
    missing += [
        f"{language} translation"
        for language, _ in settings.LANGUAGES
        if language != "en"
        and not (settings.LOCALE_PATHS[0] / language / "LC_MESSAGES/django.mo").exists()
    ]
    text = f"missing: {', '.join(missing)}; run `make static`" if missing else "complete"
    return Finding(about="pages", is_well=not missing, text=text)
