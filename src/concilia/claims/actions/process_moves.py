"""Running cases go over to the version of their process that is in force, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import ProcessRefused, put_back, put_on_version
from concilia.cases.core.process.codec import from_data
from concilia.cases.core.process.migrating import Moves, Signatures, Stays, Why, migrate
from concilia.cases.models import Case, MovedCase, ProcessDefinition, ProcessMove
from concilia.cases.queries.process_moves import running_on
from concilia.cases.queries.processes import definition_of
from concilia.claims.actions.recalling import take_back
from concilia.claims.models import Claim
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.jobs import defer
from concilia.identity.models import Membership, Role
from concilia.identity.queries import actor_of

CHUNK: Final = 200
State = ProcessMove.State


@transaction.atomic(durable=True)
def ask_move(
    *,
    source_id: int,
    target_id: int,
    choices: Mapping[str, str],
    seen: int,
    member: Membership,
    at: datetime,
) -> ProcessMove:
    """
    Have the running cases of one version go over to the one in force; a job does it.

    :param choices: for steps of the old version the step of the new one to land at, or `stay`
    :param seen: how many cases the preview spoke of
    :raises ProcessRefused: if the caller is no administrator, the target is not in force, there are
        other cases than were seen, or they are being moved already
    """
    if member.role != Role.ADMIN:
        raise ProcessRefused(_("Only administrators move cases to another version."))
    rows = ProcessDefinition.objects.filter(entity=member.entity_id)
    source = rows.filter(pk=source_id).first()
    target = rows.filter(pk=target_id, state=ProcessDefinition.State.PUBLISHED).first()
    if source is None or target is None or source.key != target.key or source == target:
        raise ProcessRefused(_("Cases move to the version that is in force."))
    total = running_on(source).count()
    if not total or total != seen:
        raise ProcessRefused(_("There are other cases now than you saw: look at them again."))
    if ProcessMove.objects.filter(source=source, state__in=[State.RUNNING, State.UNDOING]).exists():
        raise ProcessRefused(_("These cases are being moved already."))
    move = ProcessMove.objects.create(
        entity=member.entity,
        source=source,
        target=target,
        choices=dict(choices),
        total=total,
        asked_by=member,
        asked_at=at,
    )
    name = f"process-move:{move.pk}"
    defer("concilia.move_cases", lock=name, once=name, move_id=move.pk)
    _log(move, "process.move_asked", member, at, {"cases": total, "choices": dict(choices)})
    return move


@transaction.atomic(durable=True)
def ask_move_back(*, move_id: int, member: Membership, at: datetime) -> ProcessMove:
    """
    Have the cases of a move go back to where they stood, as far as nothing happened to them since.

    :raises ProcessRefused: if the caller is no administrator, or the move is not done
    """
    if member.role != Role.ADMIN:
        raise ProcessRefused(_("Only administrators move cases to another version."))
    move = ProcessMove.objects.select_for_update(no_key=True).get(
        pk=move_id, entity=member.entity_id
    )
    if move.state != State.DONE:
        raise ProcessRefused(_("This cannot be taken back now."))
    move.state = State.UNDOING
    move.save(update_fields=["state"])
    name = f"process-move:{move.pk}"
    defer("concilia.move_cases", lock=name, once=name, move_id=move.pk)
    _log(move, "process.move_back_asked", member, at, {"cases": move.moved})
    return move


def move_cases(*, move_id: int, at: datetime) -> None:
    """
    Move the cases, or move them back, some hundred at a time.

    Can be stopped anywhere and started again: a case that was looked at is not looked at twice.
    """
    while _move_some(move_id=move_id, at=at):
        pass


@transaction.atomic(durable=True)
def fail_move(*, move_id: int, error: str, at: datetime) -> None:
    """Keep that a move ended in an error of the program; what was moved can be moved back."""
    ProcessMove.objects.filter(pk=move_id, state__in=[State.RUNNING, State.UNDOING]).update(
        state=State.DONE, error=error, ended_at=at
    )


@transaction.atomic(durable=True)
def _move_some(*, move_id: int, at: datetime) -> bool:
    move = (
        ProcessMove.objects.select_for_update(of=("self",), no_key=True)
        .select_related("source", "target", "asked_by__user")
        .get(pk=move_id)
    )
    if move.state == State.RUNNING:
        return _forward(move, at)
    return _back(move, at) if move.state == State.UNDOING else False


def _forward(move: ProcessMove, at: datetime) -> bool:
    done = MovedCase.objects.filter(move=move).values("case")
    waiting = running_on(move.source).exclude(pk__in=done).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:CHUNK])
    if not keys:
        move.state, move.ended_at = State.DONE, at
        move.save(update_fields=["state", "ended_at"])
        return False
    # A claim is locked before its case, by everybody.
    claims = Claim.objects.select_for_update(of=("self",), no_key=True).filter(case__in=keys)
    of_case = {claim.case_id: claim for claim in claims.order_by("pk")}
    cases = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    acts = []
    for case in cases.select_related("entity", "customer", "owner").order_by("pk"):
        moved = _one(move, case, of_case.get(case.pk), at)
        acts += moved
    move.save(update_fields=["moved", "stayed"])
    audit.log(entity_id=move.entity_id, actor=actor_of(move.asked_by), at=at, acts=acts)
    return True


def _one(move: ProcessMove, case: Case, claim: Claim | None, at: datetime) -> list[Act]:
    old, new = definition_of(move.source.text), definition_of(move.target.text)
    before = case.process_state
    found: Moves | Stays = Stays(Why.ENDED)
    acts: list[Act] = []
    if case.process_id == move.source_id and before is not None:
        found = migrate(old, new, from_data(before), at, move.choices)
    signatures = found.signatures if isinstance(found, Moves) else Signatures.NONE
    if signatures is Signatures.FALL and claim is not None:
        claim.case = case
        acts += take_back(claim=claim, why="process", at=at)
        case.refresh_from_db(fields=["process_state"])
        assert case.process_state is not None, "it follows a process"
        found = migrate(old, new, from_data(case.process_state), at, move.choices)
    if isinstance(found, Stays):
        move.stayed += 1
        MovedCase.objects.create(move=move, case=case, before=before or {}, why=found.why)
        return acts
    after, steps = put_on_version(case=case, row=move.target, found=found, at=at)
    move.moved += 1
    MovedCase.objects.create(
        move=move, case=case, before=before, after=after, steps=steps, signatures=signatures
    )
    data = {"key": move.target.key, "from": move.source.version, "to": move.target.version}
    return [*acts, Act("case.moved", "case", case.pk, data)]


def _back(move: ProcessMove, at: datetime) -> bool:
    waiting = MovedCase.objects.filter(move=move, after__isnull=False, is_back=False)
    last = move.returned
    rows = list(waiting.filter(why="").order_by("pk")[:CHUNK])
    if not rows:
        move.state, move.ended_at = State.UNDONE, at
        move.save(update_fields=["state", "ended_at"])
        return False
    acts = []
    for row in rows:
        # Signatures that fell do not come back, so the case stands where they are asked anew.
        is_free = row.signatures != Signatures.FALL and put_back(moved=row, row=move.source)
        if is_free:
            row.is_back = True
            last += 1
            acts.append(Act("case.moved_back", "case", row.case_id, {"key": move.source.key}))
        else:
            row.why = "went-on"
        row.save(update_fields=["is_back", "why"])
    move.returned = last
    move.save(update_fields=["returned"])
    audit.log(entity_id=move.entity_id, actor=actor_of(move.asked_by), at=at, acts=acts)
    return True


def _log(
    move: ProcessMove, act: str, member: Membership, at: datetime, data: dict[str, object]
) -> None:
    said = {"key": move.target.key, "from": move.source.version, "to": move.target.version, **data}
    acts = [Act(act, "process", move.target_id, said)]
    audit.log(entity_id=move.entity_id, actor=actor_of(member), at=at, acts=acts)
