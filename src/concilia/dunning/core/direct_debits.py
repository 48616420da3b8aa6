"""
SEPA direct debits as a file for our bank: pain.008.001.08, Core and B2B (EPC130-08, EPC222-07).

The sums are those of the collections to the cent; what a bank would refuse is refused here, with
the collection it is about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape

from concilia.dunning.core.epc import compact_iban, is_valid_iban

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"
NAME_MAX: Final = 70
ID_MAX: Final = 35
TEXT_MAX: Final = 140
AMOUNT_MAX: Final = 99_999_999_999
# The characters every bank of SEPA takes (EPC217-08).
_FOREIGN: Final = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_ID: Final = re.compile(r"[A-Za-z0-9+?/\-:().,' ]{1,35}")
_CREDITOR: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}")
_MODULUS: Final = 97


class Stage(StrEnum):
    """Where a collection stands in the life of its mandate."""

    FIRST = "FRST"
    RECURRENT = "RCUR"


class DebitRefused(ValueError):
    """A collection cannot be put into a file; the message names it and says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Creditor:
    """Who collects: the holder of the account as the bank has it, and the creditor identifier."""

    name: str
    iban: str
    creditor_id: str
    bic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """
    One amount taken from one account, in euro cents.

    :param reference: ours; it comes back as the end-to-end reference, also when it is returned
    """

    reference: str
    minor: int
    mandate: str
    signed_on: date
    scheme: str
    sequence: Stage
    holder: str
    iban: str
    bic: str = ""


def is_valid_creditor_id(text: str) -> bool:
    """Whether the check digits of a creditor identifier hold; its business code does not count."""
    compact = "".join(text.split()).upper()
    if not _CREDITOR.fullmatch(compact):
        return False
    number = compact[7:] + compact[:4]
    return int("".join(str(int(character, 36)) for character in number)) % _MODULUS == 1


def sepa_text(text: str, most: int) -> str:
    """Return a text in the characters every bank takes: é is e, ß is ss, what is left a blank."""
    plain = text.replace("ß", "ss").replace("&", "+")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return " ".join(_FOREIGN.sub(" ", letters).split())[:most].strip()


def direct_debit_file(
    *,
    identification: str,
    creditor: Creditor,
    collections: Sequence[Collection],
    collection_date: date,
    at: datetime,
) -> bytes:
    """
    Return the file for the bank, grouped by scheme and place in the mandate's life.

    :param identification: names the file for ever, at most 30 characters
    :raises DebitRefused: for no collection, one that no bank would take, or two of one reference
    """
    _require_creditor(creditor)
    for one in collections:
        _require_collectable(one, at.date())
    references = {one.reference for one in collections}
    if not collections or len(references) != len(collections):
        raise DebitRefused("A file has at least one collection, and each has its own reference.")
    ordered = sorted(collections, key=lambda one: (one.scheme, one.sequence, one.reference))
    groups = [
        list(group) for _key, group in groupby(ordered, lambda one: (one.scheme, one.sequence))
    ]
    blocks = "".join(
        _block(f"{identification}-{n}", creditor, group, collection_date)
        for n, group in enumerate(groups, start=1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}">'
        f"<CstmrDrctDbtInitn><GrpHdr><MsgId>{identification}</MsgId>"
        f"<CreDtTm>{at:%Y-%m-%dT%H:%M:%S}</CreDtTm>{_sums(ordered)}"
        f"<InitgPty><Nm>{_name(creditor.name)}</Nm></InitgPty></GrpHdr>{blocks}"
        "</CstmrDrctDbtInitn></Document>\n"
    ).encode()


