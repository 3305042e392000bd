"""When an entry was handed in at first: of those that are there, as far as is known, when it was handed in last."""

from django.db import migrations, models


def take_over(apps, schema_editor):
    """Who was sent back before this day is given the later moment, which nobody can better any more."""
    entry = apps.get_model("logbook", "Entry")
    entry._base_manager.filter(submitted_at__isnull=False).update(first_submitted_at=models.F("submitted_at"))


class Migration(migrations.Migration):
    dependencies = [("logbook", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="first_submitted_at",
            field=models.DateTimeField(
                help_text="when it was handed in at first, however often it was sent back", null=True
            ),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
