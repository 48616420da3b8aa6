"""What the demonstration company gives the import: complete, consistent, right to the cent."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

from tests.world.aurora import AS_OF, cents

from concilia.interfaces.cli.company import HEADERS, build_company
from concilia.interfaces.cli.company.exports import percent
from concilia.interfaces.cli.company.registers import (
    as_digits,
    creditor_reference,
    iban_of,
    vat_number_of,
)
from concilia.interfaces.cli.company.shapes import share

FICTIONAL_BANKS = {"IT": "99417", "FR": "99417", "ES": "9941", "DE": "99417099", "GB": "ZZFB994170"}


class TestSameSeedSameBytes:
    def test_twice_the_same(self, company):
        assert build_company(7, AS_OF) == company

    def test_another_seed_is_another_company(self, company):
        assert build_company(8, AS_OF).imports["invoices.csv"] != company.imports["invoices.csv"]

    def test_on_a_day_off_the_last_working_day_is_taken(self):
        assert build_company(7, date(2026, 11, 22)).as_of == date(2026, 11, 20)

    def test_can_be_told_on_any_day_of_the_year(self):
        """Holidays move the stories about; none may run past the morning it is told on."""
        for day in (date(2026, 1, 2), date(2026, 4, 8), date(2026, 8, 17), date(2027, 12, 29)):
            told = build_company(3, day)
            assert all(story.opened_at.date() <= told.as_of for story in told.stories)


class TestFiles:
    def test_headers_are_as_documented(self, company):
        assert set(company.imports) == set(HEADERS)
        for name, content in company.imports.items():
            assert content.decode().splitlines()[0] == HEADERS[name]

    def test_size_is_that_of_a_real_company(self, table):
        assert 55 <= len(table("customers.csv")) <= 65
        assert len(table("products.csv")) == 42
        assert 2300 <= len({row["order_number"] for row in table("orders.csv")}) <= 2900
        assert {row["country"] for row in table("customers.csv")} == {"IT", "FR", "ES", "DE", "GB"}

    def test_every_reference_leads_somewhere(self, table):
        customers = {row["customer_number"] for row in table("customers.csv")}
        orders = {row["order_number"] for row in table("orders.csv")}
        deliveries = {row["delivery_number"] for row in table("deliveries.csv")}
        invoices = {row["invoice_number"] for row in table("invoices.csv")}
        products = {row["sku"] for row in table("products.csv")}
        assert {row["customer_number"] for row in table("contacts.csv")} == customers
        for row in table("customers.csv"):
            assert row["parent_number"] in customers | {""}
        for row in table("invoices.csv"):
            assert row["order_number"] in orders
            assert row["delivery_number"] in deliveries
            assert row["credited_invoice"] in invoices | {""}
            assert row["sku"] in products
        assert {row["document_number"] for row in table("open_items.csv")} <= invoices

    def test_a_document_has_one_customer_and_its_lines_count_from_one(self, table):
        for name, key in (
            ("orders.csv", "order_number"),
            ("deliveries.csv", "delivery_number"),
            ("invoices.csv", "invoice_number"),
        ):
            lines = defaultdict(list)
            owners = defaultdict(set)
            for row in table(name):
                lines[row[key]].append(int(row["line"]))
                owners[row[key]].add(row["customer_number"])
            assert all(found == list(range(1, len(found) + 1)) for found in lines.values())
            assert all(len(found) == 1 for found in owners.values())

    def test_prices_of_one_article_do_not_overlap(self, table):
        spans = defaultdict(list)
        for row in table("prices.csv"):
            last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
            spans[row["customer_number"], row["sku"]].append(
                (date.fromisoformat(row["valid_from"]), last)
            )
        for found in spans.values():
            found.sort()
            for (_, before), (after, _) in pairwise(found):
                assert after - before == timedelta(days=1)

    def test_no_more_came_back_signed_than_had_left(self, table):
        for row in table("deliveries.csv"):
            if row["pod_date"]:
                assert 0 <= int(row["pod_quantity"]) <= int(row["quantity"])
                assert 0 <= int(row["pod_damaged"]) <= int(row["pod_quantity"])


class TestAmounts:
    def test_net_is_quantity_times_price_and_vat_its_share(self, table):
        for row in table("invoices.csv"):
            net = int(row["quantity"]) * cents(row["unit_price"])
            assert cents(row["net_amount"]) == net
            assert cents(row["vat_amount"]) == share(net, cents(row["vat_rate"]))

    def test_italy_pays_vat_and_nobody_else(self, table):
        country = {row["customer_number"]: row["country"] for row in table("customers.csv")}
        rates = defaultdict(set)
        for row in table("invoices.csv"):
            rates[country[row["customer_number"]] == "IT"].add(row["vat_rate"])
        assert rates[True] == {"4.00", "10.00", "22.00"}
        assert rates[False] == {"0.00"}

    def test_open_items_are_their_documents(self, table, invoice_totals):
        items = table("open_items.csv")
        for row in items:
            sign = -1 if row["document_kind"] == "credit_note" else 1
            assert cents(row["original_amount"]) == sign * invoice_totals[row["document_number"]]
            assert row["open_amount"] == row["original_amount"]
        kinds = Counter(row["document_kind"] for row in items)
        assert kinds["invoice"] > 600
        assert kinds["credit_note"] > 20

    def test_no_credit_note_is_larger_than_its_invoice(self, table, invoice_totals):
        credited = defaultdict(int)
        pairs = {
            (row["invoice_number"], row["credited_invoice"])
            for row in table("invoices.csv")
            if row["credited_invoice"]
        }
        for note, invoice in pairs:
            credited[invoice] += invoice_totals[note]
        assert all(amount <= invoice_totals[invoice] for invoice, amount in credited.items())

    def test_percentages_have_two_decimals(self):
        assert percent(200) == "2.00"


class TestNumbersNobodyOwns:
    def test_ibans_pass_their_check_and_name_no_real_bank(self, table, company):
        rows = table("customers.csv")
        for iban in [row["ibans"] for row in rows] + [company.account_iban]:
            assert as_digits(iban[4:] + iban[:4]) % 97 == 1
            assert FICTIONAL_BANKS[iban[:2]] in iban
        assert len({row["ibans"] for row in rows}) == len(rows)

    def test_lengths_are_those_of_the_countries(self):
        lengths = {country: len(iban_of(country, 12345)) for country in FICTIONAL_BANKS}
        assert lengths == {"IT": 27, "FR": 27, "ES": 24, "DE": 22, "GB": 22}

    def test_vat_numbers_are_different(self, table):
        numbers = [row["vat_number"] for row in table("customers.csv")]
        assert len(set(numbers)) == len(numbers)
        assert vat_number_of("DE", 1).startswith("DE994")

    def test_creditor_references(self, table):
        assert creditor_reference("539007547034") == "RF18539007547034"
        given = [row["structured_reference"] for row in table("open_items.csv")]
        assert any(given)
        for reference in filter(None, given):
            assert as_digits(reference[4:] + reference[:4]) % 97 == 1


class TestSecondCompany:
    def test_shares_nothing_with_the_first(self, company):
        other = company.second_entity
        assert other is not None
        assert other.imports.keys() == company.imports.keys()
        assert not {mail.raw for mail in other.mails} & {mail.raw for mail in company.mails}
        ours = {line.split(b",")[0] for line in company.imports["customers.csv"].splitlines()[1:]}
        theirs = {line.split(b",")[0] for line in other.imports["customers.csv"].splitlines()[1:]}
        assert ours.isdisjoint(theirs)
        assert {member.email for member in other.staff}.isdisjoint(
            member.email for member in company.staff
        )
        assert other.currency == "GBP"
        assert other.statements
