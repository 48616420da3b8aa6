"""How much is claimed, and what a document adds up to: the amount its words point at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import Amount, total
from concilia.documents.core.context import Context
from concilia.documents.core.line_reading import ReadLine
from concilia.documents.core.words import fold

POINTED: Final = 1
POINTED_STRICTLY: Final = 2
LONE: Final = -3  # the only amount of a claim is the claimed one, unless the words deny it
BEFORE_CHARS: Final = 90
AFTER_CHARS: Final = 45
CLAIM_KINDS: Final = frozenset({"claim", "credit_request"})
SUMMED: Final = frozenset(
    {
        "debit_note",
        "credit_request",
        "promotion_invoice",
        "invoice",
        "credit_note",
        "remittance_advice",
        "order",
    }
)

WANTED: Final = re.compile(
    r"credit|refund|reimburs|deduct|withh[eo]ld|claim|differen|short.?pa|compensat|damage|loss|charge|penalt|disput|"
    r"set off|offset|freight|carriage|surcharge|need|back\b|should not be|overcharg|too much|reduc|discount|rebate|bonus|owe|value of|worth|amounting|amount of|"
    r"accredit|storn|rimbors|trattenut|detra|dedo|decurt|scala|abbuon|contest|risarc|danno|danni|penal|in piu|"
    r"pari a|spese|manca|mancano|dobbiamo avere|valore|ammonta|addebit|reclam|compens|premio|contribut|sconto|tratt[ei]n|"
    r"avoir|rembours|dedui|deduct|retenu|retenue|ecart|litige|indemnis|dommage|reclam|prejudice|"
    r"d'un montant|manque|frais|port\b|soit|valeur|imput|trop|remise|ristourne|participation|"
    r"abon[oa]|portes|faltan|falta|deben|reembols|descont|retenid|diferencia|reclam|deduc|perjuicio|importe de|valor|cargo|de mas|"
    r"compens|descuento|rapel|rappel|aportacion|reintegr|"
    r"gutschrift|gutzuschreib|erstatt|abzug|abgezogen|abziehen|gekurzt|kurz|einbehalt|differenz|schaden|belast|reklam|"
    r"forder|schreib|fehl|zu unrecht|fracht|in hohe|hohe von|wert von|zu viel|zuviel|minder|rabatt|bonus|warenwert|verrechn|betrag von|ponale"
)
OF_INVOICE: Final = re.compile(
    r"\b(?:invoice|inv\.?|bill|fattur[ae]|ft\.?|facture|factura|fra\.?|rechnung)\s?(?:n[.or°]*|no\.?|nr\.?|number|numero)?"
    r"[^a-z]{0,25}(?:\s(?:of|over|for|di|da|del|de|du|d'un montant de|von|vom|uber|por|por importe de|per))?"
    r"[^a-z]{0,18}(?:eur|euro|€|£|gbp)?\s*$"
)
UNWANTED: Final = re.compile(
    r"\b(?:paid|pagat[oi]|bonificat[oi]|pay[e]e?s?|regle|pagado|abonado|bezahlt|uberwiesen|gezahlt|transferred|"
    r"instead of|invece di|anziche|au lieu de|en lugar de|en vez de|statt|anstatt|unit price|price of|at a price|"
    r"prezzo (?:unitario|di|concordato)|prix (?:unitaire|de|convenu)|precio (?:unitario|de|acordado)|preis von|"
    r"einzelpreis|stuckpreis|invoiced at|fatturato a|facture a|facturado a|berechnet mit|agreed price|per unit|"
    r"charged at|total invoice|invoice total|totale fattura|total facture|total factura|rechnungsbetrag|"
    r"rechnungssumme|gesamtrechnung|out of|su un totale di|sur un total de|balance of|saldo di|saldo von|"
    r"remaining|rest(?:ante|lich|betrag)?|will pay|pagheremo|paierons|pagaremos|werden wir|over|above|oltre|"
    r"superior[ei]? a|au-dela de|au-dessus de|ab|exceeds?|minimum|minimo)\s[^.;,\d]{0,16}$"
)
UNIT_PRICE_AFTER: Final = re.compile(
    r"^\s?(?:€|eur|euro)?\s?(?:/|each\b|per (?:unit|piece|case|kg|carton|box|bottle|pallet|pezzo|collo|cartone|piece)|"
    r"a pezzo|al (?:pezzo|kg|collo|cartone|litro)|cad\b|cadauno|l'uno|piece\b|par (?:piece|carton|kg|colis)|le (?:kg|colis|carton)|"
    r"la piece|pro (?:stuck|kg|karton|flasche)|je (?:stuck|kg|karton|flasche)|cada un[oa]|por (?:unidad|kilo|caja|kg)|la unidad|"
    r"apiece|a piece|ea\b|/ ?(?:kg|pz|pc|st|unit))"
)
WHOLE: Final = re.compile(
    r"\btotal|totale|in tutto|complessiv|insgesamt|gesamt|en total|au total|in all|in total|summe|overall"
)
GROSS: Final = re.compile(
    r"incl|ivato|iva compresa|ttc|inkl|brutto|gross|con iva|lord|iva incluid|toutes taxes|mit mwst"
)
NET: Final = re.compile(
    r"excl|netto|net of|iva esclusa|\bht\b|hors tax|zzgl|sin iva|imponibil|plus vat|\+ ?(?:vat|iva|tva|mwst)"
)

TOTAL_LINES: Final = (
    (
        9,
        re.compile(
            r"grand total|total (?:amount )?(?:due|payable|claimed|deduct\w*|paid|payment|to (?:be )?credit\w*|incl\w*|charge\w*|debit\w*|claim|gross)|"
            r"amount (?:due|payable|paid|claimed|of this)|total debit|payment (?:total|amount)|"
            r"totale (?:documento|fattura|generale|nota|addebito|a pagare|da (?:pagare|accreditare|stornare)|ivato|lordo|bonifico|pagat\w*|pagamento|complessivo|trattenut\w*|iva inclusa|contestat\w*)|"
            r"importo (?:totale|bonifico|pagato|del bonifico|complessivo)|netto a pagare|"
            r"total (?:ttc|general|a payer|a deduire|du (?:virement|reglement|paiement)|regle|paye|a crediter|de la note)|net a payer|"
            r"montant (?:total|du (?:virement|reglement|paiement)|regle|ttc|vire)|"
            r"(?:importe )?total (?:factura|a pagar|a abonar|pagado|cargo|del? (?:pago|cargo)|transferencia|iva incl\w*|a descontar|transferido)|importe (?:total|transferido|pagado|de la transferencia)|"
            r"gesamt(?:betrag|summe|zahlung|abzug)|end(?:betrag|summe)|rechnungs(?:betrag|summe)|brutto(?:betrag|summe)?|"
            r"zahl(?:ungs)?betrag|uberweisungsbetrag|belastungsbetrag|gutschriftsbetrag|total brutto|zu zahlen"
        ),
    ),
    (
        6,
        re.compile(
            r"\btotal(?:e|es|s)?\b|\bsumme\b|\bsomma\b|\bgesamt\b|\bbalance due\b|\btotaux\b"
        ),
    ),
)
NOT_TOTAL: Final = re.compile(
    r"sub.?total|zwischensumme|totale (?:imponibile|iva|righe|merce|netto)|total (?:ht|tva|net|vat|tax|iva|discount|remise|neto|hors)|\bvat\b|\biva\b(?! (?:incl|compr))|\btva\b|"
    r"\bmwst\b|\bust\b|imponibile|netto(?:betrag|summe)|nettobetrag|base imponible|warenwert netto|gesamt netto|summe netto|total netto|steuer"
)


@dataclass(frozen=True, slots=True)
class Found:
    """An amount and where it stands; `start` is None for one that was added up."""

    value: Decimal
    currency: str | None
    start: int | None
    end: int


def claimed_amount(context: Context, kind: str, lines: Sequence[ReadLine]) -> Found | None:
    """Return what the writer wants back, refuses to pay or has deducted, in total."""
    if kind == "remittance_advice":
        cut = total(Decimal(line.deducted) for line in lines if line.deducted)
        return Found(cut, None, None, 0) if cut is not None else _pointed_at(context, strict=True)
    if kind in {"debit_note", "promotion_invoice"}:
        return document_total(context, kind, lines) or _pointed_at(context, strict=False)
    if kind not in CLAIM_KINDS:
        return None
    pointed = _pointed_at(context, strict=False)
    if kind == "credit_request" or not context.is_letter:
        return _table_total(context, ("deducted", "amount")) or pointed or _printed_total(context)
    return pointed or _table_total(context, ("deducted",))


def document_total(context: Context, kind: str, lines: Sequence[ReadLine]) -> Found | None:
    """Return the document's own total; for a remittance the amount paid."""
    if kind not in SUMMED or (context.is_mail and not context.tables and kind == "order"):
        return None
    if kind == "remittance_advice":
        paid = _table_total(context, ("paid", "amount")) or _printed_total(context)
        added = total(Decimal(line.paid) for line in lines if line.paid)
        if paid is not None:
            return paid
        if added is not None:
            return Found(added, None, None, 0)
        return _largest(context)
    if kind == "debit_note":
        return (
            _printed_total(context)
            or _table_total(context, ("deducted", "amount"))
            or _largest(context)
        )
    return (
        _printed_total(context)
        or _table_total(context, ("amount", "invoiced"))
        or _largest(context)
    )


