# ruff: noqa: S608 - names in these statements are our own, values are parameters
"""What only the database can tell of rows: who is unknown, what stands twice, what clashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.backends.utils import CursorWrapper
from rapidfuzz import fuzz, process

from concilia.customers.models import Customer
from concilia.intake.actions.imports.agreements import PRICES_INDEX, RESOLVED_PRICES
from concilia.intake.actions.imports.open_items import prepare_open_items
from concilia.intake.actions.imports.papers import prepare_invoices
from concilia.intake.actions.imports.staging import Stage
from concilia.kernel.currencies import exponent_of
from concilia.kernel.money import Money
from concilia.kernel.references import lookalike_key

TOLD_MAX: Final = 1000
LIKE_MIN: Final = 75
CUSTOMERS_COMPARED_MAX: Final = 200_000
_HEADS: Final = {
    "orders": ("customer_number", "customer_order_number", "order_date", "currency"),
    "deliveries": ("customer_number", "order_number", "shipped_date", "delivered_date"),
    "invoices": ("customer_number", "kind", "issue_date", "due_date", "currency"),
}
_TABLES: Final = {
    "orders": "receivables_order",
    "deliveries": "receivables_delivery",
    "invoices": "receivables_invoice",
}


@dataclass(frozen=True, slots=True)
class Clash:
    """A row that cannot be taken: which column of ours, what stands there, and why."""

    row: int
    field: str
    value: str
    key: str
    args: dict[str, Any]
    repair: str = ""


@dataclass
class Asker:
    """Asks for wrong rows, the first thousand of each sort; `untold` counts the others."""

    cursor: CursorWrapper
    untold: int = 0

    def rows(self, sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return what a SELECT finds."""
        self.cursor.execute(f"SELECT q.*, count(*) OVER () FROM ({sql}) q LIMIT {TOLD_MAX}", params)
        found = self.cursor.fetchall()
        if found:
            self.untold += found[0][-1] - len(found)
        return [row[:-1] for row in found]


def find_clashes(ask: Asker, stage: Stage, params: dict[str, Any]) -> Iterator[Clash]:
    """Yield what is wrong, the first thousand of each sort; makes the tables that saving needs."""
    name = stage.dataset.name
    if name == "open_items":
        prepare_open_items(ask.cursor, params)
        yield from _open_items(ask)
    if stage.dataset.lines_of:
        _number_lines(ask.cursor, stage.dataset.lines_of)
    if "customer_number" in stage.mapped and name != "customers":
        yield from _unknown_customers(ask, params)
    yield from _repeated(ask, stage)
    if name in _HEADS:
        yield from _different_heads(ask, stage)
        yield from _strangers_papers(ask, stage, params)
    checks = {
        "customers": _customers,
        "contacts": _contacts,
        "prices": _prices,
        "promotions": _promotions,
        "invoices": _invoices,
    }
    if name in checks:
        yield from checks[name](ask, params)


