from __future__ import annotations

from django.db.models import QuerySet

from concilia.foundation.audit import Actor
from concilia.identity.models import Membership


def members_of(*, entity_id: int) -> QuerySet[Membership]:
    """Active members of an entity with their users, in the order of their names."""
    return (
        Membership.objects.filter(entity_id=entity_id, is_active=True)
        .select_related("user")
        .order_by("user__name", "pk")
    )


def actor_of(member: Membership) -> Actor:
    """A member as the log names them."""
    return Actor("user", member.user.name, member.user_id)
