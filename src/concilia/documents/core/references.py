"""
Numbers of invoices, orders, deliveries, customers, claims, promotions and returns in a text.

A number is found by the word before it (`fattura n. 12/A del ...`, `PO 4500012345`), in lists after
such a word (`invoices 101, 102 and 103`), or by a shape that speaks for itself (`INV-2026-00123`).
Values come out as printed, without the label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from concilia.documents.core.words import fold

KINDS: Final = ("invoice", "order", "delivery", "customer", "claim", "promotion", "return")

# Label words on folded text. Longer ones stand first where they share a beginning.
LABELS: Final[dict[str, str]] = {
    "claim": (
        r"debit ?(?:note|memo|advice)s?|debit ?memo|nota di debito|note di debito|nota di addebito|"
        r"note di addebito|nota d'addebito|nota debito|nota addebito|notes? de debit|notas? de cargo|"
        r"notas? de debito|nota de adeudo|belastungsanzeigen?|belastung(?:snote)?s?(?:nummer|nr)?|"
        r"belastungsnummer|lastschriftanzeigen?|ns\.? ?nota(?: di addebito)?|claims?|claim ?(?:ref|id)|complaint|"
        r"reclamo|reclami|pratica|contestazione|reclamation|dossier(?: litige)?|litige|reclamacion|"
        r"incidencia|expediente|reklamation(?:snummer|snr|s-nr)?|beanstandung(?:snummer|snr)?|vorgang(?:snummer|snr)?|"
        r"ticket|case|chargeback|nda|ndd|nd|dispute|segnalazione|non conformita|mangelruge|avis de debit|"
        r"deduction|abzug(?:snummer|snr)?|our ref(?:erence)?|ns\.? ?rif\.?|nostro rif(?:erimento)?|"
        r"notre ref(?:erence)?|n/ref\.?|nuestra ref(?:erencia)?|unser zeichen|unsere ref(?:erenz)?"
    ),
    "return": (
        r"rma|returns?(?: ?(?:note|authori[sz]ation|slip|order|auth))?|ra|autorizzazione (?:al )?(?:reso|resi)|"
        r"bolla (?:di )?reso|ddt (?:di )?reso|resi|reso|accord de retour|bon de retour|"
        r"autorisation de retour|retour|autorizacion de devolucion|albaran de devolucion|devolucion|"
        r"retoure(?:n)?(?:nummer|nr|schein|-nr)?|rucksendung(?:snummer|snr)?|rucksendenummer|ruckgabe(?:nummer|schein)?|"
        r"rucksendegenehmigung|rucklieferschein|vret"
    ),
    "delivery": (
        r"delivery ?(?:notes?|dockets?|tickets?|slips?)|deliveries|delivery|dispatch ?notes?|despatch ?(?:notes?|advice)|"
        r"dn|shipment|consignment(?: note)?|waybill|cmr|ddt|d\.d\.t\.?|documento di trasporto|boll[ae](?: di consegna)?|"
        r"bons? de livraison|b\.l\.|bl|livraison|bordereau(?: de livraison)?|albaran(?:es)?|alb\.?|nota de entrega|"
        r"entrega|lieferscheine?n?(?:nummer|nr|-nr)?|ls(?:-nr)?|lieferung(?:snummer|snr)?|frachtbrief|pod|"
        r"packing ?(?:slip|list)|asn|consegna|spedizione|expedition|sendung(?:snummer|snr)?|tracking|"
        r"lettera di vettura|lettre de voiture|carta de porte"
    ),
    "order": (
        r"purchase ?orders?|p\.o\.|po|orders?|oda|o\.d\.a\.|ordin[ei](?: (?:di|d') ?acquisto)?|buon[oi] d'ordine|"
        r"odv|ord\.?|commandes?|bons? de commande|cde|cmde|bdc|bc|pedidos?|orden(?:es)? de compra|oc|ped\.?|"
        r"bestellung(?:en)?(?:snummer|snr|s-nr)?|bestell(?:nummer|nr|-nr|nr)|best\.?-?nr|auftrag(?:s)?(?:nummer|nr|-nr)?|"
        r"auftrage|order(?:nummer|nr)|commessa|contratto|contract|contrat|contrato|vertrag(?:snummer|snr)?|"
        r"kommission(?:snummer)?"
    ),
    "customer": (
        r"customer(?: ?(?:account|code|id|ref))?|client(?: ?(?:account|code|id))?|account(?: ?(?:code|id|ref))?|"
        r"codice cliente|cod\.? ?cliente|cod\.? ?cli\.?|cliente|n\.? ?cliente|conto cliente|code client|compte(?: client)?|"
        r"(?:numero|n[o°]?\.?|ref\.?) ?(?:de )?client|codigo (?:de )?cliente|cuenta(?: de cliente)?|"
        r"(?:numero|n[o°º]?\.?) ?(?:de )?cliente|kunden(?:nummer|nr|-nr|konto)|kd\.?-?nr|kundenkonto|debitor(?:en)?(?:nummer|nr|-nr)?|"
        r"acct|supplier account|our account with you"
    ),
    "promotion": (
        r"promo(?:tion)?s?(?: ?(?:code|id|agreement|deal|ref))?|deal(?: ?(?:sheet|id|number|ref))?|promozion[ei]|"
        r"codice promo|accordo(?: (?:promo(?:zionale)?|quadro|commerciale))?|operation(?: promotionnelle)?|"
        r"op(?:e)?(?:ration)? promo(?:tionnelle)?|accord(?: (?:promotionnel|commercial))?|promocion(?:es)?|"
        r"codigo promo(?:cional)?|acuerdo(?: (?:promocional|comercial))?|campana|aktion(?:s)?(?:nummer|nr|-nr|code)?|"
        r"aktionsvereinbarung|campaign|campagna|campagne|kampagne|agreement|vereinbarung(?:snummer|snr)?|offerta|oferta|nip"
    ),
    "invoice": (
        r"tax ?invoices?|invoices?|inv\.?|bills?|fattur[ae]|fatt\.?|ft\.?|fat\.?|factures?|fact\.?|fac\.?|facturas?|"
        r"fras?\.?|fc\.?|rechnung(?:en)?(?:s)?(?:nummern?|nr|-nr|nrn)?|rechn\.?(?:-?nr)?|rg\.?(?:-?nr)?|re\.?(?:-?nr)|"
        r"re|faktura|fakturen|beleg(?:nummer|nr|-nr)?|belege|document(?:o|i|s)?|documents?|dok\.?|documentos?|"
        r"doc\.?|statement item|postes?|posten|partit[ae]|bolletta|recibo"
    ),
}
NUMBER_WORDS: Final = (
    r"(?:(?:number|numbers|num|numero|numeri|numeros|nummern?|nn|n[ro]?s?|no|nos|nrn?|n[°ºo]s?|nrs|ref|reference|"
    r"references|rif|riferimento|referencia|referenz|id|code|codice|codigo|with|con|avec|mit|der|die|den|la|"
    r"il|le|el|du|del|de|your|our|my|vostra|vs|vostre|vostro|ns|nostra|nostro|nostre|notre|nos|votre|vos|"
    r"su|sus|nuestra|nuestro|vuestra|ihre|ihrer|unsere|unserer|unser|is|are|e|sono|ist|lautet|est|es|son|both|commerciale|elettronica|"
    r"d'achat|fournisseur|di|acquisto|commande|achat|proveedor|compra|client|cliente|lieferant)\b\.?"
    r"|[°º#:.)\-–]|\()"
)
SHORT_WORDS: Final = (
    r"(?:(?:n[ro]?s?|nn|num|numero|number|la|il|el|le|der|die|the|il|l')\b\.?|[°º#.])"
)
FILLER: Final = re.compile(
    rf"(?:[ \t\u00a0]*{NUMBER_WORDS}[ \t\u00a0]*){{0,6}}(?::?\s*\n\s*[-*\u2022]?)?[ \t\u00a0]*"
)
AGAIN: Final = re.compile(rf"(?:[ \t\u00a0]*{SHORT_WORDS}[ \t\u00a0]*){{0,2}}[ \t\u00a0]*")
VALUE: Final = r"[A-Za-z]{0,6}[-/_. ]?[A-Za-z]{0,4}\d[A-Za-z0-9]*(?:[-/_.][A-Za-z0-9]+)*"
BARE: Final = re.compile(r"[A-Za-z0-9]+(?:[-/_.\\][A-Za-z0-9]+)*")
SPACED_PREFIX: Final = re.compile(r"([A-Z]{1,5}) (\d[\dA-Za-z]*(?:[-/_.][A-Za-z0-9]+)*)")
SLASHED: Final = re.compile(r"\d+ ?/ ?\d+(?: ?/ ?[A-Za-z0-9]+)?")
JOINER: Final = re.compile(
    r"\s*(?:,|;|&|\+|/(?=\s)|\band\b|\be\b|\bed\b|\bet\b|\by\b|\bund\b|\bsowie\b|\bplus\b|\bas well as\b|"
    r"\bo\b|\bou\b|\bor\b|\boder\b|\n\s*[-*\u2022]|(?P<line>\n))\s*"
)
BETWEEN: Final = re.compile(
    r"\s*(?:\(?(?:of|dated|del|dell'|du|de|vom|von|from|fecha|date|datee|in data|issued)?\s?(?:the |el |le |il )?"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\)?|\((?:EUR|€)?\s?[\d.,]+\s?(?:EUR|€)?\)|(?:di|da|de|of|for|per|uber|von|por|a)\s"
    r"(?:EUR|€|euro)\s?[\d.,]+|(?:di|da|de|of|for|per|uber|von|por)\s[\d.,]+\s?(?:EUR|€|euros?))\s*",
    re.IGNORECASE,
)
DATE: Final = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]?"
)
MONTH_YEAR: Final = re.compile(r"(?:0?[1-9]|1[0-2])[/.](?:20)\d\d")
AMOUNT: Final = re.compile(r"(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)[.,]\d{2}")
YEAR: Final = re.compile(r"20(?:2[3-9]|30)")
IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{2,4}){3,8}\b")
PHONE: Final = re.compile(
    r"(?:tel|phone|fono|fax|mobile?|cell|m\u00f3vil|movil|handy|telefon|t\u00e9l|portable|whatsapp|ph)\s?[.:]*\s?\+?[\d\s()./-]{6,}"
    r"|\+\d{2}[\d\s()./-]{7,}",
    re.IGNORECASE,
)
OTHER_NUMBERS: Final = re.compile(
    r"\b(?:p\.? ?iva|partita iva|vat(?: ?(?:id|no|number|reg))?|ust-?id(?:nr)?|tva(?: intra\w*)?|cif|nif|siret|siren|"
    r"rcs|cap|plz|cp|ean|gtin|gln|sku|art(?:icle|icolo|ikel|\u00edculo)?(?:nummer|nr)?|item|lot(?:to|e)?|batch|charge|"
    r"c\.?f\.?|hrb|bic|swift|rea|cro|trn|steuernummer|steuer-?nr|cig|cup|sdi|iso)\s?[.:#n°]*\s?[A-Z]{0,3}\d[\w.]*",
    re.IGNORECASE,
)
URL: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
PREFIXES: Final[dict[str, str]] = {
    **dict.fromkeys(
        ["INV", "FT", "FATT", "FAT", "FAC", "FACT", "FV", "FRA", "FA", "FE", "RE", "RG", "RN", "RNG", "RECH", "SI", "AR", "VF", "FVE", "FTE", "FP", "FR", "FES"],
        "invoice",
    ),
    **dict.fromkeys(
        ["PO", "ORD", "OC", "BC", "CMD", "CDE", "BST", "BEST", "PED", "ODA", "OA", "SO", "AB", "AUF", "ORDER", "BDC", "PUR"], "order"
    ),
    **dict.fromkeys(["DDT", "BL", "LS", "ALB", "BV", "DEL", "LF", "DLV", "DSP", "BOL", "SHP", "CMR", "POD"], "delivery"),
    **dict.fromkeys(["RMA", "RET", "RES", "DEV", "RTN", "RA"], "return"),
    **dict.fromkeys(["PROMO", "PRM", "PRO", "AKT", "DEAL", "CAMP", "PROM"], "promotion"),
    **dict.fromkeys(
        ["CLM", "DN", "ND", "NDD", "NDA", "REC", "RKL", "CLAIM",  "BA", "DBN", "REK", "RCL", "LIT", "INC", "CB", "DM", "DEB", "NAD", "BLA"],
        "claim",
    ),
    **dict.fromkeys(["CUST", "KD", "CLI", "CL", "CUS", "KDNR", "C"], "customer"),
}
SHAPED: Final = re.compile(
    r"(?<![\w/.-])(?P<prefix>[A-Z]{1,6})(?P<sep>[-/_.]?)(?P<rest>\d{2,}(?:[-/_.][A-Z0-9]+)*[A-Z]?)(?![\w]|[.,]\d)"
)
SAP_ORDER: Final = re.compile(r"(?<![\w/.-])45\d{8}(?![\w])")
ATTACHED: Final = re.compile(r"[-/_]?\d")
LIST_MAX: Final = 400
DIGITS_BARE_MIN: Final = 2
LABEL: Final = {
    kind: re.compile(rf"(?<![\w-])(?:{words})(?![a-z])", re.IGNORECASE)
    for kind, words in LABELS.items()
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One number: what kind, as printed, and where. `labelled` is false if only its shape spoke."""

    kind: str
    value: str
    start: int
    end: int
    labelled: bool = True


