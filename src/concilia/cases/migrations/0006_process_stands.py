from django.db import migrations

# A case keeps the version it began with: that version must say the same for ever.
FORWARD = """
CREATE FUNCTION concilia_process_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'DRAFT' THEN
        IF TG_OP = 'UPDATE' THEN RETURN NEW; ELSE RETURN OLD; END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'process % version % has been published and stays', OLD.key, OLD.version
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.entity_id, NEW.key, NEW.version, NEW.text, NEW.sha256, NEW.written_at)
           IS DISTINCT FROM
       (OLD.entity_id, OLD.key, OLD.version, OLD.text, OLD.sha256, OLD.written_at)
       OR (NEW.written_by_id, NEW.published_by_id, NEW.published_at)
           IS DISTINCT FROM
          (OLD.written_by_id, OLD.published_by_id, OLD.published_at)
       OR NOT (NEW.state = OLD.state OR (OLD.state = 'PUBLISHED' AND NEW.state = 'RETIRED')) THEN
        RAISE EXCEPTION 'process % version % has been published and stands', OLD.key, OLD.version
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER process_stands BEFORE UPDATE OR DELETE ON cases_processdefinition
    FOR EACH ROW EXECUTE FUNCTION concilia_process_stands();
"""

BACKWARD = """
DROP TRIGGER process_stands ON cases_processdefinition;
DROP FUNCTION concilia_process_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_processes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
