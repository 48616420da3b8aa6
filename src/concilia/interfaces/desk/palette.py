"""
The command palette: the last objects and the acts first, then what a search finds.

Other pages add what they can find with `search_with`; a source answers for one entity only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext

from concilia.interfaces.desk.access import Seat
from concilia.interfaces.desk.navigation import NavItem, navigation

QUERY_CHARACTERS_MAX: Final = 100
RESULTS_PER_GROUP: Final = 6
LATEST: Final = "cases"


@dataclass(frozen=True, slots=True)
class Find:
    """One line of the palette: an object or an act, and where it leads."""

    label: str | Promise
    href: str
    icon: str
    note: str | Promise = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class FindGroup:
    """Lines under one heading."""

    heading: str | Promise
    finds: Sequence[Find]


Source = Callable[[Seat, str], Iterable[Find]]

_sources: dict[str, tuple[str | Promise, Source]] = {}


def search_with(name: str, heading: str | Promise, source: Source) -> None:
    """
    Let `source` answer the palette under `heading`.

    It gets the seat and what was typed (trimmed; empty asks for the latest objects) and returns its
    best lines first. Called once when a page's module is loaded.
    """
    _sources[name] = (heading, source)


def palette_groups(
    seat: Seat, typed: str, path: str, lately: Sequence[Find] = ()
) -> list[FindGroup]:
    """
    What the palette shows for `typed`, in groups; empty groups are left out.

    :param lately: what the person opened last; it comes first while nothing is typed
    """
    query = " ".join(typed.replace("\0", " ").split())[:QUERY_CHARACTERS_MAX]
    found: dict[str, list[Find]] = {}
    if lately and not query:
        found[gettext("Go on with")] = list(lately)
    for name, (heading, source) in _sources.items():
        if name == LATEST and lately and not query:
            continue  # their own last ones stand there already
        found.setdefault(str(heading), []).extend(list(source(seat, query))[:RESULTS_PER_GROUP])
    found[gettext("Go to")] = _places(navigation(seat, path), query)
    return [FindGroup(heading, finds) for heading, finds in found.items() if finds]


def _places(items: Iterable[NavItem], query: str) -> list[Find]:
    wanted = query.casefold()
    return [
        Find(label=str(item.place.label), href=item.href, icon=item.place.icon, note=_waiting(item))
        for item in items
        if wanted in str(item.place.label).casefold()
    ]


def _waiting(item: NavItem) -> str:
    return gettext("%(count)s waiting") % {"count": item.count} if item.count else ""
