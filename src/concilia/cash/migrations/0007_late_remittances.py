import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP_JOINS = """
INSERT INTO cash_remittancejoin (remittance_id, bank_entry_id, lines, joined_at)
SELECT id, bank_entry_id, '[]', received_at FROM cash_remittance WHERE bank_entry_id IS NOT NULL
"""
KEEP_FIRST = """
UPDATE cash_remittance r SET bank_entry_id = j.bank_entry_id
  FROM (SELECT remittance_id, min(bank_entry_id) AS bank_entry_id
          FROM cash_remittancejoin GROUP BY remittance_id) j
 WHERE j.remittance_id = r.id
"""
# INV-03 for what is proposed, advised or posted; what is OPEN has not been applied to anything, and
# what the bank took back (RET) or what is no customer's payment (NOT) never is.
ADDS_UP = """
CREATE OR REPLACE FUNCTION concilia_match_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    match cash_match%%ROWTYPE;
    amount bigint;
    allocated bigint;
BEGIN
    IF TG_TABLE_NAME = 'cash_match' THEN
        SELECT * INTO match FROM cash_match WHERE id = NEW.id;
    ELSE
        SELECT * INTO match FROM cash_match WHERE id = NEW.match_id;
    END IF;
    IF NOT FOUND OR match.state NOT IN (%s) OR match.rule IN (%s) THEN
        RETURN NULL;
    END IF;
    SELECT amount_minor INTO amount FROM receivables_bankentry WHERE id = match.bank_entry_id;
    SELECT coalesce(sum(applied_minor), 0) INTO allocated
      FROM cash_allocation WHERE match_id = match.id;
    IF match.applied_minor + match.on_account_minor <> amount OR allocated <> match.applied_minor THEN
        RAISE EXCEPTION 'match %% does not add up: %% applied (%% in lines) and %% on account of %%',
            match.id, match.applied_minor, allocated, match.on_account_minor, amount
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
FORWARD = ADDS_UP % ("'PROPOSED', 'POSTED', 'ADVISED'", "'RET', 'NOT'")
BACKWARD = ADDS_UP % ("'PROPOSED', 'POSTED'", "'RET'")


class Migration(migrations.Migration):
    dependencies = [
        ("cash", "0006_learning"),
        ("receivables", "0005_words_of_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="RemittanceJoin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lines", models.JSONField(blank=True, default=list)),
                ("joined_at", models.DateTimeField()),
                (
                    "bank_entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="receivables.bankentry",
                    ),
                ),
                (
                    "joined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "remittance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joins",
                        to="cash.remittance",
                    ),
                ),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(
                fields=("remittance", "bank_entry"), name="remittance_joined_once"
            ),
                ],
            },
        ),
        migrations.RunSQL(KEEP_JOINS, KEEP_FIRST),
        migrations.RemoveIndex(model_name="remittance", name="cash_remitt_bank_en_1c6ab1_idx"),
        migrations.RemoveField(model_name="remittance", name="bank_entry"),
        migrations.AddIndex(
            model_name="remittance",
            index=models.Index(
                fields=["entity", "customer"], name="cash_remitt_entity__ff626e_idx"
            ),
        ),
        migrations.AlterField(
            model_name="match",
            name="state",
            field=models.CharField(
                choices=[
                    ("PROPOSED", "Proposed"),
                    ("POSTED", "Posted"),
                    ("REVERSED", "Reversed"),
                    ("REPLACED", "Replaced"),
                    ("OPEN", "Open"),
                    ("ADVISED", "Advised"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(
                condition=models.Q(("state", "ADVISED")), fields=["entity"], name="matches_advised"
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ADVISED")),
                fields=("bank_entry",),
                name="match_advised_once",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
