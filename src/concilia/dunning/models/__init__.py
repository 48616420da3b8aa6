from __future__ import annotations

from concilia.dunning.models.care import CustomerCare
from concilia.dunning.models.contacts import ContactMade, ContactTerms, PhoneCall
from concilia.dunning.models.placements import (
    Partner,
    Placement,
    PlacementItem,
    PlacementPaper,
    PlacementResult,
    PlacementStep,
)
from concilia.dunning.models.promises import Motive, Owing, Promise, PromiseItem
from concilia.dunning.models.surveys import Survey

__all__ = [
    "ContactMade",
    "ContactTerms",
    "CustomerCare",
    "Motive",
    "Owing",
    "Partner",
    "PhoneCall",
    "Placement",
    "PlacementItem",
    "PlacementPaper",
    "PlacementResult",
    "PlacementStep",
    "Promise",
    "PromiseItem",
    "Survey",
]
