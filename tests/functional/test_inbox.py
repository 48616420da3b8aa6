"""The inbox in a real browser: it looks right, shuts nobody out, and the keys do what they say."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import in_looks, keep_shot, looks_right, violations
from tests.functional.settled import settled, tab
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.inbox import a_file, an_arrival, an_unreadable

from concilia.claims.models import Claim
from concilia.intake.models import Arrival

SHAPES = [(1440, "light"), (1440, "dark"), (1024, "light"), (390, "light"), (390, "dark")]
PAPER = [
    "LINDNER Grossmarkt GmbH",
    "Molino Aurora S.r.l., Via del Mulino 8, 12030 Cuneo",
    "Belastungsanzeige Nr. BA-4471 vom 16.11.2026",
    "Ihre Rechnung {invoice}, unsere Bestellung {order}",
    "Bei der Wareneingangskontrolle fehlen 12 Kartons zu 21,60",
    "Belastung EUR 259,20",
    "Bitte senden Sie uns Ihre Gutschrift bis zum 30.11.2026.",
]


@pytest.fixture
def member(transactional_db):
    return a_member(an_entity())


@pytest.fixture
def window(new_context, live_server, member, client):
    """Call it with a path (and width, scheme) to get a page that is logged in."""
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}

    def opened(path, *, width=1440, scheme="light"):
        context = new_context(width=width, scheme=scheme, whose=member.pk)
        context.add_cookies([cookie])
        page = tab(context)
        page.goto(live_server.url + path)
        return page

    return opened


@pytest.fixture
def world(member):
    """A morning's post: sure and unsure, mail and paper, tables and what nobody can read."""
    entity = member.entity
    lindner = a_customer(entity, "Grossmarkt Lindner GmbH")
    ribera = a_customer(entity, "Supermercados La Ribera S.A.", country="ES", language="es")
    hartley = a_customer(
        entity, "Hartley & Sons Foods Ltd", country="GB", language="en", currency="GBP"
    )
    peralta = a_customer(
        entity,
        "Administración y Distribuciones Gastronómicas Peralta e Hijos del Mediterráneo",
        country="ES",
        language="es",
    )
    invoice = an_invoice(lindner)
    order = invoice.order.customer_order_number
    wrong = order[:4] + "9" + order[5:]
    references = {
        "invoice": [invoice.number],
        "order": [wrong],
        "delivery": [invoice.delivery.number],
        "claim": ["BA-4471"],
    }
    paper = [line.format(invoice=invoice.number, order=wrong) for line in PAPER]
    at = NOON - timedelta(hours=4)
    a_file(
        entity,
        "remittance 18-11.csv",
        b"Invoice;Paid;Deducted\nFT-1;1250,00;12,00\nFT-2;88,10;0,00\nFT-3;4,00;1,10\n",
        at=at - timedelta(days=1),
        kind="remittance_advice",
        format="csv",
        currency="GBP",
        total_amount="18904.11",
        lines=[
            {"document": "FT-1", "paid": "1250.00", "deducted": "12.00", "reason": "NC-01"},
            {"document": "FT-2", "paid": "88.10", "deducted": None},
        ],
    )
    an_arrival(
        ribera,
        an_invoice(ribera),
        at=at - timedelta(minutes=50),
        subject="Cargo por rotura, albarán 5498",
        language="es",
        reason="NC-06",
        claimed_amount="1036.00",
    )
    an_arrival(
        hartley,
        an_invoice(hartley),
        at=at - timedelta(minutes=70),
        subject="Price difference on your last invoice",
        language="en",
        currency="GBP",
        reason="CO-01",
        reason_confidence=0.61,
        alternatives=[{"reason": "CO-10", "confidence": 0.2}],
    )
    an_arrival(
        peralta,
        None,
        at=at - timedelta(days=1, hours=2),
        subject="Diferencia de precio, pedido 88121",
        language="es",
        reason=None,
        reason_confidence=None,
    )
    an_unreadable(entity, at=at - timedelta(days=2))
    return an_arrival(
        lindner,
        invoice,
        at=at,
        paper=paper,
        subject="Belastungsanzeige BA-4471 zu Rechnung 03208",
        references=references,
    )


