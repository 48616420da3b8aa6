"""Names, bank accounts and addresses of those who pay."""

from __future__ import annotations

import unicodedata
from random import Random

LANGUAGES = {
    "IT": "it", "FR": "fr", "ES": "es", "DE": "de", "AT": "de", "BE": "fr",
    "GB": "en", "IE": "en", "NL": "en", "PL": "en", "CH": "de",
}  # fmt: skip
BANK_DIGITS = {
    "IT": 23, "FR": 23, "ES": 20, "DE": 18, "AT": 16, "BE": 12,
    "GB": 18, "IE": 18, "NL": 14, "PL": 24, "CH": 17,
}  # fmt: skip
LEGAL_FORMS = {
    "IT": ["S.r.l.", "S.p.A.", "S.n.c.", "S.a.s."],
    "FR": ["SARL", "SAS", "SA"],
    "ES": ["S.L.", "S.A.", "S.L.U."],
    "DE": ["GmbH", "GmbH & Co. KG", "OHG", "e.K."],
    "AT": ["GmbH", "KG"],
    "BE": ["SRL", "SA"],
    "GB": ["Ltd", "LLP", "plc"],
    "IE": ["Ltd"],
    "NL": ["B.V."],
    "PL": ["Sp. z o.o."],
    "CH": ["AG", "GmbH"],
}
TRADES = {
    "it": ["Ferramenta", "Alimentari", "Edilizia", "Forniture", "Enoteca", "Officine", "Casa del"],
    "fr": ["Quincaillerie", "Boulangerie", "Établissements", "Menuiserie", "Épicerie", "Garage"],
    "es": ["Suministros", "Ferretería", "Comercial", "Talleres", "Almacenes", "Distribuciones"],
    "de": ["Bäckerei", "Baustoffe", "Elektro", "Autohaus", "Getränke", "Möbelhaus", "Werkzeug"],
    "en": ["Hardware", "Foods", "Supplies", "Trading", "Wholesale", "Interiors"],
}
SURNAMES = {
    "it": "Rossi Bianchi Ferrari Esposito Romano Colombo Ricci Marino Greco Bruno Gallo Conti "
    "Costa Giordano Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso "
    "Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale Lombardo Serra Coppola Marchetti",
    "fr": "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent "
    "Lefebvre Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André Mercier",
    "es": "García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Martín Jiménez "
    "Ruiz Hernández Díaz Moreno Álvarez Muñoz Romero Alonso Gutiérrez Navarro Torres Ramos",
    "de": "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer "
    "Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange",
    "en": "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans "
    "Walker White Roberts Green Hall Wood Jackson Clarke Harris Cooper Turner Hughes",
}
FIRST_NAMES = {
    "it": "Maria Anna Giuseppe Antonio Giovanni Luca Francesca Paolo Marco Giulia Elena Stefano",
    "fr": "Marie Jean Pierre Nathalie Isabelle Michel Sophie Philippe Camille Julien Chloé Luc",
    "es": "María José Carmen Antonio Ana Manuel Laura Javier Lucía Pablo Elena Carlos",
    "de": "Hans Ursula Peter Monika Klaus Petra Stefan Sabine Thomas Andrea Lukas Julia",
    "en": "James Mary John Patricia Robert Linda David Susan Thomas Karen Emma Oliver",
}
PLACES = {
    "it": "Milano Torino Bologna Verona Bari Lecce Parma Modena Treviso Cagliari Pescara Siena",
    "fr": "Lyon Lille Nantes Rennes Dijon Tours Nancy Angers Brest Limoges Amiens Metz Rouen",
    "es": "Madrid Sevilla Bilbao Murcia Burgos Toledo Huelva Cádiz León Gijón Vigo Lleida",
    "de": "Köln Bremen Essen Kassel Ulm Trier Jena Fulda Passau Celle Gera Hagen Bonn",
    "en": "Leeds Bristol York Derby Bath Exeter Cork Galway Hull Luton Oxford Poole",
}


def pick(rng: Random, words: str) -> str:
    return rng.choice(words.split())


def company_name(rng: Random, country: str) -> tuple[str, str]:
    """A firm and its owner."""
    language = LANGUAGES[country]
    surname, first = pick(rng, SURNAMES[language]), pick(rng, FIRST_NAMES[language])
    trade, form = rng.choice(TRADES[language]), rng.choice(LEGAL_FORMS[country])
    place = pick(rng, PLACES[language])
    middle = rng.choice(
        [
            surname,
            f"{surname} {first}",
            f"{place} {surname}",
            f"{surname} & {place}",
            f"{surname} {first} {place}",
        ]
    )
    return f"{trade} {middle} {form}", f"{first} {surname}"


def person_name(rng: Random, language: str, surname: str = "") -> str:
    return f"{pick(rng, FIRST_NAMES[language])} {surname or pick(rng, SURNAMES[language])}"


def iban(rng: Random, country: str) -> str:
    """A bank account with a valid check number."""
    bban = "".join(rng.choices("0123456789", k=BANK_DIGITS[country]))
    if country == "IT":
        bban = rng.choice("ABCDEFGHKLMNPQRSTUWXYZ") + bban[:22]
    elif country in {"GB", "IE", "NL"}:
        bban = "".join(rng.choices("ABCDEFGHIKLNRSTU", k=4)) + bban[4:]
    digits = "".join(str(int(letter, 36)) for letter in f"{bban}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{bban}"


def plain(text: str) -> str:
    """Capitals without accents, as banks transmit."""
    bare = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return bare.encode("ascii", "ignore").decode().upper()


def as_bank_writes(rng: Random, name: str) -> str:
    """The same payer, written otherwise: no legal form, cut, capitals, a salutation."""
    stem = without_form(name)
    return rng.choice([plain(stem), plain(name)[:27].strip(), stem, plain(name).replace(".", " ")])


def without_form(name: str) -> str:
    """A firm's name without its legal form."""
    for form in sorted((form for forms in LEGAL_FORMS.values() for form in forms), key=len)[::-1]:
        name = name.removesuffix(f" {form}")
    return name.replace(" & ", " ")
