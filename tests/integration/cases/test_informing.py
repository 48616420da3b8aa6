"""Steps of a process that only tell somebody: who hears of it, how often, and in which words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.own_process import put_in_force

from concilia.cases.actions import Habits, set_habits
from concilia.cases.actions.running import tell_process
from concilia.cases.core.process.model import Kind
from concilia.cases.core.process.state import ActDone, Reopened
from concilia.cases.models import Case, Notice
from concilia.identity.models import Absence
from concilia.interfaces.components.notice_words import sentence_of

pytestmark = pytest.mark.django_db
PROCESS = """\
process shortage
for NC-01

step test: verdict
  who: system
  done -> tell

step tell: inform
  title en: A shortage was tested
  title it: Ammanco verificato
  how it: Nessuna azione richiesta.
  who: WHO
  done -> propose

step propose: propose
  who: department LOG
  within: 1 working day
  done -> sign

step sign: approval
  who: matrix
  within: 2 working days
  skip if: signatures = 0
  approved -> post
  returned -> test, at most 9 times

step post: post
  who: system
  done -> end
"""


@pytest.fixture
def world():
    entity = an_entity()
    team = {
        **a_team(entity),
        "luca": a_member(entity, "Luca Sales", role="clerk", department="SAL"),
        "gino": a_member(entity, "Gino Left", role="clerk", department="SAL", is_active=False),
    }
    customer = a_customer(entity)
    customer.account_manager = team["luca"]
    customer.save()
    return team, customer


def a_case_told(world, who, at=NOON):
    """A claim of a process that tells `who` once it was tested."""
    team, customer = world
    addresses = {name: member.user.email for name, member in team.items()}
    put_in_force(PROCESS.replace("WHO", who.format(**addresses)), customer.entity)
    return a_claim(team["giulia"], an_invoice(customer), at=at)


def told(team):
    names = {member.pk: name for name, member in team.items()}
    rows = Notice.objects.filter(kind="informed").order_by("person_id")
    return sorted(names[row.person_id] for row in rows)


class TestWho:
    @pytest.mark.parametrize(
        ("who", "expected"),
        [
            ("role resolver", ["marco"]),
            ("role approver", ["carla", "davide", "marta"]),
            ("department LOG", ["davide", "marco"]),
            ("department SAL", ["luca"]),
            ("owner", ["giulia"]),
            ("account-owner", ["luca"]),
            ("person {marco}", ["marco"]),
            ("manager-of owner", ["marta"]),
            # Who has left, and a team nobody works in: whoever holds the case.
            ("person {gino}", ["giulia"]),
            ("department QUA", ["giulia"]),
        ],
    )
    def test_whoever_the_definition_names(self, world, who, expected):
        a_case_told(world, who)
        assert told(world[0]) == expected

    def test_who_is_away_and_who_stands_in(self, world):
        team, customer = world
        Absence.objects.create(
            entity=customer.entity,
            member=team["luca"],
            delegate=team["giulia"],
            starts_date=NOON.date(),
            ends_date=NOON.date() + timedelta(days=7),
        )
        a_case_told(world, "account-owner")
        assert told(team) == ["giulia", "luca"]


class TestOnce:
    def test_passed_again_it_is_not_told_again(self, world):
        claim = a_case_told(world, "department SAL")
        case = Case.objects.get(pk=claim.case_id)
        for _ in range(2):
            Case.objects.filter(pk=case.pk).update(process_state=_at_the_test(case))
            with transaction.atomic():
                tell_process(case=case, events=(ActDone(Kind.VERDICT),), at=NOON)
        assert told(world[0]) == ["luca"]

    def test_a_reopened_case_tells_anew(self, world):
        claim = a_case_told(world, "department SAL")
        case = Case.objects.get(pk=claim.case_id)
        case.restarted_at = NOON + timedelta(days=30)
        case.save()
        with transaction.atomic():
            events = (Reopened(), ActDone(Kind.VERDICT))
            tell_process(case=case, events=events, at=NOON + timedelta(days=30))
        assert told(world[0]) == ["luca", "luca"]


class TestHow:
    def test_the_way_each_chose_in_the_words_of_their_language(self, world):
        team, _customer = world
        set_habits(
            habits=Habits(ways={"informed": ("now", "now")}, phone="+39 333 1234567"),
            member=team["davide"],
        )
        claim = a_case_told(world, "department LOG")
        rows = {row.person_id: row for row in Notice.objects.filter(kind="informed")}
        mine, his = rows[team["davide"].pk], rows[team["marco"].pk]

        assert (mine.mail_due_at, mine.text_due_at) == (NOON, NOON)
        assert his.mail_due_at is not None
        assert his.mail_due_at > NOON  # once a day, as long as he says nothing
        assert (his.case_id, his.text_due_at) == (claim.case_id, None)
        number = claim.case.number
        with translation.override("it"):
            assert sentence_of(his) == (
                f"{number}: “Ammanco verificato”, per tua informazione. Nessuna azione richiesta."
            )
        with translation.override("de"):
            assert "„A shortage was tested“, zur Kenntnis." in sentence_of(his)


def _at_the_test(case):
    """Where the case stood before it was tested."""
    state = dict(Case.objects.get(pk=case.pk).process_state)
    state["node"] = "test"
    state["open"] = [["test", NOON.isoformat(), 0]]
    return state