def find_references(text: str) -> list[Reference]:
    """Return the references of a text in order, each number once for each place it stands."""
    masked = _masked(text)
    folded = fold(masked)
    nearest: dict[int, tuple[int, Reference]] = {}
    for kind in LABELS:
        for label in LABEL[kind].finditer(folded):
            for reference in _after_label(kind, masked, folded, label.end()):
                distance = reference.start - label.end()
                known = nearest.get(reference.start)
                if known is None or distance < known[0]:
                    nearest[reference.start] = (distance, reference)
    for reference in _by_shape(masked):
        covering = [
            start
            for start, (_, known) in nearest.items()
            if start <= reference.start < known.end and reference.start != start
        ]
        if not covering:
            known = nearest.get(reference.start)
            if known is None or known[1].end < reference.end:
                nearest[reference.start] = (0, reference)
    return _apart([reference for _, (_, reference) in sorted(nearest.items())])


def _apart(references: list[Reference]) -> list[Reference]:
    """Where two overlap, as `PO 45 ...` found twice, keep the one that begins first."""
    kept: list[Reference] = []
    for reference in references:
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return kept


def _masked(text: str) -> str:
    """Blank out what is a number of another kind: telephones, bank accounts, tax numbers, links."""
    for pattern in (URL, IBAN, PHONE, OTHER_NUMBERS):
        text = pattern.sub(lambda match: _blanks(match[0]), text)
    return text


