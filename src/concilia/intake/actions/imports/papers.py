# ruff: noqa: S608 - names in these statements are our own, values are parameters
"""Orders, deliveries and invoices: a head for each number, a line for each row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from concilia.intake.actions.imports.staging import Stage
from concilia.intake.actions.imports.upserts import TOUCHED, Upsert, upsert
from concilia.kernel.currencies import EXPONENTS

Columns = Mapping[str, tuple[str, str]]


def link_to(table: str, number: str) -> str:
    """SQL: the id of the paper with this number, or of the only one with its bare number."""
    return (
        f"(SELECT coalesce(max(x.id) FILTER (WHERE x.number = h.{number}), "
        f"CASE WHEN count(*) = 1 THEN max(x.id) END) FROM {table} x "
        f"WHERE x.entity_id = %(entity)s AND x.number_key = h.{number}_key)"
    )


# How many minor units one unit of a currency has, as an exact number.
_UNIT: Final = (
    "(CASE h.currency "
    + " ".join(
        f"WHEN '{code}' THEN {10**n}"
        for code, n in sorted(EXPONENTS.items())
        if n != 2  # noqa: PLR2004 - most have two decimals
    )
    + " ELSE 100 END)::numeric"
)

_ORDER_HEADS: Final = """
    CREATE TEMP TABLE import_heads AS
    SELECT h.*, c.id AS customer_id, coalesce(h.file_currency, c.currency) AS currency
      FROM (SELECT order_number AS number, min(order_number_key) AS number_key, min(n) AS n,
                   max(customer_number) AS customer_number,
                   max(customer_order_number) AS customer_order_number,
                   max(customer_order_number_key) AS customer_order_number_key,
                   max(order_date) AS order_date, max(requested_date) AS requested_date,
                   max(currency) AS file_currency
              FROM import_rows GROUP BY order_number) h
      JOIN customers_customer c ON c.entity_id = %(entity)s AND c.number = h.customer_number
"""
_ORDER: Final[Columns] = {
    "customer_order_number": ("customer_order_number", "coalesce(h.customer_order_number, '')"),
    "customer_order_key": ("customer_order_number", "coalesce(h.customer_order_number_key, '')"),
    "order_date": ("order_date", "h.order_date"),
    "requested_date": ("requested_date", "h.requested_date"),
}
_ORDER_LINE: Final[Columns] = {
    "sku": ("sku", "s.sku"),
    "quantity": ("quantity", "s.quantity"),
    "unit_price": ("unit_price", "s.unit_price"),
}

_DELIVERY_HEADS: Final = """
    CREATE TEMP TABLE import_heads AS
    SELECT h.*, c.id AS customer_id
      FROM (SELECT delivery_number AS number, min(delivery_number_key) AS number_key, min(n) AS n,
                   max(customer_number) AS customer_number, max(order_number) AS order_number,
                   max(order_number_key) AS order_number_key, max(shipped_date) AS shipped_date,
                   max(delivered_date) AS delivered_date, max(carrier) AS carrier,
                   max(pod_signed_by) AS pod_signed_by, max(pod_date) AS pod_date,
                   string_agg(DISTINCT pod_reserve, ' · ') AS pod_reserve
              FROM import_rows GROUP BY delivery_number) h
      JOIN customers_customer c ON c.entity_id = %(entity)s AND c.number = h.customer_number
