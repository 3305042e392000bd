import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craftpath.kernel.keys
from craftpath.kernel.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("apprenticeships", "0002_contract"),
        ("evaluation", "0006_mark_origin"),
        ("kernel", "0014_print_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Rubric",
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
                            "key",
                            models.CharField(
                                default=craftpath.kernel.keys.new_public_id,
                                help_text="the same for all its versions",
                                max_length=16,
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("name", models.JSONField(default=dict)),
                        ("definition", models.JSONField()),
                        ("fingerprint", models.CharField(max_length=16)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("in_use", "in_use"), ("retired", "retired")],
                                default="draft",
                                max_length=20,
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
                            models.UniqueConstraint(
                                fields=("organisation", "key", "version"), name="rubric_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("draft", "in_use", "retired"))),
                                name="rubric_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Practical",
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
                        ("item", models.CharField(help_text="the item's key in the scheme", max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("task", "task"),
                                    ("project", "project"),
                                    ("contest", "contest"),
                                    ("job", "job"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("brief", models.TextField(blank=True, max_length=2000)),
                        ("due_on", models.DateField(help_text="the last day for ratings")),
                        ("rule", models.JSONField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("closed", "closed"), ("cancelled", "cancelled")],
                                default="open",
                                max_length=20,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(blank=True, help_text="why it was cancelled", max_length=300),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practicals",
                                to="evaluation.evaluation",
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
                            "rubric",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practicals",
                                to="judging.rubric",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("open", "closed", "cancelled"))),
                                name="practical_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("task", "project", "contest", "job"))),
                                name="practical_kind_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "cancelled"), _negated=True),
                                fields=("evaluation", "item"),
                                name="practical_once_an_item",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rater",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mentor", "mentor"),
                                    ("trainer", "trainer"),
                                    ("master", "master"),
                                    ("assessor", "assessor"),
                                    ("peer", "peer"),
                                    ("self", "self"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("is_chair", models.BooleanField(default=False)),
                        ("asked_at", models.DateTimeField()),
                        ("excused_because", models.CharField(blank=True, max_length=300)),
                        ("excused_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "excused_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practical",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="raters",
                                to="judging.practical",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["person", "practical"], name="rater_of_person")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practical", "enrolment", "person"), name="rater_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("excused_at__isnull", True), ("is_chair", True)),
                                fields=("practical", "enrolment"),
                                name="rater_one_chair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ("mentor", "trainer", "master", "assessor", "peer", "self"))
                                ),
                                name="rater_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "self"), _negated=True),
                                    ("is_chair", False),
                                    _connector="OR",
                                ),
                                name="rater_self_never_chair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("excused_at__isnull", True), ("excused_because", "")),
                                    models.Q(
                                        ("excused_at__isnull", False),
                                        models.Q(("excused_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="rater_excused_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
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
                        ("made_id", models.UUIDField()),
                        ("levels", models.JSONField()),
                        ("score", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("is_current", models.BooleanField(default=True)),
                        ("written_at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField()),
                        (
                            "rater",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="judging.rater",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("rater", "made_id"), name="rating_made_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)),
                                fields=("rater",),
                                name="rating_current_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("score__isnull", True),
                                    models.Q(("score__gte", 0), ("score__lte", 100)),
                                    _connector="OR",
                                ),
                                name="rating_of_100",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Judgement",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("mark", models.DecimalField(decimal_places=4, help_text="of 100", max_digits=7)),
                        (
                            "score",
                            models.DecimalField(
                                decimal_places=4, help_text="in the item's own points", max_digits=12
                            ),
                        ),
                        ("gap", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                        ("method", models.CharField(max_length=20)),
                        ("ratings", models.JSONField()),
                        ("reopened_because", models.CharField(blank=True, max_length=300)),
                        ("reopened_at", models.DateTimeField(null=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprenticeships.enrolment",
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
                            "reopened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practical",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judgements",
                                to="judging.practical",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practical", "enrolment", "number"), name="judgement_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("reopened_at__isnull", True)),
                                fields=("practical", "enrolment"),
                                name="judgement_in_force_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reopened_at__isnull", True), ("reopened_because", "")),
                                    models.Q(
                                        ("reopened_at__gte", models.F("made_at")),
                                        models.Q(("reopened_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="judgement_reopened_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exhibit",
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
                        ("made_id", models.UUIDField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("photo", "photo"),
                                    ("video", "video"),
                                    ("drawing", "drawing"),
                                    ("file", "file"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("media_type", models.CharField(max_length=80)),
                        ("words", models.CharField(blank=True, max_length=120)),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.keptfile",
                            ),
                        ),
                        (
                            "practical",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exhibits",
                                to="judging.practical",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practical", "enrolment", "made_id"), name="exhibit_made_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ("photo", "video", "drawing", "file"))),
                                name="exhibit_kind_known",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
