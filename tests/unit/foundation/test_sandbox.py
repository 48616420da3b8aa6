"""What a worker process may cost and reach, tried with functions that misbehave on purpose."""

from __future__ import annotations

import os
import socket
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from concilia.foundation.sandbox import MEBIBYTE, Limits, Sandbox, SandboxFailed
from concilia.intake.actions.imports import sources
from concilia.interfaces.components import originals
from concilia.interfaces.worker.sandboxes import PATIENT

LIMITS = Limits(
    cpu_seconds=1,
    wall_seconds=6.0,
    memory_bytes=300 * MEBIBYTE,
    input_bytes=MEBIBYTE,
    output_bytes=MEBIBYTE,
)

MISCHIEF = textwrap.dedent("""
    import ctypes, os, socket, subprocess, sys, time
    from concilia.foundation.sandboxed import note

    def echo(payload, word=""):
        return {"size": len(payload), "word": word}

    def count(payload, upto):
        for number in range(upto):
            yield {"number": number}

    def spin(payload):
        note("spinning")
        while True:
            pass

    def sleep(payload):
        time.sleep(60)

    def doze(payload):
        time.sleep(2.5)
        return {"ok": True}

    def hoard(payload):
        return {"size": len(bytearray(2_000_000_000))}

    def leave(payload):
        os._exit(0)

    def segfault(payload):
        ctypes.string_at(0)

    def talk(payload):
        return {"text": "x" * 5_000_000}

    def deep(payload):
        return deep(payload)

    def refuse(payload):
        raise ValueError("line 3: not a number")

    def chatter(payload):
        print("hello"); sys.stdout.flush(); os.write(1, b"hello"); os.write(2, b"hello")
        return {"ok": True}

    def connect(payload, port):
        socket.create_connection(("127.0.0.1", port), timeout=1)
        return {"ok": True}

    def raw_socket(payload):
        return {"descriptor": ctypes.CDLL(None).socket(2, 1, 0)}

    def read(payload, path):
        with open(path, "rb") as stream:
            return {"size": len(stream.read())}

    def raw_read(payload, path):
        return {"descriptor": ctypes.CDLL(None).open(path.encode(), 0)}

    def write(payload, path):
        with open(path, "wb") as stream:
            return {"written": stream.write(b"x")}

    def raw_write(payload, path):
        flags = os.O_WRONLY | os.O_CREAT
        return {"descriptor": ctypes.CDLL(None).open(path.encode(), flags, 0o600)}

    def run(payload):
        return {"text": subprocess.check_output(["true"]).decode()}

    def raw_fork(payload):
        return {"process": ctypes.CDLL(None).fork()}

    def raw_kill(payload, process):
        return {"result": ctypes.CDLL(None).kill(process, 0)}
""")


