# ruff: noqa: S608 - names in these statements are our own, values are parameters
"""Prices and promotions agreed with customers."""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from concilia.intake.actions.imports.staging import Stage
from concilia.intake.actions.imports.upserts import Upsert, upsert

# A price ends the day after its last day, or where the next of the same file begins: on that last
# day itself (some name the first day that is not covered), or, without a last day, whenever it is.
RESOLVED_PRICES: Final = """
    SELECT DISTINCT ON (customer_id, sku, currency, valid_from)
           file_row, target_id, entity_id, customer_id, sku, currency, unit_price,
           valid_from AS valid_from_date,
           CASE WHEN valid_to IS NULL OR valid_to >= '2999-01-01' THEN next_from
                WHEN next_from = valid_to AND valid_to > valid_from THEN valid_to
                ELSE valid_to + 1 END AS valid_to_date
      FROM (SELECT s.n AS file_row, t.id AS target_id, %(entity)s::bigint AS entity_id,
                   c.id AS customer_id,
                   s.sku, coalesce(s.currency, c.currency) AS currency, s.unit_price,
                   s.valid_from, s.valid_to,
                   (SELECT min(x.valid_from) FROM import_rows x
                     WHERE x.customer_number = s.customer_number AND x.sku = s.sku
                       AND coalesce(x.currency, c.currency) = coalesce(s.currency, c.currency)
                       AND x.valid_from > s.valid_from) AS next_from
              FROM import_rows s
              JOIN customers_customer c
                ON c.entity_id = %(entity)s AND c.number = s.customer_number
              LEFT JOIN receivables_contractprice t
                ON t.customer_id = c.id AND t.sku = s.sku
               AND t.currency = coalesce(s.currency, c.currency)
               AND t.valid_from_date = s.valid_from) p
     ORDER BY customer_id, sku, currency, valid_from, file_row
"""
PRICES_INDEX: Final = (
    "CREATE INDEX ON import_rows (customer_number, sku, valid_from)",
    "ANALYZE import_rows",
)
# A price without an end, agreed earlier, ends where the file's next one begins.
_END_EARLIER: Final = """
    UPDATE receivables_contractprice t SET valid_to_date = b.begins
      FROM (SELECT c.id AS customer_id, s.sku, coalesce(s.currency, c.currency) AS currency,
                   s.valid_from AS begins
              FROM import_rows s JOIN customers_customer c
                ON c.entity_id = %(entity)s AND c.number = s.customer_number) b
     WHERE t.customer_id = b.customer_id AND t.sku = b.sku AND t.currency = b.currency
       AND t.valid_to_date IS NULL AND t.valid_from_date < b.begins
       AND NOT EXISTS (SELECT 1 FROM import_rows x JOIN customers_customer c
             ON c.id = t.customer_id AND x.customer_number = c.number
            WHERE x.sku = t.sku AND coalesce(x.currency, c.currency) = t.currency
              AND x.valid_from >= t.valid_from_date AND x.valid_from < b.begins)
"""


def save_prices(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> None:
    """Contract prices; two of one article never hold on the same day."""
    cursor.execute(_END_EARLIER, params)
    changing = ["unit_price", *(["valid_to_date"] if stage.has("valid_to") else [])]
    plan = Upsert(
        table="receivables_contractprice",
        select=RESOLVED_PRICES,
        columns=[
            *("entity_id", "customer_id", "sku", "currency", "unit_price"),
            *("valid_from_date", "valid_to_date"),
        ],
        changing=changing,
    )
    upsert(cursor, plan, params)


_PROMOTION: Final = {
    "name": ("name", "coalesce(s.name, s.promotion_code)"),
    "kind": ("kind", "coalesce(s.kind, 'off_invoice')"),
    "discount_bp": ("discount_percent", "coalesce(s.discount_percent, 0)"),
    "promo_price": ("promo_price", "s.promo_price"),
    "currency": ("currency", "coalesce(s.currency, c.currency)"),
    "starts_date": ("starts", "s.starts"),
    "ends_date": ("ends", "s.ends"),
    "budget_minor": ("budget", "s.budget"),
}


def save_promotions(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> None:
    """Promotions by code, customer and article; what was accrued on them stays."""
    values = ", ".join(f"{value} AS {column}" for column, (_, value) in _PROMOTION.items())
    key = "s.promotion_code, s.customer_number, coalesce(s.sku, '')"
    plan = Upsert(
        table="receivables_promotion",
        select=f"SELECT DISTINCT ON ({key}) s.n AS file_row, t.id AS target_id, "
        "%(entity)s::bigint AS entity_id, s.promotion_code AS code, c.id AS customer_id, "
        f"coalesce(s.sku, '') AS sku, 0 AS accrual_minor, {values} FROM import_rows s "
        "JOIN customers_customer c ON c.entity_id = %(entity)s AND c.number = s.customer_number "
        "LEFT JOIN receivables_promotion t ON t.entity_id = %(entity)s "
        "AND t.code = s.promotion_code AND t.customer_id = c.id AND t.sku = coalesce(s.sku, '') "
        f"ORDER BY {key}, s.n",
        columns=["entity_id", "code", "customer_id", "sku", "accrual_minor", *_PROMOTION],
        changing=[column for column, (field, _) in _PROMOTION.items() if stage.has(field)],
    )
    upsert(cursor, plan, params)
