"""Notices leave: at once or in the morning, once, by mail and short message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from tests.world import smpp, smtp
from tests.world.builders import NOON, a_member, an_entity

from concilia.cases.actions import Habits, NewNotice, record_notices, see_notices, set_habits
from concilia.cases.models import Notice, NoticeDelivery
from concilia.correspondence.actions import TextDraft, TextingRefused, change_texting
from concilia.correspondence.models import TextAccess
from concilia.interfaces.worker.notices import ask_fates, deliver_notices, write_notices

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 6, tzinfo=UTC)  # seven in Rome


@pytest.fixture
def giulia():
    member = a_member(an_entity())
    member.user.language = "it"
    member.user.save(update_fields=["language"])
    return member


@pytest.fixture
def post(settings):
    with smtp.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture
def centre():
    with smpp.running() as found:
        yield found


def tell(person, kind, *keys, at=NOON):
    facts = {"number": "CLM-0041", "percent": 100, "due": "2026-11-19T16:00:00+00:00"}
    new = [NewNotice(person_id=person.pk, kind=kind, key=key, facts=facts) for key in keys]
    with transaction.atomic():
        record_notices(entity_id=person.entity_id, notices=new, at=at)


def texting(admin, centre, **changes):
    values = {
        "host": "127.0.0.1", "port": str(centre.port), "tls": "no", "system_id": "aurora",
        "password": centre.password, "sender": "Concilia",
    }  # fmt: skip
    draft = TextDraft(is_on=True, gateway="smpp", values=values | changes)
    return change_texting(draft=draft, by=admin, at=NOON)


def states():
    return list(NoticeDelivery.objects.order_by("pk").values_list("channel", "state"))


class TestMail:
    def test_at_once_in_the_readers_language_and_the_rest_in_the_morning_together(
        self, giulia, post
    ):
        tell(giulia, "escalation", "a")
        tell(giulia, "late", "b", "c")
        for at in (NOON, NOON, MORNING - timedelta(seconds=1), MORNING, MORNING):
            deliver_notices(at=at)

        first, digest = post.mails
        assert "CLM-0041 scadeva" in first["Subject"]
        assert "e altri" in digest["Subject"]
        assert first["Auto-Submitted"] == "auto-generated"
        assert states() == [("email", "SENT"), ("email", "SENT")]
        assert not Notice.objects.filter(mailed_at=None).exists()

    def test_what_was_seen_is_not_mailed(self, giulia, post):
        tell(giulia, "late", "a")
        see_notices(member=giulia, ids=list(Notice.objects.values_list("pk", flat=True)), at=NOON)
        deliver_notices(at=MORNING)
        assert not post.mails

    def test_killed_between_writing_and_sending_it_leaves_once(self, giulia, post):
        tell(giulia, "escalation", "a")
        write_notices(at=NOON)
        write_notices(at=NOON)
        deliver_notices(at=NOON)
        deliver_notices(at=NOON)
        assert len(post.mails) == 1

    def test_a_server_in_trouble_is_asked_again_and_a_wrong_address_is_not(self, giulia, post):
        post.refuses_data = "451 4.3.0 try again later"
        tell(giulia, "escalation", "a")
        deliver_notices(at=NOON)
        assert states() == [("email", "QUEUED")]
        post.refuses_data = ""
        deliver_notices(at=NOON + timedelta(seconds=30))
        assert not post.mails
        deliver_notices(at=NOON + timedelta(minutes=2))
        assert len(post.mails) == 1

        post.refused[giulia.user.email] = "550 5.1.1 no such user here"
        tell(giulia, "escalation", "b")
        deliver_notices(at=NOON)
        assert states()[-1] == ("email", "FAILED")


class TestShortMessages:
    @pytest.fixture
    def admin(self, giulia):
        return a_member(giulia.entity, "Sara Costa", role="admin")

    def test_leave_by_the_gateway_and_say_what_became_of_them(self, giulia, admin, centre, post):
        texting(admin, centre)
        ways = {"late": ("never", "now")}
        set_habits(habits=Habits(ways=ways, phone="+39 333 1234567"), member=giulia)
        tell(giulia, "late", "a", "b")
        deliver_notices(at=NOON)
        deliver_notices(at=NOON)

        [(sender, number, text)] = centre.taken
        assert (sender, number) == ("Concilia", "393331234567")
        assert text.startswith("CLM-0041 è in ritardo")
        assert states() == [("sms", "SENT")]
        ask_fates(at=NOON)
        assert states() == [("sms", "DELIVERED")]

        centre.refuses["393331234567"] = smpp.BAD_ADDRESS
        tell(giulia, "late", "c")
        deliver_notices(at=NOON)
        assert states()[-1] == ("sms", "FAILED")

    def test_nothing_leaves_where_nothing_is_set_up(self, giulia, centre):
        set_habits(
            habits=Habits(ways={"late": ("never", "now")}, phone="+393331234567"), member=giulia
        )
        tell(giulia, "late", "a")
        deliver_notices(at=NOON)
        assert states() == []

    def test_who_is_not_let_in_is_told_and_nothing_is_kept(self, admin, centre, client):
        with pytest.raises(TextingRefused, match="does not let us in"):
            texting(admin, centre, password="wrong")
        assert not TextAccess.objects.exists()
        texting(admin, centre)
        access = TextAccess.objects.get()
        assert centre.password not in str(access.secrets)
        texting(admin, centre, password="")  # what is kept is used
        client.force_login(admin.user)
        page = client.get(reverse("desk:settings") + "?section=texting").content.decode()
        assert centre.password not in page
        assert 'value="aurora"' in page

    def test_an_administrator_sets_working_days_on_a_page(self, admin, client):
        client.force_login(admin.user)
        address = reverse("desk:settings-calendars")
        refused = client.post(address, {"form": "company", "days": "Christmas"})
        assert refused.status_code == 422
        assert "is no day" in refused.content.decode()
        client.post(address, {"form": "company", "days": "12-07 Sant'Ambrogio"})
        client.post(address, {"form": "new", "department": "LOG", "country": "FR"})
        admin.entity.refresh_from_db()
        assert set(admin.entity.settings["calendars"]) == {"", "LOG"}
        page = client.get(reverse("desk:settings") + "?section=calendars").content.decode()
        assert "12-07 Sant&#x27;Ambrogio" in page
        client.post(address, {"form": "LOG", "department": "LOG", "act": "drop"})
        admin.entity.refresh_from_db()
        assert set(admin.entity.settings["calendars"]) == {""}
