"""A state as plain data that JSON can keep, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.state import Branch, Ended, OpenStep, Passed, Result, State


def to_data(state: State) -> dict[str, Any]:
    """Write a state as dicts, lists, texts and whole numbers."""
    return {
        "node": state.node,
        "facts": _facts(state.facts),
        "open": open_data(state.open),
        "branches": [[one.at, one.result] for one in state.branches],
        "passed": [[one.step, one.outcome, one.at.isoformat()] for one in state.passed],
        "loops": [list(loop) for loop in state.loops],
        "signed": state.signed,
        "agreed": state.agreed,
        "carried_out": state.carried_out,
        "papers": sorted(state.papers),
        "ended": state.ended,
    }


def open_data(steps: Iterable[OpenStep]) -> list[list[Any]]:
    """The open steps of a state as `to_data` writes them."""
    return [[one.step, one.at.isoformat(), one.late] for one in steps]


def open_from(data: Iterable[tuple[str, str, int]]) -> tuple[OpenStep, ...]:
    """Read what `open_data` wrote."""
    return tuple(OpenStep(step, datetime.fromisoformat(at), late) for step, at, late in data)


def from_data(data: Mapping[str, Any]) -> State:
    """Read what `to_data` wrote."""
    return State(
        node=data["node"],
        facts=_facts_of(data["facts"]),
        open=open_from(data["open"]),
        branches=tuple(Branch(at, Result(result)) for at, result in data["branches"]),
        passed=tuple(
            Passed(step, outcome, datetime.fromisoformat(at))
            for step, outcome, at in data["passed"]
        ),
        loops=tuple((name, n) for name, n in data["loops"]),
        signed=data["signed"],
        agreed=data.get("agreed", data["signed"]),
        carried_out=data["carried_out"],
        papers=frozenset(data["papers"]),
        ended=Ended(data["ended"]) if data["ended"] else None,
    )


def _facts(facts: Facts) -> dict[str, Any]:
    return {
        "reason": facts.reason,
        "amount": None if facts.amount is None else str(facts.amount),
        "segment": facts.segment,
        "customer": facts.customer,
        "entity": facts.entity,
        "country": facts.country,
        "verdict": facts.verdict,
        "qualified": facts.qualified,
        "money": facts.money,
        "signatures": facts.signatures,
        "missing": None if facts.missing is None else sorted(facts.missing),
    }


def _facts_of(data: Mapping[str, Any]) -> Facts:
    amount, missing = data["amount"], data["missing"]
    told = {name: value for name, value in data.items() if name not in {"amount", "missing"}}
    return Facts(
        **told,
        amount=None if amount is None else Decimal(amount),
        missing=None if missing is None else frozenset(missing),
    )
