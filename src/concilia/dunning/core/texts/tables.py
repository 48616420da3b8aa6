"""The blocks a text may hold: items, instalments, options, buttons for reasons, advice bodies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from concilia.correspondence.core import figures
from concilia.correspondence.core.figures import Language
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.texts.blocks import Block, Choice, Choices, Paragraph, Table
from concilia.dunning.core.texts.facts import Facts, Item, TextIncomplete
from concilia.dunning.core.texts.fields import needed, on_one_line, safe_link, sums, value_of
from concilia.dunning.core.texts.keys import (
    OPTIONS_OF,
    TONE_OF_KEY,
    USUAL_OPTIONS,
    Key,
    Option,
    Way,
)
from concilia.dunning.core.texts.labels import MOTIVES_OF, Labels, labels_of
from concilia.dunning.core.texts.statutes import statute_of

ITEMS_IN_MAIL_MAX: Final = 20
OPTIONS_MIN: Final = 2  # domain.md E4
_LINK_OF: Final[Mapping[Option, str]] = {Option.WRONG: "NR-11", Option.ALREADY_PAID: "NR-08"}


@dataclass(frozen=True, slots=True)
class Telling:
    """Which text is told, by which way, in which language, about what."""

    key: Key
    way: Way
    language: Language
    facts: Facts

    @property
    def labels(self) -> Labels:
        """The small words of its language and form of address."""
        return labels_of(self.language, self.facts.form)


def block_of(name: str, telling: Telling) -> Block | None:
    """
    Return a block of a text; None where there is nothing to show in it.

    :raises TextIncomplete: if something it shows is not known
    """
    return _BLOCKS[name](telling)


def _items(telling: Telling) -> Block | None:
    facts, language, labels = telling.facts, telling.language, telling.labels
    if not facts.items:
        return None
    below = [labels.total.format(asked=sums(facts.asked, language))]
    if facts.disputed:
        below.append(labels.total_disputed.format(disputed=sums(facts.disputed, language)))
    if telling.way is not Way.LETTER and len(facts.items) > ITEMS_IN_MAIL_MAX:
        return _statement(labels, language, facts, tuple(below))
    shows_days = TONE_OF_KEY.get(telling.key, Tone.COURTESY) >= Tone.FIRM
    return _table(labels, language, facts.items, tuple(below), shows_days=shows_days)


def _statement(labels: Labels, language: Language, facts: Facts, below: tuple[str, ...]) -> Block:
    """Of very many items a mail names the sums; the lines are behind the link."""
    link = needed("account_link", facts, language)
    count = str(len(facts.items))
    anchor = f'<a href="{escape(link)}">{escape(link)}</a>'
    told = labels.many.format(count=count, account_link=link)
    shown = escape(labels.many).format(count=count, account_link=anchor)
    return Paragraph(
        "\n".join([told, *below]), "<br>".join([shown, *(escape(line) for line in below)])
    )


def _table(
    labels: Labels,
    language: Language,
    items: tuple[Item, ...],
    below: tuple[str, ...],
    *,
    shows_days: bool,
) -> Table:
    number, issued, due, days, opened, asked = labels.columns
    headers = (number, issued, due, *((days,) if shows_days else ()), opened, asked)
    rows, lines, notes, links = [], [], [], []
    for item in items:
        written = _written(item, language)
        late = (str(max(item.days_late, 0)),) if shows_days else ()
        rows.append(
            (written["number"], written["issued"], written["due"], *late, written["open"],
             written["asked"])
        )  # fmt: skip
        note = labels.line_disputed.format_map(written) if item.disputed else ""
        line = (labels.line if item.issued else labels.line_undated).format_map(written)
        lines.append(f"{line} ({note})" if note else line)
        notes.append(note)
        links.append(safe_link(item.link, "link"))
    return Table(
        headers=headers,
        rows=tuple(rows),
        sums=below,
        lines=tuple(lines),
        figures=3 if shows_days else 2,
        notes=tuple(notes),
        links=tuple(links),
    )


def _written(item: Item, language: Language) -> dict[str, str]:
    asked = figures.money(item.asked, item.currency, language)
    whole = item.open == item.asked
    return {
        "number": on_one_line(item.number),
        "issued": figures.day(item.issued, language) if item.issued else "",
        "due": figures.day(item.due, language),
        "asked": asked,
        "open": asked if whole else figures.money(item.open, item.currency, language),
        "disputed": figures.money(item.disputed, item.currency, language) if item.disputed else "",
    }


def _rows(telling: Telling) -> Block | None:
    facts, language, labels = telling.facts, telling.language, telling.labels
    if not facts.rows:
        return None
    if not facts.currency:
        raise TextIncomplete("instalments have no currency", field="currency")
    rows, lines = [], []
    for row in facts.rows:
        due = figures.day(row.due, language)
        amount = figures.money(row.amount, facts.currency, language)
        paid = figures.money(row.paid, facts.currency, language) if row.paid else ""
        rows.append((str(row.number), due, amount, paid))
        line = labels.row.format(number=row.number, due=due, amount=amount)
        lines.append(f"{line} ({labels.row_paid})" if row.paid >= row.amount else line)
    nothing = ("",) * len(rows)
    return Table(labels.row_columns, tuple(rows), (), tuple(lines), 2, nothing, nothing)


def _options(telling: Telling) -> Block:
    chosen = telling.facts.options or OPTIONS_OF.get(telling.key, USUAL_OPTIONS)
    if len(set(chosen)) < OPTIONS_MIN:
        raise TextIncomplete("fewer than two options are offered", field="options")
    return _choices(tuple(_option(option, telling) for option in chosen), telling)


def _option(option: Option, telling: Telling) -> Choice:
    label = telling.labels.options[option]
    if option is Option.TALK:
        return Choice(label, how=_talk(telling))
    if option is Option.PAY:
        return _pay(label, telling)
    code = _LINK_OF.get(option, "")
    return Choice(label, link=safe_link(telling.facts.motive_links.get(code, ""), code))


def _pay(label: str, telling: Telling) -> Choice:
    facts, language, labels = telling.facts, telling.language, telling.labels
    link = value_of("pay_link", facts, language)
    if not facts.iban:
        return Choice(label, link=link, is_first=True)
    transfer = labels.by_transfer.format(
        iban=on_one_line(facts.iban), reference=needed("reference", facts, language)
    )
    told = labels.either.join(part for part in (link, transfer) if part)
    return Choice(label, link=link, how=told, is_first=True)


def _talk(telling: Telling) -> str:
    facts, language, labels = telling.facts, telling.language, telling.labels
    phone = value_of("phone", facts, language)
    mail = value_of("reply_to", facts, language)
    if phone and mail:
        return labels.by_phone_or_mail.format(phone=phone, reply_to=mail)
    if not phone and not mail:
        raise TextIncomplete("nobody can be reached: neither phone nor address", field="phone")
    return labels.by_phone.format(phone=phone) if phone else labels.by_mail.format(reply_to=mail)


def _motives(telling: Telling) -> Block:
    facts, words = telling.facts, telling.labels.motives
    return _choices(
        tuple(
            Choice(words[code], link=safe_link(facts.motive_links.get(code, ""), code))
            for code in MOTIVES_OF[facts.form]
        ),
        telling,
    )


def _choices(choices: tuple[Choice, ...], telling: Telling) -> Choices:
    """What has no link of its own is found behind that of the account."""
    if all(choice.link or choice.how for choice in choices):
        return Choices(choices)
    link = needed("account_link", telling.facts, telling.language)
    labels = telling.labels
    anchor = f'<a href="{escape(link)}">{escape(link)}</a>'
    return Choices(
        choices,
        labels.all_here.format(account_link=link),
        escape(labels.all_here).format(account_link=anchor),
    )


def _advice(telling: Telling) -> Block | None:
    named = [f"- {on_one_line(line)}" for line in telling.facts.advice if line.strip()]
    if not named:
        return None
    lines = [telling.labels.free_advice, *named]
    return Paragraph("\n".join(lines), "<br>".join(map(escape, lines)))


def _statute(telling: Telling) -> Block:
    """What a country's law wants said; there is no notice for one nobody wrote it for."""
    facts = telling.facts
    return Paragraph(statute_of(facts.country, telling.language, facts.form))


_BLOCKS: Final[Mapping[str, Callable[[Telling], Block | None]]] = {
    "items": _items,
    "options": _options,
    "motives": _motives,
    "rows": _rows,
    "advice": _advice,
    "statute": _statute,
}
