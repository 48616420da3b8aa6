"""What a company does in its first hour here, in a sensible order; gone once it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.customers.models import Customer
from concilia.identity.models import Membership, Role
from concilia.intake.models import Mailbox, WatchedFolder
from concilia.interfaces.desk.access import Seat
from concilia.interfaces.desk.addresses import address
from concilia.receivables.models import BankStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to set up: what, why, where, and whether it is done."""

    icon: str
    title: str | Promise
    why: str | Promise
    href: str
    is_done: bool


def first_steps(seat: Seat) -> Sequence[Step]:
    """The steps of this person, while the entity has no customers; later none."""
    entity = seat.entity
    if Customer.objects.filter(entity=entity).exists():
        return ()
    steps = [
        Step(
            icon="upload",
            title=_("Bring your customers, invoices and open items"),
            why=_("Exports of your ERP as CSV, a workbook or a ZIP; nothing is saved unseen."),
            href=address("imports"),
            is_done=False,
        ),
        Step(
            icon="building-bank",
            title=_("Load bank statements"),
            why=_("Payments are matched to the open items; what is missing opens a deduction."),
            href=address("bank"),
            is_done=BankStatement.objects.filter(entity=entity).exists(),
        ),
    ]
    return [*steps, *_of_the_administrator(seat)] if seat.role == Role.ADMIN else steps


def _of_the_administrator(seat: Seat) -> list[Step]:
    entity = seat.entity
    boxes = Mailbox.objects.filter(entity=entity, is_active=True)
    folders = WatchedFolder.objects.filter(entity=entity, is_active=True)
    members = Membership.objects.filter(entity=entity, is_active=True)
    return [
        Step(
            icon="mail",
            title=_("Connect the mailbox your customers write to"),
            why=_("What they contest is read, linked to its invoice and opened as a claim."),
            href=address("settings", section="sources"),
            is_done=boxes.exists() or folders.exists(),
        ),
        Step(
            icon="users",
            title=_("Let your colleagues in"),
            why=_("Clerks, logistics, sales, and those who sign: each with a role and a level."),
            href=address("settings", section="people"),
            is_done=members.count() > 1,
        ),
        Step(
            icon="plug",
            title=_("Say where credit notes are booked"),
            why=_("Into your ERP directly, or as files it picks up from a folder."),
            href=address("settings", section="erp"),
            is_done=bool(entity.erp_settings),
        ),
    ]
