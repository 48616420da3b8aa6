"""A customer on their phone: from the mail to the money, and from a broken box to the answer."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect
from tests.functional.look.test_gallery import looks_right
from tests.functional.settled import settled, tab
from tests.world import smtp
from tests.world.accounts import an_account_link
from tests.world.bank_files import IBAN, Credit, a_camt
from tests.world.builders import a_customer, a_member, an_entity, an_iban, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.jobs import run_jobs
from tests.world.smtp import MailServer

from concilia.cash.models import Match, PaymentRequest
from concilia.claims.models import Claim
from concilia.dunning.actions.accounts import send_account_link
from concilia.dunning.queries.dunnable import dunnable_of
from concilia.intake.actions import Incoming, receive
from concilia.receivables.models import BankAccount, OpenItem

PAUSE = 2_200  # as long as a person needs at least
DAY = timedelta(days=1)


@pytest.fixture
def shop(transactional_db):
    """A shop that owes 1,220 euro for twenty days, and a company with an account."""
    entity = an_entity(settings={"pay_to": {"EUR": {"creditor_id": "DE98ZZZ09999999999"}}})
    BankAccount.objects.create(entity=entity, iban=IBAN, currency="EUR", name="Banca del Monviso")
    customer = a_customer(
        entity, "Bottega Bonfanti", country="IT", language="it", vat_number="IT01234567890"
    )
    contact = customer.contacts.get()
    contact.name, contact.language = "Chiara Bonfanti", "it"
    contact.save()
    an_iban(customer, "IT28W8000000292100645211")
    return customer


def owes(customer, euros, days_late=20):
    issued = timezone.localdate() - timedelta(days=30 + days_late)
    lines = [
        ("PEN-500", "20", f"{(euros - 244) / 20:.2f}", 0),
        ("FRO-350", "2", "122.00", 0),
    ]
    invoice = an_invoice(customer, lines, issue_date=issued)
    invoice.lines.filter(n=1).update(description="Penne rigate 500 g, cartone da 20")
    invoice.lines.filter(n=2).update(description="Frollini al burro 350 g, cartone da 12")
    return OpenItem.objects.get(invoice=invoice)


def sums(customer):
    [found] = dunnable_of(
        entity=customer.entity, customers=[customer.pk], today=timezone.localdate()
    )
    return found


@pytest.fixture
def phone(new_context, live_server):
    """A phone that knows nobody: no session, no cookie."""

    def opened(path: str, *, width: int = 390, scheme: str = "light"):
        page = tab(new_context(width=width, scheme=scheme))
        page.goto(live_server.url + path)
        return page

    return opened


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    with smtp.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


def passes_the_check(page, answer):
    page.get_by_role("textbox").fill(answer)
    page.wait_for_timeout(PAUSE)
    page.locator("button[type=submit].btn-primary").click()
    return settled(page)


def test_a_shopkeeper_forgot_pays_by_the_code_and_is_thanked(shop, phone, mail_server):
    item = owes(shop, 1220)
    path = mailed_link(shop, mail_server)

    page = phone(path)
    expect(page.locator("h1")).to_have_text("Un breve controllo")
    assert "Bonfanti" not in page.content()
    assert "Aurora" not in page.content()
    passes_the_check(page, item.document_number[-4:])
    expect(page.get_by_role("button", name="Paga")).to_contain_text("1.220,00")
    page.get_by_role("button", name="Paga").click()
    settled(page)
    said = decoded(page).split("\n")
    assert said[:4] == ["BCD", "002", "1", "SCT"]
    assert said[5:8] == ["Molino Aurora S.r.l.", IBAN, "EUR1220.00"]
    reference = said[9]

    line = Credit(amount="1220.00", payer="SOMEBODY AT HOME", structured=reference)
    the_bank_says(shop, line)
    match = Match.objects.get()
    assert (match.state, match.rule, match.decided_by) == ("POSTED", "M1", None)
    assert [(one.item_id, one.applied_minor) for one in match.allocations.all()] == [
        (item.pk, 122_000)
    ]

    page.reload()
    expect(page.locator("h1")).to_have_text("Grazie")
    looks_right(page, "account-thanks-390-light")
    page.goto(page.url.rpartition("/pay")[0])
    expect(page.locator(".p-done").first).to_contain_text("1.220,00")


def mailed_link(shop, mail_server) -> str:
    """The path of the link in the mail that a clerk sent."""
    contact, clerk = shop.contacts.get(), a_member(shop.entity)
    send_account_link(customer_id=shop.pk, contact_id=contact.pk, by=clerk, at=timezone.now())
    run_jobs()
    [mail] = mail_server.mails
    body = mail.get_body(("plain",)).get_content()
    return re.search(r"https?://[^/\s]+(/k/[\w-]{60})", body)[1]


def the_bank_says(shop, line):
    statement = a_camt(line, day=timezone.localdate())
    incoming = Incoming(channel="upload", filename="st.xml", content=statement)
    receive(entity_id=shop.entity_id, incoming=incoming, at=timezone.now())
    run_jobs()


def says_that_a_box_is_missing(page):
    page.get_by_role("link", name="Qualcosa non va").click()
    settled(page)
    page.get_by_text("Manca qualcosa").click()
    page.get_by_text("Una parte").click()
    page.locator("#amount").fill("122,00")
    page.locator("textarea").fill("Manca 1 collo di frollini")
    page.locator("#files").set_input_files(
        {"name": "bolla.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    page.locator("button[type=submit].btn-primary").click()
    settled(page)


def decoded(page) -> str:
    """What the picture of the code says to a bank's app that looks at the screen."""
    picture = Image.open(io.BytesIO(page.locator(".qr").screenshot()))
    [found] = zxingcpp.read_barcodes(picture)
    return found.text


