"""Who wrote, what is answered, what is said now: from the mails real programs write."""

from __future__ import annotations

import base64

import pytest
from tests.world.mails import a_mail

from concilia.interfaces.worker.mail_facts import facts_of, messages_of


def facts(content: bytes, filename: str = "mail.eml") -> dict[str, object]:
    return facts_of(content, filename=filename)


class TestFacts:
    def test_who_wrote_to_whom(self):
        found = facts(a_mail(sender='"Albers, Jens" <Jens.Albers@Frischmarkt.example>'))

        assert found["sender"] == "jens.albers@frischmarkt.example"
        assert found["sender_name"] == "Albers, Jens"
        assert found["recipient"] == "crediti@aurora.example"

    def test_a_sender_without_an_address_is_nobody(self):
        found = facts(a_mail(sender="undisclosed"))

        assert (found["sender"], found["sender_name"]) == ("", "undisclosed")

    def test_words_are_those_of_now(self):
        body = "Reçu, merci.\n\nLe 12 nov. 2026, Giulia a écrit :\n> Pouvez-vous confirmer ?\n"

        assert facts(a_mail(body=body))["body"] == "Reçu, merci."

    def test_a_mail_that_only_quotes_keeps_what_it_quotes(self):
        assert facts(a_mail(body="> Can you confirm?\n"))["body"]

    @pytest.mark.parametrize(
        ("headers", "is_bulk"),
        [
            ({"List_Unsubscribe": "<https://x.example>"}, True),
            ({"Precedence": "bulk"}, True),
            ({"Precedence": "first-class"}, False),
            ({}, False),
        ],
    )
    def test_what_is_sent_to_many_says_so(self, headers, is_bulk):
        assert facts(a_mail(**headers))["is_bulk"] is is_bulk

    def test_what_is_no_mail_says_nothing(self):
        assert facts(b"a;b\n1;2\n", "list.csv") == {"is_mail": False}


class TestAnswered:
    ours = "<claim.7.letter@aurora.concilia>"

    @pytest.mark.parametrize(
        ("headers", "answered"),
        [
            ({"In_Reply_To": "<b@x.example>"}, "<b@x.example>"),
            ({"References": "<a@x.example> <b@x.example>"}, "<b@x.example>"),
            ({"In_Reply_To": "<b@x.example>", "References": f"{ours} <b@x.example>"}, ours),
            ({"In_Reply_To": f"Your message of Monday {ours}"}, ours),
            ({}, ""),
        ],
    )
    def test_it_is_ours_anywhere_in_the_thread_else_the_nearest(self, headers, answered):
        assert facts(a_mail(**headers))["in_reply_to"] == answered


class TestMessages:
    def test_an_mbox_gives_its_mails_byte_for_byte(self):
        mails = [a_mail(subject=f"Mail {n}", body="From here on\n") for n in (1, 2)]
        start = b"From x@y.example Thu Nov 19 12:00:00 2026\n"
        mbox = b"".join(start + mail.replace(b"\nFrom here", b"\n>From here") for mail in mails)

        found = [base64.b64decode(each["content"]) for each in messages_of(mbox, filename="a.mbox")]

        assert [mail.rstrip() for mail in found] == [mail.rstrip() for mail in mails]
