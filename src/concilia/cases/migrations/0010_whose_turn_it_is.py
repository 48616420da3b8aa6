from django.db import migrations

# Until now seats were signed one after the other: the first unsigned one of an open request.
FORWARD = """
UPDATE cases_approvalseat SET is_open = true WHERE id IN (
    SELECT DISTINCT ON (a.request_id) a.id FROM cases_approvalseat a
      JOIN cases_approvalrequest r ON r.id = a.request_id AND r.state = 'OPEN'
     WHERE a.signed_by_id IS NULL ORDER BY a.request_id, a.n);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_limits_stand")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
