"""Words, amounts and days from the portal's forms, as the database can keep them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_noop as _

from concilia.foundation.refusals import Refused
from concilia.kernel.currencies import exponent_of

KEY_DIGITS_MAX: Final = 18
AMOUNT_CHARS_MAX: Final = 20
FILES_MAX: Final = 10
BYTES_MAX: Final = 50 * 1024**2


class InputRefused(Refused):
    """Something typed cannot be meant so; the message says what."""


def words_in(sent: QueryDict, name: str, *, most: int) -> str:
    """What was typed into a field: no NUL, one kind of line end, at most so many characters."""
    text = sent.get(name) or ""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:most]


def keys_in(sent: QueryDict, name: str) -> list[int]:
    """The keys of rows that a field names, without what is none."""
    return [int(one) for one in sent.getlist(name) if is_key(one)]


def is_key(text: str) -> bool:
    """Whether a text can be the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) <= KEY_DIGITS_MAX


def amount_in(text: str, currency: str) -> int | None:
    """
    An amount as people type it, in minor units; None for an empty field.

    The last comma or point followed by as many digits as the currency has decimals, or by fewer, is
    the decimal sign; one followed by three digits groups thousands.

    :raises InputRefused: for what is no amount
    """
    exponent = exponent_of(currency)
    digits = "".join(c for c in text.strip() if c not in " '’\u00a0\u202f€£$")
    if not digits:
        return None
    place = max(digits.rfind(","), digits.rfind("."))
    decimals = digits[place + 1 :] if place >= 0 else ""
    whole = digits
    if place >= 0 and len(decimals) <= exponent:
        whole = digits[:place]
    else:
        decimals = ""
    whole = whole.replace(",", "").replace(".", "") or "0"
    good = (whole + decimals).isascii() and (whole + decimals).isdigit()
    if not good or len(digits) > AMOUNT_CHARS_MAX:
        raise InputRefused(_("Write an amount such as 120.50."))
    return int(whole + decimals.ljust(exponent, "0"))


def day_in(text: str) -> date:
    """
    A day from a date field.

    :raises InputRefused: for what is none
    """
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as wrong:
        raise InputRefused(_("Choose a day.")) from wrong


def files_in(request: HttpRequest) -> Sequence[tuple[str, bytes]]:
    """
    The files of a form, as they came: name and bytes.

    :raises InputRefused: if they are too many or too large
    """
    files = [file for file in request.FILES.getlist("files") if file.size]
    if len(files) > FILES_MAX:
        raise InputRefused(_("These are more than {most} files."), most=FILES_MAX)
    if sum(file.size or 0 for file in files) > BYTES_MAX:
        raise InputRefused(_("All files together may have {size} MB."), size=BYTES_MAX // 1024**2)
    return [(file.name or "photo", file.read()) for file in files]
