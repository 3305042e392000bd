import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import craftpath.kernel.keys
from craftpath.kernel.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel", "0014_print_runs"),
        ("programmes", "0004_units"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Curriculum",
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
                        ("key", models.SlugField(max_length=80)),
                        ("name", models.JSONField(default=dict)),
                        ("occupation", models.JSONField(default=dict, help_text="in words")),
                        (
                            "occupation_ref",
                            models.CharField(
                                blank=True, help_text="a chart of its duties and tasks", max_length=80
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
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.programme",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CurriculumVersion",
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
                        ("why", models.CharField(blank=True, max_length=2000)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("in_review", "in_review"),
                                    ("approved", "approved"),
                                    ("active", "active"),
                                    ("retired", "retired"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("waived", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("activated_at", models.DateTimeField(null=True)),
                        ("retired_at", models.DateTimeField(null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "curriculum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="curricula.curriculum",
                            ),
                        ),
                        (
                            "grown_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curricula.curriculumversion",
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
                            "programme",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.evaluationscheme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["curriculum", "-number"],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
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
                                help_text="named by the form, so that it is asked for once", unique=True
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(help_text="within its version, from 1")),
                        ("wanted", models.JSONField()),
                        ("inputs", models.JSONField()),
                        ("fingerprint", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked"),
                                    ("done", "done"),
                                    ("impossible", "impossible"),
                                    ("refused", "refused"),
                                    ("cancelled", "cancelled"),
                                    ("taken", "taken"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("found", models.JSONField(default=dict)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="why it was refused: a reason code", max_length=80
                            ),
                        ),
                        (
                            "facts",
                            models.JSONField(default=dict, help_text="what the reason's sentence names"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.organisation",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="curricula.curriculumversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="StageTarget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("stage", models.SlugField(max_length=60)),
                        ("bucket", models.SlugField(max_length=40)),
                        ("minutes", models.PositiveIntegerField()),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="curricula.curriculumversion",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="UnitCard",
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
                        ("key", models.SlugField(max_length=60)),
                        ("name", models.JSONField(default=dict)),
                        ("minutes", models.PositiveIntegerField()),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("workplace", "workplace"),
                                    ("college", "college"),
                                    ("online", "online"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("bucket", models.SlugField(max_length=40)),
                        ("stages", models.JSONField(default=list)),
                        ("area", models.SlugField(blank=True, max_length=60)),
                        ("skills", models.JSONField(default=dict, help_text="skill key → percent, 1 to 100")),
                        ("prerequisites", models.JSONField(default=list, help_text="keys of cards")),
                        (
                            "trainer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("trainer", "trainer"),
                                    ("skilled_master", "skilled_master"),
                                    ("enterprise_mentor", "enterprise_mentor"),
                                    ("entrepreneur", "entrepreneur"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("room", models.CharField(blank=True, max_length=120)),
                        ("hazardous", models.BooleanField(default=False)),
                        ("resources", models.JSONField(default=list, help_text='[{"words", "link"}, …]')),
                        (
                            "state",
                            models.CharField(
                                choices=[("offered", "offered"), ("retired", "retired")],
                                default="offered",
                                max_length=12,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=1, help_text="counts changes")),
                        ("changed_at", models.DateTimeField()),
                        (
                            "changed_by",
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
                        "ordering": ["key"],
                    },
                ),
                migrations.CreateModel(
                    name="ChosenUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("stage", models.SlugField(max_length=60)),
                        ("order", models.PositiveSmallIntegerField(help_text="within its stage, from 1")),
                        ("key", models.SlugField(max_length=60)),
                        ("name", models.JSONField(default=dict)),
                        ("minutes", models.PositiveIntegerField()),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("workplace", "workplace"),
                                    ("college", "college"),
                                    ("online", "online"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("bucket", models.SlugField(max_length=40)),
                        ("area", models.SlugField(blank=True, max_length=60)),
                        ("skills", models.JSONField(default=dict, help_text="skill key → percent, 1 to 100")),
                        ("prerequisites", models.JSONField(default=list, help_text="keys of units")),
                        (
                            "trainer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("trainer", "trainer"),
                                    ("skilled_master", "skilled_master"),
                                    ("enterprise_mentor", "enterprise_mentor"),
                                    ("entrepreneur", "entrepreneur"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("room", models.CharField(blank=True, max_length=120)),
                        ("hazardous", models.BooleanField(default=False)),
                        ("resources", models.JSONField(default=list, help_text='[{"words", "link"}, …]')),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="units",
                                to="curricula.curriculumversion",
                            ),
                        ),
                        (
                            "card",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curricula.unitcard",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                    },
                ),
                migrations.CreateModel(
                    name="CardPin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(choices=[("pin", "pin"), ("forbid", "forbid")], max_length=8),
                        ),
                        ("stage", models.SlugField(blank=True, max_length=60)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pins",
                                to="curricula.curriculumversion",
                            ),
                        ),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curricula.unitcard",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CardOutcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        ("key", models.SlugField(max_length=60)),
                        ("name", models.JSONField(default=dict)),
                        ("skills", models.JSONField(default=list, help_text="keys of skills")),
                        ("area", models.SlugField(blank=True, max_length=60)),
                        ("tasks", models.JSONField(default=list, help_text='[{"ref", "words"}, …]')),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outcomes",
                                to="curricula.unitcard",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                    },
                ),
                migrations.CreateModel(
                    name="VersionOutcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        ("key", models.SlugField(max_length=60)),
                        ("name", models.JSONField(default=dict)),
                        ("skills", models.JSONField(default=list, help_text="keys of skills")),
                        ("area", models.SlugField(blank=True, max_length=60)),
                        ("tasks", models.JSONField(default=list, help_text='[{"ref", "words"}, …]')),
                        ("units", models.ManyToManyField(related_name="outcomes", to="curricula.chosenunit")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outcomes",
                                to="curricula.curriculumversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                    },
                ),
                migrations.CreateModel(
                    name="VersionAssessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        ("key", models.SlugField(max_length=60)),
                        ("name", models.JSONField(default=dict)),
                        ("component", models.SlugField(blank=True, max_length=60)),
                        ("item", models.SlugField(blank=True, max_length=60)),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                help_text="a rubric or an examination, as a pointer",
                                max_length=120,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assessments",
                                to="curricula.curriculumversion",
                            ),
                        ),
                        (
                            "outcomes",
                            models.ManyToManyField(related_name="assessments", to="curricula.versionoutcome"),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                    },
                ),
                migrations.CreateModel(
                    name="VersionReview",
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
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("closed", "closed")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("due_on", models.DateField(help_text="the last day for votes")),
                        ("words", models.CharField(blank=True, max_length=2000)),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "because",
                            models.CharField(blank=True, help_text="why it went back", max_length=2000),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="curricula.curriculumversion",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Reviewer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("college", "college"),
                                    ("enterprise", "enterprise"),
                                    ("apprentices", "apprentices"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "vote",
                            models.CharField(
                                blank=True,
                                choices=[("agree", "agree"), ("changes", "changes"), ("against", "against")],
                                max_length=8,
                            ),
                        ),
                        ("voted_at", models.DateTimeField(null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.organisation",
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviewers",
                                to="curricula.versionreview",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReviewComment",
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
                            "side",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("college", "college"),
                                    ("enterprise", "enterprise"),
                                    ("apprentices", "apprentices"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "about",
                            models.CharField(
                                choices=[("whole", "whole"), ("unit", "unit"), ("outcome", "outcome")],
                                max_length=8,
                            ),
                        ),
                        ("key", models.SlugField(blank=True, max_length=60)),
                        ("words", models.CharField(max_length=2000)),
                        ("made_id", models.CharField(max_length=80)),
                        ("made_at", models.DateTimeField()),
                        ("resolved_at", models.DateTimeField(null=True)),
                        (
                            "answers",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="replies",
                                to="curricula.reviewcomment",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="curricula.versionreview",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at", "pk"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="curriculum",
                    constraint=models.UniqueConstraint(
                        fields=("organisation", "key"), name="curriculum_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="curriculumversion",
                    constraint=models.UniqueConstraint(
                        fields=("curriculum", "number"), name="curriculum_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="curriculumversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "active")),
                        fields=("curriculum",),
                        name="curriculum_one_active",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="curriculumversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("draft", "in_review", "approved", "active", "retired"))
                        ),
                        name="curriculum_version_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="curriculumversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("approved", "active")), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="curriculum_version_approved_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="curriculumversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "active"), _negated=True),
                            ("programme__isnull", False),
                            _connector="OR",
                        ),
                        name="curriculum_version_active_written",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="draft",
                    constraint=models.UniqueConstraint(
                        fields=("version", "number"), name="curriculum_draft_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="draft",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("version",),
                        name="curriculum_draft_one_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="draft",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("asked", "done", "impossible", "refused", "cancelled", "taken"))
                        ),
                        name="curriculum_draft_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="draft",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True), ("ended_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="curriculum_draft_ended_with_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagetarget",
                    constraint=models.UniqueConstraint(
                        fields=("version", "stage", "bucket"), name="stage_target_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="unitcard",
                    constraint=models.UniqueConstraint(fields=("organisation", "key"), name="card_key_once"),
                ),
                migrations.AddConstraint(
                    model_name="unitcard",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("place__in", ("workplace", "college", "online"))),
                        name="card_place_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="unitcard",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "trainer__in",
                                ("", "trainer", "skilled_master", "enterprise_mentor", "entrepreneur"),
                            )
                        ),
                        name="card_trainer_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="unitcard",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ("offered", "retired"))), name="card_state_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chosenunit",
                    constraint=models.UniqueConstraint(fields=("version", "key"), name="chosen_unit_once"),
                ),
                migrations.AddConstraint(
                    model_name="chosenunit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("place__in", ("workplace", "college", "online"))),
                        name="chosen_unit_place_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chosenunit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "trainer__in",
                                ("", "trainer", "skilled_master", "enterprise_mentor", "entrepreneur"),
                            )
                        ),
                        name="chosen_unit_trainer_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cardpin",
                    constraint=models.UniqueConstraint(fields=("version", "card"), name="card_pin_once"),
                ),
                migrations.AddConstraint(
                    model_name="cardpin",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ("pin", "forbid"))), name="card_pin_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cardoutcome",
                    constraint=models.UniqueConstraint(fields=("card", "key"), name="card_outcome_key_once"),
                ),
                migrations.AddConstraint(
                    model_name="versionoutcome",
                    constraint=models.UniqueConstraint(
                        fields=("version", "key"), name="version_outcome_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="versionassessment",
                    constraint=models.UniqueConstraint(
                        fields=("version", "key"), name="version_assessment_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="versionreview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "closed"))),
                        name="version_review_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="versionreview",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("version",),
                        name="version_review_one_open",
                    ),
                ),
                migrations.AddIndex(
                    model_name="reviewer",
                    index=models.Index(fields=["person"], name="reviewer_by_person"),
                ),
                migrations.AddConstraint(
                    model_name="reviewer",
                    constraint=models.UniqueConstraint(fields=("review", "person"), name="reviewer_once"),
                ),
                migrations.AddConstraint(
                    model_name="reviewer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("side__in", ("college", "enterprise", "apprentices"))),
                        name="reviewer_side_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("vote", ""), ("voted_at__isnull", True)),
                            models.Q(
                                ("vote__in", ("agree", "changes", "against")), ("voted_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="reviewer_vote_with_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewcomment",
                    constraint=models.UniqueConstraint(
                        fields=("review", "made_id"), name="review_comment_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewcomment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("about__in", ("whole", "unit", "outcome"))),
                        name="review_comment_about_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewcomment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("side__in", ("", "college", "enterprise", "apprentices"))),
                        name="review_comment_side_known",
                    ),
                ),
            ]
        )
    ]
