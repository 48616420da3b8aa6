"""The ways through the desk. A page that does not exist yet is left out, never a broken link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.identity.models import Role
from concilia.interfaces.desk.access import Seat

NavCount = Callable[[Seat], int]


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the desk: `key` is its url name and the name of its count."""

    key: str
    label: str | Promise
    icon: str
    section: str = ""
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place as it stands in the navigation of this person on this page."""

    place: Place
    href: str
    count: int | None
    is_current: bool


PLACES: Final[tuple[Place, ...]] = (
    Place("home", _("Home"), "home"),
    Place("inbox", _("Inbox"), "inbox"),
    Place("claims", _("Claims"), "scale"),
    Place("signatures", _("Signatures"), "signature", roles=(Role.APPROVER,)),
    Place("bank", _("Bank"), "building-bank"),
    Place("team", _("Team"), "users-group"),
    Place("collections", _("Collections"), "phone"),
    Place("customers", _("Customers"), "users"),
    Place("dashboard", _("Dashboard"), "chart-bar", section="understand"),
    Place("causes", _("Causes"), "target-arrow", section="understand"),
    Place("reading", _("Reading"), "scan", section="understand"),
    Place("process", _("Process"), "route", section="set-up"),
    Place("imports", _("Imports"), "upload", section="set-up"),
    Place("audit", _("Audit"), "history", section="set-up"),
    Place("settings", _("Settings"), "settings", section="set-up", roles=(Role.ADMIN,)),
)
SECTIONS: Final[Mapping[str, str | Promise]] = {
    "": "",
    "understand": _("Understand"),
    "set-up": _("Set up"),
}
ON_THE_PHONE: Final = ("home", "inbox", "claims", "bank")

_counts: dict[str, NavCount] = {}


def count_with(key: str, counter: NavCount) -> None:
    """
    Let `counter` say how many things wait for the person at the place `key`.

    Called once when a page's module is loaded; the counter is asked on every full page, so it must
    be one indexed query.
    """
    assert key in {place.key for place in PLACES}, key
    _counts[key] = counter


def place_address(key: str) -> str:
    """The path of a place, or nothing while there is no such page."""
    try:
        return reverse(f"desk:{key}")
    except NoReverseMatch:
        return ""


def navigation(seat: Seat, path: str, known: Mapping[str, int] | None = None) -> list[NavItem]:
    """
    The places open to this person; where they are is the longest address that fits.

    :param known: what a page has counted already, by place: nobody counts it again
    """
    told = known or {}
    open_places = [
        (place, address)
        for place in PLACES
        if (not place.roles or seat.may(*place.roles)) and (address := place_address(place.key))
    ]
    home = place_address("home")
    here = max(
        (address for _place, address in open_places if _is_under(path, address, home)),
        key=len,
        default="",
    )
    return [
        NavItem(
            place=place,
            href=address,
            count=told[place.key] if place.key in told else _count(place.key, seat),
            is_current=address == here,
        )
        for place, address in open_places
    ]


def _count(key: str, seat: Seat) -> int | None:
    return _counts[key](seat) if key in _counts else None


def _is_under(path: str, address: str, home: str) -> bool:
    if address == home:
        return path == address
    return path == address or path.startswith(address.rstrip("/") + "/")
