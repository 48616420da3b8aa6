"""A creditor's claims in every state: five languages, two currencies, late and resting ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from tests.world.builders import a_customer, an_entity, an_invoice
from tests.world.claims import (
    a_claim,
    a_payment,
    a_short_payment,
    a_team,
    an_amount_claim,
    book_in_erp,
    propose,
    sign,
)

from concilia.cases.actions import snooze
from concilia.cases.models import Case, CaseMessage
from concilia.claims.actions import (
    Paper,
    Question,
    SignedDelivery,
    add_evidence,
    add_note,
    ask,
    compute_verdict,
    follow_posting,
)
from concilia.claims.actions.opening import ClaimDraft, DraftLine, write_claim
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Claim, ClaimDeduction
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.identity.models import Entity, Membership
from concilia.identity.queries import actor_of
from concilia.ledger.actions import mark_sent, record_posting_failure
from concilia.ledger.models import Posting
from concilia.ledger.ports import PostingFailed
from concilia.receivables.models import Invoice, InvoiceLine, OpenItem

CUSTOMERS = (
    ("kornhaus", "Kornhaus Bio GmbH", "DE", "de", "EUR"),
    ("dorval", "Maison Dorval SAS", "FR", "fr", "EUR"),
    ("ribera", "Supermercados La Ribera y Compañía de Distribución S.A.", "ES", "es", "EUR"),
    ("hartley", "Hartley & Sons Foods Ltd", "GB", "en", "GBP"),
    ("bonfanti", "Alimentari Bonfanti S.p.A.", "IT", "it", "EUR"),
)
NAMES = {
    "PEN-500": "Penne rigate 500 g",
    "FRO-350": "Frollini integrali 350 g",
    "OLI-5": "Olio extravergine 5 l",
}


@dataclass(frozen=True)
class Board:
    """The company, its people, and the claims by a short name."""

    entity: Entity
    team: dict[str, Membership]
    claims: dict[str, Claim]

    def __getitem__(self, name: str) -> Claim:
        return Claim.objects.get(pk=self.claims[name].pk)


def a_board() -> Board:
    """One claim ready to decide with everything on it, and a dozen around it."""
    now = datetime.now(UTC)
    entity = an_entity(
        settings={
            "rates": {"GBP": "1.17"},
            "clauses": [{"agreed": False, "where": "Contract 2026, art. 9"}],
            "partners": [{"name": "Trasporti Alpe Nord", "email": "pod@alpe-nord.example"}],
        }
    )
    team = a_team(entity)
    claims = {"main": the_main_claim(entity, team, now - timedelta(days=5))}
    claims |= _around(entity, team, now)
    return Board(entity, team, claims)


def the_main_claim(entity: Entity, team: dict[str, Membership], at: datetime) -> Claim:
    """12 cartons short, 14 crushed, one fee: judged partly valid, waiting for a decision."""
    customer = a_customer(entity, "Frischmarkt Nord eG", email_domains=["frischmarkt.example"])
    lines = [
        ("PEN-500", "200", "21.60", 0),
        ("FRO-350", "100", "27.00", 0),
        ("OLI-5", "60", "32.10", 0),
    ]
    invoice = _named(an_invoice(customer, lines, issue_date=at.date() - timedelta(days=29)))
    entry = a_payment(team["giulia"], invoice, 71_640)
    item = OpenItem.objects.get(kind="deduction", invoice=invoice)
    billed = {line.sku: line for line in invoice.lines.all()}
    draft = ClaimDraft(
        customer=customer,
        origin="message",
        channel="mailbox",
        reason="NC-01",
        confirmed=True,
        currency="EUR",
        lines=[
            _line(billed["PEN-500"], "12", "NC-01"),
            _line(billed["FRO-350"], "14", "NC-05"),
            DraftLine(
                claimed_minor=7_920,
                reason="NC-23",
                invoice=invoice,
                description="Bearbeitungsgebühr",
            ),
        ],
        received_at=at,
        their_reference="BA-77120",
        invoice=invoice,
        order=invoice.order,
        delivery=invoice.delivery,
        deduction=item,
        owner=team["giulia"],
    )
    with transaction.atomic():
        claim = write_claim(draft=draft, actor=actor_of(team["giulia"]), at=at)
        ClaimDeduction.objects.create(claim=claim, item=item, bank_entry=entry)
    compute_verdict(claim_id=claim.pk, at=at)
    _conversation(claim, team, at)
    _papers(claim, team, at)
    claim.refresh_from_db()
    return claim


def _named(invoice: Invoice) -> Invoice:
    for line in invoice.lines.all():
        InvoiceLine.objects.filter(pk=line.pk).update(
            description=NAMES.get(line.sku, line.description)
        )
    return invoice


def _line(billed: InvoiceLine, quantity: str, reason: str) -> DraftLine:
    claimed = int(Decimal(quantity) * billed.unit_price * 100)
    return DraftLine(
        claimed_minor=claimed,
        reason=reason,
        invoice=billed.invoice,
        invoice_line=billed,
        quantity=Decimal(quantity),
        unit_price=billed.unit_price,
    )


def _conversation(claim: Claim, team: dict[str, Membership], at: datetime) -> None:
    sender = claim.customer.contacts.get()
    message = Message.objects.create(
        entity=claim.entity,
        customer=claim.customer,
        lane="in",
        state="RECEIVED",
        sender=sender.email,
        sender_name=sender.name,
        subject="Belastungsanzeige BA-77120",
        body="Guten Tag, wie telefonisch besprochen fehlen aus der Lieferung zwölf Kartons Penne. "
        "Außerdem waren 14 Kartons Frollini zerdrückt. Den Betrag haben wir einbehalten.",
        language="de",
        key="in-1",
        written_at=at,
    )
    CaseMessage.objects.create(case=claim.case, message=message)
    note = "@Giulia il DDT firmato riporta riserva per 8 colli di penne, non 12. Frollini giusti."
    add_note(
        claim_id=claim.pk, text=note, files=[], member=team["marco"], at=at + timedelta(hours=3)
    )


def _papers(claim: Claim, team: dict[str, Membership], at: datetime) -> None:
    photo = Paper(
        evidence="PHO", filename="dock-4.jpg", content=b"photo", says="14 cartons, dock 4"
    )
    add_evidence(claim_id=claim.pk, paper=photo, member=team["marco"], at=at + timedelta(hours=4))
    paper = Paper(
        evidence="POD",
        filename="POD-5512.pdf",
        content=b"signed paper",
        says="mancano 8 colli penne, 14 frollini schiacciati",
        language="it",
    )
    signed = SignedDelivery(
        signed_by="J. Albers",
        signed_on=at.date() - timedelta(days=28),
        reserve="mancano 8 colli penne, 14 frollini schiacciati",
        received={"PEN-500": Decimal(192)},
        damaged={"FRO-350": Decimal(14)},
    )
    later = at + timedelta(hours=5)
    add_evidence(claim_id=claim.pk, paper=paper, signed=signed, member=team["marco"], at=later)
    compute_verdict(claim_id=claim.pk, at=later)


def _around(entity: Entity, team: dict[str, Membership], now: datetime) -> dict[str, Claim]:
    customers = {
        name: a_customer(entity, title, country=country, language=language, currency=currency)
        for name, title, country, language, currency in CUSTOMERS
    }
    found = _being_checked(customers, team["giulia"], now)
    found |= _with_others(customers, team["giulia"], now)
    found |= _decided(customers, team, now)
    return found


def _being_checked(
    customers: dict[str, Customer], giulia: Membership, now: datetime
) -> dict[str, Claim]:
    kornhaus, bonfanti, dorval = customers["kornhaus"], customers["bonfanti"], customers["dorval"]
    large = an_invoice(kornhaus, [("PEN-500", "99999", "21.60", 2200)])
    twin = an_invoice(kornhaus)
    found = {
        "price": a_claim(
            giulia, an_invoice(kornhaus), "NC-08", [("PEN-500", "40")], at=now - timedelta(days=8)
        ),
        "late": an_amount_claim(giulia, dorval, 43_260, "NC-03", an_invoice(dorval)),
        "pounds": an_amount_claim(
            giulia, customers["hartley"], 91_520, "NC-23", an_invoice(customers["hartley"])
        ),
        "unexplained": an_amount_claim(giulia, bonfanti, 4_810, "FI-16"),
        "huge": an_amount_claim(giulia, kornhaus, 123_456_789, "NC-17", large),
        "twin": a_claim(giulia, twin, "NC-08", [("FRO-350", "10")]),
        "other": a_claim(giulia, twin, "NC-08", [("FRO-350", "10")]),
        "rests": a_claim(giulia, an_invoice(bonfanti), "NC-10", [("PEN-500", "3")]),
    }
    until = now + timedelta(days=3)
    case_id = found["rests"].case_id
    snooze(
        case_id=case_id,
        until=until,
        reason="They call on Tuesday",
        past_deadline=True,
        member=giulia,
        at=now,
    )
    Case.objects.filter(pk=found["late"].case_id).update(
        opened_at=now - timedelta(days=12), due_at=now - timedelta(days=2)
    )
    return found


def _with_others(
    customers: dict[str, Customer], giulia: Membership, now: datetime
) -> dict[str, Claim]:
    ribera, dorval = customers["ribera"], customers["dorval"]
    customer = an_amount_claim(giulia, ribera, 103_600, "NC-06", an_invoice(ribera))
    words, to = "¿Puede enviarnos las fotos?", ribera.contacts.get().email
    question = Question(holder="customer", text=words, to=to, evidence="PHO")
    ask(claim_id=customer.pk, question=question, member=giulia, at=now - timedelta(days=2))
    carrier = a_claim(giulia, an_invoice(dorval), "NC-05", [("FRO-350", "22")])
    question = Question(holder="third", text="Merci d’envoyer le POD", to="pod@alpe-nord.example")
    ask(claim_id=carrier.pk, question=question, member=giulia, at=now - timedelta(days=1))
    return {"customer": customer, "carrier": carrier}


def _decided(
    customers: dict[str, Customer], team: dict[str, Membership], now: datetime
) -> dict[str, Claim]:
    giulia, marta = team["giulia"], team["marta"]
    bonfanti, ribera, dorval = customers["bonfanti"], customers["ribera"], customers["dorval"]
    invoice = an_invoice(bonfanti, [("PEN-500", "200", "21.60", 2200)])
    found = {
        "approval": an_amount_claim(giulia, bonfanti, 214_000, "NC-21", invoice),
        "posted": an_amount_claim(giulia, ribera, 1_450, "NC-09", an_invoice(ribera)),
        "failed": an_amount_claim(giulia, dorval, 64_000, "NC-09", an_invoice(dorval)),
        "refused": a_short_payment(giulia, an_invoice(ribera), 12_200, "NC-23"),
    }
    all_of_it = Choice.ACCEPT_ALL
    propose(found["approval"], giulia, all_of_it, reason="Agreed with sales", at=now)
    for name in ("posted", "failed"):
        sign(propose(found[name], giulia, all_of_it, reason="ok", at=now), marta, at=now)
    refusal = propose(found["refused"], giulia, Choice.REFUSE, reason="No está pactado", at=now)
    sign(refusal, marta, at=now)
    book_in_erp(found["posted"], at=now)
    _fail(found["failed"], now)
    return found


def _fail(claim: Claim, at: datetime) -> None:
    posting = Posting.objects.get(customer=claim.customer_id)
    mark_sent(posting_id=posting.pk)
    refusal = PostingFailed("Tryton: the period of November is closed", permanent=True)
    record_posting_failure(posting_id=posting.pk, failure=refusal, at=at)
    follow_posting(posting_id=posting.pk, at=at)
    claim.refresh_from_db()
