"""What clerks did with bank entries the rules only propose: they said which invoices are paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random

from concilia.interfaces.cli.company.habits import Transfer
from concilia.interfaces.cli.company.people import BY_FIRST_NAME
from concilia.interfaces.cli.company.routes import after_minutes
from concilia.interfaces.cli.company.shapes import Act, JsonValue
from concilia.interfaces.cli.company.workdays import at_rome, shift_workdays

NEWEST_DAYS = 2


def confirm_proposals(rng: Random, transfers: Sequence[Transfer], now: datetime) -> list[Act]:
    """Give a `confirm_match` for each doubtful transfer; those of the last days are left to do."""
    acts = []
    for transfer in transfers:
        if not transfer.is_doubtful or transfer.payer.pays == "sdd":
            continue
        arrived = at_rome(shift_workdays(transfer.day, 1), 6, 5)
        at = after_minutes(arrived, rng.randint(15, 240))
        if at < at_rome(shift_workdays(now.date(), -NEWEST_DAYS), 8, 0):
            documents: list[JsonValue] = [sale.number for sale in transfer.sales]
            args: dict[str, JsonValue] = {
                "documents": documents,
                "customer": transfer.sales[0].customer.number,
            }
            acts.append(Act(at, BY_FIRST_NAME["giulia"], "confirm_match", transfer.ref, args))
    return acts
