"""Finding Tryton's records by the names people know: codes, numbers, names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from concilia.kernel.money import Money
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.ports import PostingFailed
from concilia.plugins.erps.tryton.rpc import Answer, Client
from concilia.plugins.erps.tryton.settings import TrytonSettings

Row = dict[str, Answer]
Domain = list[Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalInvoice:
    """The invoice a credit refers to, by Tryton's keys."""

    id: int
    number: str
    party: int
    address: int
    account: int


def to_minor(amount: Decimal, currency: str) -> int:
    """
    This will be an amount of Tryton's in minor units.

    :raises PostingFailed: if it has more decimals than the currency; we do not round others' books
    """
    unit = Decimal(1).scaleb(-Money.zero(currency).exponent)
    minor = amount / unit
    if minor != int(minor):
        raise PostingFailed(
            f"Tryton states {amount} {currency}, which has no such fraction",
            permanent=True,
            lost=True,
            code="amounts_differ",
        )
    return int(minor)


def to_decimal(minor: int, currency: str) -> Decimal:
    """This will be an amount of minor units as Tryton wants it."""
    return Money(minor, currency).to_decimal()


class Records:
    """
    Look-ups in one Tryton database. Keys of accounts, taxes and journals are remembered.

    Every look-up raises PostingFailed, permanent, with what is missing in Tryton.
    """

    def __init__(self, client: Client, settings: TrytonSettings) -> None:
        self.client = client
        self.settings = settings
        self._remembered: dict[tuple[str, str], int] = {}

    @property
    def company(self) -> int:
        """The company of our Tryton user."""
        company = self.client.context.get("company")
        if not isinstance(company, int):
            raise _missing(f"Tryton's user {self.settings.endpoint.user!r} has no company")
        return company

    def rows(
        self,
        model: str,
        domain: Domain,
        fields: Sequence[str],
        *,
        order: Sequence[tuple[str, str]] = (("id", "ASC"),),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Row]:
        """This will search and read in one call, in a fixed order."""
        rows: list[Row] = self.client.call(
            f"model.{model}.search_read", domain, offset, limit, list(order), list(fields)
        )
        return rows

    def account(self, role: AccountRole, *, code: str | None = None) -> int:
        """This will be the key of the account for a role, or of an account named outright."""
        wanted = code or self.settings.accounts.get(role)
        if wanted is None:
            raise _missing(f"no Tryton account is set for {role}")
        return self._key("account.account", "code", wanted, "account", own=True)

    def tax(self, vat_bp: int, tax_code: str | None) -> int | None:
        """This will be the key of the tax for a rate; `None` for no VAT where none is set."""
        percent = f"{Decimal(vat_bp).scaleb(-2).normalize():f}"
        name = self.settings.taxes.get(tax_code or "") or self.settings.taxes.get(percent)
        if name is None:
            if vat_bp == 0:
                return None
            raise _missing(f"no Tryton tax is set for VAT of {percent} %")
        return self._key("account.tax", "name", name, "tax", own=True)

    def journal(self, code: str) -> int:
        """This will be the key of a journal."""
        return self._key("account.journal", "code", code, "journal", own=False)

    def currency(self, code: str) -> int:
        """This will be the key of a currency by its ISO 4217 code."""
        return self._key("currency.currency", "code", code, "currency", own=False)

    def party(self, code: str | None) -> int:
        """This will be the key of a party by its number."""
        if not code:
            raise _missing("the posting names no customer")
        return self._key("party.party", "code", code, "party", own=False)

    def invoice_address(self, party: int) -> int:
        """This will be where a party's invoices go: the invoice address, else the first one."""
        rows = self.rows(
            "party.address",
            [["party", "=", party]],
            ["invoice"],
            order=(("invoice", "DESC"), ("sequence", "ASC"), ("id", "ASC")),
            limit=1,
        )
        if not rows:
            raise _missing("the party has no address in Tryton")
        return int(rows[0]["id"])

    def original(self, number: str | None) -> OriginalInvoice | None:
        """This will be a posted customer invoice by its number, or `None` without one."""
        if not number:
            return None
        domain = [
            ["number", "=", number],
            ["type", "=", "out"],
            ["company", "=", self.company],
            ["state", "in", ["posted", "paid"]],
        ]
        rows = self.rows(
            "account.invoice", domain, ["number", "party", "invoice_address", "account"], limit=2
        )
        if len(rows) != 1:
            return None
        row = rows[0]
        return OriginalInvoice(
            id=row["id"],
            number=row["number"],
            party=row["party"],
            address=row["invoice_address"],
            account=row["account"],
        )

    def problems(self) -> list[str]:
        """This will be what the settings name and Tryton lacks, one sentence each."""
        found = []
        checks: list[Callable[[], object]] = [
            *(partial(self.account, role) for role in self.settings.accounts),
            *(partial(self.tax, 0, code) for code in self.settings.taxes),
            partial(self.journal, self.settings.journal),
            partial(self.journal, self.settings.general_journal),
        ]
        for look_up in checks:
            try:
                look_up()
            except PostingFailed as failure:
                if failure.code != "missing":
                    raise
                found.append(str(failure))
        return found

    def _key(self, model: str, name: str, value: str, what: str, *, own: bool) -> int:
        remembered = self._remembered.get((model, value))
        if remembered is not None:
            return remembered
        domain: Domain = [[name, "=", value]]
        if own:
            domain.append(["company", "=", self.company])
        rows = self.rows(model, domain, [name], limit=2)
        if len(rows) != 1:
            found = "no" if not rows else "more than one"
            raise _missing(f"Tryton has {found} {what} {value!r}")
        return self._remembered.setdefault((model, value), int(rows[0]["id"]))


def _missing(message: str) -> PostingFailed:
    return PostingFailed(message, permanent=True, code="missing")
