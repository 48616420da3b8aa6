"""`concilia serve`: the pages and the REST interface, with the worker beside them if wanted."""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from concilia.identity.queries import founding_code, is_founded
from concilia.interfaces.cli.migrate import migrate
from concilia.interfaces.cli.supervision import Program, Supervisor
from concilia.interfaces.cli.worker import worker_programs

HELP = "serve the pages and the REST interface"
NEEDS_DJANGO = True

STREAMS = 4096  # requests and open pages that one process holds at a time


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add the address and what runs beside the web server."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument(
        "--workers",
        type=int,
        default=min(os.cpu_count() or 1, 4),
        help="web processes (default: one for each core, up to 4)",
    )
    parser.add_argument("--with-worker", action="store_true", help="run `concilia worker` too")
    parser.add_argument(
        "--no-migrate", action="store_true", help="leave the database as it is found"
    )


def run(options: argparse.Namespace) -> int:
    """This will serve until SIGTERM or SIGINT."""
    return serve(
        host=options.host,
        port=options.port,
        workers=options.workers,
        with_worker=options.with_worker,
        migrates=not options.no_migrate,
    )


def serve(*, host: str, port: int, workers: int, with_worker: bool, migrates: bool = True) -> int:
    """
    This will serve until a signal, then stop everything it started, and return an exit code.

    Once pages can be opened their address is printed on standard error.
    """
    if problem := _why_not(host, port):
        print(f"concilia: {problem}", file=sys.stderr)
        return 1
    if migrates:
        migrate()
    if settings.IS_LOCAL:  # links that leave by mail lead to where we listen
        os.environ.setdefault("CONCILIA_BASE_URL", f"http://localhost:{port}")
    programs = [_web(host, port, workers)]
    if with_worker:
        programs += worker_programs()
    print(f"concilia: serving on http://{host}:{port} (Ctrl-C stops)", file=sys.stderr)
    if invitation := _invitation():
        print(f"concilia: {invitation}", file=sys.stderr)
    return Supervisor(programs).run()


def _why_not(host: str, port: int) -> str:
    """Ask before anything is started, and say it in words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return f"cannot listen on {host}:{port} ({error.strerror}); choose another --port."
    return ""


def _invitation() -> str:
    """How the first person comes in; empty once there is a company, or no database to ask."""
    try:
        if is_founded():
            return ""
    except DatabaseError:
        return ""
    return f"nobody can sign in yet: open /begin/ in a browser; the code is {founding_code()}"


def _web(host: str, port: int, workers: int) -> Program:
    figures = settings.CONCILIA_HOME / "metrics"
    shutil.rmtree(figures, ignore_errors=True)  # figures of processes long gone
    figures.mkdir(parents=True)
    return Program(
        name="web server",
        command=[
            str(Path(sys.executable).with_name("granian")),
            "--interface=asginl",
            f"--host={host}",
            f"--port={port}",
            f"--workers={workers}",
            f"--backpressure={STREAMS}",
            "--no-ws",
            "--respawn-failed-workers",
            "--workers-kill-timeout=20",
            "--log-level=error",
            "concilia.config.asgi:application",
        ],
        environment={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(figures)},
    )
