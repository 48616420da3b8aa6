"""
Writes bank days as camt.053, in the version of 2009 (.02) or of 2019 (.08): banks send either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from concilia.interfaces.cli.company.shapes import Entry

OLD, NEW = "camt.053.001.02", "camt.053.001.08"
FAMILIES = {
    "RCDT": ("RCDT", "ESCT"),
    "RDDT": ("IDDT", "ESDD"),
    "RETURN": ("IDDT", "UPDD"),
    "ICDT": ("ICDT", "ESCT"),
    "CHRG": ("MCOP", "CHRG"),
}
TEXT_MAX = 140


@dataclass(frozen=True, slots=True)
class Account:
    """An account of ours at a bank that does not exist."""

    iban: str
    bic: str
    bank: str
    owner: str
    currency: str
    version: str = OLD


@dataclass(frozen=True, slots=True)
class BankDay:
    """One booked day: opening balance in cents and the entries in the bank's order."""

    day: date
    number: int
    opening: int
    entries: tuple[Entry, ...]

    @property
    def closing(self) -> int:
        """Give the balance at the end of the day, in cents."""
        return self.opening + sum(
            entry.amount if entry.is_credit else -entry.amount for entry in self.entries
        )


def decimal(cents: int) -> str:
    """Write cents as the decimal number files carry."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def write_statement(account: Account, bank_day: BankDay) -> bytes:
    """Give one bank day as a camt.053 file, UTF-8."""
    stamp = f"{bank_day.day.isoformat()}T22:40:00"
    ident = f"{account.iban[-6:]}{bank_day.day:%y%m%d}"
    parts = [
        tag("Id", f"EC{ident}"),
        tag("ElctrncSeqNb", str(bank_day.number)),
        tag("CreDtTm", stamp),
        _account(account),
        _balance("OPBD", bank_day.opening, account.currency, bank_day.day),
        _balance("CLBD", bank_day.closing, account.currency, bank_day.day),
        *(_entry(entry, account) for entry in bank_day.entries),
    ]
    body = wrap(
        "BkToCstmrStmt",
        wrap("GrpHdr", tag("MsgId", f"MSG{ident}") + tag("CreDtTm", stamp)),
        wrap("Stmt", *parts),
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{account.version}">{body}</Document>\n'
    ).encode()


def tag(name: str, text: str) -> str:
    """Give an element with text, or nothing where the text is empty."""
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def wrap(name: str, *children: str) -> str:
    """Give an element around others, or nothing where all of them are empty."""
    inner = "".join(children)
    return f"<{name}>{inner}</{name}>\n" if inner else ""


def amount(name: str, cents: int, currency: str) -> str:
    """Give an amount with its currency."""
    return f'<{name} Ccy="{currency}">{decimal(cents)}</{name}>'


def _account(account: Account) -> str:
    bic = "BIC" if account.version == OLD else "BICFI"
    return wrap(
        "Acct",
        wrap("Id", tag("IBAN", account.iban)),
        tag("Ccy", account.currency),
        wrap("Ownr", tag("Nm", account.owner)),
        wrap("Svcr", wrap("FinInstnId", tag(bic, account.bic), tag("Nm", account.bank))),
    )


def _balance(code: str, cents: int, currency: str, day: date) -> str:
    return wrap(
        "Bal",
        wrap("Tp", wrap("CdOrPrtry", tag("Cd", code))),
        amount("Amt", abs(cents), currency),
        tag("CdtDbtInd", "CRDT" if cents >= 0 else "DBIT"),
        wrap("Dt", tag("Dt", day.isoformat())),
    )


def _entry(entry: Entry, account: Account) -> str:
    family, sub_family = FAMILIES[entry.family]
    status = "BOOK" if account.version == OLD else None
    domain = wrap("Fmly", tag("Cd", family), tag("SubFmlyCd", sub_family))
    day = wrap("BookgDt", tag("Dt", entry.booking_date.isoformat()))
    code = wrap("BkTxCd", wrap("Domn", tag("Cd", "PMNT"), domain))
    return wrap(
        "Ntry",
        tag("NtryRef", entry.ref),
        amount("Amt", entry.amount, account.currency),
        tag("CdtDbtInd", "CRDT" if entry.is_credit else "DBIT"),
        tag("Sts", status) if status else wrap("Sts", tag("Cd", "BOOK")),
        day,
        day.replace("BookgDt", "ValDt"),
        tag("AcctSvcrRef", entry.ref),
        code,
        wrap("NtryDtls", _details(entry, account)),
    )


def _details(entry: Entry, account: Account) -> str:
    currency = account.currency
    instructed = wrap(
        "AmtDtls", wrap("InstdAmt", amount("Amt", entry.amount + entry.charges, currency))
    )
    charges = amount("Amt", entry.charges, currency)
    if account.version != OLD:
        charges = wrap("Rcrd", charges)
    refs = tag("AcctSvcrRef", entry.ref) + tag("EndToEndId", entry.end_to_end or "NOTPROVIDED")
    return wrap(
        "TxDtls",
        wrap("Refs", refs),
        amount("Amt", entry.amount, currency) if account.version != OLD else "",
        tag("CdtDbtInd", "CRDT" if entry.is_credit else "DBIT") if account.version != OLD else "",
        instructed if entry.charges else "",
        wrap("Chrgs", charges) if entry.charges else "",
        _parties(entry, account),
        _remittance(entry, account),
        _return(entry),
    )


def _parties(entry: Entry, account: Account) -> str:
    is_debtor = entry.is_credit or entry.family == "RETURN"
    role = "Dbtr" if is_debtor else "Cdtr"
    party = tag("Nm", entry.name)
    ultimate = tag("Nm", entry.ultimate)
    if account.version != OLD:
        party, ultimate = wrap("Pty", party), wrap("Pty", ultimate)
    return wrap(
        "RltdPties",
        wrap(role, party),
        wrap(f"{role}Acct", wrap("Id", tag("IBAN", entry.iban))),
        wrap("UltmtDbtr", ultimate) if is_debtor else "",
    )


def _remittance(entry: Entry, account: Account) -> str:
    texts = [line[:TEXT_MAX] for line in entry.text]
    parts = [tag("Ustrd", text) for text in texts]
    for code, number, due, remitted in entry.documents:
        kind = wrap("Tp", wrap("CdOrPrtry", tag("Cd", code)))
        paid = amount(
            "CdtNoteAmt" if code == "CREN" else "RmtdAmt", abs(remitted), account.currency
        )
        sums = amount("DuePyblAmt", abs(due), account.currency) + paid
        parts.append(
            wrap("Strd", wrap("RfrdDocInf", kind, tag("Nb", number)), wrap("RfrdDocAmt", sums))
        )
    if entry.reference:
        kind = wrap("Tp", wrap("CdOrPrtry", tag("Cd", "SCOR")))
        parts.append(wrap("Strd", wrap("CdtrRefInf", kind, tag("Ref", entry.reference))))
    return wrap("RmtInf", *parts)


def _return(entry: Entry) -> str:
    return (
        wrap("RtrInf", wrap("Rsn", tag("Cd", entry.return_reason))) if entry.return_reason else ""
    )
