"""
Who sits at the desk: every page knows its person, their entity and their role before it runs.

A view takes `request` and reads `request.seat`. Rows are always asked for by `seat.entity`, so one
creditor's people never see another's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRedirect

from concilia.identity.models import Entity, Membership, Role, User
from concilia.interfaces.components.rights import is_let_in, may

ENTITY_KEY = "entity_id"
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at work: in which entity, with which role, and where else they work."""

    user: User
    membership: Membership
    others: tuple[Entity, ...] = ()

    @property
    def entity(self) -> Entity:
        return self.membership.entity

    @property
    def role(self) -> str:
        return self.membership.role

    def may(self, *roles: Role) -> bool:
        """Whether the person has one of `roles`; an admin may what every role may."""
        return may(self.role, *roles)


class DeskRequest(HttpRequest):
    """
    A request of a person who is logged in and has a seat.

    `counted` is what the page has counted by itself, by the place of the navigation that says it.
    """

    user: User
    seat: Seat
    counted: dict[str, int]


def find_seat(user: User, entity_id: int | None) -> Seat | None:
    """
    The seat of `user` in the entity asked for, else in their first; None if they have none.

    One query, entities included.
    """
    seats = list(
        Membership.objects.filter(user=user, is_active=True)
        .select_related("entity")
        .order_by("entity__name")
    )
    if not seats:
        return None
    chosen = next((seat for seat in seats if seat.entity_id == entity_id), seats[0])
    others = tuple(seat.entity for seat in seats if seat is not chosen)
    return Seat(user=user, membership=chosen, others=others)


View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]


def desk_page(
    *, allow: Collection[Role] = ()
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """
    Make a view of the desk: log-in required, `request.seat` set, language and time zone chosen.

    `allow` names the roles that may come in (admins always may); empty lets every member in.

    :raises PermissionDenied: if the person has no seat, or not one of the roles
    """

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            seated = _take_seat(request)
            if not is_let_in(seated.seat.role, allow):
                raise PermissionDenied(gettext("Your role does not open this page."))
            zone = ZoneInfo(seated.seat.entity.timezone)
            with translation.override(seated.user.language), timezone.override(zone):
                response = view(seated, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse):
                    response.render()
            return response

        return guarded

    return decorate


def _take_seat(request: HttpRequest) -> DeskRequest:
    user = cast("User", request.user)
    seat = find_seat(user, request.session.get(ENTITY_KEY))
    if seat is None:
        raise PermissionDenied(
            gettext("You are not a member of any company here. Ask your administrator.")
        )
    seated = cast("DeskRequest", request)
    seated.seat = seat
    seated.counted = {}
    return seated


def _to_login(request: HttpRequest) -> HttpResponse:
    """A part of a page must not be replaced by the log-in page: then the whole page goes there."""
    if request.headers.get("HX-Request"):
        # Back to the page the part belongs to, not to the part.
        return HttpResponseClientRedirect(redirect_to_login(_current_path(request)).url)
    return redirect_to_login(request.get_full_path())


def _current_path(request: HttpRequest) -> str:
    current = request.headers.get("HX-Current-URL", "")
    own = request.build_absolute_uri("/")
    return "/" + current.removeprefix(own) if current.startswith(own) else "/"
