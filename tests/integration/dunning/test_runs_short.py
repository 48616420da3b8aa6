"""Runs by short message: who gets one, what it says, what comes back; notes before it is due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world import carrier as carriers
from tests.world import messaging
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_open_item
from tests.world.collecting import DAY
from tests.world.jobs import run_jobs
from tests.world.lines import MOBILE, Lines

from concilia.correspondence.actions import LineDraft, change_line, mark_reach, set_costs
from concilia.correspondence.core.figures import Language
from concilia.correspondence.models import Delivery, Message, Reach, TextAccess
from concilia.customers.models import Contact
from concilia.dunning.actions import (
    NewContactTerms,
    plan_run,
    publish_strategy,
    send_touches,
    set_contact_terms,
    sign_run,
    write_strategy_draft,
)
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.contact.today import ways_today
from concilia.dunning.core.strategy.shipped import TEXT
from concilia.dunning.core.texts import lint_words
from concilia.dunning.models import ContactMade, Run, RunPass, RunTouch
from concilia.dunning.queries.accounts import find_account
from concilia.dunning.queries.contacted import past_contacts
from concilia.dunning.queries.contacts import known_of
from concilia.dunning.queries.run_pages import carried_of
from concilia.interfaces.worker.runs import take_up_all_touches
from concilia.interfaces.worker.sending import send_message
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
OTHER = "+393337654321"


@pytest.fixture
def lines(monkeypatch):
    """A household whose telephone is known, twenty days late."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    with carriers.running() as carrier:
        lines = Lines(carrier, NOON, vat_number="", name="Famiglia Bianchi")
        lines.marta = a_member(lines.entity, "Marta Conti", role="approver", level=2)
        set_costs(costs={"SMS": 7}, by=lines.admin, at=NOON)
        lines.entity.refresh_from_db()
        lines.item = an_open_item(lines.customer, 48_000, due_date=TODAY - 20 * DAY)
        yield lines


def released(lines, at=NOON):
    run = plan_run(entity=lines.entity, at=at)
    sign_run(run_id=run.pk, by=lines.marta, at=at)
    return run


def went(lines, at=NOON):
    run = released(lines, at)
    run_jobs(at=at)
    return run


def use(lines, *pairs):
    """Another sheet of the strategy, put in force."""
    sheet = TEXT
    for old, new in pairs:
        assert old in sheet
        sheet = sheet.replace(old, new, 1)
    draft = write_strategy_draft(sheet=sheet, why="", by=lines.marta, at=NOON)
    publish_strategy(seen_sha256=draft.sha256, by=lines.admin, at=NOON)


def wishes(lines, **terms):
    new = NewContactTerms(customer_id=lines.customer.pk, **terms)
    set_contact_terms(new=new, by=lines.clerk, at=NOON)


