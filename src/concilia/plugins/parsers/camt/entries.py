"""One `Ntry` to the payments in it, with all that says why less was paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from concilia.documents.core.banking import Adjustment, BankEntry, Party, ReferredDocument
from concilia.plugins.parsers.camt.nodes import (
    Node,
    amount,
    date,
    decimal,
    either,
    every,
    first,
    text,
)

CREDIT_NOTE: Final = "CREN"
COUNT_DIGITS_MAX: Final = 15  # ISO 20022: Max15NumericText
NOT_PROVIDED: Final = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NONREF"})


def read_entry(node: Node, currency: str) -> Iterator[BankEntry]:
    """
    Yield the payments of one entry: its transactions, or itself where it has none.

    :param currency: of the account, for amounts that name none
    """
    whole = amount(first(node, "Amt")) or (Decimal(0), currency)
    details = every(node, "NtryDtls", "TxDtls")
    alone = len(details) <= 1
    if not alone and all(_own_amount(detail, whole[1]) is None for detail in details):
        yield _together(node, details, whole)
        return
    for sequence, detail in enumerate(details or [None], start=1):
        yield _payment(node, detail, sequence=sequence, whole=whole, alone=alone)


def _together(node: Node, details: list[Node], whole: tuple[Decimal, str]) -> BankEntry:
    """A batch whose transactions name no amounts is one payment that says all they say."""
    payments = [_payment(node, detail, sequence=1, whole=whole, alone=True) for detail in details]
    return replace(
        payments[0],
        remittance_text=tuple(each for payment in payments for each in payment.remittance_text),
        creditor_references=tuple(
            each for payment in payments for each in payment.creditor_references
        ),
        documents=tuple(each for payment in payments for each in payment.documents),
        additional_remittance=tuple(
            each for payment in payments for each in payment.additional_remittance
        ),
    )


def _payment(
    entry: Node, detail: Node | None, *, sequence: int, whole: tuple[Decimal, str], alone: bool
) -> BankEntry:
    mark = either(detail, ("CdtDbtInd",)) or text(entry, "CdtDbtInd")
    incoming = mark != "DBIT"
    value, currency = _amount(detail, whole, alone=alone)
    original = amount(first(detail, "AmtDtls", "InstdAmt", "Amt"))
    remittance = every(detail, "RmtInf", "Strd")
    batch = first(entry, "NtryDtls", "Btch")
    return BankEntry(
        sequence=sequence,
        amount=value,
        currency=currency,
        direction="in" if incoming else "out",
        status=either(entry, ("Sts", "Cd"), ("Sts",)),
        reversal=text(entry, "RvslInd") in {"true", "1"},
        booking_date=date(entry, "BookgDt"),
        value_date=date(entry, "ValDt"),
        bank_reference=either(entry, ("AcctSvcrRef",)) or text(detail, "Refs", "AcctSvcrRef"),
        entry_reference=text(entry, "NtryRef"),
        end_to_end_id=_provided(text(detail, "Refs", "EndToEndId")),
        transaction_id=_provided(text(detail, "Refs", "TxId")),
        instruction_id=_provided(text(detail, "Refs", "InstrId")),
        mandate_id=_provided(text(detail, "Refs", "MndtId")),
        uetr=text(detail, "Refs", "UETR"),
        batch_id=either(batch, ("PmtInfId",), ("MsgId",)) or text(detail, "Refs", "PmtInfId"),
        batch_count=_count(text(batch, "NbOfTxs")),
        transaction_code=_code(detail) or _code(entry),
        counterparty=_party(detail, "Dbtr" if incoming else "Cdtr"),
        ultimate_debtor=_party(detail, "UltmtDbtr"),
        ultimate_creditor=_party(detail, "UltmtCdtr"),
        remittance_text=_texts(every(detail, "RmtInf", "Ustrd")),
        creditor_references=_texts(
            node for each in remittance for node in every(each, "CdtrRefInf", "Ref")
        ),
        documents=tuple(document for each in remittance for document in read_documents(each)),
        additional_remittance=_texts(
            node for each in remittance for node in every(each, "AddtlRmtInf")
        ),
        return_reason=either(detail, ("RtrInf", "Rsn", "Cd"), ("RtrInf", "Rsn", "Prtry")),
        return_text=" ".join(_texts(every(detail, "RtrInf", "AddtlInf"))) or None,
        charges=_charges(detail) or (_charges(entry) if alone else None),
        original_amount=original[0] if original else None,
        original_currency=original[1] if original else None,
        additional_info=either(detail, ("AddtlTxInf",)) or text(entry, "AddtlNtryInf"),
    )


def _amount(detail: Node | None, whole: tuple[Decimal, str], *, alone: bool) -> tuple[Decimal, str]:
    """Return what was booked: the entry's amount, or of several transactions each one's own."""
    own = None if alone else _own_amount(detail, whole[1])
    if own is not None:
        return own
    return whole if alone else (Decimal(0), whole[1])


def _own_amount(detail: Node | None, currency: str) -> tuple[Decimal, str] | None:
    own = amount(first(detail, "Amt"))
    for names in (("AmtDtls", "TxAmt", "Amt"), ("AmtDtls", "InstdAmt", "Amt")):
        if own is None:
            found = amount(first(detail, *names))
            own = found if found is not None and found[1] in {currency, ""} else None
    return None if own is None else (own[0], own[1] or currency)


def read_documents(remittance: Node) -> Iterator[ReferredDocument]:
    """
    Yield the documents one `Strd` names. Amounts stand beside them once for each `Strd`.

    A `Strd` without a document but with amounts or a reference still says something.
    """
    named = every(remittance, "RfrdDocInf")
    amounts = first(remittance, "RfrdDocAmt")
    adjustments = tuple(_adjustments(amounts))
    if not named and amounts is None:
        return
    for position, node in enumerate(named or [None]):
        own = amounts if position == 0 else None
        kind = either(node, ("Tp", "CdOrPrtry", "Cd"), ("Tp", "CdOrPrtry", "Prtry"))
        yield ReferredDocument(
            kind=kind,
            number=text(node, "Nb"),
            date=date(node, "RltdDt"),
            due=decimal(own, "DuePyblAmt"),
            discount=decimal(own, "DscntApldAmt") or decimal(own, "DscntApldAmt", "Amt"),
            credited=decimal(own, "CdtNoteAmt"),
            tax=decimal(own, "TaxAmt") or decimal(own, "TaxAmt", "Amt"),
            remitted=_signed(decimal(own, "RmtdAmt"), kind),
            currency=_currency(own),
            adjustments=adjustments if position == 0 else (),
        )


def _adjustments(amounts: Node | None) -> Iterator[Adjustment]:
    for node in every(amounts, "AdjstmntAmtAndRsn"):
        found = amount(first(node, "Amt"))
        if found is not None:
            sign = -1 if text(node, "CdtDbtInd") == "CRDT" else 1
            yield Adjustment(sign * found[0], found[1], text(node, "Rsn"), text(node, "AddtlInf"))


def _signed(value: Decimal | None, kind: str | None) -> Decimal | None:
    return -value if value is not None and kind == CREDIT_NOTE else value


def _currency(amounts: Node | None) -> str | None:
    if amounts is None:
        return None
    return next((str(each.get("Ccy")) for each in amounts.iter() if each.get("Ccy")), None)


def _party(detail: Node | None, role: str) -> Party:
    node = first(detail, "RltdPties", role)
    account = f"{role}Acct"
    identification = either(
        node,
        ("Id", "OrgId", "Othr", "Id"),
        ("Pty", "Id", "OrgId", "Othr", "Id"),
        ("Id", "PrvtId", "Othr", "Id"),
        ("Pty", "Id", "PrvtId", "Othr", "Id"),
        ("Id", "OrgId", "BICOrBEI"),
        ("Pty", "Id", "OrgId", "AnyBIC"),
    )
    return Party(
        name=either(node, ("Nm",), ("Pty", "Nm"), ("Agt", "FinInstnId", "Nm")),
        iban=either(first(detail, "RltdPties", account), ("Id", "IBAN"), ("Id", "Othr", "Id")),
        identification=identification,
    )


def _code(node: Node | None) -> str | None:
    """Return `domain/family/sub-family`, else the bank's own code."""
    domain = first(node, "BkTxCd", "Domn")
    parts = [text(domain, "Cd"), text(domain, "Fmly", "Cd"), text(domain, "Fmly", "SubFmlyCd")]
    if all(parts):
        return "/".join(part for part in parts if part)
    return text(node, "BkTxCd", "Prtry", "Cd")


def _charges(node: Node | None) -> Decimal | None:
    whole = decimal(node, "Chrgs", "TtlChrgsAndTaxAmt")
    if whole is not None:
        return whole
    single = [
        decimal(each, "Amt") for each in (*every(node, "Chrgs", "Rcrd"), *every(node, "Chrgs"))
    ]
    found = [each for each in single if each is not None]
    return sum(found, Decimal(0)) if found else None


def _texts(nodes: object) -> tuple[str, ...]:
    found = [text(node) for node in nodes]  # type: ignore[attr-defined]
    return tuple(each for each in found if each)


def _provided(value: str | None) -> str | None:
    return None if value is None or value.upper() in NOT_PROVIDED else value


def _count(value: str | None) -> int | None:
    is_count = value is not None and value.isdecimal() and len(value) <= COUNT_DIGITS_MAX
    return int(value) if value is not None and is_count else None
