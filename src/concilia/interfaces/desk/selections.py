"""Which cases an act is for: those ticked, all of a filtered list, or everything of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.http import QueryDict

from concilia.claims.models import Claim
from concilia.claims.queries.worklist import claims_wanted
from concilia.identity.models import Membership
from concilia.interfaces.desk.access import Seat
from concilia.interfaces.desk.claim_filters import read_wanted
from concilia.interfaces.desk.inputs import is_key, key_in

TICKED_MAX: Final = 500
QUERY_MAX: Final = 2_000
SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Selection:
    """
    What a form names.

    :param claims: ticked ones, by their keys
    :param query: the query of a list all of which is meant; None if only ticked ones are
    :param everything_of: a member all of whose cases are meant
    """

    claims: tuple[int, ...] = ()
    query: str | None = None
    everything_of: int | None = None

    @property
    def inputs(self) -> list[tuple[str, str]]:
        """The hidden fields by which a form says the same again."""
        if self.everything_of is not None:
            return [("of", str(self.everything_of))]
        if self.query is not None:
            return [("all", "1"), ("query", self.query)]
        return [("claim", str(key)) for key in self.claims]


def read_selection(sent: QueryDict) -> Selection:
    """What was sent, as far as it makes sense."""
    of = key_in(sent, "of")
    if of:
        return Selection(everything_of=of)
    if sent.get("all") == "1":
        return Selection(query=sent.get("query", "").replace("\x00", "")[:QUERY_MAX])
    keys = [text for text in sent.getlist("claim")[:TICKED_MAX] if is_key(text)]
    return Selection(claims=tuple(int(text) for text in keys))


def claims_of(selection: Selection, seat: Seat, at: datetime) -> QuerySet[Claim]:
    """The claims that are meant, of the person's entity only; in no order."""
    own = Claim.objects.filter(entity=seat.entity)
    if selection.everything_of is not None:
        return own.filter(case__owner=selection.everything_of, case__closed_at=None)
    if selection.query is not None:
        wanted = read_wanted(QueryDict(selection.query), seat)
        found = claims_wanted(entity=seat.entity, member=seat.membership, wanted=wanted, at=at)
        return found.order_by()
    return own.filter(pk__in=selection.claims)


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What an act would be about: how many, what they add up to by currency, and the first of them.

    :param first: the largest ones
    """

    count: int
    sums: Sequence[tuple[str, int]]
    late: int
    resting: int
    closed: int
    first: Sequence[Claim]

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return max(self.count - len(self.first), 0)


def preview_of(found: QuerySet[Claim], at: datetime) -> Preview:
    """Count and add up before anything happens. Two statements."""
    by_currency = list(
        found.values("currency")
        .annotate(
            n=Count("pk"),
            minor=Sum("claimed_minor"),
            late=Count("pk", filter=Q(case__due_at__lt=at, case__closed_at=None)),
            resting=Count("pk", filter=Q(case__snoozed_until_at__gt=at)),
            closed=Count("pk", filter=Q(case__closed_at__isnull=False)),
        )
        .order_by("-minor")
    )

    rows: list[dict[str, Any]] = [dict(row) for row in by_currency]

    def whole(name: str) -> int:
        return sum(row[name] for row in rows)

    first = found.select_related("case__owner__user", "customer").order_by("-claimed_minor", "pk")
    return Preview(
        count=whole("n"),
        sums=[(row["currency"], row["minor"]) for row in by_currency],
        late=whole("late"),
        resting=whole("resting"),
        closed=whole("closed"),
        first=list(first[:SHOWN]),
    )


def case_keys(found: QuerySet[Claim]) -> list[int]:
    """The keys of their cases."""
    return list(found.values_list("case_id", flat=True))


def member_of(seat: Seat, key: int | None) -> Membership | None:
    """Somebody of the person's entity, also who has left."""
    if key is None:
        return None
    found = Membership.objects.filter(pk=key, entity=seat.entity).select_related("user")
    return found.first()