class TestAHousehold:
    def test_hears_one_sentence_with_a_link_of_its_own_and_no_amount(self, lines):
        run = went(lines)
        [sent] = lines.carrier.texts
        assert sent["To"] == MOBILE
        assert "480" not in sent["Body"]
        assert "STOP" in sent["Body"]
        link = next(word for word in sent["Body"].split() if "/k/" in word)
        account = find_account(link.rpartition("/")[2], at=NOON)
        assert (account.customer, account.contact) == (lines.customer, lines.contact)
        message = Message.objects.get(lane="out")
        assert "/k/…" in message.body, "the token is kept nowhere"
        assert run.touches.get().message == message

    def test_what_the_carrier_says_and_what_it_costs_comes_back(self, lines):
        run = went(lines)
        sid = lines.carrier.texts[0]["sid"]
        assert lines.carrier.text_fate(lines.texts_in, sid, "delivered") == 204
        run.refresh_from_db()
        fared = carried_of(run=run)
        assert (fared.taken, fared.arrived, fared.lost, fared.cost_minor) == (1, 1, 0, 7)

    def test_counts_as_one_contact(self, lines):
        went(lines)
        [made] = ContactMade.objects.all()
        assert (made.channel, made.outcome) == ("SMS", "SENT")
        past = past_contacts(customers=[lines.customer.pk], since=NOON - DAY)
        assert len(past[lines.customer.pk]) == 1

    def test_is_not_asked_twice_for_one_step(self, lines):
        went(lines)
        again = went(lines, NOON + timedelta(hours=2))
        assert not again.touches.exists()
        assert len(lines.carrier.texts) == 1

    def test_that_said_stop_gets_paper(self, lines):
        mark_reach(
            entity_id=lines.entity.pk, channel="SMS", number=MOBILE, at=NOON, what="opted_out"
        )
        [touch] = released(lines).touches.all()
        assert (touch.way, touch.state) == ("letter", "BY_HAND")

    def test_stop_between_planning_and_writing(self, lines):
        run = released(lines)
        lines.carrier.text_in(lines.texts_in, MOBILE, "STOP")
        run_jobs(at=NOON)
        touch = run.touches.get()
        assert (touch.state, touch.why) == ("WITHHELD", "opted_out")
        assert [one["Body"] for one in lines.carrier.texts if "/k/" in one["Body"]] == []

    def test_stop_between_writing_and_leaving(self, lines):
        run = released(lines)
        [touch] = run.touches.all()
        send_touches(run_id=run.pk, first=touch.pk, last=touch.pk, at=NOON)
        Reach.objects.create(entity=lines.entity, channel="SMS", number=MOBILE, opted_out_at=NOON)
        send_message(message_id=Message.objects.get().pk, at=NOON)
        touch.refresh_from_db()
        assert (touch.state, touch.why) == ("WITHHELD", "opted_out")
        assert ContactMade.objects.get().outcome == "NOT_CONNECTED"
        assert not lines.carrier.texts

    def test_that_paid_meanwhile_hears_nothing(self, lines):
        run = released(lines)
        lines.debtor.pays(lines.item, 48_000)
        run_jobs(at=NOON)
        assert run.touches.get().why == "paid"
        assert not lines.carrier.texts

    def test_sleeps_at_night(self, lines):
        night = NOON + timedelta(hours=11)
        run = released(lines, night)
        run_jobs(at=night)
        touch = run.touches.get()
        assert touch.not_before_at is not None
        assert not lines.carrier.texts
        morning = touch.not_before_at
        assert morning.astimezone(NOON.tzinfo) > night
        take_up_all_touches(at=morning)
        run_jobs(at=morning)
        assert len(lines.carrier.texts) == 1

    def test_is_reached_by_no_gateway_while_none_is_set_up(self, lines):
        use(lines, ("3 email sms letter T1", "3 sms T1"))
        TextAccess.objects.update(is_on=False)
        run = plan_run(entity=lines.entity, at=NOON)
        assert RunPass.objects.get(run=run).why == "not_set_up"


class TestADeadNumber:
    @pytest.fixture
    def dead(self, lines):
        lines.carrier.refuses[MOBILE] = 21614
        return lines

    def test_of_a_household_turns_to_paper(self, dead):
        run = went(dead)
        touch = run.touches.get()
        assert (touch.way, touch.state) == ("letter", "BY_HAND")
        assert Reach.objects.get(number=MOBILE).dead_at == NOON
        assert ContactMade.objects.get().outcome == "NOT_CONNECTED"

    def test_of_a_household_that_agreed_to_mails_turns_to_its_own(self, dead):
        use(dead, ("3 email sms letter T1", "3 sms letter T1"))
        wishes(dead, details_agreed=["EMAIL"])
        run = went(dead)
        run_jobs(at=NOON)
        touch = run.touches.get()
        assert (touch.way, touch.state, touch.message.state) == ("email", "QUEUED", "SENT")
        assert "480,00" in touch.message.body
        assert "STOP" not in touch.message.body

    def test_of_a_household_never_turns_to_somebody_else(self, dead):
        Contact.objects.create(
            customer=dead.customer, name="La sorella", email="s@bianchi.example", phone=OTHER
        )
        touch = went(dead).touches.get()
        assert touch.way == "letter"
        assert not dead.carrier.texts

    def test_of_a_company_turns_to_its_next_number(self, dead):
        use(dead, ("3 email letter T1", "3 sms letter T1"))
        dead.customer.vat_number = "IT01234567890"
        dead.customer.save()
        other = Contact.objects.create(customer=dead.customer, name="Ufficio", phone=OTHER)
        run = went(dead)
        run_jobs(at=NOON)
        [sent] = dead.carrier.texts
        touch = run.touches.get()
        assert (sent["To"], touch.contact) == (OTHER, other)
        assert Message.objects.filter(state="FAILED").count() == 1

    def test_that_is_told_days_later_turns_too(self, lines):
        run = went(lines)
        take_up_all_touches(at=NOON)
        assert Run.objects.get(pk=run.pk).state == "DONE"
        sid = lines.carrier.texts[0]["sid"]
        lines.carrier.text_fate(lines.texts_in, sid, "undelivered", "30005")
        touch = run.touches.get()
        assert (touch.way, touch.state) == ("letter", "BY_HAND")
        assert Delivery.objects.get().state == "LOST"


