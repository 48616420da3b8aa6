"""How payers write the numbers of what they pay, and what banks do to the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.world.second_ledgers import people
from tests.world.second_ledgers.records import Item

WORDS = {
    "it": ["fattura", "ft", "fatt.", "FT.", "ns. ft. n.", "saldo fattura n.", "pag. fatt.", "FATT"],
    "fr": ["facture", "fact", "fact.", "règlement facture n°", "FA", "votre facture", "FAC"],
    "es": ["factura", "fra", "fra.", "pago factura", "s/fra", "fact", "FACTURA NUM"],
    "de": ["Rechnung", "Rg.", "Rg.-Nr.", "RE", "Rechn.", "Re.Nr.", "Rechnungsnr."],
    "en": ["invoice", "inv", "inv.", "your invoice no.", "INV", "payment of invoice"],
}
PLURALS = {
    "it": ["fatture", "ft", "ftt.", "pag. fatture"],
    "fr": ["factures", "fact", "règlement factures"],
    "es": ["facturas", "fras", "fras.", "pago facturas"],
    "de": ["Rechnungen", "Rg.", "Re.", "Rechn."],
    "en": ["invoices", "inv", "invs", "payment of invoices"],
}
CREDITS = {
    "it": ["meno nota credito", "- NC", "dedotta n.c."],
    "fr": ["moins avoir", "- avoir", "déduction avoir"],
    "es": ["menos abono", "- abono", "dto. abono"],
    "de": ["abzgl. Gutschrift", "- Gutschrift", "./. GS"],
    "en": ["less credit note", "- CN", "less credit"],
}
THANKS = {
    "it": ["grazie", "cordiali saluti", "come da accordi", "bonifico disposto da home banking"],
    "fr": ["merci", "virement", "comme convenu"],
    "es": ["gracias", "transferencia", "según lo acordado"],
    "de": ["danke", "Überweisung", "wie vereinbart"],
    "en": ["thanks", "bank transfer", "as agreed"],
}
OWN_REFERENCES = {
    "it": "ns. rif.", "fr": "notre réf.", "es": "n/ref.", "de": "unser Zeichen", "en": "our ref",
}  # fmt: skip
SELF_CONTAINED = {"digits", "INV", "ten digits", "plain", "lettered"}
SPACED = {"FT-", "VE", "RE", "year last"}
LETTERS_MISREAD = {"FT-", "VE", "RE", "INV", "/", "monthly"}


def core_of(number: str) -> str:
    return max(re.findall(r"\d+", number), key=len)


def write_one(rng: Random, style: str, item: Item) -> str:
    """One document number as somebody types it, never so that a digit of it is lost."""
    number = item.number
    squeezed = re.sub(r"\W", "", number)
    ways = [number, number, number.lower(), squeezed]
    if style not in SELF_CONTAINED:
        bare = re.sub(r"^[A-Z]+[-/]?", "", number)
        short = item.year % 100
        ways += [bare, str(item.core), f"{item.core}/{short}", f"{item.core}/{item.year}"]
        ways += [re.sub(r"[-/.]", " ", number)] if style in SPACED else []
    if style in LETTERS_MISREAD and item.kind == "invoice":
        ways += [squeezed.replace("0", "O"), re.sub(r"1", "I", squeezed, count=1)]
    if style == "INV":
        ways += [str(item.core), f"{item.core:07d}"]
    if style in {"FT-", "RE"}:  # a line of the bank's form ended within it
        ways.append(f"{squeezed[:-3]} {squeezed[-3:]}")
    return rng.choice(ways)


@dataclass(frozen=True, slots=True)
class Written:
    """A text, and where each item's number ends in it."""

    text: str
    ends: dict[str, int]
    is_bare: bool = False  # only running numbers: they tell which items only if one knows whose

    def cut(self, limit: int) -> Written:
        return Written(self.text[:limit], {k: v for k, v in self.ends.items() if v <= limit})


def write_list(rng: Random, style: str, language: str, items: Sequence[Item]) -> Written:
    """One word, then all numbers in one manner."""
    words = WORDS if len(items) == 1 else PLURALS
    text, ends = f"{rng.choice(words[language])} ", {}
    comma = rng.choice([", ", " + ", " ", " - ", ";", " e " if language == "it" else ", "])
    seed, bare = rng.randrange(2**30), False
    for place, item in enumerate(items):
        text += comma if place else ""
        if item.kind == "credit_note" and place:
            text += f"{rng.choice(CREDITS[language])} {item.number}"
        else:
            number = write_one(Random(seed), style, item)  # the same manner each time
            bare = bare or number == str(item.core)
            text += number
        ends[item.id] = len(text)
    return Written(text, ends, bare)


def write_shortened(rng: Random, language: str, items: Sequence[Item]) -> str:
    """Consecutive numbers: `1234-1239`, or `1234/35/36`."""
    word, first, last = rng.choice(PLURALS[language]), items[0].core, items[-1].core
    if rng.random() < 0.5 or len(items) > 5 or first // 100 != last // 100:
        dash = rng.choice(["-", " - ", " a " if language == "it" else "-", "/"])
        dash = "-" if dash == "/" else dash
        return f"{word} {first}{dash}{last}"
    slash = rng.choice(["/", "/", ",", "-"])
    return f"{word} {first}{slash}" + slash.join(f"{item.core % 100:02d}" for item in items[1:])


def write_amounts(rng: Random, language: str, items: Sequence[Item]) -> str:
    """Each number with its date or its amount beside it."""
    of = {"it": "del", "fr": "du", "es": "de", "de": "vom", "en": "of"}[language]
    dated = rng.random() < 0.5
    parts = [
        f"{item.number} {of} {item.issued:%d.%m.%Y}"
        if dated
        else f"{item.number} EUR {item.open // 100},{item.open % 100:02d}"
        for item in items
    ]
    return f"{rng.choice(PLURALS[language])} {', '.join(parts)}"


def dress(rng: Random, language: str, text: str, *, customer_id: str = "") -> str:
    """What stands around it: capitals, thanks, the bank's own fields, another number."""
    around = {
        "thanks": f"{text} {rng.choice(THANKS[language])}",
        "customer": f"{text} cl. {customer_id}" if customer_id else text,
        "german": f"EREF+NOTPROVIDED SVWZ+{text}" if language == "de" else text,
        "iso": f"/RFB/{rng.randint(10**9, 10**10 - 1)}/URI/{text}",
    }
    if rng.random() < 0.25:
        text = around[rng.choice(sorted(around))]
    return people.plain(text) if rng.random() < 0.5 else text


def glue(text: str) -> str:
    """Words that lost the space before the number."""
    return re.sub(r"(?<=[A-Za-zé.])[ ](?=[A-Z0-9])", "", text)
