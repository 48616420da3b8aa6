"""
What stands on a letter, as plain values that can be kept: words, address, the code to pay by.

Everything is text and stays text: the page is set by a program that never reads it as markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from concilia.correspondence.core import figures
from concilia.correspondence.core.figures import Language
from concilia.dunning.core.epc import CodeRefused, epc_text
from concilia.dunning.core.letter_formats import format_of
from concilia.dunning.core.texts import Composed, Facts, TextIncomplete
from concilia.dunning.core.texts.blocks import Block, Choices, Paragraph, Table
from concilia.dunning.core.texts.fields import on_one_line
from concilia.kernel.money import Money

ADDRESS_LINES_MIN: Final = 2
ADDRESS_LINES_MAX: Final = 6
LINE_LENGTH_MAX: Final = 60
ROWS_MAX: Final = 2_000
UNBROKEN_MAX: Final = 36
_SOFT: Final = "\u200b"  # where a long link may go on in the next line
WORDS: Final[Mapping[Language, tuple[str, str, str]]] = {
    Language.EN: ("Page {n} of {all}", "Pay by scanning with your banking app", "Your account"),
    Language.IT: (
        "Pagina {n} di {all}",
        "Per pagare, inquadrare con l’app della banca",
        "Il conto",
    ),
    Language.FR: ("Page {n} sur {all}", "Payer en scannant avec l’appli de la banque", "Le compte"),
    Language.ES: ("Página {n} de {all}", "Pagar escaneando con la app del banco", "La cuenta"),
    Language.DE: ("Seite {n} von {all}", "Zum Bezahlen mit der Banking-App scannen", "Ihr Konto"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whose letter it is: name, address, place before the date, footer, and where money goes."""

    name: str
    address: tuple[str, ...] = ()
    place: str = ""
    footer: tuple[str, ...] = ()
    account_holder: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """To whom a letter goes: lines of the address, whose envelopes it fits, its day, and how."""

    to: Sequence[str]
    country: str
    written: date
    is_registered: bool = False


def address_lines(text: str) -> tuple[str, ...]:
    """
    Return an address as lines.

    :raises TextIncomplete: if it has fewer than two, more than six, or one that is too long
    """
    lines = tuple(on_one_line(line) for line in text.splitlines() if line.strip())
    fits = all(len(line) <= LINE_LENGTH_MAX for line in lines)
    if not ADDRESS_LINES_MIN <= len(lines) <= ADDRESS_LINES_MAX or not fits:
        raise TextIncomplete("an address has two to six lines that fit a window", field="address")
    return lines


def letter_content(composed: Composed, facts: Facts, *, head: Head, cover: Cover) -> dict[str, Any]:
    """
    Return what a letter says, as values for JSON: the same values make the same PDF.

    :raises TextIncomplete: if the address does not fit, or there are more rows than a letter takes
    """
    lines = address_lines("\n".join(cover.to))
    shape = format_of(cover.country)
    if sum(len(block.rows) for block in composed.blocks if isinstance(block, Table)) > ROWS_MAX:
        raise TextIncomplete("more rows than one letter takes", field="items")
    page, to_pay, account = WORDS[composed.language]
    code = payment_code(facts, head)
    day = figures.smooth(figures.day(cover.written, composed.language), composed.language)
    return {
        "language": composed.language.value,
        "paper": shape.paper,
        "window": [shape.left, shape.top, shape.width, shape.height],
        "folds": list(shape.folds),
        "sender": on_one_line(head.name),
        "sender_lines": [on_one_line(line) for line in head.address],
        "to": list(lines),
        "registered": shape.registered if cover.is_registered else "",
        "place_date": f"{on_one_line(head.place)}, {day}" if head.place else day,
        "subject": composed.subject,
        "blocks": [_shown(block) for block in composed.blocks],
        "footer": [on_one_line(line) for line in head.footer],
        "page_words": page,
        "code": code or facts.account_link,
        "code_words": to_pay if code else account,
    }


def payment_code(facts: Facts, head: Head) -> str:
    """Return the EPC code of a transfer of all that is asked for; empty where there can be none."""
    if len(facts.asked) != 1 or not head.iban:
        return ""
    [(currency, minor)] = facts.asked.items()
    try:
        return epc_text(
            name=head.account_holder or head.name,
            iban=head.iban,
            amount=Money(minor, currency),
            reference=facts.reference,
            bic=head.bic,
        )
    except CodeRefused:
        return ""


def _shown(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "words", "lines": [_breakable(line) for line in block.text.split("\n")]}
        case Table():
            return {
                "kind": "table",
                "headers": list(block.headers),
                "rows": [list(row) for row in block.rows],
                "notes": list(block.notes),
                "figures": block.figures,
                "sums": list(block.sums),
            }
        case Choices():
            told = [
                [choice.label, _breakable(choice.how or choice.link)] for choice in block.choices
            ]
            return {"kind": "choices", "choices": told, "everywhere": _breakable(block.everywhere)}


def _breakable(text: str) -> str:
    """Let long words, which are links, go on in the next line."""
    if all(len(word) <= UNBROKEN_MAX for word in text.split(" ")):
        return text
    return " ".join(
        word
        if len(word) <= UNBROKEN_MAX
        else _SOFT.join(word[place : place + 12] for place in range(0, len(word), 12))
        for word in text.split(" ")
    )
