from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("dunning", "0017_one_list_of_call_backs"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="phonecall", name="phone_call_back_has_its_time"
        ),
        migrations.RemoveIndex(model_name="phonecall", name="phone_calls_wanted_back"),
        migrations.RemoveField(model_name="phonecall", name="callback_at"),
    ]
