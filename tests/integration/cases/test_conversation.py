"""The conversation of a case: two lanes kept apart by the database, and what people do with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team

from concilia.cases.actions import TalkRefused, react, read_thread, redact
from concilia.cases.models import CaseDocument, CaseMessage, CustomerLane, Mention, Notice, Reaction
from concilia.cases.queries.talk_search import find_talk
from concilia.cases.queries.thread import around, customer_lane, mark_of_talk
from concilia.claims.actions import (
    ClaimRefused,
    Paper,
    ToneDoubted,
    add_note,
    ask,
    receive_reply,
    write_to_customer,
)
from concilia.claims.actions.asking import Question
from concilia.claims.queries.answers import answers_for, answers_of
from concilia.claims.queries.letters import own_words
from concilia.correspondence.actions import (
    AnswerRefused,
    RedactionRefused,
    keep_answer,
    record_sent,
    reset_answer,
)
from concilia.correspondence.models import Message

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def world():
    entity = an_entity(settings={"partners": [{"name": "Alpe Nord", "email": "pod@alpe.example"}]})
    customer = a_customer(entity, "Frischmarkt Nord eG", email_domains=["frischmarkt.example"])
    team = a_team(entity)
    return customer, team, a_claim(team["giulia"], an_invoice(customer), "NC-23")


def a_note(claim, member, text="Nur für uns"):
    return add_note(claim_id=claim.pk, text=text, files=[], member=member, at=NOON)


def a_letter(claim, member, body="Guten Tag, wir prüfen.", to="", **more):
    words = own_words(claim=claim, member=member, body=body, to=to, subject="Ihre Reklamation")
    return write_to_customer(claim_id=claim.pk, outgoing=words, member=member, at=NOON, **more)


def a_mail(claim, sender, body="Hallo", key="m-1"):
    message = Message.objects.create(
        entity=claim.entity,
        customer=claim.customer,
        lane="in",
        state="RECEIVED",
        sender=sender,
        body=body,
        language="de",
        key=key,
        written_at=LATER,
    )
    receive_reply(claim_id=claim.pk, message_id=message.pk, at=NOON)
    return CaseMessage.objects.get(message=message)


class TestLanes:
    def test_the_customer_sees_what_went_between_us_and_nothing_else(self, world):
        _, team, claim = world
        a_note(claim, team["giulia"])
        letter = a_letter(claim, team["giulia"])
        assert customer_lane(entity_id=claim.entity_id, case_id=claim.case_id) == []  # not sent yet
        record_sent(message_id=letter.pk, at=LATER)
        a_mail(claim, "somebody@FRISCHMARKT.example", "Danke")
        a_mail(claim, "pod@alpe.example", "Our driver says", key="m-2")
        question = Question(holder="third", text="Please send it", to="pod@alpe.example")
        ask(claim_id=claim.pk, question=question, member=team["giulia"], at=NOON)

        seen = customer_lane(entity_id=claim.entity_id, case_id=claim.case_id)

        assert sorted(one.body for one in seen) == ["Danke", "Guten Tag, wir prüfen."]
        sides = dict(CaseMessage.objects.values_list("message__body", "side"))
        assert {row.person for row in Notice.objects.filter(kind="message")} == {team["giulia"]}
        assert sides["Nur für uns"] == "inside"
        assert sides["Our driver says"] == sides["Please send it"] == "third"

    def test_no_program_can_say_that_a_note_is_the_customers(self, world):
        _, team, claim = world
        note = a_note(claim, team["giulia"])

        CaseMessage.objects.filter(pk=note.pk).update(lane="out", side="customer")

        note.refresh_from_db()
        assert (note.lane, note.side) == ("note", "inside")
        for change in (
            {"lane": "out", "recipient": "x@frischmarkt.example", "state": "QUEUED"},
            {"message_id": "<note@aurora.concilia>"},
            {"recipient": "x@frischmarkt.example"},
            {"body": "Other words"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Message.objects.filter(pk=note.message_id).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            note.delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=note.message_id).delete()

    def test_a_lane_that_is_not_the_messages_cannot_stand(self, world):
        _, team, claim = world
        note = a_note(claim, team["giulia"])
        sql = """
            SET CONSTRAINTS ALL IMMEDIATE;
            ALTER TABLE cases_casemessage DISABLE TRIGGER place_in_thread;
            UPDATE cases_casemessage SET lane = 'out', side = 'customer' WHERE id = %s
        """
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [note.pk])

    def test_another_company_sees_nothing(self, world):
        _, team, claim = world
        record_sent(message_id=a_letter(claim, team["giulia"]).pk, at=LATER)
        stranger = a_team(an_entity("other"))["giulia"]

        assert customer_lane(entity_id=stranger.entity_id, case_id=claim.case_id) == []
        assert CustomerLane.objects.filter(entity=stranger.entity).count() == 0
        note = a_note(claim, team["giulia"])
        for act in (
            lambda: react(entry_id=note.pk, sign="seen", member=stranger, at=NOON),
            lambda: redact(entry_id=note.pk, reason="x", member=stranger, at=NOON),
        ):
            with pytest.raises(CaseMessage.DoesNotExist):
                act()


class TestWords:
    def test_who_is_named_is_asked_whatever_the_name(self, world):
        customer, team, claim = world
        long = a_member(customer.entity, "Anna Maria De Rossi")
        a_member(customer.entity, "Anna Bruni")

        a_note(
            claim, team["giulia"], "@anna maria de rossi bitte; @Marco, @Anna und a@marta.example"
        )

        assert {row.member for row in Mention.objects.all()} == {long, team["marco"]}
        assert {row.person for row in Notice.objects.all()} == {long, team["marco"]}

    def test_an_open_field_never_leaves_and_blame_is_asked_about_once(self, world):
        _, team, claim = world

        with pytest.raises(ClaimRefused, match=r"filled in \{name\}"):
            a_letter(claim, team["giulia"], "Guten Tag {name}, danke")
        with pytest.raises(ToneDoubted, match="mahnung"):
            a_letter(claim, team["giulia"], "Letzte Mahnung")
        assert not Message.objects.filter(lane="out").exists()
        assert a_letter(claim, team["giulia"], "Letzte Mahnung", may_blame=True).state == "QUEUED"

    def test_quick_answers_are_filled_from_the_case_in_the_customers_language(self, world):
        _, team, claim = world

        filled = {one.code: one for one in answers_for(claim=claim, member=team["giulia"])}

        text = filled["received"].text
        assert claim.case.number in text
        assert "Guten Tag" in text
        assert team["giulia"].user.name in text
        assert not filled["received"].open

    def test_a_company_writes_its_own_answers(self, world):
        _, team, claim = world
        given = {"member": team["giulia"], "at": NOON, "is_active": True}

        for texts, why in (
            ({"de": "Hallo {iban}"}, "No case fills"),
            ({"de": "Letzte Mahnung"}, "blames"),
            ({}, "needs a title"),
        ):
            with pytest.raises(AnswerRefused, match=why):
                keep_answer(code="received", titles={"de": "T"}, texts=texts, **given)
        keep_answer(code="received", titles={"de": "T"}, texts={"de": "Wir haben {claim}"}, **given)

        (own,) = [
            a for a in answers_for(claim=claim, member=team["giulia"]) if a.code == "received"
        ]
        assert own.text == f"Wir haben {claim.case.number}"
        reset_answer(code="received", member=team["giulia"], at=NOON)
        assert not any(one.is_own for one in answers_of(entity_id=claim.entity_id))


class TestColleagues:
    def test_signs_are_put_and_taken_off(self, world):
        _, team, claim = world
        note = a_note(claim, team["giulia"])

        assert react(entry_id=note.pk, sign="agreed", member=team["marco"], at=NOON)
        assert react(entry_id=note.pk, sign="agreed", member=team["giulia"], at=NOON)
        assert not react(entry_id=note.pk, sign="agreed", member=team["marco"], at=NOON)
        with pytest.raises(TalkRefused):
            react(entry_id=note.pk, sign="hooray", member=team["marco"], at=NOON)
        assert Reaction.objects.get().member == team["giulia"]

    def test_reading_goes_forward_and_reads_mentions(self, world):
        _, team, claim = world
        first = a_note(claim, team["giulia"], "@Marco one")
        second = a_note(claim, team["giulia"], "@Marco two")
        before = mark_of_talk(case_id=claim.case_id)

        read_thread(case_id=claim.case_id, upto=first.pk, member=team["marco"], at=NOON)

        assert Mention.objects.filter(read_at=None).count() == 1
        assert Notice.objects.filter(kind="mention", seen_at=None).count() == 1
        assert mark_of_talk(case_id=claim.case_id) != before
        read_thread(case_id=claim.case_id, upto=second.pk + 99, member=team["marco"], at=LATER)
        read_thread(case_id=claim.case_id, upto=first.pk, member=team["marco"], at=LATER)
        beside = around(case_id=claim.case_id, member=team["giulia"])
        assert dict(beside.readers) == {second.pk: [team["marco"].user]}
        assert around(case_id=claim.case_id, member=team["marco"]).upto == second.pk

    def test_words_are_taken_away_everywhere_and_the_fact_stays(self, world):
        _, team, claim = world
        paper = Paper(evidence="COR", filename="call.txt", content=b"x", says="Geheimwort")
        note = add_note(
            claim_id=claim.pk,
            text="@Marco Geheimwort 4711",
            files=[paper],
            member=team["giulia"],
            at=NOON,
        )
        assert find_talk(entity_id=claim.entity_id, text="geheimwort")

        with pytest.raises(TalkRefused, match="Only who wrote it"):
            redact(entry_id=note.pk, reason="x", member=team["marco"], at=LATER)
        with pytest.raises(RedactionRefused, match="Say why"):
            redact(entry_id=note.pk, reason=" ", member=team["giulia"], at=LATER)
        redact(entry_id=note.pk, reason="Wrong case", member=team["giulia"], at=LATER)

        said = CaseMessage.objects.get(pk=note.pk).message
        assert (said.body, said.redacted_by, said.redacted_why) == (
            "",
            team["giulia"].user,
            "Wrong case",
        )
        assert not find_talk(entity_id=claim.entity_id, text="geheimwort")
        assert not find_talk(entity_id=claim.entity_id, text="4711")
        assert CaseDocument.objects.get().says == ""
        assert not Mention.objects.filter(read_at=None).exists()
        with pytest.raises(TalkRefused, match="gone already"):
            redact(entry_id=note.pk, reason="again", member=team["giulia"], at=LATER)

    def test_what_is_on_its_way_or_in_the_log_is_not_taken_away(self, world):
        customer, team, claim = world
        letter = a_letter(claim, team["giulia"])
        question = Question(holder="customer", text="Why?", to=customer.contacts.get().email)
        ask(claim_id=claim.pk, question=question, member=team["giulia"], at=NOON)
        asked = Message.objects.get(key__startswith="ask:")
        record_sent(message_id=asked.pk, at=NOON)

        for message, why in ((letter, "on its way"), (asked, "stays readable")):
            entry = CaseMessage.objects.get(message=message)
            with pytest.raises(TalkRefused, match=why):
                redact(entry_id=entry.pk, reason="x", member=team["giulia"], at=NOON)


class TestSearch:
    def test_words_in_five_languages_and_numbers_letter_by_letter(self, world):
        _, _, claim = world
        said = {
            "en": "The pallets were delivered late",
            "it": "Le bolle riportano la riserva di otto colli",
            "fr": "Nous avons reçu des réclamations répétées",
            "es": "Los albaranes firmados llegaron ayer",
            "de": "Die Belastungsanzeige über FT-2026/03187 liegt bei: 4500198842",
        }
        for n, (language, body) in enumerate(said.items()):
            entry = a_mail(claim, "a@frischmarkt.example", body, key=f"s-{n}")
            Message.objects.filter(pk=entry.message_id).update(language=language)

        def found(text, **scope):
            return [
                one.language for one in find_talk(entity_id=claim.entity_id, text=text, **scope)
            ]

        assert found("pallet deliver") == ["en"]
        assert found("bolla") == ["it"]
        assert found("reclamation") == found("RÉCLAMATIONS") == ["fr"]
        assert found("albarán") == ["es"]
        assert found("03187") == found("00198842") == found("FT-2026/03187") == ["de"]
        assert found("anzeige") == ["de"]  # inside a longer word
        assert found("anzeige 0318") == ["de"]
        assert found("50%") == found("zz") == found("' OR 1=1 --") == found("\0\\") == []
        assert found("bolla", lanes=["note"]) == found("bolla", until=NOON) == []
        assert find_talk(entity_id=an_entity("other").pk, text="bolla") == []
