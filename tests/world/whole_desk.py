"""One creditor with something behind every address of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from tests.world.builders import (
    NOON,
    TODAY,
    a_bank_entry,
    a_customer,
    a_member,
    an_open_item,
    today_here,
)
from tests.world.claim_board import Board, a_board
from tests.world.inbox import an_unreadable
from tests.world.letters import a_letter

from concilia.cases.actions import (
    NewAbsence,
    colleague,
    hand_over_many,
    link_to_answer,
    plan_absence,
    write_draft,
)
from concilia.cases.models import (
    ActionLink,
    ApprovalBatch,
    ApprovalSeat,
    CaseMessage,
    HandOver,
    ProcessDefinition,
    ProcessMove,
    Step,
    WhatIf,
)
from concilia.cases.queries.processes import shipped
from concilia.cash.actions import add_alias, write_rule
from concilia.cash.core.rules import RuleDraft
from concilia.cash.models import Simulation, TextRule
from concilia.claims.actions import start_bulk
from concilia.claims.models import BulkRun
from concilia.customers.models import PayerAlias
from concilia.documents.models import Correction, Document
from concilia.dunning.actions import (
    NewMotive,
    NewPlacement,
    NewPlan,
    NewPromise,
    draft_placement,
    plan_run,
    propose_plan,
    record_motive,
    record_promise,
    start_call,
)
from concilia.dunning.models import (
    Backtest,
    Call,
    CallBack,
    Letter,
    Motive,
    PhoneCall,
    Placement,
    Plan,
    Promise,
    Run,
    RunTouch,
)
from concilia.identity.actions import SCOPES, add_webhook, issue_token, ping_webhook
from concilia.identity.models import Absence, ApiToken, Delegation, WebhookDelivery
from concilia.intake.actions import correct_reading
from concilia.intake.actions.imports import start_import
from concilia.intake.models import Arrival, ImportFile, ImportRun, Mailbox, WatchedFolder
from concilia.interfaces.desk.urls import urlpatterns
from concilia.receivables.models import BankEntry

WEEK = timedelta(days=7)
TABLE = b"customer_number,name,country\nC-1,Bottega Bonfanti,IT\n"


def a_whole_desk() -> Board:
    """This will be everything of one creditor that has an address."""
    board = a_board()
    member = next(iter(board.team.values()))
    an_unreadable(board.entity)
    read = Document.objects.filter(entity=board.entity, parent=None).first()
    correct_reading(document_id=read.pk, field="kind", value="order", member=member, at=NOON)
    a_bank_entry(board.entity, 10_000)
    add_alias(
        customer_id=board["main"].customer_id,
        kind="name",
        value="Mercato Centrale",
        member=member,
        at=NOON,
    )
    write_rule(
        draft=RuleDraft(meaning="elsewhere", text="ABB", label="Rent"), member=member, at=NOON
    )
    files = [("customers.csv", TABLE)]
    start_import(entity_id=board.entity.pk, files=files, member=member, at=NOON)
    Mailbox.objects.create(entity=board.entity, host="mail.example", username="claims")
    WatchedFolder.objects.create(entity=board.entity, path="/srv/in")
    admin = a_member(board.entity, "Sara Costa", role="admin")
    issue_token(member_id=member.pk, name="erp", scopes=SCOPES, by=member, at=NOON)
    webhook, _ = add_webhook(
        url="https://hooks.example/", kinds=["claim.opened"], by=admin, at=NOON
    )
    ping_webhook(webhook_id=webhook.pk, by=admin, at=NOON)
    Simulation.objects.create(
        entity=board.entity,
        since_date=TODAY,
        until_date=TODAY,
        tolerances={"post_subsets": False},
        asked_by=member.user,
        asked_at=NOON,
    )
    to = board.team["marta"]
    hand_over_many(
        cases=[board["late"].case_id], to_id=to.pk, note="On leave", member=member, at=NOON
    )
    plan_absence(
        new=NewAbsence(
            member_id=board.team["marco"].pk,
            delegate_id=to.pk,
            starts=TODAY,
            ends=today_here() + WEEK,
        ),
        by=board.team["marco"],
        at=NOON,
    )
    _promised(board)
    a_letter(board["main"].customer, member)
    start_bulk(act="settle", claims=[board["main"].pk], member=member, at=NOON)
    write_draft(text=shipped()["shortage"].text, member=admin, at=NOON)
    with transaction.atomic():
        step = Step.objects.filter(case__entity=board.entity, holder="us", state="OPEN").first()
        link_to_answer(step=step, to=colleague(member=member), by=member, at=timezone.now())
    ApprovalBatch.objects.create(
        entity=board.entity,
        member=admin,
        alike="NC-01.VALID.APPROVE_CLAIM.1",
        seed="5eed",
        made_at=NOON,
    )
    Delegation.objects.create(
        entity=board.entity,
        member=board.team["marta"],
        delegate=board.team["davide"],
        starts_date=TODAY,
        ends_date=TODAY,
        reason="Fair in Parma",
        given_at=NOON,
    )
    return board


def _promised(board: Board) -> None:
    """Something past due, why it is not paid, what was promised of it, and what is in rows."""
    owing, member = board["main"].customer, next(iter(board.team.values()))
    an_open_item(owing, 90_000, due_date=TODAY - WEEK)
    new = NewMotive(customer_id=owing.pk, code="NR-06", source="customer", note="Order missing")
    record_motive(new=new, by=member, at=NOON)
    new = NewPlacement(customer_id=owing.pk, route="COURT", currency=owing.currency)
    draft_placement(new=new, by=member, at=NOON)
    made = NewPromise(
        customer_id=owing.pk, currency=owing.currency, amount_minor=40_000, due_date=TODAY + WEEK
    )
    record_promise(new=made, by=member, at=NOON)
    start_call(customer_id=owing.pk, is_incoming=True, by=member, at=timezone.now())
    _in_plan(board)
    _called(board)
    _planned(board)


def _in_plan(board: Board) -> None:
    """An instalment plan of a customer."""
    owing, member = board["main"].customer, next(iter(board.team.values()))
    item = an_open_item(owing, 60_000, due_date=TODAY - WEEK)
    rows = NewPlan(
        customer_id=owing.pk,
        currency=owing.currency,
        first_date=TODAY + WEEK,
        count=3,
        items=[item.pk],
    )
    propose_plan(new=rows, by=member, at=NOON, customer_agrees=True)


def _planned(board: Board) -> None:
    """A run of collections with somebody who hears from us, and somebody who does not."""
    another = a_customer(board.entity, "Bottega Nuova", vat_number="IT2")
    an_open_item(another, 70_000, due_date=TODAY - 3 * WEEK)
    plan_run(entity=board.entity, at=NOON)


def _called(board: Board) -> None:
    """A call that came in, and somebody who wants to be called."""
    owing = board["main"].customer
    call = Call.objects.create(
        entity=board.entity,
        customer=owing,
        direction="IN",
        state="OVER",
        number="+393331234567",
        language="it",
        flow="account-1",
        currency="EUR",
        began_at=NOON,
        ended_at=NOON,
        identified_at=NOON,
        did=[{"what": "identified"}, {"what": "call_back", "why": "PLAN"}],
    )
    CallBack.objects.create(
        entity=board.entity,
        customer=owing,
        call=call,
        number=call.number,
        why="PLAN",
        wanted_at=NOON,
        due_date=TODAY,
    )


def keys_of(board: Board) -> dict[str, Any]:
    """A key for every name that stands in an address."""
    entity = board.entity
    documents = Document.objects.filter(entity=entity)
    entries = CaseMessage.objects.filter(case=board["main"].case_id)
    delivery = WebhookDelivery.objects.filter(webhook__entity=entity).order_by("pk").first()
    member = next(iter(board.team.values()))
    process = ProcessDefinition.objects.filter(entity=entity, key="shortage").first()
    days = {"since_date": NOON.date(), "until_date": NOON.date()}
    asked = {"entity": entity, "asked_by": member, "asked_at": NOON, "state": "DONE"}
    return {
        "absence_id": Absence.objects.filter(entity=entity).first().pk,
        "bulk_id": BulkRun.objects.filter(entity=entity).first().pk,
        "handed_id": HandOver.objects.filter(entity=entity).first().pk,
        "what_if_id": WhatIf.objects.create(currency="EUR", **asked, **days).pk,
        "backtest_id": Backtest.objects.create(
            strategy_version=0, pace="WEEKS", currency="EUR", **asked, **days
        ).pk,
        "move_id": ProcessMove.objects.create(source=process, target=process, **asked).pk,
        "arrival_id": Arrival.objects.filter(entity=entity).first().pk,
        "phone_call_id": PhoneCall.objects.filter(entity=entity).first().pk,
        "claim_id": board["main"].pk,
        "correction_id": Correction.objects.filter(entity=entity).first().pk,
        "customer_id": board["main"].customer_id,
        "document_id": documents.first().pk,
        "entry_id": BankEntry.objects.filter(entity=entity).first().pk,
        "process_key": "shortage",
        "file_id": ImportFile.objects.filter(run__entity=entity).first().pk,
        "folder_id": WatchedFolder.objects.get().pk,
        "mailbox_id": Mailbox.objects.get().pk,
        "link_id": ActionLink.objects.filter(entity=entity).first().pk,
        "member_id": next(iter(board.team.values())).pk,
        "run_id": ImportRun.objects.filter(entity=entity).first().pk,
        "simulation_id": Simulation.objects.filter(entity=entity).first().pk,
        "seat_id": ApprovalSeat.objects.filter(request__case__entity=entity).first().pk,
        "step_id": Step.objects.filter(case__entity=entity).first().pk,
        "token_id": ApiToken.objects.filter(entity=entity).first().pk,
        "webhook_id": delivery.webhook_id,
        "delivery_id": delivery.pk,
        "rule_id": TextRule.objects.get(entity=entity).pk,
        "alias_id": PayerAlias.objects.filter(entity=entity).first().pk,
        "call_back_id": CallBack.objects.filter(entity=entity).first().pk,
        "motive_id": Motive.objects.filter(entity=entity).first().pk,
        "planned_id": Run.objects.get(entity=entity).pk,
        "touch_id": RunTouch.objects.filter(run__entity=entity).first().pk,
        "letter_id": Letter.objects.filter(entity=entity).first().pk,
        "text_key": "reminder",
        "way": "email",
        "language": "it",
        "mandate": str(Placement.objects.filter(entity=entity).first()),
        "placement_id": Placement.objects.filter(entity=entity).first().pk,
        "promise_id": Promise.objects.filter(entity=entity).first().pk,
        "plan_id": Plan.objects.filter(entity=entity).first().pk,
        "proposal_id": 1,
        "said_id": entries.first().pk,
        "entry": entries.first().pk,
        "mention_id": 1,
        "view_id": 1,
        "page": 1,
        "key": board["main"].lines.first().invoice_line.invoice_id,
        "kind": "invoice",
        "name": "withdraw",
        "number": board["main"].case.number,
        "batch_id": ApprovalBatch.objects.get(entity=entity).pk,
        "version": 1,
        "delegation_id": Delegation.objects.get(entity=entity).pk,
    }


def addresses(keys: dict[str, Any], *, of_rows: bool = True) -> Iterator[str]:
    """Every address of the desk that names a row; or every other one."""
    for pattern in urlpatterns:
        wanted = pattern.pattern.converters
        if any(name.endswith("_id") for name in wanted) is not of_rows:
            continue
        if pattern.name == "mention-read":  # quietly nothing, for whoever it does not concern
            continue
        given = {name: keys[name] for name in wanted}
        yield reverse(f"desk:{pattern.name}", kwargs=given)