def _pointed_at(context: Context, *, strict: bool) -> Found | None:
    """Return the amount the words around it make the claim; None if several do and none is a total."""
    scored = []
    for amount in context.amounts:
        if amount.value <= 0 and not strict:
            amount = Amount(
                abs(amount.value), amount.currency, amount.start, amount.end, amount.has_cents
            )
        scored.append((_pull(context, amount), amount))
    scored = [(pull, amount) for pull, amount in scored if amount.value > 0]
    if not scored:
        return None
    best = max(pull for pull, _ in scored)
    alone = len({amount.value for _, amount in scored}) == 1
    if best < (POINTED_STRICTLY if strict else LONE if alone else POINTED):
        return None
    chosen = [amount for pull, amount in scored if pull == best]
    if len({amount.value for amount in chosen}) > 1:
        sums = _sum_of_others(chosen)
        if sums is None:
            return None
        chosen = [sums]
    amount = chosen[-1]
    return Found(amount.value, amount.currency, amount.start, amount.end)


def _sum_of_others(chosen: list[Amount]) -> Amount | None:
    """Of several amounts claimed, the one that is the sum of the others is the total."""
    values = {amount.value for amount in chosen}
    for amount in chosen:
        if sum(values - {amount.value}, Decimal(0)) == amount.value:
            return amount
    return None


