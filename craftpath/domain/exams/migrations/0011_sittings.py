"""Sittings whose marks were recorded before they kept the day get it from the history, or from their marks."""

from django.db import migrations


def take_over(apps, schema_editor):
    """The first word that marks went into an evaluation says when, and in which item; without it the first mark.

    Where no mark names the sitting nothing is known, and nothing is written: it waits to be published. What candidates
    read of their own results comes when the marks are recorded anew, as before.
    """
    Sitting, Entry = apps.get_model("exams", "Sitting"), apps.get_model("kernel", "AuditEntry")
    Mark = apps.get_model("evaluation", "Mark")
    for row in Sitting._base_manager.filter(state="closed", published_at=None).order_by("pk").iterator():
        origin = f"exams/sitting/{row.public_id}"
        marks = Mark._base_manager.filter(origin=origin).order_by("recorded_at", "pk")
        told = Entry._base_manager.filter(subject=origin, fact="judging.sitting_published")
        entry = told.order_by("at", "pk").first()
        of_entry = marks.filter(item=entry.payload.get("item", "")).first() if entry is not None else None
        first = of_entry or marks.first()
        if first is None:
            continue
        row.published_at = entry.at if of_entry is not None else first.recorded_at
        row.published_item = first.item
        row.published_in = first.evaluation.public_id
        row.save(update_fields=["published_at", "published_in", "published_item"])


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0006_mark_origin"),
        ("exams", "0010_again"),
        ("kernel", "0014_print_runs"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