@pytest.fixture(scope="module")
def mischief(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mischief")
    (folder / "mischief.py").write_text(MISCHIEF)
    sys.path.append(str(folder))
    yield "mischief"
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def sandbox(mischief):
    with Sandbox(limits=LIMITS, preload=(mischief,)) as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def _still_serving(sandbox):
    """Whatever a test did to the child, the next payload is served."""
    yield
    assert sandbox.run("mischief:echo", b"abc", {"word": "è"}) == {"size": 3, "word": "è"}


class TestCost:
    def test_one_child_serves_many_payloads(self, sandbox):
        assert [sandbox.run("mischief:echo", b"x" * size)["size"] for size in range(5)] == [
            0, 1, 2, 3, 4,
        ]  # fmt: skip

    def test_a_generator_hands_over_one_value_after_another(self, sandbox):
        assert [row["number"] for row in sandbox.stream("mischief:count", b"", {"upto": 3})] == [
            0, 1, 2,
        ]  # fmt: skip

    def test_who_is_kept_waiting_by_others_is_not_late(self, sandbox):
        assert LIMITS.cpu_seconds < 2.5
        assert sandbox.run("mischief:doze", b"") == {"ok": True}

    @pytest.mark.parametrize("limits", [Limits(), originals.LIMITS, PATIENT, sources.LIMITS])
    def test_a_busy_machine_gives_no_document_up(self, limits):
        assert limits.wall_seconds >= 5 * limits.cpu_seconds

    def test_a_stream_left_early_leaves_nothing_behind(self, sandbox):
        stream = sandbox.stream("mischief:count", b"", {"upto": 100_000})
        assert next(stream) == {"number": 0}
        stream.close()

    @pytest.mark.parametrize(
        ("function", "kind", "words"),
        [
            ("spin", "time", "more than 1 s of processor time"),
            ("sleep", "time", "took longer than 6 seconds"),
            ("hoard", "memory", "more than 300 MB of memory"),
            ("leave", "crash", "made the reading process crash"),
            ("segfault", "crash", "made the reading process crash"),
            ("talk", "output", "says more than 1 MB"),
            ("deep", "failed", "nested too deeply"),
            ("refuse", "failed", "line 3: not a number"),
        ],
    )
    def test_what_goes_wrong_costs_one_clear_sentence(self, sandbox, function, kind, words):
        with pytest.raises(SandboxFailed, match=words) as caught:
            sandbox.run(f"mischief:{function}", b"")
        assert caught.value.kind == kind

    def test_the_last_note_says_where_it_went_wrong(self, sandbox):
        with pytest.raises(SandboxFailed) as caught:
            sandbox.run("mischief:spin", b"")
        assert caught.value.noted == "spinning"

    def test_a_payload_over_the_limit_never_reaches_a_child(self, sandbox):
        with pytest.raises(SandboxFailed, match="larger than the 1 MB"):
            sandbox.run("mischief:echo", b"x" * (MEBIBYTE + 1))

    def test_what_is_printed_is_not_taken_for_an_answer(self, sandbox):
        assert sandbox.run("mischief:chatter", b"") == {"ok": True}

    def test_many_threads_share_the_children(self, mischief):
        answers = []
        with Sandbox(workers=2, limits=LIMITS, preload=(mischief,)) as shared:
            threads = [
                threading.Thread(
                    target=lambda size=size: answers.append(
                        shared.run("mischief:echo", b"x" * size)["size"]
                    )
                )
                for size in range(8)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert sorted(answers) == list(range(8))

    @pytest.mark.usefixtures("mischief")
    def test_a_closed_sandbox_says_so(self):
        closed = Sandbox(limits=LIMITS)
        closed.close()
        with pytest.raises(SandboxFailed, match="shut down"):
            closed.run("mischief:echo", b"")


class TestReach:
    def test_no_network(self, sandbox):
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            pytest.raises(SandboxFailed, match="not allowed while reading"),
        ):
            sandbox.run("mischief:connect", b"", {"port": server.getsockname()[1]})

    def test_no_file_but_the_interpreters_own(self, sandbox, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("secret")
        for path in (str(secret), "/etc/passwd", f"/proc/{os.getpid()}/environ"):
            with pytest.raises(SandboxFailed, match="not allowed while reading"):
                sandbox.run("mischief:read", b"", {"path": path})

    def test_no_writing(self, sandbox, tmp_path):
        with pytest.raises(SandboxFailed, match="not allowed while reading"):
            sandbox.run("mischief:write", b"", {"path": str(tmp_path / "new")})
        assert not (tmp_path / "new").exists()

    def test_no_program(self, sandbox):
        with pytest.raises(SandboxFailed, match="not allowed while reading"):
            sandbox.run("mischief:run", b"")

    @pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own filters are Linux's")
    def test_the_kernel_refuses_what_goes_around_python(self, sandbox, tmp_path):
        layers = sandbox.warm()
        if "calls" not in layers or "landlock" not in layers:
            pytest.skip(f"this kernel offers only {layers}")
        secret = tmp_path / "secret"
        secret.write_text("secret")
        assert sandbox.run("mischief:raw_socket", b"") == {"descriptor": -1}
        assert sandbox.run("mischief:raw_read", b"", {"path": str(secret)}) == {"descriptor": -1}
        assert sandbox.run("mischief:raw_fork", b"") == {"process": -1}
        assert sandbox.run("mischief:raw_kill", b"", {"process": os.getpid()}) == {"result": -1}
        path = tmp_path / "new"
        assert sandbox.run("mischief:raw_write", b"", {"path": str(path)}) == {"descriptor": -1}
        assert not Path(path).exists()