"""
_DELIVERY: Final[Columns] = {
    "order_id": ("order_number", link_to("receivables_order", "order_number")),
    "carrier": ("carrier", "coalesce(h.carrier, '')"),
    "shipped_date": ("shipped_date", "h.shipped_date"),
    "delivered_date": ("delivered_date", "h.delivered_date"),
    "pod_signed_by": ("pod_signed_by", "coalesce(h.pod_signed_by, '')"),
    "pod_date": ("pod_date", "h.pod_date"),
    "pod_reserve": ("pod_reserve", "coalesce(h.pod_reserve, '')"),
}
_DELIVERY_LINE: Final[Columns] = {
    "sku": ("sku", "s.sku"),
    "quantity": ("quantity", "s.quantity"),
    "pod_quantity": ("pod_quantity", "s.pod_quantity"),
    "pod_damaged": ("pod_damaged", "s.pod_damaged"),
}

_INVOICE_LINES: Final = f"""
    CREATE TEMP TABLE import_lines AS
    SELECT s.n, s.invoice_number AS number, s.line, coalesce(s.sku, '') AS sku,
           coalesce(s.description, '') AS description, s.quantity, s.unit_price,
           coalesce(s.vat_rate, 0) AS vat_bp, s.currency, s.net_minor,
           coalesce(s.vat_amount, round(s.net_minor * coalesce(s.vat_rate, 0) / 10000.0)::bigint)
             AS vat_minor
      FROM (SELECT a.*, coalesce(a.net_amount,
                     round(coalesce(a.quantity, 1) * a.unit_price * a.unit)::bigint)
                     AS net_minor
              FROM (SELECT r.n, r.invoice_number, r.line, r.sku, r.description, r.vat_rate,
                           r.vat_amount, r.net_amount, h.currency, {_UNIT} AS unit,
                           coalesce(r.quantity, 1) AS quantity,
                           coalesce(r.unit_price, round(r.net_amount / {_UNIT}
                             / nullif(coalesce(r.quantity, 1), 0), 4), 0) AS unit_price
                      FROM import_rows r JOIN import_heads h ON h.number = r.invoice_number) a) s
"""
_TURN_CREDIT_NOTES: Final = """
    UPDATE import_lines l
       SET net_minor = -net_minor, vat_minor = -vat_minor,
           quantity = CASE WHEN l.quantity < 0 THEN -l.quantity ELSE l.quantity END,
           unit_price = CASE WHEN l.quantity < 0 THEN l.unit_price ELSE -l.unit_price END
      FROM (SELECT x.number FROM import_lines x JOIN import_heads h ON h.number = x.number
             WHERE h.kind = 'credit_note'
             GROUP BY x.number HAVING sum(x.net_minor + x.vat_minor) < 0) t
     WHERE l.number = t.number
"""
_INVOICE_HEADS: Final = """
    CREATE TEMP TABLE import_heads AS
    SELECT h.*, c.id AS customer_id, coalesce(h.file_currency, c.currency) AS currency,
           coalesce(h.file_due_date, h.issue_date + coalesce(h.payment_days, c.payment_days))
             AS due_date,
           c.discount_bp AS usual_bp, c.discount_days AS usual_days
      FROM (SELECT invoice_number AS number, min(invoice_number_key) AS number_key, min(n) AS n,
                   coalesce(max(kind), 'invoice') AS kind, max(customer_number) AS customer_number,
                   max(order_number) AS order_number, max(order_number_key) AS order_number_key,
                   max(customer_order_number) AS customer_order_number,
                   max(delivery_number) AS delivery_number,
                   max(delivery_number_key) AS delivery_number_key,
                   max(issue_date) AS issue_date, max(due_date) AS file_due_date,
                   max(payment_days) AS payment_days, max(currency) AS file_currency,
                   max(discount_percent) AS discount_bp, max(discount_days) AS discount_days,
                   max(credited_invoice) AS credited_invoice,
                   max(credited_invoice_key) AS credited_invoice_key
              FROM import_rows GROUP BY invoice_number) h
      JOIN customers_customer c ON c.entity_id = %(entity)s AND c.number = h.customer_number
