"""Pages of long lists, however deep one looks into them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet


class KeysFirst(Paginator):  # type: ignore[type-arg]
    """
    Pages that are read in two steps: which rows, in order and by their keys; then what they show.

    So rows before the page are counted off without all that belongs to them.
    """

    object_list: QuerySet[Any]

    def page(self, number: int | str) -> Page[Model]:
        """The page with its rows, read."""
        page = super().page(number)
        narrow: Any = page.object_list
        keys = list(narrow.select_related(None).values_list("pk", flat=True))
        found = {row.pk: row for row in self.object_list.order_by().filter(pk__in=keys)}
        page.object_list = [found[key] for key in keys if key in found]
        return page
