import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from zoneinfo import ZoneInfo


def keep(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What a call said of another one goes on the one list; who was called since is done."""
    phone_calls = apps.get_model("dunning", "PhoneCall").objects
    call_backs = apps.get_model("dunning", "CallBack").objects
    asked = phone_calls.filter(state="ENDED", callback_at__isnull=False).select_related("entity")
    for row in asked.order_by("pk").iterator():
        later = (
            phone_calls.filter(
                customer=row.customer_id,
                started_at__gt=row.started_at,
                state__in=["STARTED", "ENDED"],
            )
            .order_by("started_at")
            .first()
        )
        call_backs.create(
            entity_id=row.entity_id,
            customer_id=row.customer_id,
            phone_call=row,
            number=row.phone,
            why="PERSON",
            wanted_at=row.ended_at,
            call_at=row.callback_at,
            due_date=row.callback_at.astimezone(ZoneInfo(row.entity.timezone)).date(),
            done_at=later.started_at if later else None,
            done_by_id=later.by_id if later else None,
        )


def bring_back(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The moments go back to their calls."""
    for row in apps.get_model("dunning", "CallBack").objects.exclude(phone_call=None):
        call = row.phone_call
        call.callback_at = row.call_at
        call.save(update_fields=["callback_at"])
        row.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("dunning", "0016_short_messages_of_runs"),
    ]

    operations = [
        migrations.AddField(
            model_name="callback",
            name="call_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="callback",
            name="phone_call",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="call_back",
                to="dunning.phonecall",
            ),
        ),
        migrations.RunPython(keep, bring_back),
    ]
