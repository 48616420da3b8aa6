from __future__ import annotations

import json

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import URLPattern, path
from tests.world.builders import a_member, an_entity

from concilia.identity.models import Membership, Role
from concilia.interfaces.components.feedback import notify
from concilia.interfaces.desk import palette, urls
from concilia.interfaces.desk.access import DeskRequest, desk_page, find_seat
from concilia.interfaces.desk.navigation import navigation, place_address

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
OPEN_TO_ALL = {"begin", "login", "logout", "language"}
SAMPLES = {"IntConverter": "1", "UUIDConverter": "0" * 8 + "-0000-4000-8000-" + "0" * 12}


def address_of(pattern: URLPattern) -> str:
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__
        known = {f"<{short}:{name}>" for short in ("int", "str", "slug", "uuid", "path")}
        for written in [*known, f"<{name}>"]:
            route = route.replace(written, SAMPLES.get(kind, "x"))
    return "/" + route


@desk_page(allow=[Role.ADMIN])
def for_admins(request: DeskRequest) -> HttpResponse:
    return HttpResponse(request.seat.entity.name)


@desk_page()
def for_members(request: DeskRequest) -> HttpResponse:
    return HttpResponse(request.seat.entity.name)


urlpatterns = [path("admins/", for_admins), path("members/", for_members), *urls.urlpatterns]


@pytest.fixture
def member():
    return a_member(an_entity())


@pytest.fixture
def own_pages(settings):
    settings.ROOT_URLCONF = __name__


class TestDoor:
    @pytest.mark.parametrize("pattern", urls.urlpatterns, ids=lambda pattern: str(pattern.pattern))
    def test_no_page_of_the_desk_opens_without_a_log_in(self, client, pattern):
        if pattern.name in OPEN_TO_ALL:
            return
        for ask in (client.get, client.post):
            answer = ask(address_of(pattern))
            assert answer.status_code in {302, 405}, pattern.name
            if answer.status_code == 302:
                assert answer.url.startswith("/login/?next=")

    @pytest.mark.usefixtures("own_pages")
    def test_a_part_of_a_page_sends_the_whole_page_to_the_log_in(self, client):
        answer = client.get(
            "/members/",
            headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/claims/?mine=1"},
        )
        assert answer.headers["HX-Redirect"] == "/login/?next=/claims/%3Fmine%3D1"

    @pytest.mark.usefixtures("own_pages")
    def test_roles_open_what_is_theirs(self, client, member):
        client.force_login(member.user, backend=BACKEND)
        assert client.get("/members/").status_code == 200
        assert client.get("/admins/").status_code == 403
        Membership.objects.update(role=Role.ADMIN)
        assert client.get("/admins/").status_code == 200

    @pytest.mark.usefixtures("own_pages")
    def test_somebody_without_a_seat_is_told_whom_to_ask(self, client, member):
        Membership.objects.update(is_active=False)
        client.force_login(member.user, backend=BACKEND)
        answer = client.get("/members/")
        assert answer.status_code == 403
        assert "Ask your administrator" in answer.text


class TestLogin:
    def test_leads_on_but_never_to_another_site(self, client, member):
        for wanted, led in [("/claims/", "/claims/"), ("https://evil.example/", "/")]:
            answer = client.post(
                f"/login/?next={wanted}",
                {"email": member.user.email, "password": "sesame-opens-1"},
            )
            assert (answer.status_code, answer.url) == (302, led)
            client.logout()

    def test_brings_the_person_s_language(self, client, member):
        member.user.language = "fr"
        member.user.save()
        answer = client.post("/login/", {"email": member.user.email, "password": "sesame-opens-1"})
        assert answer.cookies["django_language"].value == "fr"

    def test_after_five_wrong_tries_even_the_right_password_has_to_wait(self, client, member):
        wrong = {"email": member.user.email, "password": "no"}
        for _ in range(5):
            client.post("/login/", wrong)
        answer = client.post("/login/", wrong | {"password": "sesame-opens-1"})
        assert answer.status_code == 429
        assert "Wait 15 minutes" in answer.text
        assert "_auth_user_id" not in client.session

    def test_an_inactive_person_stays_outside(self, client, member):
        member.user.is_active = False
        member.user.save()
        answer = client.post("/login/", {"email": member.user.email, "password": "sesame-opens-1"})
        assert answer.status_code == 422

    def test_going_out_needs_a_post(self, client, member):
        client.force_login(member.user, backend=BACKEND)
        assert client.get("/logout/").status_code == 405
        assert client.post("/logout/").url == "/login/"
        assert "_auth_user_id" not in client.session


