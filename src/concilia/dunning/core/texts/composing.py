"""Write a message of collections: complete, safe to send, or not at all (domain.md §3.3, §3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

from concilia.correspondence.core import figures
from concilia.correspondence.core.figures import Language
from concilia.dunning.core.texts import (
    wordings_de,
    wordings_en,
    wordings_es,
    wordings_fr,
    wordings_it,
)
from concilia.dunning.core.texts.blocks import Block, Paragraph, as_html, as_text
from concilia.dunning.core.texts.facts import Facts, TextIncomplete
from concilia.dunning.core.texts.fields import needed, value_of
from concilia.dunning.core.texts.keys import SHORT, Form, Key, Way, ways_of
from concilia.dunning.core.texts.segments import plain_signs, segments_of
from concilia.dunning.core.texts.tables import Telling, block_of
from concilia.dunning.core.texts.wording import LINKS, Compiled, Part, Wording, compiled

VERSION: Final = 1
SUBJECT_LENGTH_MAX: Final = 200
_SOURCES: Final = {
    Language.EN: wordings_en,
    Language.IT: wordings_it,
    Language.FR: wordings_fr,
    Language.ES: wordings_es,
    Language.DE: wordings_de,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """
    A message ready to leave.

    :param subject: empty for short messages and calls
    :param html: the mail as a page, everything of others escaped; empty for other ways
    :param blocks: what it is made of, greeting and closing included, for letters and pages
    :param template: key and version it was written from; stored with the message
    :param parts: how many short messages a carrier sends for it; 0 for other ways
    """

    key: Key
    way: Way
    language: Language
    subject: str
    text: str
    html: str
    blocks: tuple[Block, ...]
    template: str
    parts: int = 0


@lru_cache(maxsize=512)
def wording_of(key: Key, way: Way, language: Language) -> Wording:
    """
    Return the text that comes with the product.

    :raises KeyError: if it is not written for this way
    """
    if way not in ways_of(key):
        raise KeyError(f"{key} is not written for {way}")
    source = _SOURCES[language]
    if way is Way.CALL:
        return Wording("", source.GUIDES[key].strip())
    if way in SHORT:
        return Wording("", source.SHORT[key].strip())
    subject, body = source.LONG[key]
    return Wording(subject, body.strip())


def compose(
    key: Key, way: Way, language: Language | str, facts: Facts, wording: Wording | None = None
) -> Composed:
    """
    Write a message; the same facts give the same words.

    :param wording: the company's own; None: what comes with the product
    :raises TextIncomplete: if something it says is not known; the error names it
    :raises WordingInvalid: if the company's own cannot be read
    :raises KeyError: if there is no such text for this way
    """
    tongue = Language(language)
    source = compiled(wording or wording_of(key, way, tongue), facts.form)
    blocks = _blocks(source, Telling(key, way, tongue, facts))
    subject = _subject(source.subject, tongue, facts)
    text = as_text(blocks)
    if way in SHORT or way is Way.CALL:
        subject = ""
    if way is Way.SMS:
        text = plain_signs(text).strip()
    return Composed(
        key=key,
        way=way,
        language=tongue,
        subject=subject,
        text=text,
        html=as_html(blocks, language=tongue.value, title=subject) if way is Way.EMAIL else "",
        blocks=blocks,
        template=f"{key}.{VERSION}",
        parts=segments_of(text).parts if way is Way.SMS else 0,
    )


def _blocks(source: Compiled, telling: Telling) -> tuple[Block, ...]:
    found: list[Block] = []
    for part in source.parts:
        made = _made(part, telling)
        if made is not None:
            found.append(made)
    if telling.way not in {Way.EMAIL, Way.LETTER}:
        return (_with_capital(found[0]), *found[1:]) if found else ()
    greeting, closing = _frame(telling)
    return (Paragraph(greeting), *found, Paragraph(closing))


def _made(part: Part, telling: Telling) -> Block | None:
    facts, language = telling.facts, telling.language
    if part.block:
        made = block_of(part.block, telling)
        if made is None and not part.is_optional:
            raise TextIncomplete(f"there is nothing to show for {{{part.block}}}", field=part.block)
        return made
    values = {}
    for name in part.names:
        if part.is_optional and not value_of(name, facts, language):
            return None
        values[name] = needed(name, facts, language)
    text = figures.smooth(part.text.format_map(values), language)
    if telling.way is not Way.EMAIL:
        return Paragraph(text)
    return Paragraph(text, figures.smooth(part.html.format_map(_as_html(values)), language))


def _as_html(values: Mapping[str, str]) -> dict[str, str]:
    shown = {}
    for name, value in values.items():
        safe = escape(value)
        shown[name] = f'<a href="{safe}">{safe}</a>' if name in LINKS else safe
    return shown


def _frame(telling: Telling) -> tuple[str, str]:
    facts, language, labels = telling.facts, telling.language, telling.labels
    named, plain, closing = labels.frame
    contact = value_of("contact", facts, language)
    unnamed = labels.letter if telling.way is Way.LETTER else plain
    greeting = named.format(contact=contact) if contact else unnamed
    creditor = needed("creditor", facts, language)
    sender = value_of("sender", facts, language)
    signed = creditor if sender == creditor else f"{sender}\n{creditor}"
    return greeting, f"{closing}\n{signed}"


def _subject(part: Part, language: Language, facts: Facts) -> str:
    if not part.text:
        return ""
    values = {name: needed(name, facts, language) for name in part.names}
    subject = _capital(figures.smooth(part.text.format_map(values), language))
    if len(subject) <= SUBJECT_LENGTH_MAX:
        return subject
    return subject[: SUBJECT_LENGTH_MAX - 1].rstrip() + "…"


def _with_capital(block: Block) -> Block:
    """Without a greeting before it, a text begins as sentences do."""
    return Paragraph(_capital(block.text), block.html) if isinstance(block, Paragraph) else block


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def form_of(*, is_consumer: bool) -> Form:
    """Return how somebody is addressed."""
    return Form.CONSUMER if is_consumer else Form.COMPANY
