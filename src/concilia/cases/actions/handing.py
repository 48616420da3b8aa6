from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions.notices import NewNotice, record_notices
from concilia.cases.models import Case, HandOver, NoticeKind
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership, Role
from concilia.identity.queries import actor_of

NOTE_LENGTH_MAX: Final = 4_000
NOTE_TOLD_MAX: Final = 300
CASES_MAX: Final = 100_000
LEADS: Final = frozenset({Role.ADMIN, Role.APPROVER})


class HandOverRefused(Refused):
    """The cases cannot go to this person; the message says why."""


# Locked in the order of their keys, as every act on many cases does it: no two wait for each other.
TAKE_CASES: Final = """
WITH chosen AS MATERIALIZED (
    SELECT id, owner_id FROM cases_case
     WHERE entity_id = %(entity)s AND closed_at IS NULL AND owner_id IS DISTINCT FROM %(to)s
       AND (id = ANY(%(cases)s) OR owner_id = %(from)s)
     ORDER BY id FOR NO KEY UPDATE),
kept AS (
    INSERT INTO cases_handedover (hand_over_id, case_id, step_id, before_id)
    SELECT %(hand_over)s, id, NULL, owner_id FROM chosen)
UPDATE cases_case c SET owner_id = %(to)s FROM chosen WHERE c.id = chosen.id
"""
# With a case go its owner's open steps; with a person all that is asked of them.
TAKE_STEPS: Final = """
WITH chosen AS MATERIALIZED (
    SELECT t.id, t.case_id, t.assignee_id FROM cases_step t
      JOIN cases_case c ON c.id = t.case_id AND c.entity_id = %(entity)s AND c.closed_at IS NULL
     WHERE t.state = 'OPEN' AND t.assignee_id IS NOT NULL AND t.assignee_id <> %(to)s
       AND (t.assignee_id = %(from)s
            OR (t.case_id, t.assignee_id) IN (
                SELECT case_id, before_id FROM cases_handedover
                 WHERE hand_over_id = %(hand_over)s AND step_id IS NULL))
     ORDER BY t.id FOR NO KEY UPDATE OF t),
kept AS (
    INSERT INTO cases_handedover (hand_over_id, case_id, step_id, before_id)
    SELECT %(hand_over)s, case_id, id, assignee_id FROM chosen)
UPDATE cases_step t SET assignee_id = %(to)s FROM chosen WHERE t.id = chosen.id
"""
# Only what is still where it was put, and whose giver still works here.
GIVE_BACK_CASES: Final = """
WITH chosen AS MATERIALIZED (
    SELECT c.id, h.before_id FROM cases_handedover h
      JOIN cases_case c ON c.id = h.case_id AND c.owner_id = %(to)s AND c.closed_at IS NULL
      LEFT JOIN identity_membership m ON m.id = h.before_id
     WHERE h.hand_over_id = %(hand_over)s AND h.step_id IS NULL
       AND (h.before_id IS NULL OR m.is_active)
     ORDER BY c.id FOR NO KEY UPDATE OF c)
UPDATE cases_case c SET owner_id = chosen.before_id FROM chosen WHERE c.id = chosen.id
"""
GIVE_BACK_STEPS: Final = """
WITH chosen AS MATERIALIZED (
    SELECT t.id, h.before_id FROM cases_handedover h
      JOIN cases_step t ON t.id = h.step_id AND t.assignee_id = %(to)s AND t.state = 'OPEN'
      JOIN identity_membership m ON m.id = h.before_id AND m.is_active
     WHERE h.hand_over_id = %(hand_over)s
     ORDER BY t.id FOR NO KEY UPDATE OF t)
UPDATE cases_step t SET assignee_id = chosen.before_id FROM chosen WHERE t.id = chosen.id
"""


