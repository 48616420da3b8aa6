"""The pages behind a server of streams: what they are asked and answer is what it was before."""

from __future__ import annotations

import asyncio

from concilia.config.bridge import BODY_MAX, Bridge


def answer(application, parts=(b"",), **scope):
    """What a server is told when a request comes in in these parts; None: they leave."""
    messages = [
        {"type": "http.disconnect"}
        if part is None
        else {"type": "http.request", "body": part, "more_body": n + 1 < len(parts)}
        for n, part in enumerate(parts)
    ]
    sent = []

    async def receive():
        return messages.pop(0)

    async def send(message):
        sent.append(message)

    asked = {"method": "GET", "path": "/", "headers": [], **scope}
    bridge = Bridge(application, threads=1, flags={"concilia.live": True})
    asyncio.run(bridge.answer(asked, receive, send))
    return sent


def echo(environ, start_response):
    start_response("201 Created", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1")])
    told = [environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["QUERY_STRING"]]
    told += [environ.get("HTTP_COOKIE", ""), environ.get("HTTP_X_FORWARDED_FOR", "")]
    told += [environ.get("CONTENT_TYPE", ""), str(environ["concilia.live"])]
    return ["|".join(told).encode("latin-1"), b"|", environ["wsgi.input"].read()]


def test_a_request_arrives_whole():
    start, body = answer(
        echo,
        [b"one ", b"two"],
        method="POST",
        path="/claims/ä",
        query_string=b"q=1",
        headers=[
            (b"cookie", b"x=1"),
            (b"cookie", b"y=2"),
            (b"content-type", b"text/x"),
            (b"x-forwarded-for", b"1.2.3.4"),
            (b"x_forwarded_for", b"6.6.6.6"),  # a name that only reads like the proxy's
        ],
    )

    assert start["status"] == 201
    assert start["headers"] == [(b"content-type", b"text/plain"), (b"set-cookie", b"a=1")]
    said = body["body"].decode()
    assert said == "POST|/claims/ä|q=1|x=1; y=2|1.2.3.4|text/x|True|one two"


def test_long_answers_go_out_in_parts_and_are_closed():
    closed = []

    class Parts(list):
        def close(self):
            closed.append(True)

    def long(_environ, start_response):
        start_response("200 OK", [])
        return Parts([b"x" * 40_000] * 5)

    sent = answer(long)

    assert b"".join(one.get("body", b"") for one in sent) == b"x" * 200_000
    assert len(sent) > 2
    assert sent[-1]["more_body"] is False
    assert closed


def test_who_leaves_is_not_answered_and_what_is_endless_is_refused(monkeypatch):
    assert answer(echo, [b"half", None]) == []
    monkeypatch.setattr("concilia.config.bridge.BODY_MAX", 5)
    assert BODY_MAX > 1024**3
    assert answer(echo, [b"123", b"456"])[0]["status"] == 413