def notes_of(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Count references to papers that are not here: worth knowing, no error."""
    wanted = {
        "order_number": ("unknown_orders", "receivables_order"),
        "delivery_number": ("unknown_deliveries", "receivables_delivery"),
        "credited_invoice": ("unknown_invoices", "receivables_invoice"),
    }
    notes = []
    for column, (key, table) in wanted.items():
        if not stage.has(column) or column == stage.dataset.lines_of:
            continue
        sql = (
            f"SELECT count(*) FROM import_rows s WHERE s.{column} IS NOT NULL AND NOT EXISTS "
            f"(SELECT 1 FROM {table} x WHERE x.entity_id = %(entity)s "
            f"AND x.number_key = s.{column}_key)"
        )
        if column == "credited_invoice":
            sql += (
                " AND NOT EXISTS (SELECT 1 FROM import_rows x "
                "WHERE x.invoice_number_key = s.credited_invoice_key)"
            )
        cursor.execute(sql, params)
        if count := int(cursor.fetchone()[0]):
            notes.append({"key": key, "args": {"count": count}})
    return notes


def _number_lines(cursor: CursorWrapper, number: str) -> None:
    """A line without its own number has that of its place."""
    cursor.execute(
        "UPDATE import_rows s SET line = p.line FROM (SELECT n, row_number() OVER "
        f"(PARTITION BY {number} ORDER BY n) AS line FROM import_rows) p "
        "WHERE p.n = s.n AND s.line IS NULL"
    )


def _unknown_customers(ask: Asker, params: dict[str, Any]) -> Iterator[Clash]:
    found = ask.rows(
        "SELECT s.n, s.customer_number FROM import_rows s WHERE NOT EXISTS "
        "(SELECT 1 FROM customers_customer c WHERE c.entity_id = %(entity)s "
        "AND c.number = s.customer_number) ORDER BY s.n",
        params,
    )
    if not found:
        return
    suggest = _Suggestions(params["entity"])
    for row, number in found:
        key, repair = suggest.for_(number)
        args = {"found": repair} if repair else {}
        yield Clash(row, "customer_number", number, key, args, repair)


class _Suggestions:
    """The customer that is probably meant by a number nobody has."""

    def __init__(self, entity_id: int) -> None:
        known = Customer.objects.filter(entity_id=entity_id).values_list("number", flat=True)
        self._numbers = list(known[:CUSTOMERS_COMPARED_MAX])
        self._by_zeros = {number.lstrip("0"): number for number in self._numbers}
        self._by_look = {lookalike_key(number): number for number in self._numbers}
        self._told: dict[str, tuple[str, str]] = {}

    def for_(self, number: str) -> tuple[str, str]:
        """Return the key of a sentence and the number to take instead."""
        if number not in self._told:
            self._told[number] = self._find(number)
        return self._told[number]

    def _find(self, number: str) -> tuple[str, str]:
        if zeros := self._by_zeros.get(number.lstrip("0")):
            return "unknown_customer_zeros", zeros
        if look := self._by_look.get(lookalike_key(number)):
            alike = len(look) == len(number)
            return ("unknown_customer_letter" if alike else "unknown_customer_like"), look
        best = process.extractOne(number, self._numbers, scorer=fuzz.ratio, score_cutoff=LIKE_MIN)
        if best and len(number) > 3:  # noqa: PLR2004 - short numbers are all alike
            return "unknown_customer_like", best[0]
        return "unknown_customer", ""


def _repeated(ask: Asker, stage: Stage) -> Iterator[Clash]:
    """The same record twice with different content; word by word the same it counts once."""
    key = [name for name in stage.dataset.key if name in stage.mapped or name == "line"]
    if stage.dataset.name == "contacts" and "email" in key:
        key = ["customer_number", "email", "coalesce(s.email, s.name, s.phone)"]
    if stage.dataset.name == "open_items":
        yield from _repeated_items(ask)
        return
    names = [f"s.{name}" if "(" not in name else name for name in key]
    rest = [name for name in sorted(stage.mapped) if name not in stage.dataset.key]
    if not rest:
        return
    partition = ", ".join(names)
    compare = ", ".join(f"w.{name}" for name in rest)
    first = ", ".join(f"w.first_{name}" for name in rest)
    firsts = ", ".join(f"first_value(s.{name}) OVER k AS first_{name}" for name in rest)
    sql = (
        f"SELECT w.n, w.first_n, w.{stage.dataset.key[-1]}::text FROM (SELECT s.*, "
        f"first_value(s.n) OVER k AS first_n, {firsts} FROM import_rows s "
        f"WINDOW k AS (PARTITION BY {partition} ORDER BY s.n)) w "
        f"WHERE w.n <> w.first_n AND ROW({compare}) IS DISTINCT FROM ROW({first}) ORDER BY w.n"
    )
    shown = stage.dataset.lines_of or next(
        name for name in stage.dataset.key if name in stage.mapped
    )
    for row, first_row, value in ask.rows(sql):
        yield Clash(row, shown, value or "", "twice", {"row": first_row})


def _repeated_items(ask: Asker) -> Iterator[Clash]:
    sql = (
        "SELECT n, first_n, document_number, open_amount, first_open, currency FROM ("
        "SELECT s.n, s.document_number, s.open_amount, s.currency, "
        "first_value(s.n) OVER k AS first_n, first_value(s.open_amount) OVER k AS first_open, "
        "ROW(s.customer_number, s.original_amount, s.due_date, s.issue_date) IS DISTINCT FROM "
        "first_value(ROW(s.customer_number, s.original_amount, s.due_date, s.issue_date)) OVER k "
        "AS differs FROM import_items s "
        "WINDOW k AS (PARTITION BY s.kind, s.document_number ORDER BY s.n)) w "
        "WHERE n <> first_n AND (open_amount <> first_open OR differs) ORDER BY n"
    )
    for row, first_row, number, amount, first_amount, currency in ask.rows(sql):
        if amount == first_amount:
            yield Clash(row, "document_number", number, "twice", {"row": first_row})
            continue
        args = {"row": first_row, "other": _money(first_amount, currency)}
        yield Clash(row, "open_amount", _money(amount, currency), "twice_differs", args)


def _different_heads(ask: Asker, stage: Stage) -> Iterator[Clash]:
    number = stage.dataset.lines_of
    for column in _HEADS[stage.dataset.name]:
        if column not in stage.mapped:
            continue
        sql = (
            f"SELECT s.n, s.{column}::text, f.n, f.{column}::text FROM import_rows s "
            f"JOIN (SELECT DISTINCT ON ({number}) {number} AS number, n, {column} "
            f"FROM import_rows WHERE {column} IS NOT NULL ORDER BY {number}, n) f "
            f"ON f.number = s.{number} WHERE s.{column} <> f.{column} ORDER BY s.n"
        )
        for row, value, first_row, other in ask.rows(sql):
            args = {"row": first_row, "other": other}
            yield Clash(row, column, value, "head_differs", args, other)


def _strangers_papers(ask: Asker, stage: Stage, params: dict[str, Any]) -> Iterator[Clash]:
    """A number that is here already belongs to its customer, and is in its currency."""
    number, table = stage.dataset.lines_of, _TABLES[stage.dataset.name]
    sql = (
        f"SELECT s.n, s.customer_number, c.number FROM import_rows s JOIN {table} t "
        f"ON t.entity_id = %(entity)s AND t.number = s.{number} "
        "JOIN customers_customer c ON c.id = t.customer_id "
        "WHERE c.number <> s.customer_number ORDER BY s.n"
    )
    for row, value, other in ask.rows(sql, params):
        yield Clash(row, "customer_number", value, "other_customer", {"other": other}, other)
    if "currency" in stage.mapped:
        sql = (
            f"SELECT s.n, s.currency, t.currency FROM import_rows s JOIN {table} t "
            f"ON t.entity_id = %(entity)s AND t.number = s.{number} "
            "WHERE t.currency <> s.currency ORDER BY s.n"
        )
        for row, value, other in ask.rows(sql, params):
            yield Clash(row, "currency", value, "other_currency", {"other": other}, other)


def _customers(ask: Asker, params: dict[str, Any]) -> Iterator[Clash]:
    sql = (
        "SELECT s.n, s.parent_number FROM import_rows s WHERE s.parent_number IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM import_rows x WHERE x.customer_number = s.parent_number) "
        "AND NOT EXISTS (SELECT 1 FROM customers_customer c WHERE c.entity_id = %(entity)s "
        "AND c.number = s.parent_number) ORDER BY s.n"
    )
    for row, value in ask.rows(sql, params):
        yield Clash(row, "parent_number", value, "unknown_parent", {})
    sql = (
        "WITH RECURSIVE up AS (SELECT n, customer_number AS start, parent_number AS above, "
        "1 AS deep FROM import_rows WHERE parent_number IS NOT NULL UNION ALL "
        "SELECT u.n, u.start, coalesce(s.parent_number, p.number), u.deep + 1 FROM up u "
        "LEFT JOIN import_rows s ON s.customer_number = u.above "
        "LEFT JOIN customers_customer c ON s.n IS NULL AND c.entity_id = %(entity)s "
        "AND c.number = u.above LEFT JOIN customers_customer p ON p.id = c.parent_id "
        "WHERE u.above <> u.start AND u.deep < 20 AND u.above IS NOT NULL) "
        "SELECT n, start FROM up WHERE above = start ORDER BY n"
    )
    for row, value in ask.rows(sql, params):
        yield Clash(row, "parent_number", value, "parents_in_a_circle", {})
    sql = (
        "SELECT n, discount_percent FROM import_rows "
        "WHERE discount_percent > 0 AND coalesce(discount_days, 0) = 0 ORDER BY n"
    )
    for row, rate in ask.rows(sql):
        yield Clash(row, "discount_days", f"{rate / 100:.2f} %", "discount_without_days", {})


def _contacts(ask: Asker, _params: dict[str, Any]) -> Iterator[Clash]:
    sql = "SELECT n FROM import_rows WHERE coalesce(email, name, phone) IS NULL ORDER BY n"
    for (row,) in ask.rows(sql):
        yield Clash(row, "email", "", "nothing_to_find_by", {})


def _prices(ask: Asker, params: dict[str, Any]) -> Iterator[Clash]:
    for statement in PRICES_INDEX:
        ask.cursor.execute(statement)
    sql = "SELECT n, valid_to::text FROM import_rows WHERE valid_to < valid_from ORDER BY n"
    for row, value in ask.rows(sql):
        yield Clash(row, "valid_to", value, "ends_before_start", {})
    ask.cursor.execute("DROP TABLE IF EXISTS pg_temp.import_prices")
    ask.cursor.execute(f"CREATE TEMP TABLE import_prices AS {RESOLVED_PRICES}", params)
    same = "a.customer_id = b.customer_id AND a.sku = b.sku AND a.currency = b.currency"
    sql = (
        "SELECT b.file_row, a.file_row, b.valid_from_date::text FROM (SELECT p.*, "
        "lag(file_row) OVER w AS before FROM import_prices p WINDOW w AS "
        "(PARTITION BY customer_id, sku, currency ORDER BY valid_from_date)) b "
        f"JOIN import_prices a ON a.file_row = b.before AND {same} "
        "WHERE a.valid_to_date > b.valid_from_date ORDER BY b.file_row"
    )
    for row, other, value in ask.rows(sql):
        yield Clash(row, "valid_from", value, "overlaps_row", {"row": other})
    sql = (
        "SELECT b.file_row, b.valid_from_date::text, a.valid_from_date::text FROM import_prices b "
        f"JOIN receivables_contractprice a ON {same} AND a.id IS DISTINCT FROM b.target_id "
        "WHERE NOT EXISTS (SELECT 1 FROM import_prices x WHERE x.target_id = a.id) "
        "AND a.valid_from_date < coalesce(b.valid_to_date, 'infinity') "
        "AND coalesce(a.valid_to_date, CASE WHEN a.valid_from_date < b.valid_from_date "
        "THEN b.valid_from_date ELSE 'infinity' END) > b.valid_from_date ORDER BY b.file_row"
    )
    for row, value, since in ask.rows(sql):
        yield Clash(row, "valid_from", value, "overlaps_price", {"since": since})


def _promotions(ask: Asker, _params: dict[str, Any]) -> Iterator[Clash]:
    sql = "SELECT n, ends::text FROM import_rows WHERE ends < starts ORDER BY n"
    for row, value in ask.rows(sql):
        yield Clash(row, "ends", value, "ends_before_start", {})


def _invoices(ask: Asker, params: dict[str, Any]) -> Iterator[Clash]:
    sql = "SELECT n FROM import_rows WHERE net_amount IS NULL AND unit_price IS NULL ORDER BY n"
    missing = ask.rows(sql)
    for (row,) in missing:
        yield Clash(row, "net_amount", "", "required", {})
    if missing:
        return
    prepare_invoices(ask.cursor, params)
    sql = (
        "SELECT h.n, h.number, h.kind, m.net, m.vat, h.currency FROM import_heads h JOIN "
        "(SELECT number, sum(net_minor) AS net, sum(vat_minor) AS vat FROM import_lines "
        "GROUP BY number) m ON m.number = h.number WHERE m.net < 0 OR m.vat < 0 ORDER BY h.n"
    )
    for row, _number, kind, net, vat, currency in ask.rows(sql):
        value = _money(int(net + vat), currency)
        if kind == "invoice" and net + vat < 0:
            yield Clash(row, "kind", value, "invoice_below_zero", {}, "credit_note")
        else:
            yield Clash(row, "net_amount", value, "total_below_zero", {})


_ITEM_CHECKS: Final = (
    (
        "kind IN ('invoice', 'debit_note') AND original_amount < 0",
        "document_kind",
        "original_amount",
        "invoice_below_zero",
    ),
    ("original_amount = 0", "original_amount", "original_amount", "nothing_original"),
    (
        "original_amount <> 0 AND sign(open_amount) * sign(original_amount) < 0",
        "open_amount",
        "open_amount",
        "signs_differ",
    ),
    (
        "sign(open_amount) * sign(original_amount) > 0 AND abs(open_amount) > abs(original_amount)",
        "open_amount",
        "open_amount",
        "more_open_than_original",
    ),
)


def _open_items(ask: Asker) -> Iterator[Clash]:
    for condition, field, shown, key in _ITEM_CHECKS:
        sql = f"SELECT n, {shown}, currency FROM import_items WHERE {condition} ORDER BY n"
        for row, amount, currency in ask.rows(sql):
            repair = "credit_note" if key == "invoice_below_zero" else ""
            yield Clash(row, field, _money(amount, currency or "EUR"), key, {}, repair)
    sql = (
        "SELECT i.n, i.customer_number, c.number FROM import_items i "
        "JOIN customers_customer c ON c.id = i.old_customer_id "
        "WHERE i.customer_id <> i.old_customer_id ORDER BY i.n"
    )
    for row, value, other in ask.rows(sql):
        yield Clash(row, "customer_number", value, "other_customer", {"other": other}, other)
    sql = (
        "SELECT n, currency, old_currency FROM import_items "
        "WHERE currency <> old_currency ORDER BY n"
    )
    for row, value, other in ask.rows(sql):
        yield Clash(row, "currency", value, "other_currency", {"other": other}, other)


def _money(minor: int, currency: str) -> str:
    exponent_of(currency)
    return Money(int(minor), currency).to_decimal_string()