"""
_INVOICE: Final[Columns] = {
    "kind": ("kind", "h.kind"),
    "order_id": ("order_number", link_to("receivables_order", "order_number")),
    "delivery_id": ("delivery_number", link_to("receivables_delivery", "delivery_number")),
    "customer_order_number": ("customer_order_number", "coalesce(h.customer_order_number, '')"),
    "issue_date": ("issue_date", "h.issue_date"),
    "due_date": ("due_date payment_days", "h.due_date"),
    "net_minor": ("net_amount unit_price quantity", "m.net_minor"),
    "vat_minor": ("vat_amount vat_rate net_amount unit_price quantity", "m.vat_minor"),
    "gross_minor": ("net_amount vat_amount unit_price quantity", "m.net_minor + m.vat_minor"),
}
_INVOICE_LINE: Final[Columns] = {
    "sku": ("sku", "s.sku"),
    "description": ("description", "s.description"),
    "quantity": ("quantity", "s.quantity"),
    "unit_price": ("unit_price net_amount quantity", "s.unit_price"),
    "vat_bp": ("vat_rate", "s.vat_bp"),
    "currency": ("currency", "s.currency"),
    "net_minor": ("net_amount unit_price quantity", "s.net_minor"),
    "vat_minor": ("vat_amount vat_rate net_amount unit_price quantity", "s.vat_minor"),
}
_SUMS: Final = (
    "JOIN (SELECT number, sum(net_minor)::bigint AS net_minor, sum(vat_minor)::bigint AS vat_minor "
    "FROM import_lines GROUP BY number) m ON m.number = h.number"
)


def save_orders(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> None:
    """Orders with their lines."""
    _make_heads(cursor, _ORDER_HEADS, params)
    fixed = {"customer_id": "h.customer_id", "number_key": "h.number_key", "currency": "h.currency"}
    _save_heads(cursor, stage, params, ("receivables_order", fixed, _ORDER, ""))
    _save_lines(cursor, stage, params, ("receivables_order", "order", _ORDER_LINE, "import_rows"))


def save_deliveries(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> None:
    """Deliveries with their lines and what the receiver signed."""
    _make_heads(cursor, _DELIVERY_HEADS, params)
    fixed = {"customer_id": "h.customer_id", "number_key": "h.number_key"}
    _save_heads(cursor, stage, params, ("receivables_delivery", fixed, _DELIVERY, ""))
    _save_lines(
        cursor, stage, params, ("receivables_delivery", "delivery", _DELIVERY_LINE, "import_rows")
    )


def prepare_invoices(cursor: CursorWrapper, params: dict[str, Any]) -> None:
    """Heads and lines with their amounts worked out; credit notes turned the right way round."""
    _make_heads(cursor, _INVOICE_HEADS, params)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.import_lines")
    cursor.execute(_INVOICE_LINES, params)
    cursor.execute(_TURN_CREDIT_NOTES)
    cursor.execute("CREATE INDEX ON import_lines (number)")
    cursor.execute("ANALYZE import_lines")


def save_invoices(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> None:
    """Invoices with their lines; a credit note may credit one that stands in the same file."""
    fixed = {"customer_id": "h.customer_id", "number_key": "h.number_key", "currency": "h.currency"}
    terms = _terms(stage)
    _save_heads(cursor, stage, params, ("receivables_invoice", fixed, {**_INVOICE, **terms}, _SUMS))
    _save_lines(
        cursor, stage, params, ("receivables_invoice", "invoice", _INVOICE_LINE, "import_lines")
    )
    if stage.has("credited_invoice"):
        cursor.execute(
            "WITH wanted AS (SELECT h.n, i.id, "
            + link_to("receivables_invoice", "credited_invoice")
            + " AS credited_id FROM import_heads h JOIN receivables_invoice i "
            "ON i.entity_id = %(entity)s AND i.number = h.number), "
            "moved AS (UPDATE receivables_invoice i SET credited_invoice_id = w.credited_id "
            "FROM wanted w WHERE i.id = w.id "
            "AND i.credited_invoice_id IS DISTINCT FROM w.credited_id RETURNING w.n) "
            f"INSERT INTO {TOUCHED} SELECT n, false FROM moved",
            params,
        )
    _adopt_open_items(cursor, params)


def _terms(stage: Stage) -> Columns:
    """Without discount columns the customer's terms hold; a file with them means what it says."""
    if stage.has("discount_percent", "discount_days"):
        rate, days = "coalesce(h.discount_bp, 0)", "coalesce(h.discount_days, 0)"
    else:
        rate = "CASE WHEN h.kind = 'invoice' THEN h.usual_bp ELSE 0 END"
        days = "CASE WHEN h.kind = 'invoice' THEN h.usual_days ELSE 0 END"
    return {"discount_bp": ("discount_percent", rate), "discount_days": ("discount_days", days)}


