"""Which words a company uses: its own where it has published some, else what came with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.texts import Key, Way, Wording
from concilia.dunning.models import OwnText
from concilia.identity.models import Entity

Place = tuple[Key, Way, Language]


def own_wordings(*, entity: Entity) -> dict[Place, Wording]:
    """All the texts a company has published, by key, way and language: one statement for a run."""
    rows = OwnText.objects.filter(entity=entity, state=OwnText.State.PUBLISHED)
    return {
        (Key(row.key), Way(row.way), Language(row.language)): Wording(row.subject, row.body)
        for row in rows
    }


def versions_of(*, entity: Entity, place: Place) -> list[OwnText]:
    """A text's own versions, the newest first, with their people."""
    key, way, language = place
    rows = OwnText.objects.filter(entity=entity, key=key, way=way, language=language)
    return list(rows.select_related("written_by__user", "published_by__user").order_by("-version"))


def states_of(*, entity: Entity) -> Mapping[Place, frozenset[str]]:
    """Which texts have a draft and which have words of the company in force."""
    rows: Iterable[tuple[str, str, str, str]] = (
        OwnText.objects.filter(entity=entity)
        .exclude(state=OwnText.State.RETIRED)
        .values_list("key", "way", "language", "state")
    )
    found: dict[Place, set[str]] = {}
    for key, way, language, state in rows:
        found.setdefault((Key(key), Way(way), Language(language)), set()).add(state)
    return {place: frozenset(states) for place, states in found.items()}
