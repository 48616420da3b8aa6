"""The reference of REST says what is there, and its example checks a signature."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from concilia.foundation.signing import new_secret, signed_headers
from concilia.identity.actions import SCOPES
from concilia.identity.core.webhooks import KINDS
from concilia.interfaces.api.urls import api

PAGE = (Path(__file__).parents[2] / "docs/reference/rest.md").read_text()
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def test_the_example_lets_in_what_we_sign_and_nothing_else():
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    written: dict = {}
    exec(code, written)  # the code of our own page
    is_ours, secret, body = written["is_ours"], new_secret(), b'{"id":"k"}'
    headers = signed_headers(secret=secret, key="k", body=body, at=NOON)
    now = NOON.timestamp()

    assert is_ours(secret, headers, body, now)
    assert not is_ours(secret, headers, body + b" ", now)
    assert not is_ours(new_secret(), headers, body, now)
    assert not is_ours(secret, headers, body, now + 301)
    assert not is_ours(secret, headers | {"webhook-id": "other"}, body, now)
    later = headers | {"webhook-timestamp": str(int(now) + 200)}
    assert not is_ours(secret, later, body, now + 200)


def test_every_scope_every_kind_and_every_resource_is_there():
    first = {path.split("/")[3] for path in api.get_openapi_schema()["paths"]}
    missing = [word for word in [*SCOPES, *KINDS, *first] if word not in PAGE]

    assert missing == []


def test_every_act_of_the_api_is_in_its_table():
    last = {path.rstrip("/").split("/")[-1] for path in api.get_openapi_schema()["paths"]}
    missing = sorted(word for word in last if "{" not in word and f"/{word}" not in PAGE)

    assert missing == []
