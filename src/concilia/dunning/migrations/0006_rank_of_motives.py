from django.db import migrations, models

# One rule for whose word counts (`dunning.core.motives.rank_of`): people and customers, and a bank
# after whose word everything stops; then a bank's code; then what is supposed.
RANKED = """
UPDATE dunning_motive SET rank = CASE
    WHEN source IN ('agent', 'customer') THEN 2
    WHEN source = 'bank_code' AND stops THEN 2
    WHEN source = 'bank_code' AND code <> 'NR-00' THEN 1
    ELSE 0 END;
"""


class Migration(migrations.Migration):
    dependencies = [("dunning", "0005_settlements")]
    operations = [
        migrations.AddField("motive", "rank", models.PositiveSmallIntegerField(default=0)),
        migrations.RunSQL(RANKED, migrations.RunSQL.noop),
        migrations.RemoveIndex("motive", "motives_in_force"),
        migrations.AlterField("motive", "rank", models.PositiveSmallIntegerField()),
        migrations.RemoveField("motive", "outranks_model"),
        migrations.AddIndex(
            "motive",
            models.Index(
                fields=["customer", "item", "-rank", "-said_date", "-id"],
                name="motives_in_force",
                condition=models.Q(withdrawn_at=None),
            ),
        ),
    ]
