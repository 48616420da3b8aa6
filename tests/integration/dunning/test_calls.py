"""Calls in and out, as a carrier and a caller with a telephone live them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.world import carrier as carriers
from tests.world.builders import NOON, an_entity
from tests.world.lines import MOBILE, Lines

from concilia.correspondence.actions import LineRefused, change_line, note_agreement
from concilia.correspondence.actions.lines import LineDraft
from concilia.correspondence.models import ChannelAccess, Message, Reach, TextAccess
from concilia.dunning.actions import CollectionRefused, finish_call_back
from concilia.dunning.models import Call, CallBack, Motive, Plan, Promise
from concilia.dunning.queries.accounts import find_account
from concilia.foundation.models import AuditEntry
from concilia.interfaces.worker.calls import make_call
from concilia.interfaces.worker.sending import send_message

pytestmark = pytest.mark.django_db
STRANGER = "+393999999999"


@pytest.fixture
def lines(monkeypatch, carrier):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    return Lines(carrier, NOON)


@pytest.fixture
def carrier():
    with carriers.running() as found:
        yield found


class TestACallThatComesIn:
    def test_nobody_hears_an_amount_before_they_have_shown_who_they_are(self, lines):
        lines.debtor.owes(1284)

        heard = lines.carrier.ring(lines.calls_in, MOBILE)

        assert "Molino Aurora" in heard.words
        assert "1.284" not in heard.words
        assert set(heard.languages) == {"it-IT"}

    def test_who_proves_it_hears_what_may_be_asked_for(self, lines):
        lines.debtor.owes(1284)

        heard = lines.carrier.ring(lines.calls_in, MOBILE, lines.keys)

        assert "1.284,00 euro" in heard.words
        call = Call.objects.get()
        assert (call.customer, call.identified_at) == (lines.customer, NOON)
        assert not call.kept.get("number"), "what proves who somebody is, is not kept"
        assert not call.kept.get("code")

    def test_what_is_promised_already_is_not_asked_for(self, lines):
        lines.debtor.owes(1000)
        lines.debtor.promises(400)

        heard = lines.carrier.ring(lines.calls_in, MOBILE, lines.keys)

        assert "600,00 euro" in heard.words

    def test_a_day_that_is_said_back_and_confirmed_is_their_promise(self, lines):
        lines.debtor.owes(1000)

        heard = lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "2", "1", "1", ""])

        promise = Promise.objects.get()
        assert (promise.amount_minor, promise.channel, promise.recorded_by) == (
            100_000,
            "call",
            None,
        )
        assert promise.due_date.isoformat() == "2026-11-24"
        assert "24 novembre 2026" in heard.words
        assert heard.over
        said = AuditEntry.objects.get(act="promise.recorded")
        assert (said.actor_kind, said.actor_name) == ("customer", lines.customer.name)

    def test_a_promise_too_many_is_for_a_person(self, lines):
        lines.debtor.owes(1000)
        lines.debtor.promises(100)
        lines.debtor.promises(100, days=7)

        lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "2", "1", "1"])

        assert Promise.objects.count() == 2
        assert CallBack.objects.get().why == "PERSON"

    def test_to_pay_they_get_a_message_and_no_card_number_is_asked_for(self, lines):
        lines.debtor.owes(1000)

        heard = lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "1"])

        assert "numero di una carta" in heard.words
        message = Message.objects.get(channel="sms")
        assert message.recipient == MOBILE
        assert "/k/…" in message.body
        assert "1.000" not in message.body
        assert "STOP" in message.body
        send_message(message_id=message.pk, at=NOON)
        [text] = lines.carrier.texts
        assert text["To"] == MOBILE
        token = next(word for word in text["Body"].split() if "/k/" in word).rpartition("/")[2]
        assert find_account(token, at=NOON).customer == lines.customer

    def test_without_short_messages_it_goes_by_mail(self, lines):
        TextAccess.objects.update(is_on=False)
        lines.debtor.owes(1000)

        heard = lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "1"])

        assert "messaggio" in heard.words
        message = Message.objects.get()
        assert (message.channel, message.recipient) == ("email", lines.contact.email)
        assert (message.state, "STOP" in message.body) == ("QUEUED", False)

    @pytest.mark.parametrize(("key", "code"), [("1", "NR-02"), ("3", "NR-08"), ("4", "NR-09")])
    def test_a_key_says_what_is_in_the_way(self, lines, key, code):
        lines.debtor.owes(1000)

        lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "5", key])

        motive = Motive.objects.get()
        assert (motive.code, motive.source, motive.recorded_by) == (code, "customer", None)
        assert not CallBack.objects.exists()

    def test_a_dispute_is_a_task_for_a_person(self, lines):
        lines.debtor.owes(1000)

        lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "5", "2"])

        assert Motive.objects.get().code == "NR-11"
        [task] = CallBack.objects.all()
        assert (task.why, task.customer, task.number) == ("DISPUTE", lines.customer, MOBILE)
        finish_call_back(call_back_id=task.pk, note="agreed", by=lines.clerk, at=NOON)
        with pytest.raises(CollectionRefused, match="done before"):
            finish_call_back(call_back_id=task.pk, note="", by=lines.clerk, at=NOON)

    def test_instalments_within_policy_are_agreed_on_where_they_can_be_read(self, lines):
        lines.debtor.owes(1000)

        heard = lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "3"])

        assert "quali rate sono possibili" in heard.words
        assert "/k/…" in Message.objects.get(channel="sms").body
        assert not CallBack.objects.exists()
        assert not Plan.objects.exists()

    def test_instalments_beyond_policy_are_agreed_on_with_a_person(self, lines):
        lines.debtor.owes(9000)

        lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "3"])

        assert CallBack.objects.get().why == "PLAN"
        assert not Message.objects.filter(lane="out").exists()

    def test_a_person_takes_over_while_people_work(self, lines):
        lines.debtor.owes(1000)
        lines.entity.settings = {"calls": {"person": "+390298765432"}}
        lines.entity.save()

        heard = lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "6"])

        assert heard.put_through == ["+390298765432"]
        assert heard.over
        assert CallBack.objects.get().why == "PERSON", "nobody took it"

    def test_who_spoke_with_a_person_is_not_called_back(self, lines):
        lines.entity.settings = {"calls": {"person": "+390298765432"}}
        lines.entity.save()
        lines.carrier.dialled = "completed"

        heard = lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "6"])

        assert heard.over
        assert not CallBack.objects.exists()

    def test_three_wrong_tries_and_nothing_is_said(self, lines):
        lines.debtor.owes(1284)

        heard = lines.carrier.ring(lines.calls_in, MOBILE, ["9999", "11111"] * 3)

        assert "1.284" not in heard.words
        assert heard.over
        assert Call.objects.get().tries == 3

    def test_after_nine_in_a_day_even_the_right_answer_says_nothing(self, lines):
        lines.debtor.owes(1284)
        for _ in range(3):
            lines.carrier.ring(lines.calls_in, MOBILE, ["9999", "11111"] * 3)

        heard = lines.carrier.ring(lines.calls_in, MOBILE, lines.keys)

        assert "1.284" not in heard.words

    def test_from_a_number_nobody_knows_the_papers_say_who_it_is(self, lines):
        lines.debtor.owes(1284)

        heard = lines.carrier.ring(lines.calls_in, STRANGER, lines.keys)

        assert "1.284,00 euro" in heard.words
        assert Call.objects.get().customer == lines.customer

    def test_from_such_a_number_four_digits_are_not_enough(self, lines):
        lines.debtor.owes(1284)
        whole, code = lines.keys

        known = lines.carrier.ring(lines.calls_in, MOBILE, [whole[-4:], code])
        unknown = lines.carrier.ring(lines.calls_in, STRANGER, [whole[-4:], code])

        assert "ultime quattro" in known.says[1]
        assert "1.284,00 euro" in known.words
        assert "ultime quattro" not in unknown.says[1]
        assert "1.284" not in unknown.words

    def test_a_turn_asked_for_twice_is_done_once(self, lines):
        lines.debtor.owes(1000)
        heard = lines.carrier.ring(lines.calls_in, MOBILE, [*lines.keys, "2", "1"], sid="CA-1")
        call = Call.objects.get()
        url = lines.url(f"voice/aurora/turn/{call.pk}/{call.serial}")
        fields = {"CallSid": "CA-1", "From": MOBILE, "To": "", "CallStatus": "in-progress"}

        first = lines.carrier.post(url, fields | {"Digits": "1"})
        second = lines.carrier.post(url, fields | {"Digits": "1"})

        assert heard.statuses[-1] == 200
        assert first == second
        assert Promise.objects.count() == 1

    def test_what_the_carrier_says_of_the_end_is_kept(self, lines):
        lines.carrier.ring(lines.calls_in, MOBILE, sid="CA-7")

        state = lines.url("voice/aurora/state")
        assert lines.carrier.tell(state, "CA-7", "completed", CallDuration="42") == 204

        call = Call.objects.get()
        assert (call.state, call.seconds, call.ended_at) == ("OVER", 42, NOON)


class TestWhoPostsThis:
    def test_a_wrong_signature_is_refused_without_a_word(self, lines):
        fields = {"CallSid": "CA-1", "From": MOBILE, "To": "", "CallStatus": "ringing"}

        for url in (lines.calls_in, lines.texts_in, lines.url("voice/aurora/turn/1/0")):
            assert lines.carrier.post(url, fields, token="another") == (403, b"")
        assert not Call.objects.exists()

    @pytest.mark.parametrize("path", ["voice/nobody/in", "texts/nobody", "chat/aurora"])
    def test_a_line_that_is_none_says_the_same(self, lines, path):
        fields = {"CallSid": "CA-1", "From": MOBILE, "To": "", "CallStatus": "ringing"}
        assert lines.carrier.post(lines.url(path), fields) == (403, b"")

    def test_signed_nonsense_makes_no_call(self, lines):
        assert lines.carrier.post(lines.calls_in, {"CallStatus": "bananas"}) == (403, b"")
        assert lines.carrier.post(lines.texts_in, {"x": "1"})[0] == 400

    def test_a_line_switched_off_is_off(self, lines):
        ChannelAccess.objects.update(is_on=False)
        fields = {"CallSid": "CA-1", "From": MOBILE, "To": "", "CallStatus": "ringing"}
        assert lines.carrier.post(lines.calls_in, fields) == (403, b"")

    def test_a_call_of_another_company_is_none(self, lines):
        an_entity("borea")
        lines.carrier.ring(lines.calls_in, MOBILE, sid="CA-1")
        call = Call.objects.get()
        fields = {"CallSid": "CA-2", "From": MOBILE, "To": "", "CallStatus": "in-progress"}

        status, body = lines.carrier.post(lines.url(f"voice/aurora/turn/{call.pk}/1"), fields)

        assert (status, b"<Hangup />" in body) == (200, True)


class TestACallThatGoesOut:
    def test_is_made_once_and_heard_by_whom_it_is_for(self, lines):
        lines.debtor.owes(1284)
        note_agreement(
            channel="IVR", number=MOBILE, agrees=True, by=lines.clerk, at=NOON, source="A form"
        )
        call, made = lines.called()
        make_call(call_id=call.pk, at=NOON)

        heard = lines.carrier.connect(made, ["1", *lines.keys])

        assert len(lines.carrier.calls) == 1
        assert (made["To"], made["MachineDetection"]) == (MOBILE, "Enable")
        assert "1.284,00 euro" in heard.words

    @pytest.mark.parametrize("taken_by", ["machine_start", "fax"])
    def test_a_machine_hears_no_word_of_a_debt(self, lines, taken_by):
        lines.debtor.owes(1284)
        call, made = lines.called()

        heard = lines.carrier.connect(made, ["1", *lines.keys], taken_by=taken_by)

        assert heard.over
        assert len(heard.says) == 1
        for told in ("1.284", lines.customer.name, "fattur", "paga", "conto"):
            assert told not in heard.words
        call.refresh_from_db()
        assert call.state == "MACHINE"

    def test_somebody_else_hears_nothing_and_is_not_called_again(self, lines):
        lines.debtor.owes(1284)
        _call, made = lines.called()

        heard = lines.carrier.connect(made, ["2"])

        assert heard.over
        assert "1.284" not in heard.words
        assert CallBack.objects.get().why == "WRONG_PERSON"
        assert lines.placed(NOON + timedelta(days=3)).withheld_why == "dead_number"

    def test_nine_ends_such_calls_for_good(self, lines):
        lines.debtor.owes(1284)
        _call, made = lines.called()

        lines.carrier.connect(made, ["9"])

        assert Reach.objects.get(channel="IVR").opted_out_at == NOON
        again = lines.placed(NOON + timedelta(days=3))
        assert (again.state, again.withheld_why) == ("WITHHELD", "ALL-OWN-WISH.opted_out")

    @pytest.mark.parametrize(
        ("told", "state"), [("busy", "BUSY"), ("no-answer", "NO_ANSWER"), ("failed", "FAILED")]
    )
    def test_what_became_of_it_is_kept(self, lines, told, state):
        lines.debtor.owes(1284)
        call, made = lines.called()

        assert lines.carrier.tell(made["StatusCallback"], made["sid"], told) == 204

        call.refresh_from_db()
        assert (call.state, bool(call.ended_at)) == (state, True)

    def test_a_carrier_that_refuses_the_number_troubles_nobody(self, lines):
        lines.debtor.owes(1284)
        lines.carrier.refuses[MOBILE] = 21211
        call = lines.placed()
        make_call(call_id=call.pk, at=NOON)

        call.refresh_from_db()
        assert call.state == "FAILED"
        assert "refused" in call.error

    def test_a_worker_that_slept_wakes_nobody(self, lines):
        lines.debtor.owes(1284)
        call = lines.placed()

        make_call(call_id=call.pk, at=NOON + timedelta(hours=12))

        call.refresh_from_db()
        assert call.state == "WITHHELD"
        assert not lines.carrier.calls

    def test_a_consumer_in_italy_is_not_called_by_a_machine(self, lines):
        lines.debtor.owes(1284)
        lines.customer.vat_number = ""
        lines.customer.save()

        call = lines.placed()

        assert call.state == "WITHHELD"
        assert "prerecorded" in call.withheld_why

    def test_the_eighth_call_in_seven_days_to_a_consumer_in_the_states_is_withheld(
        self, monkeypatch, carrier
    ):
        monday = datetime(2026, 11, 2, 17, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: monday)
        lines = Lines(carrier, monday, country="US", vat_number="")
        lines.entity.country, lines.entity.timezone = "US", "America/Chicago"
        lines.entity.save()
        lines.contact.phone = "+1 312 555 0123"
        lines.contact.save()
        lines.debtor.owes(1284)
        note_agreement(
            channel="IVR",
            number="+13125550123",
            agrees=True,
            by=lines.clerk,
            at=monday,
            source="A form",
        )
        made = [lines.placed(monday + timedelta(days=n)) for n in range(7)]

        eighth = lines.placed(monday + timedelta(days=6, hours=3))
        after = lines.placed(monday + timedelta(days=7))

        assert {call.state for call in made} == {"WAITING"}
        assert (eighth.state, eighth.withheld_why) == (
            "WITHHELD",
            "US-OWN-DEBTS.max_attempts.7_in_7",
        )
        assert eighth.withheld_until_at == datetime(2026, 11, 9, 14, tzinfo=UTC)
        assert after.state == "WAITING"


class TestSettingItUp:
    def test_a_carrier_that_does_not_let_us_in_is_not_kept(self, lines):
        values = {name: str(value) for name, value in lines.carrier.values.items()}
        draft = LineDraft(
            way="voice", is_on=True, gateway="twilio", values=values | {"token": "wrong"}
        )
        with pytest.raises(LineRefused, match="does not let us in"):
            change_line(draft=draft, by=lines.admin, at=NOON)

    def test_only_an_administrator_may(self, lines):
        draft = LineDraft(way="voice", is_on=False, gateway="twilio", values={})
        with pytest.raises(LineRefused, match="administrator"):
            change_line(draft=draft, by=lines.clerk, at=NOON)

    def test_the_secret_is_sealed(self, lines):
        access = ChannelAccess.objects.get(way="voice")
        assert carriers.TOKEN not in str(access.secrets) + str(access.values)
        assert access.secrets