class TestLooks:
    def test_the_list_and_a_paper_with_its_reading(self, window, world):
        for page, width, scheme in in_looks(window, "/inbox/", SHAPES):
            looks_right(page, f"inbox-{width}-{scheme}")
        for page, width, scheme in in_looks(window, f"/inbox/{world.pk}/", SHAPES):
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            looks_right(page, f"inbox-open-{width}-{scheme}")

    @pytest.mark.parametrize("language", ["de", "fr"])
    def test_longer_words_and_the_smallest_screen_lose_nothing(
        self, window, world, member, language
    ):
        member.user.language = language
        member.user.save()
        for path in ("/inbox/", f"/inbox/{world.pk}/"):
            page = settled(window(path, width=320))
            keep_shot(page, f"inbox-320-{language}-{len(path)}")
            assert page.problems == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_every_kind_of_paper(self, window, world):
        shown = {arrival.filename: arrival for arrival in Arrival.objects.all()}
        for (name, arrival), width in product(shown.items(), (1440, 390)):
            page = settled(window(f"/inbox/{arrival.pk}/?view=all&part=0", width=width))
            page.evaluate("scrollTo(0, document.body.scrollHeight)")  # what sticks covers nothing
            keep_shot(page, f"inbox-kind-{name[:12]}-{width}".replace(" ", "-"))
            assert page.problems == []
            assert violations(page) == [], (name, width)

    def test_the_evidence_viewer_reads_only(self, window, world):
        page = settled(window(f"/documents/{world.document_id}/"))
        keep_shot(page, "inbox-document-1440")
        assert page.problems == []
        assert violations(page) == []
        assert page.get_by_role("button", name="Confirm").count() == 0


class TestManners:
    def test_a_place_and_its_field_light_up_together(self, window, world):
        page = settled(window(f"/inbox/{world.pk}/"))
        page.locator('.hl[data-ref="references.invoice:0"]').first.click()
        expect(page.locator('.fld[data-ref="references.invoice:0"]')).to_have_class("fld lit")

    def test_enter_takes_the_likely_order(self, window, world):
        page = settled(window(f"/inbox/{world.pk}/"))
        field = page.get_by_label("Order", exact=True)
        meant = page.locator("[data-take]").inner_text().split()[1]
        field.press("Enter")
        expect(page.locator('.fld[data-ref="references.order:0"]')).to_contain_text(meant)
        expect(page.locator('.fld[data-ref="references.order:0"]')).to_contain_text("Giulia Ferri")
        expect(page.locator("#arrival-list a[aria-current]")).not_to_contain_text("unsure")

    def test_what_is_typed_is_saved_as_typed(self, window, world):
        page = settled(window(f"/inbox/{world.pk}/"))
        page.get_by_label("Order", exact=True).fill("4711000")
        page.get_by_label("Order", exact=True).press("Enter")
        expect(page.locator('.fld[data-ref="references.order:0"]')).to_contain_text("4711000")

    def test_rows_open_without_losing_the_list(self, window, world):
        page = settled(window("/inbox/"))
        page.get_by_text("Price difference on your last invoice").click()
        expect(page.locator(".fld.on").first).to_contain_text("The reader is not sure why.")
        assert "/inbox/" in page.url
        assert page.url.rstrip("/").split("/")[-1].isdigit()
        expect(page.locator("#arrival-list a[aria-current]")).to_contain_text("Price difference")
        page.go_back()
        expect(page.locator("h1")).to_have_text("Inbox")

    def test_keys_confirm_and_refuse_and_go_on(self, window, world):
        page = settled(window(f"/inbox/{world.pk}/"))
        page.keyboard.press("a")
        expect(page.locator(".notice")).to_contain_text("is open")
        assert Claim.objects.count() == 1
        following = page.url
        page.keyboard.press("r")
        expect(page.locator(".notice")).to_contain_text("Set aside.")
        assert page.url != following
        page.keyboard.press("u")
        expect(page).to_have_url(following)
        assert not Arrival.objects.filter(outcome="no_claim").exists()

    def test_the_customer_is_found_while_typing(self, window, world):
        page = settled(window(f"/inbox/{world.pk}/"))
        page.get_by_label("Correct: Customer").click()
        page.get_by_label("Find a customer").press_sequentially("Hartl")
        page.get_by_role("button", name="Hartley & Sons Foods Ltd").click()
        expect(page.locator('.fld[data-ref="customer"]')).to_contain_text("Hartley")
        expect(page.locator(".reading")).to_contain_text("This is a number of Grossmarkt Lindner")

    def test_files_are_dropped_with_progress(self, window, world):
        page = settled(window("/inbox/"))
        page.get_by_role("button", name="Upload files").click()
        files = [
            {"name": f"note {n}.txt", "mimeType": "text/plain", "buffer": b"text %d" % n}
            for n in range(3)
        ]
        page.locator("dialog[open] input[type=file]").set_input_files(files)
        expect(page.locator("#arrival-list")).to_contain_text("note 2.txt")
        expect(page.locator("#arrival-list")).to_contain_text("note 0.txt")
