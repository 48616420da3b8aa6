from django.db import migrations

FORWARD = """
CREATE FUNCTION concilia_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('concilia.tests_may_truncate', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON foundation_auditentry
    FOR EACH ROW EXECUTE FUNCTION concilia_refuse_change();
CREATE TRIGGER audit_entry_never_truncated BEFORE TRUNCATE ON foundation_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_refuse_change();
CREATE TRIGGER blob_never_changed BEFORE UPDATE ON foundation_blob
    FOR EACH ROW EXECUTE FUNCTION concilia_refuse_change();
"""

BACKWARD = """
DROP TRIGGER blob_never_changed ON foundation_blob;
DROP TRIGGER audit_entry_never_truncated ON foundation_auditentry;
DROP TRIGGER audit_entry_append_only ON foundation_auditentry;
DROP FUNCTION concilia_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
