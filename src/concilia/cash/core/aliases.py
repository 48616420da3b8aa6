"""Which of the accounts and names that people taught us count: pure (decision 51)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from concilia.matching.names import words_of

IBAN: Final = "iban"
NAME: Final = "name"
SURE_HITS: Final = 2  # what one confirmation must not decide
LETTERS_MIN: Final = 3
# Words a bank prints where it does not know who paid: such a name is nobody's.
_NOBODY: Final = (
    "ACCREDITO AGENZIA BANCA BANCO BANK BANQUE BONIFICO CASH CLIENTE CLIENT CUSTOMER DEPOSIT "
    "DIVERSI EINZAHLUNG FILIALE GUTSCHRIFT INCASSO ORDINANTE PAGAMENTO PAIEMENT PAYMENT SPORTELLO "
    "TRANSFER TRANSFERENCIA UEBERWEISUNG UNBEKANNT UNKNOWN VARI VERSAMENTO VIREMENT ZAHLUNG"
)
ANYBODY: Final = frozenset(_NOBODY.split())
IBAN_FORM: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
NAME_MAX: Final = 160


class Claim(NamedTuple):
    """That an account or a name is this customer's. `payer` is the payer group, or the customer."""

    kind: str
    value: str
    customer_id: int
    payer: str
    hits: int
    is_stated: bool


def in_force(claims: Iterable[Claim]) -> list[Claim]:
    """
    The claims that count, in the order given.

    What is stated or written by a person counts. An account counts from its first confirmation, a
    name from the second; where another payer has the same one, nothing counts that was confirmed
    only once. Who was confirmed first makes no difference.
    """
    known = list(claims)
    payers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in known:
        payers[one.kind, one.value].add(one.payer)
    return [one for one in known if _counts(one, len(payers[one.kind, one.value]) > 1)]


def _counts(claim: Claim, is_contested: bool) -> bool:  # noqa: FBT001 - a fact, not a switch
    if claim.is_stated:
        return True
    needed = SURE_HITS if is_contested or claim.kind == NAME else 1
    return claim.hits >= needed


def is_iban(value: str) -> bool:
    """Whether an account number in capitals, without blanks, is an IBAN with the right digits."""
    if not IBAN_FORM.fullmatch(value):
        return False
    figures = "".join(str(int(character, 36)) for character in value[4:] + value[:4])
    return int(figures) % 97 == 1


def alias_name(name: str) -> str:
    """This will be a payer's name as aliases keep it; empty where it tells nothing."""
    words = words_of(name) if name else ()
    telling = any(
        word.isalpha() and len(word) >= LETTERS_MIN and word not in ANYBODY for word in words
    )
    return " ".join(words)[:NAME_MAX] if telling else ""
