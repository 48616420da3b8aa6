from __future__ import annotations

from concilia.foundation.refusals import Refused


class CollectionRefused(Refused):
    """A motive or a promise cannot be so; the message says why."""
