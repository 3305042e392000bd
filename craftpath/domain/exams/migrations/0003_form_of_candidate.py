"""Which form each candidate answers: those who are there answer the paper of their sitting."""

from django.db import migrations, models


def take_over(apps, schema_editor):
    """Until now a sitting had one paper."""
    candidate, sitting = apps.get_model("exams", "Candidate"), apps.get_model("exams", "Sitting")
    own = sitting._base_manager.filter(pk=models.OuterRef("sitting")).values("paper")
    candidate._base_manager.filter(paper__isnull=True).update(paper=models.Subquery(own))


class Migration(migrations.Migration):
    dependencies = [("exams", "0002_sittings")]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="shuffled",
            field=models.BooleanField(
                default=False, help_text="each candidate has an own order of questions"
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="paper",
            field=models.ForeignKey(
                null=True, on_delete=models.deletion.PROTECT, related_name="+", to="exams.paper"
            ),
        ),
        migrations.AlterField(
            model_name="sitting",
            name="paper",
            field=models.ForeignKey(
                help_text="the first of its forms",
                on_delete=models.deletion.PROTECT,
                related_name="sittings",
                to="exams.paper",
            ),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
