# ruff: noqa: S608 - names in these statements are our own, values are parameters
"""What is new is inserted, what differs is changed, what is the same is not touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

TOUCHED: Final = "import_touched"
RESOLVED: Final = "import_resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upsert:
    """
    How resolved rows become rows of a table.

    :param select: a SELECT that yields `file_row`, `target_id` (NULL if new) and the columns below
    :param columns: columns of the table, as named by `select`
    :param changing: those of them that the file may change in rows that are here already
    """

    table: str
    select: str
    columns: Sequence[str]
    changing: Sequence[str]


def begin(cursor: CursorWrapper) -> None:
    """Forget which rows did something."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{TOUCHED}")
    cursor.execute(f"CREATE TEMP TABLE {TOUCHED} (n integer, is_new boolean)")


def upsert(cursor: CursorWrapper, plan: Upsert, params: Mapping[str, Any]) -> None:
    """Change and insert; the rows that did so are noted as touched."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{RESOLVED}")
    cursor.execute(f"CREATE TEMP TABLE {RESOLVED} AS {plan.select}", params)
    cursor.execute(f"ANALYZE {RESOLVED}")
    if plan.changing:
        names = ", ".join(plan.changing)
        ours = ", ".join(f"t.{name}" for name in plan.changing)
        theirs = ", ".join(f"r.{name}" for name in plan.changing)
        cursor.execute(
            f"WITH changed AS (UPDATE {plan.table} t SET ({names}) = ROW({theirs}) "
            f"FROM {RESOLVED} r WHERE t.id = r.target_id "
            f"AND ROW({ours}) IS DISTINCT FROM ROW({theirs}) RETURNING r.file_row) "
            f"INSERT INTO {TOUCHED} SELECT file_row, false FROM changed"
        )
    names = ", ".join(plan.columns)
    cursor.execute(
        f"INSERT INTO {plan.table} ({names}) SELECT {names} FROM {RESOLVED} "
        f"WHERE target_id IS NULL ORDER BY file_row"
    )
    cursor.execute(
        f"INSERT INTO {TOUCHED} SELECT file_row, true FROM {RESOLVED} WHERE target_id IS NULL"
    )


def count_touched(cursor: CursorWrapper) -> tuple[int, int]:
    """Return how many rows were new, and how many changed something that was here."""
    cursor.execute(
        f"SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) "
        f"FROM (SELECT n, bool_or(is_new) AS is_new FROM {TOUCHED} GROUP BY n) t"
    )
    new, changed = cursor.fetchone()
    return int(new), int(changed)
