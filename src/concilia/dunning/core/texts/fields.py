"""The values a text may say, each made from the facts in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from concilia.correspondence.core import figures
from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.templates import one_line
from concilia.dunning.core.texts.facts import Facts, TextIncomplete
from concilia.dunning.core.texts.labels import LABELS, labels_of

NAMED_INVOICES_MAX: Final = 2
LINK_LENGTH_MAX: Final = 500


def value_of(name: str, facts: Facts, language: Language) -> str:
    """Return one value as the language writes it; empty where it is not known."""
    return _VALUES[name](facts, language)


def needed(name: str, facts: Facts, language: Language) -> str:
    """
    Return one value.

    :raises TextIncomplete: if it is not known; the error names it
    """
    value = value_of(name, facts, language)
    if not value:
        raise TextIncomplete(f"the text says {{{name}}}, and it is not known", field=name)
    return value


def on_one_line(value: str) -> str:
    """Return a stranger's word on one line: it adds no paragraph, header or hidden sign."""
    if value.isprintable() and "  " not in value and len(value) <= 500:  # noqa: PLR2004 - as one_line cuts
        return value.strip()
    return one_line(value)


def safe_link(value: str, name: str) -> str:
    """
    Return a link of the web.

    :raises TextIncomplete: if it is no `https://` or `http://` address, or has a space in it
    """
    if not value:
        return ""
    is_web = value.startswith(("https://", "http://"))
    if not is_web or len(value) > LINK_LENGTH_MAX or not value.isprintable() or " " in value:
        raise TextIncomplete(f"{name} is no link of the web", field=name)
    return value


def sums(totals: Mapping[str, int], language: Language) -> str:
    """Write totals by currency: `1,284.00 EUR and 90.00 GBP`; empty where there are none."""
    written = [figures.money(minor, code, language) for code, minor in sorted(totals.items())]
    return LABELS[language].join.join(written)


def invoices(facts: Facts, language: Language) -> str:
    """Name what it is about: one or two by number, more by how many."""
    labels = labels_of(language, facts.form)
    numbers = [on_one_line(item.number) for item in facts.items[: NAMED_INVOICES_MAX + 1]]
    match numbers:
        case []:
            return ""
        case [number]:
            return labels.one_invoice.format(number=number)
        case [number, other]:
            return labels.two_invoices.format(number=number, other=other)
        case _:
            return labels.many_invoices.format(count=len(facts.items))


def _word(name: str) -> Callable[[Facts, Language], str]:
    return lambda facts, _: on_one_line(getattr(facts, name))


def _link(name: str) -> Callable[[Facts, Language], str]:
    return lambda facts, _: safe_link(getattr(facts, name), name)


def _day(name: str) -> Callable[[Facts, Language], str]:
    def written(facts: Facts, language: Language) -> str:
        value: date | None = getattr(facts, name)
        return figures.day(value, language) if value else ""

    return written


def _money(name: str) -> Callable[[Facts, Language], str]:
    def written(facts: Facts, language: Language) -> str:
        minor: int | None = getattr(facts, name)
        if minor is None:
            return ""
        if not facts.currency:
            raise TextIncomplete(f"{name} has no currency", field="currency")
        return figures.money(minor, facts.currency, language)

    return written


_VALUES: Final[Mapping[str, Callable[[Facts, Language], str]]] = {
    **{
        name: _word(name)
        for name in (
            "creditor", "customer", "contact", "reply_to", "phone", "iban", "reference",
            "next_holder", "mandate", "claim", "invoice", "holder",
        )
    },
    **{name: _link(name) for name in ("account_link", "pay_link")},
    **{name: _day(name) for name in ("deadline", "interest_until", "day", "new_day", "until")},
    **{
        name: _money(name)
        for name in ("interest", "compensation", "amount", "offer", "waived")
    },
    "sender": lambda facts, _: on_one_line(facts.sender or facts.creditor),
    "invoices": invoices,
    "count": lambda facts, _: str(len(facts.items)) if facts.items else "",
    "asked": lambda facts, language: sums(facts.asked, language),
    "disputed": lambda facts, language: sums(facts.disputed, language),
    "open": lambda facts, language: sums(facts.still_open, language),
}  # fmt: skip
