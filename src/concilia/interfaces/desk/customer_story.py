"""The panel of a customer's page that says why they do not pay and what they promised."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from concilia.customers.models import Customer
from concilia.dunning.models import Mandate
from concilia.dunning.queries.accounts import last_visits
from concilia.dunning.queries.plans import plans_of
from concilia.dunning.queries.story import story_of
from concilia.dunning.queries.work import is_due
from concilia.interfaces.desk.collection_words import (
    CHANNELS,
    METHODS,
    act_words,
    motive_choices,
    motive_words,
    offer_words,
    source_words,
    state_words,
)
from concilia.interfaces.desk.contact_today import contact_context

OWN = frozenset({"program", "portal", "call"})  # no person writes these down


def story_context(customer: Customer, today: date, at: datetime) -> dict[str, Any]:
    """What `desk/customer/story.html` and its sheets show."""
    story = story_of(customer=customer, today=today)
    plans = plans_of(customer=customer, today=today)
    live = {row.pk for row in story.in_force}
    return {
        "account": {
            "visits": last_visits(customer),
            "contacts": list(customer.contacts.exclude(email="").order_by("pk")),
            "mandate": Mandate.objects.filter(customer=customer, ended_at=None).first(),
        },
        **contact_context(customer, at),
        "story": story,
        "plans": plans,
        "in_force": [
            {
                "row": row,
                "words": motive_words(row.code),
                "source": source_words(row),
                "state": state_words(row, today),
                "offers": offer_words(row.code),
                "act": act_words(row.code),
                "is_due": is_due(row, today),
            }
            for row in story.in_force
        ],
        "past": [(motive_words(row.code), row) for row in story.motives if row.pk not in live],
        "motive_choices": motive_choices(),
        "methods": list(METHODS.items()),
        "channels": [(name, words) for name, words in CHANNELS.items() if name not in OWN],
    }
