"""Numbers of documents and payment references with check digits."""

from __future__ import annotations

from datetime import date
from random import Random

STYLES = {
    "FT-": ("FT-{year}-{core:06d}", "NC-{year}-{core:06d}"),
    "/": ("{core}/{year}", "{core}/NC/{year}"),
    "VE": ("VE{short}/{core:05d}", "VN{short}/{core:05d}"),
    "digits": ("{short}{core:06d}", "9{short}{core:06d}"),
    "INV": ("INV{core:07d}", "CN{core:07d}"),
    "RE": ("RE-{year}{core:05d}", "GS-{year}{core:05d}"),
    "ten digits": ("19{core:08d}", "16{core:08d}"),
    "monthly": ("FV/{year}/{month:02d}/{core:05d}", "KN/{year}/{month:02d}/{core:05d}"),
    "plain": ("{core}", "G{core}"),
    "lettered": ("A{short}B{core:05d}", "A{short}C{core:05d}"),
    "year last": ("{core:05d}-{short}", "{core:05d}-{short}-NC"),
}


def document_number(style: str, kind: str, issued: date, core: int) -> str:
    pattern = STYLES[style][kind == "credit_note"]
    short = f"{issued.year % 100:02d}"
    return pattern.format(year=issued.year, short=short, month=issued.month, core=core)


def creditor_reference(body: str) -> str:
    """ISO 11649."""
    digits = "".join(str(int(letter, 36)) for letter in f"{body}RF00")
    return f"RF{98 - int(digits) % 97:02d}{body}"


def belgian_reference(body: str) -> str:
    stem = body.zfill(10)[-10:]
    return f"{stem}{int(stem) % 97 or 97:02d}"


def finnish_reference(body: str) -> str:
    total = sum(int(d) * (7, 3, 1)[n % 3] for n, d in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def swiss_reference(body: str) -> str:
    stem, carry = body.zfill(26), 0
    for digit in stem:
        carry = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)[(carry + int(digit)) % 10]
    return f"{stem}{(10 - carry) % 10}"


MAKERS = [creditor_reference, belgian_reference, finnish_reference, swiss_reference]


def grouped(reference: str) -> str:
    """As printed on the slip."""
    if reference.startswith("RF"):
        return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))
    if len(reference) == 12:
        return f"+++{reference[:3]}/{reference[3:7]}/{reference[7:]}+++"
    return " ".join(reference[at : at + 5] for at in range(0, len(reference), 5))


def mistyped(rng: Random, reference: str) -> str:
    """One digit wrong, two swapped, or one missing."""
    at = rng.randrange(5, len(reference) - 1)
    other = rng.choice([d for d in "0123456789" if d != reference[at]])
    swapped = reference[:at] + reference[at + 1] + reference[at] + reference[at + 2 :]
    wrong = reference[:at] + other + reference[at + 1 :]
    missing = reference[:at] + reference[at + 1 :]
    return rng.choice([wrong, missing, swapped if swapped != reference else wrong])