def test_a_wholesaler_disputes_a_part_and_pays_the_rest(shop, phone):
    item = owes(shop, 1220)
    a_team(shop.entity)
    page = phone(an_account_link(shop))
    passes_the_check(page, "1.220,00")
    says_that_a_box_is_missing(page)
    expect(page.locator("main")).to_contain_text("Manca 1 collo di frollini")
    run_jobs()
    claim = Claim.objects.get()
    assert (claim.claimed_minor, claim.origin) == (12_200, "portal")
    assert claim.case.documents.count() == 1
    found = sums(shop)
    assert (found.disputed, found.dunnable) == (12_200, 109_800)

    page.goto(page.url.rpartition("/case")[0])
    pay = page.get_by_role("button", name="Paga")
    expect(pay).to_contain_text("1.098,00")
    pay.click()
    settled(page)
    assert "EUR1098.00" in decoded(page)
    reference = PaymentRequest.objects.get().reference
    the_bank_says(shop, Credit(amount="1098.00", structured=reference))
    assert Match.objects.get().state == "POSTED"
    item.refresh_from_db()
    assert (item.open_minor, item.disputed_minor) == (12_200, 12_200)
    assert Claim.objects.count() == 1  # what is missing is not contested a second time
    assert sums(shop).dunnable == 0


def a_photo() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (300, 400), "#cbb999").save(kept, "JPEG")
    return kept.getvalue()


PLACES = {
    "home": "", "invoice": "/invoice/{item}", "later": "/later", "paid": "/paid",
    "cannot": "/cannot",
    "which": "/wrong", "dispute": "/wrong/{item}", "case": "/case/{case}", "write": "/write",
    "wishes": "/wishes", "plan": "/plan", "mandate": "/mandate", "pay": "/pay/{reference}",
    "no-mail": "/no-mail",
}  # fmt: skip


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]
)
def test_every_page_of_an_account_can_be_read_by_everybody(shop, phone, width, scheme):
    item = owes(shop, 1220)
    contested = owes(shop, 640, days_late=3)
    owes(shop, 540, days_late=-9)
    team = a_team(shop.entity)
    claim = a_claim(team["giulia"], contested.invoice, at=timezone.now())
    path = an_account_link(shop)
    page = phone(path, width=width, scheme=scheme)
    looks_right(page, f"account-check-{width}-{scheme}")
    passes_the_check(page, shop.number)
    page.get_by_role("button", name="Paga").click()
    reference = PaymentRequest.objects.get().reference
    for name, place in PLACES.items():
        page.goto(
            page.url.partition("/k/")[0]
            + path
            + place.format(item=item.pk, case=claim.case_id, reference=reference)
        )
        looks_right(page, f"account-{name}-{width}-{scheme}")


def test_the_longest_words_fit_the_smallest_screen(shop, phone):
    owes(shop, 122_000)
    for language in ("de", "fr"):
        page = phone(f"{an_account_link(shop)}?language={language}", width=320)
        passes_the_check(page, shop.number)
        root = page.url.partition("?")[0]
        for place in ("", "/later", "/cannot", "/wishes"):
            page.goto(root + place)
            settled(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_desk_s_side_of_it_can_be_read_by_everybody(shop, window_of, width, scheme):
    owes(shop, 1220)
    admin = window_of(a_member(shop.entity, "Ada Admin", role="admin"))
    page = admin(f"/customers/{shop.pk}/", width=width, scheme=scheme)
    looks_right(page, f"account-desk-{width}-{scheme}")
    page = admin("/settings/?section=paying", width=width, scheme=scheme)
    looks_right(page, f"account-settings-{width}-{scheme}")
