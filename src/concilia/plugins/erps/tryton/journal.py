"""Entries without a document for the customer: Tryton's account moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from concilia.ledger.ports import PostingFailed, PostingLine, PostingRequest, Totals
from concilia.plugins.erps.tryton.once import Held
from concilia.plugins.erps.tryton.records import Records, Row, to_decimal, to_minor

MODEL: Final = "account.move"
FIELDS: Final = ("state", "number", "description", "period.name", "company.currency.code")


class JournalShelf:
    """Account moves, found by the reference their description begins with."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def held(self, external_ref: str) -> list[Held]:
        """This will be the moves with our reference, oldest first."""
        domain = [
            [
                "OR",
                ["description", "=", external_ref],
                ["description", "like", f"{external_ref} %"],
            ],
            ["company", "=", self.records.company],
        ]
        return [self._held(row) for row in self.records.rows(MODEL, domain, FIELDS)]

    def create(self, request: PostingRequest) -> None:
        """This will make a draft move in the period of the posting date."""
        records = self.records
        values = {
            "company": records.company,
            "journal": records.journal(records.settings.general_journal),
            "period": self._period(request),
            "date": request.posting_date,
            "description": f"{request.external_ref} {request.text}".strip(),
            "lines": [["create", [self._line(line, request) for line in request.lines]]],
        }
        records.client.call(f"model.{MODEL}.create", [values])

    def adjust(self, draft: Held, request: PostingRequest) -> None:
        """This will do nothing: Tryton computes no amount of a move."""

    def post(self, draft: Held) -> None:
        """This will book the move; Tryton refuses one that is booked already."""
        self.records.client.call(f"model.{MODEL}.post", [draft.id])

    def delete(self, drafts: Sequence[Held]) -> None:
        """This will remove draft moves."""
        if drafts:
            self.records.client.call(f"model.{MODEL}.delete", [each.id for each in drafts])

    def _period(self, request: PostingRequest) -> int:
        rows = self.records.rows(
            "account.period",
            [
                ["company", "=", self.records.company],
                ["start_date", "<=", request.posting_date],
                ["end_date", ">=", request.posting_date],
                ["type", "=", "standard"],
            ],
            ["state"],
            limit=1,
        )
        if not rows:
            raise PostingFailed(
                f"Tryton has no period for {request.posting_date}", permanent=True, code="period"
            )
        return int(rows[0]["id"])

    def _line(self, line: PostingLine, request: PostingRequest) -> Row:
        partner = line.partner or None
        return {
            "account": self.records.account(line.role, code=line.account),
            "party": self.records.party(partner) if partner else None,
            "debit": to_decimal(line.debit_minor, request.currency),
            "credit": to_decimal(line.credit_minor, request.currency),
            "description": line.text or None,
        }

    def _held(self, row: Row) -> Held:
        currency = row["company."]["currency."]["code"]
        lines = self.records.rows("account.move.line", [["move", "=", row["id"]]], ["debit"])
        debits = sum(to_minor(line["debit"], currency) for line in lines)
        return Held(
            id=row["id"],
            state=row["state"],
            number=row["number"] or "",
            period=row["period."]["name"],
            totals=Totals(currency=currency, net_minor=debits, vat_minor=0),
        )
