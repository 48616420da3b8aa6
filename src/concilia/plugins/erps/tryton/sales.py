"""Credit notes, debit notes and invoices: Tryton's customer invoices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.ports import (
    COUNTER_ROLES,
    VAT_ROLES,
    DocumentType,
    PostingFailed,
    PostingLine,
    PostingRequest,
    Totals,
)
from concilia.plugins.erps.tryton.once import Held
from concilia.plugins.erps.tryton.records import Records, Row, to_decimal, to_minor

MODEL: Final = "account.invoice"
FIELDS: Final = (
    "state",
    "number",
    "currency.code",
    "untaxed_amount",
    "tax_amount",
    "move.period.name",
)
SALES_TYPES: Final = frozenset(
    {DocumentType.CREDIT_NOTE, DocumentType.INVOICE, DocumentType.DEBIT_NOTE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """
    One line of the document: an amount at one rate on one account, in minor units.

    The sign is Tryton's: what we charge is positive, what we credit negative.
    """

    role: AccountRole
    account: str | None
    vat_bp: int
    tax_code: str | None
    net_minor: int
    vat_minor: int
    text: str


class SalesShelf:
    """Customer invoices, found by their reference."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def held(self, external_ref: str) -> list[Held]:
        """This will be the invoices with our reference, oldest first, cancelled ones left out."""
        domain = [
            ["reference", "=", external_ref],
            ["type", "=", "out"],
            ["company", "=", self.records.company],
            ["state", "!=", "cancelled"],
        ]
        return [_held(row) for row in self.records.rows(MODEL, domain, FIELDS)]

    def create(self, request: PostingRequest) -> None:
        """This will make a draft invoice; a credit note is one with a negative total."""
        self.records.client.call(f"model.{MODEL}.create", [self._values(request)])

    def adjust(self, draft: Held, request: PostingRequest) -> None:
        """
        This will set the VAT of a draft where Tryton's rounding is a cent away from ours.

        Net and VAT of a gross amount are rounded once, together (domain.md §7.2); Tryton rounds the
        VAT of the net. More than a cent for each line is no rounding, and is left to differ.
        """
        wanted: dict[int, int] = {}
        lines: dict[int, int] = {}
        for position in positions(request):
            tax = self.records.tax(position.vat_bp, position.tax_code)
            if tax is not None:
                wanted[tax] = wanted.get(tax, 0) + position.vat_minor
                lines[tax] = lines.get(tax, 0) + 1
        rows = self.records.rows(
            "account.invoice.tax", [["invoice", "=", draft.id]], ["tax", "amount"]
        )
        for row in rows:
            tax, amount = row["tax"], to_minor(row["amount"], request.currency)
            target = wanted.get(tax)
            if target is not None and 0 < abs(target - amount) <= lines[tax]:
                self.records.client.call(
                    "model.account.invoice.tax.write",
                    [row["id"]],
                    {"amount": to_decimal(target, request.currency)},
                )

    def post(self, draft: Held) -> None:
        """This will book the invoice; Tryton refuses one that is booked already."""
        self.records.client.call(f"model.{MODEL}.post", [draft.id])

    def delete(self, drafts: Sequence[Held]) -> None:
        """This will remove draft invoices."""
        if drafts:
            self.records.client.call(f"model.{MODEL}.delete", [each.id for each in drafts])

    def _values(self, request: PostingRequest) -> Row:
        records = self.records
        party = records.party(request.partner)
        original = records.original(request.references[0] if request.references else None)
        if original is not None and original.party != party:
            raise PostingFailed(
                f"invoice {original.number} is not customer {request.partner}'s in Tryton",
                permanent=True,
                code="other_customer",
            )
        document_date = self._possible_date(request)
        values: Row = {
            "type": "out",
            "company": records.company,
            "party": party,
            "invoice_address": original.address if original else records.invoice_address(party),
            "account": original.account if original else records.account(AccountRole.AR),
            "currency": records.currency(request.currency),
            "journal": records.journal(records.settings.journal),
            "invoice_date": document_date,
            "reference": request.external_ref,
            "description": request.text or None,
            "lines": [["create", [self._line(each, request) for each in positions(request)]]],
        }
        if request.posting_date > document_date:
            values["accounting_date"] = request.posting_date
        return values

    def _line(self, position: Position, request: PostingRequest) -> Row:
        tax = self.records.tax(position.vat_bp, position.tax_code)
        return {
            "type": "line",
            "description": position.text or request.text or request.external_ref,
            "quantity": 1.0 if position.net_minor > 0 else -1.0,
            "unit_price": to_decimal(abs(position.net_minor), request.currency),
            "account": self.records.account(position.role, code=position.account),
            "taxes": [["add", [tax]]] if tax is not None else [],
        }

    def _possible_date(self, request: PostingRequest) -> date:
        """
        Return the document date, or the date of a later document of the same number range.

        Numbers follow dates: Tryton refuses a document dated before one that has its number. A
        posting that had to wait a day would never go through otherwise.
        """
        wanted = request.document_date
        ranges = self.records.rows(
            "account.fiscalyear.invoice_sequence",
            [
                ["company", "=", self.records.company],
                ["fiscalyear.start_date", "<=", wanted],
                ["fiscalyear.end_date", ">=", wanted],
            ],
            [_range_of(request)],
        )
        sequences = [row[_range_of(request)] for row in ranges if row[_range_of(request)]]
        later = self.records.rows(
            MODEL,
            [["sequence", "in", sequences], ["invoice_date", ">", wanted]],
            ["invoice_date"],
            order=(("invoice_date", "DESC"),),
            limit=1,
        )
        latest: date = later[0]["invoice_date"] if later else wanted
        return latest


