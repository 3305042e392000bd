"""Results of candidates, appeals, re-sits and the terms of a sitting."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craftpath.kernel.keys


class Migration(migrations.Migration):
    dependencies = [
        ("apprenticeships", "0002_contract"),
        ("exams", "0004_form_is_known"),
        ("kernel", "0014_print_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=craftpath.kernel.keys.new_public_id,
                        editable=False,
                        max_length=16,
                        unique=True,
                    ),
                ),
                ("words", models.TextField(max_length=2000)),
                ("lodged_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("lodged", "lodged"),
                            ("assessed", "assessed"),
                            ("upheld", "upheld"),
                            ("changed", "changed"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="lodged",
                        max_length=12,
                    ),
                ),
                ("assessed_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AppealedLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("second_points", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("second_words", models.CharField(blank=True, max_length=500)),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="decided: they count instead of the first ones",
                        max_digits=6,
                        null=True,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.CharField(blank=True, max_length=60)),
                ("full", models.CharField(blank=True, max_length=60)),
                ("lines", models.JSONField(default=dict)),
                (
                    "published_at",
                    models.DateTimeField(help_text="for the first time: from then on one may appeal"),
                ),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="candidate",
            name="attempt",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="candidate",
            name="excused_because",
            field=models.CharField(blank=True, help_text="why absent with reason", max_length=300),
        ),
        migrations.AddField(
            model_name="candidate",
            name="first",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exams.sitting"
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="again_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resits",
                to="exams.sitting",
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="appeal_days",
            field=models.PositiveSmallIntegerField(default=14, help_text="0: there is no appeal"),
        ),
        migrations.AddField(
            model_name="sitting",
            name="changed_at",
            field=models.DateTimeField(help_text="when its plan changed last", null=True),
        ),
        migrations.AddField(
            model_name="sitting",
            name="most_resits",
            field=models.PositiveSmallIntegerField(default=1, help_text="of one candidate"),
        ),
        migrations.AddField(
            model_name="sitting",
            name="moved_because",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="sitting",
            name="pass_percent",
            field=models.PositiveSmallIntegerField(default=60, help_text="of all points"),
        ),
        migrations.AddField(
            model_name="sitting",
            name="published_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sitting",
            name="published_in",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="sitting",
            name="published_item",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="sitting",
            name="resit_counts",
            field=models.CharField(
                choices=[("best", "best"), ("last", "last"), ("capped", "capped")],
                default="best",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="resit_for",
            field=models.CharField(
                choices=[("failed", "failed"), ("excused", "excused"), ("absent", "absent")],
                default="excused",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="sequence",
            field=models.PositiveSmallIntegerField(default=0, help_text="how often its plan has changed"),
        ),
        migrations.AddField(
            model_name="sitting",
            name="show_answers",
            field=models.BooleanField(
                default=False, help_text="candidates see the own answers and what is right"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("first__isnull", False)),
                fields=("first", "enrolment", "attempt"),
                name="candidate_attempt_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attempt", 0), ("first__isnull", True)),
                    models.Q(("attempt__gte", 1), ("first__isnull", False)),
                    _connector="OR",
                ),
                name="candidate_attempt_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("appeal_days__lte", 365),
                    ("most_resits__lte", 9),
                    ("pass_percent__lte", 100),
                    ("resit_counts__in", ("best", "last", "capped")),
                    ("resit_for__in", ("failed", "excused", "absent")),
                ),
                name="sitting_terms_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("published_in", ""), ("published_item", "")),
                    models.Q(
                        ("published_at__isnull", False),
                        ("state", "closed"),
                        models.Q(("published_in", ""), _negated=True),
                        models.Q(("published_item", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sitting_published_somewhere",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="assessed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="candidate",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="appeal", to="exams.candidate"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appealedline",
            name="appeal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="exams.appeal"
            ),
        ),
        migrations.AddField(
            model_name="appealedline",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exams.paperline"
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="candidate",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="exams.candidate"
            ),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["state", "due_on"], name="appeal_waiting"),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("lodged", "assessed", "upheld", "changed", "rejected", "withdrawn"))
                ),
                name="appeal_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state__in", ["lodged", "assessed"])),
                    models.Q(
                        models.Q(("state__in", ["lodged", "assessed"]), _negated=True),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="appeal_ended_with_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["upheld", "changed", "rejected"]), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="appeal_answered_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assessed_at__isnull", True), ("assessed_by__isnull", True)),
                    models.Q(("assessed_at__isnull", False), ("assessed_by__isnull", False)),
                    _connector="OR",
                ),
                name="appeal_assessed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="appealedline",
            constraint=models.UniqueConstraint(fields=("appeal", "line"), name="appealed_line_once"),
        ),
        migrations.AddConstraint(
            model_name="appealedline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("second_points__isnull", True), ("second_points__gte", 0), _connector="OR"),
                    models.Q(("points__isnull", True), ("points__gte", 0), _connector="OR"),
                ),
                name="appealed_line_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("full", ""), ("points", "")),
                    models.Q(models.Q(("points", ""), _negated=True), models.Q(("full", ""), _negated=True)),
                    _connector="OR",
                ),
                name="outcome_points_of_all",
            ),
        ),
    ]
