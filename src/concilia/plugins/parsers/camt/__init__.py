"""
ISO 20022 bank statements: camt.052, camt.053 and camt.054 in all versions.

Read entry by entry in flat memory. The structured remittance is kept whole: that is where a payer
says which documents were paid, which were cut and why (domain.md §6.1).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from lxml import etree

from concilia.documents.core.banking import Account, Balance, BankEntry, Statement
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.camt.entries import read_entry
from concilia.plugins.parsers.camt.nodes import Node, amount, date, either, first, local, text

STATEMENTS: Final = frozenset({"Stmt", "Ntfctn", "Rpt"})
# The first versions carry their number in the name: `BkToCstmrStmtV01`.
MESSAGES: Final = ("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn", "BkToCstmrAcctRpt")
IDENTIFICATIONS: Final = (("Id", "IBAN"), ("Id", "Othr", "Id"), ("Id", "PrtryAcct", "Id"))
WATCHED: Final = [
    *(f"{{*}}{name}" for name in ("GrpHdr", "Acct", "Bal", "Ntry", *STATEMENTS)),
    *(f"{{*}}{name}{version}" for name in MESSAGES for version in ("", "V01", "V02")),
]
ENTRIES_MAX: Final = 150_000


@dataclass(slots=True)
class _Progress:
    """Where the walk is: the file's name, and the account whose entries come now."""

    message_id: str | None = None
    is_camt: bool = False
    account: Account = field(default_factory=lambda: Account(None))


class CamtParser:
    """Account statements, notifications and reports of every bank and version."""

    formats: ClassVar[tuple[str, ...]] = ("camt.053", "camt.054", "camt.052")

    def parse(self, source: Source) -> ParsedDocument:
        """Return the whole statement; `text` has one readable line for each entry."""
        progress = _Progress()
        accounts: list[Account] = []
        entries: list[BankEntry] = []
        lines: list[str] = []
        left_out = 0
        for account, entry in _walk(source.content, progress):
            if entry is None:
                accounts.append(replace(account, entries=tuple(entries)))
                entries = []
            elif len(lines) >= ENTRIES_MAX:
                left_out += 1
            else:
                entries.append(entry)
                lines.append(_line(entry))
        if not accounts:
            raise ParserFailed("a bank statement without any account in it")
        warnings = (f"{left_out} entries beyond {ENTRIES_MAX} left out",) if left_out else ()
        return ParsedDocument(
            source.format,
            "".join(f"{line}\n" for line in lines),
            statement=Statement(progress.message_id, tuple(accounts)),
            warnings=warnings,
        )

    def entries(self, source: Source) -> Iterator[tuple[Account, BankEntry]]:
        """Yield the entries one by one: memory stays flat whatever the file's size."""
        for account, entry in _walk(source.content, _Progress()):
            if entry is not None:
                yield account, entry


def _walk(content: bytes, progress: _Progress) -> Iterator[tuple[Account, BankEntry | None]]:
    """Yield the entries of each account, then the account once without one, complete."""
    events = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        tag=WATCHED,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for event, node in events:
            if event == "start":
                _begin(local(node), progress)
            else:
                yield from _end(node, progress)
    except etree.XMLSyntaxError as error:
        raise ParserFailed(f"damaged XML: {error.msg}") from error
    if not progress.is_camt:
        raise ParserFailed("not a bank statement: no statement message in the XML")


def _begin(name: str, progress: _Progress) -> None:
    if name in STATEMENTS:
        progress.account = Account(None)
    progress.is_camt = progress.is_camt or name.startswith(MESSAGES)


def _end(node: Node, progress: _Progress) -> Iterator[tuple[Account, BankEntry | None]]:
    name = local(node)
    if name == "Ntry":
        for entry in read_entry(node, progress.account.currency or ""):
            yield progress.account, entry
        _forget(node)
    elif name in STATEMENTS:
        said = either(node, ("AddtlStmtInf",), ("AddtlNtfctnInf",), ("AddtlRptInf",))
        yield replace(progress.account, additional_info=said), None
    elif name == "GrpHdr":
        progress.message_id = text(node, "MsgId")
    else:
        progress.account = _with_header(node, name, progress.account)


def _with_header(node: Node, name: str, account: Account) -> Account:
    """Note what stands before the entries: the account, the statement's numbers, its balances."""
    above = node.getparent()
    if above is None or local(above) not in STATEMENTS:
        return account
    if name == "Bal":
        return replace(account, balances=(*account.balances, *_balance(node)))
    return replace(
        account,
        identification=either(
            node, ("Id", "IBAN"), ("Id", "Othr", "Id"), ("Id", "PrtryAcct", "Id")
        ),
        iban=text(node, "Id", "IBAN"),
        currency=text(node, "Ccy"),
        owner=either(node, ("Ownr", "Nm"), ("Nm",)),
        statement_id=text(above, "Id"),
        number=text(above, "ElctrncSeqNb"),
        created=text(above, "CreDtTm"),
    )


def _balance(node: Node) -> tuple[Balance, ...]:
    """Return the balance of a `Bal`, nothing if it has no amount."""
    found = amount(first(node, "Amt"))
    if found is None:
        return ()
    sign = -1 if text(node, "CdtDbtInd") == "DBIT" else 1
    kind = either(node, ("Tp", "CdOrPrtry", "Cd"), ("Tp", "CdOrPrtry", "Prtry")) or ""
    return (Balance(kind, sign * found[0], found[1], date(node, "Dt")),)


def _line(entry: BankEntry) -> str:
    sign = "" if entry.direction == "in" else "-"
    said = (
        entry.booking_date,
        f"{sign}{entry.amount} {entry.currency}",
        entry.counterparty.name,
        *entry.remittance_text,
        *entry.creditor_references,
        *(document.number for document in entry.documents),
        entry.additional_info,
    )
    return " ".join(part for part in said if part)


def _forget(node: Node) -> None:
    """Free an entry that has been read, and what came before it."""
    node.clear()
    parent = node.getparent()
    if parent is not None:
        while node.getprevious() is not None:
            del parent[0]
