# ruff: noqa: S608 - names in these statements are our own, values are parameters
"""Customers, their contacts, and products: master data."""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from concilia.intake.actions.imports.staging import Stage
from concilia.intake.actions.imports.upserts import TOUCHED, Upsert, upsert

_LANGUAGE_OF_COUNTRY: Final = (
    "CASE WHEN {country} IN ('IT', 'SM', 'VA') THEN 'it' WHEN {country} IN ('FR', 'MC') THEN 'fr' "
    "WHEN {country} = 'ES' THEN 'es' WHEN {country} IN ('DE', 'AT', 'LI') THEN 'de' ELSE 'en' END"
)
# Of our column: the file's field, and what stands where the file says nothing.
_CUSTOMER: Final = {
    "name": ("name", "s.name"),
    "legal_name": ("legal_name", "coalesce(s.legal_name, '')"),
    "country": ("country", "coalesce(s.country, e.country)"),
    "post_code": ("post_code", "coalesce(s.post_code, '')"),
    "language": (
        "language",
        "coalesce(s.language, "
        + _LANGUAGE_OF_COUNTRY.format(country="coalesce(s.country, e.country)")
        + ")",
    ),
    "vat_number": ("vat_number", "coalesce(s.vat_number, '')"),
    "payer_group_id": ("payer_group", "g.id"),
    "payment_days": ("payment_days", "coalesce(s.payment_days, 30)"),
    "discount_bp": ("discount_percent", "coalesce(s.discount_percent, 0)"),
    "discount_days": ("discount_days", "coalesce(s.discount_days, 0)"),
    "credit_limit_minor": ("credit_limit", "s.credit_limit"),
    "currency": ("currency", "coalesce(s.currency, e.currency)"),
    "segment": ("segment", "coalesce(s.segment, '')"),
    "email_domains": (
        "email_domains",
        "coalesce(to_jsonb(string_to_array(s.email_domains, '|')), '[]'::jsonb)",
    ),
}


