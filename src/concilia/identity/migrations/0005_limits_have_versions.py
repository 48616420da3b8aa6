from django.db import migrations


class Migration(migrations.Migration):
    # The limits set so far are taken over first.
    dependencies = [("identity", "0004_secrets_of_the_erp"), ("cases", "0009_limits_stand")]
    operations = [migrations.DeleteModel(name="ApprovalLimit")]
