"""A real bank statement worked by a clerk in a real browser, from the file to zero open lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled
from tests.world.jobs import run_jobs
from tests.world.real_statement import STATEMENT, an_office

from concilia.cash.models import Match
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.receivables.models import BankEntry, OpenItem
from concilia.reporting.queries.invariants import check_invariants

NOT_HERE = f"the real statement is not here: {STATEMENT.name}"


@pytest.fixture
def office(transactional_db):
    if not STATEMENT.exists():
        pytest.skip(NOT_HERE)
    return an_office()


def left() -> int:
    return Match.objects.filter(state__in=["OPEN", "PROPOSED"]).count()


def waiting(amount_minor: int, words: str = "") -> int:
    """The entry of this amount that waits."""
    rows = Match.objects.filter(
        state__in=["OPEN", "PROPOSED"],
        bank_entry__amount_minor=amount_minor,
        bank_entry__text__icontains=words,
    )
    return rows.order_by("pk")[0].bank_entry_id


class Desk:
    """The bank desk as the clerk works it, by its keys."""

    def __init__(self, page):
        self.page = page

    def load(self) -> None:
        self.page.get_by_role("button", name="Load a statement").first.click()
        self.page.locator("dialog[open] input[type=file]").set_input_files(str(STATEMENT))
        expect(self.page.locator("dialog[open]")).to_contain_text("Being read")
        run_jobs()
        self.page.goto(self.page.url.split("/bank/")[0] + "/bank/?statement=all")

    def open(self, entry_id: int) -> None:
        row = self.page.locator(f"#line-{entry_id}")
        with self.page.expect_response(f"**/bank/payments/{entry_id}/**"):
            row.click()
        settled(self.page)
        expect(row).to_have_attribute("aria-current", "true")

    def told(self, words: str) -> None:
        expect(self.page.locator(".notice").last).to_contain_text(words)

    def accept(self, entry_id: int) -> None:
        self.open(entry_id)
        self.page.keyboard.press("a")
        self.told("posted")

    def split(self, entry_id: int, number: str, missing: str) -> None:
        """Proposed on account; the clerk takes an invoice, and what is missing is a deduction."""
        self.open(entry_id)
        self.page.get_by_label(f"Take {number}").check()
        self.page.locator("[name=on_account]").fill("0")
        expect(self.page.locator("[data-out=left]")).to_have_text(missing)
        self.page.locator("#h-match").click()
        self.page.keyboard.press("d")
        expect(self.page.locator("[name=da]")).to_have_value(missing)
        self.page.locator("[name=dr]").select_option("NC-01")
        expect(self.page.locator("[data-out=left]")).to_have_text("0.00")
        self.page.locator("[data-post]").click()
        self.told("posted")

    def ask(self, entry_id: int) -> None:
        self.open(entry_id)
        self.page.keyboard.press("q")
        self.page.locator("dialog[open] button.btn-primary").click()
        self.told("Asked")

    def put_on_account(self, entry_id: int) -> None:
        self.open(entry_id)
        self.page.keyboard.press("o")
        expect(self.page.locator("[data-out=left]")).to_have_text("0.00")
        self.page.keyboard.press("a")
        self.told("posted")

    def set_aside(self, entry_id: int, label: str) -> None:
        self.open(entry_id)
        self.page.keyboard.press("n")
        self.page.locator("dialog[open] [name=label]").fill(label)
        self.page.locator("dialog[open] button.btn-primary").click()
        self.told("Set aside")

    def settle_return(self, entry_id: int) -> None:
        self.open(entry_id)
        self.page.keyboard.press("a")
        self.told("reversed")


def test_a_real_statement_is_worked_to_zero(office, window_of):
    page = window_of(office.clerk)("/bank/")
    desk = Desk(page)
    desk.load()
    assert BankEntry.objects.filter(statement__identification__startswith="T0894").count() == 9
    assert left() >= 6  # the others were posted without a person
    keep_shot(page, "bank-real-begun")

    desk.accept(waiting(15_455_193, "3003"))
    desk.split(waiting(5_099_005), "R-20070731", "1,000.00")
    kept = waiting(15_455_193)
    desk.ask(kept)
    desk.put_on_account(kept)
    for amount in (33_533, 1_500_000, 91_531_155):
        desk.set_aside(waiting(amount, "RETOURE"), "Own transfer that came back")
    desk.settle_return(waiting(8))
    while left():
        desk.accept(Match.objects.filter(state="PROPOSED")[0].bank_entry_id)

    expect(page.locator("#h-match")).to_have_text("Nothing left to do")
    keep_shot(page, "bank-real-zero")
    assert page.problems == []
    assert violations(page) == []
    assert_it_is_in_the_books()


def assert_it_is_in_the_books() -> None:
    run_jobs()
    assert Claim.objects.get().claimed_minor == 100_000
    assert OpenItem.objects.get(kind="on_account", open_minor__lt=0).open_minor == -15_455_193
    assert Message.objects.get(template="payment_question").recipient
    live = Match.objects.filter(state="POSTED")
    assert live.filter(rule="NOT").count() == 3
    assert live.filter(rule="RET").count() == 2
    assert all(finding.holds for finding in check_invariants().values())
