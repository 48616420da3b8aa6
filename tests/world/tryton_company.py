"""A small supplier inside Tryton: company, accounts, years, taxes and customers, made over RPC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from concilia.plugins.erps.tryton.rpc import Client

COMPANY = "Molino Aurora S.p.A."
CLERK = "concilia"
CLERK_PASSWORD = "a-password-of-its-own"
CUSTOMERS = {"1001": "Supermercati Rossi S.r.l.", "1002": "Marché Dupont SAS"}
YEARS_BEFORE, YEARS_AFTER = 3, 1

# Roles of the ledger on accounts of Tryton's universal chart.
ACCOUNTS = {
    "AR": "1.2.1",
    "AR_DEDUCTION": "1.2.1",
    "AP": "2.1.1",
    "BANK": "1.1.1",
    "REVENUE": "4.1.1",
    "PRICE_ALLOWANCE": "4.3.1",
    "SALES_RETURNS": "4.3.3",
    "TRADE_SPEND_EXPENSE": "4.3.2",
    "TRADE_ACCRUAL": "4.3.2",
    "CASH_DISCOUNT": "4.3.1",
    "VAT_OUT": "2.2.3",
    "SMALL_DIFF": "6.1.2",
    "BAD_DEBT_EXP": "5.2.3",
    "PENALTIES_EXP": "6.1.2",
    "LATE_INTEREST_INC": "4.1.2",
    "RECOVERY_COMP_INC": "4.1.2",
}
TAXES = {"22": "IVA 22%", "10": "IVA 10%", "4": "IVA 4%"}
VAT_ACCOUNT = "2.2.3"
RECEIVABLE, PAYABLE, SALES = "1.2.1", "2.1.1", "4.1.1"


def build_company(client: Client, *, today: date) -> None:
    """This will fill an empty Tryton database; the administrator's session must be new."""
    company = _create_company(client)
    accounts = _create_chart(client, company)
    years = range(today.year - YEARS_BEFORE, today.year + YEARS_AFTER + 1)
    for year in years:
        _create_year(client, company, year)
    for percent, name in TAXES.items():
        _create(
            client,
            "account.tax",
            name=name,
            description=name,
            type="percentage",
            rate=Decimal(percent) / 100,
            company=company,
            invoice_account=accounts[VAT_ACCOUNT],
            credit_note_account=accounts[VAT_ACCOUNT],
        )
    for code, name in CUSTOMERS.items():
        add_customer(client, code=code, name=name)
    _create_clerk(client, company)


def add_customer(client: Client, *, code: str, name: str) -> int:
    """This will make a customer with an address for invoices, and return its key."""
    address = {"city": "Bologna", "invoice": True}
    return _create(client, "party.party", name=name, code=code, addresses=[["create", [address]]])


@dataclass(frozen=True, kw_only=True)
class Sale:
    """One line to invoice: a quantity, a price, and the VAT in percent."""

    quantity: int
    unit_price: str
    vat: str = "22"


def post_invoice(client: Client, *, customer: str, on: date, sales: list[Sale]) -> str:
    """This will invoice a customer and return the number; Tryton wants dates that rise."""
    party = find(client, "party.party", ["code", "=", customer])
    address = find(client, "party.address", ["party", "=", party])
    invoice = _create(
        client,
        "account.invoice",
        type="out",
        company=client.context["company"],
        party=party,
        invoice_address=address,
        account=find(client, "account.account", ["code", "=", RECEIVABLE]),
        currency=find(client, "currency.currency", ["code", "=", "EUR"]),
        journal=find(client, "account.journal", ["code", "=", "REV"]),
        invoice_date=on,
        lines=[["create", [_line(client, sale) for sale in sales]]],
    )
    client.call("model.account.invoice.post", [invoice])
    number: str = read(client, "account.invoice", [["id", "=", invoice]], "number")[0]["number"]
    return number