@transaction.atomic(durable=True)
def hand_over(*, case_id: int, to_id: int, text: str, member: Membership, at: datetime) -> Case:
    """
    Give a case to another member; the department that leads it, and the deadline, stay.

    :raises HandOverRefused: if the case is closed, or the other one does not work here any more
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id, entity_id=member.entity_id)
    to = _receiver(to_id, member)
    if case.closed_at:
        raise HandOverRefused(_("A closed case has no owner to change."))
    before = case.owner
    handed = _hand(cases=[case.pk], giver=None, to=to, note=text, member=member, at=at)
    case.owner = to
    data = {
        "to": to.user.name,
        "from": before.user.name if before else "",
        "hand_over": handed.pk,
    }
    act = Act("case.handed_over", "case", case.pk, data, handed.note)
    audit.log(entity_id=case.entity_id, actor=actor_of(member), at=at, acts=[act])
    return case


@transaction.atomic(durable=True)
def hand_over_many(
    *,
    cases: Sequence[int] = (),
    everything_of: int | None = None,
    to_id: int,
    note: str,
    member: Membership,
    at: datetime,
) -> HandOver:
    """
    Give many cases to one member in one act: these, or all that one person holds.

    A handful of statements however many there are. What is closed, or theirs already, stays as it
    is; with each case go the open steps its owner had. Departments and deadlines stay.

    :param cases: keys of cases of the entity
    :param everything_of: a member whose cases and steps all go, also one who has left
    :raises HandOverRefused: if there is nothing to hand over, the receiver cannot have it, or
        somebody who leads no team gives away everything of another
    """
    if len(cases) > CASES_MAX:
        raise HandOverRefused(_("At most {most} cases go at once."), most=CASES_MAX)
    to = _receiver(to_id, member)
    giver = _giver(everything_of, member)
    if giver is not None and giver.pk == to.pk:
        raise HandOverRefused(_("Nobody hands their cases to themselves."))
    handed = _hand(cases=cases, giver=giver, to=to, note=note, member=member, at=at)
    if not handed.cases and not handed.steps:
        raise HandOverRefused(_("There is nothing to hand over: load the page again."))
    data = {
        "to": to.user.name,
        "from": giver.user.name if giver else "",
        "cases": handed.cases,
        "steps": handed.steps,
    }
    act = Act("case.handed_over_together", "hand_over", handed.pk, data, handed.note)
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return handed


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How much of a hand-over went back; the rest had moved on, or its giver has left."""

    cases: int
    steps: int
    left: int


@transaction.atomic(durable=True)
def undo_hand_over(*, hand_over_id: int, member: Membership, at: datetime) -> TakenBack:
    """
    Give everything back that is still where a hand-over put it. Once.

    :raises HandOverRefused: if it was taken back already, or by somebody it does not concern
    """
    handed = (
        HandOver.objects.select_for_update(of=("self",), no_key=True)
        .select_related("to__user")
        .get(pk=hand_over_id, entity_id=member.entity_id)
    )
    if member.pk not in {handed.by_id, handed.to_id} and member.role not in LEADS:
        raise HandOverRefused(_("Who gave it, who got it, or who leads the team takes this back."))
    if handed.undone_at:
        raise HandOverRefused(_("This was taken back already."))
    values = {"hand_over": handed.pk, "to": handed.to_id}
    back = TakenBack(
        cases := _run(GIVE_BACK_CASES, values),
        _run(GIVE_BACK_STEPS, values),
        handed.cases - cases,
    )
    handed.undone_at, handed.undone_by = at, member
    handed.save(update_fields=["undone_at", "undone_by"])
    data = {"to": handed.to.user.name, "cases": back.cases, "left": back.left}
    act = Act("case.handed_back_together", "hand_over", handed.pk, data)
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return back


def _hand(
    *,
    cases: Sequence[int],
    giver: Membership | None,
    to: Membership,
    note: str,
    member: Membership,
    at: datetime,
) -> HandOver:
    handed = HandOver.objects.create(
        entity_id=member.entity_id,
        by=member,
        from_member=giver,
        to=to,
        note=note.strip()[:NOTE_LENGTH_MAX],
        handed_at=at,
    )
    values = {
        "entity": member.entity_id,
        "hand_over": handed.pk,
        "to": to.pk,
        "cases": list(cases),
        "from": giver.pk if giver else None,
    }
    handed.cases = _run(TAKE_CASES, values)
    handed.steps = _run(TAKE_STEPS, values)
    handed.save(update_fields=["cases", "steps"])
    _tell(handed, cases, at)
    return handed


def _tell(handed: HandOver, cases: Sequence[int], at: datetime) -> None:
    """Whoever got something hears of it once, however much it is."""
    if handed.to_id == handed.by_id or not (handed.cases or handed.steps):
        return
    notice = NewNotice(
        person_id=handed.to_id,
        kind=NoticeKind.HANDED_OVER,
        key=f"handed-over:{handed.pk}",
        case_id=cases[0] if len(cases) == 1 else None,
        facts={
            "by": handed.by.user.name,
            "cases": handed.cases,
            "hand_over": handed.pk,
            "note": handed.note[:NOTE_TOLD_MAX],
        },
    )
    record_notices(entity_id=handed.entity_id, notices=[notice], at=at)


def _receiver(to_id: int, member: Membership) -> Membership:
    """Locked, so that nobody is let go while they are given something."""
    to = (
        Membership.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=to_id, entity_id=member.entity_id, is_active=True)
        .select_related("user")
        .first()
    )
    if to is None:
        raise HandOverRefused(_("This person does not work here."))
    if to.role == Role.AUDITOR:
        raise HandOverRefused(_("{name} only reads here, and works on no case."), name=to.user.name)
    return to


def _giver(key: int | None, member: Membership) -> Membership | None:
    if key is None:
        return None
    giver = (
        Membership.objects.filter(pk=key, entity_id=member.entity_id).select_related("user").first()
    )
    if giver is None:
        raise HandOverRefused(_("This person does not work here."))
    if giver.pk != member.pk and member.role not in LEADS:
        raise HandOverRefused(_("Only who leads the team hands over everything of a colleague."))
    return giver


def _run(sql: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)
