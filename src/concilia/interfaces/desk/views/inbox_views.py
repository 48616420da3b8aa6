"""A person's own views of the inbox: what narrows the list, kept under a name."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from concilia.interfaces.desk import saved_views
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.views.inbox import SAVED_AS, kept_query


@require_POST
@desk_page()
def keep_view(request: DeskRequest) -> HttpResponse:
    """Keep what the address narrows the list to, for this person, under a name."""
    query = kept_query(request)
    saved_views.keep_view(request, page=SAVED_AS, query=query)
    return redirect(f"{reverse('desk:inbox')}?{query}")


@require_POST
@desk_page()
def drop_view(request: DeskRequest, view_id: int) -> HttpResponse:
    """Forget a view of this person."""
    saved_views.drop_view(request, page=SAVED_AS, view_id=view_id)
    return redirect("desk:inbox")
