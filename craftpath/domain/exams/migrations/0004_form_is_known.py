"""Every candidate answers a form; a step of its own, since PostgreSQL alters no table that was just filled."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exams", "0003_form_of_candidate")]

    operations = [
        migrations.AlterField(
            model_name="candidate",
            name="paper",
            field=models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="+", to="exams.paper"),
        ),
    ]
