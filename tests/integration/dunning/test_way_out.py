"""Mails to consumers in the USA: they say how to have no more of them, and that works."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from tests.world.accounts import an_account_link
from tests.world.builders import a_customer, a_member, an_open_item
from tests.world.collecting import DAY, Debtor
from tests.world.jobs import run_jobs

from concilia.correspondence.models import Message
from concilia.customers.models import Contact
from concilia.dunning.actions import (
    NewContactTerms,
    plan_run,
    send_touches,
    set_contact_terms,
    sign_run,
)
from concilia.dunning.actions.accounts import revoke_account_links, send_account_link
from concilia.dunning.models import ContactMade
from concilia.dunning.queries.accounts import place_of_way_out
from concilia.foundation.models import AuditEntry
from concilia.interfaces.portal.human import SOONEST_SECONDS, stamp_of
from concilia.interfaces.portal.no_mail import SENT
from concilia.interfaces.worker.sending import send_message

pytestmark = pytest.mark.django_db
# Noon in Chicago, on a Monday.
NOON = datetime(2026, 11, 16, 18, tzinfo=UTC)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def debtor():
    """A wholesaler in Milan, and a consumer in Chicago who is late."""
    debtor = Debtor()
    debtor.marta = a_member(debtor.entity, "Marta Conti", role="approver", level=2)
    debtor.jordan = a_customer(debtor.entity, "Jordan Hale", country="US", language="en")
    debtor.contact = Contact.objects.get(customer=debtor.jordan)
    new = NewContactTerms(customer_id=debtor.jordan.pk, time_zone="America/Chicago")
    set_contact_terms(new=new, by=debtor.clerk, at=NOON)
    an_open_item(debtor.jordan, 40_000, due_date=NOON.date() - 9 * DAY)
    SENT.forget()
    return debtor


def released(debtor, at=NOON):
    run = plan_run(entity=debtor.entity, at=at)
    sign_run(run_id=run.pk, by=debtor.marta, at=at)
    return run


def move(debtor, country):
    debtor.jordan.country = country
    debtor.jordan.save()


def went(debtor):
    run = released(debtor)
    run_jobs(at=NOON)
    [sent] = [one for one in mail.outbox if one.to == [debtor.contact.email]]
    return run, sent


class TestAMail:
    def test_leaves_with_the_words_and_a_link_of_its_own(self, debtor):
        run, sent = went(debtor)
        assert run.touches.get().state == "QUEUED"
        assert "If you want no more e-mail from us at this address:" in sent.body
        [link] = [word for word in sent.body.split() if word.endswith("/no-mail")]
        assert link.startswith(f"{settings.BASE_URL}/k/")
        assert f'<a href="{link}">' in sent.alternatives[0][0]
        assert sent.extra_headers["List-Unsubscribe"] == f"<{link}>"
        assert place_of_way_out() in Message.objects.get(lane="out").body, "no token is kept"

    def test_that_was_written_without_them_does_not_leave(self, debtor):
        move(debtor, "GB")
        run = released(debtor)
        touch = run.touches.get()
        send_touches(run_id=run.pk, first=touch.pk, last=touch.pk, at=NOON)
        move(debtor, "US")
        message = Message.objects.get(lane="out")
        assert "/no-mail" not in message.body
        send_message(message_id=message.pk, at=NOON)
        touch.refresh_from_db()
        assert (touch.state, touch.why) == ("WITHHELD", "policy")
        assert "opt_out_required" in touch.note
        assert ContactMade.objects.get().outcome == "NOT_CONNECTED"
        assert not mail.outbox

    def test_at_night_waits_for_the_morning_there(self, debtor):
        night = NOON - timedelta(hours=12)
        touch = released(debtor, night).touches.get()
        assert touch.not_before_at == datetime(2026, 11, 16, 14, tzinfo=UTC)  # 08:00 in Chicago

    def test_to_a_company_or_elsewhere_is_as_it_was(self, debtor):
        debtor.owes(900)
        went(debtor)
        [other] = [one for one in mail.outbox if one.to != [debtor.contact.email]]
        assert "/no-mail" not in other.body
        assert "List-Unsubscribe" not in other.extra_headers

    def test_of_a_person_has_them_too(self, debtor):
        send_account_link(
            customer_id=debtor.jordan.pk, contact_id=debtor.contact.pk, by=debtor.clerk, at=NOON
        )
        run_jobs(at=NOON)
        assert "/no-mail" in mail.outbox[0].body

    def test_of_thanks_has_them_too(self, debtor):
        debtor.customer.country, debtor.customer.vat_number = "US", ""
        debtor.customer.save()
        new = NewContactTerms(customer_id=debtor.customer.pk, time_zone="America/Chicago")
        set_contact_terms(new=new, by=debtor.clerk, at=NOON)
        item = debtor.owes(900)
        released(debtor)
        run_jobs(at=NOON)
        debtor.pays(item, 90_000, on=NOON.date())
        run_jobs(at=NOON)
        thanks = Message.objects.get(key__startswith="thanks:")
        assert thanks.state == "SENT"
        assert place_of_way_out() in thanks.body


class TestRefusing:
    @pytest.fixture
    def path(self, debtor):
        return an_account_link(debtor.jordan) + "/no-mail"

    def form(self, debtor):
        opened = timezone.now() - timedelta(seconds=SOONEST_SECONDS + 5)
        return {"stamp": stamp_of(debtor.contact.pk, opened), "leave_empty": ""}

    def refused(self, debtor):
        debtor.contact.refresh_from_db()
        return debtor.contact.opted_out_at is not None

    def test_by_one_request_of_a_mail_program(self, client, debtor, path):
        answer = client.post(path, ONE_CLICK)
        assert (answer.status_code, answer.content) == (200, b"")
        assert self.refused(debtor)
        client.post(path, ONE_CLICK)
        [entry] = AuditEntry.objects.filter(act="account.mail_refused")
        assert entry.data == {"contact": debtor.contact.pk}

    def test_by_hand_without_the_light_check(self, client, debtor, path):
        answer = client.post(path, self.form(debtor), follow=True)
        assert "You get no more e-mail from us" in answer.content.decode()
        assert self.refused(debtor)

    def test_opening_it_does_nothing_and_tells_nothing(self, client, debtor, path):
        answer = client.get(path)
        client.head(path)
        assert not self.refused(debtor)
        shown = answer.content.decode()
        for secret in ("Jordan", debtor.contact.email, debtor.entity.name, "400"):
            assert secret not in shown
        assert answer["Referrer-Policy"] == "no-referrer"

    def test_a_scanner_that_sends_the_form_changes_nothing(self, client, debtor, path):
        assert client.post(path, {}).status_code == 422
        assert client.post(path, self.form(debtor) | {"leave_empty": "x"}).status_code == 422
        assert not self.refused(debtor)

    def test_an_old_link_still_refuses_and_opens_nothing(self, client, debtor):
        old = an_account_link(debtor.jordan, at=timezone.now() - 70 * DAY)
        assert client.get(old).status_code == 410
        assert client.post(f"{old}/no-mail", ONE_CLICK).status_code == 200
        assert self.refused(debtor)

    def test_so_does_one_that_was_revoked(self, client, debtor, path):
        revoke_account_links(customer_id=debtor.jordan.pk, by=debtor.clerk, at=timezone.now())
        assert client.post(path, ONE_CLICK).status_code == 200
        assert self.refused(debtor)

    def test_a_forged_link_refuses_for_nobody(self, client, debtor, path):
        forged = path.replace("/no-mail", "")[:-1] + "?/no-mail"
        assert client.post(forged, ONE_CLICK).status_code == 404
        token = path.split("/")[2]
        other = token[:-1] + ("A" if token[-1] != "A" else "B")
        assert client.post(f"/k/{other}/no-mail", ONE_CLICK).status_code == 404
        assert not self.refused(debtor)

    def test_a_contact_that_is_gone_is_told_so(self, client, debtor, path):
        debtor.contact.delete()
        assert "nobody we know" in client.get(path).content.decode()
        assert client.post(path, ONE_CLICK).status_code == 422

    def test_who_refused_hears_no_more_by_mail(self, client, debtor, path):
        client.post(path, ONE_CLICK)
        run = plan_run(entity=debtor.entity, at=NOON)
        assert run.touches.get().way == "letter"

    def test_who_refuses_between_writing_and_leaving_hears_nothing(self, client, debtor, path):
        run = released(debtor)
        touch = run.touches.get()
        send_touches(run_id=run.pk, first=touch.pk, last=touch.pk, at=NOON)
        client.post(path, ONE_CLICK)
        send_message(message_id=Message.objects.get(lane="out").pk, at=NOON)
        touch.refresh_from_db()
        assert (touch.state, touch.why) == ("WITHHELD", "opted_out")
        assert not mail.outbox
