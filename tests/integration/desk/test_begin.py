"""An installation without a company: its first person comes in with the code the server printed."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user
from tests.world.builders import a_member, an_entity

from concilia.foundation.models import AuditEntry
from concilia.identity.models import Entity, Membership
from concilia.identity.queries import founding_code
from concilia.interfaces.cli.check import look_at_company

pytestmark = pytest.mark.django_db


def begin(client, **changes):
    fields = {
        "company": "Forno Verdi S.r.l.",
        "country": "IT",
        "name": "Ada Verdi",
        "email": "Ada@forno.example",
        "password": "long-enough-1",
        "code": founding_code(),
    }
    return client.post("/begin/", fields | changes)


class TestBegin:
    def test_whoever_comes_first_is_led_there(self, client):
        assert client.get("/login/").headers["Location"] == "/begin/"
        assert client.get("/begin/").status_code == 200

    def test_makes_a_company_as_usual_in_its_country_and_lets_its_first_person_in(self, client):
        assert begin(client).status_code == 302

        entity = Entity.objects.get()
        assert (entity.currency, entity.timezone, entity.language) == ("EUR", "Europe/Rome", "it")
        member = Membership.objects.get()
        assert (member.role, member.user.email) == ("admin", "ada@forno.example")
        assert get_user(client) == member.user
        assert AuditEntry.objects.get().act == "entity.founded"

    def test_the_first_page_says_what_to_do_and_every_page_opens(self, client):
        begin(client)

        assert "/imports/" in client.get("/").content.decode()
        pages = [
            "inbox",
            "claims",
            "bank",
            "customers",
            "dashboard",
            "imports",
            "audit",
            "settings",
        ]
        for page in pages:
            assert client.get(f"/{page}/").status_code == 200, page

    @pytest.mark.parametrize(
        "changes",
        [
            {"code": "AAAA-AAAA"},
            {"code": ""},
            {"company": " "},
            {"country": "XX"},
            {"email": "ada"},
            {"password": "short"},
            {"name": ""},
        ],
    )
    def test_a_wrong_entry_is_told_and_nothing_is_made(self, client, changes):
        answer = begin(client, **changes)

        assert answer.status_code == 422
        assert not Entity.objects.exists()
        assert changes.get("company", "Forno Verdi") in answer.content.decode()

    def test_the_code_may_be_typed_as_people_type(self, client):
        assert begin(client, code=founding_code().lower().replace("-", " ")).status_code == 302

    def test_happens_once(self, client):
        a_member(an_entity())

        assert client.get("/begin/").headers["Location"] == "/login/"
        assert begin(client).headers["Location"] == "/login/"
        assert Entity.objects.count() == 1

    def test_the_command_line_tells_the_code_until_then(self, client):
        assert founding_code() in look_at_company().text
        begin(client)
        assert look_at_company().text == "Forno Verdi S.r.l."
