"""
The database after a test that committed: empty again.

Django truncates every table and then writes its lists of models and permissions anew. A table that
is truncated gets new files for itself and each index, several hundred in all; deleting the few rows
a test has left takes a tenth of that.
"""

from __future__ import annotations

from django.db import connection, transaction

# Three tables keep what migrating wrote; no test changes it.
# Whoever still writes is waited for. The guards of append-only tables and the references between
# tables are not asked: nothing remains that they could protect.
EMPTY = """
DO $$
DECLARE
    every_table text[] := ARRAY(
        SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname = 'public'
            AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
        ORDER BY tablename
    );
    each text;
BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    EXECUTE 'LOCK TABLE ' || array_to_string(every_table, ', ') || ' IN SHARE ROW EXCLUSIVE MODE';
    FOREACH each IN ARRAY every_table LOOP
        EXECUTE 'DELETE FROM ' || each;
    END LOOP;
END
$$
"""


def empty_database() -> None:
    """This will delete every row that a test may have written, and the jobs it has left."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EMPTY)