def _adopt_open_items(cursor: CursorWrapper, params: dict[str, Any]) -> None:
    """Open items that came before their invoice get its terms and numbers now."""
    cursor.execute(
        "UPDATE receivables_openitem t SET invoice_id = i.id, "
        "order_number = coalesce(o.number, t.order_number), "
        "delivery_number = coalesce(d.number, t.delivery_number), "
        "discount_bp = i.discount_bp, discount_until_date = CASE WHEN i.discount_bp > 0 "
        "THEN t.issue_date + i.discount_days::integer END "
        "FROM import_heads h JOIN receivables_invoice i "
        "ON i.entity_id = %(entity)s AND i.number = h.number "
        "LEFT JOIN receivables_order o ON o.id = i.order_id "
        "LEFT JOIN receivables_delivery d ON d.id = i.delivery_id "
        "WHERE t.entity_id = %(entity)s AND t.document_number = h.number AND t.kind = i.kind "
        "AND t.customer_id = i.customer_id AND t.invoice_id IS NULL",
        params,
    )


def _make_heads(cursor: CursorWrapper, select: str, params: dict[str, Any]) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.import_heads")
    cursor.execute(select, params)
    cursor.execute("CREATE INDEX ON import_heads (number)")
    cursor.execute("ANALYZE import_heads")


def _changing(stage: Stage, columns: Columns) -> list[str]:
    return [name for name, (fields, _) in columns.items() if stage.has(*fields.split())]


def _save_heads(
    cursor: CursorWrapper,
    stage: Stage,
    params: dict[str, Any],
    what: tuple[str, Mapping[str, str], Columns, str],
) -> None:
    table, fixed, columns, joins = what
    values = [f"{value} AS {name}" for name, value in fixed.items()]
    values += [f"{value} AS {name}" for name, (_, value) in columns.items()]
    plan = Upsert(
        table=table,
        select="SELECT h.n AS file_row, t.id AS target_id, %(entity)s::bigint AS entity_id, "
        f"h.number, {', '.join(values)} FROM import_heads h {joins} LEFT JOIN {table} t "
        "ON t.entity_id = %(entity)s AND t.number = h.number",
        columns=["entity_id", "number", *fixed, *columns],
        changing=_changing(stage, columns),
    )
    upsert(cursor, plan, params)


def _save_lines(
    cursor: CursorWrapper,
    stage: Stage,
    params: dict[str, Any],
    what: tuple[str, str, Columns, str],
) -> None:
    """A file that names a document states all of its lines: others of it go."""
    table, owner, columns, source = what
    number = "number" if source == "import_lines" else stage.dataset.lines_of
    values = ", ".join(f"{value} AS {name}" for name, (_, value) in columns.items())
    listed = f"FROM {source} s JOIN {table} p ON p.entity_id = %(entity)s AND p.number = s.{number}"
    cursor.execute(
        f"WITH gone AS (DELETE FROM {table}line t USING import_heads h, {table} p "
        "WHERE p.entity_id = %(entity)s AND p.number = h.number "
        f"AND t.{owner}_id = p.id AND NOT EXISTS (SELECT 1 FROM {source} s "
        f"WHERE s.{number} = h.number AND s.line = t.n) RETURNING h.n) "
        f"INSERT INTO {TOUCHED} SELECT n, false FROM gone",
        params,
    )
    plan = Upsert(
        table=f"{table}line",
        select="SELECT DISTINCT ON (p.id, s.line) s.n AS file_row, s.line AS n, "
        f"t.id AS target_id, p.id AS {owner}_id, {values} {listed} "
        f"LEFT JOIN {table}line t ON t.{owner}_id = p.id AND t.n = s.line "
        "ORDER BY p.id, s.line, s.n",
        columns=[f"{owner}_id", "n", *columns],
        changing=_changing(stage, columns),
    )
    upsert(cursor, plan, params)
