"""
The whole road, with nothing of it replaced: an angry mail arrives in a mailbox, three people work
on it in their browsers, the ERP holds the credit note, and the customer has an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from email.message import EmailMessage

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from tests.functional.look.test_gallery import keep_shot
from tests.world import dovecot, tryton
from tests.world.claims import books_hold
from tests.world.desk import Desk, go_to
from tests.world.main_road import MAILBOX, RESERVE, THEIR_MESSAGE_ID, WRITER, Road, a_road
from tests.world.tryton_company import read
from tests.world.workers import wait_until

from concilia.claims.models import Claim
from concilia.intake.models import Arrival
from concilia.ledger.models import Posting

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS_MAX = 60
BY_THE_WORKER = SECONDS_MAX * 1000.0  # milliseconds until a page shows what a worker has done
# They claim 12 cartons at 21.60 with 4 % VAT; the signed paper says that 8 are missing.
CLAIMED, GRANTED, REFUSED = 26_957, 17_971, 8_986


@pytest.fixture
def road(transactional_db: None, tmp_path) -> Iterator[Road]:
    if dovecot.available() is None:
        pytest.skip("no Dovecot on this machine")
    if tryton.venv() is None:
        pytest.skip(f"{tryton.VARIABLE} names no virtual environment with Tryton")
    with a_road(tmp_path) as road:
        yield road


@pytest.fixture
def desk(browser, live_server) -> Iterator[Desk]:
    desk = Desk(browser, live_server.url)
    yield desk
    desk.close()


def test_from_an_angry_mail_to_a_posted_credit_note(desk, road):
    road.mailbox.deliver(MAILBOX, road.their_mail())
    _connect_mailbox_and_erp(desk.sign_in(road.team["sara"]), road)
    _wait_for(road, lambda: Arrival.objects.filter(state="WAITING").exclude(outcome="new").exists())

    giulia = desk.sign_in(road.team["giulia"])
    _correct_the_number_and_open_the_claim(giulia, road)
    _ask_marco(giulia)
    marco = desk.sign_in(road.team["marco"])
    _add_the_proof(marco, road)
    _answer(marco)
    _propose_the_valid_part(giulia)
    marta = desk.sign_in(road.team["marta"])
    _sign(marta)
    number = _the_one_credit_note_in_the_erp(road)
    expect(marta.locator("#decision")).to_contain_text(number)
    _wait_for(road, lambda: WRITER in road.post_office.recipients)
    _the_customer_has_the_answer(road)
    _close(giulia, number)

    _everything_adds_up(road)
    assert desk.problems == []


def _wait_for(road: Road, is_so: Callable[[], object]) -> None:
    assert wait_until(is_so, seconds=SECONDS_MAX, look_every=0.1), road.workers.log()[-3000:]


# ── Before: the administrator ────────────────────────────────────────────────────────────────────


def _connect_mailbox_and_erp(page: Page, road: Road) -> None:
    """All there is to say about the two, in the settings."""
    go_to(page, "Settings")
    page.get_by_role("link", name="ERP", exact=True).click()
    erp = page.locator("#erp")
    erp.get_by_label("Tryton", exact=True).check()
    for label, value in road.erp_settings().items():
        erp.get_by_label(label).fill(value)
    erp.get_by_role("button", name="Try and use").click()
    expect(page.locator("#notices")).to_contain_text("The connector answers")
    page.get_by_role("link", name="Where things arrive").click()
    sources = page.locator("#sources")
    sources.get_by_text("Connect a mailbox").click()
    sources.get_by_label("IMAP server").fill("localhost")
    sources.get_by_label("Port").fill(str(road.mailbox.tls_port))
    sources.get_by_label("User").fill(MAILBOX)
    sources.get_by_label("Password").fill(dovecot.PASSWORD)
    keep_shot(page, "road-0-settings")
    sources.get_by_role("button", name="Connect", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("The mailbox is read from now on")


# ── The clerk ────────────────────────────────────────────────────────────────────────────────────


def _correct_the_number_and_open_the_claim(page: Page, road: Road) -> None:
    """The number of the invoice has a slip; she takes what was meant, and opens the claim."""
    keep_shot(page, "road-1-home")
    page.get_by_role("link", name="Nota di addebito NA-4471").click()
    field = page.locator('.fld[data-ref="references.invoice:0"]')
    expect(field.get_by_role("textbox")).to_have_value(road.number_as_they_wrote_it)
    keep_shot(page, "road-2-read")
    field.get_by_role("button", name=f"Use {road.invoice.number}").click()
    expect(field).to_contain_text("Giulia Ferri")
    page.get_by_role("button", name="Confirm and open the claim").click()

    page.locator("#notices").get_by_role("link", name="CLM-").click()
    expect(page.locator("h1")).to_contain_text(road.invoice.number)
    # The rule judges it while she looks.
    missing = "No signed proof of delivery yet"
    expect(page.locator("#verdict")).to_contain_text(missing, timeout=BY_THE_WORKER)
    expect(page.locator("#evidence")).to_contain_text("Logistics has been asked")
    keep_shot(page, "road-3-claim")


def _ask_marco(page: Page) -> None:
    page.get_by_role("link", name="Ask a question").click()
    sheet = page.locator("#act")
    sheet.get_by_label("Whom").select_option("us")
    sheet.get_by_label("Question").fill("Did the driver count with them?")
    sheet.get_by_label("Colleague").select_option(label="Marco Bellini")
    sheet.get_by_role("button", name="Ask").click()
    expect(page.locator("#notices")).to_contain_text("Asked")


def _propose_the_valid_part(page: Page) -> None:
    go_to(page, "Home")
    page.get_by_role("link", name="partly valid").click()
    rail = page.locator("#decision")
    expect(rail.get_by_label("Accept the valid part")).to_be_checked()
    rail.get_by_role("button", name="Preview").click()
    expect(rail.get_by_label("Text")).to_have_value(_says("Accogliamo 179,71 EUR su 269,57 EUR"))
    keep_shot(page, "road-5-letter")
    rail.get_by_role("button", name="Send for approval").click()
    expect(page.locator("#notices")).to_contain_text("sent to Marta Conti")


def _close(page: Page, number: str) -> None:
    """The customer keeps silent about the refused rest: she says what caused it, and closes."""
    go_to(page, "Home")
    page.get_by_role("link", name="partly valid").click()
    expect(page.locator("#decision")).to_contain_text(number)
    expect(page.locator("#conversation")).to_contain_text(f"to {WRITER}")
    page.locator("#decision").get_by_role("link", name="Close the case").click()
    sheet = page.locator("#act")
    sheet.get_by_label("Warehouse or transport").check()
    sheet.get_by_role("button", name="Close the case").click()
    expect(page.locator("#notices")).to_contain_text("Closed")
    expect(page.locator("#claim-top")).to_contain_text("closed")
    keep_shot(page, "road-7-closed")


# ── The resolver of logistics ────────────────────────────────────────────────────────────────────


def _add_the_proof(page: Page, road: Road) -> None:
    page.get_by_role("link", name="Signed proof of delivery").click()
    page.locator("#evidence").get_by_role("link", name="Add the file").click()
    proof = {
        "name": "POD.pdf",
        "mimeType": "application/pdf",
        "buffer": road.proof_of_delivery(),
    }
    page.get_by_label("File", exact=True).set_input_files(proof)
    page.get_by_label("Signed by").fill("L. Moretti")
    page.get_by_label("On", exact=True).fill(f"{road.invoice.issue_date:%Y-%m-%d}")
    page.get_by_label("Reserve, in their words").fill(RESERVE)
    page.get_by_label("Received of PEN-500").fill("92")
    page.get_by_role("button", name="Add the paper").click()

    expect(page.locator("#evidence")).to_contain_text("POD.pdf")
    # Judged again while he looks.
    valid = "Partly valid: 179.71 of 269.57"
    expect(page.locator("#verdict")).to_contain_text(valid, timeout=BY_THE_WORKER)
    expect(page.locator("#evidence")).to_contain_text("enough to decide")
    keep_shot(page, "road-4-proven")


def _answer(page: Page) -> None:
    page.locator("#evidence").get_by_role("link", name="Answer").click()
    sheet = page.locator("#act")
    sheet.get_by_label("Answer").fill("Yes, both signed for 92 cartons.")
    sheet.get_by_role("button", name="Answer").click()
    expect(page.locator("#notices")).to_contain_text("Answered")
    expect(page.locator("#claim-top")).to_contain_text("Proposed")


# ── The manager ──────────────────────────────────────────────────────────────────────────────────


def _sign(page: Page) -> None:
    page.get_by_role("link", name="Approval, level").click()
    rail = page.locator("#decision")
    expect(rail).to_contain_text("179.71")
    rail.get_by_text("The letter", exact=True).click()
    expect(rail).to_contain_text("Buongiorno Paola Rinaldi")
    rail.get_by_role("button", name="Sign A").click()
    expect(page.locator("#notices")).to_contain_text("signed")
    # Booked and answered while she looks.
    informed = "Customer informed"
    expect(page.locator("#claim-top")).to_contain_text(informed, timeout=BY_THE_WORKER)
    keep_shot(page, "road-6-booked")


# ── What came of it ──────────────────────────────────────────────────────────────────────────────


def _the_one_credit_note_in_the_erp(road: Road) -> str:
    """Asked over the ERP's own interface: what it holds, and what it still wants to be paid."""
    names = ("number", "total_amount", "untaxed_amount", "tax_amount", "reference", "party.code")
    papers = read(
        road.erp.client(),
        "account.invoice",
        [["type", "=", "out"]],
        "state",
        "amount_to_pay",
        *names,
    )
    (invoice,) = (row for row in papers if row["total_amount"] > 0)
    (credit,) = (row for row in papers if row["total_amount"] < 0)
    posting = Posting.objects.get()
    assert invoice["number"] == road.invoice.number
    assert invoice["amount_to_pay"] == Decimal("3731.40") - Decimal("179.71")
    assert credit["state"] in {"posted", "paid"}
    assert credit["party."]["code"] == road.customer.number
    assert credit["untaxed_amount"] == Decimal("-172.80")
    assert credit["tax_amount"] == Decimal("-6.91")
    assert credit["total_amount"] == Decimal("-179.71")
    assert (credit["reference"], credit["number"]) == (posting.external_ref, posting.erp_number)
    assert posting.state == Posting.State.POSTED
    return str(credit["number"])


