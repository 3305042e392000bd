from django.db import migrations, models

import craftpath.kernel.keys
from craftpath.kernel.keys import new_public_id


def name_each(apps, schema_editor):
    rows = apps.get_model("kernel", "HookDelivery")._base_manager
    for pk in list(rows.filter(public_id=None).values_list("pk", flat=True)):
        rows.filter(pk=pk).update(public_id=new_public_id())


class Migration(migrations.Migration):
    dependencies = [("kernel", "0023_clients")]

    operations = [
        migrations.AddField(
            "hook",
            "secret_sealed",
            models.TextField(blank=True, default="", help_text="what its messages are signed with"),
        ),
        migrations.AddField("hook", "secret_made_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "hookdelivery",
            "replays",
            models.PositiveSmallIntegerField(default=0, help_text="how often somebody let it go once more"),
        ),
        migrations.AddField(
            "hookdelivery", "public_id", models.CharField(editable=False, max_length=16, null=True)
        ),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            "hookdelivery",
            "public_id",
            models.CharField(
                default=craftpath.kernel.keys.new_public_id, editable=False, max_length=16, unique=True
            ),
        ),
    ]
