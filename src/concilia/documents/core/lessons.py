"""What a correction teaches: words around a value, the sender, what the document was judged by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from concilia.documents.core.told import code_keys, label_before

SHARED_DOMAINS: Final = frozenset(
    {
        "gmail.com",
        "outlook.com",
        "hotmail.com",
        "libero.it",
        "yahoo.com",
        "gmx.de",
        "web.de",
        "orange.fr",
        "icloud.com",
        "pec.it",
        "legalmail.it",
        "t-online.de",
        "free.fr",
    }
)
NOBODY: Final = "-"  # the sender of files that came without one
QUESTION_OF: Final = {"kind": "kind", "reason": "reason", "non_payment_reason": "motive"}
LABELLED: Final = ("claimed_amount", "total_amount", "references.")


def sender_key(address: str) -> str:
    """What habits of a sender are kept under: their domain, or the address where many share one."""
    address = address.strip().lower()
    domain = address.rpartition("@")[2]
    if not domain:
        return NOBODY
    return address if domain in SHARED_DOMAINS else domain


def lesson_of(
    field: str,
    change: tuple[Any, Any],
    *,
    values: Mapping[str, Any],
    signals: Mapping[str, Any],
    sender: str,
) -> dict[str, Any]:
    """
    Return what is kept of a correction for learning.

    :param change: the value before and after
    :param values: the document's reading as it stands now
    :param signals: what it was judged by (`core.signals`)
    """
    before, after = change
    learned: dict[str, Any] = {"sender": sender_key(sender)}
    if field in QUESTION_OF:
        answers = {QUESTION_OF[field]: after}
        if field != "kind" and values.get("kind"):
            answers["kind"] = values["kind"]  # a reason is given for what it is
        learned |= {name: signals.get(name) for name in ("said", "given", "scores")}
        learned["answers"] = {name: label for name, label in answers.items() if label}
    elif field.startswith("lines."):
        learned["codes"] = _codes(field, values, signals)
    elif field.startswith(LABELLED):
        learned["labels"] = list(_labels(field, before, after, str(values.get("text") or "")))
    return learned


def _codes(field: str, values: Mapping[str, Any], signals: Mapping[str, Any]) -> list[str]:
    number = int(field.split(".")[1])
    codes = list(signals.get("codes") or ())
    code = codes[number] if number < len(codes) else None
    return code_keys(code, values["lines"][number].get("reason_text"))[:1]


def _labels(field: str, before: object, after: object, text: str) -> Iterator[tuple[str, str]]:
    """Yield which words stand before what is right, and before what is wrong."""
    if not field.startswith("references."):
        yield from _label(field, _writings(str(after or "")), text)
        return
    was, now = _listed(before), _listed(after)
    for value in now:
        if value not in was:
            yield from _label(field, [value], text)
    for value in was:
        if value not in now:
            yield from _label(f"-{field}", [value], text)


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _label(field: str, writings: list[str], text: str) -> Iterator[tuple[str, str]]:
    for writing in writings:
        place = text.find(writing) if writing else -1
        if place >= 0:
            words = label_before(text, place)
            if words:
                yield field, words
            return


def _writings(amount: str) -> list[str]:
    """The ways people write a decimal amount; nothing is searched for under one character."""
    whole, _, cents = amount.partition(".")
    if not whole.isdigit():
        return []
    grouped = f"{int(whole):,}"
    found = [amount, f"{whole},{cents}"]
    found += [grouped.replace(",", sign) + mark + cents for sign, mark in (",.", ".,", " ,", "'.")]
    return [each for each in dict.fromkeys(found) if len(each.strip(".,")) > 1]
