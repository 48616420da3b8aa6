"""The strategy in force, and its versions."""

from __future__ import annotations

from concilia.dunning.core.strategy.sheet import read_strategy, write_strategy
from concilia.dunning.core.strategy.shipped import SHIPPED
from concilia.dunning.core.strategy.terms import Strategy
from concilia.dunning.models import StrategyVersion
from concilia.identity.models import Entity


def strategy_in_force(*, entity: Entity) -> tuple[Strategy, str]:
    """The strategy and its sheet; the one that came along while none was published. One query."""
    row = StrategyVersion.objects.filter(
        entity=entity, state=StrategyVersion.State.PUBLISHED
    ).first()
    if row is None:
        return SHIPPED, write_strategy(SHIPPED)
    read = read_strategy(row.sheet, version=row.version)
    assert read.strategy is not None, "what was published could be read"
    return read.strategy, row.sheet
