from django.db import migrations

# asked when a transaction ends, since a plan and its rows are written one after the other.
# What judging writes (what was paid) is in no column that is looked at here.
FORWARD = """
CREATE FUNCTION concilia_plan_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    key bigint;
    p dunning_plan%ROWTYPE;
    of_rows bigint;
    of_items bigint;
    astray bigint;
BEGIN
    IF TG_TABLE_NAME = 'dunning_plan' THEN
        key := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        key := OLD.plan_id;
    ELSE
        key := NEW.plan_id;
    END IF;
    SELECT * INTO p FROM dunning_plan WHERE id = key;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(sum(principal_minor), 0) INTO of_rows
      FROM dunning_planrow WHERE plan_id = key;
    SELECT coalesce(sum(amount_minor), 0),
           count(*) FILTER (WHERE is_open <> (p.state IN ('PROPOSED', 'ACTIVE', 'AT_RISK')))
      INTO of_items, astray FROM dunning_planitem WHERE plan_id = key;
    IF of_rows <> p.principal_minor OR of_items <> p.principal_minor THEN
        RAISE EXCEPTION 'plan % does not add up: % in rows and % of items for %',
            key, of_rows, of_items, p.principal_minor
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF astray > 0 THEN
        RAISE EXCEPTION 'plan % is %, and % of its items say otherwise', key, p.state, astray
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER plan_adds_up AFTER INSERT OR UPDATE OF principal_minor, state
    ON dunning_plan DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION concilia_plan_adds_up();
CREATE CONSTRAINT TRIGGER plan_items_add_up
    AFTER INSERT OR DELETE OR UPDATE OF plan_id, amount_minor, is_open
    ON dunning_planitem DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION concilia_plan_adds_up();
CREATE CONSTRAINT TRIGGER plan_rows_add_up
    AFTER INSERT OR DELETE OR UPDATE OF plan_id, principal_minor
    ON dunning_planrow DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION concilia_plan_adds_up();
"""
BACKWARD = """
DROP TRIGGER plan_rows_add_up ON dunning_planrow;
DROP TRIGGER plan_items_add_up ON dunning_planitem;
DROP TRIGGER plan_adds_up ON dunning_plan;
DROP FUNCTION concilia_plan_adds_up();
"""


class Migration(migrations.Migration):
    dependencies = [("dunning", "0003_instalment_plans")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
