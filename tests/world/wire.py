"""A wire between a program and a server that lets a test decide what happens at each call."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Fate(StrEnum):
    """What becomes of one call."""

    DELIVER = "DELIVER"
    LOSE_REQUEST = "LOSE_REQUEST"
    LOSE_ANSWER = "LOSE_ANSWER"


Decide = Callable[[str], Fate]


@contextmanager
def wire(server_url: str, decide: Decide) -> Iterator[str]:
    """
    This will listen on loopback and pass JSON-RPC calls on to a server.

    :param decide: called with the method's name before the call is passed on
    """
    target = urlsplit(server_url)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fate = decide(json.loads(body)["method"])
            if fate is Fate.LOSE_REQUEST:
                self.close_connection = True
                return
            server = http.client.HTTPConnection(target.hostname or "", target.port)
            headers = {
                name: value
                for name, value in self.headers.items()
                if name.lower() in {"authorization", "content-type"}
            }
            server.request("POST", self.path, body, headers)
            response = server.getresponse()
            payload = response.read()
            server.close()
            if fate is Fate.LOSE_ANSWER:
                self.close_connection = True
                return
            self.send_response(response.status)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy.daemon_threads = False  # joined at close: no call outlives its test
    proxy.handle_error = lambda *_: None  # type: ignore[method-assign] # the killed hang up
    thread = threading.Thread(target=proxy.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{proxy.server_address[1]}"
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()
