"""A person's own views: what narrows a list, kept under a name."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from concilia.identity.models import SavedView
from concilia.interfaces.desk.access import DeskRequest
from concilia.interfaces.desk.inputs import words_in

NAME_MAX: Final = 60
QUERY_MAX: Final = 1000
VIEWS_MAX: Final = 20


def own_views(request: DeskRequest, page: str) -> QuerySet[SavedView]:
    """The person's views of a page, by name."""
    rows = SavedView.objects.filter(entity=request.seat.entity, user=request.user, page=page)
    return rows.order_by("name")


def keep_view(request: DeskRequest, *, page: str, query: str) -> None:
    """Keep a query string under the name the form gives; an equal name is replaced."""
    name = " ".join(words_in(request.POST, "name", most=NAME_MAX).split())
    if not name:
        messages.error(request, gettext("Give the view a name."))
    elif own_views(request, page).exclude(name=name).count() >= VIEWS_MAX:
        messages.error(request, gettext("You have many views already: drop one first."))
    else:
        SavedView.objects.update_or_create(
            entity=request.seat.entity,
            user=request.user,
            page=page,
            name=name,
            defaults={"query": query[:QUERY_MAX]},
        )
        messages.success(request, gettext("View “%(name)s” kept.") % {"name": name})


def drop_view(request: DeskRequest, *, page: str, view_id: int | None) -> None:
    """
    Forget a view of this person.

    :raises Http404: if they have none of this number
    """
    view = get_object_or_404(own_views(request, page), pk=view_id)
    view.delete()
    messages.success(request, gettext("View “%(name)s” dropped.") % {"name": view.name})
