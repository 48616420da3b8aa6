from django.db import migrations

# INV-03, asked once for all matches or lines that a statement writes. What does not add up by the
# end of the statement may do so by the commit: such matches are noted, and looked at again then.
# The table of notes is empty outside of transactions.
COUNTS = "m.state IN ('PROPOSED', 'POSTED', 'ADVISED') AND m.rule NOT IN ('RET', 'NOT')"
OFF = f"""
           JOIN receivables_bankentry b ON b.id = m.bank_entry_id
           CROSS JOIN LATERAL (SELECT coalesce(sum(a.applied_minor), 0) AS allocated
                                 FROM cash_allocation a WHERE a.match_id = m.id) d
     WHERE {COUNTS}
       AND (m.applied_minor + m.on_account_minor <> b.amount_minor
            OR d.allocated <> m.applied_minor)"""
FORWARD = f"""
DROP TRIGGER allocation_adds_up ON cash_allocation;
DROP TRIGGER match_adds_up ON cash_match;
DROP FUNCTION concilia_match_adds_up();

CREATE TABLE cash_notaddingup (match_id bigint NOT NULL);

CREATE FUNCTION concilia_note_matches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cash_notaddingup (match_id)
    SELECT m.id FROM new_rows m{OFF};
    RETURN NULL;
END $$;
CREATE TRIGGER new_matches_add_up AFTER INSERT ON cash_match
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_note_matches();
CREATE TRIGGER matches_add_up AFTER UPDATE ON cash_match
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_note_matches();

CREATE FUNCTION concilia_note_matches_of_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cash_notaddingup (match_id)
    SELECT m.id FROM cash_match m{OFF}
       AND m.id IN (SELECT match_id FROM new_rows);
    RETURN NULL;
END $$;
CREATE TRIGGER new_allocations_add_up AFTER INSERT ON cash_allocation
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_note_matches_of_lines();
CREATE TRIGGER allocations_add_up AFTER UPDATE ON cash_allocation
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_note_matches_of_lines();

CREATE FUNCTION concilia_match_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    off record;
BEGIN
    SELECT m.applied_minor, d.allocated, m.on_account_minor, b.amount_minor
      INTO off FROM cash_match m{OFF}
       AND m.id = NEW.match_id;
    IF FOUND THEN
        RAISE EXCEPTION 'match % does not add up: % applied (% in lines) and % on account of %',
            NEW.match_id, off.applied_minor, off.allocated, off.on_account_minor, off.amount_minor
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    DELETE FROM cash_notaddingup WHERE match_id = NEW.match_id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER match_adds_up AFTER INSERT ON cash_notaddingup
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_match_adds_up();
"""
BACKWARD = f"""
DROP TRIGGER allocations_add_up ON cash_allocation;
DROP TRIGGER new_allocations_add_up ON cash_allocation;
DROP FUNCTION concilia_note_matches_of_lines();
DROP TRIGGER matches_add_up ON cash_match;
DROP TRIGGER new_matches_add_up ON cash_match;
DROP FUNCTION concilia_note_matches();
DROP TABLE cash_notaddingup;
CREATE OR REPLACE FUNCTION concilia_match_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    m cash_match%ROWTYPE;
    amount bigint;
    allocated bigint;
BEGIN
    IF TG_TABLE_NAME = 'cash_match' THEN
        SELECT * INTO m FROM cash_match WHERE id = NEW.id;
    ELSE
        SELECT * INTO m FROM cash_match WHERE id = NEW.match_id;
    END IF;
    IF NOT FOUND OR NOT ({COUNTS}) THEN
        RETURN NULL;
    END IF;
    SELECT amount_minor INTO amount FROM receivables_bankentry WHERE id = m.bank_entry_id;
    SELECT coalesce(sum(applied_minor), 0) INTO allocated
      FROM cash_allocation WHERE match_id = m.id;
    IF m.applied_minor + m.on_account_minor <> amount OR allocated <> m.applied_minor THEN
        RAISE EXCEPTION 'match % does not add up: % applied (% in lines) and % on account of %',
            m.id, m.applied_minor, allocated, m.on_account_minor, amount
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER match_adds_up AFTER INSERT OR UPDATE ON cash_match
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_match_adds_up();
CREATE CONSTRAINT TRIGGER allocation_adds_up AFTER INSERT OR UPDATE ON cash_allocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_match_adds_up();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cash", "0009_rules_of_what_waits"),
        ("ledger", "0007_seal_secrets_of_the_erp"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
