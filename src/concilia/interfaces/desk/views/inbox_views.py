"""A person's own views of the inbox: what narrows the list, kept under a name."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.identity.models import SavedView
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.views.inbox import SAVED_AS, kept_query

NAME_MAX: Final = 60
VIEWS_MAX: Final = 20


@require_POST
@desk_page()
def keep_view(request: DeskRequest) -> HttpResponse:
    """Keep what the address narrows the list to, for this person, under a name."""
    name = " ".join(request.POST.get("name", "").split())[:NAME_MAX]
    query = kept_query(request)
    mine = SavedView.objects.filter(entity=request.seat.entity, user=request.user, page=SAVED_AS)
    if not name:
        messages.error(request, gettext("Give the view a name."))
    elif mine.exclude(name=name).count() >= VIEWS_MAX:
        messages.error(request, gettext("You have many views already: drop one first."))
    else:
        SavedView.objects.update_or_create(
            entity=request.seat.entity,
            user=request.user,
            page=SAVED_AS,
            name=name,
            defaults={"query": query[:1000]},
        )
        messages.success(request, gettext("View “%(name)s” kept.") % {"name": name})
    return redirect(f"{reverse('desk:inbox')}?{query}")


@require_POST
@desk_page()
def drop_view(request: DeskRequest, view_id: int) -> HttpResponse:
    """Forget a view of this person."""
    rows = SavedView.objects.filter(entity=request.seat.entity, user=request.user, page=SAVED_AS)
    view = get_object_or_404(rows, pk=view_id)
    view.delete()
    messages.success(request, gettext("View “%(name)s” dropped.") % {"name": view.name})
    return redirect("desk:inbox")
