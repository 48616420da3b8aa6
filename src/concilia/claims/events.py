from __future__ import annotations

from dataclasses import dataclass

from concilia.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ClaimOpened(Event):
    """A claim is here and wants its verdict."""

    claim_id: int


@dataclass(frozen=True, slots=True)
class ClaimFactsChanged(Event):
    """Evidence came, or a person corrected something: the verdict may be another one."""

    claim_id: int


@dataclass(frozen=True, slots=True)
class ClaimClosed(Event):
    """Nothing is left to do for a claim."""

    claim_id: int


@dataclass(frozen=True, slots=True)
class DecisionProposed(Event):
    """A decision waits for those who may sign it."""

    decision_id: int


@dataclass(frozen=True, slots=True)
class ClaimDecided(Event):
    """The last signature was given: every cent of the claim is granted or refused."""

    decision_id: int


@dataclass(frozen=True, slots=True)
class PaperCameByLink(Event):
    """A file that was read long ago was brought again, by a link, as a paper of a case."""

    arrival_id: int
