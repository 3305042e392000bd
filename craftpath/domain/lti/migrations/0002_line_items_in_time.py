"""Line items begin and end; somebody came by a link before there is a grade."""

from django.db import migrations, models

STATES = ("came", "waiting", "sent", "failed")


class Migration(migrations.Migration):
    dependencies = [("lti", "0001_tools")]

    operations = [
        migrations.AddField("lineitem", "starts_at", models.DateTimeField(null=True)),
        migrations.AddField("lineitem", "ends_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("return", "lti_return_state_known"),
        migrations.AlterField(
            "return",
            "state",
            models.CharField(choices=[(one, one) for one in STATES], default="came", max_length=8),
        ),
        migrations.AddConstraint(
            "return",
            models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="lti_return_state_known"),
        ),
    ]
