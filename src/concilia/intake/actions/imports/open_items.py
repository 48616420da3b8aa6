# ruff: noqa: S608 - names in these statements are our own, values are parameters
"""
Open items as the ERP states them, without moving anything twice (docs/decisions/0020).

What the ERP said last is kept beside each item. A new list is compared with that, not with what is
open here: payments applied here reach the ERP later, and its next list will show them as well.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from concilia.intake.actions.imports.staging import Stage

BATCH_ROWS: Final = 20_000
LEFT_OUT_TOLD: Final = 50

# What the file leaves open is taken from what is here: the kind from the item or invoice of this
# number, the original amount and the due date from the item, else from the invoice.
_KIND: Final = """
    coalesce(a.document_kind,
      (SELECT max(x.kind) FROM receivables_openitem x
        WHERE x.entity_id = %(entity)s AND x.number_key = a.document_number_key
          AND x.document_number = a.document_number AND x.kind <> 'deduction'
          AND (x.original_minor < 0) = (a.sign_of < 0) HAVING count(*) = 1),
      (SELECT x.kind FROM receivables_invoice x
        WHERE x.entity_id = %(entity)s AND x.number = a.document_number
          AND (x.kind = 'credit_note' OR a.sign_of > 0)),
      CASE WHEN a.sign_of < 0 THEN 'credit_note' ELSE 'invoice' END)
"""
_MATCHED: Final = f"""
    SELECT s.n, s.customer_number, c.id AS customer_id, s.kind, s.document_number,
           s.document_number_key AS number_key, s.issue_date, s.open_amount,
           coalesce(s.due_date, s.issue_date + s.payment_days, t.due_date, i.due_date,
                    s.issue_date + c.payment_days) AS due_date,
           coalesce(s.currency, c.currency) AS currency,
           coalesce(s.original_amount,
             CASE WHEN abs(t.original_minor) >= abs(s.open_amount) THEN t.original_minor END,
             CASE WHEN i.gross_minor >= abs(s.open_amount)
                  THEN CASE WHEN s.is_credit THEN -i.gross_minor ELSE i.gross_minor END END,
             s.open_amount) AS original_amount,
           coalesce(s.structured_reference, '') AS structured_reference,
           i.id AS invoice_id, i.order_id, i.delivery_id,
           CASE WHEN i.id IS NOT NULL THEN i.discount_bp
                WHEN s.kind = 'invoice' THEN c.discount_bp ELSE 0 END AS discount_bp,
           CASE WHEN i.id IS NOT NULL THEN i.discount_days ELSE c.discount_days END
             AS discount_days,
           t.id AS item_id, t.customer_id AS old_customer_id, t.currency AS old_currency,
           t.open_minor AS old_open, t.disputed_minor AS disputed,
           s.open_amount - coalesce(st.stated_minor, t.original_minor) AS d,
           t.open_minor - coalesce(st.stated_minor, t.original_minor) AS u
      FROM (SELECT k.n, k.customer_number, k.document_number, k.document_number_key, k.issue_date,
                   k.due_date, k.payment_days, k.currency, k.structured_reference, k.kind,
                   k.is_credit,
                   CASE WHEN k.is_credit THEN -abs(k.open_amount) ELSE k.open_amount END
                     AS open_amount,
                   CASE WHEN k.is_credit THEN -abs(k.original_amount) ELSE k.original_amount END
                     AS original_amount
              FROM (SELECT b.*, b.kind IN ('credit_note', 'on_account') AS is_credit
                      FROM (SELECT a.*, {_KIND} AS kind
                              FROM (SELECT r.*, coalesce(nullif(r.open_amount, 0),
                                                         r.original_amount, 1) AS sign_of
                                      FROM import_rows r) a) b) k) s
      LEFT JOIN customers_customer c
        ON c.entity_id = %(entity)s AND c.number = s.customer_number
      LEFT JOIN receivables_openitem t ON t.entity_id = %(entity)s
       AND t.kind = s.kind AND t.document_number = s.document_number
      LEFT JOIN intake_stateditem st ON st.item_id = t.id
      LEFT JOIN receivables_invoice i ON i.entity_id = %(entity)s
       AND i.number = s.document_number AND i.kind = s.kind AND i.customer_id = c.id
