"""`concilia bank-results`: what became of payments, as a CSV file."""

from __future__ import annotations

import argparse
import csv
import sys
from contextlib import nullcontext
from pathlib import Path

from concilia.cash.queries.bank_figures import Scope
from concilia.cash.queries.results import HEAD, Results
from concilia.identity.models import Entity
from concilia.interfaces.cli.answers import a_date, misused
from concilia.kernel.cells import harmless
from concilia.receivables.models import BankStatement

HELP = "write what became of payments as a CSV file"
NEEDS_DJANGO = True


def configure(parser: argparse.ArgumentParser) -> None:
    """This will declare the options."""
    parser.add_argument("--entity", help="the creditor's code, where there are several")
    parser.add_argument("--statement", help="the identification of one statement")
    parser.add_argument("--from", dest="since", type=a_date, help="first booking day")
    parser.add_argument("--to", dest="until", type=a_date, help="last booking day")
    parser.add_argument("--out", type=Path, help="the file to write (default: standard output)")


def run(options: argparse.Namespace) -> int:
    """This will write one row for each item a payment was put to."""
    entities = Entity.objects.filter(**({"code": options.entity} if options.entity else {}))
    if entities.count() != 1:
        return misused("name one creditor with --entity")
    entity = entities.get()
    scope = Scope(since=options.since, until=options.until)
    if options.statement:
        rows = BankStatement.objects.filter(entity=entity, identification=options.statement)
        statement = rows.order_by("-pk").first()
        if statement is None:
            return misused(f"there is no statement “{options.statement}”")
        scope = Scope(statement_id=statement.pk)
    target = (
        options.out.open("w", newline="", encoding="utf-8")
        if options.out
        else nullcontext(sys.stdout)
    )
    with target as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for row in Results(entity_id=entity.pk, scope=scope):
            writer.writerow([harmless(getattr(row, name)) for name in HEAD])
    return 0
