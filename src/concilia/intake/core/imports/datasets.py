"""
What can be imported: the datasets, their columns, and what each column means.

docs/reference/import.md repeats these tables for people; a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Kind(StrEnum):
    """How a column is read. Amounts become minor units, percentages basis points."""

    TEXT = "text"
    NUMBER = "number of a document"
    COUNT = "whole number"
    PERCENT = "percentage"
    MONEY = "amount"
    QUANTITY = "quantity"
    PRICE = "price per unit"
    DATE = "date"
    COUNTRY = "country code"
    LANGUAGE = "language code"
    CURRENCY = "currency code"
    EMAIL = "e-mail address"
    DOMAINS = "list of domains"
    IBANS = "list of IBANs"
    DOCUMENT_KIND = "kind of document"


@dataclass(frozen=True, slots=True)
class Field:
    """
    One column. `empty` says what an empty cell, or no such column, comes to.

    :param length: most characters of a text, most of a whole number
    :param is_signed: whether the value may be below zero
    """

    name: str
    kind: Kind
    example: str
    about: str
    is_required: bool = False
    length: int = 0
    empty: str = ""
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """
    One kind of record. `key` names the columns by which a row is found again the next time.

    :param after: datasets whose rows it refers to; they are taken first
    :param lines_of: for rows that are lines of a document: the column with its number
    :param one_of: columns of which a file needs at least one
    :param file_words: how files and sheets with this content are called, in five languages
    """

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    about: str
    after: tuple[str, ...] = ()
    lines_of: str = ""
    one_of: tuple[str, ...] = ()
    file_words: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """Return the column of this name; KeyError if there is none."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)

    @property
    def header(self) -> str:
        """The header line of an empty template."""
        return ",".join(field.name for field in self.fields)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns without which a file is not taken."""
        return tuple(field.name for field in self.fields if field.is_required)


def _customer(*, about: str = "the customer's number; must be known") -> Field:
    return Field("customer_number", Kind.TEXT, "70201", about, is_required=True, length=40)


def _currency(empty: str = "the company's currency") -> Field:
    return Field("currency", Kind.CURRENCY, "EUR", "ISO 4217", length=3, empty=empty)


def _line() -> Field:
    empty = "the place of the row in its document"
    return Field("line", Kind.COUNT, "1", "position", length=999_999, empty=empty)


def _sku(*, is_required: bool = True) -> Field:
    return Field("sku", Kind.TEXT, "MA-1010", "article number", is_required, length=40)


def _vat(empty: str = "0") -> Field:
    return Field("vat_rate", Kind.PERCENT, "4.00", "VAT in percent", length=100, empty=empty)


def _discount(percent_of: str, days: str = "") -> tuple[Field, ...]:
    rate = Field("discount_percent", Kind.PERCENT, "2.00", percent_of, length=100, empty="0")
    if not days:
        return (rate,)
    return (rate, Field("discount_days", Kind.COUNT, "10", days, length=999, empty="0"))


_KIND_ABOUT: Final = (
    "`invoice`, `credit_note` or `debit_note`, or the usual words and codes for them"
)
_DAYS: Final = Field(
    "payment_days",
    Kind.COUNT,
    "30",
    "days from issue to due, for files without a due date",
    length=999,
    empty="the customer's payment days",
)
_DUE: Final = Field(
    "due_date", Kind.DATE, "2026-07-20", "when it is due", empty="issue date and payment days"
)

CUSTOMERS: Final = Dataset(
    "customers",
    (
        _customer(about="the number by which every other file names this customer"),
        Field(
            "name",
            Kind.TEXT,
            "Consorzio Valdarno",
            "as people say it",
            is_required=True,
            length=160,
        ),
        Field(
            "legal_name", Kind.TEXT, "Consorzio Valdarno S.c.", "as contracts say it", length=200
        ),
        Field(
            "country", Kind.COUNTRY, "IT", "ISO 3166, or its name", empty="the company's country"
        ),
        Field(
            "language",
            Kind.LANGUAGE,
            "it",
            "of letters: en it fr es de",
            empty="the country's, or en",
        ),
        Field("vat_number", Kind.TEXT, "IT99001070004", "VAT number", length=20),
        Field("post_code", Kind.TEXT, "20121", "of its address; proves who calls", length=12),
        Field("parent_number", Kind.TEXT, "70200", "customer it belongs to", length=40),
        Field("payer_group", Kind.TEXT, "VALDARNO", "code of those who pay together", length=40),
        Field("payment_days", Kind.COUNT, "60", "days from issue to due", length=999, empty="30"),
        *_discount("cash discount in percent", "days within which it may be taken"),
        Field("credit_limit", Kind.MONEY, "150000.00", "most it may owe", empty="none set"),
        _currency(),
        Field("segment", Kind.TEXT, "wholesaler", "your own grouping", length=30),
        Field("email_domains", Kind.DOMAINS, "valdarno.example", "domains it writes from"),
        Field("ibans", Kind.IBANS, "IT60X0542811101000000123456", "accounts it pays from"),
    ),
    key=("customer_number",),
    about="Who owes you, with the terms agreed.",
    file_words=(
        "customer",
        "debtor",
        "client",
        "cliente",
        "clienti",
        "anagrafica",
        "kunde",
        "kunden",
        "debitoren",
        "clientes",
        "clients",
        "deudores",
    ),
)
CONTACTS: Final = Dataset(
    "contacts",
    (
        _customer(),
        Field("name", Kind.TEXT, "Patrizia Sacchetti", "the person", length=120),
        Field("email", Kind.EMAIL, "p.sacchetti@valdarno.example", "address", length=254),
        Field("phone", Kind.TEXT, "+39 012 9947", "telephone", length=40),
        Field("role", Kind.TEXT, "accounts payable", "what they do", length=40),
        Field("language", Kind.LANGUAGE, "it", "of letters to them", empty="the customer's"),
    ),
    key=("customer_number", "email", "name"),
    about="People at your customers: the only addresses a message may leave for. "
    "A contact is found again by its address, or by its name where it has none.",
    after=("customers",),
    one_of=("email", "name", "phone"),
    file_words=("contact", "contacts", "contatti", "contactos", "kontakte", "ansprechpartner"),
)
PRODUCTS: Final = Dataset(
    "products",
    (
        _sku(),
        Field(
            "name",
            Kind.TEXT,
            "Spaghetti n. 5, 500 g",
            "as invoices say it",
            is_required=True,
            length=200,
        ),
        Field("unit", Kind.TEXT, "KT", "unit of quantity", length=20),
        _vat(),
    ),
    key=("sku",),
    about="What you sell.",
    file_words=(
        "product",
        "products",
        "articoli",
        "prodotti",
        "articles",
        "produits",
        "productos",
        "articulos",
        "artikel",
        "produkte",
        "items",
        "materials",
    ),
)
PRICES: Final = Dataset(
    "prices",
    (
        _customer(),
        _sku(),
        _currency("the customer's currency"),
        Field("unit_price", Kind.PRICE, "16.49", "net price per unit", is_required=True),
        Field("valid_from", Kind.DATE, "2026-01-01", "first day", is_required=True),
        Field("valid_to", Kind.DATE, "2026-12-31", "last day", empty="until further notice"),
    ),
    key=("customer_number", "sku", "currency", "valid_from"),
    about="Prices agreed with a customer. The last day counts; where the next price starts on that "
    "very day, the earlier one ends the day before.",
    after=("customers",),
    file_words=(
        "price",
        "prices",
        "pricelist",
        "prezzi",
        "listino",
        "prix",
        "tarif",
        "precios",
        "tarifa",
        "preise",
        "preisliste",
    ),
)
PROMOTIONS: Final = Dataset(
    "promotions",
    (
        Field(
            "promotion_code", Kind.TEXT, "ADD-2214", "the deal's code", is_required=True, length=40
        ),
        Field("name", Kind.TEXT, "Summer leaflet", "what it is", length=160, empty="its code"),
        _customer(),
        Field("sku", Kind.TEXT, "MA-1020", "article number", length=40, empty="all articles"),
        Field("kind", Kind.TEXT, "off_invoice", "kind of deal", length=30, empty="off_invoice"),
        *_discount("percent off"),
        Field("promo_price", Kind.PRICE, "14.20", "promotional net price", empty="none"),
        _currency("the customer's currency"),
        Field("starts", Kind.DATE, "2026-10-13", "first day", is_required=True),
        Field("ends", Kind.DATE, "2026-11-07", "last day", is_required=True),
        Field("budget", Kind.MONEY, "1950.00", "most it may cost", empty="no limit"),
    ),
    key=("promotion_code", "customer_number", "sku"),
    about="Deals over a time: a percentage off, or a promotional price.",
    after=("customers",),
    file_words=("promotion", "promotions", "promozioni", "promo", "promociones", "aktionen"),
)
ORDERS: Final = Dataset(
    "orders",
    (
        Field(
            "order_number", Kind.NUMBER, "OV-2026/00003", "your number", is_required=True, length=40
        ),
        Field("customer_order_number", Kind.NUMBER, "OA 81424/25", "the customer's", length=60),
        _customer(),
        Field("order_date", Kind.DATE, "2026-05-21", "when it was placed", is_required=True),
        Field("requested_date", Kind.DATE, "2026-05-27", "when it was wanted", empty="not said"),
        _currency("the customer's currency"),
        _line(),
        _sku(),
        Field("quantity", Kind.QUANTITY, "7", "ordered", is_required=True),
        Field("unit_price", Kind.PRICE, "18.58", "net price per unit", is_required=True),
    ),
    key=("order_number", "line"),
    about="Orders as you accepted them, one row for each line.",
    after=("customers", "products"),
    lines_of="order_number",
    file_words=(
        "order",
        "orders",
        "ordini",
        "commandes",
        "pedidos",
        "auftrag",
        "auftraege",
        "bestellungen",
    ),
)
DELIVERIES: Final = Dataset(
    "deliveries",
    (
        Field(
            "delivery_number", Kind.NUMBER, "DDT 2951", "your number", is_required=True, length=40
        ),
        Field("order_number", Kind.NUMBER, "OV-2026/00003", "the order it belongs to", length=40),
        _customer(),
        Field("shipped_date", Kind.DATE, "2026-05-22", "when it left", is_required=True),
        Field("delivered_date", Kind.DATE, "2026-05-23", "when it arrived", empty="not known"),
        Field("carrier", Kind.TEXT, "Trasporti Alpe Nord", "who drove it", length=120),
        _line(),
        _sku(),
        Field("quantity", Kind.QUANTITY, "7", "shipped", is_required=True),
        Field("pod_signed_by", Kind.TEXT, "Delgado", "who signed for it", length=120),
        Field("pod_date", Kind.DATE, "2026-05-23", "when it was signed", empty="not known"),
        Field("pod_quantity", Kind.QUANTITY, "7", "received, as signed", empty="not known"),
        Field("pod_damaged", Kind.QUANTITY, "0", "damaged, as signed", empty="not known"),
        Field("pod_reserve", Kind.TEXT, "2 colli bagnati", "what was written on it", length=1000),
    ),
    key=("delivery_number", "line"),
    about="What left for the customer and the proof that came back, one row for each line.",
    after=("customers", "products", "orders"),
    lines_of="delivery_number",
    file_words=(
        "delivery",
        "deliveries",
        "ddt",
        "consegne",
        "bolle",
        "spedizioni",
        "livraisons",
        "entregas",
        "albaranes",
        "lieferungen",
        "lieferscheine",
        "shipments",
    ),
)
INVOICES: Final = Dataset(
    "invoices",
    (
        Field(
            "invoice_number",
            Kind.NUMBER,
            "FT-2026/00427",
            "your number",
            is_required=True,
            length=40,
        ),
        Field("kind", Kind.DOCUMENT_KIND, "invoice", _KIND_ABOUT, empty="invoice"),
        _customer(),
        Field("order_number", Kind.NUMBER, "OV-2026/00003", "the order it bills", length=40),
        Field("customer_order_number", Kind.NUMBER, "OA 81424/25", "the customer's", length=60),
        Field("delivery_number", Kind.NUMBER, "DDT 2951", "the delivery it bills", length=40),
        Field("issue_date", Kind.DATE, "2026-05-22", "the date it bears", is_required=True),
        _DUE,
        _DAYS,
        _currency("the customer's currency"),
        *_discount("cash discount in percent", "days within which it may be taken"),
        Field("credited_invoice", Kind.NUMBER, "FT-2026/00401", "of a credit note", length=40),
        _line(),
        _sku(is_required=False),
        Field("description", Kind.TEXT, "Farina 00, 1 kg", "of the line", length=200),
        Field("quantity", Kind.QUANTITY, "7", "billed", empty="1", is_signed=True),
        Field("unit_price", Kind.PRICE, "18.58", "net", empty="net / quantity", is_signed=True),
        _vat(),
        Field(
            "net_amount",
            Kind.MONEY,
            "130.06",
            "of the line",
            empty="quantity times price",
            is_signed=True,
        ),
        Field(
            "vat_amount", Kind.MONEY, "5.20", "of the line", empty="net times rate", is_signed=True
        ),
    ),
    key=("invoice_number", "line"),
    about="Invoices, credit notes and debit notes, one row for each line. Amounts of credit notes "
    "may stand with or without a minus. They open nothing: what is open comes with `open_items`.",
    after=("customers", "products", "orders", "deliveries"),
    one_of=("net_amount", "unit_price"),
    lines_of="invoice_number",
    file_words=("invoice", "invoices", "fatture", "factures", "facturas", "rechnungen", "billing"),
)
OPEN_ITEMS: Final = Dataset(
    "open_items",
    (
        _customer(),
        Field(
            "document_kind",
            Kind.DOCUMENT_KIND,
            "invoice",
            f"{_KIND_ABOUT}; `on_account` for a payment not yet applied",
            empty="by its sign: invoice or credit note",
        ),
        Field(
            "document_number",
            Kind.NUMBER,
            "FT-2026/00089",
            "its number",
            is_required=True,
            length=60,
        ),
        Field("issue_date", Kind.DATE, "2026-01-26", "the date it bears", is_required=True),
        _DUE,
        _DAYS,
        _currency("the customer's currency"),
        Field(
            "original_amount",
            Kind.MONEY,
            "6980.71",
            "what it was for, VAT included",
            empty="what is open",
            is_signed=True,
        ),
        Field(
            "open_amount",
            Kind.MONEY,
            "6980.71",
            "what is still open",
            is_required=True,
            is_signed=True,
        ),
        Field("structured_reference", Kind.TEXT, "RF18000270", "RF reference on it", length=40),
    ),
    key=("document_kind", "document_number"),
    about="What is open according to the ERP. Credit notes and payments on account count against "
    "the customer's debt, with or without a minus. Terms and numbers of the order and the delivery "
    "come from the invoice of the same number where there is one.",
    after=("customers", "invoices"),
    file_words=(
        "open items",
        "openitems",
        "partite aperte",
        "partite",
        "scadenzario",
        "offene posten",
        "opos",
        "postes ouverts",
        "encours",
        "partidas abiertas",
        "receivables",
    ),
)

DATASETS: Final[Mapping[str, Dataset]] = MappingProxyType(
    {
        each.name: each
        for each in (
            CUSTOMERS,
            CONTACTS,
            PRODUCTS,
            PRICES,
            PROMOTIONS,
            ORDERS,
            DELIVERIES,
            INVOICES,
            OPEN_ITEMS,
        )
    }
)
# The order in which the files of one import are taken, whatever order they came in.
SEQUENCE: Final = tuple(DATASETS)
