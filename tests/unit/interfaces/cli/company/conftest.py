from __future__ import annotations

import csv
import io
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from tests.world.aurora import AS_OF, SPACE, cents, text_of

from concilia.interfaces.cli.company import Company, build_company


@pytest.fixture(scope="session")
def company() -> Company:
    return build_company(7, AS_OF)


@pytest.fixture(scope="session")
def table(company: Company) -> Callable[[str], list[dict[str, str]]]:
    """The rows of an import file by its name."""

    def read(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(company.imports[name].decode())))

    return read


@pytest.fixture(scope="session")
def invoice_totals(table: Callable[[str], list[dict[str, str]]]) -> dict[str, int]:
    """Gross cents of every invoice and credit note."""
    totals: dict[str, int] = {}
    for row in table("invoices.csv"):
        gross = cents(row["net_amount"]) + cents(row["vat_amount"])
        totals[row["invoice_number"]] = totals.get(row["invoice_number"], 0) + gross
    return totals


@pytest.fixture(scope="session")
def bank_entries(company: Company) -> dict[str, ET.Element]:
    """Every booked entry by the bank's reference."""
    found = {}
    for statement in company.statements:
        for entry in ET.fromstring(statement.content).iter(f"{SPACE}Ntry"):
            found[text_of(entry, "AcctSvcrRef")] = entry
    return found
