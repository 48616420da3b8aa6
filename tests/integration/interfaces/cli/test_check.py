from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from tests.world.builders import an_entity

from concilia.interfaces.cli import check

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port
    controller.stop()


class TestMail:
    def test_a_server_that_answers_is_well(self, settings, mail_server):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server
        settings.EMAIL_USE_TLS = False

        assert check.look_at_mail().is_well

    def test_a_server_that_does_not_is_named(self, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        settings.EMAIL_USE_TLS = False

        finding = check.look_at_mail()

        assert not finding.is_well
        assert finding.text.startswith("127.0.0.1:1: ")

    def test_without_one_it_says_where_letters_go(self, settings):
        settings.EMAIL_HOST = ""

        finding = check.look_at_mail()

        assert finding.is_well
        assert "letters are kept in" in finding.text


class TestErps:
    def test_a_folder_that_can_be_written_is_well(self, tmp_path):
        an_entity(erp="folder", erp_settings={"folder": str(tmp_path)})

        (finding,) = check.look_at_erps()

        assert finding.is_well, finding.text

    def test_settings_that_cannot_be_right_are_named(self):
        an_entity(erp="folder", erp_settings={"folder": "relative"})

        (finding,) = check.look_at_erps()

        assert not finding.is_well
        assert "is not an absolute path" in finding.text

    def test_a_connector_that_is_not_installed_is_named(self):
        an_entity(erp="abacus")

        (finding,) = check.look_at_erps()

        assert not finding.is_well
        assert "abacus" in finding.text


class TestDatabase:
    def test_names_the_server(self):
        assert check.look_at_database().is_well
        assert check.look_at_migrations().text == "all applied"

    def test_jobs_that_wait_with_nobody_to_do_them_are_a_problem(self):
        from procrastinate.contrib.django import app

        app.configure_task("nobody.does.it", allow_unknown=True).defer()

        finding = check.look_at_worker()

        assert not finding.is_well
        assert "1 jobs wait" in finding.text
