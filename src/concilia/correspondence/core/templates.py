"""
Write a letter: the right text, values put in safely, nothing left open (domain.md §3.4).

Values come from papers and strangers. They are put in as plain text on one line: they cannot add a
header, a paragraph or another placeholder. Whoever makes HTML of a letter escapes it there.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from concilia.correspondence.core import (
    figures,
    letters_de,
    letters_en,
    letters_es,
    letters_fr,
    letters_it,
    letters_links,
)
from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.letters import NEEDED, OPTIONAL, VERSION, Frame, Template, Text
from concilia.kernel.money import Money

VALUE_LENGTH_MAX: Final = 500
SUBJECT_LENGTH_MAX: Final = 200
ELLIPSIS: Final = "…"
ALWAYS_NEEDED: Final = frozenset({"sender", "company"})
ALWAYS_OPTIONAL: Final = frozenset({"name"})

Value = str | Money | date | Sequence[str]
_TEXTS: Final[Mapping[Language, tuple[Frame, Mapping[Template, Text]]]] = {
    Language.EN: (letters_en.FRAME, {**letters_en.LETTERS, **letters_links.LETTERS[Language.EN]}),
    Language.IT: (letters_it.FRAME, {**letters_it.LETTERS, **letters_links.LETTERS[Language.IT]}),
    Language.FR: (letters_fr.FRAME, {**letters_fr.LETTERS, **letters_links.LETTERS[Language.FR]}),
    Language.ES: (letters_es.FRAME, {**letters_es.LETTERS, **letters_links.LETTERS[Language.ES]}),
    Language.DE: (letters_de.FRAME, {**letters_de.LETTERS, **letters_links.LETTERS[Language.DE]}),
}
_ROW: Final[Mapping[Language, str]] = {
    Language.EN: "{what}: {approved} of {claimed} accepted",
    Language.IT: "{what}: accolti {approved} su {claimed}",
    Language.FR: "{what} : {approved} acceptés sur {claimed}",
    Language.ES: "{what}: aceptados {approved} de {claimed}",
    Language.DE: "{what}: {approved} von {claimed} anerkannt",
}


class LetterIncomplete(ValueError):
    """A value the letter needs is missing, or one it does not know was given."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to leave: plain text, with the template and version it was written from."""

    subject: str
    body: str
    language: Language
    template: str


def write_letter(
    template: Template, language: Language | str, values: Mapping[str, Value]
) -> Letter:
    """
    Write a letter in en, it, fr, es or de.

    :param values: text, amounts (`Money`), dates, or lists of lines; figures and dates are written
        as the language writes them
    :raises LetterIncomplete: if a value is missing, empty or unknown to the letter
    """
    tongue = Language(language)
    frame, texts = _TEXTS[tongue]
    written = {name: _written(value, tongue) for name, value in values.items()}
    _require_complete(template, written)
    text = texts[template]
    greeting = frame.greeting if written.get("name") else frame.greeting_without_name
    # Where nobody signs but the company, it is named once.
    alone = written["sender"] == written["company"]
    closing = frame.closing.removesuffix("\n{company}") if alone else frame.closing
    paragraphs = [greeting, *_kept(text, written), closing]
    body = "\n\n".join(paragraph.format_map(written) for paragraph in paragraphs)
    subject = text.subject.format_map(written)
    return Letter(
        subject=_shortened(figures.smooth(subject, tongue), SUBJECT_LENGTH_MAX),
        body=figures.smooth(body, tongue) + "\n",
        language=tongue,
        template=f"{template}.{VERSION}",
    )


def line_of_decision(
    language: Language | str, what: str, *, claimed: Money, approved: Money, why: str = ""
) -> str:
    """Write one line of a decision letter: what was claimed, how much is accepted, and why."""
    tongue = Language(language)
    row = _ROW[tongue].format(
        what=one_line(what),
        approved=figures.amount(approved.minor, tongue, exponent=approved.exponent),
        claimed=figures.money(claimed.minor, claimed.currency, tongue),
    )
    return f"{row}. {one_line(why)}" if why.strip() else row


def placeholders_of(text: str) -> frozenset[str]:
    """Return the names of the values a text asks for."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def texts_of(template: Template, language: Language) -> Text:
    """Return a letter's text as it stands, for those who review it."""
    return _TEXTS[language][1][template]


def one_line(value: str) -> str:
    """Return a stranger's text as one line without control characters, at most 500 long."""
    visible = "".join(
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in value
        if unicodedata.category(char) != "Cf"
    )
    return _shortened(" ".join(visible.split()), VALUE_LENGTH_MAX)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + ELLIPSIS


def _written(value: Value, language: Language) -> str:
    if isinstance(value, Money):
        return figures.money(value.minor, value.currency, language)
    if isinstance(value, date):
        return figures.day(value, language)
    if isinstance(value, str):
        return one_line(value)
    return "\n".join(f"- {one_line(line)}" for line in value if line.strip())


def _require_complete(template: Template, written: Mapping[str, str]) -> None:
    needed = NEEDED[template] | ALWAYS_NEEDED
    missing = sorted(name for name in needed if not written.get(name))
    if missing:
        raise LetterIncomplete(f"the letter {template} needs a value for {', '.join(missing)}")
    unknown = sorted(set(written) - needed - OPTIONAL.get(template, frozenset()) - ALWAYS_OPTIONAL)
    if unknown:
        raise LetterIncomplete(f"the letter {template} has no place for {', '.join(unknown)}")


def _kept(text: Text, written: Mapping[str, str]) -> list[str]:
    kept = []
    for paragraph in text.paragraphs:
        bare = paragraph.removeprefix("?")
        if bare == paragraph or all(written.get(name) for name in placeholders_of(bare)):
            kept.append(bare)
    return kept
