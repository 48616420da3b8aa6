from __future__ import annotations

from concilia.identity.queries.founding import founding_code, is_founded
from concilia.identity.queries.people import actor_of, members_of

__all__ = ["actor_of", "founding_code", "is_founded", "members_of"]
