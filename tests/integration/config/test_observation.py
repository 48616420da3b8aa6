"""What operators see: health, figures, and a log that names nobody."""

from __future__ import annotations

import io
import logging

import pytest
from django.db import connection
from tests.world.builders import NOON, a_customer, a_member, an_entity

from concilia.identity.actions import SCOPES, issue_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """What the log says meanwhile, as it is written on standard error."""
    stream = io.StringIO()
    root = logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(root.handlers[0].formatter)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream.getvalue
    root.removeHandler(handler)
    root.setLevel(before)


def test_health_is_the_databases(client):
    assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (
        200,
        {"database": True},
    )


def test_a_database_that_does_not_answer_is_told(client, monkeypatch):
    def gone(*_: object) -> None:
        from django.db import OperationalError

        raise OperationalError

    monkeypatch.setattr(connection, "cursor", gone)

    assert client.get("/healthz").status_code == 503


def test_figures_are_for_programs_beside_us_or_with_the_token(client, settings):
    told = client.get("/metrics").content.decode()
    assert "# TYPE concilia_webhook_deliveries gauge" in told
    assert "# TYPE concilia_jobs gauge" in told
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 403

    settings.METRICS_TOKEN = "long-and-secret"
    assert client.get("/metrics").status_code == 403
    bearer = {"Authorization": "Bearer long-and-secret", "X-Forwarded-For": "192.0.2.1"}
    assert client.get("/metrics", headers=bearer).status_code == 200


def test_no_log_line_names_a_person_or_what_they_looked_for(client, written):
    admin = a_member(an_entity(), "Sara Costa", role="admin")
    customer = a_customer(admin.entity, "Bottega Bonfanti")
    _, secret = issue_token(member_id=admin.pk, name="x", scopes=SCOPES, by=admin, at=NOON)
    bearer = {"Authorization": f"Bearer {secret}"}

    client.get("/api/v1/search?q=Bonfanti", headers=bearer)
    client.get(f"/api/v1/customers/{customer.number}", headers=bearer)
    client.post("/login/", {"username": admin.user.email, "password": "wrong-wrong-1"})
    client.get("/api/v1/search?q=Bonfanti", headers={"Authorization": "Bearer cnc_nothing"})

    log = written()
    assert log.count('"event": "request"') == 4
    assert '"route": "api/v1/customers/<number>"' in log
    for word in ("Bonfanti", "Sara", admin.user.email, secret, customer.number, "wrong-wrong"):
        assert word not in log