def positions(request: PostingRequest) -> list[Position]:
    """
    This will group the request's lines by account and rate, each with the VAT that goes with it.

    :raises PostingFailed: if a VAT line has no line to go with; such a document cannot be made
    """
    found: dict[tuple[AccountRole, str | None, int, str | None], Position] = {}
    for line in request.lines:
        if line.role in VAT_ROLES | COUNTER_ROLES:
            continue
        key = (line.role, line.account, line.vat_bp or 0, line.tax_code)
        found[key] = _plus(found.get(key), line, net_minor=-line.net_minor)
    for line in request.lines:
        if line.role in VAT_ROLES:
            key = _home_of(line, found, request)
            found[key] = _plus(found[key], line, vat_minor=-line.net_minor)
    return list(found.values())


def _home_of(
    line: PostingLine,
    found: dict[tuple[AccountRole, str | None, int, str | None], Position],
    request: PostingRequest,
) -> tuple[AccountRole, str | None, int, str | None]:
    for key in found:
        if key[2:] == (line.vat_bp or 0, line.tax_code):
            return key
    raise PostingFailed(
        f"{request.external_ref}: VAT at {line.vat_bp} basis points without a net amount",
        permanent=True,
        code="vat_alone",
    )


def _plus(
    position: Position | None, line: PostingLine, *, net_minor: int = 0, vat_minor: int = 0
) -> Position:
    return Position(
        role=position.role if position else line.role,
        account=position.account if position else line.account,
        vat_bp=line.vat_bp or 0,
        tax_code=line.tax_code,
        net_minor=(position.net_minor if position else 0) + net_minor,
        vat_minor=(position.vat_minor if position else 0) + vat_minor,
        text=(position.text if position else "") or line.text,
    )


def _range_of(request: PostingRequest) -> str:
    if request.document_type is DocumentType.CREDIT_NOTE:
        return "out_credit_note_sequence"
    return "out_invoice_sequence"


def _held(row: Row) -> Held:
    currency = row["currency."]["code"]
    move = row["move."]
    return Held(
        id=row["id"],
        state=row["state"],
        number=row["number"] or "",
        period=move["period."]["name"] if move else None,
        totals=Totals(
            currency=currency,
            net_minor=abs(to_minor(row["untaxed_amount"], currency)),
            vat_minor=abs(to_minor(row["tax_amount"], currency)),
        ),
    )
