"""What changed since a touch was planned: asked before it is written, and as it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from concilia.correspondence.core.numbers import international
from concilia.dunning.core.contact.asking import Answer, ContactDesk, Wanted
from concilia.dunning.core.contact.content import IN_FULL, WITH_WAY_OUT, content_of
from concilia.dunning.core.contact.terms import Channel, Content
from concilia.dunning.core.contact.wishes import NO_WISHES
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.strategy.contacts import Contact, recent_of
from concilia.dunning.core.strategy.ladder import Why
from concilia.dunning.core.strategy.terms import CHANNEL_OF, SHORT, Way
from concilia.dunning.models import RunTouch, RunTouchItem
from concilia.dunning.queries.accounts import place_of_way_out
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.dunning.queries.run_debtors import (
    ACTED_OF_SOME,
    Told,
    parameters_of_run,
    told_of,
)
from concilia.dunning.queries.run_numbers import reaches_of
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
        self._numbers = _numbers(touches)
        self._reaches = reaches_of(entity=entity, numbers=self._numbers.values())

    def check(
        self, touch: RunTouch, items: Sequence[RunTouchItem], *, is_written: bool = False
    ) -> Checked:
        """
        Return whether a touch may go.

        :param is_written: its contact is written down already, and is not held against it
        """
        is_note = touch.tone == Tone.COURTESY
        of_items = (self._why_of_item(each, is_note=is_note) for each in items)
        why = next(filter(None, of_items), "")
        acted_at = self._acted.get(touch.customer_id)
        # What they did pauses the ladder; a note of what falls due asks for nothing.
        if not why and not is_note and acted_at is not None and acted_at > touch.run.planned_at:
            why = Why.THEY_ACTED
        if not why and touch.way == Way.EMAIL:
            why = _why_of_contact(touch)
        if not why and touch.way in SHORT:
            why = self._why_of_number(touch)
        return Checked(why) if why else self._by_policy(touch, is_written=is_written)

    def _why_of_item(self, part: RunTouchItem, *, is_note: bool) -> str:
        """
        Every cent that is asked for must still be one that may be asked for.

        Of a courtesy note, one that falls due: it never says that something is late.
        """
        now = self._items.get(part.item_id)
        if part.asked_minor == 0:
            return ""
        if now is None:
            return PAID
        if is_note and now.due_date < self._today:
            return Why.DUE
        if not now.rests and (now.not_due if is_note else now.dunnable) >= part.asked_minor:
            return ""
        return _what_became(now, part)

    def _by_policy(self, touch: RunTouch, *, is_written: bool) -> Checked:
        channel = CHANNEL_OF[Way(touch.way)]
        contacts = self._told.contacts.get(touch.customer_id, [])
        contacts = _without_last(contacts, channel) if is_written else contacts
        wishes = self._told.wishes.get(touch.customer_id, NO_WISHES)
        if self._has_agreed(touch, channel):
            wishes = wishes.agreeing_to(channel)
        motive = self._told.motives.get(touch.customer_id)
        answer: Answer = self._desk.ask(
            Wanted(
                channel=channel,
                country=touch.customer.country,
                is_business=bool(touch.customer.vat_number),
                motives=(motive,) if motive else (),
                is_disputed=bool(touch.disputed_minor),
                is_legal=touch.tone == Tone.FORMAL_NOTICE,
                past=recent_of(contacts, self._today),
                wishes=wishes,
                content=_content(touch, is_written=is_written),
                at=self._at,
            )
        )
        if answer.allowed:
            return Checked()
        if answer.waits:
            return Checked(waits_until=answer.earliest)
        return Checked(Why.POLICY if answer.rule else Why.NOBODY_KNOWS_WHERE, answer.rule)

    def _why_of_number(self, touch: RunTouch) -> str:
        number = self._numbers.get(touch.pk, "")
        if not number:
            return NO_CONTACT
        known = self._reaches.get((CHANNEL_OF[Way(touch.way)].value, number))
        if known is not None and known.opted_out_at is not None:
            return Why.OPTED_OUT
        return Why.DEAD_NUMBER if known is not None and known.dead_at is not None else ""

    def _has_agreed(self, touch: RunTouch, channel: Channel) -> bool:
        known = self._reaches.get((channel.value, self._numbers.get(touch.pk, "")))
        return known is not None and bool(known.agreed_at or known.wrote_at)


def _content(touch: RunTouch, *, is_written: bool) -> frozenset[Content]:
    """What it says: of a mail that is written, its own words tell whether they name a way out."""
    if is_written and touch.way == Way.EMAIL and touch.message is not None:
        return WITH_WAY_OUT if place_of_way_out() in touch.message.body else IN_FULL
    channel, customer = CHANNEL_OF[Way(touch.way)], touch.customer
    return content_of(channel, customer.country, is_business=bool(customer.vat_number))


def _numbers(touches: Sequence[RunTouch]) -> dict[int, str]:
    """Where short messages go, by touch."""
    return {
        touch.pk: number_of_touch(touch)
        for touch in touches
        if touch.way in SHORT and touch.contact is not None
    }


def number_of_touch(touch: RunTouch) -> str:
    """The telephone number a touch goes to; empty where there is none."""
    return international(touch.contact.phone, touch.customer.country) if touch.contact else ""


def _without_last(contacts: list[Contact], channel: Channel) -> list[Contact]:
    """All but the last contact by a channel: the one that is about to leave."""
    last = max((n for n, one in enumerate(contacts) if one[0] == channel), default=len(contacts))
    return contacts[:last] + contacts[last + 1 :]


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
