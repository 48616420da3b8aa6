"""Tryton, through the JSON-RPC its own clients use (docs/how-to/connect-tryton.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, Self

from concilia.ledger.ports import (
    ErpHealth,
    ErpOpenItem,
    PostingFailed,
    PostingRequest,
    PostingResult,
    Setting,
)
from concilia.plugins.erps.tryton.application import apply_to_original
from concilia.plugins.erps.tryton.journal import JournalShelf
from concilia.plugins.erps.tryton.once import Shelf, find_booked, post_once
from concilia.plugins.erps.tryton.records import Domain, Records, Row, to_minor
from concilia.plugins.erps.tryton.rpc import Client
from concilia.plugins.erps.tryton.sales import SALES_TYPES, SalesShelf
from concilia.plugins.erps.tryton.settings import SETTINGS, TrytonSettings, read_settings

PAGE: Final = 200


class TrytonErp:
    """A Tryton company we post to. Not for use by several threads at once."""

    name: ClassVar[str] = "tryton"
    label: ClassVar[str] = "Tryton"
    settings: ClassVar[tuple[Setting, ...]] = SETTINGS

    def __init__(self, configuration: TrytonSettings) -> None:
        self._configuration = configuration
        self._records = Records(Client(configuration.endpoint), configuration)

    @classmethod
    def configured(cls, values: Mapping[str, Any]) -> Self:
        """
        This will be a connector for these settings; nothing is called yet.

        :raises ConfigurationInvalid: if one is missing or cannot be right
        """
        return cls(read_settings(values))

    def check(self) -> ErpHealth:
        """This will log in, and look for every account, tax and journal the settings name."""
        try:
            return ErpHealth(reachable=True, problems=tuple(self._records.problems()))
        except PostingFailed as failure:
            unreachable = failure.code in {"unreachable", "no_answer", "not_tryton"}
            return ErpHealth(reachable=not unreachable, problems=(str(failure),))

    def find(self, external_ref: str) -> PostingResult | None:
        """This will look for a booked invoice, credit note or move of that reference."""
        for shelf in (SalesShelf(self._records), JournalShelf(self._records)):
            found = find_booked(shelf, external_ref)
            if found is not None:
                return found
        return None

    def post(self, request: PostingRequest) -> PostingResult:
        """
        This will make sure that Tryton holds the document once, and apply it to its invoice.

        :raises PostingFailed: if Tryton refused it, or did not answer
        """
        result = post_once(self._shelf(request), request)
        if not self._configuration.apply_to_invoice:
            return result
        notes = apply_to_original(self._records, request, int(result.erp_document))
        return replace(result, notes=notes)

    def read_open_items(self, since: datetime | None) -> Iterator[ErpOpenItem]:
        """
        This will read the customer invoices and credit notes, or those changed since a moment.

        Tryton stamps a change when its transaction began: ask again for some minutes of overlap.
        """
        domain: Domain = [
            ["type", "=", "out"],
            ["company", "=", self._records.company],
            ["state", "in", ["posted", "paid"] if since else ["posted"]],
        ]
        if since is not None:
            moment = since.astimezone(UTC).replace(tzinfo=None)
            domain.append(["OR", ["write_date", ">=", moment], ["create_date", ">=", moment]])
        last = 0
        while rows := self._records.rows(
            "account.invoice", [*domain, ["id", ">", last]], OPEN_ITEM_FIELDS, limit=PAGE
        ):
            yield from self._open_items(rows)
            last = rows[-1]["id"]

    def _shelf(self, request: PostingRequest) -> Shelf:
        if request.document_type in SALES_TYPES:
            return SalesShelf(self._records)
        return JournalShelf(self._records)

    def _open_items(self, rows: list[Row]) -> Iterator[ErpOpenItem]:
        line_ids = [line for row in rows for line in row["lines_to_pay"]]
        due = {
            line["id"]: line["maturity_date"]
            for line in self._records.rows(
                "account.move.line", [["id", "in", line_ids]], ["maturity_date"]
            )
        }
        for row in rows:
            currency = row["currency."]["code"]
            dates = [due[line] for line in row["lines_to_pay"] if due.get(line)]
            changed_at = row["write_date"] or row["create_date"]
            yield ErpOpenItem(
                document_number=row["number"],
                partner=row["party."]["code"] or "",
                currency=currency,
                original_minor=to_minor(row["total_amount"], currency),
                open_minor=to_minor(row["amount_to_pay"], currency),
                due_date=min(dates, default=None),
                changed_at=changed_at.replace(tzinfo=UTC),
            )


OPEN_ITEM_FIELDS: Final = (
    "number",
    "party.code",
    "currency.code",
    "total_amount",
    "amount_to_pay",
    "lines_to_pay",
    "write_date",
    "create_date",
)
