"""Two colleagues talk about a claim on the server people run: live, by keyboard, in its lane."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import urllib.request

import pytest
from django.test import Client
from playwright.sync_api import expect
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import tab
from tests.world.claim_board import a_board
from tests.world.workers import ROOT, environment_for, wait_until

from concilia.cases.models import Mention, Reaction, ThreadRead
from concilia.correspondence.models import Message

PATIENCE_SECONDS = 300.0  # of a machine that has much else to do


@pytest.fixture
def board(transactional_db):
    return a_board()


@pytest.fixture
def served(board, tmp_path):
    """The address of `concilia serve` on the test's database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "concilia.interfaces.cli", "serve", "--no-migrate"]
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, f"--port={port}", "--workers=1"],
            cwd=ROOT,
            env=environment_for(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        address = f"http://127.0.0.1:{port}"
        assert wait_until(lambda: _answers(address), seconds=PATIENCE_SECONDS)
        yield address
        process.terminate()
        assert process.wait(25) == 0, "open pages kept the server from ending"


def _answers(address):
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture
def window(new_context, served, board):
    """The claim's page as somebody sees it."""

    def opened(who, *, width=1440, scheme="light"):
        user, client = board.team[who].user, Client()  # a new log-in ends that of the same client
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value
        context = new_context(width=width, scheme=scheme)
        context.add_cookies([{"name": "sessionid", "value": session, "url": served}])
        page = tab(context)
        page.goto(f"{served}/claims/{board['main'].pk}/")
        return page

    return opened


def check(page, name):
    keep_shot(page, name)
    assert page.problems == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name}: sideways"
    assert violations(page) == [], name


def test_a_conversation(window, board):
    giulia, marco = window("giulia"), window("marco", width=390, scheme="dark")
    _ask_by_name(giulia, marco, board)
    _read_and_agree(giulia, marco, board)
    _write_to_the_customer(giulia, marco)
    _take_words_away(giulia, marco)


def _ask_by_name(giulia, marco, board):
    """With the keyboard alone; she sees it without doing anything."""
    said = giulia.locator("#said .msg")
    before = said.count()
    field = marco.locator("#say")
    field.press_sequentially("@giu")
    expect(marco.get_by_role("option", name=re.compile("Giulia"))).to_be_visible()
    check(marco, "talk-people-390-dark")
    field.press("Enter")
    field.press_sequentially("bitte 4500198842 ansehen")
    marco.locator("[name=files]").set_input_files(
        {"name": "rampe.txt", "mimeType": "text/plain", "buffer": b"8 Kolli"}
    )
    marco.get_by_role("button", name="Add note").click()
    expect(said).to_have_count(before + 1)
    expect(said.last.locator(".at")).to_have_text(re.compile("Giulia"))
    expect(said.last.get_by_role("link", name="rampe.txt")).to_be_visible()
    assert Mention.objects.filter(member=board.team["giulia"]).exists()


def _read_and_agree(giulia, marco, board):
    """She reads it to the end; Marco sees that, and her sign."""
    last = giulia.locator("#said .msg").last
    last.scroll_into_view_if_needed()
    expect(marco.locator(".read-by")).to_have_count(1)
    assert ThreadRead.objects.filter(member=board.team["giulia"]).exists()
    last.locator("summary").click()
    last.get_by_role("button", name="Agreed").click()
    expect(marco.locator("#said .msg").last.locator(".mark[aria-pressed]")).to_have_count(1)
    assert Reaction.objects.get().sign == "agreed"


def _write_to_the_customer(giulia, marco):
    """In the customer's lane, with its own button; what is open or harsh does not leave."""
    giulia.get_by_role("button", name="To the customer").click()
    expect(giulia.locator(".compose")).to_have_attribute("data-lane", "out")
    giulia.get_by_text("Quick answers").click()
    giulia.locator("[data-quick]").first.click()
    expect(giulia.locator("#say")).to_have_value(re.compile("CLM-"))
    check(giulia, "talk-out-1440-light")
    send, told = giulia.locator("[data-lane-only=out][type=submit]"), "#thread > [role=alert]"
    for words, why in (("Hallo {name}", "{name}"), ("Letzte Mahnung", "blame")):
        giulia.locator("#say").fill(words)
        send.click()
        expect(giulia.locator(told)).to_contain_text(why)
    assert not Message.objects.filter(lane="out", body__contains="Mahnung").exists()
    giulia.problems.clear()  # the browser's own word for the two refusals
    giulia.locator("#say").fill("Guten Tag, wir prüfen das gerade.")
    send.click()
    expect(giulia.locator(".compose")).to_have_attribute("data-lane", "note")
    assert Message.objects.get(body__contains="wir prüfen das").state == "QUEUED"
    expect(marco.locator("#said .msg").last).to_contain_text("wir prüfen das")


def _take_words_away(giulia, marco):
    """Gone for everybody, and for every search."""
    mine = marco.locator("#said .msg", has_text="4500198842")
    mine.locator("summary").click()
    mine.get_by_text("Take these words away").click()
    marco.locator("#act [name=reason]").fill("Wrong number")
    marco.locator("#act").get_by_role("button", name="Take away for good").click()
    expect(giulia.locator("#said .msg[data-redacted]")).to_contain_text("Wrong number")
    giulia.reload()
    check(giulia, "talk-1440-light")
    giulia.keyboard.press("Control+k")
    giulia.locator("#palette [name=q]").fill("prüfen")
    expect(giulia.get_by_role("option", name=re.compile("wir prüfen das"))).to_be_visible()
    giulia.goto(giulia.url.split("/claims/")[0] + "/conversations/?q=4500198842")
    expect(giulia.get_by_text("Nobody said that")).to_be_visible()
    check(giulia, "talk-search-1440-light")
