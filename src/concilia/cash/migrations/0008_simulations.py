import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cash", "0007_late_remittances"),
        ("customers", "0001_initial"),
        ("identity", "0004_secrets_of_the_erp"),
        ("receivables", "0005_words_of_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Simulation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since_date", models.DateField()),
                ("until_date", models.DateField()),
                ("tolerances", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("RUNNING", "Running"),
                            ("DONE", "Done"),
                            ("CANCELLED", "Cancelled"),
                            ("FAILED", "Failed"),
                        ],
                        default="RUNNING",
                        max_length=9,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("reached_at", models.DateTimeField(blank=True, null=True)),
                ("figures", models.JSONField(blank=True, default=dict)),
                ("error", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                'indexes': [
                    models.Index(
                fields=["entity", "-asked_at"], name="cash_simula_entity__038045_idx"
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SimulatedAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=4)),
                ("verdict", models.CharField(max_length=7)),
                ("rule", models.CharField(max_length=4)),
                ("currency", models.CharField(max_length=3)),
                ("writeoff_minor", models.BigIntegerField(default=0)),
                ("lines", models.JSONField(blank=True, default=list)),
                (
                    "bank_entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="receivables.bankentry",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "simulation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="cash.simulation",
                    ),
                ),
            ],
            options={
                'indexes': [
                    models.Index(
                fields=["simulation", "kind", "verdict"], name="cash_simula_simulat_32202a_idx"
            ),
                ],
                'constraints': [
                    models.UniqueConstraint(
                fields=("simulation", "bank_entry"), name="simulated_answer_once"
            ),
                ],
            },
        ),
    ]