class TestChoices:
    def test_a_language_we_do_not_speak_changes_nothing(self, client, member):
        client.force_login(member.user, backend=BACKEND)
        client.post("/language/", {"language": "xx", "next": "/"})
        member.user.refresh_from_db()
        assert member.user.language == "en"
        client.post("/language/", {"language": "es", "next": "/"})
        member.user.refresh_from_db()
        assert member.user.language == "es"

    def test_a_theme_that_does_not_exist_changes_nothing(self, client, member):
        client.force_login(member.user, backend=BACKEND)
        client.post("/theme/", {"theme": "pink"})
        member.user.refresh_from_db()
        assert member.user.theme == "system"


@pytest.mark.usefixtures("own_pages")
class TestEntities:
    def test_a_person_changes_between_their_companies_only(self, client, member):
        second = an_entity("borea", name="Borea")
        Membership.objects.create(
            entity=second, user=member.user, role="clerk", department="CRD", level=1
        )
        foreign = an_entity("corvo", name="Corvo")
        client.force_login(member.user, backend=BACKEND)
        assert client.get("/members/").text == "Borea"  # the first by name

        client.post("/entity/", {"entity": str(member.entity.pk)})
        assert client.get("/members/").text == "Molino Aurora"
        client.post("/entity/", {"entity": str(foreign.pk)})
        assert client.get("/members/").text == "Molino Aurora"
        client.post("/entity/", {"entity": "1 or 1=1"})
        assert client.get("/members/").text == "Molino Aurora"

    def test_a_seat_that_was_taken_away_is_gone_at_the_next_page(self, client, member):
        client.force_login(member.user, backend=BACKEND)
        assert client.get("/members/").status_code == 200
        member.is_active = False
        member.save()
        assert client.get("/members/").status_code == 403


class TestNavigation:
    def test_marks_the_longest_address_that_fits_and_links_nothing_that_is_not_there(self, member):
        seat = find_seat(member.user, None)
        items = navigation(seat, "/palette/")
        assert [item.place.key for item in items if not item.href] == []
        with override_settings(ROOT_URLCONF="concilia.config.urls"):
            assert place_address("no-such-page") == ""

    def test_knowing_a_seat_costs_one_query(self, member, django_assert_num_queries):
        with django_assert_num_queries(1):
            seat = find_seat(member.user, member.entity_id)
            assert seat.entity.name == "Molino Aurora"


class TestPalette:
    def test_answers_with_what_the_pages_find(self, client, member, monkeypatch):
        monkeypatch.setattr(palette, "_sources", {})
        palette.search_with(
            "claims",
            "Claims",
            lambda seat, typed: [palette.Find(f"{typed} in {seat.entity.name}", "/x/", "scale")],
        )
        client.force_login(member.user, backend=BACKEND)
        answer = client.get("/palette/?q=%20<CLM>%20%20418%20")
        assert "&lt;CLM&gt; 418 in Molino Aurora" in answer.text
        assert 'data-href="/x/"' in answer.text


class TestNotify:
    def test_joins_other_events_of_the_answer(self):
        response = HttpResponse(headers={"HX-Trigger": '{"rows-changed": true}'})
        notify(response, "Gesendet an Jörg", undo="/undo/1/")
        events = json.loads(response.headers["HX-Trigger"])
        assert events["rows-changed"] is True
        assert events["notice"] == {"text": "Gesendet an Jörg", "undo": "/undo/1/", "seconds": 8}


def test_the_frame_never_breaks_before_a_person_is_known(client):
    assert client.get("/no-such-page/").status_code == 404