class TestTheDesk:
    """What may be said today asks about a short message as a run does."""

    def today(self, lines, at=NOON):
        known = known_of(entity=lines.entity, customers=[lines.customer], at=at)
        return {way.channel: way for way in ways_today(known[lines.customer.pk], at)}

    def test_says_yes_to_a_household_that_a_run_texts(self, lines):
        found = self.today(lines)
        assert found[Channel.SMS].allowed
        assert not found[Channel.EMAIL].allowed, "a mail names the debt, and they did not agree"
        assert released(lines).touches.get().way == "sms"

    def test_says_not_now_at_night_as_a_run_waits(self, lines):
        night = NOON + timedelta(hours=11)
        way = self.today(lines, night)[Channel.SMS]
        assert not way.allowed
        assert way.earliest == released(lines, night).touches.get().not_before_at

    @pytest.mark.parametrize(
        ("what", "rule"), [("opted_out", "ALL-OWN-WISH.opted_out"), ("dead", "ADDRESS")]
    )
    def test_says_no_to_a_number_that_a_run_passes_over(self, lines, what, rule):
        mark_reach(entity_id=lines.entity.pk, channel="SMS", number=MOBILE, at=NOON, what=what)
        way = self.today(lines)[Channel.SMS]
        assert (way.allowed, way.rule) == (False, rule)
        assert released(lines).touches.get().way == "letter"

    def test_says_yes_where_another_number_of_theirs_works(self, lines):
        Contact.objects.create(customer=lines.customer, name="Sara Bianchi", phone=OTHER)
        mark_reach(
            entity_id=lines.entity.pk, channel="SMS", number=MOBILE, at=NOON, what="opted_out"
        )
        assert self.today(lines)[Channel.SMS].allowed
        assert released(lines).touches.get().way == "sms"

    def test_knows_who_agreed_to_the_messaging_service_by_writing_there(self, lines):
        assert not self.today(lines)[Channel.WHATSAPP].allowed
        mark_reach(
            entity_id=lines.entity.pk, channel="WHATSAPP", number=MOBILE, at=NOON, what="wrote"
        )
        assert self.today(lines)[Channel.WHATSAPP].allowed


class TestAMessagingService:
    @pytest.fixture
    def service(self, lines):
        with messaging.running() as service:
            values = {name: str(value) for name, value in service.values.items()}
            line = LineDraft(way="chat", is_on=True, gateway="whatsapp", values=values)
            change_line(draft=line, by=lines.admin, at=NOON)
            yield service

    def test_who_prefers_it_and_agreed_hears_there(self, lines, service):
        mark_reach(
            entity_id=lines.entity.pk, channel="WHATSAPP", number=MOBILE, at=NOON, what="agreed"
        )
        wishes(lines, preferred="WHATSAPP")
        run = went(lines)
        [sent] = service.sent
        assert sent["template"]["name"] == "reminder"
        assert "/k/" in str(sent["template"]["components"])
        assert run.touches.get().way == "whatsapp"
        assert not lines.carrier.texts

    def test_who_did_not_agree_gets_a_short_message(self, lines, service):
        wishes(lines, preferred="WHATSAPP")
        went(lines)
        assert not service.sent
        assert len(lines.carrier.texts) == 1


