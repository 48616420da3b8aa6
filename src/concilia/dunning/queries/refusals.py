from __future__ import annotations

from concilia.foundation.refusals import Refused


class CollectionRefused(Refused):
    """A motive, a promise or a plan cannot be so; the message says why."""
