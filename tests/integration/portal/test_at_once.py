"""Two people press at once: one wins, the other is told; nothing is done twice, nobody waits."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.integration.cash.test_together import at_once
from tests.world.claims import a_proven_shortage, books_hold, propose
from tests.world.links import a_link_to, form, path_of, step_of

from concilia.cases.actions import revoke_link
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ActionLink, ApprovalSeat
from concilia.claims.actions import answer_step, send_link_again, sign_decision
from concilia.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


def press(link, **values):
    """What the browser of whoever presses gets: the page after the form was sent."""
    browser = Client()
    browser.post(path_of(link), form(link, **values))
    return browser.get(path_of(link))


def test_one_link_pressed_by_four_acts_once(claim, team):
    link = a_link_to(claim, team["giulia"], assignee=team["marco"])
    pages = at_once(*(lambda n=n: press(link, words=f"Answer {n}") for n in range(4)))

    assert {page.status_code for page in pages} == {200}
    assert AuditEntry.objects.filter(act="link.answered").count() == 1
    assert step_of(link).answer.startswith("Answer ")


def test_a_link_against_the_desk(claim, team):
    link = a_link_to(claim, team["giulia"], assignee=team["marco"])
    page, _desk = at_once(
        lambda: press(link, words="By link"),
        lambda: answer_step(
            step_id=link.step_id, text="At the desk", member=team["giulia"], at=timezone.now()
        ),
    )
    step = step_of(link)
    won = step.answer == "By link"

    assert page.status_code == (200 if won else 410)
    assert won or b"Giulia Ferri was quicker" in page.content
    answered = AuditEntry.objects.filter(act__in=["link.answered", "case.answered"])
    assert answered.count() == 1


def test_a_link_against_being_taken_back_and_sent_again(claim, team):
    link = a_link_to(claim, team["giulia"], assignee=team["marco"])
    now = timezone.now()
    at_once(
        lambda: press(link, words="88"),
        lambda: revoke_link(link_id=link.pk, member=team["giulia"], at=now),
        lambda: send_link_again(link_id=link.pk, member=team["giulia"], at=now),
    )
    ended = ActionLink.objects.get(pk=link.pk)

    assert ended.state in {"USED", "REVOKED", "SUPERSEDED"}
    assert (step_of(link).state == "DONE") == (ended.state == "USED")
    assert ActionLink.objects.filter(step=link.step_id, state="OPEN").count() <= 1


def test_a_signature_by_link_against_the_same_at_the_desk(customer, team):
    claim = a_proven_shortage(customer, team)
    propose(claim, team["giulia"], at=timezone.now())
    link = ActionLink.objects.get(purpose="sign")
    at_once(
        lambda: press(link, outcome="APPROVE"),
        lambda: press(link, outcome="REJECT", words="No."),
        lambda: sign_decision(
            seat_id=link.seat_id,
            outcome=SignOutcome.APPROVE,
            comment="",
            member=link.member,
            at=timezone.now(),
        ),
    )

    assert ApprovalSeat.objects.get(pk=link.seat_id).signed_by_id == link.member_id
    assert AuditEntry.objects.filter(act="decision.signed").count() == 1
    books_hold(claim.entity)


def test_two_links_of_one_case_are_both_answered(claim, team, customer):
    to = customer.contacts.get().email
    first = a_link_to(claim, team["giulia"], assignee=team["marco"])
    second = a_link_to(claim, team["giulia"], holder="customer", to=to, text="Fotos?")
    at_once(
        lambda: press(first, words="1"),
        lambda: press(second, choice="have", words="2"),
    )

    assert {step_of(first).state, step_of(second).state} == {"DONE"}
