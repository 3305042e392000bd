"""Certificates say what counted day by day: of those that are there, where the record still adds up to their time."""

from datetime import date, datetime

from django.db import migrations, models


def _length(day):
    whole = datetime.combine(date.min, day.ends) - datetime.combine(date.min, day.starts)
    return int(whole.total_seconds()) // 60


def take_over(apps, schema_editor):
    """One day a line, of a day both ways the longer; a record that was changed since says nothing by day."""
    certificate = apps.get_model("workshops", "Certificate")
    presence = apps.get_model("workshops", "Presence")
    for row in certificate._base_manager.order_by("pk").iterator():
        found = {}
        rows = presence._base_manager.filter(registration=row.registration_id).select_related("day")
        for one in rows.order_by(
            "day__on", "way"
        ):  # on line before on site, which counts where both are as long
            told = {
                "on": one.day.on.isoformat(),
                "way": one.way,
                "minutes": min(one.minutes, _length(one.day)),
            }
            if told["minutes"] >= max(1, found.get(one.day_id, told)["minutes"]):
                found[one.day_id] = told
        if sum(one["minutes"] for one in found.values()) == row.minutes:
            row.days = list(found.values())
            row.save(update_fields=["days"])


class Migration(migrations.Migration):
    dependencies = [("workshops", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="days",
            field=models.JSONField(
                default=list, help_text="[{on, way, minutes}], as they were when it was issued"
            ),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
