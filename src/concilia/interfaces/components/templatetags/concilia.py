"""`{% load concilia %}`: every small component, with examples in docs/reference/components.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, Select
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from concilia.interfaces.components import figures, formats, people
from concilia.interfaces.components.amounts import amount_html, money_html
from concilia.interfaces.components.deadlines import Clock, describe_due
from concilia.interfaces.components.icons import icon_html
from concilia.interfaces.components.states import face_of
from concilia.kernel.reasons import reason_name

register = template.Library()

CONFIDENCE_SURE = Decimal("0.95")
CONFIDENCE_DOUBT = Decimal("0.85")


def _language() -> str:
    return formats.base_language(get_language())


# Money and numbers


@register.simple_tag
def amount(minor: int | None, currency: str, why: str = "") -> SafeString:
    """An amount without its currency code, for columns whose header names the currency."""
    return amount_html(minor, currency, why)


@register.simple_tag
def money(minor: int | None, currency: str, why: str = "") -> SafeString:
    """An amount with its currency code, for figures that stand alone and for mixed columns."""
    return money_html(minor, currency, why)


@register.simple_tag
def in_column(minor: int | None, currency: str, column: str) -> SafeString:
    """An amount in a column whose header names `column`; its code stands only where it differs."""
    return amount(minor, currency) if currency == column else money(minor, currency)


@register.filter
def amount_text(minor: int, currency: str) -> str:
    """An amount as plain text, for sentences, titles and labels: `1,284.00`."""
    return str(formats.format_amount(minor, currency, _language()))


@register.filter
def money_text(minor: int, currency: str) -> str:
    """An amount with its code as plain text: `1,284.00 EUR`."""
    return formats.money_text(minor, currency, _language())


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    """A quantity, count or factor in the reader's way of writing numbers; None as a dash."""
    if value is None:
        return formats.UNKNOWN
    return formats.format_number(value, _language(), places=places)


@register.filter
def percent(share: Decimal | float | None, places: int = 0) -> str:
    """A share of one as per cent: 0.97 → `97 %`; None as a dash."""
    if share is None:
        return formats.UNKNOWN
    return formats.format_percent(share, _language(), places=places)


# Dates


@register.filter
def day(value: date | datetime | None) -> str:
    """`23 Nov`, with the year only when it is not this one."""
    if value is None:
        return formats.UNKNOWN
    return formats.format_day(_local_day(value), timezone.localdate(), _language())


@register.filter
def weekday(value: date | datetime | None) -> str:
    """`Mon 23 Nov`, with the year only when it is not this one."""
    if value is None:
        return formats.UNKNOWN
    return formats.format_weekday(_local_day(value), timezone.localdate(), _language())


@register.filter
def full_date(value: date | datetime) -> str:
    """`Monday 23 November 2026`."""
    return formats.format_full_date(_local_day(value), _language())


@register.filter
def long_day(value: date | datetime) -> str:
    """`Monday 23 November`, with the year only when it is not this one."""
    return formats.format_long_day(_local_day(value), timezone.localdate(), _language())


@register.filter
def clock(value: datetime) -> str:
    """`17:00` in the reader's time zone."""
    return formats.format_clock(timezone.localtime(value), _language())


@register.filter
def moment(value: datetime | None) -> str:
    """`18 Nov 16:48` in the reader's time zone."""
    return f"{day(value)} {clock(value)}" if value else formats.UNKNOWN


@register.filter
def lately(value: datetime | None) -> str:
    """`today 16:48`, `yesterday 16:48`, `18 Nov 16:48`."""
    if value is None:
        return formats.UNKNOWN
    said = {0: gettext("today"), 1: gettext("yesterday")}
    days = (timezone.localdate() - _local_day(value)).days
    return f"{said.get(days) or day(value)} {clock(value)}"


@register.filter
def arrived(value: datetime) -> str:
    """When something came in, as short as possible: `08:41`, `yesterday`, `17 Nov`."""
    days = (timezone.localdate() - _local_day(value)).days
    if days == 0:
        return clock(value)
    return gettext("yesterday") if days == 1 else day(value)


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.simple_tag
def due(
    due_at: datetime | date | None,
    now: datetime | None = None,
    paused: bool | datetime = False,  # noqa: FBT001, FBT002 - a tag's argument has a name anyway
    started_at: datetime | None = None,
) -> SafeString:
    """A deadline in words with its colour; the full date is in the title."""
    told = describe_due(
        Clock(due=due_at, now=now or timezone.now(), started_at=started_at, paused=paused),
        zone=timezone.get_current_timezone(),
        language=_language(),
    )
    return format_html(
        '<span class="due" data-d="{}" title="{}">{}{}</span>',
        told.tone,
        told.title,
        icon_html(told.icon),
        told.words,
    )