def save_customers(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> None:
    """Customers first, then whom they belong to: a parent may stand further down in the file."""
    if stage.has("payer_group"):
        cursor.execute(
            "INSERT INTO customers_payergroup (entity_id, code, name) "
            "SELECT DISTINCT %(entity)s::bigint, payer_group, payer_group FROM import_rows "
            "WHERE payer_group IS NOT NULL ON CONFLICT (entity_id, code) DO NOTHING",
            params,
        )
    values = ", ".join(f"{value} AS {column}" for column, (_, value) in _CUSTOMER.items())
    fixed = "%(entity)s::bigint AS entity_id, s.customer_number AS number, '' AS risk_flag"
    plan = Upsert(
        table="customers_customer",
        select="SELECT DISTINCT ON (s.customer_number) s.n AS file_row, t.id AS target_id, "
        f"{fixed}, {values} FROM import_rows s JOIN identity_entity e ON e.id = %(entity)s "
        "LEFT JOIN customers_customer t ON t.entity_id = e.id AND t.number = s.customer_number "
        "LEFT JOIN customers_payergroup g ON g.entity_id = e.id AND g.code = s.payer_group "
        "ORDER BY s.customer_number, s.n",
        columns=["entity_id", "number", "risk_flag", *_CUSTOMER],
        changing=[column for column, (field, _) in _CUSTOMER.items() if stage.has(field)],
    )
    upsert(cursor, plan, params)
    if stage.has("parent_number"):
        _link_parents(cursor, params)
    if stage.has("ibans"):
        _state_ibans(cursor, params)


def _link_parents(cursor: CursorWrapper, params: dict[str, Any]) -> None:
    cursor.execute(
        f"WITH wanted AS (SELECT DISTINCT ON (s.customer_number) s.n, c.id, p.id AS parent_id "
        "FROM import_rows s "
        "JOIN customers_customer c ON c.entity_id = %(entity)s AND c.number = s.customer_number "
        "LEFT JOIN customers_customer p ON p.entity_id = %(entity)s AND p.number = s.parent_number "
        "ORDER BY s.customer_number, s.n), "
        "moved AS (UPDATE customers_customer c SET parent_id = w.parent_id FROM wanted w "
        "WHERE c.id = w.id AND c.parent_id IS DISTINCT FROM w.parent_id RETURNING w.n) "
        f"INSERT INTO {TOUCHED} SELECT n, false FROM moved",
        params,
    )


def _state_ibans(cursor: CursorWrapper, params: dict[str, Any]) -> None:
    """
    Accounts the file leaves out are forgotten, unless clerks have confirmed them since.

    One of a customer who was here before is new from now on (domain.md SoD-7).
    """
    listed = (
        "SELECT s.n, c.id AS customer_id, v.value, f.customer_number IS NULL AS was_here "
        "FROM import_rows s "
        "JOIN customers_customer c ON c.entity_id = %(entity)s AND c.number = s.customer_number "
        "LEFT JOIN (SELECT DISTINCT r.customer_number FROM import_rows r "
        f"JOIN {TOUCHED} t ON t.n = r.n WHERE t.is_new) f USING (customer_number) "
        "CROSS JOIN LATERAL unnest(string_to_array(s.ibans, '|')) AS v(value)"
    )
    cursor.execute(
        f"WITH listed AS ({listed}), added AS ("
        "INSERT INTO customers_payeralias "
        "(entity_id, customer_id, kind, value, hits, is_stated, written_at) "
        "SELECT DISTINCT %(entity)s::bigint, customer_id, 'iban', value, 0, true, "
        "CASE WHEN was_here THEN now() END FROM listed "
        "ON CONFLICT (entity_id, kind, value, customer_id) DO UPDATE "
        "SET is_stated = true, written_at = EXCLUDED.written_at "
        "WHERE NOT customers_payeralias.is_stated RETURNING customer_id, value) "
        f"INSERT INTO {TOUCHED} SELECT l.n, false FROM listed l "
        "JOIN added a USING (customer_id, value)",
        params,
    )
    cursor.execute(
        f"WITH listed AS ({listed}), gone AS ("
        "DELETE FROM customers_payeralias a USING import_rows s, customers_customer c "
        "WHERE c.entity_id = %(entity)s AND c.number = s.customer_number AND a.customer_id = c.id "
        "AND a.kind = 'iban' AND a.is_stated AND a.hits = 0 AND NOT EXISTS "
        "(SELECT 1 FROM listed l WHERE l.customer_id = a.customer_id AND l.value = a.value) "
        f"RETURNING s.n) INSERT INTO {TOUCHED} SELECT n, false FROM gone",
        params,
    )


_CONTACT: Final = {
    "name": ("name", "coalesce(s.name, '')"),
    "phone": ("phone", "coalesce(s.phone, '')"),
    "role": ("role", "coalesce(s.role, '')"),
    "language": ("language", "coalesce(s.language, '')"),
}


def save_contacts(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> None:
    """A contact is found by its address, or by name and telephone where it has none."""
    values = ", ".join(f"{value} AS {column}" for column, (_, value) in _CONTACT.items())
    who = (
        "c.id, coalesce(s.email, ''), CASE WHEN s.email IS NULL THEN coalesce(s.name, s.phone) END"
    )
    plan = Upsert(
        table="customers_contact",
        select=f"SELECT DISTINCT ON ({who}) s.n AS file_row, t.id AS target_id, "
        f"c.id AS customer_id, coalesce(s.email, '') AS email, {values} FROM import_rows s "
        "JOIN customers_customer c ON c.entity_id = %(entity)s AND c.number = s.customer_number "
        "LEFT JOIN LATERAL (SELECT k.id FROM customers_contact k WHERE k.customer_id = c.id AND "
        "CASE WHEN s.email IS NOT NULL THEN lower(k.email) = s.email "
        "ELSE k.email = '' AND k.name = coalesce(s.name, '') "
        "AND (s.name IS NOT NULL OR k.phone = s.phone) END ORDER BY k.id LIMIT 1) t ON true "
        f"ORDER BY {who}, s.n",
        columns=["customer_id", "email", *_CONTACT],
        changing=[column for column, (field, _) in _CONTACT.items() if stage.has(field)],
    )
    upsert(cursor, plan, params)


_PRODUCT: Final = {
    "name": ("name", "s.name"),
    "unit": ("unit", "coalesce(s.unit, '')"),
    "vat_bp": ("vat_rate", "coalesce(s.vat_rate, 0)"),
}


def save_products(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> None:
    """Products by their article number."""
    values = ", ".join(f"{value} AS {column}" for column, (_, value) in _PRODUCT.items())
    plan = Upsert(
        table="receivables_product",
        select="SELECT DISTINCT ON (s.sku) s.n AS file_row, t.id AS target_id, "
        f"%(entity)s::bigint AS entity_id, s.sku, {values} FROM import_rows s "
        "LEFT JOIN receivables_product t "
        "ON t.entity_id = %(entity)s AND t.sku = s.sku ORDER BY s.sku, s.n",
        columns=["entity_id", "sku", *_PRODUCT],
        changing=[column for column, (field, _) in _PRODUCT.items() if stage.has(field)],
    )
    upsert(cursor, plan, params)
