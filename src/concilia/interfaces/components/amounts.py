"""Amounts with their markup: units, smaller cents, and the currency where it must be said."""

from __future__ import annotations

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from concilia.interfaces.components import formats


def amount_html(minor: int | None, currency: str, why: str = "") -> SafeString:
    """
    `minor` units without the currency code, for columns whose header names the currency.

    :param why: what stands in the title where the amount is not known (None)
    """
    return _not_known(why) if minor is None else _written(minor, currency, "")


def money_html(minor: int | None, currency: str, why: str = "") -> SafeString:
    """`minor` units with the currency code, for figures that stand alone and mixed columns."""
    code = f"<small>{escape(currency)}</small>"
    return _not_known(why) if minor is None else _written(minor, currency, code)


def _written(minor: int, currency: str, code: str) -> SafeString:
    written = formats.format_amount(minor, currency, formats.base_language(get_language()))
    kind = "money zero" if written.is_zero else "money"
    cents = f"<i>{written.cents}</i>" if written.cents else ""
    # Digits and signs of our own only, and a page has hundreds of them: nothing to escape.
    return SafeString(f'<span class="{kind}">{written.units}{cents}{code}</span>')


def _not_known(why: str) -> SafeString:
    return format_html(
        '<span class="quiet" title="{}">{}</span>', why or gettext("Not known yet"), formats.UNKNOWN
    )