def _block(name: str, creditor: Creditor, group: Sequence[Collection], on: date) -> str:
    first = group[0]
    return (
        f"<PmtInf><PmtInfId>{name}</PmtInfId><PmtMtd>DD</PmtMtd><BtchBookg>false</BtchBookg>"
        f"{_sums(group)}<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl>"
        f"<LclInstrm><Cd>{first.scheme}</Cd></LclInstrm><SeqTp>{first.sequence}</SeqTp></PmtTpInf>"
        f"<ReqdColltnDt>{on:%Y-%m-%d}</ReqdColltnDt><Cdtr><Nm>{_name(creditor.name)}</Nm></Cdtr>"
        f"<CdtrAcct><Id><IBAN>{compact_iban(creditor.iban)}</IBAN></Id></CdtrAcct>"
        f"<CdtrAgt>{_agent(creditor.bic)}</CdtrAgt><ChrgBr>SLEV</ChrgBr>"
        f"<CdtrSchmeId><Id><PrvtId><Othr><Id>{creditor.creditor_id}</Id>"
        "<SchmeNm><Prtry>SEPA</Prtry></SchmeNm></Othr></PrvtId></Id></CdtrSchmeId>"
        f"{''.join(map(_transaction, group))}</PmtInf>"
    )


def _transaction(one: Collection) -> str:
    return (
        f"<DrctDbtTxInf><PmtId><EndToEndId>{escape(one.reference)}</EndToEndId></PmtId>"
        f'<InstdAmt Ccy="EUR">{_euro(one.minor)}</InstdAmt><DrctDbtTx><MndtRltdInf>'
        f"<MndtId>{escape(one.mandate)}</MndtId><DtOfSgntr>{one.signed_on:%Y-%m-%d}</DtOfSgntr>"
        f"</MndtRltdInf></DrctDbtTx><DbtrAgt>{_agent(one.bic)}</DbtrAgt>"
        f"<Dbtr><Nm>{_name(one.holder)}</Nm></Dbtr>"
        f"<DbtrAcct><Id><IBAN>{compact_iban(one.iban)}</IBAN></Id></DbtrAcct>"
        f"<RmtInf><Ustrd>{escape(one.reference)}</Ustrd></RmtInf></DrctDbtTxInf>"
    )


def _sums(group: Sequence[Collection]) -> str:
    total = sum(one.minor for one in group)
    return f"<NbOfTxs>{len(group)}</NbOfTxs><CtrlSum>{_euro(total)}</CtrlSum>"


def _euro(minor: int) -> str:
    return f"{Decimal(minor).scaleb(-2):.2f}"


def _name(text: str) -> str:
    return escape(sepa_text(text, NAME_MAX))


def _agent(bic: str) -> str:
    """The bank; without its BIC the account alone says which (IBAN only, since 2016)."""
    known = f"<BICFI>{bic}</BICFI>" if bic else "<Othr><Id>NOTPROVIDED</Id></Othr>"
    return f"<FinInstnId>{known}</FinInstnId>"


def _require_creditor(creditor: Creditor) -> None:
    if not is_valid_iban(creditor.iban):
        raise DebitRefused("The check digits of our own account are wrong.")
    if not is_valid_creditor_id(creditor.creditor_id):
        raise DebitRefused("The check digits of the creditor identifier are wrong.")
    if not sepa_text(creditor.name, NAME_MAX):
        raise DebitRefused("The name of the creditor is missing.")


def _require_collectable(one: Collection, today: date) -> None:
    reasons = (
        (not 0 < one.minor <= AMOUNT_MAX, "its amount is none"),
        (not is_valid_iban(one.iban), "the check digits of the account are wrong"),
        (not _ID.fullmatch(one.reference), "its reference has other characters"),
        (not _ID.fullmatch(one.mandate), "its mandate has other characters"),
        (one.scheme not in {"CORE", "B2B"}, "there is no such scheme"),
        (one.signed_on > today, "its mandate is signed in the future"),
        (not sepa_text(one.holder, NAME_MAX), "the holder of the account is missing"),
    )
    for is_wrong, why in reasons:
        if is_wrong:
            raise DebitRefused(f"{one.reference[:ID_MAX]}: {why}.")
