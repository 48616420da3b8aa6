"""The words of a touch: its facts from the rows, and the text made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from concilia.correspondence.core.figures import Language
from concilia.customers.models import Customer
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.short_words import short_text
from concilia.dunning.core.texts import Wording
from concilia.dunning.core.texts.composing import Composed, compose
from concilia.dunning.core.texts.facts import Facts, Item
from concilia.dunning.core.texts.keys import SHORT, Key, Way
from concilia.dunning.core.texts.segments import plain_signs
from concilia.dunning.models import RunTouch, RunTouchItem
from concilia.dunning.queries.accounts import place_of_account, with_way_out
from concilia.dunning.queries.texts import Place, own_wordings
from concilia.identity.models import Entity

# How long they have from today on, where a text names a day.
DEADLINE_DAYS: Final = {Tone.FIRM: 10, Tone.FORMAL_NOTICE: 15, Tone.LAST_CALL: 10}
PERSONS_DEADLINE_DAYS: Final = 30  # a formal notice to a person in the United Kingdom
HANDED_TO: Final = "hand_over_to"  # the entity's setting: who collects after us


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """
    Who writes: the company, whose name stands under it, on which day, and its own wordings.

    :param own: as `own_wordings` says; one statement for a whole run
    """

    entity: Entity
    sender: str
    today: date
    own: Mapping[Place, Wording]


def composed_touch(touch: RunTouch, items: Sequence[RunTouchItem], *, desk: Desk) -> Composed:
    """
    The text of a touch in the language of who gets it; no query if its rows are there.

    :raises TextIncomplete: if something it says is not known
    :raises KeyError: if there is no such text for its way
    """
    place = Key(touch.template), Way(touch.way), Language(language_of(touch))
    return compose(*place, facts_of(touch, items, desk=desk), desk.own.get(place))


def body_of(text: Composed, customer: Customer) -> str:
    """The words as they are sent: how to have no more of them is said where it must be."""
    if text.way is Way.EMAIL:
        return with_way_out(text.text, customer=customer, language=text.language)
    if text.way not in SHORT:
        return text.text
    place = place_of_account()
    words = text.text.replace(plain_signs(place), place)
    return f"{words} {short_text('no_more', text.language)}"


def desk_of(*, entity: Entity, sender: str, today: date) -> Desk:
    """Who writes, with the company's own wordings. One statement."""
    return Desk(entity=entity, sender=sender, today=today, own=own_wordings(entity=entity))


def language_of(touch: RunTouch) -> str:
    """The language a touch speaks."""
    own = touch.contact.language if touch.contact else ""
    return own or touch.customer.language


def facts_of(touch: RunTouch, items: Sequence[RunTouchItem], *, desk: Desk) -> Facts:
    """What a touch's text may say: only what is asked, and beside it what is disputed (R-3.31)."""
    entity, sender, today = desk.entity, desk.sender, desk.today
    customer = touch.customer
    is_consumer = not customer.vat_number
    return Facts(
        creditor=entity.name,
        customer=customer.name,
        contact=touch.contact.name if touch.contact else "",
        sender=sender,
        items=tuple(
            Item(
                number=each.item.document_number,
                currency=each.item.currency,
                issued=each.item.issue_date,
                due=each.item.due_date,
                days_late=max((today - each.item.due_date).days, 0),
                open=max(each.item.open_minor, each.asked_minor + each.disputed_minor),
                asked=each.asked_minor,
                disputed=each.disputed_minor,
            )
            for each in items
        ),
        currency=touch.currency,
        is_consumer=is_consumer,
        country=customer.country,
        account_link=place_of_account(),
        reply_to=entity.email,
        deadline=_deadline(Tone(touch.tone), customer.country, today, is_consumer=is_consumer),
        next_holder=str(entity.settings.get(HANDED_TO, "")),
    )


def items_of(touches: Iterable[int]) -> Mapping[int, list[RunTouchItem]]:
    """The items of these touches, the oldest first. One statement."""
    found: dict[int, list[RunTouchItem]] = defaultdict(list)
    rows = RunTouchItem.objects.filter(touch__in=list(touches)).select_related("item")
    for row in rows.order_by("touch", "item__due_date", "item"):
        found[row.touch_id].append(row)
    return found


def _deadline(tone: Tone, country: str, today: date, *, is_consumer: bool) -> date | None:
    days = DEADLINE_DAYS.get(tone)
    if days is None:
        return None
    if tone is Tone.FORMAL_NOTICE and is_consumer and country == "GB":
        days = PERSONS_DEADLINE_DAYS
    return today + timedelta(days=days)
