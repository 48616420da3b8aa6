"""Courtesy notes before the due date, and the order in which ways are tried."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from concilia.dunning.core.contact.asking import ContactDesk
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.contact.wishes import Wishes
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.strategy.ladder import Last, Why
from concilia.dunning.core.strategy.placing import Debtor, Number, Passed, Placer, ways_for
from concilia.dunning.core.strategy.segments import Assigner
from concilia.dunning.core.strategy.sheet import read_strategy
from concilia.dunning.core.strategy.terms import BY_PROGRAM, Stage, Way

TODAY = date(2026, 11, 19)
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
SHEET = """\
name Notes
rule consumers: who consumer -> b2c
rule all -> b2b
plan b2c
  -5 sms email T0 courtesy wished
  3 sms T1 reminder
plan b2b
  -7 email T0 courtesy
  3 email T1 reminder
"""
SMS = {Way.SMS: Number(12)}


def in_days(days):
    return TODAY + timedelta(days=days)


def a_debtor(**changes):
    told = {
        "customer_id": 1, "currency": "EUR", "country": "IT", "segment": "", "is_business": True,
        "open": 9_000, "disputed": 0, "promised": 0, "planned": 0, "placed": 0, "held": 0,
        "dunnable": 9_000, "ready": 9_000, "least": 1_000, "value": 90, "oldest_due": in_days(6),
        "email_contact": 11,
    }  # fmt: skip
    return Debtor(**told | changes)


def placer(sheet=SHEET, carried=BY_PROGRAM):
    strategy = read_strategy(sheet).strategy
    return Placer(Assigner(strategy), ContactDesk(), today=TODAY, at=NOON, carried=carried)


def noted(**changes):
    return placer().note(a_debtor(**changes))


def test_what_falls_due_within_the_days_of_the_plan_is_noted_kindly():
    touch = noted()
    assert (touch.step.tone, touch.step.template, touch.way) == (
        Tone.COURTESY,
        "courtesy",
        Way.EMAIL,
    )
    assert touch.place.stage is Stage.BEFORE
    assert touch.contact_id == 11


@pytest.mark.parametrize(
    "changes",
    [
        {"oldest_due": in_days(8)},
        {"oldest_due": in_days(-1)},
        {"ready": 0},
        {"ready": 1_000},
        {"dunnable": 0, "ready": 0, "disputed": 9_000},
        {"dunnable": 0, "ready": 0, "promised": 9_000},
        {"motive": "NR-13"},
        {"is_under_way": True},
        {"noted_on": in_days(-2)},
        {"last": Last(10, Tone.QUESTION, in_days(-2))},
        {"email_contact": None, "opted_out": True},
    ],
)
def test_no_note(changes):
    assert noted(**changes) is None


def test_only_who_asked_gets_one_where_the_sheet_says_so():
    person = {"is_business": False, "oldest_due": in_days(4), "numbers": SMS}
    assert noted(**person) is None
    touch = noted(**person, wishes=Wishes(courtesy=True))
    assert (touch.way, touch.contact_id) == (Way.SMS, 12)


def test_a_note_is_no_step_of_the_ladder_but_is_rested_for():
    late = {"oldest_due": in_days(-5), "noted_on": in_days(-2)}
    found = placer().place(a_debtor(**late))
    assert (found.why, found.until) == (Why.RESTED, in_days(1))
    touch = placer().place(a_debtor(**late | {"noted_on": in_days(-3)}))
    assert touch.step.tone is Tone.REMINDER


@pytest.mark.parametrize(
    ("numbers", "unwanted", "why"),
    [({}, frozenset(), Why.NO_ADDRESS), ({}, frozenset({Way.SMS}), Why.OPTED_OUT)],
)
def test_whom_no_short_message_reaches(numbers, unwanted, why):
    debtor = a_debtor(is_business=False, oldest_due=in_days(-5), numbers=numbers, unwanted=unwanted)
    assert placer().place(debtor) == Passed(why, 9_000)


def test_what_is_not_set_up_is_passed_over():
    debtor = a_debtor(is_business=False, oldest_due=in_days(-5), numbers=SMS)
    assert placer().place(debtor).way is Way.SMS
    assert placer(carried=frozenset({Way.EMAIL})).place(debtor) == Passed(Why.NOT_SET_UP, 9_000)


AGREED = {Way.SMS: Number(1), Way.WHATSAPP: Number(1, agreed=True)}


@pytest.mark.parametrize(
    ("ways", "preferred", "numbers", "order"),
    [
        ("email sms", None, AGREED, "email sms"),
        ("email sms", Channel.SMS, AGREED, "sms email"),
        ("email sms", Channel.WHATSAPP, AGREED, "whatsapp email sms"),
        ("email sms", Channel.WHATSAPP, {Way.WHATSAPP: Number(1)}, "email sms"),
        ("email letter", Channel.WHATSAPP, AGREED, "email letter"),
        ("email letter", Channel.LETTER, AGREED, "letter email"),
        ("email whatsapp", Channel.VISIT, AGREED, "email whatsapp"),
    ],
)
def test_their_way_comes_first_if_the_step_has_it(ways, preferred, numbers, order):
    chosen = [Way(way) for way in ways.split()]
    assert " ".join(ways_for(chosen, preferred, numbers)) == order


def test_a_messaging_service_wants_consent():
    sheet = SHEET.replace("3 sms T1", "3 whatsapp sms T1")
    late = {"is_business": False, "oldest_due": in_days(-5)}
    unasked = a_debtor(**late, numbers={Way.WHATSAPP: Number(1), Way.SMS: Number(1)})
    assert placer(sheet).place(unasked).way is Way.SMS
    assert placer(sheet).place(a_debtor(**late, numbers=AGREED)).way is Way.WHATSAPP
