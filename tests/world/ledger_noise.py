"""What people and banks do to names and numbers on the way from an invoice to a bank statement."""

from __future__ import annotations

import random
import re
import unicodedata

FIRST = {
    "IT": "Rossi Bianchi Ferrari Esposito Romano Colombo Ricci Marino Greco Bruno Gallo Conti "
    "De-Luca Mancini Costa Giordano Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani",
    "FR": "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent "
    "Lefèvre Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André Mercier",
    "ES": "García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Martín Jiménez "
    "Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres",
    "DE": "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch "
    "Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hartmann",
    "GB": "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans "
    "Walker White Roberts Green Hall Wood Jackson Clarke Harris Cooper Turner Ward",
}
TRADE = {
    "IT": "Alimentari Distribuzione Supermercati Ingrosso Ortofrutta Ristorazione Conserve Mercati "
    "Commerciale Logistica Forniture Gastronomia Panificio Dolciaria",
    "FR": "Distribution Alimentation Supermarchés Négoce Épicerie Restauration Conserves Marchés "
    "Logistique Fournitures Boulangerie Traiteur Primeurs",
    "ES": "Distribuciones Alimentación Supermercados Mayoristas Frutas Restauración Conservas "
    "Mercados Logística Suministros Panadería Comercial",
    "DE": "Lebensmittel Großhandel Supermarkt Handel Feinkost Gastronomie Konserven Märkte "
    "Logistik Lieferdienst Bäckerei Vertrieb Fruchthof",
    "GB": "Foods Distribution Stores Wholesale Produce Catering Markets Trading Logistics "
    "Supplies Bakery Provisions Grocers",
}
PLACE = {
    "IT": "Milano Torino Veneto Lazio Puglia Emilia Toscana Bergamo Verona Parma Napoli Nord Sud",
    "FR": "Lyon Lille Bretagne Provence Alsace Nantes Bordeaux Toulouse Ouest Nord Sud Rhône",
    "ES": "Madrid Levante Sevilla Aragón Galicia Bilbao Murcia Norte Sur Castilla Málaga",
    "DE": "Berlin Köln Bayern Hamburg Sachsen Hessen Nord Süd Dresden Bremen Franken Ulm",
    "GB": "London Leeds Bristol York Kent Devon Norfolk Midlands Northern Southern Essex",
}
FORMS = {
    "IT": ["S.r.l.", "S.p.A.", "S.n.c.", "Srl", "SpA", "S.a.s."],
    "FR": ["SARL", "SAS", "S.A.", "EURL"],
    "ES": ["S.L.", "S.A.", "S.L.U."],
    "DE": ["GmbH", "AG", "GmbH & Co. KG", "KG"],
    "GB": ["Ltd", "Limited", "PLC"],
}
LABELS = {
    "IT": ["FATT", "FT", "Fattura", "SALDO FT", "pagamento fattura", "Fatt. n.", "SALDO FATTURE"],
    "FR": ["FACT", "Facture", "REGLT FACT", "FACT N", "paiement facture"],
    "ES": ["FRA", "Factura", "PAGO FRA", "FACT.", "pago factura"],
    "DE": ["RE", "Rechnung", "RG", "Rechnungsnr.", "RE-NR"],
    "GB": ["INV", "Invoice", "Payment inv", "INV NO", "invoice no."],
}
REASONS = {
    "NC-01": [
        "manca 1 collo",
        "ammanco merce",
        "manquant 2 colis",
        "falta mercancía",
        "Fehlmenge",
        "shortage 3 cases",
        "manque 1 carton",
        "faltan 2 cajas",
    ],
    "NC-05": [
        "merce danneggiata",
        "casse transport",
        "rotura",
        "Transportschaden",
        "damaged goods",
    ],
    "NC-08": [
        "differenza prezzo",
        "écart de prix",
        "diferencia de precio",
        "Preisdifferenz",
        "price difference",
    ],
    "NC-14": ["reso merce", "retour marchandise", "devolución", "Retoure", "returned goods"],
    "NC-11": [
        "ritardo consegna",
        "retard livraison",
        "retraso entrega",
        "Lieferverzug",
        "late delivery",
    ],
    "CO-01": [
        "promo non applicata",
        "promotion non appliquée",
        "promoción no aplicada",
        "Aktionsrabatt",
        "promotion not applied",
    ],
    "CO-05": ["premio fine anno", "RFA", "rápel", "Jahresbonus", "rebate"],
}


