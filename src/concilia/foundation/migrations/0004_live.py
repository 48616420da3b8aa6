from django.db import migrations

# Open pages hear at the commit that something about their case changed, never what: they ask.
# What changes thousands of rows at once says so once for the whole entity.
FORWARD = """
CREATE FUNCTION concilia_tell(topics text[], entities bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(topics) <= 40 THEN
        PERFORM pg_notify('concilia_live', topic) FROM unnest(topics) AS t(topic);
    ELSE
        PERFORM pg_notify('concilia_live', 'entity:' || one)
           FROM (SELECT DISTINCT e FROM unnest(entities) AS u(e)) AS d(one);
    END IF;
END $$;

CREATE FUNCTION concilia_tell_of_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM concilia_tell(array_agg(DISTINCT 'case:' || subject_id), array_agg(entity_id))
       FROM added WHERE subject_type = 'case' HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_of_the_log AFTER INSERT ON foundation_auditentry
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_tell_of_the_log();
"""
BACKWARD = """
DROP TRIGGER tell_of_the_log ON foundation_auditentry;
DROP FUNCTION concilia_tell_of_the_log();
DROP FUNCTION concilia_tell(text[], bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_idempotent_call")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