def _blanks(words: str) -> str:
    return "".join(char if char == "\n" else "\u00b7" for char in words)


def _after_label(kind: str, text: str, folded: str, position: int) -> list[Reference]:
    """Return the number after a label, and the list that may follow it."""
    if ATTACHED.match(text, position):
        return []  # `PO-4711` is a number whole; its shape tells.
    spread = FILLER.match(folded, position)
    assert spread is not None
    start = spread.end()
    if start == position:
        return []
    value = _value_at(text, start, first=True)
    found: list[Reference] = []
    while value is not None and len(found) < LIST_MAX:
        begin, end = value
        found.append(Reference(kind, text[begin:end], begin, end))
        after = BETWEEN.match(text, end)
        joiner = JOINER.match(folded, after.end() if after else end)
        if joiner is None:
            break
        again = AGAIN.match(folded, joiner.end())
        assert again is not None
        value = _value_at(text, again.end(), first=False)
        if joiner["line"] and value and not _alike(text[slice(*value)], found[-1].value):
            break  # The next line is a list's next number only if it looks like one.
    return found


def _alike(one: str, two: str) -> bool:
    shapes = [re.sub(r"[A-Za-z]+", "A", re.sub(r"\d+", "9", value)) for value in (one, two)]
    return shapes[0] == shapes[1] and abs(len(one) - len(two)) <= 1


