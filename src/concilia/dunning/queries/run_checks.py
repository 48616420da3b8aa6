"""What changed since a touch was planned: asked before it is written, and as it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from concilia.dunning.core.contact.asking import Answer, ContactDesk, Wanted
from concilia.dunning.core.contact.wishes import NO_WISHES
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.strategy.contacts import recent_of
from concilia.dunning.core.strategy.ladder import Why
from concilia.dunning.core.strategy.terms import CHANNEL_OF, Way
from concilia.dunning.models import RunTouch, RunTouchItem
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.dunning.queries.run_debtors import (
    ACTED_OF_SOME,
    Told,
    parameters_of_run,
    told_of,
)
from concilia.identity.models import Entity

PAID = "paid"
NO_CONTACT = "no_address"


@dataclass(frozen=True, slots=True)
class Checked:
    """
    Whether a touch may go now.

    :param why: why not; empty if it may, or if it only waits
    :param waits_until: for the hours of the contact policy
    """

    why: str = ""
    detail: str = ""
    waits_until: datetime | None = None

    @property
    def may_go(self) -> bool:
        """Whether it goes now."""
        return not self.why and self.waits_until is None


class TouchChecks:
    """What is true now of the customers of some touches: five statements, however many."""

    def __init__(
        self, *, entity: Entity, touches: Sequence[RunTouch], today: date, at: datetime
    ) -> None:
        self._today, self._at, self._desk = today, at, ContactDesk()
        customers = sorted({touch.customer_id for touch in touches})
        asked = parameters_of_run(entity=entity, today=today, at=at) | {"customers": customers}
        self._items = {
            item.id: item
            for item in dunnable_items(entity=entity, customers=customers, today=today)
        }
        self._acted = _acted(asked)
        self._told: Told = told_of(customers, asked)

    def check(self, touch: RunTouch, items: Sequence[RunTouchItem], *, left: int = 0) -> Checked:
        """
        Return whether a touch may go.

        :param left: how many of the contacts of today are its own
        """
        why = next(filter(None, (self._why_of_item(each) for each in items)), "")
        acted_at = self._acted.get(touch.customer_id)
        if not why and acted_at is not None and acted_at > touch.run.planned_at:
            why = Why.THEY_ACTED
        if not why and touch.way == Way.EMAIL:
            why = _why_of_contact(touch)
        return Checked(why) if why else self._by_policy(touch, left)

    def _why_of_item(self, part: RunTouchItem) -> str:
        """Every cent that is asked for must still be one that may be asked for."""
        now = self._items.get(part.item_id)
        if part.asked_minor == 0:
            return ""
        if now is None:
            return PAID
        if not now.rests and now.dunnable >= part.asked_minor:
            return ""
        return _what_became(now, part)

    def _by_policy(self, touch: RunTouch, left: int) -> Checked:
        contacts = self._told.contacts.get(touch.customer_id, [])
        contacts = contacts[: len(contacts) - left] if left else contacts
        motive = self._told.motives.get(touch.customer_id)
        answer: Answer = self._desk.ask(
            Wanted(
                channel=CHANNEL_OF[Way(touch.way)],
                country=touch.customer.country,
                is_business=bool(touch.customer.vat_number),
                motives=(motive,) if motive else (),
                is_disputed=bool(touch.disputed_minor),
                is_legal=touch.tone == Tone.FORMAL_NOTICE,
                past=recent_of(contacts, self._today),
                wishes=self._told.wishes.get(touch.customer_id, NO_WISHES),
                at=self._at,
            )
        )
        if answer.allowed:
            return Checked()
        if answer.waits:
            return Checked(waits_until=answer.earliest)
        return Checked(Why.POLICY if answer.rule else Why.NOBODY_KNOWS_WHERE, answer.rule)


def _what_became(now: DunnableItem, part: RunTouchItem) -> str:
    if now.disputed > part.disputed_minor:
        return Why.DISPUTED
    if now.promised or now.planned:
        return Why.PROMISED if now.promised else Why.PLANNED
    if now.placed:
        return Why.PLACED
    if now.rests:
        return Why.RESTING
    return Why.HELD if now.held else PAID


def _why_of_contact(touch: RunTouch) -> str:
    contact = touch.contact
    if contact is None or not contact.email or contact.bounced_at is not None:
        return NO_CONTACT
    return Why.OPTED_OUT if contact.opted_out_at is not None else ""


def _acted(asked: Mapping[str, Any]) -> dict[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(ACTED_OF_SOME, asked)
        return dict(cursor.fetchall())
