"""Why an act was refused: said alike by every page (`components.refusals`)."""

from __future__ import annotations

from concilia.interfaces.components.refusals import REFUSALS, ROUTES, words_of

__all__ = ["REFUSALS", "ROUTES", "words_of"]