"""
# D is how far the ERP moved since it spoke last, U how far we moved without it having said so. As
# far as both go the same way they are taken for the same movement; only the rest is booked.
_MOVE: Final = """(d - CASE WHEN d > 0 AND {u} > 0 THEN least(d, {u})
                           WHEN d < 0 AND {u} < 0 THEN greatest(d, {u}) ELSE 0 END)"""
_RESOLVED: Final = f"""
    CREATE TEMP TABLE import_items AS
    SELECT r.*, coalesce(o.number, '') AS order_number, coalesce(d.number, '') AS delivery_number,
           CASE WHEN r.item_id IS NULL THEN nextval('receivables_openitem_id_seq')
             ELSE r.item_id END AS id,
           r.item_id IS NULL AS is_new,
           CASE WHEN r.item_id IS NULL THEN r.open_amount ELSE {_MOVE.format(u="r.u")} END
             AS move_minor,
           NULL::text AS left_out
      FROM ({_MATCHED}) r
      LEFT JOIN receivables_order o ON o.id = r.order_id
      LEFT JOIN receivables_delivery d ON d.id = r.delivery_id
     ORDER BY r.n
"""
_DROP_REPEATED: Final = """
    DELETE FROM import_items a USING (SELECT kind, document_number, min(n) AS n FROM import_items
      GROUP BY kind, document_number HAVING count(*) > 1) f
     WHERE a.kind = f.kind AND a.document_number = f.document_number AND a.n <> f.n
"""
# Money may have been applied to an item since it was looked at: from here on it waits for us.
_HOLD: Final = """
    WITH held AS MATERIALIZED (
      SELECT t.id FROM receivables_openitem t JOIN import_items s ON s.id = t.id
       WHERE NOT s.is_new AND s.d <> 0 ORDER BY t.id FOR NO KEY UPDATE OF t)
    SELECT count(*) FROM held
"""
_U_NOW: Final = "(s.u + t.open_minor - s.old_open)"
_LOOK_AGAIN: Final = f"""
    UPDATE import_items s
       SET move_minor = {_MOVE.format(u=_U_NOW)}, u = {_U_NOW}, old_open = t.open_minor,
           disputed = t.disputed_minor
      FROM receivables_openitem t
     WHERE t.id = s.id AND NOT s.is_new AND s.d <> 0
       AND ROW(t.open_minor, t.disputed_minor) IS DISTINCT FROM ROW(s.old_open, s.disputed)
"""
_LEAVE_OUT: Final = """
    UPDATE import_items SET left_out = CASE
             WHEN disputed > 0 AND old_open + move_minor < disputed THEN 'disputed_here'
             ELSE 'moved_here' END
     WHERE NOT is_new AND ((disputed > 0 AND old_open + move_minor < disputed)
        OR abs(old_open + move_minor) > abs(original_amount)
        OR sign(old_open + move_minor) * sign(original_amount) < 0)
"""
# New items come after their lines in the ledger, with what those leave open: inserted once, and not
# changed a moment later in each of their indexes. Meanwhile nothing is checked line by line.
_LINES_FIRST: Final = "SET CONSTRAINTS ALL DEFERRED"
_CHECK_NOW: Final = "SET CONSTRAINTS ALL IMMEDIATE"
_INSERT: Final = """
    INSERT INTO receivables_openitem
           (id, entity_id, customer_id, kind, document_number, number_key, invoice_id, order_number,
            delivery_number, structured_reference, issue_date, due_date, currency, original_minor,
            open_minor, disputed_minor, discount_bp, discount_until_date)
    SELECT id, %(entity)s, customer_id, kind, document_number, number_key, invoice_id, order_number,
           delivery_number, structured_reference, issue_date, due_date, currency, original_amount,
           move_minor, 0, discount_bp,
           CASE WHEN discount_bp > 0 THEN issue_date + discount_days::integer END
      FROM import_items WHERE is_new AND n BETWEEN %(low)s AND %(high)s
