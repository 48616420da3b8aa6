from django.db import migrations

# The ledger is the only writer of what an item has open: INV-01 and INV-09 hold by construction.
FORWARD = """
CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON ledger_journalentry
    FOR EACH ROW EXECUTE FUNCTION concilia_refuse_change();
CREATE TRIGGER journal_line_append_only BEFORE UPDATE OR DELETE ON ledger_journalline
    FOR EACH ROW EXECUTE FUNCTION concilia_refuse_change();
CREATE TRIGGER journal_entry_never_truncated BEFORE TRUNCATE ON ledger_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_refuse_change();
CREATE TRIGGER journal_line_never_truncated BEFORE TRUNCATE ON ledger_journalline
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_refuse_change();

-- INV-08. Runs at commit for every line, but sums only at the last line of an entry, so that an
-- entry of n lines costs n index look-ups and one sum.
CREATE FUNCTION concilia_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    difference bigint;
    lines bigint;
    currencies bigint;
BEGIN
    IF NEW.id <> (SELECT max(id) FROM ledger_journalline WHERE entry_id = NEW.entry_id) THEN
        RETURN NULL;
    END IF;
    SELECT sum(l.debit_minor - l.credit_minor), count(*),
           count(*) FILTER (WHERE l.currency <> e.currency OR l.entity_id <> e.entity_id)
      INTO difference, lines, currencies
      FROM ledger_journalline l JOIN ledger_journalentry e ON e.id = l.entry_id
     WHERE l.entry_id = NEW.entry_id;
    IF difference <> 0 OR lines < 2 OR currencies > 0 THEN
        RAISE EXCEPTION 'journal entry % does not balance: % over, % lines, % of another currency or entity',
            NEW.entry_id, difference, lines, currencies
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_entry_balances AFTER INSERT ON ledger_journalline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_entry_balances();

-- An entry without lines is no entry.
CREATE FUNCTION concilia_entry_has_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger_journalline WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'journal entry % has no lines', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_entry_has_lines AFTER INSERT ON ledger_journalentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_entry_has_lines();

-- INV-01: what an item has open is the sum of its ledger lines.
CREATE FUNCTION concilia_items_follow_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    strangers bigint;
BEGIN
    SELECT count(*) INTO strangers
      FROM new_lines l JOIN receivables_openitem i ON i.id = l.item_id
     WHERE i.currency <> l.currency OR i.entity_id <> l.entity_id;
    IF strangers > 0 THEN
        RAISE EXCEPTION '% ledger lines name an item of another currency or entity', strangers
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- What is closed is disputed no more (INV-07).
    UPDATE receivables_openitem i
       SET open_minor = i.open_minor + d.delta,
           disputed_minor = least(i.disputed_minor, greatest(i.open_minor + d.delta, 0))
      FROM (SELECT item_id, sum(debit_minor - credit_minor) AS delta
              FROM new_lines WHERE item_id IS NOT NULL GROUP BY item_id) d
     WHERE i.id = d.item_id AND d.delta <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER items_follow_ledger AFTER INSERT ON ledger_journalline
    REFERENCING NEW TABLE AS new_lines
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_items_follow_ledger();

CREATE FUNCTION concilia_open_amount_is_the_ledgers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'what an item has open follows from the ledger: book an entry'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER open_amount_is_the_ledgers BEFORE UPDATE OF open_minor ON receivables_openitem
    FOR EACH ROW WHEN (NEW.open_minor IS DISTINCT FROM OLD.open_minor)
    EXECUTE FUNCTION concilia_open_amount_is_the_ledgers();
CREATE TRIGGER open_amount_starts_at_zero BEFORE INSERT ON receivables_openitem
    FOR EACH ROW WHEN (NEW.open_minor <> 0)
    EXECUTE FUNCTION concilia_open_amount_is_the_ledgers();

-- P-4: what is posted stays as it is, and what was asked never changes.
CREATE FUNCTION concilia_posting_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'POSTED' OR NEW.request IS DISTINCT FROM OLD.request
        OR NEW.amount_minor <> OLD.amount_minor OR NEW.idempotency_key <> OLD.idempotency_key THEN
        RAISE EXCEPTION 'posting % is final', OLD.external_ref
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER posting_is_final BEFORE UPDATE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION concilia_posting_is_final();
"""

BACKWARD = """
DROP TRIGGER posting_is_final ON ledger_posting;
DROP FUNCTION concilia_posting_is_final();
DROP TRIGGER open_amount_starts_at_zero ON receivables_openitem;
DROP TRIGGER open_amount_is_the_ledgers ON receivables_openitem;
DROP FUNCTION concilia_open_amount_is_the_ledgers();
DROP TRIGGER items_follow_ledger ON ledger_journalline;
DROP FUNCTION concilia_items_follow_ledger();
DROP TRIGGER journal_entry_has_lines ON ledger_journalentry;
DROP FUNCTION concilia_entry_has_lines();
DROP TRIGGER journal_entry_balances ON ledger_journalline;
DROP FUNCTION concilia_entry_balances();
DROP TRIGGER journal_line_never_truncated ON ledger_journalline;
DROP TRIGGER journal_entry_never_truncated ON ledger_journalentry;
DROP TRIGGER journal_line_append_only ON ledger_journalline;
DROP TRIGGER journal_entry_append_only ON ledger_journalentry;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("foundation", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
