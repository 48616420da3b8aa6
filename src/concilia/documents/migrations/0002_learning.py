"""What is learned from corrections: theirs, the reader's memory of each entity, its trainings."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWN = """
UPDATE documents_correction c SET entity_id = d.entity_id
FROM documents_document d WHERE d.id = c.document_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("identity", "0002_webhooks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("reading", "signals", models.JSONField(blank=True, default=dict)),
        migrations.AddField("correction", "learned", models.JSONField(blank=True, default=dict)),
        migrations.AddField(
            "correction", "undone_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "correction",
            "undone_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "correction",
            "entity",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.entity",
            ),
        ),
        migrations.RunSQL(
            [OWN, "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"],
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "correction",
            "entity",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.entity",
            ),
        ),
        migrations.AddIndex(
            "correction",
            models.Index(
                fields=["entity", "-corrected_at"], name="documents_correction_newest"
            ),
        ),
        migrations.CreateModel(
            name="ReaderMemory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("trained", models.BinaryField(null=True)),
                ("trained_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="identity.entity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("cases", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
                ("is_kept", models.BooleanField()),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="identity.entity",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["entity", "-made_at"], name="documents_training_newest")
                ]
            },
        ),
    ]
