from __future__ import annotations

from concilia.dunning.queries.refusals import CollectionRefused

__all__ = ["CollectionRefused"]