def _value_at(text: str, start: int, *, first: bool) -> tuple[int, int] | None:
    """Return the span of a reference that begins here, None if what stands here is something else."""
    slashed = SLASHED.match(text, start)
    if slashed is not None and " " in slashed[0] and not DATE.fullmatch(slashed[0]):
        return slashed.span()
    spaced = SPACED_PREFIX.match(text, start)
    if spaced is not None:
        inner = _value_at(text, spaced.start(2), first=first)
        if spaced[1] in PREFIXES or (
            inner is not None and spaced[1] in {"EUR", "GBP", "USD", "CHF"}
        ):
            return inner if spaced[1] in PREFIXES else None
        return spaced.span() if inner is not None else None
    bare = BARE.match(text, start)
    if bare is None or not any(char.isdigit() for char in bare[0]):
        return None
    end = bare.end()
    value = bare[0]
    while value and value[-1] in ".-/_":
        value, end = value[:-1], end - 1
    return (start, end) if _plausible(text, value, end, first=first) else None


def _plausible(text: str, value: str, end: int, *, first: bool) -> bool:
    digits = sum(char.isdigit() for char in value)
    after = text[end : end + 3]
    if AMOUNT.match(text[end - len(value) :]) and re.match(r"[\d.,]+", value):
        return False
    if DATE.fullmatch(value) and not (first and re.fullmatch(r"\d{1,6}/\d{1,2}", value)):
        return False
    if YEAR.fullmatch(value) or re.match(r"[.,]\d", after) or re.match(r"\s?[%€]", after):
        return False
    if re.match(r"(?:st|nd|rd|th)$", value[-2:]) and value[:-2].isdigit():
        return False
    if UNIT.match(text, end):
        return False
    return digits >= (1 if first and not value.isdigit() else DIGITS_BARE_MIN)


