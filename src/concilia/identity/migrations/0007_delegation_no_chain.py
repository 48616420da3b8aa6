from django.db import migrations

# A signature that was left to somebody is not left on, not even by a circle (domain.md §8.4). Two
# who leave theirs to each other at the same moment wait for one another here.
FORWARD = """
ALTER TABLE identity_delegation ADD CONSTRAINT delegation_60_days
    CHECK (ends_date - starts_date < 60);
CREATE FUNCTION concilia_delegation_no_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ended_at IS NOT NULL THEN RETURN NEW; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('delegations'), NEW.entity_id::integer);
    IF EXISTS (
        SELECT 1 FROM identity_delegation other
        WHERE other.entity_id = NEW.entity_id AND other.id <> NEW.id AND other.ended_at IS NULL
          AND other.starts_date <= NEW.ends_date AND other.ends_date >= NEW.starts_date
          AND (other.member_id = NEW.delegate_id OR other.delegate_id = NEW.member_id)
    ) THEN
        RAISE EXCEPTION 'a signature that was left to somebody is not left on'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER delegation_no_chain BEFORE INSERT OR UPDATE ON identity_delegation
    FOR EACH ROW EXECUTE FUNCTION concilia_delegation_no_chain();
"""

BACKWARD = """
DROP TRIGGER delegation_no_chain ON identity_delegation;
DROP FUNCTION concilia_delegation_no_chain();
ALTER TABLE identity_delegation DROP CONSTRAINT delegation_60_days;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0006_approvals_of_ones_own")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
