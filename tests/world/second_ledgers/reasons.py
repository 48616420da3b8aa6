"""Why customers say they pay less, in five languages."""

from __future__ import annotations

from random import Random

PHRASES: dict[str, dict[str, list[str]]] = {
    "NC-01": {
        "it": ["merce mancante", "ammanco 2 colli", "manca 1 collo", "differenza quantità"],
        "fr": ["manquant à la livraison", "colis manquant", "manquants 3 cartons"],
        "es": ["falta de mercancía", "faltan 2 cajas", "mercancía no recibida completa"],
        "de": ["Fehlmenge", "Ware fehlte, 2 Kartons", "Mindermenge"],
        "en": ["short delivery", "shortage 2 cartons", "goods short delivered"],
    },
    "NC-03": {
        "it": ["merce non consegnata", "mancata consegna"],
        "fr": ["non livré", "marchandise jamais livrée"],
        "es": ["pedido no entregado", "mercancía no entregada"],
        "de": ["nicht geliefert", "Lieferung nie erhalten"],
        "en": ["goods not delivered", "never delivered"],
    },
    "NC-05": {
        "it": ["merce danneggiata dal trasporto", "danni da trasporto"],
        "fr": ["avarie transport", "marchandise cassée au transport"],
        "es": ["daños de transporte", "rotura en transporte"],
        "de": ["Transportschaden", "Bruch beim Transport"],
        "en": ["damaged in transit", "transport damage"],
    },
    "NC-06": {
        "it": ["merce difettosa", "difetto di qualità"],
        "fr": ["produit défectueux", "défaut qualité"],
        "es": ["producto defectuoso", "mala calidad"],
        "de": ["Mängelrüge", "defekte Ware"],
        "en": ["faulty goods", "quality defect"],
    },
    "NC-08": {
        "it": ["differenza prezzo", "prezzo errato", "prezzo non concordato"],
        "fr": ["écart de prix", "écart tarif", "erreur de prix"],
        "es": ["diferencia de precio", "error en precio"],
        "de": ["Preisdifferenz", "falscher Preis", "Preisabweichung"],
        "en": ["price difference", "wrong price", "pricing error"],
    },
    "NC-12": {
        "it": ["penale per ritardata consegna OTIF", "penale livello di servizio"],
        "fr": ["pénalité taux de service", "pénalités logistiques"],
        "es": ["penalización nivel de servicio", "penalización logística"],
        "de": ["Pönale Liefertermintreue", "Vertragsstrafe Lieferservice"],
        "en": ["OTIF penalty", "service level penalty"],
    },
    "NC-14": {
        "it": ["reso merce", "bolla di reso"],
        "fr": ["retour marchandise", "retour autorisé"],
        "es": ["devolución de mercancía", "devolución autorizada"],
        "de": ["Retoure", "Warenrücksendung"],
        "en": ["goods returned", "return authorised"],
    },
    "NC-17": {
        "it": ["doppia fatturazione", "fatturato due volte"],
        "fr": ["double facturation", "facturé deux fois"],
        "es": ["facturación duplicada", "facturado dos veces"],
        "de": ["Doppelberechnung", "doppelt berechnet"],
        "en": ["billed twice", "duplicate billing"],
    },
    "NC-21": {
        "it": ["spese di trasporto non dovute", "trasporto non concordato"],
        "fr": ["frais de port non dus", "port non convenu"],
        "es": ["portes no acordados", "portes indebidos"],
        "de": ["Frachtkosten nicht vereinbart", "Fracht abgezogen"],
        "en": ["freight not agreed", "carriage charge"],
    },
    "NC-22": {
        "it": ["pallet resi", "reso bancali EPAL"],
        "fr": ["palettes consignées rendues", "retour palettes"],
        "es": ["palets devueltos", "devolución de palés"],
        "de": ["Palettenrückgabe", "Europaletten zurück"],
        "en": ["pallets returned", "returnable pallets"],
    },
    "CO-03": {
        "it": ["contributo pubblicitario", "contributo volantino"],
        "fr": ["participation publicitaire", "coopération commerciale"],
        "es": ["publicidad cooperativa", "aportación folleto"],
        "de": ["WKZ", "Werbekostenzuschuss"],
        "en": ["co-op advertising", "advertising contribution"],
    },
    "CO-05": {
        "it": ["premio fine anno", "PFA 2025"],
        "fr": ["RFA 2025", "remise de fin d'année"],
        "es": ["rápel 2025", "rappel anual"],
        "de": ["Jahresbonus", "Bonus 2025"],
        "en": ["volume rebate 2025", "year-end rebate"],
    },
    "CO-01": {
        "it": ["promo non applicata in fattura", "sconto promozione mancante"],
        "fr": ["promotion non appliquée", "remise promo manquante"],
        "es": ["promoción no aplicada", "falta descuento promoción"],
        "de": ["Aktionsrabatt fehlt", "Aktionspreis nicht berücksichtigt"],
        "en": ["promotion not applied", "promo discount missing"],
    },
}
NEIGHBOURS = {
    "NC-01": {"NC-02", "NC-03"},
    "NC-03": {"NC-01"},
    "NC-05": {"NC-06"},
    "NC-06": {"NC-30", "NC-05"},
    "NC-12": {"NC-11"},
    "NC-14": {"NC-15"},
    "NC-21": {"NC-23"},
    "CO-01": {"NC-09", "NC-08"},
    "CO-03": {"CO-04", "CO-02"},
}
CLOSE_ENOUGH = {code: frozenset({code} | NEIGHBOURS.get(code, set())) for code in PHRASES}
UNSAID = frozenset({"FI-16"})
CODE_ALONE = frozenset({"FI-16", "FI-17"})  # nobody gave us the customer's list of codes
LESS = {
    "it": ["meno {amount} per {why}", "- {amount} {why}", "dedotti euro {amount} {why}", "{why}"],
    "fr": ["moins {amount} {why}", "- {amount} {why}", "déduit {amount} pour {why}", "{why}"],
    "es": ["menos {amount} por {why}", "- {amount} {why}", "deducido {amount} {why}", "{why}"],
    "de": ["abzgl. {amount} {why}", "- {amount} {why}", "./. {amount} wg. {why}", "{why}"],
    "en": ["less {amount} {why}", "- {amount} {why}", "deducted {amount} for {why}", "{why}"],
}
DISCOUNT_WORDS = {
    "it": "sconto cassa", "fr": "escompte", "es": "dto. pronto pago", "de": "Skonto",
    "en": "cash discount",
}  # fmt: skip
PART_WORDS = {
    "it": ["acconto {ref}", "acc.to su {ref}", "primo acconto {ref}"],
    "fr": ["acompte {ref}", "acompte sur {ref}"],
    "es": ["a cuenta {ref}", "pago parcial {ref}"],
    "de": ["Teilzahlung {ref}", "Abschlag {ref}", "Anzahlung {ref}"],
    "en": ["part payment {ref}", "payment on account of {ref}"],
}


def draw_reason(rng: Random, language: str) -> tuple[frozenset[str], str]:
    """Reasons a reader may rightly understand, and the customer's words."""
    code = rng.choice(sorted(PHRASES))
    return CLOSE_ENOUGH[code], rng.choice(PHRASES[code][language])


def as_money(language: str, cents: int) -> str:
    text = f"{cents / 100:,.2f}"
    if language == "en":
        return text
    return text.translate(str.maketrans({",": " " if language == "fr" else ".", ".": ","}))


def say_less(rng: Random, language: str, cents: int, why: str) -> str:
    return rng.choice(LESS[language]).format(amount=as_money(language, cents), why=why)
