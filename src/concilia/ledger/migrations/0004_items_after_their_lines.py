from django.db import migrations

# INV-01 for items that come after their lines, as an import writes both by the thousand: what they
# say is open must be the sum of the lines. Those that come before their lines say nothing is open.
FORWARD = """
DROP TRIGGER open_amount_starts_at_zero ON receivables_openitem;
CREATE FUNCTION concilia_new_items_follow_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong bigint;
BEGIN
    SELECT count(*) INTO wrong
      FROM new_items i LEFT JOIN LATERAL (
           SELECT sum(l.debit_minor - l.credit_minor) AS open_minor,
                  bool_or(l.currency <> i.currency OR l.entity_id <> i.entity_id) AS is_strange
             FROM ledger_journalline l WHERE l.item_id = i.id) s ON true
     WHERE i.open_minor <> coalesce(s.open_minor, 0) OR s.is_strange;
    IF wrong > 0 THEN
        RAISE EXCEPTION 'what an item has open follows from the ledger: book an entry (% items)', wrong
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER new_items_follow_ledger AFTER INSERT ON receivables_openitem
    REFERENCING NEW TABLE AS new_items
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_new_items_follow_ledger();
"""

BACKWARD = """
DROP TRIGGER new_items_follow_ledger ON receivables_openitem;
DROP FUNCTION concilia_new_items_follow_ledger();
CREATE TRIGGER open_amount_starts_at_zero BEFORE INSERT ON receivables_openitem
    FOR EACH ROW WHEN (NEW.open_minor <> 0)
    EXECUTE FUNCTION concilia_open_amount_is_the_ledgers();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_postings_done")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