def _the_customer_has_the_answer(road: Road) -> None:
    (mail,) = _mails_to_the_customer(road)
    assert mail["From"] == f"{road.entity.name} <{road.entity.email}>"
    assert mail["In-Reply-To"] == mail["References"] == THEIR_MESSAGE_ID
    assert mail["Content-Language"] == "it"
    assert "CLM-0001" in mail["Subject"]
    plain = mail.get_body(("plain",))
    assert plain is not None
    text = plain.get_content().replace("\N{NO-BREAK SPACE}", " ")
    assert "Accogliamo 179,71 EUR su 269,57 EUR" in text
    assert "Gli altri 89,86 EUR non possiamo accoglierli" in text


def _mails_to_the_customer(road: Road) -> list[EmailMessage]:
    """What left for the customer; colleagues get mails, too."""
    return [mail for mail in road.post_office.mails if WRITER in mail["To"]]


def _everything_adds_up(road: Road) -> None:
    claim = Claim.objects.get()
    assert (claim.state, claim.root_cause) == ("CLOSED", "warehouse_transport")
    assert claim.case.closed_at is not None
    amounts = (claim.claimed_minor, claim.approved_minor, claim.denied_minor)
    assert amounts == (CLAIMED, GRANTED, REFUSED)
    decision = claim.decisions.get()
    seat = decision.approval.seats.get()
    assert (decision.proposed_by, seat.signed_by) == (road.team["giulia"], road.team["marta"])
    assert len(_mails_to_the_customer(road)) == 1
    books_hold(road.entity)  # the ledger balances, and the chain of the audit log is whole
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'failed'")
        assert cursor.fetchall() == []
    assert "job failed" not in road.workers.log(), road.workers.log()[-3000:]


def _says(words: str) -> re.Pattern[str]:
    """A text with these words in it, whatever kind of space stands between them."""
    return re.compile(r"\s".join(map(re.escape, words.split())))
