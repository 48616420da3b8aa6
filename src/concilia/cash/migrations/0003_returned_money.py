from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION concilia_match_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF match.rule = 'RET' THEN  -- what the bank took back is applied to nothing
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
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION concilia_match_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("cash", "0002_guards")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
