"""A small company whose people sign, and ways to ask them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from concilia.cases.core.approvals import Company, Signature, SignOutcome
from concilia.cases.core.authority import SHIPPED_MATRIX, Act, Amount, Level
from concilia.cases.core.people import Person, Request, RouteRefused

ON = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
CONTENT = "digest-1"

GIULIA = Person(1, "Giulia Ferri", Level.L1, frozenset({"CRD"}))
MARTA = Person(2, "Marta Conti", Level.L2, frozenset({"CRD"}))
DAVIDE = Person(3, "Davide Rossi", Level.L3, frozenset({"LOG"}))
CARLA = Person(4, "Carla Neri", Level.L4, frozenset({"CRD"}))
ENZO = Person(5, "Enzo Villa", Level.L5, frozenset({"CRD"}))
RITA = Person(6, "Rita Sala", Level.L6)
UGO = Person(7, "Ugo Riva", Level.L6)
SARA = Person(8, "Sara Galli", Level.L2, frozenset({"SAL"}), is_account_seller=True)
PEOPLE = (GIULIA, MARTA, DAVIDE, CARLA, ENZO, RITA, UGO, SARA)


def company(*absences, people=PEOPLE):
    return Company.of(people, absences, SHIPPED_MATRIX, ON)


def request(euros, *, rolling=0, requester=1, act=Act.APPROVE_CLAIM, **more):
    amount = Amount(round(euros * 100), round(rolling * 100), "EUR")
    return Request(act, amount, requester, CONTENT, owner_department="LOG", **more)


def signature(route, person, outcome=SignOutcome.APPROVE, **more):
    seat = route.current
    return Signature(
        seat=seat.n if seat else 1,
        person=person.id,
        outcome=outcome,
        at=AT,
        content=more.pop("content", CONTENT),
        **more,
    )


def refused(code, function, *args):
    with pytest.raises(RouteRefused) as caught:
        function(*args)
    assert caught.value.code is code
    assert str(caught.value)
