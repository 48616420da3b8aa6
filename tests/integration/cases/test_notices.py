"""What members are told: once, in the way they chose."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.world.builders import NOON, a_member, an_entity

from concilia.cases.actions import (
    Habits,
    NewNotice,
    NoticesRefused,
    record_notices,
    see_notices,
    set_habits,
)
from concilia.cases.models import Notice, NoticePreference
from concilia.cases.queries.notices import habits_of, unseen_of

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 6, tzinfo=UTC)  # seven in Rome


@pytest.fixture
def entity():
    return an_entity()


@pytest.fixture
def giulia(entity):
    return a_member(entity)


def tell(person, *keys, kind="late", at=NOON, entity=None, **more):
    new = [NewNotice(person_id=person.pk, kind=kind, key=key, **more) for key in keys]
    with transaction.atomic():
        return record_notices(entity_id=(entity or person.entity).pk, notices=new, at=at)


class TestRecording:
    def test_the_same_thing_is_said_once(self, giulia):
        assert tell(giulia, "a", "b", "a") == 2
        assert tell(giulia, "b", "c") == 1
        assert sorted(Notice.objects.values_list("key", flat=True)) == ["a", "b", "c"]

    def test_each_kind_leaves_when_its_reader_wants_it(self, giulia):
        ways = {"late": ("now", "now"), "mention": ("never", "never")}
        set_habits(habits=Habits(ways=ways, phone="+39 333 1234567"), member=giulia)
        for kind in ("late", "mention", "reminder"):
            tell(giulia, kind, kind=kind)

        due = {n.kind: (n.mail_due_at, n.text_due_at) for n in Notice.objects.all()}
        assert due == {
            "late": (NOON, NOON), "mention": (None, None), "reminder": (MORNING, None),
        }  # fmt: skip

    def test_nobody_is_told_who_left_or_works_for_another_company(self, entity, giulia):
        gone = a_member(entity, "Gino Left", is_active=False)
        stranger = a_member(an_entity("borea"), "Sven Strange")
        assert tell(gone, "x") == 0
        assert tell(stranger, "x", entity=entity) == 0
        assert not Notice.objects.exists()

    def test_seen_is_seen_by_the_one_who_saw_it(self, entity, giulia):
        other = a_member(entity, "Marco Riva")
        tell(giulia, "a", "b")
        tell(other, "a")
        ids = list(Notice.objects.values_list("pk", flat=True))
        one = unseen_of(giulia).first()
        assert see_notices(member=giulia, ids=[one.pk], at=NOON) == 1
        assert see_notices(member=giulia, ids=ids, at=NOON) == 1
        assert (unseen_of(giulia).count(), unseen_of(other).count()) == (0, 1)

    def test_the_database_knows_the_kinds(self, giulia):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(
                entity=giulia.entity, person=giulia, kind="gossip", key="k", raised_at=NOON
            )


class TestHabits:
    @pytest.mark.parametrize(
        ("habits", "said"),
        [
            (Habits(phone="333 1234567"), "no telephone number"),
            (Habits(ways={"late": ("now", "now")}), "need a mobile number"),
            (Habits(ways={"late": ("hourly", "never")}), "Choose how"),
            (Habits(ways={"gossip": ("now", "never")}), "Choose how"),
            (Habits(time_zone="Mars/Olympus"), "time zone"),
            (Habits(digest_hour=24), "one of 0 to 23"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, giulia, habits, said):
        with pytest.raises(NoticesRefused, match=said):
            set_habits(habits=habits, member=giulia)
        assert habits_of(giulia).phone == ""
        assert not NoticePreference.objects.exists()

    def test_a_person_sets_them_on_a_page(self, client, giulia):
        client.force_login(giulia.user)
        shown = client.get(reverse("desk:own-notices")).content.decode()
        assert shown.count("<select") >= 20
        given = {f"mail-{kind}": way[0] for kind, way in habits_of(giulia).ways.items()}
        given |= {"mail-late": "never", "sms-approval": "now", "digest_hour": "8"}

        refused = client.post(reverse("desk:own-notices-keep"), given)
        assert (refused.status_code, habits_of(giulia).digest_hour) == (422, 7)
        given |= {"phone": "+44 7700 900123", "time_zone": "Europe/London"}
        assert client.post(reverse("desk:own-notices-keep"), given).status_code == 302

        kept = habits_of(giulia)
        assert (kept.phone, kept.time_zone, kept.digest_hour) == (
            "+447700900123", "Europe/London", 8,
        )  # fmt: skip
        assert (kept.ways["late"], kept.ways["approval"]) == (("never", "never"), ("now", "now"))
