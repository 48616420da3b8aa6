"""The papers of a claim: attached ones, those our records stand for, and those that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from concilia.cases.core.papers import who_has
from concilia.cases.core.process.model import Holder
from concilia.cases.models import CaseDocument
from concilia.claims.core.facts import ClaimFacts, DeliveryFact, EvidenceFact, InvoiceFact
from concilia.claims.core.verdict import Held, checklist
from concilia.claims.queries.dossier import Dossier
from concilia.interfaces.components.formats import format_amount, format_day, format_number
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.claim_words import (
    PAPER_ICONS,
    department_name,
    evidence_name,
    language,
)

SAYS_MAX: Final = 160
PICTURES: Final = frozenset({"jpg", "jpeg", "png", "tiff", "heic", "webp", "gif"})
RECORD_KINDS: Final = frozenset({"invoice", "order", "delivery", "pod"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A paper we hold. `refs` are the names the verdict knows it by; `short` stands in a chip."""

    id: str
    code: str
    name: str
    short: str
    reads: str = ""
    reads_language: str = ""
    source: str = ""
    icon: str = "file-text"
    href: str = ""
    kind: str = "paper"
    picture: str = ""
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A paper we lack: whether the verdict waits for it, and who has it."""

    code: str
    name: str
    reads: str
    is_needed: bool
    holder: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPanel:
    """Cards and gaps; `count` says how far it goes, `spare` are gaps the verdict can do without."""

    cards: Sequence[Card]
    missing: Sequence[Missing]
    spare: Sequence[Missing]
    count: str


def panel_of(dossier: Dossier, today: date) -> PapersPanel:
    """Every paper of a claim, and what is missing with one act each."""
    cards = _signed_once([*_attached(dossier, today), *_records(dossier, today)])
    missing = list(_missing(dossier))
    needed = [one for one in missing if one.is_needed]
    total = len(cards) + len(missing)
    count = gettext("%(held)s of %(all)s") % {"held": len(cards), "all": total}
    enough = dossier.verdict is not None and not dossier.verdict.needs_person
    words = gettext("enough to decide") if enough else ""
    if needed:
        words = ngettext("%(n)s is missing", "%(n)s are missing", len(needed)) % {"n": len(needed)}
    return PapersPanel(
        cards=cards,
        missing=needed,
        spare=[one for one in missing if not one.is_needed],
        count=" · ".join(part for part in (count if total else "", words) if part),
    )


def _signed_once(cards: Sequence[Card]) -> list[Card]:
    """A signed paper in the case is the proof our record speaks of: one card for both."""
    paper = next((card for card in cards if card.code == "POD" and card.href), None)
    records = [card for card in cards if card.refs[0].startswith("pod:")]
    if paper is None or paper in records or not records:
        return list(cards)
    both = replace(paper, refs=(*paper.refs, *(ref for card in records for ref in card.refs)))
    return [both if card is paper else card for card in cards if card not in records]


def _attached(dossier: Dossier, today: date) -> Iterator[Card]:
    for paper in dossier.papers:
        name = evidence_name(paper.evidence)
        ending = paper.document.filename.rpartition(".")[2].lower()
        form = paper.document.format or ending
        is_picture = form in PICTURES
        yield Card(
            id=f"ev-{paper.pk}",
            code=paper.evidence,
            name=paper.document.filename or name,
            short=name,
            reads=paper.says[:SAYS_MAX] or name,
            reads_language=paper.says_language if paper.says else "",
            source=_source(paper, today),
            icon="photo" if is_picture else PAPER_ICONS.get(paper.evidence, "file-text"),
            href=address("document", paper.document_id),
            kind="photo" if is_picture else "paper",
            picture=_picture(paper.document_id) if is_picture or form == "pdf" else "",
            refs=(f"document:{paper.document_id}",),
        )


def _picture(document_id: int) -> str:
    return f"{reverse('desk:document-page', args=[document_id, 1])}?width=120"


def _source(paper: CaseDocument, today: date) -> str:
    who = paper.added_by.user.name.split()[0] if paper.added_by else gettext("Came in")
    return f"{who}, {format_day(paper.added_at.date(), today, language())}"


def _records(dossier: Dossier, today: date) -> Iterator[Card]:
    """What our own records prove: invoices, orders, deliveries, prices, promotions, payments."""
    facts = dossier.facts
    if facts is None:
        return
    for held in facts.evidence:
        kind, _, key = held.ref.partition(":")
        if kind in {"document", "price"}:
            continue
        name = " ".join(part for part in (evidence_name(held.code), held.title) if part)
        yield Card(
            id=f"ev-{kind}-{key}".replace(":", "-"),
            code=held.code,
            name=name,
            short=evidence_name(held.code),
            reads=_says(kind, held, facts, today),
            reads_language="",
            source=gettext("From the ERP") if kind != "claim" else gettext("From the bank"),
            icon=PAPER_ICONS.get(held.code, "file-text"),
            href=_record_address(dossier, kind, key),
            refs=(held.ref,),
        )
    yield from _prices(facts)


def _prices(facts: ClaimFacts) -> Iterator[Card]:
    """All prices we agreed on are one card: a price list, however many articles were bought."""
    held = [one for one in facts.evidence if one.ref.startswith("price:")]
    if not held:
        return
    articles = sorted({one.title for one in held})
    name = evidence_name(held[0].code)
    says = [_price_says(one, facts) for one in held]
    if len(articles) > 1:
        n = len(articles)
        says = [ngettext("%(n)s article", "%(n)s articles", n) % {"n": n}]
    yield Card(
        id="ev-prices",
        code=held[0].code,
        name=name if len(articles) > 1 else f"{name} {articles[0]}",
        short=name,
        reads=", ".join(dict.fromkeys(part for part in says if part)),
        source=gettext("From the ERP"),
        icon=PAPER_ICONS.get(held[0].code, "file-text"),
        refs=tuple(one.ref for one in held),
    )


def _record_address(dossier: Dossier, kind: str, key: str) -> str:
    """The record itself, on a page of its own; prices and promotions stand in the verdict."""
    if kind not in RECORD_KINDS or not key.isdecimal():
        return ""
    what = "delivery" if kind == "pod" else kind
    return reverse("desk:claim-record", args=[dossier.claim.pk, what, int(key)])


def _says(kind: str, held: EvidenceFact, facts: ClaimFacts, today: date) -> str:
    if kind == "invoice":
        found = next((one for one in facts.invoices if one.number == held.title), None)
        return _invoice_says(found, facts) if found else ""
    if kind in {"delivery", "pod"}:
        delivery = next((one for one in facts.deliveries if one.number == held.title), None)
        return _delivery_says(delivery, kind, today) if delivery else ""
    if kind == "claim" and facts.payment:
        day = format_day(facts.payment.value_on, today, language())
        return gettext("Paid short on %(day)s") % {"day": day}
    return ""


def _invoice_says(invoice: InvoiceFact, facts: ClaimFacts) -> str:
    n = len(invoice.lines)
    amount = format_amount(invoice.gross_minor, facts.currency, language())
    return ngettext("%(n)s line, %(amount)s", "%(n)s lines, %(amount)s", n) % {
        "n": n,
        "amount": amount,
    }


def _delivery_says(delivery: DeliveryFact, kind: str, today: date) -> str:
    if kind == "pod":
        if delivery.reserve:
            return f"«{delivery.reserve[:SAYS_MAX]}»"
        day = format_day(delivery.signed_on, today, language()) if delivery.signed_on else ""
        return gettext("Signed without reserve, %(day)s") % {"day": day}
    shipped = sum((line.shipped for line in delivery.lines), start=0)
    units = format_number(int(shipped), language()) if shipped else "0"
    day = format_day(delivery.shipped_on, today, language())
    return gettext("%(units)s units on %(day)s") % {"units": units, "day": day}


def _price_says(held: EvidenceFact, facts: ClaimFacts) -> str:
    source = held.ref.removeprefix("price:")
    price = next((one for one in facts.prices if one.source == source), None)
    if price is None:
        return ""
    agreed = format_number(price.unit_price.normalize(), language(), places=2)
    return gettext("%(price)s agreed") % {"price": agreed}


def _missing(dossier: Dossier) -> Iterator[Missing]:
    if dossier.facts is None or dossier.verdict is None or dossier.claim.decided_at:
        return
    held = {card.evidence for card in dossier.papers}
    for item in checklist(dossier.facts, dossier.verdict):
        if item.state is Held.HELD or (item.code in held and item.state is not Held.MISSING):
            continue
        holder, department = who_has(item.code, owner=dossier.claim.case.department)
        needed = item.state is Held.MISSING
        yield Missing(
            code=item.code,
            name=evidence_name(item.code),
            reads=_why_missing(dossier, item.code, department)
            if needed
            else gettext("Not needed for this verdict"),
            is_needed=needed,
            holder=str(holder),
            ask=_ask_words(holder, dossier, department),
        )


def _why_missing(dossier: Dossier, code: str, department: str) -> str:
    step = next((one for one in dossier.open_steps if one.evidence == code), None)
    if step and step.kind == "read":
        return gettext("It is here: somebody must read what it states")
    if step and step.holder == Holder.US and step.department:
        return gettext("%(department)s has been asked") % {
            "department": department_name(step.department)
        }
    return gettext("It would settle what is open") if step is None else gettext("Asked for")


def _ask_words(holder: Holder, dossier: Dossier, department: str) -> str:
    if holder is Holder.CUSTOMER:
        name = dossier.claim.customer.name
    elif holder is Holder.THIRD and dossier.claim.delivery and dossier.claim.delivery.carrier:
        name = dossier.claim.delivery.carrier
    else:
        name = department_name(department)
    return gettext("Ask %(name)s for it") % {"name": name}
