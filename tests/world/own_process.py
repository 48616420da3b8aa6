"""A company's own process, written by one administrator and published by another."""

from __future__ import annotations

from datetime import datetime

from tests.world.builders import NOON, a_member

from concilia.cases.actions import publish_draft, submit_draft, write_draft
from concilia.cases.models import ProcessDefinition
from concilia.identity.models import Entity


def put_in_force(text: str, entity: Entity, at: datetime = NOON) -> ProcessDefinition:
    """This will be the published process; cases that begin from now on follow it."""
    writer = a_member(entity, "Anna Berti", role="admin")
    publisher = a_member(entity, "Ugo Sala", role="admin")
    draft = write_draft(text=text, member=writer, at=at)
    submit_draft(key=draft.key, member=writer, at=at)
    return publish_draft(key=draft.key, seen_sha256=draft.sha256, member=publisher, at=at)