UNIT: Final = re.compile(
    r"\s?(?:kg|gg|%|€|euro?s?\b|eur\b|days|giorni|jours|d\u00edas|dias|tagen?\b|weeks|settimane|semaines|semanas|"
    r"wochen|cartons?\b|cartoni|colli|colis|kartons?\b|cajas|cases|boxes|pallets?\b|bancali|palett|pcs|pezzi|"
    r"pi\u00e8ces|piezas|st\u00fcck|units?\b|bottles|bottiglie|bouteilles|botellas|flaschen|mesi|months|mois|"
    r"meses|monate|hours|ore\b|heures|horas|stunden|volte|times|fois|veces|mal\b|unidades|unit\u00e0|"
    r"fatture|factures|facturas|rechnungen|invoices|percent|prozent|persone|people)",
    re.IGNORECASE,
)


def _by_shape(text: str) -> list[Reference]:
    found = []
    for match in SHAPED.finditer(text):
        kind = PREFIXES.get(match["prefix"])
        digits = sum(char.isdigit() for char in match["rest"])
        if kind is not None and (digits >= 4 or (match["sep"] and digits >= 3)):  # noqa: PLR2004
            found.append(Reference(kind, match[0], match.start(), match.end(), labelled=False))
    for match in SAP_ORDER.finditer(text):
        found.append(Reference("order", match[0], match.start(), match.end(), labelled=False))
    return found
