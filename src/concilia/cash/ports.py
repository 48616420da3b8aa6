"""What cash is told by the room above it, without knowing it: what was agreed with customers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from concilia.matching.records import AgreedPlan

AgreedPlans = Callable[[Collection[int], Callable[[int], str]], Sequence[AgreedPlan]]
_SOURCES: list[AgreedPlans] = []


def plans_come_from(source: AgreedPlans) -> None:
    """
    Let matching know the plans that this source knows, from now on.

    :param source: is given the keys of customers, and how matching calls the item with a key; it
        takes as many statements for a thousand customers as for one
    """
    if source not in _SOURCES:
        _SOURCES.append(source)


def agreed_plans(customers: Collection[int], id_of_item: Callable[[int], str]) -> list[AgreedPlan]:
    """What was agreed with these customers and is not paid yet."""
    return [plan for source in _SOURCES for plan in source(customers, id_of_item)]
