"""State machines as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State")
Action = TypeVar("Action")


class TransitionRefused(Exception):
    """The action is not allowed in the current state."""


@dataclass(frozen=True, slots=True)
class Machine(Generic[State, Action]):
    """
    A transition table. The table is the whole workflow: read it, do not trace it.

    A state that only ever appears as a target is terminal: nothing can follow it (INV-23).
    """

    transitions: Mapping[tuple[State, Action], State]

    @property
    def states(self) -> frozenset[State]:
        """Every state the table mentions."""
        return self._sources | frozenset(self.transitions.values())

    @property
    def terminal(self) -> frozenset[State]:
        """The states nothing leads out of."""
        return self.states - self._sources

    def is_terminal(self, state: State) -> bool:
        """Whether the story ends here."""
        return state in self.terminal

    def allowed(self, state: State) -> frozenset[Action]:
        """Return what can be done in this state."""
        return frozenset(action for source, action in self.transitions if source == state)

    def allows(self, state: State, action: Action) -> bool:
        """Whether the action can be done in this state."""
        return (state, action) in self.transitions

    def after(self, state: State, action: Action) -> State:
        """
        Return the state the action leads to.

        :raises TransitionRefused: if the table has no such row; the sentence says what is possible
        """
        try:
            return self.transitions[state, action]
        except KeyError:
            raise TransitionRefused(self._refusal(state, action)) from None

    def reachable(self, state: State) -> frozenset[State]:
        """Return every state that can still follow, in any number of steps."""
        found: set[State] = set()
        frontier = {state}
        while frontier:
            frontier = {
                target for (source, _), target in self.transitions.items() if source in frontier
            } - found
            found |= frontier
        return frozenset(found)

    @property
    def _sources(self) -> frozenset[State]:
        return frozenset(source for source, _ in self.transitions)

    def _refusal(self, state: State, action: Action) -> str:
        possible = ", ".join(sorted(str(other) for other in self.allowed(state)))
        if not possible:
            return f"{action} is not possible: {state} is final"
        return f"{action} is not possible while {state}; possible: {possible}"
