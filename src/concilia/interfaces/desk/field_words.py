"""The fields of a reading in words, and their values as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.interfaces.components.formats import base_language
from concilia.interfaces.desk.inbox_words import kind_words
from concilia.kernel.non_payment import NON_PAYMENT_REASONS, non_payment_name
from concilia.kernel.reason_words import Family
from concilia.kernel.reasons import REASONS, reason_name

Word = str | Promise
SHOWN_CHARS_MAX: Final = 60

FIELDS: Final[Mapping[str, Word]] = {
    "kind": _("Document"),
    "reason": _("Reason"),
    "non_payment_reason": _("Why not paid"),
    "currency": _("Currency"),
    "claimed_amount": _("Claimed"),
    "total_amount": _("Total of the document"),
    "customer": _("Customer"),
    "references.invoice": pgettext_lazy("document", "Invoice"),
    "references.order": pgettext_lazy("document", "Order"),
    "references.delivery": _("Delivery note"),
    "references.claim": _("Their number"),
    "references.customer": _("Customer number"),
    "references.promotion": _("Promotion"),
    "references.return": _("Return"),
    "promise.date": _("Promised for"),
    "promise.amount": _("Promised amount"),
    "lines": _("Reason of a line"),
    "columns": _("Meaning of a column"),
}
# What a column of a customer's table can mean.
COLUMNS: Final[Mapping[str, Word]] = {
    "": _("nothing of this"),
    "document": _("Document number"),
    "invoiced": _("Invoiced amount"),
    "paid": _("Paid amount"),
    "discount": _("Cash discount"),
    "deducted": _("Deducted amount"),
    "reason": _("Reason in words"),
    "reason_code": _("Code of the reason"),
    "order": _("Order number"),
    "delivery": _("Delivery note number"),
    "date": _("Date"),
}


def field_words(name: str) -> Word:
    """What a field is called; lines and columns without their number."""
    return FIELDS.get(name) or FIELDS.get(name.partition(".")[0]) or name


def value_words(name: str, value: object) -> str:
    """A value as a person reads it, shortened."""
    if name.startswith("columns.") and value is not None:
        return str(COLUMNS.get(str(value), value))
    values = value if isinstance(value, list) else [value]
    shown = ", ".join(_named(name, str(each)) for each in values if each is not None)
    return shown[:SHOWN_CHARS_MAX] or "–"


def _named(name: str, text: str) -> str:
    language = base_language(get_language())
    if text in REASONS:
        return reason_name(text, language)
    if text in NON_PAYMENT_REASONS:
        return non_payment_name(text, language)
    return str(kind_words(text)) if name == "kind" else text


def reason_choices(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """This will be all claim reasons by family, to choose from."""
    families = {
        Family.COMMERCIAL: pgettext("claim reasons", "Commercial"),
        Family.NON_COMMERCIAL: pgettext("claim reasons", "Delivery and service"),
        Family.FINANCIAL: pgettext("claim reasons", "Payment and accounting"),
    }
    return tuple(
        (
            words,
            tuple(
                (code, f"{reason_name(code, language)} · {code}")
                for code, each in REASONS.items()
                if each.family == family
            ),
        )
        for family, words in families.items()
    )
