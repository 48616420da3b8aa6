from django.db import migrations

# What was in force is what runs were planned by: it says the same for ever.
FORWARD = """
CREATE FUNCTION concilia_strategy_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'DRAFT' THEN
        IF TG_OP = 'UPDATE' THEN RETURN NEW; ELSE RETURN OLD; END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'strategy version % was in force and stays', OLD.version
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.entity_id, NEW.version, NEW.sheet, NEW.sha256, NEW.written_at, NEW.why,
        NEW.written_by_id, NEW.published_by_id, NEW.published_at)
           IS DISTINCT FROM
       (OLD.entity_id, OLD.version, OLD.sheet, OLD.sha256, OLD.written_at, OLD.why,
        OLD.written_by_id, OLD.published_by_id, OLD.published_at)
       OR NOT (NEW.state = OLD.state OR (OLD.state = 'PUBLISHED' AND NEW.state = 'RETIRED')) THEN
        RAISE EXCEPTION 'strategy version % was in force and stands', OLD.version
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER strategy_stands BEFORE UPDATE OR DELETE ON dunning_strategyversion
    FOR EACH ROW EXECUTE FUNCTION concilia_strategy_stands();
"""
BACKWARD = """
DROP TRIGGER strategy_stands ON dunning_strategyversion;
DROP FUNCTION concilia_strategy_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("dunning", "0009_runs_and_strategies")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
