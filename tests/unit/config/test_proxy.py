from __future__ import annotations

import pytest
from django.test import RequestFactory

from concilia.config.proxy import client_address, is_from_beside


class TestClientAddress:
    def test_without_a_proxy_believes_no_header(self, settings):
        settings.BEHIND_PROXY = False
        request = RequestFactory().get(
            "/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="10.0.0.1"
        )

        assert client_address(request) == "192.0.2.7"

    def test_behind_a_proxy_believes_what_the_proxy_saw_not_what_the_client_says(self, settings):
        settings.BEHIND_PROXY = True
        request = RequestFactory().get(
            "/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 192.0.2.7"
        )

        assert client_address(request) == "192.0.2.7"

    def test_behind_a_silent_proxy_is_the_proxy(self, settings):
        settings.BEHIND_PROXY = True

        assert client_address(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")) == "127.0.0.1"


class TestIsFromBeside:
    def test_is_true_for_a_program_on_this_machine(self):
        assert is_from_beside(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1"))

    @pytest.mark.parametrize("header", ["X_FORWARDED_FOR", "X_FORWARDED_PROTO", "FORWARDED"])
    def test_is_false_for_what_a_proxy_on_this_machine_passes_on(self, header):
        request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", **{f"HTTP_{header}": "x"})

        assert not is_from_beside(request)

    def test_is_false_for_other_machines(self):
        assert not is_from_beside(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"))
