"""
One case the long way: fourteen steps, two branches at once, an absence, a customer who is waited
for and chased, a reopening, an appeal, three decisions. Clerk and CFO work at the desk; logistics,
who stands in for the account owner, and the approver act on the phone, from the mail they got.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.functional.look.test_gallery import keep_shot, looks_right
from tests.functional.settled import settled
from tests.world import dovecot
from tests.world.claims import books_hold
from tests.world.desk import Desk, go_to
from tests.world.inbox import a_pdf
from tests.world.links import link_in_mail
from tests.world.long_case import NUMBER_IN_ERP, RESERVE, STEPS, WRITER, Company, a_company, a_photo

from concilia.cases.models import ActionLink, Case, ClockStop, Notice
from concilia.cases.queries.processes import standing_of
from concilia.claims.models import Claim
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Membership
from concilia.ledger.models import JournalEntry

pytestmark = pytest.mark.django_db(transaction=True)
PAUSE = 2_200  # as long as a person needs at least
WIDTHS = (390, 1440)
CLAIMED, GRANTED = 25_920, 17_280
ASKED_THE_CUSTOMER = "Ci può mandare il vostro documento di ricezione?"
NO_RESERVE = "La bolla è firmata senza riserva per 100 cartoni."
Phone = Callable[[str], Page]


@pytest.fixture
def company(transactional_db: None, tmp_path, settings) -> Iterator[Company]:
    if dovecot.available() is None:
        pytest.skip("no Dovecot on this machine")
    with a_company(tmp_path, settings) as company:
        yield company


@pytest.fixture
def desk(browser, live_server) -> Iterator[Desk]:
    desk = Desk(browser, live_server.url)
    yield desk
    desk.close()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], live_server) -> Phone:
    """A telephone that knows nobody, at the link of somebody's mail."""

    def opened(path: str) -> Page:
        page = new_context(width=390).new_page()
        page.problems = []
        page.on("console", lambda said: said.type == "error" and page.problems.append(said.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(live_server.url + path)
        return page

    return opened


def test_a_case_the_long_way(company: Company, desk: Desk, phone: Phone) -> None:
    giulia = desk.sign_in(company.team["giulia"])
    _the_claim_is_opened_and_two_are_asked(giulia, company)
    _logistics_answers_by_phone_and_by_mail(phone, company)
    _who_stands_in_answers_for_the_account_owner(phone, company)
    _the_customer_is_asked(giulia, company)
    _and_waited_for_and_chased(company)
    _and_answers_by_mail(giulia, company)

    _read_the_paper(giulia, company, received="", reserve="", file=None)
    _refuse(giulia, company)
    _sign_by_link(phone, company, "I sign the refusal", "long-07-signing")
    assert stands(company) == ["cause"]
    _close(giulia, company)
    assert told(company) == ["luca", "marco", "nora"]

    _reopen(giulia, company)
    _refuse(giulia, company)
    _sign_by_link(phone, company, "I sign the refusal", "long-08-signing-again")
    _appeal(giulia, company)

    _read_the_paper(giulia, company, received="92", reserve=RESERVE, file="seconda-copia.pdf")
    _grant_the_valid_part(giulia, company)
    _sign_by_link(phone, company, "I approve", "long-09-signing-the-grant")
    assert stands(company) == ["chief"]
    _the_chief_signs_at_the_desk(desk, company)
    _the_erp_books_it_and_the_customer_hears(company)
    _close(giulia, company)

    _everything_adds_up(company)
    assert desk.problems == []


# ── Helpers ──────────────────────────────────────────────────────────────────────────────────────


def stands(company: Company) -> list[str]:
    """Where the case stands: its open steps in the names of the process, or how it ended."""
    case = Case.objects.select_related("process").get(entity=company.entity)
    standing = standing_of(case)
    assert standing is not None
    return sorted(one.step for one in standing.state.open) or [str(standing.state.ended)]


def told(company: Company) -> list[str]:
    """Whom the process informed of something, each once."""
    names = {member.pk: name for name, member in company.team.items()}
    rows = Notice.objects.filter(kind="informed").values_list("person", flat=True)
    return sorted({names[person] for person in rows})


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    said = str(body.get_content()).replace("\r\n", "\n")
    return said.replace("\N{NO-BREAK SPACE}", " ")


def newest_link(company: Company, whom: Membership) -> str:
    """The path of the link in the newest mail to somebody that carries one."""
    return link_in_mail(
        next(w for m in reversed(company.mails_to(whom)) if "/a/" in (w := words(m)))
    )


def pictured(page: Page, name: str) -> None:
    """A picture on the phone and at the desk; nothing is lost to the side."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        keep_shot(page, f"{name}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)


def at_the_claim(page: Page, company: Company) -> Page:
    """The clerk looks at the claim after the worker has done what was to do."""
    company.work()
    page.reload()
    settled(page)
    return page


def answer_by_link(page: Page, button: str, thanks: str) -> None:
    page.wait_for_timeout(PAUSE)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(thanks)


# ── The two branches ─────────────────────────────────────────────────────────────────────────────


def _the_claim_is_opened_and_two_are_asked(page: Page, company: Company) -> None:
    company.write(
        "In allegato la nota di addebito.\n",
        subject="Nota di addebito NA-4471, merce mancante",
        attachments=company.debit_note(),
    )
    go_to(page, "Home")
    pictured(page, "long-00-home")
    page.get_by_role("link", name="Nota di addebito NA-4471").click()
    page.get_by_role("button", name=f"Use {company.invoice.number}").click()
    expect(page.locator('.fld[data-ref="references.invoice:0"]')).to_contain_text("Giulia")
    page.get_by_role("button", name="Confirm and open the claim").click()
    page.locator("#notices").get_by_role("link", name="CLM-").click()
    expect(page.locator("h1")).to_contain_text(company.invoice.number)
    at_the_claim(page, company)
    assert stands(company) == ["pod", "promise"]
    expect(page.locator("#evidence")).to_contain_text("Marco Bellini")
    expect(page.locator("#evidence")).to_contain_text("Luca Serra")
    pictured(page, "long-01-two-asked")


def _logistics_answers_by_phone_and_by_mail(phone: Phone, company: Company) -> None:
    """Marco photographs the paper; the next question he answers by replying to its mail."""
    marco = company.team["marco"]
    (mail,) = company.mails_to(marco)
    assert "La bolla firmata" in mail["Subject"]
    page = phone(link_in_mail(words(mail)))
    looks_right(page, "long-02-logistics-asked")
    page.get_by_text("Firmata, senza riserva").click()
    page.locator("#files").set_input_files(
        {"name": "bolla.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    expect(page.get_by_alt_text("bolla.jpg")).to_be_visible()
    answer_by_link(page, "Invia a Giulia", "Grazie Marco, è arrivato.")
    looks_right(page, "long-03-logistics-done")
    company.work()
    assert stands(company) == ["promise", "tally"]

    asked = company.mails_to(marco)[-1]
    assert "Quanti cartoni sono stati caricati?" in asked["Subject"]
    company.reply(asked, "Cento cartoni, contati due volte.\n", by=marco.user.email)
    assert stands(company) == ["promise"]


def _who_stands_in_answers_for_the_account_owner(phone: Phone, company: Company) -> None:
    """Luca is away: Nora was asked, too, and answers; his own link says so kindly."""
    page = phone(newest_link(company, company.team["nora"]))
    looks_right(page, "long-04-stand-in-asked")
    page.get_by_label("La sua risposta").fill("Nessuna promessa scritta.")
    answer_by_link(page, "Invia a Giulia", "Grazie Nora, è arrivato.")
    company.work()
    assert stands(company) == ["receipt"]
    late = phone(newest_link(company, company.team["luca"]))
    expect(late.get_by_role("heading", level=1)).to_have_text("This has been answered already")
    expect(late.locator("body")).to_contain_text("Nora Villa was quicker")


# ── The customer ─────────────────────────────────────────────────────────────────────────────────


def _the_customer_is_asked(page: Page, company: Company) -> None:
    assert not company.mails_to(WRITER), "nothing leaves for the customer before a person asks"
    (asked,) = [m for m in company.mails_to(company.team["giulia"]) if "receipt" in m["Subject"]]
    assert "/a/" not in words(asked), "the customer is asked at the desk"
    go_to(page, "Home")
    page.get_by_role("link", name="Chiedere il loro documento").click()
    page.get_by_role("link", name="Ask a question").click()
    sheet = page.locator("#act")
    sheet.get_by_label("Whom").select_option("customer")
    sheet.get_by_label("Question").fill(ASKED_THE_CUSTOMER)
    sheet.get_by_role("button", name="Ask").click()
    expect(page.locator("#notices")).to_contain_text("Asked")
    at_the_claim(page, company)
    assert stands(company) == ["receipt"]
    expect(page.locator("#claim-top")).to_contain_text("paused")
    pictured(page, "long-05-waiting")


def _and_waited_for_and_chased(company: Company) -> None:
    """A week goes by: one reminder, with the link they have; it costs us none of our own time."""
    case = Case.objects.get(entity=company.entity)
    for by in (timedelta(days=7), timedelta(minutes=10)):
        company.let_pass(case, by)
    first, chase = company.mails_to(WRITER)
    assert ASKED_THE_CUSTOMER in words(first)
    assert "aspettiamo ancora la sua risposta" in chase["Subject"]
    assert ASKED_THE_CUSTOMER in words(chase)
    assert words(chase).rstrip().endswith("Cordiali saluti\nMolino Aurora")
    assert link_in_mail(words(chase)) == link_in_mail(words(first))
    assert chase["In-Reply-To"] == first["Message-ID"]


def _and_answers_by_mail(page: Page, company: Company) -> None:
    case = Case.objects.get(entity=company.entity)
    put_back = case.due_at
    chase = company.mails_to(WRITER)[-1]
    company.reply(chase, "Buongiorno, non abbiamo altri documenti.\n", by=WRITER)
    assert stands(company) == ["propose"]
    assert ClockStop.objects.get(case=case).ended_at is not None
    case.refresh_from_db()
    assert put_back is not None
    assert case.due_at is not None
    assert case.due_at - put_back >= timedelta(days=6), "their week moved our deadline"
    at_the_claim(page, company)
    conversation = page.locator("#conversation")
    for said in ("non abbiamo altri documenti", "Cento cartoni, contati due volte."):
        expect(conversation).to_contain_text(said)
    expect(conversation).not_to_contain_text(link_in_mail(words(chase)))
    for happened in (f"Reminder to {WRITER}", "Nora Villa answered by a link"):
        expect(page.locator("main")).to_contain_text(happened)
    pictured(page, "long-06-answered")


# ── Deciding ─────────────────────────────────────────────────────────────────────────────────────


def _read_the_paper(
    page: Page, company: Company, *, received: str, reserve: str, file: str | None
) -> None:
    """She types what the signed paper says: the one that came by link, or a second copy."""
    claim = Claim.objects.get()
    page.goto(f"{page.url.split('/claims/')[0]}/claims/{claim.pk}/papers/?kind=POD")
    if file:
        content = a_pdf(["DDT, seconda copia", reserve])
        page.get_by_label("File", exact=True).set_input_files(
            {"name": file, "mimeType": "application/pdf", "buffer": content}
        )
    page.get_by_label("Signed by").fill("L. Moretti")
    page.get_by_label("On", exact=True).fill(f"{company.invoice.issue_date:%Y-%m-%d}")
    if received:
        page.get_by_label("Reserve, in their words").fill(reserve)
        page.get_by_label("Received of PEN-500").fill(received)
    page.get_by_role("button", name="Add the paper").click()
    expect(page.locator("#evidence")).to_contain_text(file or "bolla.jpg")
    at_the_claim(page, company)
    verdict = "Partly valid: 172.80 of 259.20" if received else "Not valid: nothing of 259.20"
    expect(page.locator("#verdict")).to_contain_text(verdict)


def _refuse(page: Page, company: Company) -> None:
    rail = page.locator("#decision")
    rail.get_by_label("Refuse all").check()
    rail.get_by_label("Ground of the refusal").select_option(label="Our records say otherwise")
    rail.get_by_label("Why", exact=True).fill(NO_RESERVE)
    rail.get_by_role("button", name="Send for approval").click()
    expect(page.locator("#notices")).to_contain_text("sent to Marta Conti")
    company.work()
    assert stands(company) == ["sign"]


def _grant_the_valid_part(page: Page, company: Company) -> None:
    rail = page.locator("#decision")
    rail.get_by_label("Accept the valid part").check()
    pictured(page, "long-10-granting")
    rail.get_by_role("button", name="Send for approval").click()
    expect(page.locator("#notices")).to_contain_text("sent to Marta Conti")
    company.work()
    assert stands(company) == ["sign"]


def _sign_by_link(phone: Phone, company: Company, choice: str, name: str) -> None:
    """Marta gets one mail for each signature, and signs from the train."""
    marta = company.team["marta"]
    page = phone(newest_link(company, marta))
    page.get_by_text(choice).click()
    looks_right(page, name)
    answer_by_link(page, "Decide so", "Thank you Marta, it has arrived.")
    company.work()


def _close(page: Page, company: Company) -> None:
    at_the_claim(page, company)
    page.locator("#decision").get_by_role("link", name="Close the case").click()
    sheet = page.locator("#act")
    sheet.get_by_label("Warehouse or transport").check()
    sheet.get_by_role("button", name="Close the case").click()
    expect(page.locator("#notices")).to_contain_text("Closed")
    company.work()
    assert stands(company) == ["closed"]


# ── The customer does not agree ──────────────────────────────────────────────────────────────────


def _reopen(page: Page, company: Company) -> None:
    """They write about the closed case; she opens it again, and who was asked is asked anew."""
    asked_before = len(company.mails_to(company.team["marco"]))
    company.write("Chiediamo di rivedere il caso.\n", subject="CLM-0001: da rivedere")
    at_the_claim(page, company)
    expect(page.locator("#conversation")).to_contain_text("Chiediamo di rivedere il caso.")
    pictured(page, "long-11-closed")
    _act(page, "Open it again", "Open it again", "Il cliente chiede di rivedere.")
    expect(page.locator("#notices")).to_contain_text("Open again")
    at_the_claim(page, company)
    assert stands(company) == ["promise", "tally"]
    assert len(company.mails_to(company.team["marco"])) == asked_before + 1


def _appeal(page: Page, company: Company) -> None:
    refusal = company.mails_to(WRITER)[-1]
    assert NO_RESERVE in words(refusal)
    paper = {"riserva.pdf": a_pdf(["La seconda copia porta la riserva", RESERVE])}
    company.reply(refusal, "Sulla seconda copia c'è la riserva.\n", by=WRITER, attachments=paper)
    at_the_claim(page, company)
    expect(page.locator("#evidence")).to_contain_text("riserva.pdf")
    _act(page, "The customer appeals", "Check it again", "Sulla seconda copia c'è la riserva.")
    expect(page.locator("#notices")).to_contain_text("Checked again")
    at_the_claim(page, company)
    pictured(page, "long-12-appealed")


def _act(page: Page, link: str, button: str, reason: str) -> None:
    page.locator("#decision").get_by_role("link", name=link).click()
    sheet = page.locator("#act")
    sheet.get_by_role("textbox").fill(reason)
    sheet.get_by_role("button", name=button).click()


# ── The CFO, the ERP, the end ────────────────────────────────────────────────────────────────────


def _the_chief_signs_at_the_desk(desk: Desk, company: Company) -> None:
    enzo = company.team["enzo"]
    # What is late by then, which depends on the day of the week, is told to him as well.
    (mail,) = [each for each in company.mails_to(enzo) if "signature" in each["Subject"]]
    assert "172.80 EUR" in mail["Subject"].replace("\N{NO-BREAK SPACE}", " ")
    page = desk.sign_in(enzo)
    pictured(page, "long-13-chief-home")
    page.locator("main").get_by_role("link", name="Signature").first.click()
    expect(page.locator("#decision")).to_contain_text("172.80")
    pictured(page, "long-14-chief-signs")
    page.locator("#decision").get_by_role("button", name="Sign A").click()
    expect(page.locator("#notices")).to_contain_text("signed")
    company.work()
    assert stands(company) == ["post"]


def _the_erp_books_it_and_the_customer_hears(company: Company) -> None:
    posting = company.erp_answers()
    assert (posting.state, posting.erp_number) == ("POSTED", NUMBER_IN_ERP)
    assert len(list((company.folder / "out").glob("*.json"))) == 1
    answer = company.mails_to(WRITER)[-1]
    assert "Accogliamo 172,80 EUR su 259,20 EUR" in words(answer)
    assert stands(company) == ["cause"]


def _everything_adds_up(company: Company) -> None:
    claim = Claim.objects.get()
    amounts = (claim.claimed_minor, claim.approved_minor, claim.denied_minor)
    assert amounts == (CLAIMED, GRANTED, CLAIMED - GRANTED)
    assert (claim.state, claim.appeals) == ("CLOSED", 1)
    booked = JournalEntry.objects.filter(entity=company.entity, kind="CREDIT_NOTE")
    assert booked.count() == 1, "the money is booked once"
    books_hold(company.entity)  # the ledger balances, and the chain of the audit log is whole

    standing = standing_of(Case.objects.select_related("process").get(pk=claim.case_id))
    assert standing is not None
    walked = {one.step for one in standing.state.passed}
    assert len(list(standing.definition.steps)) == STEPS
    assert walked == {step.id for step in standing.definition.steps}

    _the_log_tells_it(claim)
    _nobody_got_anything_twice(company)
    assert (
        not ActionLink.objects.filter(case=claim.case_id, state="OPEN", seat=None)
        .exclude(step__state__in=("DONE", "CANCELLED"))
        .exists()
    ), "no link is left that still does something"


def _the_log_tells_it(claim: Claim) -> None:
    """Who did what, by which way, in order."""
    entries = AuditEntry.objects.filter(subject_type="case", subject_id=claim.case_id)
    log = [(one.act, one.actor_name) for one in entries.order_by("seq")]
    story = [
        ("claim.opened", "Giulia Ferri"),
        ("link.answered", "Marco Bellini"),
        ("case.evidence_added", "Marco Bellini"),
        ("link.replied", "Marco Bellini"),
        ("link.answered", "Nora Villa"),
        ("case.asked", "Giulia Ferri"),
        ("case.reminded", "reminder"),
        ("case.reply_received", "Concilia"),
        *[("decision.proposed", "Giulia Ferri"), ("decision.signed", "Marta Conti")],
        ("claim.answered", "Marta Conti"),
        *[("decision.proposed", "Giulia Ferri"), ("decision.signed", "Marta Conti")],
        *[("decision.proposed", "Giulia Ferri"), ("decision.signed", "Marta Conti")],
        ("decision.signed", "Enzo Fabbri"),
        ("claim.settled", "Enzo Fabbri"),
    ]
    rest = iter(log)
    assert all(step in rest for step in story), log
    signed = entries.filter(act="decision.signed").order_by("seq")
    assert ["link" in one.data for one in signed] == [True, True, True, False]
    assert sum(act == "case.reminded" for act, _name in log) == 1


def _nobody_got_anything_twice(company: Company) -> None:
    """Each mail left once; the customer never read a word meant for colleagues."""
    names = [mail["Message-ID"] for mail in company.post_office.mails]
    assert len(names) == len(set(names))
    asked = [m for m in company.mails_to(company.team["marta"]) if "sign" in m["Subject"].lower()]
    assert len(asked) == 3, "one mail for each signature"
    # Asked, chased, refused, refused again, granted.
    assert len(company.mails_to(WRITER)) == 5
    said = "".join(map(words, company.mails_to(WRITER)))
    for secret in ("contati due volte", "Nessuna promessa scritta", "Il cliente chiede"):
        assert secret not in said
