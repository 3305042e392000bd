import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craftpath.kernel.keys
from craftpath.kernel.tables import Tables


class Migration(migrations.Migration):
    dependencies = [
        ("apprenticeships", "0002_contract"),
        ("exams", "0001_initial"),
        ("kernel", "0014_print_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Paper",
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
                        (
                            "made_id",
                            models.UUIDField(
                                help_text="named by the form, so that it is put together once", unique=True
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("ready", "ready"), ("shelved", "shelved")],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("draft", "ready", "shelved"))),
                                name="paper_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 600)),
                                name="paper_minutes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="exams.paper",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.itemversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("paper", "order"), name="paper_line_order_once"),
                            models.UniqueConstraint(
                                fields=("paper", "version"), name="paper_line_version_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sitting",
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
                        (
                            "made_id",
                            models.UUIDField(
                                help_text="named by the form, so that it is planned once", unique=True
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("starts_at", models.DateTimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("late_minutes", models.PositiveSmallIntegerField()),
                        ("essay_raters", models.PositiveSmallIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("open", "open"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(blank=True, help_text="why it was cancelled", max_length=300),
                        ),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "cohort",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sittings",
                                to="apprenticeships.cohort",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.organisation",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sittings",
                                to="exams.paper",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["cohort", "-starts_at"], name="sitting_of_cohort")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("planned", "open", "closed", "cancelled"))),
                                name="sitting_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 600)),
                                name="sitting_minutes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("essay_raters__gte", 1), ("essay_raters__lte", 2)),
                                name="sitting_essay_raters",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("closed_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sitting_closed_with_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Candidate",
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
                        ("seat", models.CharField(blank=True, max_length=12)),
                        ("extra_minutes", models.PositiveSmallIntegerField(default=0)),
                        ("large_print", models.BooleanField(default=False)),
                        ("code_digest", models.CharField(max_length=64, null=True, unique=True)),
                        ("grip", models.PositiveIntegerField(default=0)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("ends_at", models.DateTimeField(null=True)),
                        ("handed_in_at", models.DateTimeField(null=True)),
                        (
                            "handed_in_by",
                            models.CharField(
                                blank=True,
                                choices=[("candidate", "candidate"), ("bell", "bell")],
                                max_length=10,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprenticeships.enrolment",
                            ),
                        ),
                        (
                            "sitting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="exams.sitting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("sitting", "enrolment"), name="candidate_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ends_at__isnull", True), ("started_at__isnull", True)),
                                    models.Q(
                                        ("ends_at__gt", models.F("started_at")), ("started_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="candidate_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("handed_in_at__isnull", True), ("handed_in_by", "")),
                                    models.Q(
                                        ("handed_in_at__isnull", False),
                                        ("started_at__isnull", False),
                                        models.Q(("handed_in_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="candidate_handed_in_somehow",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given", models.JSONField(null=True)),
                        (
                            "count",
                            models.PositiveIntegerField(
                                help_text="the device's own count: a later one never gives way"
                            ),
                        ),
                        ("saved_at", models.DateTimeField()),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="exams.candidate",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.paperline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("candidate", "line"), name="answer_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EssayMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("points", models.DecimalField(decimal_places=2, max_digits=6)),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("marked_at", models.DateTimeField()),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="essay_marks",
                                to="exams.candidate",
                            ),
                        ),
                        (
                            "marker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="exams.paperline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("candidate", "line", "marker"), name="essay_mark_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", 0)), name="essay_mark_not_negative"
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