# States, confidence, reasons, people


@register.simple_tag
def state(name: str, word: str = "", tone: str | None = None, icon: str = "") -> SafeString:
    """A state as shape, word and colour; `word`, `tone` and `icon` say it otherwise."""
    face = face_of(str(name))
    return format_html(
        '<span class="state" data-s="{}">{}{}</span>',
        face.tone if tone is None else tone,
        icon_html(icon or face.icon),
        word or face.word,
    )


@register.simple_tag
def conf(
    value: Decimal | float | None, person: str = "", proven: str = "", label: str = ""
) -> SafeString | str:
    """
    How sure a value is: nothing when sure, a meter below 95 %, amber below 85 %.

    `proven` puts a green tick with these words for the reader; `person` says who corrected it.
    """
    if person:
        return format_html(
            '<span class="conf" data-c="person">{}{}</span>',
            icon_html("pencil", small=True),
            person,
        )
    if proven:
        return format_html(
            '<span class="ok" title="{}">{}<span class="sr">{}</span></span>',
            proven,
            icon_html("check", small=True),
            proven,
        )
    share = Decimal(str(value)) if value is not None else Decimal(1)
    if share >= CONFIDENCE_SURE:
        return ""
    doubt = share < CONFIDENCE_DOUBT
    return format_html(
        '<span class="conf" data-c="{}" style="--p:{}%">{}</span>',
        "doubt" if doubt else "fair",
        int(share * 100),
        label or formats.format_percent(share, _language()),
    )


@register.simple_tag
def reason(code: str | None, plain: bool = False) -> SafeString:  # noqa: FBT001, FBT002
    """A claim reason by its name in the reader's language with the code after it."""
    if not code:
        return format_html('<span class="quiet">{}</span>', gettext("No reason yet"))
    name = reason_name(code, _language())
    if plain:
        return format_html("{}", name)
    return format_html('{} <span class="tiny quiet">{}</span>', name, code)


@register.simple_tag(takes_context=True)
def avatar(context: template.Context, who: object, large: bool = False) -> SafeString:  # noqa: FBT001, FBT002
    """A person's initials with the name for the reader; petrol when it is oneself."""
    request: HttpRequest | None = context.get("request")
    own = getattr(request, "user", None)
    return people.avatar_html(who, own=own, large=large)


@register.simple_tag
def icon(name: str, small: bool = False) -> SafeString:  # noqa: FBT001, FBT002
    """One icon of the sprite, decorative: the words stand beside it."""
    return icon_html(name, small=small)


@register.simple_tag
def kbd(key: str) -> SafeString:
    """The key that does the same as the button it is printed on."""
    return format_html("<kbd>{}</kbd>", key)


@register.filter
def item(sequence: Sequence[object], index: int) -> object:
    """The element at `index`; nothing where the sequence is too short."""
    return sequence[index] if index < len(sequence) else ""


# Figures


@register.inclusion_tag("components/moneybar.html")
def moneybar(
    parts: Sequence[figures.Part | Mapping[str, Any]],
    currency: str,
    lead: str = "",
    size: str = "thin",
    total: int | None = None,
) -> dict[str, object]:
    """A bar of amounts to scale; `size` is thin, low or tall (tall prints names inside)."""
    whole = figures.parts_of(parts)
    figures.require_sum(whole, total)
    return {
        "parts": [part for part in whole if part.minor],
        "currency": currency,
        "size": size,
        "sentence": figures.bar_sentence(whole, currency, _language(), str(lead)),
    }


@register.inclusion_tag("components/buckets.html")
def buckets(
    parts: Sequence[figures.Part | Mapping[str, Any]], currency: str, total: int | None = None
) -> dict[str, object]:
    """The parts as figures with links; `total` is what they must add up to."""
    whole = figures.parts_of(parts)
    figures.require_sum(whole, total)
    return {"parts": whole, "currency": currency}