class TestNotes:
    @pytest.fixture
    def soon(self, lines):
        """Nothing is late, and something falls due in three days."""
        OpenItem.objects.filter(pk=lines.item.pk).update(due_date=TODAY + 3 * DAY)
        return lines

    def test_go_to_who_asked_and_to_nobody_else(self, soon):
        assert not plan_run(entity=soon.entity, at=NOON).touches.exists()
        wishes(soon, courtesy=True)
        run = went(soon)
        touch = run.touches.get()
        assert (touch.tone, touch.step_day, touch.stage) == (0, -5, "before")
        assert (run.asked_minor, run.sums) == (0, {})
        assert "/k/" in soon.carrier.texts[0]["Body"]

    def test_never_speak_of_being_late(self, soon):
        use(soon, ("-5 email sms T0 courtesy wished", "-5 email T0 courtesy"))
        wishes(soon, details_agreed=["EMAIL"])
        mail = went(soon).touches.get().message
        assert "480,00" in mail.body
        said = f"{mail.subject} {mail.body}"
        assert not lint_words.found(lint_words.DEBT, said, Language.IT)
        assert "ritardo" not in said
        assert "scadut" not in said

    def test_come_once_for_an_item(self, soon):
        wishes(soon, courtesy=True)
        went(soon)
        assert not plan_run(entity=soon.entity, at=NOON + DAY).touches.exists()
        assert not plan_run(entity=soon.entity, at=NOON + 3 * DAY).touches.exists()

    @pytest.mark.parametrize("what", ["disputed", "promised", "planned"])
    def test_leave_out_what_rests(self, soon, what):
        wishes(soon, courtesy=True)
        if what == "disputed":
            OpenItem.objects.filter(pk=soon.item.pk).update(disputed_minor=48_000)
        elif what == "promised":
            soon.debtor.promises(480, items=[soon.item.pk])
        else:
            soon.debtor.plan(480)
        assert not plan_run(entity=soon.entity, at=NOON).touches.exists()

    def test_name_only_what_is_not_disputed(self, soon):
        wishes(soon, courtesy=True)
        OpenItem.objects.filter(pk=soon.item.pk).update(disputed_minor=8_000)
        touch = plan_run(entity=soon.entity, at=NOON).touches.get()
        assert (touch.asked_minor, touch.disputed_minor) == (40_000, 8_000)

    def test_are_not_written_to_who_is_late_with_something_else(self, soon):
        wishes(soon, courtesy=True)
        an_open_item(soon.customer, 20_000, due_date=TODAY - 20 * DAY)
        touch = plan_run(entity=soon.entity, at=NOON).touches.get()
        assert (touch.tone, touch.asked_minor) == (1, 20_000)

    def test_do_not_leave_once_it_fell_due(self, soon):
        wishes(soon, courtesy=True)
        run = released(soon)
        late = NOON + 4 * DAY
        run_jobs(at=late)
        assert run.touches.get().why == "due"
        assert not soon.carrier.texts

    def test_do_not_leave_once_it_was_promised(self, soon):
        wishes(soon, courtesy=True)
        run = released(soon)
        soon.debtor.promises(480, items=[soon.item.pk])
        run_jobs(at=NOON)
        assert run.touches.get().why == "promised"

    def test_the_reminder_comes_later_by_itself(self, soon):
        wishes(soon, courtesy=True)
        went(soon)
        at = NOON + 7 * DAY
        touch = went(soon, at).touches.get()
        assert (touch.tone, touch.step_day) == (1, 3)


def test_everybody_past_due_is_in_one_place_still(lines):
    """Notes are beside them: who is past due is touched or passed, as ever."""
    use(lines, ("-7 email T0 courtesy wished", "-7 email T0 courtesy"))
    fine = a_customer(lines.entity, "Bottega Puntuale", vat_number="IT1")
    an_open_item(fine, 30_000, due_date=TODAY + 2 * DAY)
    late = a_customer(lines.entity, "Bottega Lenta", vat_number="IT1")
    an_open_item(late, 30_000, due_date=TODAY - 9 * DAY)
    an_open_item(late, 30_000, due_date=TODAY + 2 * DAY)
    run = plan_run(entity=lines.entity, at=NOON)
    tones = {row.customer.name: row.tone for row in RunTouch.objects.filter(run=run)}
    assert tones == {"Famiglia Bianchi": 1, "Bottega Puntuale": 0, "Bottega Lenta": 1}
    assert run.sums["EUR"]["asked"] == run.asked_minor == 78_000
    assert run.sums["EUR"]["open"] == 78_000