"""
_TERMS: Final = "CASE WHEN s.discount_bp > 0 THEN s.issue_date + s.discount_days::integer END"
# The original grows before the ledger moves and shrinks after it: the open amount is never outside.
_UPDATE: Final = f"""
    WITH changed AS (
      UPDATE receivables_openitem t
         SET issue_date = s.issue_date, due_date = s.due_date, invoice_id = s.invoice_id,
             order_number = s.order_number, delivery_number = s.delivery_number,
             structured_reference = s.structured_reference, discount_bp = s.discount_bp,
             discount_until_date = {_TERMS},
             original_minor = CASE WHEN abs(s.original_amount) > abs(t.original_minor)
               THEN s.original_amount ELSE t.original_minor END
        FROM import_items s
       WHERE t.id = s.id AND NOT s.is_new AND s.left_out IS NULL
         AND s.n BETWEEN %(low)s AND %(high)s AND (
             ROW(t.issue_date, t.due_date, t.invoice_id, t.order_number, t.delivery_number,
                 t.discount_bp, t.discount_until_date, t.original_minor, t.structured_reference)
             IS DISTINCT FROM
             ROW(s.issue_date, s.due_date, s.invoice_id, s.order_number, s.delivery_number,
                 s.discount_bp, {_TERMS}, s.original_amount, s.structured_reference))
      RETURNING s.n)
    INSERT INTO import_touched SELECT n, false FROM changed
"""
_SHRINK: Final = """
    UPDATE receivables_openitem t SET original_minor = s.original_amount FROM import_items s
     WHERE t.id = s.id AND NOT s.is_new AND s.left_out IS NULL
       AND s.n BETWEEN %(low)s AND %(high)s AND t.original_minor <> s.original_amount
"""
_BOOK: Final = """
    WITH moves AS (
      SELECT id, customer_id, currency, move_minor, {posting_date} AS posting_date,
             CASE kind WHEN 'on_account' THEN 'UNAPPLIED_CASH' ELSE 'AR' END AS account
        FROM import_items
       WHERE move_minor <> 0 AND left_out IS NULL AND {which} AND n BETWEEN %(low)s AND %(high)s),
    entries AS (
      INSERT INTO ledger_journalentry
             (entity_id, key, kind, posting_date, currency, text, booked_at)
      SELECT %(entity)s, concat('import:', %(file)s::text, ':', {tag}, ':', %(low)s::text, ':',
               currency, ':', posting_date), {kind}, posting_date, currency, %(text)s, %(at)s
        FROM moves GROUP BY currency, posting_date
      RETURNING id, currency, posting_date)
    INSERT INTO ledger_journalline
           (entry_id, entity_id, account, currency, debit_minor, credit_minor, item_id, customer_id)
    SELECT e.id, %(entity)s, m.account, m.currency, greatest(m.move_minor, 0),
           greatest(-m.move_minor, 0), m.id, m.customer_id
      FROM moves m JOIN entries e USING (currency, posting_date)
    UNION ALL
    SELECT e.id, %(entity)s, 'OPENING_BALANCE', m.currency, greatest(-sum(m.move_minor), 0),
           greatest(sum(m.move_minor), 0), NULL, NULL
      FROM moves m JOIN entries e USING (currency, posting_date)
     GROUP BY e.id, m.currency, m.move_minor > 0
