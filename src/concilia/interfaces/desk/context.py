"""What every page of the desk knows: whose books, where to go, what waits, in which language."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language

from concilia.identity.models import Entity, Language
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.desk import live
from concilia.interfaces.desk.access import Seat
from concilia.interfaces.desk.navigation import ON_THE_PHONE, SECTIONS, NavItem, navigation


class Shell:
    """
    The frame around a page. Nothing is asked of the database before a template asks for it.

    A page that answers only a part (htmx) never pays for counts it does not show.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def seat(self) -> Seat | None:
        return getattr(self.request, "seat", None)

    @property
    def entity(self) -> Entity | None:
        return self.seat.entity if self.seat else None

    @property
    def brand(self) -> str:
        """The creditor's name; on the log-in page that of the only creditor here."""
        if self.seat:
            return self.seat.entity.name
        return self._only_entity_name or "Concilia"

    @cached_property
    def _only_entity_name(self) -> str:
        names = list(Entity.objects.values_list("name", flat=True)[:2])
        return names[0] if len(names) == 1 else ""

    @cached_property
    def items(self) -> list[NavItem]:
        known = getattr(self.request, "counted", None)
        return navigation(self.seat, self.request.path, known) if self.seat else []

    @property
    def sections(self) -> list[tuple[str | Promise, list[NavItem]]]:
        grouped = groupby(self.items, key=lambda item: item.place.section)
        return [(SECTIONS[section], list(items)) for section, items in grouped]

    @property
    def phone_items(self) -> list[NavItem]:
        return [item for item in self.items if item.place.key in ON_THE_PHONE]

    @property
    def more_items(self) -> list[NavItem]:
        return [item for item in self.items if item.place.key not in ON_THE_PHONE]

    @property
    def is_under_more(self) -> bool:
        return any(item.is_current for item in self.more_items)

    @property
    def live_path(self) -> str:
        """Where the page hears what changed; empty where the server cannot keep a stream open."""
        return live.PATH if self.seat and self.request.META.get(live.FLAG) else ""

    @property
    def language(self) -> str:
        return base_language(get_language())

    @property
    def languages(self) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in Language.choices]

    @property
    def theme(self) -> str:
        """What the person chose; empty on the log-in page, where the browser remembers."""
        return self.seat.user.theme if self.seat else ""


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor: `shell` in every template."""
    return {"shell": Shell(request)}
