from django.db import migrations

# INV-08, asked once for all entries that a statement writes lines of. What does not balance by the
# end of the statement may do so by the commit: such entries are noted, and checked again then. The
# table of notes is empty outside of transactions.
FORWARD = """
DROP TRIGGER journal_entry_balances ON ledger_journalline;
DROP FUNCTION concilia_entry_balances();

CREATE TABLE ledger_unbalanced (entry_id bigint NOT NULL);

CREATE FUNCTION concilia_note_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_unbalanced (entry_id)
    SELECT e.id
      FROM ledger_journalentry e JOIN ledger_journalline l ON l.entry_id = e.id
     WHERE e.id IN (SELECT entry_id FROM new_lines)
     GROUP BY e.id
    HAVING sum(l.debit_minor - l.credit_minor) <> 0 OR count(*) < 2
        OR bool_or(l.currency <> e.currency OR l.entity_id <> e.entity_id);
    RETURN NULL;
END $$;
CREATE TRIGGER journal_lines_balance AFTER INSERT ON ledger_journalline
    REFERENCING NEW TABLE AS new_lines
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_note_unbalanced();

CREATE FUNCTION concilia_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    difference bigint;
    lines bigint;
    currencies bigint;
BEGIN
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
    DELETE FROM ledger_unbalanced WHERE entry_id = NEW.entry_id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_entry_balances AFTER INSERT ON ledger_unbalanced
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_entry_balances();
"""

BACKWARD = """
DROP TRIGGER journal_lines_balance ON ledger_journalline;
DROP FUNCTION concilia_note_unbalanced();
DROP TABLE ledger_unbalanced;
CREATE OR REPLACE FUNCTION concilia_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_entity_of_the_entry")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