SYLLABLES = "ba be bi bo ca co da de di do fa fe ga ge la le li lo ma me mi mo na ne ni no pa pe ra"
ENDINGS = {
    "IT": "ini etti oni ardi",
    "FR": "eau ard in ot",
    "ES": "ez era al ón",
    "DE": "mann er bach hof",
    "GB": "son ton well ford",
}


def surname(rng: random.Random, country: str) -> str:
    """Return a known surname, or one that could exist: there are more companies than names."""
    if rng.random() < 0.3:
        return rng.choice(FIRST[country].split()).replace("-", " ")
    parts = [rng.choice(SYLLABLES.split()) for _ in range(rng.randint(1, 3))]
    return "".join(parts).capitalize() + rng.choice(ENDINGS[country].split())


def telling(name: str) -> tuple[str, ...]:
    """What makes a name differ from others: its words without the legal form, in any order."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    forms = {form.upper().replace(".", "") for forms in FORMS.values() for form in forms}
    words = plain.upper().replace(".", "").split()
    return tuple(sorted(word for word in words if word not in forms))


def company(rng: random.Random, country: str) -> str:
    """Return a believable name."""
    words = [surname(rng, country), rng.choice(TRADE[country].split())]
    if rng.random() < 0.6:
        words.append(rng.choice(PLACE[country].split()))
    if rng.random() < 0.3:
        rng.shuffle(words)
    if rng.random() < 0.1:
        words.insert(0, "F.lli" if country == "IT" else "")
    return " ".join([word for word in words if word] + [rng.choice(FORMS[country])])


def bank_name(rng: random.Random, name: str, typo: float = 0.08) -> str:
    """Return the name as a bank prints it: capitals, no accents, no legal form, cut, mistyped."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    text = text.upper() if rng.random() < 0.8 else text
    roll = rng.random()
    if roll < 0.25:
        text = " ".join(text.split()[:-1])
    elif roll < 0.35:
        text = " ".join([text.split()[-1], *text.split()[:-1]])
    elif roll < 0.45:
        text = text.replace(".", "")
    if rng.random() < typo and len(text) > 8:
        place = rng.randrange(2, len(text) - 2)
        text = text[:place] + text[place + 1 :]
    return text[:35] if rng.random() < 0.5 else text


def serial_of(number: str) -> str:
    """Return the running part of a number: its longest group of digits that is no year."""
    groups = re.findall(r"\d+", number)
    running = [group for group in groups if not re.fullmatch(r"20\d\d", group)]
    return max(reversed(running or groups), key=len)


def written(rng: random.Random, number: str, *, serial_only: bool) -> str:
    """Return an invoice number as a payer writes it; perhaps only its last digits."""
    rest = re.sub(r"^[A-Z]+[-/ ]*", "", number)
    groups = re.findall(r"\d+", rest)
    zero = number.rfind("0")
    ways = {
        number: 35,
        rest: 15,
        re.sub(r"[^A-Z0-9]", "", number): 10,
        re.sub(r"[/-]", " ", number): 10,
        re.sub(r"[/-]", rng.choice("/-."), number): 6,
        f"{number[:zero]}O{number[zero + 1 :]}" if zero > 0 else number.lower(): 6,
        serial_of(number).lstrip("0") if serial_only and len(groups) > 1 else number.lower(): 18,
    }
    return rng.choices(list(ways), list(ways.values()))[0]


def mistyped(rng: random.Random, number: str) -> str:
    """Return a number with two digits swapped or one wrong, after its year."""
    place = rng.randrange(len(number) - 4, len(number) - 1)
    digits = list(number)
    if digits[place] != digits[place + 1] and digits[place + 1].isdigit() and rng.random() < 0.5:
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
    else:
        digits[place] = str((int(digits[place]) + rng.randrange(1, 9)) % 10)
    return "".join(digits)


def told(rng: random.Random, country: str, numbers: list[str]) -> str:
    """Return a remittance text that names these numbers."""
    label = rng.choice(LABELS[country])
    roll = rng.random()
    if roll < 0.1 and len(numbers) == 1:
        return f"{label}{numbers[0]}".replace(" ", "")
    joint = rng.choice([" ", ", ", " + ", "; ", " / ", " E "])
    text = f"{label} {joint.join(numbers)}"
    if roll > 0.8:
        text += rng.choice([" DEL 31/01/2026", " vom 15.02.2026", " du 03/02/2026", " GRAZIE"])
    return text
