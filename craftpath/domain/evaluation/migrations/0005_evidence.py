"""Marks that the scheme works out from confirmed facts, and marks by hand in their place."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0004_mark_grade")]

    operations = [
        migrations.AddField(
            model_name="evaluation",
            name="worked_out_on",
            field=models.DateField(
                help_text="up to which day confirmed facts were counted for everybody, or are about to be",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="reason",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="why it was given by hand although the scheme works it out",
                max_length=500,
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="evidence",
            field=models.JSONField(
                help_text="of a mark that was worked out: {rule, counts, reason}; null for any other",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(recorded_by__isnull=True, reason=""),
                name="mark_worked_out_by_nobody",
            ),
        ),
    ]