"""
_OPENED: Final = _BOOK.format(
    posting_date="issue_date", which="is_new", tag="'opened'", kind="'ITEM_OPENED'"
)
_RESTATED: Final = _BOOK.format(
    posting_date="%(today)s::date",
    which="NOT is_new",
    tag="'restated'",
    kind="'ITEM_RESTATED'",
)
_STATE: Final = """
    INSERT INTO intake_stateditem (item_id, file_id, stated_minor, stated_at)
    SELECT id, %(file)s, open_amount, %(at)s FROM import_items
     WHERE left_out IS NULL AND n BETWEEN %(low)s AND %(high)s
    ON CONFLICT (item_id) DO UPDATE SET stated_minor = excluded.stated_minor,
       file_id = excluded.file_id, stated_at = excluded.stated_at
"""
_TOUCH: Final = """
    INSERT INTO import_touched SELECT n, is_new FROM import_items
     WHERE is_new OR (move_minor <> 0 AND left_out IS NULL)
"""


def prepare_open_items(cursor: CursorWrapper, params: dict[str, Any]) -> None:
    """Put beside each row what is known of it here, and how far it has to move."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.import_items")
    cursor.execute(_RESOLVED, params)
    cursor.execute("CREATE INDEX ON import_items (n)")
    cursor.execute("ANALYZE import_items")


def save_open_items(cursor: CursorWrapper, stage: Stage, params: dict[str, Any]) -> None:
    """Open what is new, move what the ERP moved, note what it stated."""
    if not stage.has("structured_reference"):
        cursor.execute(
            "UPDATE import_items s SET structured_reference = t.structured_reference "
            "FROM receivables_openitem t WHERE t.id = s.id AND t.structured_reference <> ''"
        )
    cursor.execute(
        "UPDATE import_items s SET invoice_id = t.invoice_id, order_number = t.order_number, "
        "delivery_number = t.delivery_number, discount_bp = t.discount_bp, "
        "discount_days = t.discount_until_date - s.issue_date FROM receivables_openitem t "
        "WHERE t.id = s.id AND s.invoice_id IS NULL"
    )
    for statement in (_DROP_REPEATED, _HOLD, _LOOK_AGAIN, _LEAVE_OUT, _TOUCH):
        cursor.execute(statement)
    cursor.execute("SELECT coalesce(max(n), 0) FROM import_items")
    last = int(cursor.fetchone()[0])
    for low in range(1, last + 1, BATCH_ROWS):
        span = params | {"low": low, "high": low + BATCH_ROWS - 1}
        for statement in (_LINES_FIRST, _OPENED, _INSERT, _CHECK_NOW):
            cursor.execute(statement, span)
        for statement in (_UPDATE, _RESTATED, _SHRINK, _STATE):
            cursor.execute(statement, span)


def notes_of_open_items(cursor: CursorWrapper, params: dict[str, Any]) -> list[dict[str, Any]]:
    """What the list lacks of earlier ones, and rows that were left as they are."""
    cursor.execute(
        "SELECT count(*) FROM intake_stateditem st "
        "JOIN receivables_openitem t ON t.id = st.item_id "
        "WHERE t.entity_id = %(entity)s AND t.open_minor <> 0 "
        "AND NOT EXISTS (SELECT 1 FROM import_items s WHERE s.id = t.id)",
        params,
    )
    absent = int(cursor.fetchone()[0])
    notes: list[dict[str, Any]] = []
    if absent:
        notes.append({"key": "absent_items", "args": {"count": absent}})
    cursor.execute(
        "SELECT left_out, n, document_number, currency, disputed, old_open FROM import_items "
        "WHERE left_out IS NOT NULL ORDER BY n LIMIT %(most)s",
        {"most": LEFT_OUT_TOLD},
    )
    for key, row, number, currency, disputed, still_open in cursor.fetchall():
        args = {"row": row, "number": number, "currency": currency}
        args |= {"disputed_minor": disputed, "open_minor": still_open}
        notes.append({"key": key, "args": args})
    return notes


def count_left_out(cursor: CursorWrapper) -> int:
    """Return how many rows were left as they are."""
    cursor.execute("SELECT count(*) FROM import_items WHERE left_out IS NOT NULL")
    return int(cursor.fetchone()[0])
