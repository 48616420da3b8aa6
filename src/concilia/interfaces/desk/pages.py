"""Pages of long lists, however deep one looks into them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property


class KnownCount(Paginator):  # type: ignore[type-arg]
    """
    Pages of a list whose length may be known already.

    :param known: how many rows there are; they are counted if it is None
    """

    def __init__(self, rows: Any, per_page: int, known: int | None = None) -> None:  # noqa: ANN401
        super().__init__(rows, per_page)
        self.known = known

    @cached_property
    def count(self) -> int:
        """How many rows there are on all pages."""
        return super().count if self.known is None else self.known


class KeysFirst(KnownCount):
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
