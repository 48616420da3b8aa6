from django.db import migrations

# INV-03 for what is proposed or posted; what is OPEN has not been applied to anything.
FORWARD = """
CREATE FUNCTION concilia_match_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    match cash_match%ROWTYPE;
    amount bigint;
    allocated bigint;
BEGIN
    IF TG_TABLE_NAME = 'cash_match' THEN
        SELECT * INTO match FROM cash_match WHERE id = NEW.id;
    ELSE
        SELECT * INTO match FROM cash_match WHERE id = NEW.match_id;
    END IF;
    IF NOT FOUND OR match.state NOT IN ('PROPOSED', 'POSTED') THEN
        RETURN NULL;
    END IF;
    SELECT amount_minor INTO amount FROM receivables_bankentry WHERE id = match.bank_entry_id;
    SELECT coalesce(sum(applied_minor), 0) INTO allocated
      FROM cash_allocation WHERE match_id = match.id;
    IF match.applied_minor + match.on_account_minor <> amount OR allocated <> match.applied_minor THEN
        RAISE EXCEPTION 'match % does not add up: % applied (% in lines) and % on account of %',
            match.id, match.applied_minor, allocated, match.on_account_minor, amount
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER match_adds_up AFTER INSERT OR UPDATE ON cash_match
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_match_adds_up();
CREATE CONSTRAINT TRIGGER allocation_adds_up AFTER INSERT OR UPDATE ON cash_allocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_match_adds_up();
"""

BACKWARD = """
DROP TRIGGER allocation_adds_up ON cash_allocation;
DROP TRIGGER match_adds_up ON cash_match;
DROP FUNCTION concilia_match_adds_up();
"""


class Migration(migrations.Migration):
    dependencies = [("cash", "0001_initial"), ("ledger", "0002_guards")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