def _pull(context: Context, amount: Amount) -> int:
    """Return how strongly the words around an amount say that it is the claimed one."""
    text = context.live
    begin = max(0, amount.start - BEFORE_CHARS)
    before = fold(text[begin : amount.start])
    before = re.split(r"[.;!?]\s|\n\s*\n|\t", before)[-1]
    after = fold(text[amount.end : amount.end + AFTER_CHARS])
    after = re.split(r"[.;!?](?:\s|$)|\n\s*\n|\t", after)[0]
    pull = 0
    if WANTED.search(before[-60:]):
        pull += 3
    elif WANTED.search(before) or WANTED.search(after):
        pull += 2
    if WHOLE.search(before[-45:]) or WHOLE.search(after[:25]):
        pull += 2
    if OF_INVOICE.search(before):
        pull -= 3
    if UNWANTED.search(before):
        pull -= 5
    if UNIT_PRICE_AFTER.search(after):
        pull -= 5
    if GROSS.search(after[:25]) or GROSS.search(before[-25:]):
        pull += 1
    if NET.search(after[:20]):
        pull -= 1
    return pull


def _table_total(context: Context, roles: Sequence[str]) -> Found | None:
    """Return the total below the first of these columns that has one, else its sum."""
    for role in roles:
        for table in context.tables:
            if role in table.totals:
                cell = table.total_cells[role]
                return Found(abs(table.totals[role]), table.currency, cell.start, cell.end)
        added = total(getattr(line, role) for table in context.tables for line in table.lines)
        if added is not None and role in {"deducted", "paid"}:
            currency = next((table.currency for table in context.tables if table.currency), None)
            return Found(abs(added), currency, None, 0)
    return None


def _printed_total(context: Context) -> Found | None:
    """Return the amount on the line that calls itself the total."""
    best: tuple[int, Amount] | None = None
    for amount in context.amounts:
        weight = _total_weight(context, amount)
        if weight and (best is None or weight >= best[0]):
            best = (weight, amount)
    if best is None:
        return None
    amount = best[1]
    return Found(abs(amount.value), amount.currency, amount.start, amount.end)


def _total_weight(context: Context, amount: Amount) -> int:
    text = context.live
    begin = text.rfind("\n", 0, amount.start) + 1
    line = fold(text[begin : amount.start])
    if not line.strip():
        above = text.rfind("\n", 0, max(0, begin - 1)) + 1
        line = fold(text[above:begin])
    if NOT_TOTAL.search(line):
        return 0
    for weight, pattern in TOTAL_LINES:
        if pattern.search(line):
            return weight
    return 0


def _largest(context: Context) -> Found | None:
    """A short document with amounts and no total: the largest of them."""
    amounts = [amount for amount in context.amounts if amount.value > 0]
    if not amounts or context.is_mail:
        distinct = {amount.value for amount in amounts}
        if len(distinct) != 1:
            return None
    amount = max(amounts, key=lambda each: each.value)
    return Found(amount.value, amount.currency, amount.start, amount.end)
