"""Whole ways of customers, from the first message to the end, with every part real."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.functional.look.test_gallery import looks_right
from tests.functional.settled import settled, tab
from tests.functional.test_account import owes, passes_the_check, says_that_a_box_is_missing, sums
from tests.world import carrier as carriers
from tests.world import smtp
from tests.world.bank_files import IBAN, Credit, a_camt
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_iban, an_open_item
from tests.world.claims import a_team, propose, sign
from tests.world.clock import Clock
from tests.world.collecting import DAY
from tests.world.jobs import run_jobs
from tests.world.lines import MOBILE, Lines

from concilia.cash.models import Match, PaymentRequest
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions import NewContactTerms, plan_run, set_contact_terms, sign_run
from concilia.dunning.models import ContactMade, Motive, PhoneCall, Plan, Run, RunPass
from concilia.identity.models import Entity, Membership
from concilia.intake.actions import Incoming, receive
from concilia.interfaces.worker.promises import judge_all_plans
from concilia.receivables.models import BankAccount

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch, NOON)


@pytest.fixture
def phone(new_context, live_server) -> Callable[[str], Page]:
    """A telephone that knows nobody."""

    def opened(path: str) -> Page:
        page = tab(new_context(width=390))
        page.goto(live_server.url + path)
        return page

    return opened


@pytest.fixture
def lines(transactional_db, clock) -> Iterator[Lines]:
    """A household in Milan and a company that writes to it through a carrier."""
    with carriers.running() as carrier:
        lines = Lines(carrier, clock.now(), vat_number="", name="Famiglia Bianchi")
        lines.marta = a_member(lines.entity, "Marta Conti", role="approver", level=2)
        yield lines


def a_run_goes_out(entity: Entity, by: Membership, clock: Clock) -> Run:
    run = plan_run(entity=entity, at=clock.now())
    sign_run(run_id=run.pk, by=by, at=clock.now())
    run_jobs(at=clock.now())
    return run


def the_bank_says(customer: Customer, clock: Clock, *credits_: Credit, name: str) -> None:
    statement = a_camt(*credits_, day=clock.now().date(), name=name)
    incoming = Incoming(channel="upload", filename=f"{name}.xml", content=statement)
    receive(entity_id=customer.entity_id, incoming=incoming, at=clock.now())
    run_jobs(at=clock.now())


def test_a_household_whose_bill_is_too_high(lines, clock, phone, window_of):
    item = lines.debtor.owes(270)
    run = a_run_goes_out(lines.entity, lines.marta, clock)
    assert run.touches.get().way == "sms"
    page = phone(_link_in(lines))
    _passes_the_check_and_says_why(page, item)
    plan = _asks_for_a_plan(page, clock)

    _pays_the_first_row(page, lines, clock, plan)
    _does_not_pay_the_second(lines, clock, plan)
    _nobody_is_warned_by_machine(lines, clock)
    _a_person_gets_the_task_and_calls(window_of(lines.clerk), lines)


def _link_in(lines: Lines) -> str:
    [text] = lines.carrier.texts
    assert text["To"] == MOBILE
    assert "270" not in text["Body"]
    return re.search(r"https?://[^/\s]+(/k/[\w-]{60})", text["Body"])[1]


def _passes_the_check_and_says_why(page: Page, item) -> None:
    expect(page.locator("h1")).to_have_text("Un breve controllo")
    assert "270" not in page.content()
    passes_the_check(page, item.document_number[-4:])
    root = page.url
    page.goto(root + "/cannot")
    page.locator("input[name=why][value='bill']").check()
    looks_right(page, "journey-household-why-390")
    page.locator("button[type=submit].btn-primary").click()
    settled(page)
    motive = Motive.objects.get()
    assert (motive.code, motive.source) == ("NR-19", "customer")
    page.goto(root + "/plan")


def _asks_for_a_plan(page: Page, clock: Clock) -> Plan:
    page.locator("input[name=count][value='3']").check()
    page.locator("#day").fill((clock.now() + DAY).date().isoformat())
    looks_right(page, "journey-household-plan-390")
    page.locator("button[type=submit].btn-primary").click()
    settled(page)
    plan = Plan.objects.get()
    assert (plan.state, plan.principal_minor) == ("ACTIVE", 27_000)
    assert [row.principal_minor for row in plan.rows.order_by("n")] == [9_000] * 3
    return plan


def _pays_the_first_row(page: Page, lines: Lines, clock: Clock, plan: Plan) -> None:
    clock.set(clock.now() + DAY)
    page.get_by_role("button", name="Paga").click()
    settled(page)
    reference = PaymentRequest.objects.get().reference
    line = Credit(amount="90.00", payer="ANNA BIANCHI", structured=reference)
    the_bank_says(lines.customer, clock, line, name="ST-ROW-1")
    assert Match.objects.get().state == "POSTED"
    first, second, _third = plan.rows.order_by("n")
    assert (first.settled_date, second.settled_date) == (clock.now().date(), None)


def _does_not_pay_the_second(lines: Lines, clock: Clock, plan: Plan) -> None:
    second = plan.rows.get(n=2)
    clock.set(NOON + (second.due_date - NOON.date() + timedelta(days=2)))
    judge_all_plans(at=clock.now())
    plan.refresh_from_db()
    assert plan.state == "ACTIVE", "the days of grace"
    clock.set(NOON + (second.due_date - NOON.date() + timedelta(days=10)))
    judge_all_plans(at=clock.now())
    run_jobs(at=clock.now())
    plan.refresh_from_db()
    assert plan.state == "AT_RISK"


def _nobody_is_warned_by_machine(lines: Lines, clock: Clock) -> None:
    run = a_run_goes_out(lines.entity, lines.marta, clock)
    assert not run.touches.exists()
    assert RunPass.objects.get(run=run).why == "planned"
    assert len(lines.carrier.texts) == 1
    assert Message.objects.filter(lane="out").count() == 1


def _a_person_gets_the_task_and_calls(open_page, lines: Lines) -> None:
    page = open_page("/collections/")
    row = page.locator("tr, li", has_text="Famiglia Bianchi").first
    expect(row).to_contain_text("plan")
    page.goto(page.url.partition("/collections")[0] + f"/customers/{lines.customer.pk}/phone/")
    looks_right(page, "journey-household-call-1440")
    expect(page.locator("main")).to_contain_text("Leave out: fees, warnings")
    page.get_by_role("button", name="Call Jens Albers").click()
    settled(page)
    page.get_by_role("button", name="Only spoke").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("[name=note]").fill("Pays the second part with the salary of the 10th")
    dialog.locator("button.btn-primary").click()
    settled(page)
    call = PhoneCall.objects.get()
    assert (call.state, call.result) == ("ENDED", "SPOKE")
    assert ContactMade.objects.filter(channel="CALL", outcome="CONVERSATION").count() == 1
    assert page.problems == []


# ── A wholesaler contests a part ─────────────────────────────────────────────────────────────────


@pytest.fixture
def mails(settings) -> Iterator[smtp.MailServer]:
    with smtp.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture
def wholesaler(transactional_db, clock) -> Customer:
    entity = an_entity()
    BankAccount.objects.create(entity=entity, iban=IBAN, currency="EUR", name="Banca del Monviso")
    customer = a_customer(
        entity, "Ingrosso Bonfanti", country="IT", language="it", vat_number="IT01234567890"
    )
    Contact.objects.filter(customer=customer).update(name="Chiara Bonfanti", language="it")
    an_iban(customer, "IT28W8000000292100645211")
    return customer


def test_a_wholesaler_contests_a_part_and_pays_all_of_it_in_the_end(
    wholesaler, clock, phone, mails
):
    item, team = owes(wholesaler, 1220), a_team(wholesaler.entity)
    a_run_goes_out(wholesaler.entity, team["marta"], clock)
    assert "1.220,00" in _newest(mails)
    clock.set(clock.now() + timedelta(hours=2))
    _contests_a_box(phone, wholesaler, mails)
    assert (sums(wholesaler).disputed, sums(wholesaler).dunnable) == (12_200, 109_800)

    clock.set(clock.now() + 8 * DAY)
    run = a_run_goes_out(wholesaler.entity, team["marta"], clock)
    touch = run.touches.get()
    assert (touch.asked_minor, touch.disputed_minor, touch.tone) == (109_800, 12_200, 1)
    said = _newest(mails)
    assert "1.098,00" in said
    assert "122,00" in said, "what is not asked for stands beside it"
    line = Credit(
        amount="1098.00", text=f"FATTURA {item.document_number} MENO 122,00", payer="BONFANTI",
        iban="IT28W8000000292100645211",
    )  # fmt: skip
    the_bank_says(wholesaler, clock, line, name="ST-REST")
    item.refresh_from_db()
    assert (item.open_minor, item.disputed_minor) == (12_200, 12_200)

    _is_denied_by_a_person(team, clock, mails)
    _is_asked_for_again_after_the_days_of_silence(wholesaler, team, clock, mails)
    line = Credit(
        amount="122.00", text=f"SALDO FATTURA {item.document_number}", payer="BONFANTI",
        iban="IT28W8000000292100645211",
    )  # fmt: skip
    the_bank_says(wholesaler, clock, line, name="ST-PART")
    item.refresh_from_db()
    assert item.open_minor == 0
    assert not Match.objects.exclude(state="POSTED").exists()
    thanks = mails.mails[-1]
    assert thanks["Subject"].startswith("Grazie")
    assert "122,00" in _newest(mails)


def _newest(mails: smtp.MailServer) -> str:
    return mails.mails[-1].get_body(("plain",)).get_content()


def _contests_a_box(phone: Callable[[str], Page], customer: Customer, mails) -> None:
    path = re.search(r"https?://[^/\s]+(/k/[\w-]{60})", _newest(mails))[1]
    page = phone(path)
    passes_the_check(page, customer.number)
    says_that_a_box_is_missing(page)
    looks_right(page, "journey-wholesaler-case-390")
    run_jobs()
    claim = Claim.objects.get()
    assert (claim.origin, claim.claimed_minor) == ("portal", 12_200)
    assert claim.case.documents.count() == 1


def _is_denied_by_a_person(team, clock: Clock, mails) -> None:
    claim = Claim.objects.get()
    why = "La bolla è firmata senza riserva per tutti i colli."
    decision = propose(claim, team["giulia"], Choice.REFUSE, reason=why, at=clock.now())
    sign(decision, team["marta"], at=clock.now())
    run_jobs(at=clock.now())
    claim.refresh_from_db()
    assert claim.state == "CUSTOMER_NOTIFIED"
    assert why in _newest(mails)


def _is_asked_for_again_after_the_days_of_silence(customer, team, clock: Clock, mails) -> None:
    assert sums(customer).dunnable == 0, "five working days after the answer it rests"
    run = a_run_goes_out(customer.entity, team["marta"], clock)
    assert not run.touches.exists()
    clock.set(clock.now() + 10 * DAY)
    found = sums(customer)
    assert (found.disputed, found.dunnable) == (0, 12_200)
    run = a_run_goes_out(customer.entity, team["marta"], clock)
    touch = run.touches.get()
    assert (touch.asked_minor, touch.disputed_minor) == (12_200, 0)
    assert "122,00" in _newest(mails)


# ── A consumer in the States ─────────────────────────────────────────────────────────────────────


def test_the_eighth_call_in_seven_days_is_withheld(transactional_db, clock, window_of):
    clock.set(NOON + timedelta(hours=3))
    entity = an_entity()
    clerk = a_member(entity)
    customer = a_customer(entity, "Dana Whitfield", country="US", language="en", vat_number="")
    Contact.objects.filter(customer=customer).update(phone="+1 312 555 0163", name="Dana")
    an_open_item(customer, 48_000, due_date=clock.now().date() - 40 * DAY)
    terms = NewContactTerms(customer_id=customer.pk, time_zone="America/Chicago")
    set_contact_terms(new=terms, by=clerk, at=clock.now())

    page = window_of(clerk)(f"/customers/{customer.pk}/phone/")
    for _ in range(7):
        page.get_by_role("button", name="Call Dana").click()
        page.get_by_role("button", name="Nobody answered").click()
        settled(page)
        clock.set(clock.now() + timedelta(hours=1))
    page.get_by_role("button", name="Call Dana").click()
    settled(page)
    expect(page.locator("#notices")).to_contain_text("Not called:")
    expect(page.locator("main")).to_contain_text("US-OWN-DEBTS.max_attempts.7_in_7")
    expect(page.locator("main")).to_contain_text("would exceed the limit of 7 within 7 days")
    looks_right(page, "journey-eighth-call-1440")
    withheld = PhoneCall.objects.get(state="WITHHELD")
    assert withheld.rule.startswith("US-OWN-DEBTS.max_attempts")
    assert PhoneCall.objects.filter(state="ENDED").count() == 7
    assert page.problems == []
