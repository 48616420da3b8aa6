"""Asking a payer what a payment is for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.world.builders import NOON
from tests.world.payer import World

from concilia.cash.actions import PaymentQuestion, PostingRefused, ask_about_payment
from concilia.correspondence.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


class TestAsking:
    def question(self, world, **changes: object) -> PaymentQuestion:
        contact = world.customer.contacts.get()
        question = PaymentQuestion(
            customer_id=world.customer.pk,
            to=contact.email,
            subject="Ihre Zahlung",
            text="Wofür ist sie?",
        )
        return replace(question, **changes)

    def ask(self, world, **changes: object) -> Message:
        return ask_about_payment(
            bank_entry_id=world.entry.pk,
            question=self.question(world, **changes),
            member=world.member,
            at=NOON,
        )

    def test_the_question_leaves_by_the_contact_policy(self, world):
        message = self.ask(world)

        assert message.state == "QUEUED"
        assert message.author == world.member.user
        assert message.language == "de"
        assert message.allowed_by

    def test_an_address_that_is_not_theirs_is_held_back_visibly(self, world):
        message = self.ask(world, to="somebody@nowhere.example")

        assert (message.state, message.withheld_why) == ("WITHHELD", "address_unknown")

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"text": " "}, "needs words"),
            ({"to": ""}, "address"),
            ({"customer_id": 0}, "customer first"),
        ],
    )
    def test_what_is_missing_is_said(self, world, changes, says):
        with pytest.raises(PostingRefused, match=says):
            self.ask(world, **changes)

    def test_nobody_is_asked_for_ever(self, world):
        for _ in range(9):
            self.ask(world)

        with pytest.raises(PostingRefused, match="often enough"):
            self.ask(world)