@register.inclusion_tag("components/waterfall.html")
def waterfall(
    whole: Sequence[figures.Part | Mapping[str, Any]],
    contested: Sequence[figures.Part | Mapping[str, Any]],
    currency: str,
    whole_label: str,
    contested_label: str,
) -> dict[str, object]:
    """
    The document to scale, its contested slice enlarged below and split by outcome.

    The slice is the last part of `whole`; `contested` must add up to it.
    """
    document, slices = figures.parts_of(whole), figures.parts_of(contested)
    figures.require_sum(slices, document[-1].minor)
    total = sum(part.minor for part in document)
    return {
        "document": document,
        "slices": slices,
        "currency": currency,
        "whole_label": whole_label,
        "contested_label": contested_label,
        "total": total,
        "slice": document[-1].minor,
        "from_percent": (total - document[-1].minor) * 100 // total if total else 0,
        "document_sentence": figures.bar_sentence(
            document, currency, _language(), str(whole_label)
        ),
        "slices_sentence": figures.bar_sentence(
            slices, currency, _language(), str(contested_label)
        ),
    }


@register.simple_tag
def sparkline(points: Sequence[Decimal | float | int | None]) -> SafeString | str:
    """A line without axes, oldest value first; nothing below two values."""
    drawn = figures.sparkline_points(points)
    if not drawn:
        return ""
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        '<polyline points="{}" vector-effect="non-scaling-stroke"/></svg>',
        figures.SPARK_WIDTH,
        figures.SPARK_HEIGHT,
        drawn,
    )


@register.inclusion_tag("components/chart.html")
def chart(name: str, builder: str, data: Mapping[str, Any], label: str = "") -> dict[str, object]:
    """A chart drawn by the builder of that name in charts.js; `label` is its sentence."""
    script = json_script(dict(data), f"data-{name}")
    return {"name": name, "builder": builder, "script": script, "label": label}


# Blocks


class OnceNode(template.Node):
    """What `{% once %}` holds, written once for each language and remembered."""

    def __init__(self, inner: template.NodeList) -> None:
        self.inner = inner
        self.written: dict[str | None, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """The same text for everybody who reads this language."""
        language = get_language()
        if language not in self.written:
            self.written[language] = self.inner.render(context)
        return self.written[language]


@register.tag
def once(parser: template.base.Parser, _token: template.base.Token) -> OnceNode:
    """
    A part that is the same on every page of a language: `{% once %} … {% endonce %}`.

    Nothing in it may depend on the person, the request or the page: whoever comes first writes it.
    """
    inner = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(inner)


@dataclass(frozen=True, kw_only=True, slots=True)
class PanelOptions:
    """
    What a panel may have: `count` beside the title, `note` at the end of the line, `footer` below.

    `kind` adds classes; `plain` leaves out the padding (for tables and lists).
    """

    id: str = ""
    note: str | SafeString = ""
    count: int | str | None = None
    footer: str | SafeString = ""
    kind: str = ""
    plain: bool = False


@register.simple_block_tag
def panel(content: str, title: str, **options: Any) -> str:  # noqa: ANN401 - checked by PanelOptions
    """A panel with its heading; a name that is no field of `PanelOptions` is an error."""
    asked = PanelOptions(**options)
    context = {
        "content": content,
        "title": title,
        "id": asked.id or f"p-{slugify(title)}",
        "options": asked,
    }
    return render_to_string("components/panel.html", context)


@register.simple_block_tag
def sheet(content: str, id: str, title: str) -> str:  # noqa: A002
    """A dialog that rises from the bottom on a phone; `<button data-open="ID">` opens it."""
    return render_to_string("components/sheet.html", {"content": content, "id": id, "title": title})


@register.inclusion_tag("components/empty.html")
def empty(icon: str, title: str, text: str = "", href: str = "", act: str = "") -> dict[str, str]:
    """What will be here and how to get the first one; `href` and `act` are the way there."""
    return {"icon": icon, "title": title, "text": text, "href": href, "act": act}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(
    context: template.Context, page: Page[Any], total: str = "", name: str = "page"
) -> dict[str, object]:
    """
    Where the reader is in a long list and the ways on; keeps the query string.

    `total` is the sum of the page as text, `name` the parameter that carries the number.
    """
    request: HttpRequest = context["request"]

    def link(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "total": total,
        "previous": link(page.previous_page_number()) if page.has_previous() else "",
        "next": link(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "") -> dict[str, object]:
    """A form field with its label, hint and errors, tied together for the reader."""
    extra: dict[str, str | bool] = {}
    described = [f"{bound.id_for_label}-hint"] if hint or bound.help_text else []
    described += [f"{bound.id_for_label}-error"] if bound.errors else []
    if described:
        extra["aria-describedby"] = " ".join(described)
    if bound.errors:
        extra["aria-invalid"] = "true"
    control = "form-select" if isinstance(bound.field.widget, Select) else "form-control"
    own = bound.field.widget.attrs.get("class", "")
    extra["class"] = f"{control} {own}".strip()
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=extra),
        "label": label or bound.label,
        "hint": hint or bound.help_text,
    }