def find(client: Client, model: str, *domain: list[Any]) -> int:
    """This will be the key of the one record that matches."""
    keys = client.call(f"model.{model}.search", list(domain))
    assert keys, f"{model}: nothing matches {domain}"
    return int(keys[0])


def read(client: Client, model: str, domain: list[Any], *fields: str) -> list[dict[str, Any]]:
    """This will be the records that match, oldest first."""
    rows: list[dict[str, Any]] = client.call(
        f"model.{model}.search_read", domain, 0, None, [["id", "ASC"]], list(fields)
    )
    return rows


def _line(client: Client, sale: Sale) -> dict[str, Any]:
    return {
        "type": "line",
        "description": "Farina",
        "quantity": float(sale.quantity),
        "unit_price": Decimal(sale.unit_price),
        "account": find(client, "account.account", ["code", "=", SALES]),
        "taxes": [["add", [find(client, "account.tax", ["name", "=", TAXES[sale.vat]])]]],
    }


def _create(client: Client, model: str, **values: Any) -> int:
    key: int = client.call(f"model.{model}.create", [values])[0]
    return key


def _create_company(client: Client) -> int:
    currency = _create(
        client,
        "currency.currency",
        name="Euro",
        code="EUR",
        symbol="€",
        rounding=Decimal("0.01"),
        digits=2,
    )
    _create(
        client,
        "currency.currency.rate",
        currency=currency,
        date=date(2000, 1, 1),
        rate=Decimal(1),
    )
    party = _create(
        client, "party.party", name=COMPANY, addresses=[["create", [{"city": "Parma"}]]]
    )
    company = _create(client, "company.company", party=party, currency=currency)
    admin = find(client, "res.user", ["login", "=", client.endpoint.user])
    client.call(
        "model.res.user.write", [admin], {"companies": [["add", [company]]], "company": company}
    )
    client.renew()
    return company


def _create_chart(client: Client, company: int) -> Mapping[str, int]:
    template = find(client, "account.account.template", ["parent", "=", None])
    session, _, _ = client.call("wizard.account.create_chart.create")
    choice = {"account": {"account_template": template, "company": company}}
    client.call("wizard.account.create_chart.execute", session, choice, "create_account")
    client.call("wizard.account.create_chart.delete", session)
    rows = read(client, "account.account", [["company", "=", company]], "code")
    accounts = {row["code"]: row["id"] for row in rows}
    client.call(
        "model.account.configuration.write",
        [1],
        {
            "default_account_receivable": accounts[RECEIVABLE],
            "default_account_payable": accounts[PAYABLE],
        },
    )
    return accounts


def _create_year(client: Client, company: int, year: int) -> None:
    def sequence(name: str, kind: str, prefix: str) -> int:
        return _create(
            client,
            "ir.sequence.strict",
            name=f"{name} {year}",
            sequence_type=find(client, "ir.sequence.type", ["name", "=", kind]),
            company=company,
            prefix=f"{prefix}{year}/",
        )

    invoices = sequence("Invoices", "Invoice", "")
    credits_ = sequence("Credit notes", "Invoice", "NC")
    ranges = {
        "company": company,
        "out_invoice_sequence": invoices,
        "out_credit_note_sequence": credits_,
        "in_invoice_sequence": invoices,
        "in_credit_note_sequence": credits_,
    }
    fiscal_year = _create(
        client,
        "account.fiscalyear",
        name=str(year),
        company=company,
        start_date=date(year, 1, 1),
        end_date=date(year, 12, 31),
        move_sequence=sequence("Moves", "Account Move", "M"),
        invoice_sequences=[["create", [ranges]]],
    )
    client.call("model.account.fiscalyear.create_period", [fiscal_year])


def _create_clerk(client: Client, company: int) -> None:
    """The user Concilia posts with: in the group Accounting, and in no other."""
    group = find(client, "res.group", ["name", "=", "Accounting"])
    _create(
        client,
        "res.user",
        name="Concilia",
        login=CLERK,
        password=CLERK_PASSWORD,
        groups=[["add", [group]]],
        companies=[["add", [company]]],
        company=company,
    )
